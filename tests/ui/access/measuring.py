"""Whether everything on a page has the room it needs: measured from fonts and sizes, not looked at.

``too_small`` says what is cut off, ``overlapping`` what covers its neighbour; ``walking`` has what stands outside its
parent and what scrolls sideways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import combinations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.ui.access.walking import path
from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.components.labels import ElidedLabel
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.fonts import TextRole

_BESIDE_TEXT = 4  # px that a line edit keeps free at the ends of its text
_HAIR = 2  # px: rounding at odd text sizes
Found = Iterator[str]


def too_small(page: QWidget) -> list[str]:
    """Words and controls that need more room than they have; names that people wrote may give way with dots."""
    found: list[str] = []
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and not widget.isWindow() and not widget.objectName().startswith("qt_"):
            found += [f"{path(widget)}: {what}" for what in _lacks(widget)]
    return found


def _lacks(widget: QWidget) -> Found:
    if isinstance(widget, ElidedLabel):
        yield from _height_lacks(widget)
    elif isinstance(widget, QLabel):
        yield from _label_lacks(widget)
    elif isinstance(widget, RecordTable):
        yield from _table_lacks(widget)
    elif isinstance(widget, QTabBar):
        yield from _tabs_lack(widget)
    elif isinstance(widget, QAbstractButton | QCheckBox | QRadioButton | QComboBox):
        yield from _hint_lacks(widget)
    elif isinstance(widget, QLineEdit):
        yield from _line_lacks(widget)
    elif not isinstance(widget, QAbstractScrollArea | QHeaderView | QTableView):
        yield from _hint_lacks(widget)


def _label_lacks(widget: QLabel) -> Found:
    text, metrics, room = _plain(widget), widget.fontMetrics(), widget.contentsRect()
    if not text or not widget.pixmap().isNull():
        return
    lines = text.split("\n")
    if widget.wordWrap():
        longest = max(metrics.horizontalAdvance(word) for line in lines for word in re.split("[ \u200b]", line))
        high = metrics.boundingRect(room.adjusted(0, 0, 0, 9999), int(Qt.TextFlag.TextWordWrap), text).height()
    else:
        longest = max(metrics.horizontalAdvance(line) for line in lines)
        high = metrics.height() * len(lines)
    if longest > room.width() + _HAIR:
        yield f"{longest} px of words in {room.width()}"
    if high > room.height() + _HAIR:
        yield f"{high} px of lines in {room.height()}"


def _plain(widget: QLabel) -> str:
    if widget.textFormat() is not Qt.TextFormat.RichText:
        return widget.text()
    return unescape(re.sub("<[^>]*>", "", widget.text())).replace("\xa0", " ")


def _height_lacks(widget: QWidget) -> Found:
    if widget.fontMetrics().height() > widget.height() + _HAIR:
        yield f"a line of {widget.fontMetrics().height()} px in {widget.height()}"


def _hint_lacks(widget: QWidget) -> Found:
    """A widget smaller than it says it can be; what ignores its own hint has said that it gives way."""
    least, policy = widget.minimumSizeHint(), widget.sizePolicy()
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        least.setHeight(layout.minimumHeightForWidth(widget.width()))
    ignored = QSizePolicy.Policy.Ignored
    if policy.horizontalPolicy() is not ignored and least.width() > widget.width() + _HAIR:
        yield f"{least.width()} px wide in {widget.width()}"
    if policy.verticalPolicy() is not ignored and least.height() > widget.height() + _HAIR:
        yield f"{least.height()} px high in {widget.height()}"


def _line_lacks(widget: QLineEdit) -> Found:
    words = widget.placeholderText()
    if words and not widget.text():
        margins, option = widget.textMargins(), QStyleOptionFrame()
        widget.initStyleOption(option)
        inside = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget)
        room = inside.width() - margins.left() - margins.right() - _BESIDE_TEXT
        needed = widget.fontMetrics().horizontalAdvance(words)
        if needed > room + _HAIR:
            yield f"placeholder {words!r} of {needed} px in {room}"
    yield from _height_lacks(widget)


def _tabs_lack(widget: QTabBar) -> Found:
    shown = [at for at in range(widget.count()) if widget.isTabVisible(at)]
    needed = sum(widget.tabSizeHint(at).width() for at in shown)
    given = sum(widget.tabRect(at).width() for at in shown)
    if needed > given + _HAIR or given > widget.width() + _HAIR:
        yield f"tabs of {needed} px have {given} in {widget.width()}"


def _table_lacks(table: RecordTable) -> Found:
    """Heads, states and numbers of a table; words of the other columns were written by people."""
    model, header, look = table.model(), table.horizontalHeader(), table._look
    if model is None:
        return
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        title = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        width = header.sectionSize(section)
        needed = look.text_width(title, TextRole.TABLE_HEAD) + look.px(20 if header.visualIndex(section) == 0 else 16)
        if header.isVisible() and title and needed > width + _HAIR:
            yield f"head {title!r} of {needed} px in {width}"
        kind = table.column_kind(section)
        if kind is ColumnKind.TEXT:
            continue
        for row in range(min(model.rowCount(), 30)):
            if table.columnSpan(row, section) > 1 or (kind is ColumnKind.STATE and not _has_state(model, row, section)):
                continue
            words = str(model.index(row, section).data() or "")
            icon = look.px(21) if kind is not ColumnKind.NUMBER else 0
            if words and look.text_width(words) + icon + look.px(16) > width + _HAIR:
                yield f"cell {words!r} of {title!r} in {width}"
                break


def _has_state(model: QAbstractItemModel, row: int, section: int) -> bool:
    return model.index(row, section).data(CellRole.STATE) is not None


def overlapping(page: QWidget) -> list[str]:
    """Neighbours that cover each other; what lets the mouse through, and what pops up, covers on purpose."""
    found = []
    for parent in (page, *page.findChildren(QWidget)):
        if not parent.isVisible() or isinstance(parent, QAbstractScrollArea):
            continue
        shown = [one for one in parent.children() if isinstance(one, QWidget) and _stands(one)]
        for one, other in combinations(shown, 2):
            both = one.geometry().intersected(other.geometry())
            if both.width() > _HAIR and both.height() > _HAIR:
                found.append(f"{path(one)} and {path(other)} by {both.width()}×{both.height()}")
    return found


def _stands(widget: QWidget) -> bool:
    through = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    apart = through or widget.property("kind") == "popup"
    return widget.isVisible() and not widget.isWindow() and not widget.size().isEmpty() and not apart
