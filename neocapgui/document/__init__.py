"""Stores a ledger and its history in a scenario file."""
