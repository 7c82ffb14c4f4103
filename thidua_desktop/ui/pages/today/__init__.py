"""Hôm nay: what is due, how the period stands, what is unsafe."""
