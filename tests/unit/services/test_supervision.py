"""Hôm nay counts what is due towards people managed in the community: no name, only for who may see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.unit.services.documents.test_written_papers import pages
from thidua_desktop.services import records, today
from thidua_desktop.services.documents.printing import print_documents
from thidua_desktop.services.proposals import row_proposals
from thidua_desktop.services.session import Role, Session
from thidua_desktop.services.supervision import duty_counts

Add = Callable[..., str]
NAME = "Vàng Thị Xynvqa"


@pytest.fixture
def person(add: Add, area_ids: list[str]) -> Callable[..., str]:
    """Record a person on probation since 03/9/2026 with everything done but what is given."""

    def record(**values: object) -> str:
        usual: dict[str, object] = {
            "name": NAME, "sex": "female", "residential_area": area_ids[0], "group": "suspended_sentence",
            "decision": "15/2026/QĐ-CA", "received_on": date(2026, 9, 3), "reception_told_on": date(2026, 9, 4),
            "plan_on": date(2026, 9, 8), "helper_decided_on": date(2026, 10, 1),
            "remarks": ({"month": date(2026, 9, 3), "rating": "fair"},),
            "roll_calls": ({"held_on": date(2026, 9, 4), "result": "present"},
                           {"held_on": date(2026, 10, 2), "result": "present"},
                           {"held_on": date(2026, 11, 2), "result": "present"}),
        }  # fmt: skip
        return add("supervised_person", **{**usual, **values})

    return record


@pytest.mark.parametrize("paper", ["supervision_plan", "supervision_remark", "supervision_end_notice"])
def test_a_paper_says_the_year_of_birth_where_no_day_is_known(
    session: Session, person: Callable[..., str], paper: str
) -> None:
    rows: dict[str, object] = {"closed_on": date(2026, 11, 2), "closing_reason": "completed"} if "end" in paper else {}
    [page] = pages(print_documents(session, paper, [person(birth_year=1950, **rows)]).pdf)[:1]
    assert f"{NAME}{';' if 'remark' in paper else ','} sinh năm 1950" in page


def titles(session: Session) -> list[str]:
    return [one.title for one in duty_counts(session)]


def test_remarks_not_written_are_counted_by_month(session: Session, person: Callable[..., str]) -> None:
    for _ in range(3):
        person()
    person(remarks=({"month": date(2026, 9, 3)}, {"month": date(2026, 10, 1)}))
    [one] = duty_counts(session)
    assert (one.title, one.due) == ("3 nhận xét tháng 10 chưa ghi", date(2026, 11, 5))


def test_each_kind_of_duty_has_its_words(session: Session, person: Callable[..., str]) -> None:
    done = ({"month": date(2026, 9, 3)}, {"month": date(2026, 10, 1)})
    person(remarks=done, roll_calls=(), violations=({"occurred_on": date(2026, 11, 19), "handling": "minutes"},),
           term_ends_on=date(2026, 12, 1))  # fmt: skip
    person(group="movement_ban", received_on=date(2026, 11, 20), remarks=(), plan_on=None, roll_calls=(),
           helper_decided_on=None, reception_told_on=None, term_ends_on=date(2026, 11, 21))  # fmt: skip
    person(group="parole", received_on=date(2026, 11, 20), remarks=(), plan_on=None, roll_calls=(),
           helper_decided_on=None, reception_told_on=None)  # fmt: skip
    assert titles(session) == [
        "1 người chưa điểm danh tháng 9",
        "1 người chưa điểm danh tháng 10",
        "1 người chưa điểm danh tháng 11",
        "1 người đã hết thời hạn, chưa kết thúc hồ sơ",
        "1 người chưa trình diện",
        "1 báo cáo tiếp nhận chưa ghi",
        "1 lần vi phạm chưa kiểm điểm",
        "1 kế hoạch quản lý, giáo dục chưa lập",
        "1 người chưa có người giúp đỡ được phân công",
        "1 người sắp hết thời hạn",
    ]


def test_hom_nay_leads_from_person_to_person_and_names_nobody(session: Session, person: Callable[..., str]) -> None:
    those = {person(), person()}
    person(remarks=({"month": date(2026, 9, 3)}, {"month": date(2026, 10, 1)}))
    [line] = [line for line in today.today(session).due if line.kind == "duty"]
    assert (line.title, line.days, line.urgency) == ("2 nhận xét tháng 10 chưa ghi", -18, today.Urgency.LATE)
    turn = line.target.round
    assert turn is not None and (turn.register, turn.field, turn.heading) == (
        "supervised_person", "remarks", "Nhận xét tháng 10",
    )  # fmt: skip
    assert (set(turn.records), turn.row, turn.adds_row) == (those, (("month", date(2026, 10, 1)),), True)
    after = turn.next()
    assert after is not None and after.record_id == turn.records[1] and after.next() is None
    assert NAME not in str(line)


def test_who_owes_two_of_a_kind_is_met_once(session: Session, person: Callable[..., str]) -> None:
    done = ({"month": date(2026, 9, 3)}, {"month": date(2026, 10, 1)})
    one = person(remarks=done, violations=({"occurred_on": date(2026, 11, 5), "handling": "minutes"},
                                           {"occurred_on": date(2026, 11, 6), "handling": "fined"}))  # fmt: skip
    [found] = duty_counts(session)
    assert (found.count, found.round.records, found.round.adds_row) == (2, (one,), False)


def test_a_new_row_begins_with_what_is_owed_first(session: Session, person: Callable[..., str]) -> None:
    spec = session.register("supervised_person")
    values = records.get(session, spec.name, person(helper_decided_on=date(2026, 4, 1))).values

    def begun(rows: str, **changed: object) -> dict[str, object]:
        return dict(row_proposals(session, spec, rows, {**values, **changed}))  # type: ignore[dict-item]

    today_, first = date(2026, 11, 23), {"month": date(2026, 9, 3)}
    assert begun("remarks") == {"month": date(2026, 10, 1), "signed_on": today_}
    assert begun("remarks", remarks=()) == {"month": date(2026, 9, 1), "signed_on": today_}
    both = (first, {"month": date(2026, 10, 31)})
    assert begun("remarks", remarks=both) == {"month": date(2026, 11, 1)}  # the month runs: nothing to sign yet
    assert begun("remarks", remarks=(*both, {"month": date(2026, 11, 2)})) == {}
    assert begun("remarks", remarks=both, closed_on=date(2026, 10, 31)) == {}
    assert begun("roll_calls") == {"held_on": today_}
    by_app = ({"held_on": date(2026, 9, 4), "way": "app", "result": "present"},)
    assert begun("roll_calls", roll_calls=by_app) == {"held_on": today_, "way": "app"}
    assert begun("helper_reports")["period_on"] == date(2026, 9, 30)
    assert begun("absences") == {}


def test_who_may_not_see_the_register_is_not_told(session: Session, person: Callable[..., str]) -> None:
    person()
    leader = replace(session, user=replace(session.user, role=Role.LEADER))
    assert duty_counts(leader) == [] and [line for line in today.today(leader).due if line.kind == "duty"] == []


def test_nothing_is_due_where_nobody_is_managed(session: Session) -> None:
    assert duty_counts(session) == []
