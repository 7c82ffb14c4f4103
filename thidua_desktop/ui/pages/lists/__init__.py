"""Lists: one page for any register, made from its definition: filter, sort, totals, detail beside it."""
