"""Small things on the screen that several pages and panels are built from."""
