"""Files attached to records, in forms, lists and meetings."""
