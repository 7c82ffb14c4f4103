"""Typed texts become values, or problems beside their field."""

from __future__ import annotations

from datetime import date

from thidua_desktop.services.session import Session
from thidua_desktop.services.typed_values import from_texts

ACTIVITY = "movement_activity"


def test_texts_are_read_as_people_type_them(session: Session, area_ids: list[str]) -> None:
    texts = {
        "held_on": "hôm qua",
        "residential_area": "tan lap",
        "attendance_total": "1.234",
        "title": " Lễ  phát động",
    }
    typed = from_texts(session, ACTIVITY, texts)
    assert typed.problems == ()
    assert typed.values["held_on"] == date(2026, 11, 22)
    assert typed.values["residential_area"] == area_ids[1]
    assert typed.values["attendance_total"] == 1234


def test_an_id_names_its_record_and_an_empty_text_empties(session: Session, area_ids: list[str]) -> None:
    base = {"place": "Nhà văn hóa", "title": "Lễ"}
    typed = from_texts(session, ACTIVITY, {"residential_area": area_ids[0], "place": " "}, base)
    assert typed.values == {"residential_area": area_ids[0], "title": "Lễ"}


def test_what_is_not_understood_stands_beside_its_field(session: Session) -> None:
    texts = {"held_on": "32/13", "residential_area": "Thôn Mây", "attendance_total": "nhiều", "khong_co": "x"}
    typed = from_texts(session, ACTIVITY, texts)
    assert {problem.field for problem in typed.problems} == set(texts)
    assert {problem.code for problem in typed.problems} >= {"TD-DATA-207", "TD-DATA-208"}


def test_two_records_of_one_name_are_told(session: Session) -> None:
    spec = session.register("residential_area")
    twins = [(None, {"kind": "ap", "name": "Tân Lập", "households": 5})]
    session.file.records.save_many(spec.name, twins, actor="A", now=session.now())
    typed = from_texts(session, ACTIVITY, {"residential_area": "tân lập"})
    assert [problem.code for problem in typed.problems] == ["TD-DATA-209"]
    assert from_texts(session, ACTIVITY, {"residential_area": "Ấp Tân Lập"}).problems == ()
