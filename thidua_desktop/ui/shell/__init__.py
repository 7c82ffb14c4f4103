"""The window around the pages: top bar, rooms, page stack, status bar and the keys that work everywhere."""
