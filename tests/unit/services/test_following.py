"""Computed fields follow the records that they take values from, as one action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from thidua_desktop.services import records
from thidua_desktop.services.session import Changes, Session

Add = Callable[..., str]


@pytest.fixture
def nomination(add: Add, area_ids: list[str]) -> tuple[str, str, str]:
    """A person's citation of a round that was decided under the old base salary: round, person, nomination."""
    held = add(
        "award_round", name="Ngày hội", occasion="merit", year=2026, opened_on=date(2026, 6, 1), status="decided",
        members_total=11, decision_number="100/QĐ-UBND", decision_on=date(2026, 6, 30),
    )  # fmt: skip
    person = add("person", name="Lê Thị Ổi", sex="female", birth_year=1990, residential_area=area_ids[0])
    given = add(
        "award_nomination", round=held, year=2026, proposed_on=date(2026, 6, 5), award="advanced_worker",
        recipient="person", person=person, result="awarded", checked_on=date(2026, 6, 4),
    )  # fmt: skip
    return held, person, given


def changed(session: Session, register: str, record_id: str, **values: object) -> None:
    old = records.get(session, register, record_id)
    saved = records.save(
        session,
        register,
        {**old.values, **values},
        record_id=record_id,
        reasons={"*": "thử"},  # type: ignore[dict-item]
    )
    assert isinstance(saved, records.Saved), saved


def test_money_follows_the_day_of_the_decision(session: Session, nomination: tuple[str, str, str]) -> None:
    held, _, given = nomination
    before = records.get(session, "award_nomination", given).values
    assert (before["amount"], before["money"], before["votes_needed"]) == (702_000, 710_000, 6)
    told: list[Changes] = []
    session.subscribe(told.append)
    changed(session, "award_round", held, decision_on=date(2026, 7, 1), decision_number="101/QĐ-UBND")
    after = records.get(session, "award_nomination", given).values
    assert (after["amount"], after["money"], after["decision_number"]) == (759_000, 760_000, "101/QĐ-UBND")
    assert told == [Changes(frozenset({"award_round", "award_nomination"}), (held, given))]


def test_one_undo_takes_back_both(session: Session, nomination: tuple[str, str, str]) -> None:
    held, _, given = nomination
    changed(session, "award_round", held, decision_on=date(2026, 7, 1))
    records.undo(session)
    assert records.get(session, "award_round", held).values["decision_on"] == date(2026, 6, 30)
    assert records.get(session, "award_nomination", given).values["amount"] == 702_000
    history = records.history(session, "award_nomination", given)
    assert any("Tính lại theo đợt xét khen thưởng vừa ghi" in entry.reason for entry in history)


def test_names_follow_and_what_did_not_change_is_not_written(
    session: Session, nomination: tuple[str, str, str], add: Add, area_ids: list[str]
) -> None:
    _, person, given = nomination
    changed(session, "person", person, name="Lê Thị Ới")
    assert records.get(session, "award_nomination", given).values["recipient_name"] == "Lê Thị Ới"
    revision = records.get(session, "award_nomination", given).revision
    changed(session, "person", person, phone="0900000126")
    assert records.get(session, "award_nomination", given).revision == revision
    area = add(
        "award_nomination", year=2026, proposed_on=date(2026, 6, 5), award="commune_citation", recipient="collective",
        residential_area=area_ids[1], result="pending",
    )  # fmt: skip
    changed(session, "residential_area", area_ids[1], name="Tân Lạc")
    assert records.get(session, "award_nomination", area).values["recipient_name"] == "Thôn Tân Lạc"
