"""What the actions of a window do, by subject."""
