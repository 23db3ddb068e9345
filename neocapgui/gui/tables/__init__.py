"""The Qt models of tables."""
