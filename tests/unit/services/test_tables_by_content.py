"""Files that are not what their names say, that Excel holds, or that nobody can read."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from tests.unit.services.test_transfer import HOUSEHOLD, sheet
from thidua_desktop.errors import UserError
from thidua_desktop.services import html_tables, transfer
from thidua_desktop.services.html_tables import tables_of
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_reading import read_table

CELLS = [("Thôn", "Chủ hộ", "Số định danh"), ("Tân Lập", "Nguyễn Văn Thử", "066085000123")]
TABBED = "\r\n".join("\t".join(cells) for cells in CELLS)
PAGE = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><title>Bảng</title><style>td {{color: red}}</style>'
    "</head><body><table border=1>{}</table></body></html>"
).format("".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in CELLS))


@pytest.mark.parametrize("name", ["ho.xls", "ho.xlsx", "ho.csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_page_is_read_as_the_table_that_it_holds(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(PAGE.encode(encoding, "xmlcharrefreplace"))
    assert [line.cells for line in read_table(path).lines] == CELLS
    assert read_table(path, 1).lines == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_with_tabs_may_be_called_xls(session: Session, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "ho.xls"
    path.write_bytes(TABBED.encode(encoding))
    [row] = transfer.preview_import(session, HOUSEHOLD, path).rows
    assert row.values["representative"] == "Nguyễn Văn Thử"


@pytest.mark.parametrize("name", ["ho.xls", "ho.csv"])
def test_a_workbook_may_be_called_otherwise(tmp_path: Path, name: str) -> None:
    path = sheet(tmp_path / "ho.xlsx", CELLS).rename(tmp_path / name)
    assert [line.cells for line in read_table(path).lines] == CELLS


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("~$ho.xlsx", b"\x0bMai" + b" " * 160, "TD-XFER-018", "chọn ho.xlsx"),
        ("ho.xlsx", b"", "TD-XFER-004", "xin lại tệp"),
        ("ho.xls", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "TD-XFER-003", "xin lại tệp"),
        ("ho.xls", b"<?xml version='1.0'?><Workbook><Table/></Workbook>", "TD-XFER-003", "lưu lại thành .xlsx"),
        ("ho.docx", b"PK\x03\x04", "TD-XFER-002", "chép bảng rồi dán"),
        ("ho.xls", b"<html><table></table></html>", "TD-XFER-004", "xin lại tệp"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, content: bytes, code: str, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError) as refused:
        read_table(tmp_path / name)
    assert refused.value.code == code
    assert says in refused.value.remedy


def locked_workbook() -> bytes:
    """The container that Excel puts a workbook with a password into: a compound file with two streams."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE

    def entry(name: str, kind: int, child: int = none, right: int = none, start: int = end, size: int = 0) -> bytes:
        raw = f"{name}\0".encode("utf-16-le")
        tree = struct.pack("<HBBIII", len(raw), kind, 1, none, right, child)
        return raw.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<IQ", start, size)

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + b"\xff" * 432
    sectors = struct.pack("<11I", 0xFFFFFFFD, end, *range(3, 11), end).ljust(512, b"\xff")
    names = entry("EncryptedPackage", 2, start=2, size=4608, right=2) + entry("EncryptionInfo", 2)
    return head + sectors + (entry("Root Entry", 5, child=1, start=2, size=64) + names).ljust(512, b"\0") + bytes(4608)


@pytest.mark.parametrize("name", ["ho.xlsx", "ho.xls", "ho.xlsm"])
def test_a_workbook_with_a_password(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(locked_workbook())
    with pytest.raises(UserError, match="TD-XFER-005") as refused:
        read_table(path)
    assert "xóa trống mật khẩu" in refused.value.remedy


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    for path in (sheet(tmp_path / "ho.xlsx", CELLS), tmp_path / "ho.csv"):
        path.touch()
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", held)
            with pytest.raises(UserError, match="TD-XFER-019") as refused:
                read_table(path)
        assert "Đóng tệp trong Excel" in refused.value.remedy


def test_cells_of_a_page_over_several_rows_and_columns() -> None:
    page = """<!-- xuất ngày 12/11 --><table><tr><th rowspan=2>Thôn<th colspan="2">Hộ<tr><th>Tổng<th>Nữ
    <tr><td rowspan=2>Đông&nbsp;Hạ<td>4<br>5<td>1<script>x</script></tr><tr><td>6<td><table><tr><td>2</table></table>"""
    assert tables_of(page) == [
        [["Thôn", "Hộ", ""], ["Thôn", "Tổng", "Nữ"], ["Đông Hạ", "4 5", "1"], ["Đông Hạ", "6", "2"]]
    ]


def test_a_page_that_asks_for_millions_of_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tables, "MOST_CELLS", 50_000)
    path = tmp_path / "ho.xls"
    for cell in ("<td colspan=99999>", "<td rowspan=1000 colspan=500>"):
        path.write_text(
            f"<table>{f'<tr>{cell}' * 51}<tr></table>"
            if "row" not in cell
            else f"<table><tr>{cell}{'<tr>' * 200}</table>",
            "utf-8",
        )
        with pytest.raises(UserError, match="TD-ENV-074"):
            read_table(path)
