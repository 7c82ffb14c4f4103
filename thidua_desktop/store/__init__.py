"""The office file: one encrypted SQLite database with records, change log, search and drafts. The only SQL."""
