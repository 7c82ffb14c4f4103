"""The office file: one encrypted SQLite database with its records, change log, search index and drafts. The only SQL."""
