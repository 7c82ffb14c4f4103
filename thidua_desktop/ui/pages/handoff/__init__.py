"""Gửi – nhận: packages for the province on a stick, and the cards that make two offices known to each other."""
