"""Blocks -> official PDF. The only place that knows reportlab; knows no database, no definitions, no window."""
