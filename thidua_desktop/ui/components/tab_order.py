"""Tab in reading order, where parts of a window are made later than what stands below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def order_tabs(window: QWidget) -> None:
    """Makes Tab go through ``window`` as its layouts read: call it when everything has its place."""
    for before, after in pairwise(_stops(window)):
        QWidget.setTabOrder(before, after)


def _stops(widget: QWidget) -> Iterator[QWidget]:
    inner = widget.widget() if isinstance(widget, QScrollArea) else widget
    if inner is None:
        return
    parts = [child for child in inner.children() if isinstance(child, QWidget) and not child.isWindow()]
    layout = inner.layout()
    if layout is not None:
        yield from _of_layout(layout, parts)
        return
    for child in parts:
        yield from _stop_or_inside(child)


def _of_layout(layout: QLayout, parts: Sequence[QWidget]) -> Iterator[QWidget]:
    """What of ``parts`` a layout holds, in its order; its items are not asked for (``showing.widgets_of``)."""
    places: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(one), one) for one in parts]
    places += [(layout.indexOf(one), one) for one in layout.children() if isinstance(one, QLayout)]
    for _, one in sorted((place for place in places if place[0] >= 0), key=itemgetter(0)):
        yield from _of_layout(one, parts) if isinstance(one, QLayout) else _stop_or_inside(one)


def _stop_or_inside(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollArea):
        yield widget
    else:
        yield from _stops(widget)
