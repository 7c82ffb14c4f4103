"""The page of one indicator: its chart, its trend, and its places beside one another."""
