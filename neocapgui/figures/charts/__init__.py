"""Charts as plain data, and as drawings for whoever draws them."""
