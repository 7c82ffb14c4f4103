"""The records behind one figure, with what each adds to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.formdef.conditions import meets
from thidua_desktop.formdef.model import Aggregate, IndicatorSpec, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import joined_title
from thidua_desktop.services import access, titles
from thidua_desktop.services.lists import OFFICE, cell_text, office_names, prefetch_links
from thidua_desktop.services.periods import code_for_lists
from thidua_desktop.services.reports.figures import records_behind
from thidua_desktop.services.session import Session
from thidua_desktop.store.figure_sql import stock_days
from thidua_desktop.store.queries import Record

READ_AT_MOST = 4000
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Contribution:
    """One record: its day (None for standing registers), area, title, and what it adds to the figure."""

    register: str
    id: str
    day: date | None
    area: str
    title: str
    value: Number


@dataclass(frozen=True, slots=True)
class Contributions:
    """``count`` records make up the figure, most of them of ``register``; ``rows`` are those that add most."""

    register: str
    count: int
    rows: tuple[Contribution, ...]
    closed: bool = False  # the person at the desk may not see them


def contributions(
    session: Session, name: str, period: Period, office: str | None = None, limit: int = SHOWN, area: str | None = None,
    as_kept: bool = False, kind: str = "",
) -> Contributions:  # fmt: skip
    """The records behind figure ``name``, the largest contribution first, then the newest.

    ``as_kept``: as the office's own desk counts, also a commune that has ended. ``kind``: only in residential
    areas of this kind.
    """
    indicators = session.definitions.indicators
    own = indicators[name]
    parts = [_part(session, indicators[one], period, (office, area, as_kept, kind), limit) for one in (name, *own.plus)]
    rows = [row for part in parts for row in part.rows]
    rows.sort(key=lambda row: (row.value, row.day or date.min), reverse=True)
    closed = any(part.closed for part in parts)
    return Contributions(own.register, sum(part.count for part in parts), tuple(rows[:limit]), closed)


def _part(
    session: Session,
    indicator: IndicatorSpec,
    period: Period,
    where: tuple[str | None, str | None, bool, str],
    limit: int,
) -> Contributions:
    """The records of one indicator alone, without what is added to it; of a closed register none are shown."""
    if not session.opens(indicator.register):
        return Contributions(indicator.register, 0, (), closed=True)
    spec = session.register(indicator.register)
    access.note(session, spec, access.LIST)
    keys = records_behind(session, indicator.name, period, *where)
    records = session.file.records.window(spec.name, keys[max(0, len(keys) - READ_AT_MOST) :], _fields(spec, indicator))
    times = _times(spec, indicator, period)
    weighed = [(_weight(indicator, record.values, period) * times(record.values), record) for record in records]
    weighed.sort(key=lambda one: (one[0], _day(spec, one[1]) or date.min), reverse=True)
    shown = weighed[:limit]
    names = office_names(session) if session.is_province and where[0] is None else {}
    prefetch_links(session, [spec.field(name) for name in _fields(spec, indicator)], [record for _, record in shown])
    return Contributions(
        spec.name, len(keys), tuple(_contribution(session, spec, record, weight, names) for weight, record in shown)
    )


def list_filter(session: Session, name: str, period: Period, area: str = "", office: str = "") -> dict[str, str]:
    """What the register's list has to be filtered by to show the records behind a figure: field or "period" -> value.

    Conditions with several values cannot be said by one filter and are left out: the list then shows more.
    """
    indicator = session.definitions.indicators[name]
    spec = session.register(indicator.register)
    wanted = {condition.field: condition.values[0] for condition in indicator.where if len(condition.values) == 1}
    if spec.date_field and not indicator.stock and indicator.date_field in ("", spec.date_field):
        wanted["period"] = code_for_lists(session, period)
    if area and spec.area_field != "id":
        wanted[spec.area_field] = area
    if office and session.is_province:
        wanted[OFFICE] = office
    return wanted


def _fields(spec: RegisterSpec, indicator: IndicatorSpec) -> list[str]:
    days = (indicator.date_field, spec.date_field, spec.valid_from, spec.valid_to)
    names = [*days, spec.area_field, *spec.title_fields, indicator.rows or indicator.field]
    known = {field.name for field in spec.fields}
    return [name for name in dict.fromkeys(names) if name in known]


def _contribution(
    session: Session, spec: RegisterSpec, record: Record, weight: Number, offices: Mapping[str, str]
) -> Contribution:
    """``offices``: names where records of many stand together, so that it is said whose each is."""
    area = ""
    if spec.area_field in {field.name for field in spec.fields}:  # an area's own area field is its id
        area = cell_text(session, spec.field(spec.area_field), record.values.get(spec.area_field))
    area = ", ".join(part for part in (offices.get(record.office, ""), area) if part)
    fields = [spec.field(name) for name in spec.title_fields if name not in (spec.date_field, spec.area_field)]
    parts = ((field, cell_text(session, field, record.values.get(field.name))) for field in fields)
    title = joined_title(parts) or titles.title_with_links(session, spec, record.values)
    return Contribution(spec.name, record.id, _day(spec, record), area, title, weight)


def _day(spec: RegisterSpec, record: Record) -> date | None:
    value = record.values.get(spec.date_field) if spec.date_field else None
    return value if isinstance(value, date) else None


def _times(spec: RegisterSpec, indicator: IndicatorSpec, period: Period) -> Callable[[Values], int]:
    """How often a record counts: once, but for figures that are taken every so many months."""
    if not indicator.every:
        return lambda _values: 1
    days = stock_days(indicator, period)

    def times(values: Values) -> int:
        begins, ends = values.get(spec.valid_from), values.get(spec.valid_to)
        return sum(
            not ((isinstance(begins, date) and begins > day) or (isinstance(ends, date) and ends < day)) for day in days
        )

    return times


def _weight(indicator: IndicatorSpec, values: Values, period: Period) -> Number:
    """What one record adds; of figures that count each thing once, every record stands for one."""
    if indicator.aggregate is Aggregate.DISTINCT:
        return 1
    if not indicator.rows:
        return _number(values.get(indicator.field)) if indicator.aggregate is Aggregate.SUM else 1
    rows = values.get(indicator.rows)
    counted = (
        [row for row in rows if isinstance(row, Mapping) and meets(indicator.row_where, row)]
        if isinstance(rows, tuple)
        else []
    )
    rows_name, _, column = indicator.date_field.rpartition(".")
    if rows_name:
        counted = [row for row in counted if isinstance(day := row.get(column), date) and day in period]
    if indicator.aggregate is Aggregate.COUNT:
        return len(counted)
    return sum((_number(row.get(indicator.field)) for row in counted), 0)


def adds(spec: RegisterSpec, indicator: IndicatorSpec, values: Values, period: Period) -> Number:
    """What a record of these values adds to one indicator alone, whatever the book holds; areas' types are not asked.

    Of figures that count each thing once it says whether the record is one of those that are counted.
    """
    if not meets(indicator.where, values):
        return 0
    dated = "" if indicator.stock else indicator.date_field or spec.date_field
    if dated and "." not in dated:
        day = values.get(dated)
        return _weight(indicator, values, period) if isinstance(day, date) and day in period else 0
    if dated:
        return _weight(indicator, values, period)
    begins, ends = values.get(spec.valid_from or spec.date_field), values.get(spec.valid_to)
    standing = sum(
        not ((isinstance(begins, date) and begins > day) or (isinstance(ends, date) and ends < day))
        for day in stock_days(indicator, period)
    )
    return _weight(indicator, values, period) * standing


def _number(value: Value | object) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return 0
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value
