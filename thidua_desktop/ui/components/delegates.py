"""How cells are painted: selection bar, hairline, words, numbers, states, old → new, two-line rows, links.

Delegates read colours from the ``Look``, never from QSS, and elide with the whole text as tooltip. A model gives them

* ``DisplayRole``: the words; ``TextAlignmentRole``: where they stand (numbers right);
* ``CellRole.STATE``: a ``StateText`` for state cells (its text is also what ``DisplayRole`` should give);
* ``CellRole.INK``: token name of another ink; ``CellRole.BOLD``: True for bold;
* ``CellRole.CAPTION``: second words in caption size (a unit after a name, which ends in a comma then; a remark);
* ``CellRole.LINK``: words of a link at the right end of the cell;
* ``CellRole.MIDDLE``: True where words that have no room lose their middle, because their ends tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from thidua_desktop.text import unit_beside
from thidua_desktop.ui.components.painting import (
    LEFT,
    RIGHT,
    broken_lines,
    draw_icon_at,
    draw_words,
    hairline,
    rounded_box,
)
from thidua_desktop.ui.components.states import StateText
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
_LINE, _SMALL = 21, 18  # px at 100 % of a second line of words, and of small ones
_AROUND_LINK = 28  # px of a link's chevron and the gap before the link
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_RIGHTS = int(Qt.AlignmentFlag.AlignRight)
_SELECTED = QStyle.StateFlag.State_Selected
_HOVERED = QStyle.StateFlag.State_MouseOver


class CellRole(IntEnum):
    """Roles of a model beyond Qt's own."""

    STATE = Qt.ItemDataRole.UserRole + 1
    INK = Qt.ItemDataRole.UserRole + 2
    BOLD = Qt.ItemDataRole.UserRole + 3
    CAPTION = Qt.ItemDataRole.UserRole + 4
    LINK = Qt.ItemDataRole.UserRole + 5
    TINTED = Qt.ItemDataRole.UserRole + 6  # draw the state's soft tint (boards only)
    MIDDLE = Qt.ItemDataRole.UserRole + 7


def asked(index: Index) -> Callable[[int], Any]:
    """What the model says of a cell, by role. Asked of it directly: by way of the index each answer of a model in
    Python goes through Qt twice, and a page of a list asks some five hundred times in one painting.
    """
    return partial(index.model().data, index)


def is_first_shown(header: QHeaderView, section: int) -> bool:
    """Whether no column is shown to the left of one."""
    before = range(header.visualIndex(section))
    return all(header.isSectionHidden(header.logicalIndex(at)) for at in before)


