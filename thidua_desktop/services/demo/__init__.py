"""A made-up commune office with a year of work, and a province that merged its packages."""
