"""Tables of records: 32 px rows, no zebra, no vertical lines, a bar at the chosen row, totals under the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QSizePolicy, QTableView, QWidget

from thidua_desktop.ui.components.delegates import LinkDelegate, RowDelegate, StateDelegate, is_first_shown
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.painting import draw_icon_at, draw_words
from thidua_desktop.ui.components.typed_on_rows import TypedOnRows
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_NAME = "thôn Long Thành"
WORDS = -1
"""The words beside the totals, among ``TotalsRow.places``."""
_ARROW = 18  # px at 100 % of the sort arrow and the gap before it


class ColumnKind(StrEnum):
    """What a column holds; decides alignment and delegate."""

    TEXT = "text"
    NUMBER = "number"
    STATE = "state"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of a ``RecordTable`` looks. ``sample`` is the longest word it must show; one column stretches;
    ``arrow`` keeps room in the head for the sort arrow; ``whole`` is the longest word of the rows, shown uncut where
    the stretching column needs less than there is. ``chosen``: the width that a person gave it, px at 100 %."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    sample: str = ""
    stretch: bool = False
    arrow: bool = False
    whole: str = ""
    chosen: int = 0

    def width(self, look: Look) -> int:
        """Pixels for title and sample, with the padding of a cell."""
        if self.chosen:
            return look.px(self.chosen)
        head = look.text_width(self.title, TextRole.TABLE_HEAD) + look.px(22 + (_ARROW if self.arrow else 0))
        return max(head, self._cell(look, self.sample))

    def wished_width(self, look: Look) -> int:
        """Pixels for title and the longest word of all."""
        return self.width(look) if self.chosen else max(self.width(look), self._cell(look, self.whole))

    def _cell(self, look: Look, words: str) -> int:
        icon = look.px(21) if self.kind in (ColumnKind.STATE, ColumnKind.LINK) else 0
        return look.text_width(words) + icon + look.px(22)

    def least_width(self, look: Look) -> int:
        """Pixels below which the stretching column is never drawn: its title with room for the sort arrow, and a name
        of a place, so that no table cuts all names where it could scroll sideways. A list that says the longest word
        of its rows has chosen its columns for the room that there is."""
        title = look.text_width(self.title, TextRole.TABLE_HEAD) + look.px(40)
        return title if self.whole else max(title, look.text_width(_NAME) + look.px(22))


class RecordHeader(QHeaderView):
    """The 32 px table head: caption bold in ``text-2``, numbers right, sort arrow drawn as an icon.

    ``width_chosen``: a person dragged the edge of a column; its section and its pixels.
    """

    width_chosen = Signal(int, int)

    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(False)
        self._before: list[int] = []
        self.setMinimumSectionSize(look.px(32))
        look.follow(self, lambda: self.setFixedHeight(look.px(32)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._before = self._widths()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        before, self._before = self._before, []
        for section, (old, new) in enumerate(zip(before, self._widths(), strict=False)):
            if old != new and old and new:
                self.width_chosen.emit(section, new)

    def _widths(self) -> list[int]:
        return [self.sectionSize(section) for section in range(self.count())]

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        look = self._look
        painter.save()
        painter.fillRect(rect, look.color("raised"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line-2"))
        model = self.model()
        text = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "") if model else ""
        first = is_first_shown(self, logicalIndex)
        area = rect.adjusted(look.px(12 if first else 8), 0, -look.px(8), -1)
        right = self._aligned_right(logicalIndex)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        width = look.text_width(text, TextRole.TABLE_HEAD)
        arrow = look.px(_ARROW) if sorted_here else 0
        left = max(area.left(), area.right() - width - arrow + 1) if right else area.left()
        words = QRect(left, area.top(), min(width, area.right() - arrow - left + 1), area.height())
        draw_words(painter, text, words, look.font(TextRole.TABLE_HEAD), look.color("text-2"))
        if sorted_here:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            name = "arrow-down" if down else "arrow-up"
            draw_icon_at(painter, look, name, "text-2", words.right() + look.px(4), area.center().y() + 1, 14)
        painter.restore()

    def _aligned_right(self, section: int) -> bool:
        model = self.model()
        value = (
            model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) if model else None
        )
        if value is not None:
            return bool(int(value) & int(Qt.AlignmentFlag.AlignRight))
        table = self.parentWidget()
        return isinstance(table, RecordTable) and table.column_kind(section) is ColumnKind.NUMBER


class _HeadFill(QWidget):
    """Continues the table head over the scroll bar, which then starts at the first row."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__()
        self._look, self._table = look, table
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        shown = not self._table.horizontalHeader().isHidden()
        return QSize(self._look.px(12), self._look.px(32) if shown else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.color("raised"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self._look.color("line-2"))
        painter.end()


# Not "& ~Shift": on the Windows wheels the complement of the smallest modifier has none of the others
_LETTERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


_DELEGATES: dict[ColumnKind, type[RowDelegate]] = {ColumnKind.STATE: StateDelegate, ColumnKind.LINK: LinkDelegate}


class RecordTable(QTableView):
    """A table of whole rows. Call ``set_columns`` after ``setModel``; ``opened`` on Enter or double click (row number).

    ``width_chosen``: a person dragged the edge of a column. ``menu_wanted``: a right click or the menu key on a row.
    ``filter_by`` names the field into which what is typed here goes, as a list's does into its filter.
    ``copied``: Ctrl+C in a table of which one row at a time is chosen has put all of it on the clipboard; its rows.
    The model gives ``DisplayRole``, ``TextAlignmentRole`` and the roles of ``delegates.CellRole``. It must sort and
    filter by itself (in SQL): connect ``horizontalHeader().sortIndicatorChanged``.
    """

    opened = Signal(int)
    link_clicked = Signal(int, int)
    copied = Signal(int)
    width_chosen = Signal(int, int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, look: Look, name: str, row_height: int = 32) -> None:
        super().__init__()
        self._look = look
        self._columns: tuple[Column, ...] = ()
        self._given: dict[int, int] = {}  # widths that no person has changed
        self._row_height = row_height
        self._typing: TypedOnRows | None = None
        self._delegates: dict[ColumnKind, RowDelegate] = {}  # made at the first column of their kind
        self.setAccessibleName(name)
        head = RecordHeader(look, self)
        head.width_chosen.connect(self.width_chosen)
        self.setHorizontalHeader(head)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setItemDelegate(RowDelegate(look, self))
        self.addScrollBarWidget(_HeadFill(look, self), Qt.AlignmentFlag.AlignTop)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.clicked.connect(self._on_click)
        look.follow(self, self._restyle)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Widths from the samples, delegates by kind, and the one column that takes the spare width."""
        self._columns = tuple(columns)
        for index, column in enumerate(self._columns):
            made = _DELEGATES.get(column.kind)
            if made is not None and column.kind not in self._delegates:
                self._delegates[column.kind] = made(self._look, self)
            self.setItemDelegateForColumn(index, self._delegates.get(column.kind))  # type: ignore[arg-type]
        self._restyle()

    def filter_by(self, field: SearchField) -> None:
        """What is typed on the rows goes into ``field``; Enter and ↓ there come back."""
        self._typing = TypedOnRows(self, field)
        self._typing.lead_back()

    def column_kind(self, section: int) -> ColumnKind:
        """Kind of a column; text when unknown."""
        return self._columns[section].kind if section < len(self._columns) else ColumnKind.TEXT

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._restyle()

    def _restyle(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self._look.px(self._row_height))
        self.verticalHeader().setDefaultSectionSize(self._look.px(self._row_height))
        header, model = self.horizontalHeader(), self.model()
        if model is None:
            return
        for index, column in enumerate(self._columns[: model.columnCount()]):
            header.setSectionResizeMode(index, QHeaderView.ResizeMode.Interactive)
            self._resize(index, column.width(self._look))
        self._stretch()
        self.updateGeometry()  # the least height follows the rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def setColumnHidden(self, column: int, hide: bool) -> None:
        super().setColumnHidden(column, hide)
        self._stretch()

    def _stretch(self) -> None:
        """Gives the spare width to the stretching column, which never gets narrower than its own sample.

        What its words do not need goes first to columns whose words are cut, those that lack least before others.
        """
        header, model = self.horizontalHeader(), self.model()
        at = next((index for index, column in enumerate(self._columns) if column.stretch), -1)
        if model is None or at < 0 or at >= model.columnCount():
            return
        shown = [i for i in range(min(model.columnCount(), len(self._columns))) if not header.isSectionHidden(i)]
        own = max(self._columns[at].wished_width(self._look), self._columns[at].least_width(self._look))
        self._give_room([index for index in shown if index != at], own)
        others = sum(header.sectionSize(index) for index in range(model.columnCount()) if index != at)
        header.resizeSection(at, max(self._columns[at].least_width(self._look), self.viewport().width() - others))

    def _give_room(self, others: Sequence[int], wished: int) -> None:
        """Widens columns whose words are cut, as far as ``wished`` pixels are left for the stretching one.

        A column that a person made wider or narrower stays as it was put.
        """
        header, look = self.horizontalHeader(), self._look
        lacks = {
            index: self._columns[index].wished_width(look) - self._columns[index].width(look)
            for index in others
            if header.sectionSize(index) == self._given.get(index)
        }
        for index in lacks:
            self._resize(index, self._columns[index].width(look))
        spare = self.viewport().width() - wished - sum(header.sectionSize(index) for index in others)
        for index in sorted(lacks, key=lambda index: lacks[index]):
            more = min(lacks[index], spare)
            if more > 0:
                self._resize(index, self._columns[index].width(look) + more)
                spare -= more

    def _resize(self, index: int, width: int) -> None:
        self.horizontalHeader().resizeSection(index, width)
        self._given[index] = self.horizontalHeader().sectionSize(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            at = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menu_wanted.emit(index.row(), self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._typing is not None and self._typing.takes(event):
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain == Qt.KeyboardModifier.NoModifier:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
            return
        single = self.selectionMode() is QAbstractItemView.SelectionMode.SingleSelection
        if single and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_all()
            return
        text = event.text()
        if text.isprintable() and text.strip() and plain in _LETTERS:
            if self._typing is not None:
                self._typing.type(text)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if self._typing is not None:
            self._typing.see(event)
        return super().event(event)

    def copy_all(self) -> None:
        """The heads and every row, as they are shown, ready to paste into Excel."""
        from thidua_desktop.ui.components.table_clipboard import table_mime

        model = self.model()
        shown = [at for at in range(model.columnCount()) if not self.isColumnHidden(at)]
        heads = [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in shown]
        rows = [[str(model.index(row, at).data() or "") for at in shown] for row in range(model.rowCount())]
        numbers = frozenset(place for place, at in enumerate(shown) if self.column_kind(at) is ColumnKind.NUMBER)
        QApplication.clipboard().setMimeData(table_mime(heads, rows, numbers))
        self.copied.emit(len(rows))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method sends to the rows is typed text like any other; a cell that is written in takes it."""
        if self._typing is not None:
            self._typing.compose(event)
        elif self.editTriggers() != QTableView.EditTrigger.NoEditTriggers:
            super().inputMethodEvent(event)
        else:
            event.accept()

    def _on_click(self, index: object) -> None:
        column, row = index.column(), index.row()  # type: ignore[attr-defined]
        if self.column_kind(column) is ColumnKind.LINK:
            self.link_clicked.emit(row, column)


class TotalsRow(QWidget):
    """36 px under a ``RecordTable``: totals over all filtered rows, aligned to its columns and following their widths.

    ``set_cells`` takes texts by column number; a ``quiet`` column is drawn in ``text-2`` and not bold. ``words`` say
    what was counted ("trong kỳ"); they stand where the totals leave them room, at best under the column ``near``.
    Nothing is ever drawn over a total: what finds no room is told under the pointer.
    """

    def __init__(self, look: Look, table: RecordTable) -> None:
        super().__init__()
        self._look, self._table = look, table
        self._cells: dict[int, str] = {}
        self._quiet: frozenset[int] = frozenset()
        self._notes: dict[int, str] = {}
        self._words, self._near = "", 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = table.horizontalHeader()
        header.sectionResized.connect(self._repaint)
        header.sectionMoved.connect(self._repaint)
        header.geometriesChanged.connect(self._repaint)
        table.horizontalScrollBar().valueChanged.connect(self._repaint)
        self.setAccessibleName("Dòng cộng")

    def set_cells(self, cells: Mapping[int, str], quiet: Sequence[int] = (), words: str = "", near: int = 0) -> None:
        """Texts by column; ``quiet`` columns hold words such as "theo bộ lọc"."""
        self._cells, self._quiet = dict(cells), frozenset(quiet)
        self._words, self._near = words, near
        self._say()
        self.update()

    def set_notes(self, notes: Mapping[int, str]) -> None:
        """What is to be known of single totals, by column: told under the pointer and read aloud."""
        self._notes = dict(notes)
        self._say()

    def _say(self) -> None:
        spoken = (*(text for text in self._cells.values() if text), self._words, *self._notes.values())
        self.setAccessibleDescription(", ".join(filter(None, spoken)))
        self.setToolTip("\n".join(filter(None, (self._words, *self._notes.values()))))

    def text(self, column: int) -> str:
        """What stands under a column."""
        return self._cells.get(column, "")

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(36))

    def _repaint(self, *_: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("raised"))
        painter.fillRect(QRect(0, 0, self.width(), 1), look.color("line-2"))
        for column, place in self.places().items():
            quiet = column in self._quiet or column == WORDS
            text = self._words if column == WORDS else self._cells[column]
            draw_words(
                painter, text, place, look.font(TextRole.BASE, not quiet), look.color("text-2" if quiet else "text")
            )
        painter.end()

    def places(self) -> dict[int, QRect]:
        """Where the letters of each text stand, by column; the words under ``WORDS`` if there is room for them."""
        header = self._table.horizontalHeader()
        shown = [at for at in map(header.logicalIndex, range(header.count())) if not header.isSectionHidden(at)]
        placed = {at: self._place(at) for at in shown if self._cells.get(at)}
        for one, following in pairwise(placed.values()):  # what grows to the right ends before the next total
            one.setRight(min(one.right(), following.left() - self._look.px(8)))
        words = self._room_for_words(shown, placed) if self._words else None
        return placed if words is None else placed | {WORDS: words}

    def _place(self, column: int) -> QRect:
        """At the end of a column of numbers, else at its beginning; it may grow out of the column on its free side."""
        area = self._column_area(column)
        width = self._look.text_width(self._cells[column], bold=column not in self._quiet) + 1
        number = column > 0 and self._table.column_kind(column) is ColumnKind.NUMBER  # the first cell counts the rows
        return QRect(area.right() - width + 1 if number else area.left(), area.top(), width, area.height())

    def _room_for_words(self, shown: Sequence[int], placed: Mapping[int, QRect]) -> QRect | None:
        """Under their own column, right after the count, or under the first column with nothing in the way."""
        width, gap = self._look.text_width(self._words) + 1, self._look.px(12)
        lefts = [self._column_area(at).left() for at in shown]
        if 0 in placed:
            lefts.insert(0, placed[0].right() + gap)
        if self._near in shown:
            lefts.insert(0, self._column_area(self._near).left())
        for left in lefts:
            place = QRect(left, 1, width, self.height() - 1)
            wide = place.adjusted(1 - gap, 0, gap - 1, 0)
            if place.right() < self.width() and not any(wide.intersects(other) for other in placed.values()):
                return place
        return None

    def _column_area(self, column: int) -> QRect:
        """The room under a column, without its margins."""
        look, header = self._look, self._table.horizontalHeader()
        offset = self._table.viewport().mapTo(self._table, self._table.viewport().rect().topLeft()).x()
        left = header.sectionViewportPosition(column) + offset
        area = QRect(left, 1, header.sectionSize(column), self.height() - 1)
        return area.adjusted(look.px(12 if is_first_shown(header, column) else 8), 0, -look.px(8), 0)
