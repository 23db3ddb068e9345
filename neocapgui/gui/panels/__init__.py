"""What stands around the pages of a window: bar, group, list of pages, inspector, timeline, status line."""
