"""Proposals of two communes go up, the province decides, each receipt says its own commune's results: taken over there,
they come up again as ordinary changes, and both desks count the same awards and the same money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import introduce, make_office, save
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import records
from thidua_desktop.services.awards import decisions, own_rounds, results, succeeding
from thidua_desktop.services.awards.award_fields import REGISTER
from thidua_desktop.services.awards.decisions import AwardDecision
from thidua_desktop.services.documents.printing import documents_of, print_document
from thidua_desktop.services.handoff import answers, incoming, outgoing, receipts
from thidua_desktop.services.session import VIETNAM_TIME, Session
from thidua_desktop.store.own_copies import copy_id
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


def change(desk: Session, record_id: str, register: str = REGISTER, **values: Value) -> None:
    """Some fields of a record are written, with a reason for what is warned of."""
    record = records.get(desk, register, record_id)
    saved = records.save(desk, register, {**record.values, **values}, record_id=record_id, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved


def own_round(province: Session) -> str:
    """A round of the province whose council met; the record's id."""
    return save(province, "award_round", {
        "name": "Phong trào năm 2026", "occasion": "merit", "year": 2026, "opened_on": date(2026, 12, 3),
        "meeting_on": date(2026, 12, 10), "members_total": 11, "members_present": 10, "status": "collecting",
    })  # fmt: skip


def test_a_round_of_the_province_decides_on_the_communes_proposals(
    desks: tuple[Session, Session, Session], tmp_path: Path
) -> None:
    """Two communes' proposals stand in one round: what is written there reaches each of them, an undo too."""
    one, other, province = desks
    mine, theirs, left = propose(one, "Hộ ông Y Thắng Ayun"), propose(other, "Hộ ông Bốn"), propose(other, "Hộ bà Năm")
    for commune in (one, other):
        up(commune, province, tmp_path)
    at = own_round(province)
    assert own_rounds.gather(province, [mine, theirs, left], at).count == 3
    assert answers.waiting_for_receipt(province) == sorted(
        one.file.identity.code for one in (one, other)
    )  # the packages; of the proposals nothing is decided
    answers.make_receipts(province, tmp_path)
    change(province, copy_id(left), votes_for=4, result="rejected", reason="Không đủ phiếu")
    assert answers.waiting_for_receipt(province) == [other.file.identity.code]
    finished = {"decision_number": "1450/QĐ-UBND", "decision_on": date(2026, 12, 20), "status": "decided"}
    change(province, at, "award_round", **finished)
    for record_id in (mine, theirs):
        change(province, copy_id(record_id), votes_for=10, result="awarded")
    assert answers.waiting_for_receipt(province) == sorted(one.file.identity.code for one in (one, other))
    answers.make_receipts(province, tmp_path)
    for commune, expected in ((one, {mine: "awarded"}), (other, {theirs: "awarded", left: "rejected"})):
        views = [found.view for found in receipts.find_receipts(commune, tmp_path) if found.view is not None]
        receipts.take_receipt(commune, max(views, key=lambda view: view.number))
        assert results.take_over(commune, results.waiting(commune)).left_out == ()
        standing = {id: records.get(commune, REGISTER, id).values["result"] for id in expected}
        assert standing == expected
    given = records.get(one, REGISTER, mine).values
    assert (given["decision_number"], given["decided_on"], given["money"]) == (
        "1450/QĐ-UBND", date(2026, 12, 20), 5_700_000
    )  # fmt: skip
    records.undo(province)  # the last award goes, and with it what is told
    assert {one.record_id for one in succeeding.told_to(province, other.file.identity.code)} == {left}


def paper(desk: Session, document: str, record_id: str) -> str:
    """The words of a printed paper."""
    pages = pypdfium2.PdfDocument(print_document(desk, document, record_id).pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def test_what_a_commune_corrects_after_its_proposal_came_into_a_round_is_told(
    desks: tuple[Session, Session, Session], tmp_path: Path
) -> None:
    commune, _, province = desks
    proposal = propose(commune, "Hộ ông Y Thắng Ayun")
    up(commune, province, tmp_path)
    own_rounds.gather(province, [proposal], own_round(province))

    def corrected() -> tuple[str, ...]:
        here = (records.get(province, REGISTER, one) for one in (proposal, copy_id(proposal)))
        return own_rounds.corrected_since(province, *here)

    assert corrected() == ()
    change(commune, proposal, achievement="Giúp bắt hai đối tượng trộm cắp")
    up(commune, province, tmp_path)
    assert corrected() == ("Thành tích",)
    change(province, copy_id(proposal), achievement="Giúp bắt hai đối tượng trộm cắp")
    assert corrected() == ()


def test_who_is_given_two_awards_is_counted_once(desks: tuple[Session, Session, Session], tmp_path: Path) -> None:
    one, other, province = desks
    name = "Hộ ông Y Thắng Ayun"
    proposals = [propose(one, name), propose(one, name, "police_citation"), propose(other, name)]
    for commune in (one, other):
        up(commune, province, tmp_path)
    at = own_round(province)
    own_rounds.gather(province, proposals, at)
    for proposal in proposals:
        change(province, copy_id(proposal), result="proposed_up")
    submission = paper(province, "award_submission", at)
    assert "cho 2 tập thể, cá nhân, hộ gia đình" in submission and "Số lượng: 2 hộ gia đình." in submission
    finished = {"decision_number": "1450/QĐ-UBND", "decision_on": date(2026, 12, 20), "status": "decided"}
    change(province, at, "award_round", **finished)
    for proposal in proposals:
        change(province, copy_id(proposal), votes_for=10, result="awarded")
    assert "Khen thưởng 2 hộ gia đình đã có thành tích" in paper(province, "award_decision", at)


def test_papers_of_a_round_are_the_provinces(desks: tuple[Session, Session, Session], tmp_path: Path) -> None:
    """Decision, list of money and certificate name the province's chairman and the commune that proposed; no commune
    prints the certificate."""
    commune, _, province = desks
    proposal = propose(commune, "Hộ ông Y Thắng Ayun")
    up(commune, province, tmp_path)
    at = own_round(province)
    own_rounds.gather(province, [proposal], at)
    change(province, copy_id(proposal), result="proposed_up")
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh." in paper(province, "award_submission", at)
    finished = {"decision_number": "1450/QĐ-UBND", "decision_on": date(2026, 12, 20), "status": "decided"}
    change(province, at, "award_round", **finished)
    change(province, copy_id(proposal), votes_for=10, result="awarded", book_number="12")
    decision = paper(province, "award_decision", at)
    assert "129/2025" not in decision and "Thường trực Tỉnh ủy" in decision and "5.700.000" in decision
    money = paper(province, "award_money_list", at)
    assert (
        "Nghị định số 152/2025/NĐ-CP" in money and "5.692.500" in money
    )  # 1,5 × 1,5 × 2.530.000, rounded up: 5.700.000
    given = paper(province, "merit_certificate", copy_id(proposal))
    name = commune.file.identity.name
    for part in ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK TẶNG BẰNG KHEN Hộ ông Y Thắng Ayun", name, "Số sổ vàng: 12"):
        assert part in given
    assert "merit_certificate" not in {one.name for one in documents_of(commune, REGISTER)}
    with pytest.raises(UserError) as refused:
        print_document(commune, "merit_certificate", proposal)
    assert refused.value.code == "TD-PRINT-096"
