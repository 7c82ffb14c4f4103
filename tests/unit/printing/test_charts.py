"""Charts: axes, labels, greys only, nothing outside the text area, an empty chart says so."""

from __future__ import annotations

import re
import zlib

import pytest

from tests.unit.printing.measured import Page, pages_of
from thidua_desktop.printing.blocks import Chart, ChartKind, Document, Series
from thidua_desktop.printing.charts import number_text, scale_for
from thidua_desktop.printing.render import render

MONTHS = tuple(f"Tháng {number}" for number in range(1, 13))
AREAS = ("Tân Lập", "Long Thạnh", "Thôn Hòa Bắc, khu vực chợ trung tâm xã và bến xe liên huyện", "Gò Dài")

CHARTS = {
    "bars": Chart(
        ChartKind.BARS,
        "Cuộc họp",
        MONTHS[:6],
        (Series("Năm 2026", (12, 15, 9, 1234, None, 3)), Series("Năm 2025", (8, 9, 10, 11, 12, 13))),
        "cuộc",
    ),
    "bars in rows": Chart(ChartKind.BARS, "Tin báo", AREAS * 3, (Series("Kỳ này", tuple(range(12))),), "tin"),
    "lines": Chart(
        ChartKind.LINES,
        "Lượt dự",
        MONTHS,
        (Series("Năm nay", (10, 12, 15, 9, 20, 22, 25, 21, 18, 30, 35, None)), Series("Năm trước", (8,) * 12)),
    ),
    "shares": Chart(ChartKind.SHARES, "Cơ cấu vụ việc", ("Trộm cắp", "Lừa đảo"), (Series("Số vụ", (3, 1)),), "vụ"),
    "stacked": Chart(
        ChartKind.SHARES,
        "Phân loại",
        ("Năm 2025", "Năm 2026"),
        (Series("Xuất sắc", (5, 7)), Series("Khá", (8, 7)), Series("Trung bình", (2, 1))),
    ),
    "below zero": Chart(ChartKind.BARS, "Tăng, giảm", ("Trộm", "Cháy"), (Series("So cùng kỳ", (-3, 5)),), "vụ"),
}


def drawn(chart: Chart) -> Page:
    (page,) = pages_of(render(Document((chart,))).pdf)
    return page


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_leaves_the_text_area(name: str) -> None:
    page = drawn(CHARTS[name])
    assert page.drawn
    assert min(line.left for line in page.drawn) >= 29.9
    assert max(line.right for line in page.drawn) <= 194.1
    assert min(letter.left for letter in page.letters) >= 29.9
    assert max(letter.right for letter in page.letters) <= 194.1


@pytest.mark.parametrize("name", CHARTS)
def test_title_categories_and_legend_are_read(name: str) -> None:
    chart, text = CHARTS[name], " ".join(drawn(CHARTS[name]).text.split())
    assert chart.title in text
    assert not chart.unit or f"({chart.unit})" in text
    for category in chart.categories:
        assert category.split()[0] in text
    for series in chart.series:
        assert (series.name in text) == (len(chart.series) > 1)


def test_values_are_printed_in_vietnamese() -> None:
    assert "1.234" in drawn(CHARTS["bars"]).text
    assert "3 (75,0%)" in drawn(CHARTS["shares"]).text
    assert "46,7%" in drawn(CHARTS["stacked"]).text
    assert "-3" in drawn(CHARTS["below zero"]).text
    assert number_text(1234.5, 1) == "1.234,5"


def test_values_of_a_line_never_cover_each_other() -> None:
    page = drawn(CHARTS["lines"])
    for value in ("25", "30", "35"):
        assert value in page.text


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


def test_longer_bars_for_larger_values() -> None:
    lines = [line for line in drawn(CHARTS["shares"]).drawn if line.right > line.left and line.top == line.bottom]
    lengths = sorted({round(line.width, 1) for line in lines if line.width > 5})
    assert lengths[-1] == pytest.approx(3 * lengths[0], rel=0.02)


def test_an_empty_chart_says_so() -> None:
    empty = Chart(ChartKind.LINES, "Tin báo", MONTHS, (Series("Năm nay", (None,) * 12),))
    assert "Không có số liệu trong kỳ" in drawn(empty).text
    assert "Không có số liệu trong kỳ" in drawn(Chart(ChartKind.BARS, "Tin báo", (), ())).text


def test_all_zero_and_single_values_are_drawn() -> None:
    for kind in ChartKind:
        assert drawn(Chart(kind, "Không", ("a", "b"), (Series("x", (0, 0)),))).drawn
        assert drawn(Chart(kind, "Một", ("a",), (Series("x", (1,)),))).drawn


def test_each_category_needs_its_value() -> None:
    with pytest.raises(ValueError, match="one value for each category"):
        drawn(Chart(ChartKind.BARS, "Lệch", ("a", "b"), (Series("x", (1,)),)))


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((0, 3296), (0, 4000)),
        ((1,), (0, 1)),
        ((0,), (0, 1)),
        ((7, 12), (0, 15)),
        ((-3, 5), (-4, 6)),
        ((0.2, 0.9), (0, 1.0)),
    ],
)
def test_axes_end_on_round_numbers(values: tuple[float, ...], ends: tuple[float, float]) -> None:
    scale = scale_for(values)
    assert (scale.low, scale.high) == pytest.approx(ends)
    assert 2 <= len(scale.ticks()) <= 7
