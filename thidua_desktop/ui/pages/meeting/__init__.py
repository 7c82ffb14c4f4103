"""The page of a residents' meeting: who is here, may we decide, this item, its result, the minutes."""
