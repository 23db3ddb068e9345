"""Guided entry: what happened is asked for field by field, previewed, and becomes one edit."""
