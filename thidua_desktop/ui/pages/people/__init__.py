"""People written twice."""
