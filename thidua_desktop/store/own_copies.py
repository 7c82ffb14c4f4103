"""Ids of records that the province writes for a commune's: one sign tells the two apart, and each is reckoned from the
other.

The sign is the one that says a UUID's version: 7 of what was written at a desk, 5 of what was taken over from an ended
commune (``commune_changes.arrived_id``). A copy has it raised by eight, which no version is.
"""

from __future__ import annotations

_AT = 14
"""Where the sign stands: xxxxxxxx-xxxx-Vxxx-…"""
_PLAIN, _RAISED = "01234567", "89abcdef"
_RAISE, _LOWER = str.maketrans(_PLAIN, _RAISED), str.maketrans(_RAISED, _PLAIN)


def copy_id(record_id: str) -> str:
    """The id of the copy of a commune's record; a copy's own id stays."""
    return record_id[:_AT] + record_id[_AT : _AT + 1].translate(_RAISE) + record_id[_AT + 1 :]


def original_id(record_id: str) -> str:
    """The id of the record that a copy stands for; any other id stays."""
    return record_id[:_AT] + record_id[_AT : _AT + 1].translate(_LOWER) + record_id[_AT + 1 :]


def copy_id_sql(column: str) -> str:
    """``copy_id`` of a column; of a copy an id that no record has."""
    sign = f"substr('{_RAISED}', instr('{_PLAIN}', substr({column}, {_AT + 1}, 1)), 1)"
    raised = f"instr('{_PLAIN}', substr({column}, {_AT + 1}, 1))"
    return (
        f"CASE {raised} WHEN 0 THEN NULL ELSE substr({column}, 1, {_AT}) || {sign} || substr({column}, {_AT + 2}) END"
    )


def is_copy_sql(column: str) -> str:
    """Whether a column's id is a copy's."""
    return f"instr('{_RAISED}', substr({column}, {_AT + 1}, 1)) > 0"
