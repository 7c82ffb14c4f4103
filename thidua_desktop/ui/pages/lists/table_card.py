"""The table with its totals, or the sentence that stands there while it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldType, RegisterSpec
from thidua_desktop.services import list_views, lists
from thidua_desktop.services.list_views import ColumnChoice
from thidua_desktop.services.lists import ListRow, RecordList, RowKeys, SortKey, column_field, is_quick
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number, lower_first
from thidua_desktop.ui.components.announcing import announce
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.table_clipboard import MOST_ROWS, Copied, copied
from thidua_desktop.ui.components.tables import RecordTable, TotalsRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.list_columns import ListLook, giving_way, list_look
from thidua_desktop.ui.pages.lists.record_model import RecordModel

_DESCENDING_FIRST = {FieldType.DATE, FieldType.INTEGER, FieldType.DECIMAL}
_ROWS_MEASURED = 60
_PARTLY = "*"  # after a sum that not all records fill
MOST_KEPT = 5_000
"""So many chosen rows stay chosen when the list is read again; of more nobody knows which they were."""


class TableCard(Card):
    """Shows a ``RecordList``. ``sort_asked`` carries a ``SortKey``; ``current_changed`` the id of the current row;
    ``totals_asked`` the list whose foot is wanted (``show_totals`` takes it). ``choice``: columns as this person keeps
    them.
    """

    sort_asked = Signal(object)
    totals_asked = Signal(object)
    current_changed = Signal(str)
    clear_asked = Signal()
    new_asked = Signal()
    all_time_asked = Signal()
    earlier_asked = Signal()
    import_asked = Signal()

    def __init__(self, look: Look, session: Session, spec: RegisterSpec, rows: RecordList) -> None:
        super().__init__(look, flush=True)
        self._session, self._spec = session, spec
        self.choice = list_views.column_choice(session, spec.name)
        self._moving = self._focus_follows = False
        first = rows.rows(0, _ROWS_MEASURED)
        self.model = RecordModel(rows, self._look_of(rows, first))
        self.table = RecordTable(look, spec.title)
        self.table.setModel(self.model)
        self.table.installEventFilter(self)
        self.totals = TotalsRow(look, self.table)
        self._clear = bordered(look, "Bỏ bộ lọc", "x")
        self._new = bordered(look, f"Ghi {spec.singular}", "plus")
        self._clear.clicked.connect(self.clear_asked)
        self._new.clicked.connect(self.new_asked)
        self._all_time = bordered(look, "Xem mọi thời gian", "calendar")
        self._all_time.clicked.connect(self.all_time_asked)
        self._earlier = bordered(look, "", "calendar")
        self._earlier.clicked.connect(self.earlier_asked)
        self._import = bordered(look, "Nhập từ Excel", "file-input")
        self._import.clicked.connect(self.import_asked)
        buttons = (self._clear, self._earlier, self._all_time, self._new, self._import)
        self.empty = EmptyState(look, "", buttons)
        for button in buttons:
            button.hide()  # until it is known which ones help
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)
        self.stack = QStackedWidget()
        self.stack.addWidget(page)
        self.stack.addWidget(self.empty)
        self.add(self.stack, 1)
        header = self.table.horizontalHeader()
        header.sectionClicked.connect(self.sort_by)
        header.setSectionsMovable(True)
        self.table.width_chosen.connect(self._on_width)
        header.sectionMoved.connect(lambda *_: self._on_moved())
        self.table.selectionModel().currentRowChanged.connect(lambda index, _old: self._on_current(index.row()))
        self._totals_timer = QTimer(self, singleShot=True, interval=0)
        self._totals_timer.timeout.connect(lambda: self.totals_asked.emit(self.rows))

    @property
    def rows(self) -> RecordList:
        """What is shown."""
        return self.model.rows

    def show_rows(self, rows: RecordList, keep: str = "") -> None:
        """Shows another list; ``keep`` is the id of the row to stay on, else the place that the current row had.

        That row keeps its height on the screen, and rows that were chosen stay chosen where they are listed.
        """
        before = self.table.currentIndex().row()
        chosen, height = self._chosen_keys(), self._height_of_current()
        shown = self._look_of(rows, rows.rows(0, _ROWS_MEASURED))
        if before <= 0 and rows.query.sort != self.rows.query.sort:
            keep = ""  # who sorts from the top looks at what comes to the top
        self.model.replace(rows, shown)
        self.table.set_columns(shown.columns)
        self._put_in_order()
        self.fit_columns()
        self._turn_to(0 if len(rows) else 1)
        self._mark_sort(rows)
        self._totals_timer.start()
        if not len(rows):
            self.current_changed.emit("")
            return
        place = rows.place_of(keep) if keep else None
        near = min(max(before, 0), len(rows) - 1) if keep else 0
        self.select(near if place is None else place)
        if place is not None and height is not None:
            self._put_at(place, height)
        if len(chosen):
            self._choose_also(rows.places(chosen))

    def _look_of(self, rows: RecordList, first: Sequence[ListRow]) -> ListLook:
        """How its columns look, as wide as the person made them."""
        by = rows.query.sort[0].field if rows.query.sort else ""
        shown = list_look(self._session, self._look, self._spec, rows.columns, first, by)
        widths = [self.choice.widths.get(column.name, 0) for column in rows.columns]
        looks = zip(shown.columns, widths, strict=True)
        return replace(shown, columns=tuple(replace(one, chosen=0 if one.stretch else px) for one, px in looks))

    def _turn_to(self, page: int) -> None:
        """The table or the sentence in its place; the keyboard goes with it."""
        focused = self.window().focusWidget()  # the card's own would be the last one in it, wherever the keys are now
        inside = focused is not None and self.stack.isAncestorOf(focused)
        self.stack.setCurrentIndex(page)
        self._focus_follows = inside and page == 1  # to a button, once it is known which ones help
        if inside and page == 0:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen_keys(self) -> RowKeys | tuple[()]:
        """Row numbers of what is chosen, when that is more than the current row and not everything."""
        count = self.chosen_count()
        return self.rows.keys(self.chosen_places()) if 1 < count <= MOST_KEPT else ()

    def _choose_also(self, places: list[int]) -> None:
        """Chooses rows beside the current one; neighbours go as one span."""
        spans = QItemSelection()
        last = self.model.columnCount() - 1
        start = 0
        for at, place in enumerate(places):
            if at + 1 == len(places) or places[at + 1] != place + 1:
                spans.append(QItemSelectionRange(self.model.index(places[start], 0), self.model.index(place, last)))
                start = at + 1
        self.table.selectionModel().select(spans, QItemSelectionModel.SelectionFlag.Select)

    def _height_of_current(self) -> int | None:
        """How far below the head the current row is seen; None when it is out of sight."""
        place = self.table.currentIndex().row()
        y = self.table.rowViewportPosition(place) if place >= 0 else -1
        return y if 0 <= y < self.table.viewport().height() else None

    def _put_at(self, place: int, height: int) -> None:
        """Scrolls so that a row is seen at that height again."""
        bar = self.table.verticalScrollBar()
        bar.setValue(bar.value() + self.table.rowViewportPosition(place) - height)

    def say_empty(
        self, title: str, text: str, narrowed: bool, may_record: bool, in_period: bool, earlier: str = ""
    ) -> None:
        """The words of the empty list, and which of its buttons help; ``earlier``: a period that has records."""
        self.empty.set_text(text, title)
        self._earlier.set_content(f"Xem {lower_first(earlier)}")
        self._earlier.setVisible(bool(earlier))
        self._all_time.setVisible(in_period)
        self._clear.setVisible(narrowed)
        self._new.setVisible(may_record and not narrowed)
        self._import.setVisible(may_record and not (narrowed or in_period or earlier))
        wanted = (self._clear, self._earlier, self._new, self._all_time)
        buttons = (one for one in wanted if one.isVisibleTo(self.empty))
        first = next(buttons, None) if self._focus_follows else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._focus_follows = False

    def select(self, place: int) -> None:
        """Makes a row the current and only chosen one."""
        index = self.model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self.table.scrollTo(index)
        self._on_current(place)

    def go_to(self) -> None:
        """The focus to the rows, or where there are none to the first button that helps."""
        wanted = (self._clear, self._earlier, self._all_time, self._new)
        buttons = [one for one in wanted if not one.isHidden()]
        target = self.table if len(self.rows) or not buttons else buttons[0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_id(self) -> str:
        """Id of the current row, or nothing."""
        row = self.model.row(self.table.currentIndex().row())
        return row.id if row else ""

    # Columns

    @property
    def _hidden_by_hand(self) -> dict[int, bool]:
        """Place -> hidden, of columns that the person chose to show or hide, the last choice last."""
        places = {column.name: at for at, column in enumerate(self.rows.columns)}
        return {places[name]: not shown for name, shown in self.choice.shown.items() if name in places}

    def set_column_shown(self, place: int, shown: bool) -> None:
        """The person's own choice, also for the next start; before older ones it stays whatever the room."""
        name = self.rows.columns[place].name
        others = {one: on for one, on in self.choice.shown.items() if one != name}
        self.choose_columns(replace(self.choice, shown={**others, name: shown}))

    def choose_columns(self, choice: ColumnChoice) -> None:
        """Shows columns as chosen and keeps the choice of this person; an empty one is that of the definition."""
        anew, self.choice = choice.widths != self.choice.widths, choice
        list_views.keep_columns(self._session, self._spec.name, choice)
        if anew:
            self.model.shown = self._look_of(self.rows, self.rows.rows(0, _ROWS_MEASURED))
            self.table.set_columns(self.model.shown.columns)
        self._put_in_order()
        self.fit_columns()

    def _on_width(self, section: int, pixels: int) -> None:
        """A person dragged the edge of a column; the stretching one has what is left."""
        if section != self.model.shown.stretch:
            width = max(1, round(pixels / self._look.text_scale))
            widths = {**self.choice.widths, self.rows.columns[section].name: width}
            self.choose_columns(replace(self.choice, widths=widths))

    def order(self) -> tuple[str, ...]:
        """Names of all columns from the left."""
        header = self.table.horizontalHeader()
        return tuple(self.rows.columns[header.logicalIndex(at)].name for at in range(header.count()))

    def _put_in_order(self) -> None:
        """Chosen columns first, as chosen; others (a new version brought them) after them, as defined."""
        header, names = self.table.horizontalHeader(), [column.name for column in self.rows.columns]
        wanted = [name for name in self.choice.order if name in names]
        wanted += [name for name in names if name not in wanted]
        self._moving = True
        for target, name in enumerate(wanted):
            header.moveSection(header.visualIndex(names.index(name)), target)
        self._moving = False

    def _on_moved(self) -> None:
        if not self._moving:
            self.choice = replace(self.choice, order=self.order())
            list_views.keep_columns(self._session, self._spec.name, self.choice)

    def column_shown(self, place: int) -> bool:
        """Whether a column is shown now."""
        return not self.table.isColumnHidden(place)

    def lacks_room(self, place: int) -> bool:
        """Whether a column is not shown though nobody hid it."""
        return not self.column_shown(place) and not self._hidden_by_hand.get(place, False)

    def fit_columns(self) -> None:
        """Hides columns from the right while the words of the main one have no room."""
        width, by_hand = self.table.viewport().width(), self._hidden_by_hand
        hidden = giving_way(self._look, self.model.shown, width, self._spec, self.rows.columns, by_hand)
        for place in range(self.model.columnCount()):
            self.table.setColumnHidden(place, place in hidden or by_hand.get(place, False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit_columns)

    def shown_names(self) -> list[str]:
        """Names of the fields whose columns the person has not hidden; what only lacks room is printed and copied."""
        hidden = {name for name, shown in self.choice.shown.items() if not shown}
        return [name for name in self.order() if name not in hidden]

    def seen_names(self) -> list[str]:
        """Names of the fields whose columns are seen now."""
        return [column.name for place, column in enumerate(self.rows.columns) if self.column_shown(place)]

    def chosen_count(self) -> int:
        """How many rows are chosen, however many."""
        return sum(span.height() for span in self._chosen_spans())

    def _chosen_spans(self) -> list[QItemSelectionRange]:
        """Spans of chosen rows; with one column each row would come once for each of its cells."""
        chosen = self.table.selectionModel().selection()
        spans = (chosen.at(number) for number in range(chosen.size()))
        return [span for span in spans if span.left() == 0]

    def chosen_places(self) -> list[int]:
        """Places of the chosen rows from the top, at most ``MOST_ROWS``."""
        places: set[int] = set()
        for span in self._chosen_spans():
            places.update(range(span.top(), min(span.bottom() + 1, span.top() + MOST_ROWS)))
        return sorted(places)[:MOST_ROWS]

    # Copy

    def cells_of(self) -> Callable[[Sequence[ListRow]], Copied]:
        """What makes a table for Excel of rows: the columns in their order, also those that only lack room here. Safe
        in any thread."""
        places = {column.name: place for place, column in enumerate(self.rows.columns)}
        shown = [places[name] for name in self.shown_names()]
        heads = [self.model.shown.columns[p].title for p in shown]
        numbers = frozenset(at for at, p in enumerate(shown) if p in self.model.shown.numbers)
        return lambda rows: copied(heads, [[row.cells[p] for p in shown] for row in rows], numbers)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # the view's own copy would take the current cell only
        overrides = event.type() == QEvent.Type.ShortcutOverride
        return overrides and bool(event.matches(QKeySequence.StandardKey.Copy))  # type: ignore[attr-defined]

    # Sorting and totals

    def sort_by(self, section: int) -> None:
        """Asks for the list by a column; the one that it is sorted by already turns round."""
        column = self.rows.columns[section]
        if not column.sortable:
            self._mark_sort(self.rows)
            return
        current = self.rows.query.sort[0] if self.rows.query.sort else self._default_sort()
        if current is not None and current.field == column.name:
            descending = not current.descending
        else:
            descending = column_field(self._spec, column.name).type in _DESCENDING_FIRST
        self.sort_asked.emit(SortKey(column.name, descending))

    def _default_sort(self) -> SortKey | None:
        name = self._spec.sort.lstrip("-")
        return SortKey(name, self._spec.sort.startswith("-")) if name else None

    def _mark_sort(self, rows: RecordList) -> None:
        header = self.table.horizontalHeader()
        key = rows.query.sort[0] if rows.query.sort else self._default_sort()
        place = next((p for p, column in enumerate(rows.columns) if key and column.name == key.field), -1)
        header.setSortIndicatorShown(place >= 0)
        before = self.model.sorted_by
        self.model.sorted_by = (place, key.descending) if place >= 0 and key is not None else None
        if place >= 0 and key is not None:
            order = Qt.SortOrder.DescendingOrder if key.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(place, order)
        self._speak_sort(before != self.model.sorted_by)

    def _speak_sort(self, changed: bool) -> None:
        """The order as words of the table, and said aloud when it changed."""
        sorted_by = self.model.sorted_by
        words = "" if sorted_by is None else self.model.shown.columns[sorted_by[0]].title
        if sorted_by is not None:
            words = f"Xếp theo {words}, {self.model.sort_words(sorted_by[0])}"
        self.table.setAccessibleDescription(f"{words}. Phím F7 để xếp theo cột khác" if words else "")
        if changed and words:
            announce(self.table, words)

    def say_slow(self, slow: bool) -> None:
        """Quietly tells that another list is looked for; what stood before stays until it comes."""
        if not len(self.rows) and slow:
            self.say_empty("Đang tìm…", "", False, False, False)
            self.stack.setCurrentIndex(1)
        elif slow:
            self.totals.set_cells({0: "Đang tìm…"}, (0,))
        elif len(self.rows):
            self.show_totals(self.rows)
        if slow:
            announce(self.table, "Đang tìm")

    def show_totals(self, rows: RecordList) -> None:
        """The foot of the list; "đang cộng" where its sums are not known yet."""
        if rows is not self.rows or not len(rows):
            return
        known = rows.totals_known or not rows.has_totals or is_quick(self._session, rows.query)
        sums = enumerate(rows.total_cells() if known else ())
        notes = rows.total_notes() if known else {}
        cells = {place: f"{text}{_PARTLY}" if place in notes else text for place, text in sums if text}
        words = lists.scope_words(rows.query)
        words = words if known else f"{words}, đang cộng…"
        words = f"{words} · {_PARTLY} chưa ghi đủ" if notes else words
        cells[0] = f"{format_number(len(rows))} {self._spec.singular}"
        self.totals.set_cells(cells, words=words, near=self.model.shown.stretch)
        self.totals.set_notes({at: f"{rows.columns[at].label}: {note}" for at, note in notes.items()})

    def _on_current(self, place: int) -> None:
        row = self.model.row(place)
        self.current_changed.emit(row.id if row else "")
