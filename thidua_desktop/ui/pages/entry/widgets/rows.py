"""``rows``: child rows, a small grid to fill in; with many columns each row is a block of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.field_types.rows import living_children
from thidua_desktop.formdef.model import CatalogSpec, FieldSpec, FieldType, Row, Scalar, Value
from thidua_desktop.services.unseen import NEW_ROW, ROW_MARK, marks_rows
from thidua_desktop.ui.components.buttons import icon_button, link
from thidua_desktop.ui.components.fields import FieldState
from thidua_desktop.ui.components.labels import hairline_widget, label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.form_line import FormGeometry, FormLine
from thidua_desktop.ui.pages.entry.widgets.enter import EnterStays, on_enter
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext

GRID_COLUMNS = 4
_PLACE = re.compile(r"\[(\d+)\]\.(\w+)")
_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}
_NUMBER = 108
_ROWS_TOLD = 6
_SHARE_OF_WORDS, _SHARE_OF_NAMES, _MOST_SHARE, _LETTERS_OF_A_SHARE = 4, 6, 7, 3
_BLOCK_ONLY = {FieldType.LONG_TEXT, FieldType.CHOICES}


class RowEditor(QFrame):
    """One child row: its inputs, and values of retired columns that are kept as they are."""

    def __init__(self, look: Look, children: Sequence[FieldSpec], context: InputContext, row: Row) -> None:
        from thidua_desktop.ui.pages.entry.widgets.registry import make_input

        super().__init__()
        self.look = look
        self._kept = dict(row)
        self.begun_with: Row = {}  # what a new row has by itself: with nothing more it is no row
        self.inputs = {child.name: make_input(look, child, context) for child in children}
        for name, made in self.inputs.items():
            made.set_value(row.get(name))
        self.remove_button = icon_button(look, "x", "Bỏ dòng này")

    def read(self, place: str) -> tuple[dict[str, object], list[Problem]]:
        """The row's filled values, and what was not understood at ``place``."""
        values: dict[str, object] = dict(self._kept)
        problems = []
        for name, made in self.inputs.items():
            value, found = made.read()
            values[name] = value
            problems += [Problem(p.code, f"{place}.{name}", p.text, p.severity) for p in found]
        filled = {name: value for name, value in values.items() if value not in (None, ())}
        said = {name: value for name, value in filled.items() if name != ROW_MARK}
        return ({} if said == self.begun_with else filled), problems

    def draft(self) -> dict[str, object]:
        """What is typed in the cells, and which recorded row it is."""
        mark = {ROW_MARK: self._kept[ROW_MARK]} if ROW_MARK in self._kept else {}
        return {**{name: made.draft() for name, made in self.inputs.items()}, **mark}

    def is_begun(self) -> bool:
        """Whether the person has written in it: what a new row has by itself is none yet."""
        row, problems = self.read("")
        return bool(row or problems)

    def lay_in_grid(self) -> None:
        """All inputs beside each other, the remove button at the end."""
        row = QHBoxLayout(self)
        self.look.margins(row, 0, 0, 0, 0, 8)
        self.look.follow(self, lambda: self.setMinimumHeight(self.look.px(34)))
        for made in self.inputs.values():
            fix_width(self.look, made, made.spec)
            row.addWidget(made, share_of(made.spec, made.context.session.definitions.catalogs))
        row.addWidget(self.remove_button)

    def lay_in_block(self, title: QWidget) -> None:
        """Two inputs per line under a head with ``title`` and the remove button."""
        column = QVBoxLayout(self)
        self.look.margins(column, 0, 4, 0, 8, 8)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.remove_button)
        column.addLayout(head)
        geometry = FormGeometry(self.look)
        for entries in paired(list(self.inputs.values())):
            column.addWidget(FormLine(self.look, entries, geometry))


