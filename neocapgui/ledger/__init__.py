"""Records what happened: facts, transactions, edits, history."""
