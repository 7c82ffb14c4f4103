"""Awards in numbers: who decides, for whom, money, votes, terms, service years.

Law 06/2022/QH15, Decree 152/2025/NĐ-CP, Decree 129/2025/NĐ-CP art. 59, Circular 20/2025/TT-BCA. Every amount, share
and term stands in ``resources/law/awards.toml`` and is read for the day that counts.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias, cast

from thidua_desktop.domain.law_table import LawRow, law_table, mapping_on, value_on, whole_number_on
from thidua_desktop.domain.meetings import needed_of
from thidua_desktop.domain.working_days import due_after

Span: TypeAlias = tuple[date, date]

MEDAL = "security_medal"
_ONE_DAY = timedelta(days=1)
_DAYS_IN_MONTH = 30


class Recipient(StrEnum):
    """Whom an award is given to; the codes of the catalog award_recipient."""

    PERSON = "person"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class Money:
    """What goes with an award: how often the base salary, the product, and what is paid after rounding."""

    coefficient: Decimal
    base_salary: int
    amount: Decimal
    paid: int
    certainty: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that is needed, in whole numbers."""

    parts: int
    of: int
    more_than: bool
    certainty: str = "V"

    def needed(self, total: int) -> int:
        """The least number that is enough of ``total``."""
        return needed_of(total, self.parts, self.of, self.more_than)


def coefficient(award: str, recipient: Recipient, day: date) -> tuple[Decimal, str] | None:
    """How often the base salary goes with an award on ``day``, and how sure that is (Decree 152/2025 art. 50, 54).

    A household gets 1.5 times what a person gets. None where no text in force says anything.
    """
    if recipient is Recipient.HOUSEHOLD:
        own = _coefficient(award, "household", day)
        person, times = _coefficient(award, "person", day), _row("award_household_times", day)
        if own or person is None or times is None:
            return own
        return person[0] * cast(Decimal, times.value), person[1]
    return _coefficient(award, recipient.value, day)


def _coefficient(award: str, recipient: str, day: date) -> tuple[Decimal, str] | None:
    for name in (f"award_coefficient_{recipient}", f"award_coefficient_unsure_{recipient}"):
        row = _row(name, day)
        value = cast(Mapping[str, Decimal], row.value).get(award) if row else None
        if row and value is not None:
            return Decimal(value), row.certainty
    return None


def money(award: str, recipient: Recipient, decided_on: date) -> Money | None:
    """What is paid for an award decided on a day: coefficient × base salary of that day, rounded up.

    The base salary is the one in force when the decision is issued (Decree 98/2023, taken over by Decree 152/2025).
    """
    times, base = coefficient(award, recipient, decided_on), _row("base_salary", decided_on)
    if times is None or base is None:
        return None
    salary = cast(int, base.value)
    amount = times[0] * salary
    step = whole_number_on("award_rounding", decided_on)
    paid = int((amount / step).to_integral_value(ROUND_CEILING)) * step
    return Money(times[0], salary, amount, paid, times[1])


def decided_by(award: str, day: date) -> str:
    """Who decides on an award (Law art. 77 to 80; Decree 129/2025 art. 59 for communes); "" where unknown."""
    return str(mapping_on("award_decided_by", day).get(award, ""))


def recipients(award: str, day: date) -> Sequence[str]:
    """Whom an award may be given to; none where it is unknown."""
    return cast(Sequence[str], mapping_on("award_recipients", day).get(award, ()))


def is_single_form(award: str, day: date) -> bool:
    """Whether an award is a form of commendation, of which one achievement brings only one (Decree 152/2025 art. 4)."""
    return award in cast(Sequence[str], value_on("award_single_forms", day))


def vote_share(award: str, day: date) -> Share:
    """What part of all members of the Council an award needs: usually a majority, 80% and 90% for some titles."""
    for name in ("award_votes_highest", "award_votes_high"):
        row = _row(name, day)
        if row and award in cast(Mapping[str, Sequence[str]], row.value)["awards"]:
            return _share(row)
    return share_on("award_votes_usual", day)


def share_on(name: str, day: date) -> Share:
    """A share of ``resources/law/awards.toml`` on a day."""
    value = mapping_on(name, day)
    return Share(cast(int, value["parts"]), cast(int, value["of"]), bool(value["more_than"]))


