"""Shares that the standards ask for, in whole numbers: how many are needed, how many are missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from thidua_desktop.domain.law_table import mapping_on


@dataclass(frozen=True, slots=True)
class Share:
    """``parts`` of ``of``, at least."""

    parts: int
    of: int

    def needed(self, total: int) -> int:
        """The least number that reaches the share of ``total``: rounded up, never by floating point."""
        return -(-total * self.parts // self.of)

    def reached(self, count: int, total: int) -> bool:
        """Whether ``count`` of ``total`` reach it."""
        return count >= self.needed(total)

    def missing(self, count: int, total: int) -> int:
        """How many more are needed."""
        return max(0, self.needed(total) - count)


@dataclass(frozen=True, slots=True)
class Units:
    """Units under a commune's management: all, registered, recognised."""

    total: int
    registered: int
    recognised: int

    def all_registered(self) -> bool:
        """100 % register (Thông tư 124/2021/TT-BCA Điều 5 khoản 4)."""
        return self.registered >= self.total


def recognised_share(day: date) -> Share:
    """At least 70 % of the units recognised (Thông tư 124/2021/TT-BCA Điều 5 khoản 4)."""
    return _share("recognised_units_share", day)


def subunit_share(day: date) -> Share:
    """At least 70 % of a unit's own parts reach the standard (Thông tư 124/2021/TT-BCA Điều 6 khoản 5, 7 khoản 6)."""
    return _share("recognised_subunits_share", day)


def meets_units_criterion(units: Units, day: date) -> bool:
    """All registered and enough recognised (Thông tư 124/2021/TT-BCA Điều 5 khoản 4); no unit at all is not enough."""
    return units.total > 0 and units.all_registered() and recognised_share(day).reached(units.recognised, units.total)


def women_come_first(women: int, people: int, day: date) -> bool:
    """Whether a group has enough women to be preferred on a tie (Nghị định 98/2023/NĐ-CP Điều 4: from 70 %)."""
    return people > 0 and _share("women_first_share", day).reached(women, people)


def _share(table: str, day: date) -> Share:
    value = mapping_on(table, day)
    return Share(cast(int, value["parts"]), cast(int, value["of"]))
