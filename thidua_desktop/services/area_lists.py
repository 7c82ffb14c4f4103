"""Residential areas typed, pasted from Excel, or read from a spreadsheet, for the wizard of a new office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import CatalogItem
from thidua_desktop.services.kind_in_name import kind_and_name
from thidua_desktop.services.raw_lines import RawLine
from thidua_desktop.services.transfer_reading import RawTable, is_total, plain_words, read_table, table_of_text
from thidua_desktop.text import (
    clean,
    fold,
    from_tcvn3,
    from_vni,
    looks_like_tcvn3,
    looks_like_vni,
    match_key,
    parse_number,
)

KIND_CATALOG = "area_kind"
# How heads of such columns begin; offices write "Tên thôn, buôn" and "Số hộ dân" as they like.
_NAME_WORDS = ("ten", "khu dan cu", "thon", "buon", "lang", "ap", "to dan pho", "khu pho", "dia ban")
_NOT_NAMES = ("ten truong", "ten nguoi", "ten chu", "thon truong", "to truong", "ghi chu")
_KIND_WORDS = ("loai",)
_HOUSEHOLD_WORDS = ("so ho", "ho", "tong so ho", "tong ho")


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """One line read: ``row`` in the source, ``kind`` a code of area_kind, ``households`` None when not given."""

    row: int
    kind: str
    name: str
    households: int | None = None


@dataclass(frozen=True, slots=True)
class AreaDrafts:
    """What was read, and what was noticed; a problem's ``field`` is "row" and the line's number."""

    areas: tuple[AreaDraft, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    kind: int | None
    households: int | None


def areas_from_text(pasted: str, kind: str = "thon") -> AreaDrafts:
    """Areas from lines or from cells copied out of Excel: name, perhaps kind and number of households, in any order.

    "Thôn Tân Lập" is read as kind and name; a bare name takes the kind of the line before, the first one ``kind``.
    """
    return _areas(table_of_text(pasted), kind)


def areas_from_xlsx(path: Path, kind: str = "thon") -> AreaDrafts:
    """Areas from an .xlsx, .xls or .csv; raises TD-XFER-001 to 006 when it cannot be read."""
    return _areas(read_table(path), kind)


def _areas(table: RawTable, kind_before: str) -> AreaDrafts:
    kinds = load_definitions().catalogs[KIND_CATALOG].items
    lines = list(table.lines)
    columns, lines = _columns(lines, kinds)
    areas: list[AreaDraft] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line in lines:
        text = clean(_cell(line, columns.name))
        if not text or is_total(line.cells):
            continue
        text = _converted(line.number, text, problems)
        kind, name = kind_and_name(kinds, text)
        kind = _kind_of_cell(_cell(line, columns.kind), kinds) or kind or kind_before
        kind_before = kind
        key = f"{kind} {match_key(name)}"
        if key in seen:
            problems.append(_noticed("TD-DATA-204", line.number, name=text, first=seen[key]))
            continue
        seen[key] = line.number
        areas.append(AreaDraft(line.number, kind, name, _households(line, columns, problems)))
    return AreaDrafts(tuple(areas), tuple(problems))


def _columns(lines: list[RawLine], kinds: Sequence[CatalogItem]) -> tuple[_Columns, list[RawLine]]:
    """Which column is what, by the heading or else by what stands in them; and the lines below."""
    for place, line in enumerate(lines[:10]):
        headings = [plain_words(cell) for cell in line.cells]
        name = _name_column(headings)
        if name is not None and not any(any(c.isdigit() for c in heading) for heading in headings):
            return _Columns(name, _first(headings, _KIND_WORDS), _first(headings, _HOUSEHOLD_WORDS)), lines[place + 1 :]
    return _guessed(lines), lines


def _guessed(lines: Sequence[RawLine]) -> _Columns:
    width = max((len(line.cells) for line in lines), default=1)
    words = [
        len({plain_words(_cell(line, i)) for line in lines if any(map(str.isalpha, _cell(line, i)))})
        for i in range(width)
    ]
    numbers = [sum(parse_number(_cell(line, i)) is not None for line in lines) for i in range(width)]
    name = max(range(width), key=lambda i: (words[i], -i))
    after = [i for i in range(name + 1, width) if numbers[i]]
    return _Columns(name, None, after[0] if after else None)


def _name_column(headings: Sequence[str]) -> int | None:
    """The column of names: of several cells the one that begins like such a head, alone only "Tên …"."""
    filled = [heading for heading in headings if heading]
    words = _NAME_WORDS if len(filled) > 1 else ("ten", "khu dan cu", "dia ban")
    allowed = ["" if heading.startswith(_NOT_NAMES) else heading for heading in headings]
    return _first(allowed, words)


def _first(headings: Sequence[str], words: Sequence[str]) -> int | None:
    """The first heading that is, or begins with, one of the words; earlier words are better ones."""
    for word in words:
        for place, heading in enumerate(headings):
            if heading == word or heading.startswith(word + " "):
                return place
    return None


def _cell(line: RawLine, index: int | None) -> str:
    return line.cells[index] if index is not None and index < len(line.cells) else ""


def _kind_of_cell(text: str, kinds: Sequence[CatalogItem]) -> str:
    wanted = " ".join(fold(text).split())
    return next((item.code for item in kinds if wanted in {fold(item.label), item.code}), "")


def _households(line: RawLine, columns: _Columns, problems: list[Problem]) -> int | None:
    text = _cell(line, columns.households)
    if not text:
        return None
    number = parse_number(text)
    if isinstance(number, int) and number >= 0:
        return number
    problems.append(_noticed("TD-DATA-205", line.number, typed=text))
    return None


def _converted(row: int, text: str, problems: list[Problem]) -> str:
    convert = from_tcvn3 if looks_like_tcvn3(text) else from_vni if looks_like_vni(text) else None
    if convert is None:
        return text
    problems.append(_noticed("TD-DATA-206", row, typed=text, converted=convert(text)))
    return convert(text)


def _noticed(code: str, row: int, **values: object) -> Problem:
    return finding(code, f"row[{row}]", Severity.WARNING, row=row, **values)
