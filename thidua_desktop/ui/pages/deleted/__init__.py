"""Bản ghi đã xóa: what was deleted, and the way back."""
