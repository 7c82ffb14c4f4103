"""Child rows of an import that need no second look: each of their cells was found sound before, somewhere."""

from __future__ import annotations

from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.rows import MOST_ROWS, rows_of
from thidua_desktop.formdef.model import Definitions, FieldSpec, Value
from thidua_desktop.formdef.records import check_field


class SoundRows:
    """Looks once at each value of each column of a field's child rows, however often it stands there."""

    def __init__(self, definitions: Definitions, field: FieldSpec) -> None:
        self._definitions, self._field = definitions, field
        self._columns = [(child.name, child, set[tuple[type, Value]]()) for child in field.fields]

    def problems(self, value: Value) -> list[Problem]:
        """What ``check_field`` finds."""
        return [] if self._are_sound(value) else check_field(self._definitions, self._field, value)

    def _are_sound(self, value: Value) -> bool:
        """Whether surely nothing is wrong; False says nothing."""
        rows = rows_of(value)
        if not isinstance(value, tuple) or not 0 < len(rows) == len(value) <= MOST_ROWS:
            return False
        for name, child, sound in self._columns:
            for row in rows:
                cell = row.get(name)
                if cell is None:
                    if child.required and not child.retired:
                        return False
                elif (cell.__class__, cell) not in sound and not self._is_sound(child, cell, sound):
                    return False
        return True

    def _is_sound(self, child: FieldSpec, cell: Value, sound: set[tuple[type, Value]]) -> bool:
        if check_field(self._definitions, child, cell):
            return False
        sound.add((cell.__class__, cell))  # True and 1 are equal, and only one of them is a number
        return True
