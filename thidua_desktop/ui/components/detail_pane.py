"""Parts of the pane beside a list: head with figures, tabs with counts, history entries, actions at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.ui.components.buttons import Button, link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import ElidedLabel, caption, figure_row, hairline_widget, label
from thidua_desktop.ui.components.painting import broken_lines, draw_icon_at, draw_words
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout, set_shown
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

__all__ = [
    "ChangeLine",
    "DetailPane",
    "FieldChange",
    "Figure",
    "FigureView",
    "HistoryEntry",
    "HistoryEntryView",
    "HistoryView",
    "scrolling",
]


_MOST_LINES = 12  # of one value
_BESIDE = 12  # px at 100 %, between two figures, beside what the layout leaves


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a pane's head: caption, bold number, and what follows it ("/48 hộ", " hộ")."""

    name: str
    number: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a history entry, as shown."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a record: when and who, what happened, its fields, the reason."""

    when: str
    who: str
    what: str
    changes: tuple[FieldChange, ...] = ()
    reason: str = ""


class FigureView(QWidget):
    """Caption above, bold number and quiet unit below."""

    def __init__(self, look: Look, figure: Figure, large: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 0)
        self._name = caption("")
        column.addWidget(self._name)
        self._number = label("", TextRole.KEY_FIGURE if large else TextRole.RECORD_TITLE)
        self._rest = label("", ink="text-2")
        column.addLayout(figure_row(look, self._number, self._rest))
        self.say(figure)

    def say(self, figure: Figure) -> None:
        """Shows another figure."""
        self._name.setText(figure.name)
        self._number.setText(figure.number)
        self._rest.setText(figure.rest)
        self.setAccessibleName(f"{figure.name}: {figure.number}{figure.rest}")


