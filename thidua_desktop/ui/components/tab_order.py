"""Tab in reading order, where parts of a window are made later than what stands below them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

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
    layout = inner.layout()
    if layout is not None:
        yield from _of_layout(layout)
        return
    for child in inner.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from _stop_or_inside(child)


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield from _stop_or_inside(widget)
        elif inner is not None:
            yield from _of_layout(inner)


def _stop_or_inside(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget, QScrollArea):
        yield widget
    else:
        yield from _stops(widget)
