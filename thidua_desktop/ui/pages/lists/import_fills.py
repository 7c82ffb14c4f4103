"""One value for all lines of a table that says nothing of a field: a row for each such field, with the form's input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.services.import_preview import Fill
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.fields import FieldState
from thidua_desktop.ui.components.labels import caption, label, set_ink
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.registry import make_input

_CHOSEN_AT_ONCE = ("choice", "choices", "link", "boolean")
_ABOUT = "Một giá trị cho mọi dòng: điền vào ô trống, không đè lên ô đã có chữ."
_MORE = "Điền mục khác…"
HEADING_WIDTH = 180  # px at 100 % of the names at the left


@dataclass(slots=True)
class _Row:
    name: QLabel
    input: FieldInput
    said: QLabel

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        return (self.name, self.input, self.said)


class FillTable(QWidget):
    """``changed`` when the values are others than before; ``values`` gives them."""

    changed = Signal()

    def __init__(self, look: Look, session: Session, fields: Sequence[FieldSpec]) -> None:
        super().__init__()
        self._look, self._session = look, session
        self._fields = {field.name: field for field in fields}
        self.rows: dict[str, _Row] = {}
        self._told: Mapping[str, Value] = {}
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 12, 0, 0, 8)
        outer.addWidget(caption(_ABOUT, wrap=True))
        self._grid = QGridLayout()
        look.margins(self._grid, 0, 0, 0, 0, 8)
        self._grid.setColumnStretch(1, 1)
        outer.addLayout(self._grid)
        self.more = ChoiceBox(look, "Điền một giá trị vào mục khác")
        self.more.activated.connect(lambda _at: self._add_chosen())
        outer.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._offer_more()

    def values(self) -> dict[str, Value]:
        """The values that are given and understood, by field."""
        read = ((name, row.input.read()) for name, row in self.rows.items())
        return {name: value for name, (value, problems) in read if value is not None and not problems}

    def ask_for(self, fields: Iterable[FieldSpec]) -> None:
        """These fields need a value: each has a row; rows of others stay where something stands in them."""
        wanted = [field.name for field in fields if field.name in self._fields]
        for name in [name for name, row in self.rows.items() if name not in wanted and row.input.is_empty()]:
            self._remove(name)
        for name in wanted:
            self._add(name)
        self._offer_more()

    def show_fills(self, fills: Sequence[Fill]) -> None:
        """Says beside each value how many lines take it."""
        lines = {fill.field: fill.lines for fill in fills}
        for name, row in self.rows.items():
            count = lines.get(name, 0)
            words = f"vào {format_number(count)} dòng" if count else "không có ô trống" if name in lines else ""
            self._say(row, words)

    def first_empty(self) -> FieldInput | None:
        """The first row where nothing is given yet."""
        return next((row.input for row in self.rows.values() if row.input.is_empty()), None)

    def _add_chosen(self) -> None:
        name = str(self.more.chosen() or "")
        if name:
            self._add(name)
            self._offer_more()
            self.rows[name].input.go_to()

    def _add(self, name: str) -> None:
        if name in self.rows:
            return
        field = self._fields[name]
        made = make_input(self._look, field, InputContext(self._session))
        row = _Row(label(f"{field.label} *" if field.required else field.label, wrap=True), made, caption("", "text-2"))
        row.name.setFixedWidth(self._look.px(HEADING_WIDTH))
        self.rows[name] = row
        at = self._grid.rowCount()
        for column, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, at, column)
            widget.show()  # of a hidden one a window that is not in front yet does not remember the focus
        made.left.connect(self._settle)
        line = made.focus_target()
        if isinstance(line, QLineEdit):
            line.returnPressed.connect(self._settle)
        if field.type in _CHOSEN_AT_ONCE:
            made.edited.connect(self._settle)
        order_tabs(self.window())

    def _remove(self, name: str) -> None:
        for widget in self.rows.pop(name).widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _settle(self) -> None:
        """Tells when something else is given than what was told last; says what is not understood."""
        for row in self.rows.values():
            problems = row.input.read()[1]
            row.input.set_state(FieldState.BAD if problems else FieldState.NORMAL)
            if problems:
                self._say(row, problems[0].text, "bad")
        values = self.values()
        if values != self._told:
            self._told = values
            self.changed.emit()

    @staticmethod
    def _say(row: _Row, words: str, ink: str = "text-2") -> None:
        row.said.setText(words)
        set_ink(row.said, ink)

    def _offer_more(self) -> None:
        self.more.clear()
        self.more.addItem(_MORE, "")
        for name, field in self._fields.items():
            if name not in self.rows:
                self.more.addItem(field.label, name)
