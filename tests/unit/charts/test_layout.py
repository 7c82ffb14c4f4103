"""Charts as boxes: nothing outside the frame, no word on another, marks as long as their values."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.unit.charts.made_charts import AREAS, CHARTS, EMPTY, MANY, bars, grid, lines, panels, shares, stacked
from thidua_desktop.charts.columns import columns_fit
from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.grid_map import MOST_COLUMNS, automatic_places, classes_of
from thidua_desktop.charts.layout import lay_out
from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.charts.scale import percent_text, scale_for, value_text
from thidua_desktop.charts.shapes import Area, Band, Box, Marker, Pattern, Stroke, Words, hatch
from thidua_desktop.charts.words import NO_VALUES, spoken

WIDTHS = (280.0, 465.0, 700.0, 1100.0)


def measure(text: str, size: float, bold: bool) -> float:
    """Letters of a plain made-up font: capitals and digits are wider than points and commas."""
    return sum(0.28 if letter in " .,–'il" else 0.72 if letter.isupper() else 0.5 for letter in text) * size


def laid(chart: Chart, width: float = 465.0, **sizes: float) -> list[Band]:
    return lay_out(chart, Frame(width, measure, **sizes))


def words_of(bands: list[Band]) -> list[Words]:
    return [shape for band in bands for shape in band.shapes if isinstance(shape, Words)]


def boxes_of(band: Band) -> list[Box]:
    found = [shape.box for shape in band.shapes if isinstance(shape, Words | Area)]
    for shape in band.shapes:
        if isinstance(shape, Stroke):
            found += [Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) for x1, y1, x2, y2 in shape.lines]
        elif isinstance(shape, Marker):
            reach = shape.radius
            found.append(Box(shape.x - reach, shape.y - reach, shape.x + reach, shape.y + reach))
    return found


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CHARTS)
def test_nothing_leaves_the_frame(name: str, width: float) -> None:
    for band in laid(CHARTS[name], width):
        for box in (*boxes_of(band), *(Box(*mark.box) for mark in band.marks)):
            assert box.left >= -2.5 and box.right <= width + 2.5, box
            assert box.top >= -7.5 and box.bottom <= band.height + 1, box


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", CHARTS)
def test_no_word_stands_on_another(name: str, width: float) -> None:
    for band in laid(CHARTS[name], width):
        words = [shape for shape in band.shapes if isinstance(shape, Words)]
        for one, other in combinations(words, 2):
            assert not _shrunk(one.box).meets(_shrunk(other.box)), (one.text, other.text)


@pytest.mark.parametrize("name", CHARTS)
def test_words_on_a_pattern_stand_on_a_ground_of_their_own(name: str) -> None:
    for band in laid(CHARTS[name]):
        areas = [shape for shape in band.shapes if isinstance(shape, Area) and shape.pattern is not Pattern.TRACK]
        for one in band.shapes:
            if isinstance(one, Words) and not one.plate:
                assert not any(_shrunk(one.box).meets(area.box) for area in areas), one.text


def _shrunk(box: Box) -> Box:
    """Letters of two lines may come as near as those of a paragraph."""
    return Box(box.left + 0.2, box.top + 0.6, box.right - 0.2, box.bottom - 0.6)


@pytest.mark.parametrize("name", CHARTS)
def test_on_the_screen_nothing_is_smaller_than_a_caption(name: str) -> None:
    words = words_of(laid(CHARTS[name], 560.0, text=13.0, value=13.0, least=13.0))
    allowed = 13.0 if not name.startswith("grid") else 6.0
    assert all(one.size >= allowed for one in words)


@pytest.mark.parametrize("name", CHARTS)
def test_bands_are_short_enough_for_a_page(name: str) -> None:
    assert max(band.height for band in laid(CHARTS[name])) < 260


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_chart_says_so(name: str) -> None:
    assert [one.text for one in words_of(laid(EMPTY[name]))] == [NO_VALUES]


@pytest.mark.parametrize("name", CHARTS)
def test_every_value_can_be_pointed_at(name: str) -> None:
    chart = CHARTS[name]
    said = [mark.words for band in laid(chart) for mark in band.marks]
    assert len(said) >= (0 if "zero" in name else 1)
    if chart.kind in (ChartKind.BARS, ChartKind.GRID):
        assert len(said) == len(chart.series) * len(chart.categories)
    assert all(":" in words for words in said)


def test_columns_where_they_fit_and_rows_where_they_do_not() -> None:
    frame = Frame(465.0, measure)
    assert columns_fit(CHARTS["bars"], frame)
    assert not columns_fit(CHARTS["bars in rows"], frame)
    assert not columns_fit(bars(("Một", "Hai") * 6, (10**9,) * 12), frame)
    assert not columns_fit(CHARTS["bars"], Frame(90.0, measure))


def test_columns_are_as_high_as_their_values() -> None:
    areas = [one for band in laid(bars(("a", "b"), (30, 10))) for one in band.shapes if isinstance(one, Area)]
    assert areas[0].height == pytest.approx(3 * areas[1].height)
    assert areas[0].y + areas[0].height == pytest.approx(areas[1].y + areas[1].height)


def test_rows_are_as_long_as_their_values() -> None:
    chart = bars(AREAS, (8, 4, 0, 0, 0, 0, 2))
    areas = [one for band in laid(chart) for one in band.shapes if isinstance(one, Area)]
    assert [round(one.width / areas[2].width, 3) for one in areas] == [4, 2, 1]


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    (band,) = laid(lines((1, 2, None, 4, 5, *(None,) * 7)))
    (curve,) = [one for one in band.shapes if isinstance(one, Stroke) and one.weight > 1]
    assert len(curve.lines) == 2
    assert sum(isinstance(one, Marker) for one in band.shapes) == 4


def test_missing_is_not_zero() -> None:
    texts = [one.text for one in words_of(laid(bars(("a", "b"), (0, None))))]
    assert "–" in texts and texts.count("0") == 2  # the axis and the value


def test_the_parts_of_a_whole_fill_it() -> None:
    bar, *_ = laid(shares(("a", "b", "c"), 1, 2, 1))
    areas = [one for one in bar.shapes if isinstance(one, Area)]
    assert [round(one.width / 465.0, 3) for one in areas] == [0.25, 0.5, 0.25]
    assert [one.text for one in words_of([bar])] == ["25,0%", "50,0%", "25,0%"]


def test_a_whole_of_nothing_is_an_empty_track() -> None:
    *_, last = laid(stacked(("Có", "Không"), (1, 0), (1, 0)))
    (area,) = [one for one in last.shapes if isinstance(one, Area)]
    assert area.pattern is Pattern.TRACK and not last.marks


def test_panels_share_one_scale_and_break_in_rows() -> None:
    chart = panels(AREAS)
    rows = laid(chart)[1:]
    assert [len({mark.row for mark in band.marks}) for band in rows] == [5, 2]
    tall = {
        (mark.row, mark.place): area.height
        for band in rows
        for mark in band.marks
        for area in band.shapes
        if isinstance(area, Area) and mark.box.left <= area.x < mark.box.right
    }
    values = {(row, at): value for row, one in enumerate(chart.panels) for at, value in enumerate(one.columns.values)}
    ratios = {round(height / float(values[key] or 0), 4) for key, height in tall.items()}
    assert len(ratios) == 1


@pytest.mark.parametrize(("width", "side"), [(280.0, 3), (465.0, 5), (700.0, 6), (1100.0, 6)])
def test_three_to_six_panels_side_by_side(width: float, side: int) -> None:
    first = laid(panels(MANY), width)[1]
    assert len({mark.row for mark in first.marks}) == side


def test_the_running_month_is_outlined() -> None:
    band = laid(panels(("Tân Lập",)))[1]
    patterns = [one.pattern for one in band.shapes if isinstance(one, Area)]
    assert patterns.count(Pattern.PLAIN) == 1


def test_cells_stand_where_they_were_placed() -> None:
    bands = laid(CHARTS["grid, placed"])
    marks = {mark.words.split(":")[0]: mark.box for band in bands for mark in band.marks}
    assert marks["Tân Lập"].left == marks["Tây Hạ"].left > marks["Đông Hạ"].left > marks["Buôn Ea M'Doal"].left
    assert bands[4].shapes == () == bands[5].shapes  # rows without a cell stay free


def test_cells_of_themselves_are_nearly_a_square() -> None:
    assert automatic_places(15, 7)[-1] == (2, 4)
    assert max(column for _, column in automatic_places(200, 40)) == MOST_COLUMNS - 1
    assert automatic_places(1, 7) == [(0, 0)]


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ((0, None, 1, 2, 3, 4), ["0", "1", "2", "3", "4"]),
        ((5, 5, 5), ["5"]),
        ((1, 1, 1, 1, 1, 9), ["1", "9"]),
        (tuple(range(1, 13)), ["1 – 3", "4 – 6", "7 – 9", "10 – 12"]),
        ((3, 1000, 2, 1), ["1", "2", "3", "1.000"]),
        ((0, 0, None), ["0"]),
        ((None,), []),
    ],
)
def test_classes_hold_about_as_many_places_each(values: tuple[int | None, ...], names: list[str]) -> None:
    classes = classes_of(values)
    assert [one.name for one in classes] == names
    assert len({one.pattern for one in classes}) == len(classes)


def test_no_class_lacks_a_value() -> None:
    for values in ((1, 2, 2, 2, 3), (4, 4, 4, 4, 1), (1, 2, 3, 4, 4, 4, 4, 4, 4), tuple(range(57))):
        for one in classes_of(values):
            assert any(one.least <= value <= one.most for value in values)
        assert all(any(one.least <= value <= one.most for one in classes_of(values)) for value in values)


def test_hatching_stays_in_its_area() -> None:
    for pattern in Pattern:
        area = Area(10.0, 20.0, 37.0, 11.0, pattern)
        for x1, y1, x2, y2 in hatch(area, 1.0):
            assert 9.999 < min(x1, x2) <= max(x1, x2) < 47.001 and 19.999 < min(y1, y2) <= max(y1, y2) < 31.001
    assert hatch(Area(0, 0, 9, 9, Pattern.SLANTED), 1.0) != hatch(Area(0, 0, 9, 9, Pattern.SPARSE), 1.0)


def test_each_category_needs_its_value() -> None:
    with pytest.raises(ValueError, match="one value for each category"):
        laid(bars(("a", "b"), (1,)))
    with pytest.raises(ValueError, match="one value for each category"):
        laid(Chart(ChartKind.BARS, "Lệch", ("a",), (Series("x", (1,), (None, None)),)))
    with pytest.raises(ValueError, match="place"):
        laid(grid(("a", "b"), (1, 2), ((0, 0),)))


@pytest.mark.parametrize(
    ("values", "high"),
    [((0, 3296), 4000), ((1,), 1), ((0,), 1), ((7, 12), 15), ((0.2, 0.9), 1.0), ((10**9,), 10**9), ((), 1)],
)
def test_axes_end_on_round_numbers(values: tuple[float, ...], high: float) -> None:
    scale = scale_for(values)
    assert scale.high == pytest.approx(high)
    assert 2 <= len(scale.ticks) <= 7


def test_numbers_are_written_in_vietnamese() -> None:
    assert (value_text(1234.5), value_text(None), value_text(10**9)) == ("1.234,5", "–", "1.000.000.000")
    assert percent_text(1, 3) == "33,3%"


def test_a_chart_can_be_heard() -> None:
    words = spoken(CHARTS["bars"])
    assert spoken(EMPTY["no area"]) == NO_VALUES
    assert words.startswith("Tuyên truyền: Kỳ này 21, Kỳ trước 14, Cùng kỳ năm trước 12; ")
    assert "và 140 mục nữa" in spoken(CHARTS["grid, 200"]) and "Ngoài ra 3 cuộc" in spoken(CHARTS["grid"])
    assert spoken(CHARTS["panels"]).startswith("Tân Lập: T1 ")


def test_four_lines_differ_without_colour() -> None:
    head, band = laid(CHARTS["lines, four"])
    for shapes in (head.shapes, band.shapes):
        dashes = [one.dash for one in shapes if isinstance(one, Stroke) and one.weight > 1]
        markers = dict.fromkeys(one.sort for one in shapes if isinstance(one, Marker))
        assert dashes == [0, 1, 2, 3] == list(markers)
