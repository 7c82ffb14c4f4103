"""Parts that pages are built from. Each takes the ``Look`` it is drawn with as its first argument."""
