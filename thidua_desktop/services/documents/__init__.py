"""Papers printed from one record or from a list."""
