"""A desktop editor for the capitalization tables of a group of companies."""

__version__ = "0.1.0"
