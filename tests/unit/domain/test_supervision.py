"""Duties by the decrees' own terms: when a plan, a remark, a roll call, a review, a report falls due."""

from __future__ import annotations

from datetime import date

import pytest

from thidua_desktop.domain.supervision import (
    Duty,
    Span,
    Supervised,
    first_due,
    month_spans,
    open_duties,
    regime_of,
    remark_due,
    review_due,
    rule_of,
    suggested_end,
)

TODAY = date(2026, 11, 23)  # a Monday


def due(one: Supervised, today: date = TODAY) -> list[tuple[str, date]]:
    return [(str(duty.duty), duty.due) for duty in open_duties(one, today)]


def kinds(one: Supervised, duty: Duty, today: date = TODAY) -> list[tuple[date, date]]:
    return [(found.span.first, found.due) for found in open_duties(one, today) if found.duty is duty]


def test_a_new_file_wants_its_reception_report_its_plan_and_its_helper() -> None:
    """Received on Thursday 19/11: three, five and three plus three working days."""
    assert due(Supervised(group="parole", received=date(2026, 11, 19))) == [
        ("reception", date(2026, 11, 24)),
        ("plan", date(2026, 11, 26)),
        ("helper", date(2026, 11, 27)),
    ]


def test_each_group_has_its_regime() -> None:
    assert regime_of("suspended_sentence", TODAY) == "decree231"
    assert regime_of("movement_ban", TODAY) == "circular56"
    assert regime_of("commune_education", TODAY) == "decree120"
    assert regime_of("amnesty", TODAY) == "circular10"
    assert regime_of("", TODAY) == ""


def test_the_plan_is_due_in_five_working_days_of_reception() -> None:
    """Decree 231/2026: received on Thursday 26/11/2026, due on Thursday 3/12."""
    assert first_due("plan", "suspended_sentence", date(2026, 11, 26), None) == date(2026, 12, 3)


def test_the_file_was_due_in_seven_days_under_the_old_law() -> None:
    assert first_due("plan", "suspended_sentence", date(2026, 6, 30), None) == date(2026, 7, 7)


def test_a_person_forbidden_to_leave_reports_first_and_the_plan_follows_in_three_days() -> None:
    """Circular 56/2026: days on end, holidays included; reported on Friday 27/11, due on Monday 30/11."""
    received = date(2026, 11, 25)
    assert first_due("plan", "movement_ban", received, None) is None
    assert first_due("plan", "movement_ban", received, date(2026, 11, 27)) == date(2026, 11, 30)
    waiting = Supervised(group="movement_ban", received=received)
    assert due(waiting, received) == [("reporting", date(2026, 11, 28))]


def test_months_count_from_reception_to_the_hand_over() -> None:
    assert list(month_spans(date(2026, 9, 17), date(2026, 11, 10))) == [
        Span(date(2026, 9, 17), date(2026, 9, 30)),
        Span(date(2026, 10, 1), date(2026, 10, 31)),
        Span(date(2026, 11, 1), date(2026, 11, 10)),
    ]


@pytest.mark.parametrize(
    ("group", "day"),
    [
        ("suspended_sentence", date(2026, 11, 5)),
        ("movement_ban", date(2026, 10, 30)),  # 31/10/2026 is a Saturday
        ("reintegration", None),
    ],
)
def test_the_remark_on_october(group: str, day: date | None) -> None:
    assert remark_due(Span(date(2026, 10, 1), date(2026, 10, 31)), group) == day


def test_a_violation_is_reviewed_within_five_working_days() -> None:
    assert review_due("parole", date(2026, 11, 20)) == date(2026, 11, 27)
    assert review_due("reintegration", date(2026, 11, 20)) is None


