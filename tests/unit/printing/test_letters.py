"""Every letter that goes in comes out; what the font lacks stops the print."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.unit.printing.measured import pages_of, text_of
from thidua_desktop.errors import UserError
from thidua_desktop.paths import resource_path
from thidua_desktop.printing.blocks import Align, Column, Document, Meta, Paragraph, Run, Table
from thidua_desktop.printing.fonts import BUNDLED, TIMES, load_typeface
from thidua_desktop.printing.render import render

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LOWER = (*(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES), "đ")
LETTERS = tuple(case for letter in LOWER for case in (letter, letter.upper()))


def printed(text: str, **style: bool) -> str:
    return text_of(render(Document((Paragraph((Run(text, **style),), align=Align.LEFT),))).pdf)


def test_there_are_146_vietnamese_letters() -> None:
    assert len(set(LETTERS)) == 146


@pytest.mark.parametrize("style", [{}, {"bold": True}, {"italic": True}, {"bold": True, "italic": True}])
def test_every_vietnamese_letter_is_read_back_exactly(style: dict[str, bool]) -> None:
    assert "".join(printed(" ".join(LETTERS), **style).split()) == "".join(LETTERS)


@pytest.mark.parametrize("name", [*BUNDLED, "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
def test_bundled_fonts_hold_every_vietnamese_letter_and_may_be_embedded(name: str) -> None:
    font = TTFont(resource_path("fonts", name))
    assert {ord(letter) for letter in LETTERS} <= set(font.getBestCmap())
    assert font["OS/2"].fsType == 0


def test_the_papers_font_is_the_version_that_has_them_all() -> None:
    for name in BUNDLED:
        assert TTFont(resource_path("fonts", name))["name"].getDebugName(5) == "Version 2.1.5"


def test_licences_of_the_fonts_travel_with_them() -> None:
    for name in ("OFL-Liberation.txt", "OFL-NotoSans.txt"):
        assert "SIL OPEN FONT LICENSE" in resource_path("fonts", name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "Ông A & B <họp tổ> 5<6, 7>2",
        "<b>không đậm</b> <br> <para> &amp; &lt;",
        "(ngoặc) \\ gạch chéo \\n %s {0} [1]",
        "K'Nớ Ha Brông, H'Hen “nháy” – gạch… 25,6% ₫ m²",
    ],
)
def test_nothing_in_a_text_is_markup(text: str) -> None:
    assert printed(text).strip() == text
    table = Document((Table((Column("Cột & <b>"),), ((text,),)),))
    assert text in text_of(render(table).pdf)


def test_decomposed_text_is_printed_composed() -> None:
    text = "Xã Phú Hòa, thôn Tân Lập, Đường Nguyễn Huệ"
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert printed(decomposed).strip() == text
    in_table = render(Document((Table((Column(decomposed),), ((decomposed,),)),)))
    assert text_of(in_table.pdf).count(text) == 2


def test_a_missing_letter_is_named_with_its_place() -> None:
    with pytest.raises(UserError) as caught:
        printed("Hội nghị ngày 5 có cụ Trần 漢 Văn An dự")
    assert caught.value.code == "TD-PRINT-001"
    assert "“漢”" in caught.value.sentence
    assert "U+6F22" in caught.value.sentence
    assert "cụ Trần 漢 Văn An" in caught.value.sentence
    assert caught.value.remedy


@pytest.mark.parametrize(
    "document",
    [
        Document((Table((Column("A"),), (("😀",),)),)),
        Document((Table((Column("漢"),), (("a",),)),)),
        Document((Paragraph("a"),), Meta(title="漢")),
        Document((Paragraph("a\x07b"),)),
    ],
)
def test_a_missing_letter_is_found_wherever_it_stands(document: Document) -> None:
    with pytest.raises(UserError, match="TD-PRINT-001"):
        render(document)


def test_boxes_and_ticks_are_drawn() -> None:
    plain = pages_of(render(Document((Paragraph("Đồng ý  Không"),))).pdf)[0]
    ticked = pages_of(render(Document((Paragraph("☑ Đồng ý ☐ Không ☒ ✓"),))).pdf)[0]
    assert not plain.drawn
    assert len(ticked.drawn) >= 6
    assert ticked.find("Không").left > plain.find("Không").left + 4


def test_invisible_letters_disappear_and_hard_spaces_stay_together() -> None:
    assert printed("\ufeffxã\u200b Phú\u00a0Hòa").strip().replace("\u00a0", " ") == "xã Phú Hòa"


def test_times_new_roman_is_used_where_a_folder_has_all_four(tmp_path: Path) -> None:
    for name, bundled in zip(TIMES, BUNDLED, strict=True):
        (tmp_path / name.upper()).write_bytes(resource_path("fonts", bundled).read_bytes())
    assert load_typeface(tmp_path).regular.name.startswith("paper-times-")
    (tmp_path / TIMES[1].upper()).write_bytes(b"damaged")
    assert load_typeface(tmp_path / ".").regular.name.startswith("paper-times-")  # known already, read once
    (tmp_path / TIMES[3].upper()).unlink()
    assert load_typeface(tmp_path).regular.name.startswith("paper-liberationserif-regular-")
    assert load_typeface(tmp_path / "absent").regular.name.startswith("paper-liberationserif-regular-")


def test_missing_fonts_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua_desktop.printing.fonts.resource_path", tmp_path.joinpath)
    with pytest.raises(UserError) as caught:
        load_typeface()
    assert caught.value.code == "TD-PRINT-004"
    assert "LiberationSerif-Regular.ttf" in caught.value.sentence
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / BUNDLED[0]).write_bytes(b"not a font")
    with pytest.raises(UserError, match="TD-PRINT-004"):
        load_typeface()
