"""Survey forms of a province."""
