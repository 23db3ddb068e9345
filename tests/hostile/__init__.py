"""Files that nobody should have to open: damaged, foreign, overfull, contradictory."""
