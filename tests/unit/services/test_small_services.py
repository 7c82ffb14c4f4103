"""Typed values, files written whole, the doctor, the letterhead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types.codes import valid_items
from thidua_desktop.services import doctor, files, letterhead, links
from thidua_desktop.services import session as session_module
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session
from thidua_desktop.services.typed import typed
from thidua_desktop.store.queries import DateRange
from thidua_desktop.text import fold_joined


def test_values_are_typed_as_people_type_them(session: Session, area_ids: list[str]) -> None:
    assert typed(session, "movement_activity", "held_on", "hôm qua") == date(2026, 11, 22)
    assert typed(session, "movement_activity", "attendance_total", "1.250") == 1250
    assert typed(session, "movement_activity", "kind", "tuan tra, canh gac") == "patrol"
    assert typed(session, "movement_activity", "residential_area", "tan lap") == area_ids[1]
    assert typed(session, "movement_activity", "residential_area", area_ids[0]) == area_ids[0]


@pytest.mark.parametrize(
    ("name", "text"), [("none", "1"), ("held_on", "32/1"), ("residential_area", "xa lạ"), ("attendance_total", "năm")]
)
def test_what_cannot_be_understood_is_named(session: Session, name: str, text: str) -> None:
    with pytest.raises(UserError, match="TD-CLI-008"):
        typed(session, "movement_activity", name, text)


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    assert files.write_whole(tmp_path / "báo cáo.pdf", b"%PDF").read_bytes() == b"%PDF"
    with pytest.raises(UserError, match="TD-XFER-014"):
        files.write_whole(tmp_path / "none" / "x.pdf", b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["báo cáo.pdf"]


def test_the_doctor_finds_a_wrong_clock_and_a_missing_folder(tmp_path: Path) -> None:
    fine = {
        finding.name: finding for finding in doctor.examine(Clock(datetime(2027, 1, 1, tzinfo=VIETNAM_TIME)), tmp_path)
    }
    assert all(finding.good for finding in fine.values())
    early = doctor.examine(Clock(datetime(2016, 1, 1, tzinfo=VIETNAM_TIME)), tmp_path)
    assert [finding.name for finding in early if not finding.good] == ["Đồng hồ"]


def test_the_doctor_looks_at_the_open_office(session: Session, tmp_path: Path) -> None:
    found = {finding.name: finding for finding in doctor.examine_office(session)}
    assert [name for name, one in found.items() if not one.good] == ["Bản sao lưu"]  # none was made yet
    assert "Sao lưu ngay" in found["Bản sao lưu"].advice
    earlier = replace(session, clock=Clock(datetime(2026, 1, 5, tzinfo=VIETNAM_TIME)))
    clock = next(one for one in doctor.examine_office(earlier) if one.name == "Đồng hồ so với sổ")
    assert not clock.good and "sau giờ máy" in clock.text and clock.advice
    assert f"hỏng  {clock.name}: {clock.text}\n" in doctor.as_text([clock])


def test_printers_are_named_where_the_system_has_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = tmp_path / "lpstat"
    asked.write_text("#!/bin/sh\necho Canon_LBP2900\necho HP\n", encoding="utf-8")
    asked.chmod(0o755)
    monkeypatch.setattr(doctor.shutil, "which", lambda name: str(asked) if name == "lpstat" else None)
    assert doctor.printers() == ["Canon_LBP2900", "HP"]
    asked.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert doctor.printers() == []


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("ỦY BAN NHÂN DÂN XÃ PHÚ HÒA", ("ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA")),
        ("CÔNG AN TỈNH\nCÔNG AN XÃ PHÚ HÒA", ("CÔNG AN TỈNH", "CÔNG AN XÃ PHÚ HÒA")),
        ("BAN CHỈ ĐẠO 138", ("BAN CHỈ ĐẠO 138",)),
        ("", ("",)),
    ],
)
def test_the_issuer_stands_on_its_lines(header: str, lines: tuple[str, ...]) -> None:
    assert letterhead.issuer_lines(header) == lines


def test_a_further_letter_folds_only_what_was_typed(
    session: Session, area_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 20,000 persons folding all names anew took 390 ms a letter."""
    spec = session.register("movement_activity").field("residential_area")
    assert links.choices(session, spec, "t")
    folded: list[str] = []
    for module in (session_module, links):
        monkeypatch.setattr(module, "fold_joined", lambda text: folded.append(text) or fold_joined(text))
    assert [choice.value for choice in links.choices(session, spec, "tân")] == [area_ids[1]]
    assert folded == ["tân"]


@pytest.mark.parametrize("typed", ["mdoal", "m'doal", "M’Đoal", "m doal", "ea mdo"])
def test_a_pick_list_finds_names_without_their_apostrophe(session: Session, typed: str) -> None:
    spec = session.register("household").field("residential_area")
    assert [choice.label for choice in links.choices(session, spec, typed)] == ["Buôn Ea M'Doal"]


def test_a_festival_is_written_once_and_counted_in_the_movement_report(
    session: Session, add: Callable[..., str], area_ids: list[str]
) -> None:
    add(
        "festival", kind="security", level="focal", unit_kind="area", unit_name="Thôn Đông Hạ", status="held",
        residential_area=area_ids[0], held_on=date(2026, 8, 12), attendance_total=120, households_signed=40,
    )  # fmt: skip
    names = ["festivals", "festival_areas", "attendance_total", "households_signed"]
    rows = session.file.figures(names, [DateRange(date(2025, 12, 15), date(2026, 12, 14))])
    assert {row.indicator: row.value for row in rows} == dict(zip(names, (1, 1, 120, 40), strict=True))
    kind = session.register("movement_activity").field("kind")
    offered = valid_items(session.definitions.catalogs[kind.catalog], session.today)
    assert "festival" not in {item.code for item in offered}
