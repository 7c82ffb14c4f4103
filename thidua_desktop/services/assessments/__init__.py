"""Registrations and assessments at the desk: sheets, incidents beside criteria, the whole commune, places."""
