"""Calculates what follows from the ledger."""
