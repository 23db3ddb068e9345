"""Presents tables and charts as plain data."""
