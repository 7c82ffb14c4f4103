"""Quản trị: the office and its papers, people and passwords, copies and checks, theme and text size."""
