"""Emulation and awards in the made-up office: records that keep their own rules, papers, figures."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest

from tests.scenarios.brute_force import all_records
from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.services import records
from thidua_desktop.services.demo.build import PASSWORD, DemoOffice, demo_clock
from thidua_desktop.services.documents.printing import print_documents
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import Record
from thidua_desktop.text import format_number

REGISTERS = ("emulation_launch", "target", "cluster", "award_round", "award_nomination")


@pytest.fixture(scope="module")
def session(demo: DemoOffice) -> Iterator[Session]:
    opened = open_office(demo.commune, PASSWORD, clock=demo_clock())
    yield opened
    opened.close()


@pytest.mark.parametrize("register", REGISTERS)
def test_made_up_records_keep_the_rules(session: Session, register: str) -> None:
    found = all_records(session, register)
    assert found
    errors = [
        (problem.code, problem.text)
        for record in found
        for problem in records.check(session, register, record.values, record.id)
        if problem.severity is not Severity.HINT and problem.code != records.CLOSED_PERIOD
    ]
    assert errors == []


def words_of(session: Session, document: str, ids: list[str]) -> str:
    """What stands on a paper, on one line."""
    pdf = pypdfium2.PdfDocument(print_documents(session, document, ids).pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    return " ".join(text.replace("\u00a0", " ").split())


def chosen(session: Session, register: str, **wanted: object) -> list[Record]:
    """The records that have these values."""
    found = [one for one in all_records(session, register)
             if all(one.values.get(name) == value for name, value in wanted.items())]  # fmt: skip
    assert found, wanted
    return found


def test_a_decision_lists_only_who_was_awarded_and_adds_the_money(session: Session) -> None:
    (festival,) = chosen(session, "award_round", occasion="movement")
    nominations = chosen(session, "award_nomination", round=festival.id)
    own = [
        one for one in nominations if one.values["result"] == "awarded" and not one.values.get("own_decision_number")
    ]
    text = words_of(session, "award_decision", [festival.id])
    rejected = [one for one in nominations if one.values["result"] == "rejected"]
    assert own and rejected
    for one in own:
        assert str(one.values["recipient_name"]) in text
    for one in rejected:
        assert str(one.values["recipient_name"]) not in text
    total = sum(int(str(one.values["money"])) for one in own)
    assert format_number(total) in text
    assert str(festival.values["decision_number"]) in text


def test_the_money_list_asks_for_what_the_decision_of_the_round_gives(session: Session) -> None:
    """What another level decided is paid there: 890/QĐ-CAT stood among what the commune was to pay."""
    (festival,) = chosen(session, "award_round", occasion="movement")
    given = chosen(session, "award_nomination", round=festival.id, result="awarded")
    elsewhere = {str(one.values["own_decision_number"]) for one in given if one.values.get("own_decision_number")}
    text = words_of(session, "award_money_list", [festival.id])
    assert elsewhere and not any(number in text for number in elsewhere)
    own = [one for one in given if not one.values.get("own_decision_number") and not one.values.get("withdrawn_on")]
    assert format_number(sum(int(str(one.values["money"])) for one in own)) in text


def test_a_decision_on_ratings_lists_only_who_was_rated(session: Session) -> None:
    found = all_records(session, "force_rating")
    rated = [one for one in found if one.values.get("level")][:3]
    waiting = [one for one in found if not one.values.get("level")][:2]
    assert len(rated) == 3 and waiting
    text = words_of(session, "force_rating_decision", [one.id for one in (*rated, *waiting)])
    assert "đối với 03 tổ, thành viên" in text and "Chưa ghi mức xếp loại" not in text


def test_minutes_and_submission_tell_the_votes(session: Session) -> None:
    (festival,) = chosen(session, "award_round", occasion="movement")
    minutes = words_of(session, "council_minutes", [festival.id])
    assert "HỘI ĐỒNG THI ĐUA" in minutes and "10/11 người" in minutes and "Không đủ phiếu" in minutes
    (medals,) = chosen(session, "award_round", occasion="service")
    listed = words_of(session, "medal_list", [medals.id])
    given = chosen(session, "award_nomination", award="security_medal", result="awarded")
    short = chosen(session, "award_nomination", award="security_medal", result="postponed")
    assert all(str(one.values["service_text"]) in listed for one in given)
    assert str(short[0].values["service_missing"]) and str(short[0].values["recipient_name"]) not in listed


def test_a_submission_says_that_conditions_were_looked_at_only_where_they_were(session: Session) -> None:
    (festival,) = chosen(session, "award_round", occasion="movement")
    given = [
        one for one in all_records(session, "award_nomination")
        if one.values.get("round") == festival.id and one.values.get("result") in ("awarded", "pending", "proposed_up")
    ]  # fmt: skip
    assert given and all(one.values.get("checked_on") for one in given)
    assert "đã rà soát, không thuộc" in words_of(session, "award_submission", [festival.id])
    values = {name: value for name, value in given[0].values.items() if name != "checked_on"}
    saved = records.save(session, "award_nomination", values, record_id=given[0].id, reasons={"*": "chưa hỏi"})
    assert isinstance(saved, records.Saved)
    try:
        text = words_of(session, "award_submission", [festival.id])
    finally:
        undone = records.save(
            session, "award_nomination", given[0].values, record_id=given[0].id, reasons={"*": "như cũ"}
        )
        assert isinstance(undone, records.Saved)
    assert "đã rà soát" not in text and "Kết quả rà soát điều kiện khen thưởng: …" in text


def test_citations_come_in_series_and_a_person_has_a_history(session: Session) -> None:
    given = chosen(session, "award_nomination", award="commune_citation", result="awarded", recipient="person")[:3]
    text = words_of(session, "citation", [one.id for one in given])
    assert text.count("GIẤY KHEN") == 3
    for one in given:
        assert f"Số sổ vàng: {one.values['book_number']}" in text
    history = words_of(session, "award_history_person", [str(given[0].values["person"])])
    assert str(given[0].values["decision_number"]) in history
    assert str(given[0].values["recipient_name"]) in history


def test_a_citation_is_given_to_who_was_awarded_one(session: Session) -> None:
    everybody = all_records(session, "award_nomination")
    given = [
        one for one in chosen(session, "award_nomination", award="commune_citation", result="awarded")
        if one.values.get("withdrawn_on") is None
    ]  # fmt: skip
    text = words_of(session, "citation", [one.id for one in everybody])
    assert text.count("GIẤY KHEN") == len(given) < len(everybody)
    (withdrawn,) = [one for one in everybody if one.values.get("withdrawn_on")]
    with pytest.raises(UserError, match="TD-PRINT-024"):
        words_of(session, "citation", [withdrawn.id])


def test_targets_are_tracked_on_one_table(session: Session) -> None:
    ids = [one.id for one in all_records(session, "target")]
    text = words_of(session, "target_tracking", ids)
    assert "Vượt mức" in text and "Toàn xã, phường, đặc khu" in text
    (launch,) = chosen(session, "emulation_launch", kind="regular", level="commune")
    plan = words_of(session, "launch_plan", [launch.id])
    assert "I. MỤC TIÊU" in plan and "TIÊU CHÍ PHONG TRÀO THI ĐUA" in plan and "Cộng 100" in plan
    listed = words_of(session, "launch_registrations", [launch.id])
    assert f"Đến nay có {len(ids)} chỉ tiêu được đăng ký" in listed


def test_a_programme_signed_with_others_keeps_the_number_that_it_has(session: Session) -> None:
    one = next(one for one in all_records(session, "joint_resolution") if one.values.get("number"))
    changed = {**one.values, "number": "02/CTPH-CAX-HLHPN", "content": None}
    saved = records.save(session, "joint_resolution", changed, record_id=one.id, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    text = words_of(session, "joint_programme", [one.id])
    assert "Số: 02/CTPH-CAX-HLHPN" in text and "I. NỘI DUNG PHỐI HỢP …" in text


def test_a_culture_proposal_counts_opinions_only_where_they_were_counted(session: Session) -> None:
    one = next(
        one
        for one in all_records(session, "culture_title")
        if one.values.get("listed_on") and one.values.get("sent_on")
    )
    for opinions, told in ((None, ""), (0, "(0 ý kiến)"), (3, "(03 ý kiến)")):
        values = {**one.values, "opinions": opinions, "chair_title": "Trưởng thôn"}
        saved = records.save(session, "culture_title", values, record_id=one.id, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved)
        text = words_of(session, "culture_proposal", [one.id])
        assert told in text and ("ý kiến)" in text) is bool(told) and "TRƯỞNG THÔN" in text
