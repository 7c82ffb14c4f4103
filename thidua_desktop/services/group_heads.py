"""Lines that name a residential area alone, over the lines of that area: lists of offices stand in groups."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from thidua_desktop.domain.problems import Severity
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.services import links
from thidua_desktop.services.kind_in_name import kind_and_name, kinds_and_names
from thidua_desktop.services.raw_lines import RawLines, ReachedDown, SpreadOver, own_texts
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import COUNTERS, ImportColumn, heading_key, with_mapping
from thidua_desktop.services.transfer_reading import is_total
from thidua_desktop.services.transfer_rows import RowProblem, row_problem

_TOLD, _NAMES_TOLD = 20, 3
_ORDINAL = re.compile(r"\A(?:(?:[IVXLC]{1,6}|[A-H]|\d{1,3})\s*[.)/:–-]\s*|[IVXLC]{1,6}\s+)(?=\S)")
_COUNT_BEHIND = re.compile(
    r"\s*[(:,–-]\s*(?:có|gồm|tổng(?: số)?)?:?\s*\d[\d.]*\s*(?:hộ|người|khẩu|tổ|đội)?\s*\)?$", re.IGNORECASE
)
_AROUND = " .:;–-"
_HEADING = "tên ở dòng riêng"


class Grouped(NamedTuple):
    """A table without the lines that head groups; each line below one has its area in a column."""

    columns: tuple[ImportColumn, ...]
    lines: RawLines
    told: tuple[RowProblem, ...] = ()


def without_heads(
    session: Session,
    spec: RegisterSpec,
    columns: tuple[ImportColumn, ...],
    read: RawLines,
    chosen: Mapping[int | str, str | None],
) -> Grouped:
    """``columns`` and ``read`` without heads of groups, which give the area to the lines below that have none.

    Where no column brings the area there is one more, which is left out when a person says so (``chosen``).
    """
    area = spec.by_name.get(spec.area_field)
    if area is None or area.type is not FieldType.LINK or not len(read):
        return Grouped(columns, read)
    at = next((one.index for one in columns if one.field == area.name), None)
    heads = _Heads(session, area, columns).found(read, at)
    if not heads or len(heads) * 2 > len(read):  # a list of areas has no groups
        return Grouped(columns, read)
    if at is None:
        at = len(read.columns)
        added = ImportColumn(at, f"{area.label} ({_HEADING})", area.name)
        columns = (*columns, *with_mapping([added], chosen))
    numbers = [read.numbers[place] for place in heads]
    named = ", ".join(map(str, numbers[:_TOLD])) + (f" và {len(numbers) - _TOLD} dòng nữa" * (len(numbers) > _TOLD))
    said = ", ".join(f"“{name}”" for name in list(dict.fromkeys(heads.values()))[:_NAMES_TOLD])
    said += ", …" if len(set(heads.values())) > _NAMES_TOLD else ""
    told = row_problem("TD-XFER-033", numbers[0], "", Severity.HINT, rows=named, area=area.label.lower(), names=said)
    return Grouped(columns, _filled(read, heads, at).without(heads), (told,))


def _filled(lines: RawLines, heads: dict[int, str], at: int) -> RawLines:
    """The name that stands over each line in the column ``at``, where this says nothing."""
    columns = [*lines.columns] + [[""] * len(lines)] * (at == len(lines.columns))
    cells = list(columns[at])
    over = ""
    for place, cell in enumerate(cells):
        over = heads.get(place, over)
        cells[place] = cell or ReachedDown(over)
    columns[at] = cells
    return RawLines(lines.numbers, columns)


class _Heads:
    """Tells which lines of a table head a group."""

    def __init__(self, session: Session, area: FieldSpec, columns: Sequence[ImportColumn]) -> None:
        self._names = links.names_of(session, area.register)
        target = session.register(area.register)
        self._kinds = [
            one for kind, _ in kinds_and_names(target) for one in session.definitions.catalogs[kind.catalog].items
        ]
        self._counters = {one.index for one in columns if heading_key(one.heading) in COUNTERS}
        self._alone = sum(one.field not in {None, area.name} for one in columns) < 2  # a record is one cell as well
        self._known: dict[str, bool] = {}

    def found(self, lines: RawLines, at: int | None) -> dict[int, str]:
        """By place the name of the area that the lines below belong to, as it is written there.

        Where these say their area themselves (column ``at``), only what is the name of one for sure: a person may be
        called Bản Văn A, and his line must not go.
        """
        filled = [sum(map(bool, row)) for row in zip(*lines.columns, strict=True)]
        heads: dict[int, str] = {}
        for place, count in enumerate(filled):
            if count <= 1 + len(self._counters):
                name = self._name_in(lines[place].cells)
                if name:
                    heads[place] = name
        own = lines.columns[at] if at is not None and at < len(lines.columns) else [""] * len(filled)
        ends = [*list(heads)[1:], len(filled)]
        for place, end in zip(list(heads), ends, strict=True) if heads else ():
            if all(own[place + 1 : end]) and not self._is_area(heads[place]):
                del heads[place]
        return heads

    def _name_in(self, cells: Sequence[str]) -> str:
        """The area that a line names alone; one that is not in the register too, where its kind is said: the lines
        below it are of no other.
        """
        said = [(at, cell) for at, cell in enumerate(own_texts(cells)) if cell]
        words = [one for one in said if one[0] not in self._counters] or said
        if len(words) != 1 or is_total(cells):
            return ""
        text = words[0][1]
        whole = _ORDINAL.sub("", text).strip(_AROUND)
        counted = _COUNT_BEHIND.sub("", whole).strip(_AROUND) or text
        name = whole if whole != counted and self._is_area(whole) else counted  # "Nam Sơn - 2" may be a name
        kind, own = kind_and_name(self._kinds, name)
        if self._alone and not kind and not isinstance(text, SpreadOver):
            return ""
        if kind and not self._is_area(name) and kind_and_name(self._kinds, own)[0] and self._is_area(own):
            return own  # "Thôn Buôn Ea Đar" of a "Buôn Ea Đar"
        return name if kind or self._is_area(name) else ""

    def _is_area(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = bool(self._names.matching(name, "", None))
        return self._known[name]
