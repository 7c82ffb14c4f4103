"""Fonts of the cells of an .xls, also of one that is damaged."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.services.made_files import old_workbook
from thidua_desktop.services.xls_fonts import fonts_of_cells

BOOK = old_workbook("Hộ", [[("Th«n", ".VnTime"), ("Chñ hé", ".VnTimeH")], [("Hà", "Arial")]])


def test_each_text_is_told_with_its_font(tmp_path: Path) -> None:
    path = tmp_path / "cũ.xls"
    path.write_bytes(BOOK)
    assert list(fonts_of_cells(path)) == [
        ("Hộ", 0, 0, ".VnTime"), ("Hộ", 0, 1, ".VnTimeH"), ("Hộ", 1, 0, "Arial"),
    ]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changed=st.dictionaries(st.integers(0, len(BOOK) - 1), st.integers(0, 255), max_size=40),
    length=st.integers(0, len(BOOK)),
)
def test_a_damaged_file_ends_in_what_could_be_read(tmp_path: Path, changed: dict[int, int], length: int) -> None:
    content = bytearray(BOOK)
    for at, byte in changed.items():
        content[at] = byte
    for cut in (len(BOOK), length):
        path = tmp_path / "hỏng.xls"
        path.write_bytes(content[:cut])
        assert len(list(fonts_of_cells(path))) <= len(BOOK)


def test_sectors_in_a_circle_end(tmp_path: Path) -> None:
    content = bytearray(BOOK)
    table = 512
    content[table + 4 * 2 : table + 4 * 3] = (2).to_bytes(4, "little")  # the first sector of the stream after itself
    path = tmp_path / "vòng.xls"
    path.write_bytes(content)
    assert list(fonts_of_cells(path)) == []
