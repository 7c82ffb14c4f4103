"""Decree 86/2023/NĐ-CP: 10 days of posting, 10 days for the decision, before 25/11."""

from __future__ import annotations

from datetime import date

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.domain.rules import RuleContext, computed_values, run_rule
from thidua_desktop.domain.rules.culture import decided_by, last_day, posted_until

CONTEXT = RuleContext(date(2026, 11, 23))


def found(rule: str, args: str, **values: object) -> list[tuple[str, str, Severity]]:
    return [(one.code, one.field, one.severity) for one in run_rule(rule, values, args.split(), CONTEXT)]


def computed(function: str, args: tuple[str, ...], **values: object) -> object:
    return computed_values([("made", function, args)], values, CONTEXT).get("made")


def test_days_of_the_decree() -> None:
    assert posted_until(date(2026, 10, 29)) == date(2026, 11, 8)
    assert decided_by(date(2026, 11, 9)) == date(2026, 11, 19)
    assert last_day(2026) == date(2026, 11, 24)
    assert last_day(2023) is None


@pytest.mark.parametrize(
    ("listed", "sent", "code"),
    [
        (date(2026, 10, 29), date(2026, 11, 9), None),
        (date(2026, 10, 29), None, None),
        (date(2026, 10, 29), date(2026, 11, 8), "TD-DATA-417"),
        (None, date(2026, 11, 9), "TD-DATA-416"),
        (None, date(2023, 11, 9), None),
    ],
)
def test_the_list_is_posted_for_ten_days(listed: date | None, sent: date | None, code: str | None) -> None:
    problems = found("culture_list_posted", "listed sent", listed=listed, sent=sent)
    assert [one[0] for one in problems] == ([code] if code else [])
    assert all(severity is Severity.WARNING for _, _, severity in problems)


@pytest.mark.parametrize(
    ("decided", "fits"),
    [(date(2026, 11, 9), True), (date(2026, 11, 19), True), (date(2026, 11, 20), False), (date(2026, 11, 8), False)],
)
def test_ten_days_for_the_decision(decided: date, fits: bool) -> None:
    problems = found("culture_decided_in_time", "sent decided", sent=date(2026, 11, 9), decided=decided)
    assert problems == ([] if fits else [("TD-DATA-418", "decided", Severity.WARNING)])


@pytest.mark.parametrize(
    ("year", "decided", "fits"),
    [(2026, date(2026, 11, 24), True), (2026, date(2026, 11, 25), False), (2023, date(2023, 12, 25), True)],
)
def test_before_the_25th_of_november(year: int, decided: date, fits: bool) -> None:
    met = date(year, 10, 28)
    problems = found("culture_before_deadline", "year met sent decided", year=year, met=met, sent=met, decided=decided)
    assert problems == ([] if fits else [("TD-DATA-421", "decided", Severity.WARNING)])


@pytest.mark.parametrize(
    ("met", "sent", "told"),
    [
        (date(2026, 11, 3), None, ""),
        (date(2026, 11, 13), date(2026, 11, 24), ""),
        (date(2026, 11, 15), date(2026, 11, 26), "sent"),
        (date(2026, 12, 3), None, "met"),
        (date(2026, 12, 3), date(2026, 12, 14), "met"),
    ],
)
def test_a_dossier_that_is_late_already_is_told_at_its_first_late_step(met: date, sent: date | None, told: str) -> None:
    problems = found("culture_before_deadline", "year met sent decided", year=2026, met=met, sent=sent, decided=None)
    assert problems == ([("TD-DATA-655", told, Severity.WARNING)] if told else [])


@pytest.mark.parametrize(
    ("year", "sent", "by"),
    [
        (2026, date(2026, 11, 9), date(2026, 11, 19)),
        (2026, date(2026, 11, 20), date(2026, 11, 24)),
        (2026, None, date(2026, 11, 24)),
        (None, date(2026, 11, 9), date(2026, 11, 19)),
        (2023, date(2023, 11, 9), None),
    ],
)
def test_until_when_the_decision_is_due(year: int | None, sent: date | None, by: date | None) -> None:
    assert computed("culture_decide_by", ("year", "sent"), year=year, sent=sent) == by


def test_the_last_day_of_posting_is_filled() -> None:
    assert computed("culture_listed_until", ("listed",), listed=date(2026, 10, 29)) == date(2026, 11, 8)
    assert computed("culture_listed_until", ("listed",)) is None