def test_terms_end_on_the_same_day_as_judgments_reckon() -> None:
    assert suggested_end(date(2024, 3, 10), 24) == date(2026, 3, 10)
    assert suggested_end(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_what_a_person_on_probation_still_needs() -> None:
    one = Supervised(
        group="suspended_sentence", received=date(2026, 9, 3), reception_told=date(2026, 9, 4),
        planned=date(2026, 9, 8), helper_decided=date(2026, 9, 9), remarks=[date(2026, 9, 1)],
        roll_calls=[date(2026, 9, 4), date(2026, 11, 2)],
        violations=[(date(2026, 11, 18), None), (date(2026, 10, 6), date(2026, 10, 9))],
    )  # fmt: skip
    assert due(one) == [
        ("helper_report", date(2026, 10, 5)),
        ("roll_call", date(2026, 10, 5)),
        ("remark", date(2026, 11, 5)),
        ("review", date(2026, 11, 25)),
    ]


def test_the_remark_is_asked_for_when_the_month_is_over() -> None:
    one = Supervised(group="non_custodial", received=date(2026, 10, 20), planned=date(2026, 10, 21))
    assert kinds(one, Duty.REMARK, date(2026, 10, 31)) == []
    assert kinds(one, Duty.REMARK, date(2026, 11, 1)) == [(date(2026, 10, 20), date(2026, 11, 5))]


def test_the_remark_of_a_person_forbidden_to_leave_is_asked_for_on_the_last_working_day() -> None:
    one = Supervised(group="movement_ban", received=date(2026, 10, 2), reported=date(2026, 10, 3))
    assert kinds(one, Duty.REMARK, date(2026, 10, 29)) == []
    assert kinds(one, Duty.REMARK, date(2026, 10, 30)) == [(date(2026, 10, 2), date(2026, 10, 30))]


def test_who_came_after_the_fifth_is_called_next_month() -> None:
    late = Supervised(group="parole", received=date(2026, 10, 6))
    assert [first for first, _ in kinds(late, Duty.ROLL_CALL)] == [date(2026, 11, 1)]
    early = Supervised(group="parole", received=date(2026, 10, 5))
    assert [first for first, _ in kinds(early, Duty.ROLL_CALL)] == [date(2026, 10, 5), date(2026, 11, 1)]


def test_a_closed_file_wants_only_its_last_remark() -> None:
    closed = Supervised(
        group="suspended_sentence", received=date(2026, 1, 5), closed=date(2026, 11, 10), ends=date(2026, 11, 10),
        remarks=[date(2026, month, 1) for month in range(1, 11)],
    )  # fmt: skip
    assert due(closed) == [("remark", date(2026, 12, 5))]


def test_the_end_of_a_term_is_told_in_time() -> None:
    one = Supervised(group="reintegration", received=date(2025, 1, 1), ends=date(2026, 12, 8))
    assert due(one) == [("end", date(2026, 12, 8))]
    assert due(one, date(2026, 11, 22)) == []


def test_old_arrears_are_not_work() -> None:
    one = Supervised(group="suspended_sentence", received=date(2024, 1, 5), planned=date(2024, 1, 9))
    assert [first for first, _ in kinds(one, Duty.REMARK)] == [
        date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
    ]  # fmt: skip


def test_helpers_report_every_quarter_or_every_month() -> None:
    quarter = Supervised(group="amnesty", received=date(2026, 7, 1), helper_decided=date(2026, 7, 6))
    assert kinds(quarter, Duty.HELPER_REPORT) == [(date(2026, 7, 1), date(2026, 10, 5))]
    month = Supervised(group="commune_education", received=date(2026, 9, 1), helper_decided=date(2026, 9, 4),
                       helper_reports=[date(2026, 9, 30)])  # fmt: skip
    assert kinds(month, Duty.HELPER_REPORT) == [(date(2026, 10, 1), date(2026, 11, 5))]


def test_a_duty_that_the_regime_does_not_know_is_not_asked_for() -> None:
    assert rule_of("roll_call", "movement_ban", TODAY) is None
    assert rule_of("roll_call", "parole", date(2026, 6, 30)) is None
