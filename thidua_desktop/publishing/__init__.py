"""The province's consolidated tables on a PostgreSQL server. psycopg is loaded on demand and only here."""
