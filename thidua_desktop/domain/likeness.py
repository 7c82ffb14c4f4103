"""Whether two records name one person: by number, name, birth, telephone. Pure; people decide, this only orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from thidua_desktop.text import fold_joined, match_key


class Likeness(StrEnum):
    """How sure it is that two records are one person; in the order in which they are shown."""

    CERTAIN = "certain"
    LIKELY = "likely"
    SAME_NAME = "same_name"


def judge(
    one: Mapping[str, Any], other: Mapping[str, Any], with_numbers: bool = True
) -> tuple[Likeness, str] | None:  # fmt: skip
    """How alike two records of people are and why; None when they are plainly two.

    Twins and namesakes have numbers of their own: two different identity numbers are never one person, and two
    different birth years or sexes are not suspected at all. ``with_numbers`` false: private fields take no part.
    """
    numbers = _both(one, other, "identity_number") if with_numbers else None
    if numbers and numbers[0] == numbers[1]:
        return Likeness.CERTAIN, "cùng số căn cước"
    names = str(one.get("name", "")), str(other.get("name", ""))
    years = birth_year(one), birth_year(other)
    known_years = None not in years
    sexes = _both(one, other, "sex")
    if fold_joined(names[0]) != fold_joined(names[1]) or (known_years and years[0] != years[1]):
        return None
    if sexes and sexes[0] != sexes[1]:
        return None
    return _weighed(one, other, names, bool(numbers), with_numbers)


def _weighed(
    one: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, str], other_number: bool, with_days: bool
) -> tuple[Likeness, str]:
    """Two of one folded name whom neither year nor sex tells apart."""
    doubt = _doubt(one, other, names, other_number, with_days)
    phones = _both(one, other, "phone")
    if doubt:
        return Likeness.SAME_NAME, doubt
    if birth_year(one) is not None and birth_year(other) is not None:
        return Likeness.LIKELY, "cùng tên, cùng năm sinh"
    if phones and phones[0] == phones[1]:
        return Likeness.LIKELY, "cùng tên, cùng số điện thoại"
    return Likeness.SAME_NAME, "cùng tên, chưa đủ năm sinh"


def birth_year(values: Mapping[str, Any]) -> int | None:
    """The year of birth, from the day where only that is written."""
    year, day = values.get("birth_year"), values.get("born_on")
    if isinstance(year, int):
        return year
    return day.year if isinstance(day, date) else None


def same_spelling(one: str, other: str) -> bool:
    """One name: the same letters and tones wherever the mark stands (hòa, hoà), or one typed without any marks.

    A single word without marks is a name of its own ("Hoa" is not "Hòa").
    """
    keys = match_key(one), match_key(other)
    bare = any(" " in key and fold_joined(key) == key.replace("'", "") for key in keys)
    return keys[0] == keys[1] or bare


def _doubt(
    one: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, str], other_number: bool, with_days: bool
) -> str:
    """What speaks against one person although the names are alike."""
    if other_number:
        return "cùng tên, khác số căn cước"
    if not same_spelling(*names):
        return "tên chỉ khác dấu"
    days = _both(one, other, "born_on") if with_days else None
    return "cùng tên, khác ngày sinh" if days and days[0] != days[1] else ""


def _both(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> tuple[Any, Any] | None:
    """The two values where both have one."""
    pair = one.get(name), other.get(name)
    return pair if None not in pair and "" not in pair else None
