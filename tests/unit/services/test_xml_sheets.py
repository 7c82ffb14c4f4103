"""Spreadsheets written as XML: read like any other under the name .xls, refused where they are made to burst."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.test_transfer import HOUSEHOLD
from thidua_desktop.errors import UserError
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_reading import read_table
from thidua_desktop.services.xml_sheets import sheets_of

BOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:html="http://www.w3.org/TR/REC-html40">
<Worksheet ss:Name="Bìa"><Table/></Worksheet>
<Worksheet ss:Name="Hộ"><Table>{rows}</Table></Worksheet>
</Workbook>"""


def cell(text: object, kind: str = "String", **more: int) -> str:
    places = "".join(f' ss:{name}="{number}"' for name, number in more.items())
    return f'<Cell{places}><Data ss:Type="{kind}">{text}</Data></Cell>'


def row(*cells: str, at: int = 0) -> str:
    return f"<Row{f' ss:Index={chr(34)}{at}{chr(34)}' if at else ''}>{''.join(cells)}</Row>"


def written(folder: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path = folder / "danh-sách.xls"
    path.write_bytes(BOOK.format(rows="".join(rows)).encode(encoding))
    return path


HEAD = row(cell("Thôn, buôn"), cell("Họ và tên chủ hộ"), cell("Nhân khẩu"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_its_households_are_taken_in(session: Session, tmp_path: Path, encoding: str) -> None:
    first = row(cell("Tân Lập", MergeDown=1), cell("Lê Văn Giả"), cell(4, "Number"), at=4)
    name = 'Lò <html:B xmlns:html="http://www.w3.org/TR/REC-html40">Thị Mẫu</html:B>'
    second = row(cell(name), cell("6", "Number"))
    path = written(tmp_path, row(cell("DANH SÁCH", MergeAcross=2)), HEAD, first, second, encoding=encoding)
    plan = transfer.preview_import(session, HOUSEHOLD, path)
    assert (plan.source, plan.broken) == ("xml", ())
    told = [(one.number, one.values["representative"], one.values["members"]) for one in plan.rows]
    assert told == [(4, "Lê Văn Giả", 4), (5, "Lò Thị Mẫu", 6)]
    assert len({one.values["residential_area"] for one in plan.rows}) == 1


def test_every_kind_of_cell_is_as_a_person_types_it(tmp_path: Path) -> None:
    cells = [
        cell("2026-11-15T00:00:00.000", "DateTime"), cell("1899-12-31T19:30:00.000", "DateTime"),
        cell("12.5", "Number"), cell(1, "Boolean"), cell("hôm qua", "DateTime", Index=6), "<Cell/>", cell(3, "Number"),
    ]  # fmt: skip
    told = read_table(written(tmp_path, row(*cells))).lines[0].cells
    assert told == ("15/11/2026", "19:30", "12,5", "có", "", "hôm qua", "", "3")


def test_a_cell_over_rows_comes_down_as_far_as_it_reaches() -> None:
    rows = [row(cell("x"), cell("Tân Lập", MergeDown=2)), row(cell("a", Index=3), at=3), row(cell("b"))]
    told = sheets_of(BOOK.format(rows="".join(rows)).encode())["Hộ"]
    assert [list(one) for one in told] == [["x", "Tân Lập"], [], ["", "Tân Lập", "a"], ["b"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOOK.format(rows="<Row>"), "TD-XFER-003"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + BOOK.format(rows=row(cell("&b;"))).partition("?>")[2], "TD-XFER-003"),
        (BOOK.format(rows=row(cell("x", Index=1_000_000)) * 25), "TD-ENV-074"),
        (BOOK.format(rows=""), "TD-XFER-004"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "hỏng.xls"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        read_table(path)
    assert refused.value.code == code
