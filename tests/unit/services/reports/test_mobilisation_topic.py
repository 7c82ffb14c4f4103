"""Mass mobilisation is a topic of activities and plans, counted by its report and by the province over its communes."""

from __future__ import annotations

from datetime import date

from tests.unit.services.handoff.two_offices import NOVEMBER, TwoOffices, save
from thidua_desktop.services.reports import build as reports

TOPIC = ("mobilisation",)
COUNTED = {"mobilisation_activities": 2, "mobilisation_attendance": 65, "programmes_mobilisation": 1}


def _record(pair: TwoOffices) -> None:
    pair.activity("Vận động hộ dân hiến đất mở đường", topics=TOPIC, kind="dialogue")
    pair.activity("Nói chuyện dân chủ ở cơ sở", topics=("drugs", *TOPIC), attendance_total=25)
    pair.activity("Phòng, chống ma túy", topics=("drugs",))
    save(pair.commune, "programme", {
        "kind": "plan", "level": "commune", "title": "Kế hoạch công tác dân vận năm 2026", "topics": TOPIC,
        "issued_on": date(2026, 1, 12), "number": "12/KH-BCĐ", "valid_from": date(2026, 1, 12),
        "valid_to": date(2026, 12, 31),
    })  # fmt: skip


def test_the_report_of_a_commune_and_of_its_province_count_mobilisation(pair: TwoOffices) -> None:
    _record(pair)
    quarter = reports.build(pair.commune, "culture_result", NOVEMBER)
    assert {name: quarter.figure(name).value for name in COUNTED} == COUNTED
    said = " ".join(paragraph.text for paragraph in quarter.paragraphs)
    assert "Tổ chức 02 cuộc hoạt động dân vận, 65 lượt người dự." in said
    assert "Đang thực hiện 01 văn bản về dân vận." in said
    pair.take(pair.send())
    together = reports.build(pair.province, "culture_result", NOVEMBER)
    assert {name: together.figure(name).value for name in COUNTED} == COUNTED


def test_without_any_the_report_says_nothing_of_it(pair: TwoOffices) -> None:
    pair.activity("Phòng, chống ma túy", topics=("drugs",))
    quarter = reports.build(pair.commune, "culture_result", NOVEMBER)
    assert not any("hoạt động dân vận" in paragraph.text for paragraph in quarter.paragraphs)
