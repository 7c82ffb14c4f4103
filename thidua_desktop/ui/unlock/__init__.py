"""Logging in: which office, who, and the way back in when every password is forgotten."""
