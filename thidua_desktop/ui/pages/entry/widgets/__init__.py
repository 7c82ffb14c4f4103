"""Inputs of the entry form: one file per field type, all on ``field_input.FieldInput``."""
