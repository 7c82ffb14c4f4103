"""Sheets of criteria, the overview of the commune, and places."""
