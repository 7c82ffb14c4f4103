"""Spreadsheets made to burst, to fetch, or to be read elsewhere: refused or read as plain text, before memory fills."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.services.transfer_reading import read_table

HEAD = '<?xml version="1.0"?>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
ROOT = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
    '.sheet.main+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
CELL = '<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
Make = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Make:
    def make(sheet: str, name: str = "a.xlsx", **more: bytes) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in {**ROOT, "xl/worksheets/sheet1.xml": sheet, **more}.items():
                archive.writestr(member, content)
        return path

    return make


def cell(row: int, column: str, text: str = "x") -> str:
    return CELL.format(row=row, column=column, text=text)


def test_the_made_book_is_a_book(book: Make) -> None:
    assert [line.cells for line in read_table(book(SHEET.format(cell(1, "A", "Tên")))).lines] == [("Tên",)]


@pytest.mark.parametrize(("row", "column"), [(1_048_576, "XFD"), (1_048_576, "CZ"), (60_000, "ALM")])
def test_one_letter_in_a_far_corner(book: Make, row: int, column: str) -> None:
    """The reader would lay out every cell between: up to 400 GB."""
    with pytest.raises(UserError, match="TD-ENV-074"):
        read_table(book(SHEET.format(cell(1, "A") + cell(row, column))))


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "far",
    [
        FAR.replace('"', "'"),
        FAR.replace(" r=", f' s="{"0" * 90}" r='),
        FAR.replace(" r=", " \n r = "),
        FAR.replace('row r="1048576"', "row"),
        FAR.replace('row r="1048576"', 'row r="1"'),
        FAR.replace("<", "<x:").replace("<x:/", "</x:"),
        FAR.replace("1048576", "&#49;048576"),
        "<row/>" * 60_000 + "<row>" + "<c><v>1</v></c>" * 1_001 + "</row>",
    ],
    ids=["quotes", "far in its tag", "spaces", "no row", "another row", "a prefix", "a letter by number", "no places"],
)
def test_a_far_corner_written_otherwise(book: Make, far: str) -> None:
    sheet = SHEET.format(far).replace("<worksheet ", f'<worksheet xmlns:x="{SHEET.split(chr(34))[1]}" ')
    with pytest.raises(UserError, match="TD-ENV-074"):
        read_table(book(sheet))
    near = sheet.replace("1048576", "2").replace("&#49;048576", "2").replace("XFD", "B").replace("<row/>" * 60_000, "")
    assert [line.cells for line in read_table(book(near)).lines][-1][-1] == "1"


@pytest.mark.parametrize("name", ["a.xls", "a.csv"])
def test_another_name_hides_no_far_corner(book: Make, name: str) -> None:
    with pytest.raises(UserError, match="TD-ENV-074"):
        read_table(book(SHEET.format(FAR), name))


@pytest.mark.parametrize("at_once", [64, 300, 1 << 20])
def test_a_far_corner_behind_many_near_cells(book: Make, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Near cells are not counted; a far one is found wherever the bytes are cut."""
    monkeypatch.setattr("thidua_desktop.services.table_size._CHUNK", at_once)
    rows = 20_000 if at_once > 300 else 40
    near = "".join(f'<row r="{row}" spans="1:2"><c r="A{row}"><v>7</v></c></row>' for row in range(1, rows))
    assert len(read_table(book(SHEET.format(near))).lines) == rows - 1
    with pytest.raises(UserError, match="TD-ENV-074"):
        read_table(book(SHEET.format(near + FAR)))
    wide = near + f'<row r="{rows}"><c r="EZ{rows}"><v>8</v></c></row>'
    assert read_table(book(SHEET.format(wide))).lines[-1].cells[-1] == "8"


@pytest.mark.parametrize("name", ["XL/Worksheets/SHEET1.XML", "xl/worksheets/a/b.bin", "xl/sheet.txt"])
def test_a_sheet_may_be_called_anything(tmp_path: Path, name: str) -> None:
    path, rels = tmp_path / "a.xlsx", "xl/_rels/workbook.xml.rels"
    for sheet, refused in ((SHEET.format(FAR), True), (SHEET.format(cell(1, "A", "Tên")), False)):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in ROOT.items():
                target = name[3:] if name[:2] == "xl" else "worksheets/sheet1.xml"
                archive.writestr(
                    member, content.replace("worksheets/sheet1.xml", target) if member == rels else content
                )
            archive.writestr(name, sheet)
        if refused:
            with pytest.raises(UserError, match="TD-ENV-074"):
                read_table(path)
        else:
            assert [line.cells for line in read_table(path).lines] == [("Tên",)]


def test_pictures_are_no_sheets_and_broken_ones_are_not_read(book: Make) -> None:
    noise = bytes(range(256)) * 9 + b'<row r="1048576"><c r="XFD1048576">'
    assert read_table(book(SHEET.format(cell(1, "A", "Tên")), **{"xl/media/a.png": noise})).lines
    with pytest.raises(UserError, match="TD-ENV-074"):
        read_table(book(SHEET.format("<a b=c/>" + FAR.replace('"', "'"))))


def test_a_member_that_cannot_be_read_hides_no_other(book: Make) -> None:
    """The reader would pass over it and open the sheet."""
    path = book("")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/first.txt", b"Zqxwv")
        for member, text in {**ROOT, "xl/worksheets/sheet1.xml": SHEET.format(FAR)}.items():
            archive.writestr(member, text)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Zqxwv", b"Zqxwx"))
    with pytest.raises(UserError, match="TD-XFER-003"):
        read_table(path)
    path.write_bytes(content + b"PK\x05\x06")
    with pytest.raises(UserError, match=r"TD-XFER-003|TD-ENV-074"):
        read_table(path)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsb", "a.ods"])
def test_a_file_that_unpacks_to_more_than_memory(book: Make, name: str) -> None:
    path = book(SHEET.format(""), name)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/x.bin", "w") as stream:
        for _ in range(110 if name != "a.xlsx" else 1010):
            stream.write(bytes(1_000_000))
    assert path.stat().st_size < 2_000_000
    tracemalloc.start()
    with pytest.raises(UserError, match="TD-ENV-074"):
        read_table(path)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_what_a_book_names_outside_is_not_fetched(book: Make, tmp_path: Path) -> None:
    """Entities and links to other files are no text of a cell."""
    (tmp_path / "bi-mat.txt").write_text("Zqxwv", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/bi-mat.txt">]>'
    sheet = HEAD + entity + SHEET.format(cell(1, "A", "&e;") + cell(2, "A", "sau"))
    try:
        lines = [line.cells for line in read_table(book(sheet)).lines]
    except UserError as refused:
        assert refused.code == "TD-XFER-003"
        return
    assert "Zqxwv" not in str(lines)


def test_entities_that_multiply(book: Make) -> None:
    names = "abcdefghij"
    entities = '<!ENTITY a "zqzqzqzqzq">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise(names)
    )
    sheet = HEAD + f"<!DOCTYPE x [{entities}]>" + SHEET.format(cell(1, "A", "&j;") + cell(2, "A", "sau"))
    try:
        assert "zq" not in str(read_table(book(sheet)).lines)
    except UserError as refused:
        assert refused.code == "TD-XFER-003"


def test_formulas_and_links_are_the_value_that_stands_there(book: Make) -> None:
    row = '<row r="1"><c r="A1"><f>HYPERLINK("http://x.invalid","mở")+[1]A!A1</f><v>7</v></c></row>'
    assert read_table(book(SHEET.format(row))).lines[0].cells == ("7",)
