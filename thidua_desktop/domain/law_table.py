"""Dated values that the law sets: thresholds, deadlines, ratios. They stand in ``resources/law/*.toml``, never in code.

A table is a list of rows under its name: ``value``, ``from`` (first day), ``until`` (last day, absent while in force),
``basis`` (the article), ``certainty`` (V seen in a text, M from memory, ? open; M and ? are editable defaults).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias, cast

from thidua_desktop.errors import UserError
from thidua_desktop.paths import resource_path

LawValue: TypeAlias = int | Decimal | str | Mapping[str, object] | Sequence[object]

CERTAINTIES = ("V", "M", "?")


class LawRow(NamedTuple):
    """One value of one table while it is in force; ``until`` None means no end is known. Both days are inclusive."""

    name: str
    value: LawValue
    since: date
    until: date | None
    basis: str
    certainty: str

    def holds_on(self, day: date) -> bool:
        """Whether the row is in force on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)


def read_table_file(path: Path) -> dict[str, tuple[LawRow, ...]]:
    """The tables of one file by name. UserError TD-TIME-003 for a row that is incomplete or overlaps another."""
    import tomllib

    with path.open("rb") as stream:
        document = tomllib.load(stream, parse_float=Decimal)
    return {name: _rows(path.name, name, rows) for name, rows in document.items()}


@cache
def law_table(name: str) -> tuple[LawRow, ...]:
    """The rows of one table of ``resources/law``, () when there is none; UserError TD-TIME-003 for a fault.

    Only the file that has it is understood: a start needs the holidays, of twelve files.
    """
    head = f"[[{name}]]"
    for path in sorted(resource_path("law").glob("*.toml")):
        if head in path.read_text(encoding="utf-8") and (rows := _known_file(path).get(name)):
            return rows
    return ()


@cache
def _known_file(path: Path) -> Mapping[str, tuple[LawRow, ...]]:
    return read_table_file(path)


def row_on(name: str, day: date) -> LawRow:
    """The row of table ``name`` in force on ``day``; UserError TD-TIME-002 when there is none."""
    for row in law_table(name):
        if row.holds_on(day):
            return row
    raise UserError("TD-TIME-002", name=name, day=f"{day:%d/%m/%Y}")


def value_on(name: str, day: date) -> LawValue:
    """The value of table ``name`` in force on ``day``; UserError TD-TIME-002 when there is none."""
    return row_on(name, day).value


def whole_number_on(name: str, day: date) -> int:
    """A whole-number value (days, households, times); UserError TD-TIME-002/003."""
    value = value_on(name, day)
    if not isinstance(value, int):
        raise UserError("TD-TIME-003", file="law", name=name, fault="giá trị phải là số nguyên")
    return value


def mapping_on(name: str, day: date) -> Mapping[str, object]:
    """A value made of named parts; UserError TD-TIME-002/003."""
    value = value_on(name, day)
    if not isinstance(value, Mapping):
        raise UserError("TD-TIME-003", file="law", name=name, fault="giá trị phải gồm các mục có tên")
    return value


def _rows(file: str, name: str, rows: object) -> tuple[LawRow, ...]:
    if not isinstance(rows, list) or not rows:
        raise UserError("TD-TIME-003", file=file, name=name, fault="phải là danh sách các dòng")
    read = sorted((_row(file, name, row) for row in rows), key=lambda row: row.since)
    for earlier, later in pairwise(read):
        if earlier.until is None or earlier.until >= later.since:
            raise UserError("TD-TIME-003", file=file, name=name, fault="hai dòng có hiệu lực chồng nhau")
    return tuple(read)


def _row(file: str, name: str, row: object) -> LawRow:
    if not isinstance(row, dict):
        raise UserError("TD-TIME-003", file=file, name=name, fault="dòng phải gồm các mục có tên")
    since, until = row.get("from"), row.get("until")
    if "value" not in row or not isinstance(since, date) or not (until is None or isinstance(until, date)):
        raise UserError("TD-TIME-003", file=file, name=name, fault="thiếu value hoặc ngày from, until")
    if not row.get("basis") or row.get("certainty") not in CERTAINTIES:
        raise UserError("TD-TIME-003", file=file, name=name, fault="thiếu căn cứ hoặc độ chắc chắn V, M, ?")
    return LawRow(name, cast(LawValue, row["value"]), since, until, str(row["basis"]), str(row["certainty"]))