def dossier_limit(occasion: str, year: int, day: date, event_on: date | None) -> date | None:
    """The last day to hand in a dossier: 30/5 for service, 10/12 for the year's merit, some days before an event.

    A sudden achievement has no such day.
    """
    limits = cast(Mapping[str, int], mapping_on("award_dossier_limits", day))
    if occasion == "sudden":
        return None
    if event_on is not None:
        return event_on - timedelta(days=limits["event_days"])
    kind = "service" if occasion == "service" else "merit" if occasion == "merit" else ""
    return date(year, limits[f"{kind}_month"], limits[f"{kind}_day"]) if kind else None


def decision_limit(occasion: str, received_on: date) -> date:
    """The day by which the chair decides on a complete dossier, in working days; less for sudden achievements."""
    days = cast(Mapping[str, int], mapping_on("award_decision_days", received_on))
    return due_after(received_on, days["sudden" if occasion == "sudden" else "usual"])


@dataclass(frozen=True, slots=True)
class Service:
    """A time of service towards the medal; ``hard``: in a specially difficult area, a border area or on an island."""

    start: date
    end: date
    leading: bool = False
    hard: bool = False


@dataclass(frozen=True, slots=True)
class ServiceYears:
    """Credited and missing months; ``missing`` 0: enough."""

    months: int
    needed: int

    @property
    def missing(self) -> int:
        """Months that are still wanted."""
        return max(0, self.needed - self.months)


def service_years(services: Iterable[Service], sex: str, day: date) -> ServiceYears | None:
    """Service towards "Bảo vệ an ninh Tổ quốc" (Circular 20/2025/TT-BCA): who has served neither way gets None.

    Leaders need 10 years in posts; members of the grassroots force 15 years, women 10, with twice the time in hard
    areas. Time that two rows both name is counted once. Of two ways the one that lacks less.
    """
    known = list(services)
    years = cast(Mapping[str, int], mapping_on("security_medal_years", day))
    ways = []
    for leading, needed in ((True, years["leader"]), (False, years["female" if sex == "female" else "male"])):
        mine = [one for one in known if one.leading is leading]
        if mine:
            ways.append(ServiceYears(_credited(mine, years["hard_area_times"]), needed * 12))
    return min(ways, key=lambda way: way.missing, default=None)


def _credited(services: Sequence[Service], hard_times: int) -> int:
    """Months of service; a day counts once, and as one in a hard area where any row says so."""
    hard = _joined((one.start, one.end) for one in services if one.hard and not one.leading)
    usual = _without(_joined((one.start, one.end) for one in services if one.leading or not one.hard), hard)
    months = days = 0
    for spans, times in ((hard, hard_times), (usual, 1)):
        for start, end in spans:
            more_months, more_days = whole_months(start, end)
            months, days = months + more_months * times, days + more_days * times
    return months + days // _DAYS_IN_MONTH


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans of days in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + _ONE_DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _without(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of ``spans`` outside ``taken``; both in order and apart."""
    left: list[Span] = []
    for start, end in spans:
        begin = start
        for first, last in taken:
            if first > end or last < begin:
                continue
            if first > begin:
                left.append((begin, first - _ONE_DAY))
            begin = last + _ONE_DAY
        if begin <= end:
            left.append((begin, end))
    return left


def overlapping(services: Sequence[Service]) -> bool:
    """Whether two times of service share a day."""
    ordered = sorted(services, key=lambda one: one.start)
    return any(later.start <= earlier.end for earlier, later in pairwise(ordered))


def whole_months(start: date, end: date) -> tuple[int, int]:
    """Whole months from ``start`` to the end of ``end``, and the days that are left over."""
    after = end + _ONE_DAY
    months = (after.year - start.year) * 12 + after.month - start.month
    if _months_later(start, months) > after:
        months -= 1
    return months, (after - _months_later(start, months)).days


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_in_words(months: int) -> str:
    """ "12 năm 3 tháng"."""
    years, rest = divmod(months, 12)
    parts = [f"{years} năm"] if years else []
    return " ".join([*parts, *([f"{rest} tháng"] if rest or not years else [])])


def women_first(candidates: Iterable[tuple[str, str, int, int]], day: date) -> list[str]:
    """Of candidates with equal achievement (name, sex, members, women among them) those to be preferred.

    Women, and collectives with 70% women or more (Decree 152/2025 art. 4).
    """
    share = share_on("women_first_share", day)
    return [
        name for name, sex, members, women in candidates
        if sex == "female" or (members > 0 and women >= share.needed(members))
    ]  # fmt: skip


def _share(row: LawRow) -> Share:
    value = cast(Mapping[str, object], row.value)
    return Share(cast(int, value["parts"]), cast(int, value["of"]), bool(value["more_than"]), row.certainty)


def _row(name: str, day: date) -> LawRow | None:
    return next((row for row in law_table(name) if row.holds_on(day)), None)
