"""Charts: each a function from a table to a matplotlib Figure."""
