"""Reported, now, and what changed: the records that were added, left or changed since a report was closed.

What a record added when the report was closed is reckoned from its values of then, which the change log gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import AREA_TYPES, IndicatorSpec, RegisterSpec, Value, Values
from thidua_desktop.services import access, titles
from thidua_desktop.services.history import shown_fields
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.contributions import adds
from thidua_desktop.services.reports.editions import Edition, editions
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Change, Record
from thidua_desktop.text import UNTOLD, format_number, upper_first

AREAS = "residential_area"
HIDDEN = "Bản ghi của sổ này không mở cho bạn"


class Happened(StrEnum):
    """What became of a record since."""

    ADDED = "added"
    LEFT = "left"
    CHANGED = "changed"


_WORDS = {Happened.ADDED: "tính thêm", Happened.LEFT: "không còn tính", Happened.CHANGED: "đổi"}
_OPERATIONS = {"create": "ghi mới", "delete": "xóa", "restore": "khôi phục", "merge": "nhận từ gói"}


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """One record: what it added to the figure then and now, who changed it last and when, and which fields."""

    register: str
    id: str
    title: str
    happened: Happened
    then: Number
    now: Number
    at: datetime
    actor: str
    operation: str
    fields: tuple[tuple[str, str, str], ...]
    reason: str

    @property
    def words(self) -> str:
        """ "tính thêm 40 (ghi mới)"; "đổi 40 thành 45 (sửa Số người dự: 40 → 45)"."""
        if self.happened is Happened.CHANGED:
            told = f"đổi {format_number(self.then)} thành {format_number(self.now)}"
        else:
            told = f"{_WORDS[self.happened]} {format_number(self.now or self.then)}"
        done = _OPERATIONS.get(self.operation, "")
        if not done:
            named = "; ".join(f"{label}: {old or 'trống'} → {new or 'trống'}" for label, old, new in self.fields[:3])
            done = f"sửa {named}" if named else "sửa"
        return f"{told} ({done})"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure whose value differs from what was reported. ``hidden``: its records are not open to the person."""

    figure: Figure
    reported: Number
    records: tuple[ChangedRecord, ...]
    hidden: bool = False
    unrecorded: str = ""  # why the reported 0 told nothing: the book was not written in then

    @property
    def reported_text(self) -> str:
        """What was reported, "–" where the book was not written in then."""
        return UNTOLD if self.unrecorded else format_number(self.reported)

    @property
    def difference(self) -> Number:
        """Now less reported."""
        return self.figure.value - self.reported


@dataclass(frozen=True, slots=True)
class Comparison:
    """One edition beside the books of now; only the figures that differ."""

    edition: Edition
    changes: tuple[FigureChange, ...]


def compare(session: Session, report: Report, number: int = 0) -> Comparison:
    """An edition of ``report`` (0: the last one) beside how it stands now; TD-PRINT-064 when it never was closed."""
    known = editions(session, report.spec.name, report.period)
    found = next((one for one in known if number in (0, one.number)), None)
    if found is None:
        raise UserError("TD-PRINT-064", report=report.spec.title, period=report.period.name)
    told = {figure.indicator: figure for figure in found.figures}
    differing = [one for one in report.figures if told.get(one.indicator, one).value != one.value]
    changed = _changed_since(session, report, found, differing)
    return Comparison(found, tuple(_figure_change(session, report, one, told, changed) for one in differing))


_Changed = Mapping[tuple[str, str], list[Change]]


def _changed_since(session: Session, report: Report, edition: Edition, figures: Iterable[Figure]) -> _Changed:
    """The changes since a closing by record, of the registers that the figures count."""
    wanted = {spec.register for figure in figures for spec in _parts(session, figure.indicator)}
    found: dict[tuple[str, str], list[Change]] = {}
    if not wanted:
        return found
    kept = next(
        one
        for one in session.file.reports.editions(report.spec.name, report.period.code)
        if one.edition == edition.number
    )
    seq = (kept.content or {}).get("seq")
    for change in session.file.changes.since(seq or 0):
        late = seq is not None or change.at > edition.at
        if late and change.register in wanted:
            found.setdefault((change.register, change.record_id), []).append(change)
    return found


