"""Charts on paper: text that can be read and searched, nothing outside, told apart in pure black and white."""

from __future__ import annotations

import re
import zlib
from itertools import combinations

import pypdfium2
import pytest
from PIL import Image

from tests.unit.charts.made_charts import CHARTS, EMPTY, LONG, MANY, bars, grid, lines, stacked
from tests.unit.printing.measured import Page, pages_of
from thidua_desktop.charts.model import Chart, ChartKind
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import Document, Paragraph
from thidua_desktop.printing.render import render

_DOTS = 200


def drawn(chart: Chart) -> list[Page]:
    return pages_of(render(Document((chart,))).pdf)


def text_of(chart: Chart) -> str:
    return " ".join(" ".join(page.text.split()) for page in drawn(chart))


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_leaves_the_text_area(name: str) -> None:
    for page in drawn(CHARTS[name]):
        assert page.drawn
        assert min(line.left for line in page.drawn) >= 29.9
        assert max(line.right for line in page.drawn) <= 195.1
        assert min(letter.left for letter in page.letters) >= 29.9
        assert max(letter.right for letter in page.letters) <= 194.1


@pytest.mark.parametrize("name", CHARTS)
def test_title_names_and_legend_can_be_searched(name: str) -> None:
    chart, text = CHARTS[name], text_of(CHARTS[name])
    assert chart.title in text
    assert f"({chart.unit})" in text
    named = chart.panels if chart.kind is ChartKind.PANELS else ()
    for one in (*(panel.name for panel in named), *(() if named else chart.categories)):
        assert one in text or (one == LONG and "Thôn Hòa" in text) or (one in {"Trộm cắp"} and "Trộm" in text)
    if len(chart.series) > 1:
        assert all(series.name in text for series in chart.series)


def test_values_are_printed_in_vietnamese() -> None:
    assert "1.000.000.000" in text_of(CHARTS["bars, far apart"])
    assert "13 (44,8%)" in text_of(CHARTS["whole"])
    assert "Ngoài ra 3 cuộc không ghi khu dân cư." in text_of(CHARTS["grid"])
    assert "– chưa có số liệu" in text_of(CHARTS["grid"])
    assert "3.296" in text_of(CHARTS["lines"])


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_chart_says_so(name: str) -> None:
    assert "Không có số liệu trong kỳ" in text_of(EMPTY[name])


@pytest.mark.parametrize("name", CHARTS)
def test_only_black_white_and_grey(name: str) -> None:
    pdf = render(Document((CHARTS[name],))).pdf
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        content = _content(stream)
        if b" Tf" not in content:
            continue
        for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", content):
            assert red == green == blue


def _content(stream: bytes) -> bytes:
    import base64

    try:
        return zlib.decompress(base64.a85decode(stream.strip().removesuffix(b"~>")))
    except (ValueError, zlib.error):
        return b""


def _pure(chart: Chart) -> Image.Image:
    """The page without any grey, as a poor copier leaves it."""
    with pypdfium2.PdfDocument(render(Document((chart,))).pdf) as pdf:
        grey = pdf[0].render(scale=_DOTS / 72).to_pil().convert("L")
    return grey.point(lambda dot: 255 if dot > 127 else 0)


def _look(part: Image.Image) -> tuple[float, float, float, float]:
    """Share of black dots, and how often a dot equals its neighbour across, below and slanting."""
    width, height = part.size
    dots = [[part.getpixel((x, y)) == 0 for x in range(width)] for y in range(height)]
    inner = [(x, y) for y in range(3, height - 3) for x in range(3, width - 3)]

    def same(across: int, down: int) -> float:
        return sum(dots[y][x] == dots[y + down][x + across] for x, y in inner) / len(inner)

    return (sum(map(sum, dots)) / (width * height), same(3, 0), same(0, 3), same(3, -3))


def test_six_series_differ_in_pure_black_and_white() -> None:
    chart = stacked(("Tổ",), *((1,),) * 6)
    page, picture = drawn(chart)[0], _pure(chart)
    labels = re.findall("16,7%", page.text)
    assert len(labels) == 6
    signs = [letter for letter in page.letters if letter.text == "%"]
    looks = []
    for sign in signs:
        left, foot = sign.right + 0.8, sign.baseline
        box = (left, foot - 2.2, left + 3.2, foot)
        looks.append(_look(picture.crop(tuple(round(edge / 25.4 * _DOTS) for edge in box))))
    for one, other in combinations(looks, 2):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) > 0.08, looks


def test_classes_of_the_map_get_darker_in_pure_black_and_white() -> None:
    names = ("a", "b", "c", "d", "e")
    chart = grid(names, (0, 1, 2, 3, 4), tuple((0, number) for number in range(5)))
    page, picture = drawn(chart)[0], _pure(chart)
    foot = max(letter.baseline for letter in page.letters if letter.text == "4")
    black = []
    for number in range(5):
        (middle,) = [
            (letter.left + letter.right) / 2
            for letter in page.letters
            if letter.text == str(number) and abs(letter.baseline - foot) < 0.1
        ]
        box = (middle + 2.5, foot - 2.0, middle + 6.5, foot)
        black.append(_look(picture.crop(tuple(round(edge / 25.4 * _DOTS) for edge in box)))[0])
    assert black == sorted(black) and len({round(one, 2) for one in black}) == 5


def test_a_long_chart_goes_on_over_pages_and_a_short_one_is_not_cut() -> None:
    assert len(drawn(CHARTS["bars, 200"])) > 3
    assert len(drawn(CHARTS["panels, 200"])) > 3
    assert len(drawn(CHARTS["grid, 200"])) > 1
    filled = Document((*(Paragraph(f"Dòng {number}") for number in range(28)), CHARTS["whole"]))
    last = pages_of(render(filled).pdf)[-1].text
    assert "Cơ cấu" in last and "Trộm cắp" in last and "Khác" in last


def test_a_letter_that_the_font_lacks_is_named() -> None:
    with pytest.raises(UserError) as refused:
        render(Document((bars(("Loa 📢",), (1,)),)))
    assert refused.value.code == "TD-PRINT-001"


def test_the_same_chart_gives_the_same_bytes() -> None:
    document = Document((CHARTS["panels"], lines((1,) * 12), CHARTS["grid"]))
    assert render(document).pdf == render(document).pdf


def test_all_areas_are_named_on_the_paper() -> None:
    text = text_of(grid(MANY, tuple(range(200))))
    assert all(f"số {number}" in text for number in range(1, 201))
