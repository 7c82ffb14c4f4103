"""One line of the form: labels at fixed columns, inputs, units, what was understood; findings under them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldSpec, FieldType
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.showing import ANY_WIDTH
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.findings import FindingsView
from thidua_desktop.ui.pages.entry.widgets.computed import ComputedInput
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput

LABEL_WIDE = 164
LABEL_MEDIUM = 128
_FIRST_CELL = 222  # from the first field to the second label
_SECOND_LABEL = 98
_SECOND_LABEL_MOST = 120
_SECOND_LABEL_BESIDE_A_THIRD = 108  # at 1366 px no more is left beside three fields
_NARROW_NUMBER = 96
_LEAST_WORDS = 130  # of a field of words in such a line: the begin of a name is read
_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}


class FormGeometry(QObject):
    """Where labels and fields of all lines stand, px at 100 %, so that they line up down the page."""

    changed = Signal()
    labels_changed = Signal()  # after ``changed``: lines say anew what they need, narrower labels may leave room

    def __init__(self, look: Look, label_width: int = LABEL_WIDE, second_label: int = _SECOND_LABEL) -> None:
        super().__init__()
        self._look = look
        self.label_width = label_width
        self.second_label = second_label
        self.stacked = False
        self._widths: dict[int, int] = {}

    def fit(self, line: int, needed: int, given: int) -> None:
        """A line needs so many pixels for its fields beside each other and was given so many; where one line of the
        form has too few (large text), the fields of all of them stand under each other."""
        self._widths[line] = needed
        stacked = max(self._widths.values()) > given
        if stacked != self.stacked:
            self.stacked = stacked
            self.changed.emit()

    def set_label_width(self, width: int) -> None:
        """Another width of the first labels (medium windows)."""
        if width != self.label_width:
            self.label_width = width
            self.changed.emit()
            self._widths.clear()
            self.labels_changed.emit()

    def measure_second_labels(self, lines: Sequence[Sequence[FieldSpec]]) -> None:
        """Room for the longest second label of the lines, within reason; longer ones wrap."""
        look, scale = self._look, self._look.text_scale
        words = (spec.label + ("\N{NO-BREAK SPACE}*" if spec.required else "") for _first, spec, *_ in lines)
        widest = max((look.text_width(one) / scale for one in words), default=0) + 16
        most = _SECOND_LABEL_BESIDE_A_THIRD if any(len(line) > 2 for line in lines) else _SECOND_LABEL_MOST
        self.second_label = round(max(_SECOND_LABEL, min(widest, most)))


class FormLine(QWidget):
    """Inputs beside each other with their labels; what is found stands below, from the first field on.

    ``findings`` by field name are made when there is something to say. ``kept`` carries a warning's code and reason,
    ``answered`` the field of which a reason was typed, ``mended`` the field and the code that puts it right,
    ``chosen`` the problem whose sentence was clicked.
    """

    kept = Signal(str, str)
    answered = Signal(str)
    mended = Signal(str, str)
    chosen = Signal(object)

    def __init__(self, look: Look, inputs: Sequence[FieldInput], geometry: FormGeometry) -> None:
        super().__init__()
        self._look, self._geometry = look, geometry
        self._names = [made.spec.name for made in inputs]
        self._labels: list[QLabel] = []
        self._cells: list[QWidget] = []
        self.findings: dict[str, FindingsView] = {}
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 6)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        outer.addLayout(self._row)
        self._fills = inputs[-1].fill
        self._wide = any(made.spec.type is FieldType.ROWS for made in inputs)
        self._below = QVBoxLayout()
        self._below.setSpacing(0)
        outer.addLayout(self._below)
        for place, made in enumerate(inputs):
            self._add(place, made, len(inputs))
        look.follow(self, self._fit)
        geometry.changed.connect(self._fit)
        geometry.labels_changed.connect(self._tell)

    def _add(self, place: int, made: FieldInput, count: int) -> None:
        typed = not isinstance(made, ComputedInput)
        words = _caption(self._look, made.spec, "text" if place == 0 else "text-2", typed)
        words.setBuddy(made.focus_target())
        self._labels.append(words)
        cell = QWidget()
        self._cells.append(cell)
        row = QHBoxLayout(cell)
        self._look.margins(row, 0, 0, 0, 0, 8)
        top = Qt.AlignmentFlag.AlignTop
        if self._wide:
            column = QVBoxLayout()
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # its lines need the width
            column.addWidget(words)
            column.addWidget(made)
            row.addLayout(column, 1)
        elif made.fill:
            row.addWidget(made, 1, top)
        else:
            width = _NARROW_NUMBER if made.spec.type in _NUMBERS and place else made.px_width
            self._look.follow(made, lambda: made.setFixedWidth(self._look.px(width)))
            row.addWidget(made, 0, top)
            self._add_words_after(row, made)
            row.addStretch(1)
        pair = QHBoxLayout()
        pair.setSpacing(0)
        if not self._wide:
            pair.addWidget(words, 0, top)
        last = place == count - 1
        cell.setSizePolicy(
            QSizePolicy.Policy.Expanding if last else QSizePolicy.Policy.Fixed, cell.sizePolicy().verticalPolicy()
        )
        pair.addWidget(cell, 1)
        self._row.addLayout(pair, 1 if last else 0)

    def findings_of(self, name: str) -> FindingsView:
        """What stands below about one of its fields."""
        view = self.findings.get(name)
        if view is None:
            view = self.findings[name] = FindingsView(self._look)
            view.kept.connect(self.kept)
            view.answered.connect(lambda: self.answered.emit(name))
            view.mended.connect(lambda code: self.mended.emit(name, code))
            view.chosen.connect(self.chosen)
            above = sum(one in self.findings for one in self._names[: self._names.index(name)])
            self._below.insertWidget(above, view)
        return view

    def _add_words_after(self, row: QHBoxLayout, made: FieldInput) -> None:
        if made.spec.shown_unit:
            row.addWidget(self._field_high(label(made.spec.shown_unit, ink="text-2")), 0, Qt.AlignmentFlag.AlignTop)
        if made.spec.type is FieldType.DATE:
            note = self._field_high(label(made.note(), ink="text-2"))
            made.note_changed.connect(note.setText)
            row.addWidget(note, 0, Qt.AlignmentFlag.AlignTop)

    def _field_high(self, words: QLabel) -> QLabel:
        self._look.follow(words, lambda: words.setMinimumHeight(self._look.px(34)))
        return words

    def side_by_side(self) -> int:
        """Pixels that the line needs with its fields beside each other."""
        if self._wide or len(self._cells) < 2:
            return 0
        place = len(self._cells) - 1
        before = sum(self._label_width(at) + self._cell_width(at) for at in range(place))
        least = self._cells[place].minimumSizeHint().width()
        return before + self._label_width(place) + max(least, self._look.px(_LEAST_WORDS) if self._fills else 0)

    def minimumSizeHint(self) -> QSize:
        """Under each other the fields need less: the line says so, or it would never be given less."""
        least = super().minimumSizeHint()
        pairs = zip(self._labels, self._cells, strict=True)
        if self._wide or len(self._cells) < 2:
            return least
        label_width = self._look.px(self._geometry.label_width)
        return QSize(max(label_width + self._own_width(cell) for _words, cell in pairs), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        """What the line needs and has, unless the form leaves it out; the form decides for all lines."""
        if not self.isHidden():  # a picture of the window tells hidden lines a size
            self._geometry.fit(id(self), self.side_by_side(), self.width())

    def _own_width(self, cell: QWidget) -> int:
        layout = cell.layout()
        return layout.totalMinimumSize().width() if layout is not None else 0

    def _label_width(self, place: int) -> int:
        look, geometry, words = self._look, self._geometry, self._labels[place]
        if place < 2:
            return look.px(geometry.label_width if place == 0 else geometry.second_label)
        return look.text_width(words.text()) if not words.wordWrap() else look.px(72)

    def _cell_width(self, place: int) -> int:
        return self._look.px(_FIRST_CELL if place == 0 else 84 + 18)

    def _fit(self) -> None:
        look, geometry = self._look, self._geometry
        stacked = geometry.stacked
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        self._row.setSpacing(look.px(6) if stacked else 0)
        for place, (words, cell) in enumerate(zip(self._labels, self._cells, strict=True)):
            last = place == len(self._cells) - 1
            if self._wide:
                continue
            words.setFixedWidth(look.px(geometry.label_width) if stacked else self._label_width(place))
            words.setMinimumHeight(look.px(34))
            if not last:
                policy = QSizePolicy.Policy.Expanding if stacked else QSizePolicy.Policy.Fixed
                cell.setSizePolicy(policy, cell.sizePolicy().verticalPolicy())
                cell.setMinimumWidth(0 if stacked else self._cell_width(place))
                cell.setMaximumWidth(ANY_WIDTH if stacked else self._cell_width(place))
                cell.setContentsMargins(0, 0, 0 if stacked else look.px(12 if place == 0 else 18), 0)
        self._below.setContentsMargins(0 if self._wide else look.px(geometry.label_width), 0, 0, 0)


def _caption(look: Look, spec: FieldSpec, ink: str, typed: bool) -> QLabel:
    """The label of a field; a bold red asterisk when a person must fill it."""
    words = label(spec.label, ink=ink, wrap=True)
    words.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
    words.setContentsMargins(0, 0, 6, 0)
    if spec.required and typed:
        words.setTextFormat(Qt.TextFormat.RichText)

        def restyle() -> None:
            star = f'<b style="color:{look.color("bad").name()}">*</b>'
            words.setText(f"{escape(spec.label)}&nbsp;{star}")

        look.follow(words, restyle)
        words.setAccessibleName(f"{spec.label}, bắt buộc")
    return words
