"""Numbers of identity papers: the 12-digit personal number and the historic 9-digit one.

Structure of the 12 digits (Decree 137/2015/NĐ-CP, Circular 07/2016/TT-BCA, Law on Identification 2023 art. 12): three
of the place where the birth was registered (codes of the 63 provinces before 2025, never changed by mergers), one of
century and sex, two of the birth year, six at random. There is no check digit, and sex or birth date may have been
corrected later, so only the length is an error.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import mapping_on, whole_number_on
from thidua_desktop.domain.problems import Problem, Severity

FULL_LENGTH = 12
OLD_LENGTH = 9

_SEX_WORDS = {"male": "nam", "female": "nữ"}
_SEPARATORS = re.compile(r"[\s.\-]")


class NumberParts(NamedTuple):
    """What a 12-digit number says: place code (three digits), sex ("male" or "female"), birth year."""

    place: str
    sex: str
    birth_year: int


def normalise_identity_number(text: str) -> str:
    """The number as it is kept: without spaces, dots and hyphens between the digits."""
    return _SEPARATORS.sub("", text)


def read_parts(number: str) -> NumberParts | None:
    """The parts of a 12-digit number, or None for any other text."""
    if len(number) != FULL_LENGTH or not (number.isascii() and number.isdigit()):
        return None
    century_and_sex = int(number[3])
    return NumberParts(
        place=number[:3],
        sex="male" if century_and_sex % 2 == 0 else "female",
        birth_year=1900 + 100 * (century_and_sex // 2) + int(number[4:6]),
    )


def known_place(code: str, day: date) -> bool:
    """Whether ``code`` is one of a province (63 codes before 2025), or of the range kept for countries."""
    first_country = whole_number_on("identity_first_country_code", day)
    return code in mapping_on("identity_places", day) or int(code) >= first_country


def check_identity_number(
    text: str, field: str, today: date, birth_year: int | None = None, sex: str = ""
) -> list[Problem]:
    """Findings about a typed number; ``sex`` is "male", "female" or "" (unknown). An empty number has none."""
    number = normalise_identity_number(text)
    if not number:
        return []
    odd = "".join(dict.fromkeys(sign for sign in number if not (sign.isascii() and sign.isdigit())))
    if odd:
        return [finding("TD-DATA-015", field, characters=odd)]
    parts = read_parts(number)
    if parts is None:
        return [_wrong_length(number, field, today)]
    return _mismatches(parts, field, today, birth_year, sex)


def rescue_leading_zero(number: str, today: date) -> str | None:
    """The number with the 0 that a spreadsheet dropped, when that gives a known place; else None."""
    for length in (FULL_LENGTH, OLD_LENGTH):
        if len(number) == length - 1:
            rescued = f"0{number}"
            return rescued if length == OLD_LENGTH or known_place(rescued[:3], today) else None
    if len(number) == FULL_LENGTH - 2 and known_place(f"00{number[0]}", today):
        return f"00{number}"
    return None


def _wrong_length(number: str, field: str, today: date) -> Problem:
    if len(number) == OLD_LENGTH:
        return finding("TD-DATA-011", field, Severity.WARNING)
    suggestion = rescue_leading_zero(number, today)
    if suggestion:
        return finding("TD-DATA-010", field, count=len(number), suggestion=suggestion)
    return finding("TD-DATA-009", field, count=len(number))


def _mismatches(parts: NumberParts, field: str, today: date, birth_year: int | None, sex: str) -> list[Problem]:
    problems = []
    if not known_place(parts.place, today):
        problems.append(finding("TD-DATA-012", field, Severity.WARNING, province=parts.place))
    if sex in _SEX_WORDS and sex != parts.sex:
        problems.append(
            finding("TD-DATA-013", field, Severity.WARNING, sex_in_number=_SEX_WORDS[parts.sex], sex=_SEX_WORDS[sex])
        )
    if birth_year is not None and birth_year != parts.birth_year:
        problems.append(
            finding("TD-DATA-014", field, Severity.WARNING, year_in_number=parts.birth_year, year=birth_year)
        )
    return problems
