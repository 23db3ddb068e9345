"""Where a figure comes from: a tree of rules and figures down to what was entered, by subject."""
