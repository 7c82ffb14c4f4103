"""The province's desk: inbox of packages, who has sent what, and figures of all communes."""
