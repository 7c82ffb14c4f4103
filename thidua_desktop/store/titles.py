"""What a record is called: its title fields in one line, links shown by the title of the record they point to."""

from __future__ import annotations

from collections.abc import Iterable

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import joined_title
from thidua_desktop.store.cells import from_cell
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.register_table import quoted

_DEEPEST = 3


class Titles:
    """Titles of linked records, each looked up once. Made for one call or one bulk write, then thrown away.

    Records of ``closed`` registers have none.
    """

    def __init__(self, database: OpenDatabase, closed: frozenset[str] = frozenset()) -> None:
        self._database = database
        self._closed = closed
        self._known: dict[tuple[str, str], str] = {}
        self._searched: dict[str, tuple[FieldSpec, ...]] = {}

    def forget(self, changed: Iterable[tuple[str, str, bool]]) -> None:
        """Records are called otherwise from now on: (register, id, whether the record is new).

        A new one can be known only where something asked for it before it came. Titles hold other titles, so all go.
        """
        known = self._known
        if known and any(not is_new or (register, record_id) in known for register, record_id, is_new in changed):
            known.clear()

    def searched_fields(self, spec: RegisterSpec) -> tuple[FieldSpec, ...]:
        """The fields that search may look at: a title of a restricted record stands in restricted records alone."""
        if spec.name not in self._searched:
            open_fields = (field for field in spec.fields if not self.is_restricted(field.register))
            self._searched[spec.name] = spec.fields if spec.restricted else tuple(open_fields)
        return self._searched[spec.name]

    def lacks_one(self, spec: RegisterSpec, values: Values) -> bool:
        """Whether a link that search looks at points to a record that has no title, or is not there."""
        links = ((field.register, values.get(field.name)) for field in self.searched_fields(spec) if field.register)
        return any(isinstance(value, str) and not self.of(register, value, 1) for register, value in links)

    def is_restricted(self, register: str) -> bool:
        """Whether records of a register (any name, "" too) are not for everybody."""
        spec = self._database.definitions.registers.get(register)
        return spec is not None and spec.restricted

    def title(self, register: str, values: Values, depth: int = 0) -> str:
        """The title of a record with ``values``."""
        spec = self._database.definitions.registers[register]
        fields = [spec.field(name) for name in spec.title_fields]
        return joined_title((field, self.shown(field, values.get(field.name), depth)) for field in fields)

    def shown(self, spec: FieldSpec, value: Value, depth: int = 0) -> str:
        """A value as people read it."""
        if value is None:
            return ""
        if spec.type is FieldType.LINK:
            return self.of(spec.register, str(value), depth + 1)
        return field_type(spec).show(spec, value, self._database.definitions.catalogs)

    def of(self, register: str, record_id: str, depth: int = 0) -> str:
        """The title of a record; "" when there is none."""
        key = (register, record_id)
        if key not in self._known:
            self._known[key] = self._look_up(register, record_id, depth) if depth <= _DEEPEST else ""
        return self._known[key]

    def _look_up(self, register: str, record_id: str, depth: int) -> str:
        spec = self._database.definitions.registers.get(register)
        if spec is None or not spec.title_fields or register in self._closed:
            return ""
        columns = ", ".join(quoted(name) for name in spec.title_fields)
        row = self._database.one(f"SELECT {columns} FROM {quoted(register)} WHERE id = ?", (record_id,))
        if row is None:
            return ""
        values = {name: from_cell(spec.field(name), cell) for name, cell in zip(spec.title_fields, row, strict=True)}
        return self.title(register, values, depth)
