"""Numbers that run on within a book: the next is proposed, never copied, and the same one twice is warned of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from thidua_desktop.services import paper_numbers, records
from thidua_desktop.services.proposals import with_proposals
from thidua_desktop.services.session import Session

CASE, GROUP, HOUSEHOLD = "mediation_case", "self_managed_group", "household"
Add = Callable[..., str]


@pytest.fixture
def team(add: Add, area_ids: list[str]) -> str:
    return add("mediation_team", name="Tổ hòa giải thôn Tân Lập", residential_area=area_ids[1])


def case(team: str, area: str, day: date, number: int | None) -> dict[str, object]:
    facts = {"received_on": day, "residential_area": area, "team": team, "number": number}
    return {"subject": "Ranh giới đất", "scope": "civil", "outcome": "open", **facts}


def proposed(session: Session, register: str, values: dict[str, object]) -> object:
    return with_proposals(session, session.register(register), values).get("number")  # type: ignore[arg-type]


def test_a_book_goes_on_where_it_stands(session: Session, add: Add, team: str, area_ids: list[str]) -> None:
    area, today = area_ids[1], session.today
    assert proposed(session, CASE, {"received_on": today}) is None
    assert proposed(session, CASE, {"team": team, "received_on": today}) == 1
    add(CASE, **case(team, area, today, None))
    assert proposed(session, CASE, {"team": team, "received_on": today}) == 2
    first = add(CASE, **case(team, area, today, 7))
    assert proposed(session, CASE, {"team": team, "received_on": today}) == 8
    assert proposed(session, CASE, {"team": team, "received_on": today, "number": 3}) == 3
    assert "number" not in records.copy_of(session, CASE, first)
    other = add("mediation_team", name="Tổ hòa giải buôn Ea M'Doal", residential_area=area_ids[0])
    assert proposed(session, CASE, {"team": other, "received_on": today}) == 1


def test_a_book_that_starts_at_one_each_year_is_followed(
    session: Session, add: Add, team: str, area_ids: list[str]
) -> None:
    before, now = date(session.today.year - 1, 12, 20), session.today
    add(CASE, **case(team, area_ids[1], before, 37))
    assert proposed(session, CASE, {"team": team, "received_on": now}) == 38
    add(CASE, **case(team, area_ids[1], now, 1))
    assert proposed(session, CASE, {"team": team, "received_on": now}) == 2
    assert proposed(session, CASE, {"team": team, "received_on": before}) == 38


def test_the_same_number_twice_is_warned_of(session: Session, add: Add, team: str, area_ids: list[str]) -> None:
    values = case(team, area_ids[1], session.today, 7)
    first = add(CASE, **values)
    told = [one for one in records.check(session, CASE, values) if one.code == "TD-DATA-605"]  # type: ignore[arg-type]
    assert told and told[0].severity == "warning" and told[0].field == "number" and "số kế tiếp 8" in told[0].text
    assert "TD-DATA-605" not in {one.code for one in records.check(session, CASE, values, first)}  # type: ignore[arg-type]
    values["number"] = 8
    assert "TD-DATA-605" not in {one.code for one in records.check(session, CASE, values)}  # type: ignore[arg-type]


def test_groups_are_numbered_in_digits_and_an_office_without_numbers_is_left_alone(
    session: Session, add: Add, area_ids: list[str]
) -> None:
    area = area_ids[1]
    for number in ("2A", "9", "10"):
        add(GROUP, residential_area=area, number=number, name=f"Tổ tự quản số {number}", kind="security")
    assert proposed(session, GROUP, {"residential_area": area}) == "11"
    add(HOUSEHOLD, residential_area=area, representative="Phạm Minh Đức")
    assert proposed(session, HOUSEHOLD, {"residential_area": area}) is None
    assert proposed(session, HOUSEHOLD, {"residential_area": area_ids[0]}) == 1


def test_a_paper_goes_on_after_those_of_the_paper_book_and_those_deleted(session: Session, add: Add) -> None:
    said = {"symbol": "QĐ-UBND", "type": "decision", "subject": "Khen thưởng", "issued_on": session.today}
    known = records.completed(session, "issued_document", said)  # type: ignore[arg-type]
    assert proposed(session, "issued_document", {"issued_on": session.today}) is None
    assert proposed(session, "issued_document", dict(known)) == 1
    paper_numbers.set_before(session, str(known["series"]), session.today.year, 214)
    assert proposed(session, "issued_document", dict(known)) == 215
    written = add("issued_document", **said, number=215)
    records.delete(session, "issued_document", written, "ghi nhầm")
    assert proposed(session, "issued_document", dict(known)) == 216