def _figure_change(
    session: Session, report: Report, figure: Figure, told: Mapping[str, Figure], changed: _Changed
) -> FigureChange:
    parts = _parts(session, figure.indicator)
    hidden = any(not session.opens(part.register) for part in parts)
    records = [
        record for part in parts if session.opens(part.register) for record in _records(session, part, report, changed)
    ]
    records.sort(key=lambda one: (one.at, one.id))
    then = told[figure.indicator]
    return FigureChange(figure, then.value, tuple(records), hidden, then.unrecorded)


def _records(session: Session, indicator: IndicatorSpec, report: Report, changed: _Changed) -> Iterator[ChangedRecord]:
    spec = session.register(indicator.register)
    noted = False
    for (register, record_id), changes in changed.items():
        record = session.file.records.get(register, record_id) if register == spec.name else None
        if record is None:
            continue
        before = _values_before(spec, record, changes)
        then = _adds(session, spec, indicator, record_id, before, report)
        now = _adds(session, spec, indicator, record_id, None if record.deleted else record.values, report)
        if then == now:
            continue
        if not noted:
            access.note(session, spec, access.LIST)
            noted = True
        yield _told(session, spec, record, changes, then, now)


def _told(
    session: Session, spec: RegisterSpec, record: Record, changes: list[Change], then: Number, now: Number
) -> ChangedRecord:
    last = changes[-1]
    happened = Happened.ADDED if not then else Happened.LEFT if not now else Happened.CHANGED
    operation = "create" if changes[0].operation == "create" and last.operation != "delete" else last.operation
    title = titles.title_with_links(session, spec, record.values)
    return ChangedRecord(
        spec.name, record.id, upper_first(title), happened, then, now, last.at, last.actor, operation,
        shown_fields(session, spec, last.fields), last.reason,
    )  # fmt: skip


def _values_before(spec: RegisterSpec, record: Record, changes: list[Change]) -> Values | None:
    """The values that a record had before the changes; None when it was not there or was deleted then."""
    if changes[0].operation in ("create", "restore") or (changes[0].operation == "merge" and changes[0].revision == 1):
        return None
    first: dict[str, Any] = {}
    for change in changes:
        for name, (old, _new) in change.fields.items():
            first.setdefault(name, old)
    values: dict[str, Value] = dict(record.values)
    for field in spec.fields:
        if field.name in first:
            plain = first[field.name]
            values[field.name] = None if plain is None else field_type(field).from_plain(field, plain)
    return values


def _adds(
    session: Session,
    spec: RegisterSpec,
    indicator: IndicatorSpec,
    record_id: str,
    values: Values | None,
    report: Report,
) -> Number:
    if values is None or not _in_area_of_type(session, spec, indicator, record_id, values):
        return 0
    return adds(spec, indicator, values, report.period)


def _in_area_of_type(
    session: Session, spec: RegisterSpec, indicator: IndicatorSpec, record_id: str, values: Values
) -> bool:
    if not indicator.area_types:
        return True
    if spec.area_field == "id":
        types = values.get(AREA_TYPES)
    else:
        link = values.get(spec.area_field)
        area = session.file.records.get(AREAS, link) if isinstance(link, str) else None
        types = area.values.get(AREA_TYPES) if area is not None and not area.deleted else None
    return isinstance(types, tuple) and bool(set(map(str, types)) & set(indicator.area_types))


def _parts(session: Session, name: str) -> tuple[IndicatorSpec, ...]:
    own = session.definitions.indicators[name]
    return (own, *(session.definitions.indicators[one] for one in own.plus))
