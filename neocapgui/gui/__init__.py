"""Displays a scenario in windows; the only room that knows Qt."""
