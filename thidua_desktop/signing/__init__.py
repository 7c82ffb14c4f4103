"""PDF signatures (PAdES-B-B): a file key or a token signs, what is signed is checked. pyHanko, loaded on demand."""
