"""Pasted blocks: what their cells mean, who is new in them, and the one edit they become."""
