"""The help: its topics, their text, and the window that shows them."""
