"""The report page: the paper at the left as on a desk, the evidence at the right."""
