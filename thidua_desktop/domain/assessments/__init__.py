"""Criteria sets: what the law or an office wants of a subject, how it is scored, and which incidents break it."""
