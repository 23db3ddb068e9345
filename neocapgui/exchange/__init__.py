"""Translates other people's formats."""
