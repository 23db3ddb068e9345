"""The file behind a window: opened, locked, watched, saved, and kept in versions."""
