"""Calculates on figures alone: definitions of the field as functions that know no ledger."""
