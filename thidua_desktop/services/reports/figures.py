"""The figures of a report: this period, the one before, the same one last year, and the year so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.emulation import percent_of
from thidua_desktop.domain.figures import Number, odd_reason, percentage
from thidua_desktop.domain.periods import Period, previous, same_last_year, whole_year
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.services.reports.private_counts import figure_rows, first_days
from thidua_desktop.services.reports.unrecorded import partly_told, unrecorded, untold_in
from thidua_desktop.services.session import Session
from thidua_desktop.services.targets import year_targets
from thidua_desktop.store.queries import DateRange, RowKeys


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report with its yardsticks.

    ``last``/``last_year`` are None when the office had no records of the register before that period's end: no
    yardstick is better than a false zero; a campaign has no period before it. ``whole`` is the figure it is counted out
    of (x/y). ``odd`` says why a person should look. ``target`` is what the office has set itself for the year, None
    where it has not. ``unrecorded`` says why a value of 0 tells nothing: its book was never written in, or in this
    period not the field that it is told by. ``partly``: in how many records what it adds up is filled, where not in
    all. ``told``: what the province says of it, where that is why it is odd.
    """

    indicator: str
    label: str
    unit: str
    value: Number
    last: Number | None
    last_year: Number | None
    year: Number
    whole: Number | None = None
    whole_unit: str = ""
    odd: str | None = None
    kept_reason: str = ""
    target: Number | None = None
    unrecorded: str = ""
    partly: str = ""
    told: str = ""

    @property
    def share(self) -> Decimal | None:
        """The figure in percent of its whole, one decimal; None without one, and where nothing was recorded."""
        return None if self.whole is None or self.unrecorded else percentage(self.value, self.whole)

    @property
    def reached(self) -> Decimal | None:
        """The year so far in percent of the year's target; None without one."""
        return None if self.target is None else percent_of(Decimal(self.year), Decimal(self.target))

    @property
    def reason_key(self) -> str:
        """Under which a reason is kept: one given before says nothing of what the province counted since."""
        return f"{self.indicator} {self.told}".rstrip()

    @property
    def unanswered(self) -> bool:
        """Whether the figure is odd and nobody has said why it is right."""
        return self.odd is not None and not self.kept_reason


@dataclass(frozen=True, slots=True)
class Spans:
    """The four ranges that a report reads, in the order of the store's answer; a span has no period before it."""

    this: DateRange
    last: DateRange
    last_year: DateRange
    year: DateRange
    has_before: bool = True

    @classmethod
    def of(cls, period: Period) -> Spans:
        """Of a period; the year runs from its first day to the period's last. A span counts into no year but itself."""
        whole = whole_year(period) or period
        before, year_ago = previous(period), same_last_year(period)
        return cls(
            DateRange(period.start, period.end),
            DateRange(before.start, before.end),
            DateRange(year_ago.start, year_ago.end),
            DateRange(whole.start, period.end),
            period.span is None,
        )

    def all(self) -> tuple[DateRange, ...]:
        """As the store takes them."""
        return (self.this, self.last, self.last_year, self.year)


def figures_of(
    session: Session, names: Sequence[str], period: Period, offices: Sequence[str] | None = None
) -> tuple[Figure, ...]:
    """The figures of ``names`` in a period; of ``offices`` alone where given."""
    definitions = session.definitions
    wholes = [definitions.indicators[name].out_of for name in names if definitions.indicators[name].out_of]
    spans = Spans.of(period)
    sums = totals(session, [*names, *wholes], spans.all(), offices)
    begun = first_days(session, names, offices)
    reasons = {} if offices and not session.is_province else kept_reasons(session, period)
    targets = {} if offices or period.span is not None else year_targets(session, period.year)
    found = [
        replace(
            _figure(definitions, name, sums, spans, begun),
            kept_reason=reasons.get(name, ""),
            target=_whole(targets[name]) if name in targets else None,
        )
        for name in names
    ]
    empty = [one.indicator for one in found if not any((one.value, one.last, one.last_year, one.year))]
    why = {**untold_in(session, [one.indicator for one in found if not one.value and one.whole], spans.this, offices),
           **{name: words for name, words in unrecorded(session, empty, begun, offices).items() if words}}  # fmt: skip
    part = partly_told(session, [one.indicator for one in found if one.value], spans.this, offices)
    return tuple(
        replace(one, unrecorded=why.get(one.indicator, ""), partly=part.get(one.indicator, "")) for one in found
    )


def totals(
    session: Session, names: Sequence[str], ranges: Sequence[DateRange], offices: Sequence[str] | None = None
) -> dict[tuple[str, int], Number]:
    """Indicators by name and range, of all offices together; zeros are left out."""
    found: dict[tuple[str, int], Number] = {}
    for row in figure_rows(session, names, ranges, offices):
        key = (row.indicator, row.range_index)
        found[key] = found.get(key, 0) + row.value
    return found


def records_behind(
    session: Session, name: str, period: Period, office: str | None = None, area: str | None = None,
    as_kept: bool = False, kind: str = "",
) -> RowKeys:  # fmt: skip
    """The records that make up a figure, for lists; ``as_kept`` as the office's own desk counts."""
    return session.file.figure_records(name, DateRange(period.start, period.end), office, area, as_kept, kind)


def kept_reasons(session: Session, period: Period) -> Mapping[str, str]:
    """The reasons that were written for odd figures of a period, by indicator."""
    return dict(session.file.settings.get(_reasons_name(period)) or {})


def keep_reason(session: Session, period: Period, indicator: str, reason: str) -> None:
    """Write why an odd figure is right; an empty reason takes it back."""
    reasons = {**kept_reasons(session, period), indicator: reason.strip()}
    session.file.settings.put(_reasons_name(period), {name: text for name, text in reasons.items() if text} or None)


def _reasons_name(period: Period) -> str:
    return f"report.odd.{period.calendar.name}.{period.code}"


def _figure(
    definitions: Definitions,
    name: str,
    sums: Mapping[tuple[str, int], Number],
    spans: Spans,
    begun: Mapping[str, date | None],
) -> Figure:
    spec = definitions.indicators[name]
    value, last, last_year, year = (sums.get((name, place), 0) for place in range(4))
    first = begun[spec.register]
    has_last = spans.has_before and first is not None and first <= spans.last.end
    has_year_ago = first is not None and first <= spans.last_year.end
    whole = definitions.indicators[spec.out_of] if spec.out_of else None
    kept_last = _whole(last) if has_last else None
    kept_year_ago = _whole(last_year) if has_year_ago else None
    odd = odd_reason(value, kept_last, spec.unit, spans.this.end, "kỳ trước") or odd_reason(
        value, kept_year_ago, spec.unit, spans.this.end
    )
    return Figure(
        name,
        spec.label,
        spec.unit,
        _whole(value),
        kept_last,
        kept_year_ago,
        _whole(year),
        _whole(sums.get((spec.out_of, 0), 0)) if whole else None,
        whole.unit if whole else "",
        odd,
    )


def _whole(number: Number) -> Number:
    """3 rather than Decimal("3.00")."""
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    return number