class RowDelegate(QStyledItemDelegate):
    """Plain cell. ``bar`` paints the 3 px bar of a chosen row in the first visible column."""

    def __init__(self, look: Look, parent: QAbstractItemView, bar: bool = True, height: int = 32) -> None:
        super().__init__(parent)
        self.look = look
        self._view = parent
        self._bar = bar
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.look.px(80), self.look.px(self._height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self.paint_ground(painter, option, index)
        pad = self.look.px(8)
        left_pad = self.look.px(12) if self._is_first(index) else pad
        self.paint_content(painter, option, index, option.rect.adjusted(left_pad, 0, -pad, -1))
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Selection or hover, the bar, and the hairline under the row."""
        rect, look = option.rect, self.look
        selected = bool(option.state & _SELECTED)
        if selected:
            painter.fillRect(rect, look.color("sel"))
            if self._bar and self._is_first(index):
                bar = "on-sel" if look.high_contrast else "accent-ink"
                painter.fillRect(QRect(rect.left(), rect.top(), look.px(3), rect.height()), look.color(bar))
        else:
            painter.fillRect(rect, look.color("raised" if option.state & _HOVERED else "surface"))
        hairline(painter, look, rect.left(), rect.right(), rect.bottom())

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        """The words of the cell inside ``area``."""
        look, says = self.look, asked(index)
        text = str(says(_DISPLAY) or "")
        bold = bool(says(CellRole.BOLD))
        font, flags = look.font(TextRole.BASE, bold), self._flags(index)
        color = self.ink(option, str(says(CellRole.INK) or "text"))
        caption = unit_beside(text, str(says(CellRole.CAPTION) or "")) if flags == LEFT else ""
        if not caption:
            fits = look.text_width(text, bold=bold) <= area.width()
            if not fits and flags == LEFT and area.height() >= 2 * look.px(_LINE):
                self._paint_lines(painter, broken_lines(text, font, area.width(), 2), area, font, color)
                return
            draw_words(painter, text, area, font, color, flags, bool(says(CellRole.MIDDLE)), fits)
            return
        text = f"{text}," if text else ""
        kept = look.text_width(caption, TextRole.CAPTION)  # a unit stays whole; the name before it gives way
        most = area.width() - (kept if 2 * kept < area.width() else 0)
        used = min(look.text_width(text, bold=bold) + look.px(4), most) if text else 0
        draw_words(painter, text, QRect(area.left(), area.top(), used, area.height()), font, color, flags)
        small = look.font(TextRole.CAPTION)
        draw_words(painter, caption, area.adjusted(used, 1, 0, 1), small, self.ink(option, "muted"))

    def _paint_lines(self, painter: QPainter, lines: list[str], area: QRect, font: QFont, color: QColor) -> None:
        """Words that a row of two lines shows whole."""
        height = self.look.px(_LINE)
        top = area.top() + (area.height() - height * len(lines)) // 2
        for at, words in enumerate(lines):
            draw_words(painter, words, QRect(area.left(), top + at * height, area.width(), height), font, color)

    def ink(self, option: QStyleOptionViewItem, token: str) -> QColor:
        """The colour of an ink on this row; in high contrast everything on a chosen row is ``on-sel``."""
        if self.look.high_contrast and option.state & _SELECTED:
            return self.look.color("on-sel")
        return self.look.color(token)

    def ink_name(self, option: QStyleOptionViewItem, token: str) -> str:
        """The same as a token name, for icons."""
        return "on-sel" if self.look.high_contrast and option.state & _SELECTED else token

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        text = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        if not text:
            words = str(index.data(_DISPLAY) or "")
            text = words if self.look.text_width(words) > option.rect.width() - self.look.px(16) else ""
        if text:
            QToolTip.showText(event.globalPos(), text, view)
        else:
            QToolTip.hideText()
        return True

    def _flags(self, index: Index) -> int:
        alignment = index.model().data(index, _ALIGNMENT)
        return RIGHT if alignment is not None and int(alignment) & _RIGHTS else LEFT

    def _is_first(self, index: Index) -> bool:
        header = getattr(self._view, "horizontalHeader", None)
        return index.column() == 0 if header is None else is_first_shown(header(), index.column())


class StateDelegate(RowDelegate):
    """Icon and word in the state's ink; no tint, unless ``CellRole.TINTED`` says so (boards)."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        shown = asked(index)(CellRole.STATE)
        if not isinstance(shown, StateText):
            super().paint_content(painter, option, index, area)
            return
        look = self.look
        role = TextRole.BASE
        if index.data(CellRole.TINTED):
            role = TextRole.CAPTION
            border = look.color(shown.ink) if look.high_contrast else None
            box = area.adjusted(-look.px(4), look.px(3), look.px(4), -look.px(2))
            rounded_box(painter, box, look.color(shown.soft), border, radius=look.px(4))
        selected_tint = look.high_contrast and index.data(CellRole.TINTED)
        name = shown.ink if selected_tint else self.ink_name(option, shown.ink)
        middle = area.top() + area.height() // 2
        left = draw_icon_at(painter, look, shown.icon_name, name, area.left(), middle, 16) + look.px(5)
        words = QRect(left, area.top(), area.right() - left + 1, area.height())
        fits = not shown.short or look.text_width(shown.text, role) <= words.width()
        draw_words(painter, shown.text if fits else shown.short, words, look.font(role), look.color(name))


class LinkDelegate(RowDelegate):
    """The words of the cell as a link with the chevron that leads there; the view handles the click."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        text = str(index.data(_DISPLAY) or "")
        if not text:
            return
        look = self.look
        name = self.ink_name(option, "accent-ink")
        width = min(look.text_width(text), area.width() - look.px(18))
        draw_words(painter, text, QRect(area.left(), area.top(), width, area.height()), look.font(), look.color(name))
        middle = area.top() + area.height() // 2
        draw_icon_at(painter, look, "chevron-right", name, area.left() + width + look.px(2), middle, 16)


class TwoLineDelegate(RowDelegate):
    """A to-do row, 53 px: what (``DisplayRole``) and link at the right; under it state and why (``CAPTION``).

    What needs more than its line goes on in a second one, and so does why. With ``state_width`` all whys begin at the
    same place: so far from the states, or after the longest of them.
    """

    def __init__(self, look: Look, parent: QAbstractItemView, state_width: int = 128, height: int = 53) -> None:
        super().__init__(look, parent, height=height)
        self._state_width = state_width

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width() - self.look.px(28)
        more = self.look.px(_LINE) * (len(self._what(index, width)) - 1)
        more += self.look.px(_SMALL) * (len(self._why(index, width - self._why_at(index))) - 1)
        return QSize(self.look.px(80), self.look.px(self._height) + more)

    def _why(self, index: Index, width: int) -> list[str]:
        """The words beside the state, in one line or two."""
        words = str(index.data(CellRole.CAPTION) or "")
        return broken_lines(words, self.look.font(TextRole.CAPTION), width, 2)

    def _why_at(self, index: Index) -> int:
        """Pixels from where the state begins to where its why does."""
        if not self._state_width:
            return self._after_state(index)
        model = self._view.model()
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        return max(self.look.px(self._state_width), *(self._after_state(row) for row in rows))

    def _after_state(self, index: Index) -> int:
        shown = index.data(CellRole.STATE)
        if not isinstance(shown, StateText):
            return 0
        return self.look.px(16 + 5 + 8) + self.look.text_width(shown.text, TextRole.CAPTION)

    def _what(self, index: Index, width: int) -> list[str]:
        """The words of the first line, or two, in a row whose content is so wide."""
        link = str(index.data(CellRole.LINK) or "")
        beside = self.look.text_width(link) + self.look.px(_AROUND_LINK) if link else 0
        return broken_lines(str(index.data(_DISPLAY) or ""), self.look.font(), width - beside, 2)

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> None:
        look = self.look
        area = area.adjusted(look.px(4), 0, -look.px(4), 0)
        lines = self._what(index, area.width())
        more = look.px(_LINE) * (len(lines) - 1)
        upper = QRect(area.left(), area.top() + look.px(5), area.width(), look.px(23))
        lower = QRect(area.left(), area.top() + look.px(26) + more, area.width(), look.px(20))
        upper = self._paint_link(painter, option, index, upper)
        for place, words in enumerate(lines):
            line = upper.translated(0, place * look.px(_LINE))
            draw_words(painter, words, line, look.font(), self.ink(option, "text"))
        small = look.font(TextRole.CAPTION)
        shown = index.data(CellRole.STATE)
        left = lower.left()
        at = left + self._why_at(index)
        if isinstance(shown, StateText):
            name = self.ink_name(option, shown.ink)
            middle = lower.top() + lower.height() // 2
            after = draw_icon_at(painter, look, shown.icon_name, name, left, middle, 16) + look.px(5)
            width = look.text_width(shown.text, TextRole.CAPTION)
            draw_words(painter, shown.text, QRect(after, lower.top(), width, lower.height()), small, look.color(name))
        for place, words in enumerate(self._why(index, lower.right() - at)):
            why = QRect(at, lower.top() + place * look.px(_SMALL), lower.right() - at, lower.height())
            draw_words(painter, words, why, small, self.ink(option, "muted"))

    def _paint_link(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, upper: QRect) -> QRect:
        link = str(index.data(CellRole.LINK) or "")
        if not link:
            return upper
        look, name = self.look, self.ink_name(option, "accent-ink")
        width = look.text_width(link)
        right = upper.right() - look.px(16)
        draw_words(
            painter, link, QRect(right - width, upper.top(), width, upper.height()), look.font(), look.color(name)
        )
        draw_icon_at(painter, look, "chevron-right", name, right + look.px(2), upper.top() + upper.height() // 2, 16)
        return upper.adjusted(0, 0, -(width + look.px(_AROUND_LINK)), 0)
