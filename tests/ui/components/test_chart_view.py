"""Charts on the screen: drawn in every theme and size, told apart without colour, pointed at by mouse and keys."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from tests.unit.charts.made_charts import CHARTS, EMPTY, bars, grid, stacked
from thidua_desktop.charts import layout
from thidua_desktop.charts.frame import Frame
from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.charts.shapes import Band, Words
from thidua_desktop.charts.words import NO_VALUES
from thidua_desktop.ui.components.chart_view import ChartView, screen_frame
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.look.theme import Look, Theme


def shown(qtbot: QtBot, look: Look, chart: Chart, width: int = 560) -> ChartView:
    view = ChartView(look, chart)
    qtbot.addWidget(view)
    view.resize(width, view.heightForWidth(width))
    with qtbot.waitExposed(view):
        view.show()
    return view


def sourced(chart: Chart) -> Chart:
    series = tuple(
        Series(one.name, one.values, tuple((one.name, place) for place in range(len(one.values))))
        for one in chart.series
    )
    return Chart(chart.kind, chart.title, chart.categories, series, chart.unit)


def middle(view: ChartView, number: int) -> QPoint:
    return (view.marks[number][1].center() + QPointF(1, 0)).toPoint()


@pytest.mark.parametrize("name", [*CHARTS, *EMPTY])
def test_every_chart_is_drawn(name: str, qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, {**CHARTS, **EMPTY}[name])
    picture = view.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, 560, 3) for y in range(0, min(200, view.height()), 2)}) > 1
    assert view.accessibleName() == view.chart.title
    assert (view.accessibleDescription() == NO_VALUES) == (name in EMPTY)


@pytest.mark.parametrize("theme", list(Theme))
def test_it_follows_theme_and_text_size(theme: Theme, qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, CHARTS["bars"])
    low = view.height()
    look.set_theme(theme)
    look.set_text_scale(1.5)
    view.resize(560, view.heightForWidth(560))
    assert view.height() > low * 1.3
    colors = {view.grab().toImage().pixelColor(x, view.height() // 2).name() for x in range(560)}
    assert look.color("accent-ink").name() in colors


def _black(picture: QImage, left: int, top: int, width: int, height: int) -> float:
    dots = [(x, y) for x in range(left, left + width) for y in range(top, top + height)]
    return sum(picture.pixelColor(*dot).lightness() < 128 for dot in dots) / len(dots)


def test_parts_differ_without_colour(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, stacked(("Tổ",), *((1,),) * 6), 900)
    picture = view.grab().toImage()
    shades = []
    for _, box in view.marks:
        left, top = round(box.left()) + 4, round(box.top()) + 3
        across = sum(
            picture.pixelColor(left + x, top + y).lightness() < 160
            and picture.pixelColor(left + x + 1, top + y).lightness() < 160
            for x in range(20)
            for y in range(10)
        )
        shades.append((round(_black(picture, left, top, 20, 10), 1), across // 12))
    assert len(set(shades)) >= 5, shades


def test_the_mouse_says_a_value_and_opens_it(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, sourced(CHARTS["bars"]))
    opened: list[tuple[object, str]] = []
    view.opened.connect(lambda source, words: opened.append((source, words)))
    QTest.mouseMove(view, middle(view, 1))
    qtbot.waitUntil(lambda: QToolTip.text() == "Tuần tra, Kỳ này: 34 cuộc")
    assert view.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, 1))
    assert opened == [(("Kỳ này", 1), "Tuần tra, Kỳ này: 34 cuộc")]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 2, view.height() - 2))
    assert len(opened) == 1


def test_a_mark_without_a_source_opens_nothing(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, CHARTS["bars"])
    with qtbot.assertNotEmitted(view.opened):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle(view, 0))


def test_the_arrow_keys_walk_over_the_map(qtbot: QtBot, look: Look) -> None:
    chart = sourced(grid(("a", "b", "c", "d", "e", "f"), (1, 2, 3, 4, 5, 6)))
    view = shown(qtbot, look, chart)
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    said = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(view, key)
        said.append(view.accessibleDescription()[0])
    assert said == ["b", "e", "d", "a", "a", "a"]
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args[0] == ("", 0)
    view.clearFocus()
    assert view.accessibleDescription().startswith("a: 1; b: 2")  # left, it is the whole chart again


def test_other_keys_go_on_to_the_page(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, Chart(ChartKind.BARS, "Không", (), ()))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert view.current == -1


@pytest.mark.parametrize("name", ["grid, 200", "panels, 200", "bars, 200", "wholes, 200"])
def test_two_hundred_areas_do_not_hold_the_page(name: str, qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, CHARTS[name])
    begun = time.perf_counter()
    view._restyle()
    view.heightForWidth(560)
    view.grab()
    assert time.perf_counter() - begun < 5.0  # about 0.2 s here; a wide guard against growing with the square


def test_each_width_is_laid_out_once_until_the_letters_change(
    qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid: list[float] = []
    lay_out = layout.lay_out

    def noted(chart: Chart, frame: Frame) -> list[Band]:
        laid.append(frame.width)
        return list(lay_out(chart, frame))

    monkeypatch.setattr(layout, "lay_out", noted)
    view = ChartView(look, CHARTS["bars"])
    qtbot.addWidget(view)
    heights = [view.heightForWidth(width) for width in (280, 560) * 3]
    assert heights == heights[:2] * 3 and len(laid) == 2
    view.resize(560, heights[1])
    view.grab()
    assert view.bands == list(lay_out(view.chart, screen_frame(look, 558)))
    look.set_text_scale(1.5)
    assert view.heightForWidth(560) > heights[1]


def test_names_stay_whole_where_there_is_room(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, bars(("Cuộc tuyên truyền", "Ca tuần tra"), (21, 34)), 700)
    assert [mark.words for mark, _ in view.marks] == [
        "Cuộc tuyên truyền, Kỳ này: 21 cuộc",
        "Ca tuần tra, Kỳ này: 34 cuộc",
    ]


def test_the_keys_bring_a_far_mark_into_view(qtbot: QtBot, look: Look) -> None:
    view = ChartView(look, CHARTS["grid, 200"])
    area = scrolling(view)
    qtbot.addWidget(area)
    area.resize(560, 300)
    with qtbot.waitExposed(area):
        area.show()
    view.setFocus()
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Down)
    box = view.marks[view.current][1]
    top = area.verticalScrollBar().value()
    assert top > 0 and top <= box.top() and box.bottom() <= top + area.viewport().height()


def test_large_numbers_keep_their_size_on_the_map(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, grid(tuple(f"Khu {n}" for n in range(64)), (10**9,) * 64), 420)
    numbers = [one for band in view.bands for one in band.shapes if isinstance(one, Words) and one.bold]
    assert len(numbers) == 64 and {one.size for one in numbers} == {numbers[0].size} and numbers[0].size >= 13
