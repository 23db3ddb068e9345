"""The palette and the search field: anything is found by a few letters."""
