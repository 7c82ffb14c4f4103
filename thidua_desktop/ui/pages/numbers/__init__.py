"""Numbers of issued papers."""
