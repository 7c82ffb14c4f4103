"""The province checks what communes report: sheets, decisions, what becomes of them at the commune, their papers."""
