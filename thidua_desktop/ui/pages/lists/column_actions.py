"""What is done with the columns of a list, by keyboard too: sort by one, show or hide, put in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from thidua_desktop.services.list_views import ColumnChoice
from thidua_desktop.ui.pages.lists.columns_dialog import ColumnsDialog

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage
    from thidua_desktop.ui.pages.lists.table_card import TableCard

SORT_KEY, TURN_KEY = "F7", "Shift+F7"
_DIGITS = 9  # of the menu's keys


class ColumnActions(QObject):
    """Belongs to a list page; ``menu`` is for its button, ``sort_menu`` opens over the table by F7."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self.page = page
        self._sorting = QMenu(page)

    def menu(self) -> QMenu:
        """Sort by a column, show or hide each, put them in order."""
        menu = QMenu()
        sorting = QMenu("Xếp theo\tF7", menu)

        def fill() -> None:
            menu.clear()
            self._fill_sorting(sorting)
            menu.addMenu(sorting)
            menu.addSeparator()
            card = self.page.card
            for place in range(len(card.model.shown.columns)):
                action = QAction(_title(card, place).replace("&", "&&"), menu)
                action.setCheckable(True)
                action.setChecked(card.column_shown(place))
                action.setEnabled(place != card.model.shown.stretch)
                action.toggled.connect(lambda on, at=place: self.page.card.set_column_shown(at, on))
                menu.addAction(action)
            menu.addSeparator()
            menu.addAction("Thứ tự cột…").triggered.connect(self.choose)

        menu.aboutToShow.connect(fill)
        return menu

    def sort_menu(self) -> QMenu:
        """F7: the columns that can be sorted by, each with a digit; the one sorted by turns round."""
        self._fill_sorting(self._sorting)
        header = self.page.card.table.horizontalHeader()
        self._sorting.popup(header.mapToGlobal(QPoint(0, header.height())))
        return self._sorting

    def turn(self) -> None:
        """Shift+F7: the same column the other way round."""
        sorted_by = self.page.card.model.sorted_by
        if sorted_by is not None:
            self.page.card.sort_by(sorted_by[0])

    def _fill_sorting(self, menu: QMenu) -> None:
        menu.clear()
        card = self.page.card
        names = [column.name for column in card.rows.columns]
        places = (names.index(name) for name in card.order())
        there = set(card.shown_names())  # what only lacks room is sorted by as well
        offered = [place for place in places if card.rows.columns[place].sortable and names[place] in there]
        for number, place in enumerate(offered, start=1):
            title = _title(card, place).replace("&", "&&")
            digit = f"&{number}  " if number <= _DIGITS else ""
            words = card.model.sort_words(place)
            action = menu.addAction(f"{digit}{title}, {words}" if words else f"{digit}{title}")
            action.setCheckable(True)
            action.setChecked(bool(words))
            action.triggered.connect(lambda _on=False, at=place: self.page.card.sort_by(at))

    def choose(self) -> ColumnsDialog:
        """Asks which columns stand in which order; kept for the next start."""
        card = self.page.card
        places = {column.name: at for at, column in enumerate(card.rows.columns)}
        shown = card.model.shown
        lines = [
            (name, _title(card, at), card.column_shown(at), at != shown.stretch)
            for name, at in ((name, places[name]) for name in card.order())
        ]
        dialog = ColumnsDialog(self.page.look, lines, self.page)
        dialog.accepted.connect(lambda: card.choose_columns(_choice_of(dialog, lines, card.choice)))
        dialog.open()
        return dialog


def _title(card: TableCard, place: int) -> str:
    """A column by its head; one that is missing says why."""
    title = card.model.shown.columns[place].title
    return f"{title} (chưa đủ chỗ)" if card.lacks_room(place) else title


def _choice_of(
    dialog: ColumnsDialog, before: Sequence[tuple[str, str, bool, bool]], kept: ColumnChoice
) -> ColumnChoice:  # fmt: skip
    """What was chosen before and what is changed now: columns that only have no room are not hidden for good."""
    if dialog.started_over:
        return ColumnChoice()
    was = {name: shown for name, _, shown, _ in before}
    changed = {name: on for name, on in dialog.shown().items() if on != was[name]}
    others = {name: on for name, on in kept.shown.items() if name not in changed}
    return ColumnChoice(dialog.order(), others | changed, kept.widths)
