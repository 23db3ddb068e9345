"""What the hands do to the cells of a table: type, fill, find, replace, sort, filter, add up."""
