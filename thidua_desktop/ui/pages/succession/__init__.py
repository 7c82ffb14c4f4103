"""Units renamed, merged, split."""
