"""Papers of a city name the city where a catalog speaks of any province."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import make_office
from thidua_desktop.services.awards.award_fields import REGISTER
from thidua_desktop.services.documents.cells import cell_text


@pytest.mark.parametrize(
    ("unit", "province", "chair"),
    [
        ("79", True, "Bằng khen của Chủ tịch Ủy ban nhân dân thành phố"),
        ("25747", False, "Bằng khen của Chủ tịch Ủy ban nhân dân thành phố"),
        ("66", True, "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    ],
)
def test_awards_name_the_kind_of_province(tmp_path: Path, unit: str, province: bool, chair: str) -> None:
    session = make_office(tmp_path / "so.thidua", unit, province=province)
    award, address = (session.register(REGISTER).field(name) for name in ("award", "address"))
    assert cell_text(session, award, "province_citation") == chair
    police = "thành phố" if chair.endswith("thành phố") else "tỉnh"
    assert cell_text(session, award, "police_citation") == f"Giấy khen của Giám đốc Công an {police}"
    assert cell_text(session, address, "cổng Công an tỉnh") == "cổng Công an tỉnh"  # what a person wrote stays
    session.close()