class ChangeLine(QWidget):
    """Label, old value struck through, an arrow drawn as icon, new value bold; on lines of their own where one has no
    room for them."""

    def __init__(self, look: Look, change: FieldChange) -> None:
        super().__init__()
        self._look, self._change = look, change
        self._old, self._new = change.old or "trống", change.new or "trống"
        self.setAccessibleName(f"{change.label}: từ {self._old} thành {self._new}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(240), self._look.px(21))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._look.px(21) * (1 if self._fits(width) else 1 + sum(map(len, self._broken(width))))

    def _fits(self, width: int) -> bool:
        look = self._look
        words = look.text_width(self._change.label) + look.text_width(self._old) + look.px(8)
        return words + self._arrow() + self._new_column(width) <= width

    def _arrow(self) -> int:
        return self._look.px(16) + 2 * self._look.px(6)

    def _new_column(self, width: int) -> int:
        own = self._look.text_width(self._new, bold=True)
        return max(own, self._look.px(90)) if width >= self._look.px(240) else own

    def _struck(self) -> QFont:
        font = self._look.font()
        font.setStrikeOut(bool(self._change.old))
        return font

    def _broken(self, width: int) -> tuple[list[str], list[str]]:
        """Lines of the old value, and of the new one beside its arrow."""
        old = broken_lines(self._old, self._struck(), width, _MOST_LINES)
        return old, broken_lines(self._new, self._look.font(bold=True), width - self._arrow(), _MOST_LINES)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._fits(self.width()):
            self._paint_line(painter)
        else:
            self._paint_lines(painter)
        painter.end()

    def _paint_line(self, painter: QPainter) -> None:
        look, height = self._look, self.height()
        new_column = self._new_column(self.width())
        old_right = self.width() - new_column - self._arrow()
        old_left = old_right - look.text_width(self._old)
        draw_words(painter, self._change.label, QRect(0, 0, old_left, height), look.font(), look.color("text-2"))
        draw_words(
            painter, self._old, QRect(old_left, 0, old_right - old_left, height), self._struck(), look.color("muted")
        )
        draw_icon_at(painter, look, "arrow-right", "text-2", old_right + look.px(6), height // 2, 16)
        new_area = QRect(self.width() - new_column, 0, new_column, height)
        draw_words(painter, self._new, new_area, look.font(bold=True), look.color("text"))

    def _paint_lines(self, painter: QPainter) -> None:
        look, width, step = self._look, self.width(), self._look.px(21)
        old, new = self._broken(width)
        draw_words(painter, self._change.label, QRect(0, 0, width, step), look.font(), look.color("text-2"))
        for number, words in enumerate(old, start=1):
            draw_words(painter, words, QRect(0, number * step, width, step), self._struck(), look.color("muted"))
        top = (1 + len(old)) * step
        draw_icon_at(painter, look, "arrow-right", "text-2", 0, top + step // 2, 16)
        for number, words in enumerate(new):
            area = QRect(self._arrow(), top + number * step, width - self._arrow(), step)
            draw_words(painter, words, area, look.font(bold=True), look.color("text"))


class HistoryEntryView(QWidget):
    """One entry; ``undo`` is a link on the newest only."""

    undo_requested = Signal()

    def __init__(self, look: Look, entry: HistoryEntry, undoable: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        look.margins(column, 16, 10, 16, 10, 1)
        column.addWidget(caption(f"{entry.when}  {entry.who}"))
        column.addWidget(label(entry.what, wrap=True))
        for change in entry.changes:
            column.addWidget(ChangeLine(look, change))
        if entry.reason:
            column.addWidget(label(f"Lý do: {entry.reason}", ink="text-2", wrap=True))
        if undoable:
            undo = link(look, "Hoàn tác thay đổi này", "undo-2", leads=False)
            undo.clicked.connect(self.undo_requested)
            column.addWidget(undo)


class HistoryView(QWidget):
    """All entries, newest first, hairlines between; ``undo_requested`` for the newest."""

    undo_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_entries(self, entries: Sequence[HistoryEntry], undoable: bool = False) -> None:
        """Replaces what is shown; ``undoable`` puts the undo link on the first entry."""
        clear_layout(self._column)
        for index, entry in enumerate(entries):
            if index:
                self._column.addWidget(hairline_widget())
            view = HistoryEntryView(self._look, entry, undoable and index == 0)
            view.undo_requested.connect(self.undo_requested)
            self._column.addWidget(view)
        self._column.addStretch(1)


class DetailPane(Card):
    """Title with tag, caption, up to three figures, tabs with counts, a page for each, actions at the foot."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("Chi tiết")
        self._figures = QHBoxLayout()
        self._views: list[FigureView] = []
        self._title = ElidedLabel("", TextRole.RECORD_TITLE, lines=3)
        self._tag_place = QHBoxLayout()
        self._subtitle = ElidedLabel("", TextRole.CAPTION, "muted", lines=2)
        head = QVBoxLayout()
        look.margins(head, 0, 0, 0, 0, 2)
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addLayout(self._tag_place)
        line.setAlignment(self._tag_place, Qt.AlignmentFlag.AlignTop)
        head.addLayout(line)
        head.addWidget(self._subtitle)
        head.addSpacing(6)
        look.margins(self._figures, 0, 0, 0, 0, 12)
        head.addLayout(self._figures)
        self.add_padded(head, top=12, bottom=8)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("Phần chi tiết")
        holder = QHBoxLayout()
        look.margins(holder, 8, 0, 8, 0, 0)
        holder.addWidget(self.tabs)
        holder.addStretch(1)
        self.body.addLayout(holder)
        self.add_line()
        self._pages = QStackedWidget()
        self.add(self._pages, 1)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)

    def set_head(self, title: str, subtitle: str = "", tag: Tag | None = None, figures: Sequence[Figure] = ()) -> None:
        """Replaces title, caption, tag and figures."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        set_shown(self._subtitle, bool(subtitle))
        clear_layout(self._tag_place)
        if tag is not None:
            self._tag_place.addWidget(tag)
        self._show_figures(figures[:3])

    def _show_figures(self, figures: Sequence[Figure]) -> None:
        """As many as before stay and say the next record: new ones would be styled anew for each row one passes."""
        if figures and len(figures) == len(self._views):
            for view, figure in zip(self._views, figures, strict=True):
                view.say(figure)
            return
        clear_layout(self._figures)
        self._views = [FigureView(self._look, figure) for figure in figures]
        spread = len(figures) > 2  # two belong together: a whole and its part
        for index, view in enumerate(self._views):
            if index and spread:
                self._figures.addStretch(1)
            elif index:
                self._figures.addSpacing(self._look.px(_BESIDE))
            self._figures.addWidget(view)
        if not spread:
            self._figures.addStretch(1)

    def add_tab(self, text: str, content: QWidget, scrolled: bool = True) -> int:
        """One more tab; its content scrolls. Returns its number; counts by ``tabs.setTabText``."""
        page = scrolling(content, text) if scrolled else content
        self._pages.addWidget(page)
        return self.tabs.addTab(text)

    def add_actions(self, *buttons: Button) -> None:
        """The action row at the foot."""
        row = self.add_foot(*buttons)
        self._look.margins(row, 12, 9, 12, 9, 5)
