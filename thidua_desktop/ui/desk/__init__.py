"""The window put together: rooms of the two desks, what the bars do, how it starts."""
