"""Proposals of two communes go up, the province decides, each receipt says its own commune's results: taken over there,
they come up again as ordinary changes, and both desks count the same awards and the same money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import introduce, make_office, save
from thidua_desktop.services import records
from thidua_desktop.services.awards import decisions, results
from thidua_desktop.services.awards.decisions import REGISTER, AwardDecision
from thidua_desktop.services.handoff import answers, incoming, outgoing, receipts
from thidua_desktop.services.session import VIETNAM_TIME, Session
from thidua_desktop.store.queries import DateRange

AFTER = datetime(2026, 12, 28, 9, 0, tzinfo=VIETNAM_TIME)
DECEMBER = DateRange(date(2026, 12, 1), date(2026, 12, 31))
COUNTED = ("awards_total", "awards_households", "awards_money")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Session, Session, Session]]:
    communes = [make_office(tmp_path / f"{code}.thidua", code, now=AFTER) for code in ("24412", "24133")]
    province = make_office(tmp_path / "tinh.thidua", "66", province=True, now=AFTER)
    for commune in communes:
        introduce(commune, province)
    yield communes[0], communes[1], province
    for one in (*communes, province):
        one.close()


def propose(commune: Session, name: str, award: str = "province_citation") -> str:
    """A household is proposed; the record's id."""
    return save(commune, REGISTER, {
        "year": 2026, "proposed_on": date(2026, 12, 2), "award": award, "recipient": "household",
        "recipient_text": name, "checked_on": date(2026, 12, 1), "achievement": "Xuất sắc", "result": "proposed_up",
    })  # fmt: skip


def up(commune: Session, province: Session, folder: Path) -> None:
    """The commune's next package is taken in."""
    made = outgoing.make_package(commune, folder)
    incoming.receive(province, incoming.plan_receive(province, made.path))


def figures(desk: Session, office: str) -> dict[str, int]:
    """What a desk counts of one commune in December."""
    rows = desk.file.figures(list(COUNTED), [DECEMBER], offices=[office])
    return {row.indicator: int(row.value) for row in rows if row.value}


def test_results_of_the_province_come_back_into_the_books_of_two_communes(
    desks: tuple[Session, Session, Session], tmp_path: Path
) -> None:
    one, other, province = desks
    mine = [propose(one, "Hộ ông Y Thắng Ayun"), propose(one, "Hộ bà Lê Thị Hoa", "police_citation")]
    theirs = propose(other, "Hộ ông Trần Văn Bốn")
    for commune in (one, other):
        up(commune, province, tmp_path)
    decided = AwardDecision(number="1450/QĐ-UBND", day=date(2026, 12, 20))
    assert decisions.decide(province, [mine[0], theirs], decided) == 2
    decisions.decide(province, [mine[1]], AwardDecision("rejected", reason="Chưa đủ thời gian"))
    made = answers.make_receipts(province, tmp_path)
    assert len(made) == 2 and answers.waiting_for_receipt(province) == []
    for commune, expected in ((one, set(mine)), (other, {theirs})):
        (found,) = [one for one in receipts.find_receipts(commune, tmp_path) if one.view is not None]
        assert found.view is not None and found.view.awards == len(expected)
        receipts.take_receipt(commune, found.view)
        waiting = results.waiting(commune)
        assert {row.record_id for row in waiting} == expected  # nothing of the other commune came
        assert results.take_over(commune, waiting).left_out == ()
        up(commune, province, tmp_path)
        code = commune.file.identity.code
        assert figures(commune, code) == figures(province, code) == {
            "awards_total": 1, "awards_households": 1, "awards_money": 5_700_000,
        }  # fmt: skip
    assert records.get(province, REGISTER, mine[1]).values["reason"] == "Chưa đủ thời gian"
    assert all(standing.taken_over for id in (*mine, theirs) if (standing := decisions.standing_of(province, id)))
