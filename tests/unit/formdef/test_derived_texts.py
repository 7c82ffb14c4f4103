"""What is derived from a register for people: help pages, paper, and the schema for the store."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, write_folder
from thidua_desktop.formdef.help_pages import documentation, help_page
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.formdef.print_cells import PrintTable, print_parts
from thidua_desktop.formdef.schema import columns


@pytest.fixture
def definitions(tmp_path: Path) -> Definitions:
    """The made-up definitions, one field retired, one with law behind it."""
    folder = write_folder(tmp_path)
    change(folder, "registers/event.toml", 'label = "Người dự"', 'label = "Người dự"\nunit = "lượt"\nmaximum = 5000')
    change(folder, "registers/event.toml", 'help = "Số người."', 'help = "Số người."\nbasis = "Luật thử Điều 1"')
    change(folder, "registers/place.toml", 'label = "Số hộ"', 'label = "Số hộ"\nretired = true')
    return read_definitions(folder)[0]


def test_schema_keeps_retired_fields(definitions: Definitions) -> None:
    assert [(column.name, column.sql_type) for column in columns(definitions.registers["place"])] == [
        ("name", "TEXT"), ("since", "TEXT"), ("homes", "INTEGER"),
    ]  # fmt: skip


def test_help_page_says_what_a_field_is(definitions: Definitions) -> None:
    page = help_page(definitions, definitions.registers["event"])
    assert page.startswith("# Sổ việc\n")
    assert "- **Người dự** (Số nguyên, không quá 5.000; đơn vị tính: lượt). Số người. Căn cứ: Luật thử Điều 1." in page
    assert "Danh mục: Tuần tra; Tuyên truyền." in page
    assert "Tên đúng như trong sổ “Nơi”" in page
    assert "  - **Tên hiện vật** (Văn bản một dòng; bắt buộc). Tên." in page
    assert "- **Số ca tuần tra** (ca, phát sinh trong kỳ; so với số việc)." in page


def test_documentation_links_every_register(definitions: Definitions) -> None:
    pages = documentation(definitions)
    assert set(pages) == {"README.md", "event.md", "place.md", "indicators.md"}
    assert "(event.md)" in pages["README.md"]
    assert "Số ca tuần tra" in pages["indicators.md"]


def test_paper_shows_units_titles_and_rows(definitions: Definitions) -> None:
    values = {
        "held_on": date(2026, 11, 9), "place": "id-1", "people": 1250,
        "things": ({"what": "Pháo", "amount": Decimal("1.5")}, {"what": "Súng"}),
    }  # fmt: skip
    (part,) = print_parts(definitions, definitions.registers["event"], values, {"id-1": "Thôn Tân Lập"})
    assert part.cells == (("Ngày", "09/11/2026"), ("Nơi", "Thôn Tân Lập"), ("Người dự", "1.250 lượt"))
    rows = (("Pháo", "1,5"), ("Súng", ""))
    assert part.tables == (PrintTable("Hiện vật", ("Tên hiện vật", "Số lượng"), rows, "things"),)


def test_empty_parts_are_left_out(definitions: Definitions) -> None:
    assert print_parts(definitions, definitions.registers["event"], {}, {}) == []