def fixed_width(spec: FieldSpec) -> int:
    """Width of a column, px at 100 %, that needs no more than that (dates, hours, ticks); 0 for one that fills."""
    from thidua_desktop.ui.pages.entry.widgets.registry import INPUTS

    kind = INPUTS[spec.type]
    return 0 if kind.fill or spec.type in _NUMBERS else kind.px_width


def share_of(spec: FieldSpec, catalogs: Mapping[str, CatalogSpec]) -> int:
    """Of what columns of a fixed width leave: words take several times what a number does; names of what stands in
    another register, and choices by their longest words, need an arrow beside them."""
    if spec.type in _NUMBERS:
        return 1
    if fixed_width(spec):
        return 0
    if spec.type is FieldType.CHOICE and spec.catalog in catalogs:
        longest = max((len(item.label) for item in catalogs[spec.catalog].items), default=0)
        return max(_SHARE_OF_WORDS, min(_MOST_SHARE, longest // _LETTERS_OF_A_SHARE))
    return _SHARE_OF_NAMES if spec.type is FieldType.LINK else _SHARE_OF_WORDS


def fix_width(look: Look, widget: QWidget, spec: FieldSpec) -> None:
    """Gives a cell or its head the width of its column, so that words get the rest; a number at least what it needs."""
    width = fixed_width(spec)
    if width:
        look.follow(widget, lambda: widget.setFixedWidth(look.px(width)))
    elif spec.type in _NUMBERS:
        look.follow(widget, lambda: widget.setMinimumWidth(look.px(_NUMBER)))


def paired(inputs: Sequence[FieldInput]) -> list[list[FieldInput]]:
    """Inputs two by two; long ones by themselves."""
    lines: list[list[FieldInput]] = []
    for made in inputs:
        alone = made.spec.type in _BLOCK_ONLY
        open_line = lines and len(lines[-1]) == 1 and lines[-1][0].spec.type not in _BLOCK_ONLY
        if open_line and not alone:
            lines[-1].append(made)
        else:
            lines.append([made])
    return lines


def _listed(rows: Sequence[int]) -> str:
    numbers = list(dict.fromkeys(rows))
    more = len(numbers) - _ROWS_TOLD
    told = ", ".join(map(str, numbers[:_ROWS_TOLD]))
    return f"{told} và {more} dòng khác" if more > 0 else told


class RowsInput(FieldInput):
    """Child rows. "Thêm dòng" adds one and goes to its first empty cell; empty rows are not saved."""

    def __init__(self, look: Look, spec: FieldSpec, context: InputContext) -> None:
        super().__init__(look, spec, context)
        self._enter = EnterStays()
        session = context.session
        self._children = tuple(child for child in living_children(spec) if session.sees(child))
        self._new: Row = {ROW_MARK: NEW_ROW} if marks_rows(session, spec) else {}
        self._names = {child.name for child in self._children}
        self._in_grid = len(self._children) <= GRID_COLUMNS and all(c.type not in _BLOCK_ONLY for c in self._children)
        self.editors: list[RowEditor] = []
        self._filled: list[RowEditor] = []  # those with something in them: problems count only these
        self._titles: list[object] = []
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 6)
        self._head = self._make_head()
        outer.addWidget(self._head)
        self._column = QVBoxLayout()
        self._column.setSpacing(look.px(6))
        outer.addLayout(self._column)
        self.add_button = link(look, "Thêm dòng", "plus", leads=False)
        self.add_button.setAccessibleName(f"Thêm dòng vào {spec.label}")
        self.add_button.clicked.connect(lambda _checked: self.begin_row())
        outer.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.hide()

    def value(self) -> Value:
        return self.read()[0]

    def read(self) -> tuple[Value, list[Problem]]:
        rows: list[Row] = []
        problems: list[Problem] = []
        self._filled = []
        for editor in self.editors:
            row, found = editor.read(f"{self.spec.name}[{len(rows)}]")
            problems += found
            if row or found:
                self._filled.append(editor)
                rows.append(row)  # type: ignore[arg-type]
        return tuple(rows) or None, problems

    def set_value(self, value: Value) -> None:
        self._clear()
        for row in value if isinstance(value, tuple) else ():
            if isinstance(row, Mapping):
                self.add_row(row)

    def draft(self) -> object:
        begun = [editor for editor in self.editors if editor.is_begun()]
        rows = [editor.draft() for editor in begun]
        return [row for row in rows if any(cell is not None for name, cell in row.items() if name != ROW_MARK)] or None

    def set_draft(self, kept: object) -> None:
        self._clear()
        for row in kept if isinstance(kept, list) else []:
            if isinstance(row, dict):
                mark = row.get(ROW_MARK)
                editor = self.add_row({ROW_MARK: mark} if isinstance(mark, int) else {})
                for name, made in editor.inputs.items():
                    made.set_draft(row.get(name))

    def focus_target(self) -> QWidget:
        if self.editors:
            return next(iter(self.editors[0].inputs.values())).focus_target()
        return self.add_button

    def composing(self) -> bool:
        return any(made.composing() for made in self.parts())

    def parts(self) -> Sequence[FieldInput]:
        return [made for editor in self.editors for made in editor.inputs.values()]

    def set_state(self, state: FieldState) -> None:
        """Only cells have frames; a problem of the whole stands in its line."""
        if state is FieldState.NORMAL:
            for made in self.parts():
                made.set_state(state)

    def set_spoken(self, name: str, description: str = "") -> None:
        self.setAccessibleName(name)

    def told(self, problems: Sequence[Problem]) -> list[Problem]:
        """Rows are named as they stand on the screen, the empty ones counted; the same words of several rows are said
        once: "Dòng 2, 3: Chọn vai trò." A warning stays one of its own, as its reason is.
        """
        told: dict[tuple[str, str], tuple[Problem, list[int]]] = {}
        for problem in problems:
            number = self._number_of(problem)
            alone = not number or problem.severity is Severity.WARNING
            same = told.setdefault((problem.text, problem.key if alone else problem.severity), (problem, []))
            same[1].extend([number] if number else [])
        return [one._replace(text=f"Dòng {_listed(rows)}: {one.text}") if rows else one for one, rows in told.values()]

    def _number_of(self, problem: Problem) -> int:
        """Which row on the screen a problem is about; 0 for none."""
        at = problem.row
        return 0 if at is None or at >= len(self._filled) else self.editors.index(self._filled[at]) + 1

    def order_of(self, place: str) -> int:
        found = self._cell(place)
        return next((at for at, one in enumerate(self.parts()) if one is found), 0)

    def set_place_state(self, place: str, state: FieldState) -> None:
        found = self._cell(place)
        if found is not None:
            found.set_state(state)

    def go_to(self, place: str = "") -> None:
        found = self._cell(place)
        (found.focus_target() if found is not None else self.focus_target()).setFocus(Qt.FocusReason.OtherFocusReason)

    def add_row(self, row: Row) -> RowEditor:
        """One more row at the end, showing ``row``."""
        editor = RowEditor(self.look, self._children, self.context, row)
        if self._in_grid:
            editor.lay_in_grid()
        else:
            title = label("", TextRole.STRONG)
            editor.setProperty("row_title", True)
            editor.lay_in_block(title)
            self._titles.append(title)
        editor.remove_button.clicked.connect(lambda: self.remove_row(editor))
        for made in editor.inputs.values():
            made.edited.connect(self.edited)
            made.entered.connect(self.entered)
            made.left.connect(self.left)
            on_enter(made, partial(self._go_on, editor, made))
        self.editors.append(editor)
        self._column.addWidget(editor)
        self._lead_through(editor)
        self._renumber()
        return editor

    def _go_on(self, editor: RowEditor, made: FieldInput) -> None:
        """Enter: the next field of the row, then the next row, then "Thêm dòng"."""
        if self._enter.stays_at(made):
            self.left.emit()
            return
        cells = [cell for one in self.editors for cell in one.inputs.values()]
        following = next((cells[at + 1] for at, cell in enumerate(cells[:-1]) if cell is made), None)
        if following is None:
            self.add_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            following.begin()

    def _lead_through(self, editor: RowEditor) -> None:
        """Tab goes through a new row and then to "Thêm dòng"; Qt puts what is new behind everything in the window."""
        before: QWidget = self.add_button
        for part in editor.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
                QWidget.setTabOrder(before, part)
                before = part
        QWidget.setTabOrder(before, self.add_button)

    def row_of(self, part: QWidget) -> RowEditor | None:
        """The row that a widget is part of."""
        return next((editor for editor in self.editors if editor.isAncestorOf(part)), None)

    def remove_row(self, editor: RowEditor) -> None:
        """Takes a row away; the page's undo of the saved record brings it back."""
        at = self.editors.index(editor)
        self.editors.pop(at)
        self._filled = [held for held in self._filled if held is not editor]
        if not self._in_grid:
            self._titles.pop(at)
        self._column.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self._renumber()
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def has_focus(self) -> bool:
        return self.add_button.hasFocus() or super().has_focus()

    def begin(self) -> None:
        """Whoever comes to rows that were written adds one, as to a page of a book; the last row is one key back."""
        if self.editors:
            self.add_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().begin()

    def begin_row(self, about: Row | None = None) -> None:
        """One more row (``about`` in place of what it would begin with), and into its first cell that is not filled."""
        usual: dict[str, Scalar | tuple[str, ...]] = {
            child.name: child.default for child in self._children if child.default is not None
        }
        offered = {**self.context.new_row(self.spec.name), **(about or {})}
        usual |= {name: value for name, value in offered.items() if name in self._names}
        editor = self.add_row(self._new)
        for name, value in usual.items():
            editor.inputs[name].set_value(value)
        editor.begun_with = usual
        editor.show()  # it has its place; what is not shown yet would lose the focus again
        self.edited.emit()
        empty = [made for name, made in editor.inputs.items() if name not in usual]
        (empty or [*editor.inputs.values()])[0].focus_target().setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        for editor in self.editors:
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
        self.editors, self._titles, self._filled = [], [], []
        self._renumber()

    def _renumber(self) -> None:
        self._head.setVisible(self._in_grid and bool(self.editors))
        for number, title in enumerate(self._titles, start=1):
            title.setText(f"Dòng {number}")  # type: ignore[attr-defined]
        for number, editor in enumerate(self.editors, start=1):
            for made in editor.inputs.values():
                made.set_spoken(f"{self.spec.label}, dòng {number}, {made.spec.label}", made.spec.unit)
            editor.remove_button.setAccessibleName(f"Bỏ dòng {number} của {self.spec.label}")

    def _cell(self, place: str) -> FieldInput | None:
        found = _PLACE.search(place)
        editors = self._filled or self.editors
        if found is None or int(found[1]) >= len(editors):
            return None
        return editors[int(found[1])].inputs.get(found[2])

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        self.look.margins(row, 0, 0, 0, 0, 8)
        for child in self._children if self._in_grid else ():
            told = child.shown_unit.lower() in ("", child.heading.lower())  # "Điểm (điểm)" says it twice
            text = child.heading if told else f"{child.heading} ({child.shown_unit})"
            words = label(text, TextRole.TABLE_HEAD, "text-2", wrap=True)
            fix_width(self.look, words, child)
            row.addWidget(words, share_of(child, self.context.session.definitions.catalogs))
        if self._in_grid:
            under = QWidget()  # as wide as the remove button under it
            self.look.follow(under, lambda: under.setFixedWidth(self.look.px(32)))
            row.addWidget(under)
        else:
            row.addWidget(hairline_widget(), 1)
        return head
