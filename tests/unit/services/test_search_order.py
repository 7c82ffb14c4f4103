"""What is called so comes before what only lies there."""

from __future__ import annotations

from datetime import date

from thidua_desktop.services import records
from thidua_desktop.services.search import search
from thidua_desktop.services.session import Session


def test_an_area_comes_before_the_households_in_it(session: Session, area_ids: list[str]) -> None:
    for name in ("Nguyễn Văn Hạnh", "Tân Lập Phương"):
        values = {"residential_area": area_ids[1], "representative": name}
        assert isinstance(records.save(session, "household", values, reasons={"*": "thử"}), records.Saved)
    found = search(session, "tan lap")
    assert found[0].register == "residential_area"
    households = [one.title for group in found if group.register == "household" for one in group.records]
    assert len(households) == 2 and households[0].startswith("Tân")


def test_without_a_name_the_order_of_the_definitions_stays(session: Session, area_ids: list[str]) -> None:
    found = search(session, "thon")
    order = list(session.definitions.registers)
    assert [order.index(group.register) for group in found] == sorted(order.index(g.register) for g in found)


def _activity(session: Session, title: str, held_on: date, content: str = "") -> str:
    kind = session.definitions.catalogs["activity_kind"].items[0].code
    values = {"title": title, "held_on": held_on, "result": content, "kind": kind, "attendance_total": 20}
    saved = records.save(session, "movement_activity", values, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    return saved.record.id


def test_a_sentence_leads_to_the_record_that_holds_it_though_newer_ones_hold_its_words(session: Session) -> None:
    sought = _activity(session, "Buổi họp", date(2026, 10, 1), "Nội dung: phân công ca trực, đêm")
    for day in range(1, 16):
        _activity(session, "Buổi khác", date(2026, 11, day), "Ca sĩ công diễn phân nửa giờ, trực tiếp")
    (group,) = search(session, "phân công ca trực", 5)
    assert group.records[0].id == sought and len(group.records) == 5
    (group,) = search(session, "phan cong ca tr", 5)
    assert group.records[0].id == sought
    (group,) = search(session, "phân công", 5)
    assert sought not in [one.id for one in group.records], "two words stay by day"


def test_a_register_with_the_sentence_comes_before_others_with_its_words(session: Session, area_ids: list[str]) -> None:
    values = {"residential_area": area_ids[0], "representative": "Lò Ca Phân", "note": "công trực"}
    assert isinstance(records.save(session, "household", values, reasons={"*": "thử"}), records.Saved)
    order = list(session.definitions.registers)
    scattered, holding = sorted(("household", "movement_activity"), key=order.index)
    assert (scattered, holding) == ("household", "movement_activity")
    _activity(session, "Họp", date(2026, 11, 2), "Nội dung: phân công ca trực")
    assert [group.register for group in search(session, "phân công ca trực")] == ["movement_activity", "household"]
    assert [group.register for group in search(session, "trực phân công ca")] == ["household", "movement_activity"]
