"""The records behind the chosen figure, the largest contribution first."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from thidua_desktop.services.reports.contributions import Contribution, Contributions
from thidua_desktop.services.reports.figure_columns import counted, told_beside
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.text import format_date, format_number
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.cards import SteadyCard
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look

_NOTHING = Contributions("", 0, ())


def _area(row: Contribution) -> str:
    return row.area


def _title(row: Contribution) -> str:
    return row.title


_COLUMNS = (
    RowColumn("", lambda one: format_date(one.day) if one.day else "", sample="08/11/2026"),
    RowColumn("", _area, sample="thôn Long Thành"),
    RowColumn("", _title, stretch=True),
    RowColumn("", lambda one: format_number(one.value), ColumnKind.NUMBER, sample="17.373"),
)
CLOSED = "Bản ghi của sổ này không mở cho bạn"


class RecordsCard(SteadyCard):
    """``record_opened`` carries register and record id; ``register_wanted`` asks for the whole list.

    ``pictures_wanted`` asks for the page of the indicator.
    """

    record_opened = Signal(str, str)
    register_wanted = Signal()
    pictures_wanted = Signal()

    def __init__(self, look: Look) -> None:
        self.open_register = link(look, "Mở trong sổ")
        self.open_pictures = link(look, "Biểu đồ")
        super().__init__(look, "Bản ghi của con số", link=self.open_register, flush=True)
        self.open_register.clicked.connect(self.register_wanted)
        self.open_pictures.clicked.connect(self.pictures_wanted)
        if self.head is not None:
            self.head.add(self.open_pictures)
        self.table = RecordTable(look, "Bản ghi của con số", row_height=31)
        self._model = RowModel(self, _COLUMNS)
        self._found = _NOTHING
        self.table.setModel(self._model)
        self.table.horizontalHeader().hide()
        self.table.set_columns(looks(_COLUMNS))
        self.table.opened.connect(self._on_opened)
        self.beside = caption("", wrap=True)
        look.follow(
            self.beside,
            lambda: self.beside.setContentsMargins(look.px(16), look.px(4), look.px(16), look.px(4)),
        )
        self.add(self.beside)
        self.add(self.table, 1)
        look.follow(self, lambda: self.setMinimumHeight(look.px(140)))
        self.open_register.setEnabled(False)
        self.open_pictures.setEnabled(False)

    def show_records(self, figure: Figure, found: Contributions) -> None:
        """The records of a figure."""
        self.beside.setText(told_beside(figure))
        self.beside.setVisible(bool(self.beside.text()))
        value = f"{counted(figure)} {figure.unit}"
        self._show(found, f"{format_number(found.count)} bản ghi của con số {value}", f"Không có bản ghi nào: {value}")

    def show_mark(self, mark: str, found: Contributions, beside: str = "") -> None:
        """The records behind a chart's mark, which says itself in words; ``beside``: what else is said of it."""
        self.beside.setText(beside)
        self.beside.setVisible(bool(beside))
        self._show(found, f"{format_number(found.count)} bản ghi · {mark}", f"Không có bản ghi nào · {mark}")

    def _show(self, found: Contributions, words: str, nothing: str) -> None:
        if found.count > len(found.rows):
            words = f"{words}, xem {len(found.rows)} bản ghi góp nhiều nhất"
        words = CLOSED if found.closed else words if found.count else nothing
        self.setAccessibleName(words)
        if self.head is not None:
            self.head.set_title(words)
        self._found = found
        self._model.set_rows(found.rows)
        day, area, title, value = looks(_COLUMNS)
        longest = (max((words(row) for row in found.rows), key=len, default="") for words in (_area, _title))
        area, title = (replace(one, whole=words) for one, words in zip((area, title), longest, strict=True))
        self.table.set_columns((day, area, title, value))  # "Xã Phú Hòa, Thôn Tân Lập" where titles leave it room
        dated = any(row.day for row in found.rows)
        self.table.setColumnHidden(0, not dated)
        self.table.setColumnHidden(1, not any(row.area for row in found.rows))
        self.open_register.setEnabled(not found.closed)
        self.open_pictures.setEnabled(True)

    def found(self) -> Contributions:
        """What is shown."""
        return self._found

    def _on_opened(self, row: int) -> None:
        found = self._found.rows[row]
        self.record_opened.emit(found.register, found.id)
