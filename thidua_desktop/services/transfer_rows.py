"""One line of a foreign table as the values of a record: what was meant is rescued, what is not understood is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.errors import error_table
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.kind import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value
from thidua_desktop.services import links
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import ImportColumn
from thidua_desktop.services.transfer_reading import RawLine
from thidua_desktop.text import fold, from_tcvn3, from_vni, looks_like_tcvn3, looks_like_vni

_EXCEL_DAY_ONE = date(1899, 12, 30)
_SERIAL = re.compile(r"[2-6]\d{4}")
_MOMENT = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s+(\d{1,2}:\d{2})")
_ESCAPED = re.compile(r"'[=+\-@\t\r]")
_CONVERTERS: dict[str, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A finding about one cell (or one row, ``column`` ""): number of the row in the file, code, sentence, weight."""

    row: int
    column: str
    code: str
    text: str
    severity: Severity = Severity.ERROR


@dataclass(slots=True)
class RowReader:
    """Reads lines of one table; remembers texts that were already looked up, because columns repeat themselves."""

    session: Session
    register: RegisterSpec
    columns: Sequence[ImportColumn]
    convert_legacy: bool = False
    fields: list[tuple[ImportColumn, FieldSpec]] = field(init=False)
    parsed: dict[tuple[str, str], Value] = field(default_factory=dict, init=False)
    encodings: dict[str, str] = field(default_factory=dict, init=False)
    linked: dict[tuple[str, str, str, str], tuple[str, ...]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        chosen = [(column, self.register.field(column.field)) for column in self.columns if column.field]
        self.fields = sorted(chosen, key=lambda pair: pair[1].type is FieldType.LINK and not self._is_area(pair[1]))

    def read(self, line: RawLine) -> tuple[dict[str, Value], list[RowProblem]]:
        """The values of one line and what was found on the way; links of the area come before other links."""
        values: dict[str, Value] = {}
        problems: list[RowProblem] = []
        encoding = self._encoding(line)
        for column, spec in self.fields:
            typed = line.cells[column.index] if column.index < len(line.cells) else ""
            if _ESCAPED.match(typed):
                typed = typed[1:]
            if encoding:
                typed = self._converted(line, column, typed, encoding, problems)
            if typed:
                value = self._value(line, column, spec, typed, values, problems)
                if value is not None:
                    values[spec.name] = value
        return values, problems

    def _is_area(self, spec: FieldSpec) -> bool:
        return spec.name == self.register.area_field

    def _encoding(self, line: RawLine) -> str:
        """The old encoding that some cell of the line seems to be in, or ""."""
        for cell in line.cells:
            if cell.isascii() or max(cell) > "ÿ":
                continue
            if cell not in self.encodings:
                self.encodings[cell] = "TCVN3" if looks_like_tcvn3(cell) else "VNI" if looks_like_vni(cell) else ""
            if self.encodings[cell]:
                return self.encodings[cell]
        return ""

    def _converted(
        self, line: RawLine, column: ImportColumn, typed: str, encoding: str, problems: list[RowProblem]
    ) -> str:
        if typed.isascii() or max(typed) > "ÿ":
            return typed
        converted = _CONVERTERS[encoding](typed)
        if self.convert_legacy:
            return converted
        if converted != typed:
            told = {"text": typed, "encoding": encoding, "converted": converted}
            problems.append(row_problem("TD-XFER-011", line.number, column.heading, Severity.ERROR, **told))
        return typed

    def _value(
        self,
        line: RawLine,
        column: ImportColumn,
        spec: FieldSpec,
        typed: str,
        values: dict[str, Value],
        problems: list[RowProblem],
    ) -> Value:
        if spec.type is FieldType.LINK:
            return self._link(line, column, spec, typed, values, problems)
        rescued = with_leading_zero(spec, typed)
        if rescued != typed:
            told = {"text": typed, "rescued": rescued}
            problems.append(row_problem("TD-XFER-012", line.number, column.heading, Severity.WARNING, **told))
        try:
            return self._parse(spec, as_typed(spec, rescued))
        except NotUnderstood as refusal:
            problems.append(cell_problem(line.number, column.heading, refusal.problem(spec.name)))
            return None

    def _parse(self, spec: FieldSpec, typed: str) -> Value:
        key = (spec.name, typed)
        if key not in self.parsed:
            catalogs = self.session.definitions.catalogs
            self.parsed[key] = field_type(spec).parse(spec, typed, self.session.today, catalogs)
        return self.parsed[key]

    def _link(
        self,
        line: RawLine,
        column: ImportColumn,
        spec: FieldSpec,
        typed: str,
        values: dict[str, Value],
        problems: list[RowProblem],
    ) -> Value:
        area = "" if self._is_area(spec) else str(values.get(self.register.area_field) or "")
        day = values.get(self.register.date_field) if self.register.date_field else None
        on = day if isinstance(day, date) else None
        key = (spec.register, typed, area, str(on))
        if key not in self.linked:
            found = links.matching(self.session, spec.register, typed, area, on)
            self.linked[key] = tuple(entry.id for entry in found)
        ids = self.linked[key]
        if len(ids) == 1:
            return ids[0]
        problems.append(self._unlinked(line, column, spec, typed, ids))
        return None

    def _unlinked(
        self, line: RawLine, column: ImportColumn, spec: FieldSpec, typed: str, ids: tuple[str, ...]
    ) -> RowProblem:
        target = self.session.register(spec.register)
        if not ids:
            return row_problem("TD-XFER-010", line.number, column.heading, text=typed, target=target.title)
        entries = self.session.entries.get(spec.register, {})
        named = "; ".join(_distinct(entries[key].label, entries[key].detail) for key in ids[:3] if key in entries)
        return row_problem("TD-XFER-009", line.number, column.heading, text=typed, count=len(ids), choices=named)


def with_leading_zero(spec: FieldSpec, typed: str) -> str:
    """An identity number or telephone number with the zeros that a spreadsheet took away; any other text as it is.

    Identity numbers have 12 digits and begin with 0 (codes of birth places: 001 to 096), so 10 or 11 digits have lost
    two or one. Mobile numbers without their zero have nine digits and begin with 3, 5, 7, 8, 9; landlines ten, with 2.
    """
    if not (typed.isascii() and typed.isdecimal()):
        return typed
    if spec.type is FieldType.IDENTITY_NUMBER and len(typed) in {10, 11}:
        return typed.zfill(12)
    if spec.type is FieldType.PHONE and (
        (len(typed) == 9 and typed[0] in "35789") or (len(typed) == 10 and typed[0] == "2")
    ):
        return "0" + typed
    return typed


def as_typed(spec: FieldSpec, typed: str) -> str:
    """A spreadsheet's date number, or a day with an hour, as the part that the field asks for."""
    if spec.type is FieldType.DATE and _SERIAL.fullmatch(typed):
        return f"{_EXCEL_DAY_ONE + timedelta(days=int(typed)):%d/%m/%Y}"
    moment = _MOMENT.fullmatch(typed)
    if moment and spec.type is FieldType.DATE:
        return moment[1]
    if moment and spec.type is FieldType.TIME:
        return moment[2]
    if spec.type is FieldType.BOOLEAN and fold(typed) in {"x", "v", "✓"}:
        return "có"
    return typed


def row_problem(code: str, row: int, column: str, severity: Severity = Severity.ERROR, **values: object) -> RowProblem:
    """The problem ``code`` of the error table at one cell."""
    text = error_table()[code]
    return RowProblem(row, column, code, text.sentence.format(row=row, column=column, **values), severity)


def cell_problem(row: int, column: str, problem: Problem) -> RowProblem:
    """A finding about a record, placed at its cell: the same code, its sentence with row and column before it."""
    text = error_table()["TD-XFER-008"].sentence.format(
        row=row, column=column, text=problem.text.removeprefix(f"“{column}”: ")
    )
    return RowProblem(row, column, problem.code, text, problem.severity)


def _distinct(label: str, detail: str) -> str:
    return f"{label} ({detail})" if detail else label
