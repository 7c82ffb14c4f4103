"""Entry: one page made from a register's definition, sections, fields and problems beside them."""
