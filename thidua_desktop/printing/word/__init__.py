"""The same documents as Word files, because offices edit: one module per kind of block, nothing decided anew."""
