"""Sheets in a real office: filled from the set, answered by the books, refused where the set does not apply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.printing.measured import text_of
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Row, Values
from thidua_desktop.services import records
from thidua_desktop.services.assessments import sheets
from thidua_desktop.services.assessments.overview import overview, years
from thidua_desktop.services.assessments.rankings import ranked_sets, ranking
from thidua_desktop.services.assessments.subjects import Subject, subject_of, subjects_in_scope
from thidua_desktop.services.documents.printing import documents_of, print_documents, waits_for
from thidua_desktop.services.session import Session

Add = Callable[..., str]


def area(session: Session, area_ids: list[str], place: int = 0) -> Subject:
    names = {
        one.key: one
        for one in subjects_in_scope(session, session.definitions.assessments["safe_area"], "residential_area", 2026)
    }
    return names[area_ids[place]]


def row(values: Values, code: str) -> Row:
    rows = values["criteria"]
    assert isinstance(rows, tuple)
    return next(one for one in rows if not isinstance(one, str) and one["criterion"] == code)


def incident(add: Add, **changed: object) -> str:
    facts = {"occurred_on": date(2026, 5, 2), "kind": "prolonged_conflict", "severity": "minor", "outcome": "open"}
    return add("incident", title="Tranh chấp", **{**facts, **changed})


def test_a_sheet_starts_with_what_the_books_say(session: Session, area_ids: list[str], add: Add) -> None:
    incident(add, residential_area=area_ids[0])
    incident(add, residential_area=area_ids[1])
    incident(add, residential_area=area_ids[0], occurred_on=date(2026, 11, 1))
    values = sheets.start(session, "safe_area", 2026, area(session, area_ids))
    broken, kept, open_one = row(values, "3.e"), row(values, "3.a"), row(values, "2")
    assert (broken["self_met"], broken["incidents"]) == (False, 1)
    assert kept["self_met"] is True and "incidents" not in kept
    assert "self_met" not in open_one
    assert row(values, "1.2")["self_met"] is False


def test_a_registration_answers_its_criterion(session: Session, area_ids: list[str], add: Add) -> None:
    subject = {"criteria_set": "safe_area", "year": 2026, "subject_kind": "residential_area"}
    facts = {"registered_on": date(2026, 3, 3), "households_total": 48, "households_registered": 48}
    add("unit_registration", residential_area=area_ids[0], **subject, **facts)
    books = sheets.books_of(session, sheets.start(session, "safe_area", 2026, area(session, area_ids)))
    assert books is not None and books.facts["registered"] == (True, "Đăng ký ngày 03/03/2026, đúng hạn.")


def test_what_the_books_deny_is_met_only_with_a_reason(session: Session, area_ids: list[str], add: Add) -> None:
    values = sheets.start(session, "safe_area", 2026, area(session, area_ids))
    denied = {**row(values, "1.2"), "self_met": True}
    assert denied["books_met"] is False

    def refusals(line: dict[str, object]) -> set[str]:
        rows = tuple(line if one["criterion"] == "1.2" else one for one in values["criteria"])
        found = records.check(session, "assessment", {**values, "criteria": rows})
        return {one.code for one in found if one.field.endswith("override_reason")}

    assert refusals(denied) == {"TD-DATA-606"}
    assert refusals({**denied, "override_reason": "Đăng ký ghi ở sổ giấy của xã cũ."}) == set()
    assert refusals({**denied, "self_met": False}) == set()
    subject = {"criteria_set": "safe_area", "year": 2026, "subject_kind": "residential_area"}
    facts = {"registered_on": date(2026, 3, 3), "households_total": 48, "households_registered": 48}
    add("unit_registration", residential_area=area_ids[0], **subject, **facts)
    assert row(sheets.with_incidents(session, values), "1.2")["books_met"] is True


def test_points_come_off_for_incidents_and_an_override_needs_a_reason(
    session: Session, area_ids: list[str], add: Add
) -> None:
    incident(add, residential_area=area_ids[0], kind="crime_social_order", severity="less_serious")
    values = sheets.start(session, "movement_area", 2026, area(session, area_ids))
    assert row(values, "3.3")["self_points"] == Decimal(8)
    kept = {**row(values, "3.3"), "self_points": Decimal(10)}
    rows = tuple(kept if one["criterion"] == "3.3" else one for one in values["criteria"])
    refused = records.save(session, "assessment", {**values, "criteria": rows})
    assert isinstance(refused, records.Refused)
    assert [p.code for p in refused.problems if p.severity == "error"] == ["TD-DATA-060"]
    reason = {**kept, "override_reason": "Xảy ra ở khu dân cư khác."}
    rows = tuple(reason if one["criterion"] == "3.3" else one for one in rows)
    assert isinstance(records.save(session, "assessment", {**values, "criteria": rows}), records.Saved)


def test_what_cannot_be_assessed_is_refused(session: Session, area_ids: list[str], add: Add) -> None:
    small = add("organization", kind="enterprise", name="Quán Sáu Nhỏ", enterprise_size="micro")
    with pytest.raises(UserError, match="doanh nghiệp nhỏ và siêu nhỏ") as refused:
        sheets.start(session, "safe_unit", 2026, Subject("enterprise", small, "Quán Sáu Nhỏ"))
    assert refused.value.code == "TD-STORE-251"
    with pytest.raises(UserError) as unknown:
        sheets.start(session, "newer_set", 2026, area(session, area_ids))
    assert unknown.value.code == "TD-STORE-250"
    values = sheets.start(session, "safe_area", 2026, area(session, area_ids))
    add("assessment", **values)
    with pytest.raises(UserError) as twice:
        sheets.start(session, "safe_area", 2026, area(session, area_ids))
    assert twice.value.code == "TD-STORE-252"
    assert sheets.start(session, "safe_area", 2025, area(session, area_ids))["year"] == 2025


def test_an_open_table_starts_from_what_the_office_wrote_last(session: Session, area_ids: list[str], add: Add) -> None:
    values = sheets.start(session, "movement_area", 2025, area(session, area_ids))
    rows = [dict(one) for one in values["criteria"]]
    rows[1] |= {"text": "Nghị quyết của chi bộ trước 20/01", "maximum": Decimal(12)}
    add("assessment", **{**values, "criteria": tuple(rows)})
    again = sheets.start(session, "movement_area", 2026, area(session, area_ids, 1))
    assert row(again, "1.1")["text"] == "Nghị quyết của chi bộ trước 20/01"
    assert row(again, "1.1")["maximum"] == Decimal(12)


def test_the_overview_says_how_many_are_missing(session: Session, area_ids: list[str], add: Add) -> None:
    add("organization", kind="school", name="Mầm non Hoa Sim", school_level="kindergarten")
    school = add("organization", kind="school", name="Trung học Sông Bé", school_level="upper_secondary")
    found = overview(session, 2026)
    assert (found.units.total, found.needed, found.missing) == (3, 3, 3)
    values = sheets.start(session, "safe_school", 2026, Subject("school", school, "Trung học Sông Bé"))
    add(
        "assessment",
        **{
            **values,
            "criteria": tuple({**one, "self_met": True, "override_reason": "x"} for one in values["criteria"]),
            "status": "recognised",
            "decision_date": session.today,
        },
    )
    found = overview(session, 2026)
    assert (found.units.recognised, found.missing, found.met) == (1, 2, False)
    assert found.sentence == "1/3 đơn vị được công nhận, cần 3, cần thêm 2 đơn vị, còn 3 đơn vị chưa đăng ký."
    line = next(one for one in found.lines if one.kind == "school")
    assert [(state.subject.name, state.recognised) for state in line.states] == [("Trung học Sông Bé", True)]
    told = [one.what for one in found.deadlines if one.spec.name == "safe_area"]
    assert told == ["Đăng ký", "Tự chấm", "Công nhận"]
    assert years(session) == [2026]


def test_equal_sheets_share_a_place_and_vetoed_ones_have_none(session: Session, add: Add) -> None:
    spec = session.definitions.assessments["mobilisation_rule"]
    for name, less, vetoes in (("Xã A", 5, ()), ("Xã B", 5, ()), ("Xã C", 0, ("corruption",)), ("Xã D", 9, ())):
        values = sheets.start(session, spec.name, 2026, Subject("cluster_member", name, name))
        full = [
            {**one, "self_points": Decimal(0) if one["criterion"][0] in "34" else one["maximum"]}
            for one in values["criteria"]
        ]
        rows = tuple(
            {**one, "self_points": one["maximum"] - less} if one["criterion"] == "2.1" else one for one in full
        )
        add("assessment", **{**values, "criteria": rows, **({"vetoes": vetoes} if vetoes else {})})
    assert [one.name for one in ranked_sets(session, 2026)] == [spec.name]
    found = [(line.place, line.tied, line.subject.name, line.total) for line in ranking(session, spec, 2026)]
    assert found == [(1, True, "Xã A", 95), (1, True, "Xã B", 95), (3, False, "Xã D", 91)]


def test_the_commune_is_a_subject_of_its_own(session: Session) -> None:
    values = sheets.start(session, "safe_commune", 2026, Subject("commune", "", session.file.identity.name))
    assert subject_of(session, values).name == session.file.identity.name
    assert row(values, "4.2")["self_met"] is False
    books = sheets.books_of(session, values)
    assert books is not None and books.facts["units_recognised"][1] == "0/2 đơn vị được công nhận, cần thêm 2 đơn vị."


def cluster_sheet(session: Session, add: Add, name: str, weaker: str) -> str:
    """A full sheet of the police cluster, one point less in one criterion."""
    values = sheets.start(session, "police_cluster", 2026, Subject("cluster_member", name, name))
    parents = {one.parent for one in session.definitions.assessments["police_cluster"].criteria}
    leaves = [one for one in values["criteria"] if one["criterion"] not in parents]
    points = {one["criterion"]: one["maximum"] - (one["criterion"] == weaker) for one in leaves if one.get("maximum")}
    rows = tuple({**one, "self_points": points.get(one["criterion"])} for one in values["criteria"])
    return add("assessment", **{**values, "criteria": rows})


def test_the_ranking_paper_places_as_the_page_does(session: Session, add: Add, area_ids: list[str]) -> None:
    behind = cluster_sheet(session, add, "Xã A", "1.5.1")
    before = cluster_sheet(session, add, "Xã B", "1.4")
    spec = session.definitions.assessments["police_cluster"]
    page = [(line.place, line.subject.name) for line in ranking(session, spec, 2026)]
    assert page == [(1, "Xã B"), (2, "Xã A")]
    other = add("assessment", **sheets.start(session, "safe_area", 2026, area(session, area_ids)))
    text = text_of(print_documents(session, "cluster_ranking", [behind, before, other]).pdf)
    words = " ".join(text.split())
    first, second = words.index("Hạng 1: Xã B"), words.index("Hạng 2: Xã A")
    assert first < second < words.index("Không xếp hạng: ")


def test_each_set_is_offered_the_sheet_that_fits_it(session: Session) -> None:
    def offered(values: dict[str, object]) -> set[str]:
        names = {one.name for one in documents_of(session, "assessment", values=values)}  # type: ignore[arg-type]
        return names & {"score_sheet", "criteria_checklist"}

    assert offered({"criteria_set": "safe_area"}) == {"criteria_checklist"}
    assert offered({"criteria_set": "movement_area"}) == {"score_sheet"}
    assert offered({"criteria_set": "of a later program"}) == {"score_sheet", "criteria_checklist"}
    assert "bộ tiêu chí có điểm" in waits_for(session, "score_sheet")
