"""Who is here: households to find and tick by keyboard, or two counts where there is no list of households."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.fields import FieldState, SearchField
from thidua_desktop.ui.components.labels import ElidedLabel, caption, hairline_widget, label
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.findings import FindingsView
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.registry import make_input
from thidua_desktop.ui.pages.meeting import meeting_values as on
from thidua_desktop.ui.pages.meeting.attendance_list import ROW_HEIGHT, AttendanceList
from thidua_desktop.ui.pages.meeting.field_in import field_in
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet

FIELDS = ("attendance", "households_total", "households_present", "women_present")
_EVERYBODY, _PRESENT, _ABSENT = range(3)
_NOT_FOUND = "Không có hộ nào tên hoặc số như vậy. Gõ ít chữ hơn, hoặc Esc để xóa ô tìm."
_NOBODY = {_PRESENT: "Chưa hộ nào có mặt. Gõ số thứ tự rồi bấm phím cách.", _ABSENT: "Không hộ nào vắng."}
_HERE_ALREADY = "Hộ {number} đã có mặt. Phím cách để bỏ đánh dấu."
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RemarkPanel(QWidget):
    """Under the list: who came in place of the representative, and a remark. Enter or Esc closes it."""

    edited = Signal(int)
    closed = Signal()

    def __init__(self, look: Look, sheet: MeetingSheet, context: InputContext) -> None:
        super().__init__()
        self.sheet = sheet
        self.at = -1
        attendance = sheet.session.register(on.REGISTER).field("attendance")
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 0)
        outer.addWidget(hairline_widget())
        content = QWidget()
        outer.addWidget(content)
        column = QVBoxLayout(content)
        look.margins(column, 16, 8, 16, 10, 4)
        self.name = label("", TextRole.STRONG)
        column.addWidget(self.name)
        self.inputs: dict[str, FieldInput] = {}
        for name in ("stand_in", "note"):
            spec = attendance.child(name)
            made = make_input(look, spec, context)
            self.inputs[name] = made
            column.addWidget(caption(spec.label, "text-2"))
            column.addWidget(made)
            made.edited.connect(self._on_edited)
            made.line.returnPressed.connect(self.closed)  # type: ignore[attr-defined]
        self.hide()

    def open(self, at: int) -> None:
        """Shows the remark of a household."""
        self.at = at
        row = self.sheet.attendance[at]
        self.name.setText(f"{row.get('number') or ''}. {row.get('name') or ''}".strip(". "))
        for name, made in self.inputs.items():
            made.set_value(row.get(name))
        self.show()
        self.inputs["stand_in" if row.get("present") else "note"].go_to()

    def _on_edited(self) -> None:
        if 0 <= self.at < len(self.sheet.attendance):
            self.sheet.set_row(self.at, **{name: made.read()[0] for name, made in self.inputs.items()})


class AttendanceCard(Card):
    """The left card. ``edited`` after every change by the person; ``load_wanted`` asks for the list of households.

    ``told``: words for the status bar, their icon and ink.
    """

    edited = Signal()
    load_wanted = Signal()
    told = Signal(str, str, str)
    reason_kept = Signal(str, str)

    def __init__(self, look: Look, sheet: MeetingSheet, context: InputContext) -> None:
        super().__init__(look, "Điểm danh hộ", "phím cách để đánh dấu", flush=True, head_line=False)
        self.look, self.sheet = look, sheet
        spec = sheet.session.register(on.REGISTER)
        self._told_of: int | None = None  # the household that is here already, and what is typed means it
        self._inputs = {name: make_input(look, spec.field(name), context) for name in FIELDS[1:]}
        self.women = self._inputs["women_present"]
        self.findings = FindingsView(look)
        self.views = Views()
        self.views.addWidget(self._make_list(context))
        self.views.addWidget(self._make_counts())
        self.add(self.views, 1)
        holder = QVBoxLayout()
        holder.addWidget(self.findings)
        self.add_padded(holder, 0, 0)
        self._add_women_row()
        self._connect()

    def _make_list(self, context: InputContext) -> QWidget:
        look = self.look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        top = QVBoxLayout(head)
        self.search = SearchField(look, "Gõ tên hoặc số thứ tự")
        self.segments = Segments(look, ["Tất cả 0", "Có mặt 0", "Vắng 0"], name="Lọc hộ")
        self.segments.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        frame = self.segments.layout()
        for place in range(3):
            frame.setStretch(place, 1)  # type: ignore[union-attr]
        top.addWidget(self.search)
        top.addWidget(self.segments)
        column.addWidget(head)
        look.margins(top, 16, 0, 16, 9, 8)
        column.addWidget(hairline_widget())
        self.list = AttendanceList(look, self.search)
        self.list_or_none = Views()
        self.list_or_none.addWidget(self.list)
        self.none_found = EmptyState(look, "", icon="search")
        self.list_or_none.addWidget(self.none_found)
        column.addWidget(self.list_or_none, 1)
        self.remark = RemarkPanel(look, self.sheet, context)
        column.addWidget(self.remark)
        self.search.installEventFilter(self)
        return page

    def set_least_rows(self, rows: int) -> None:
        """How many households are in sight at least; the page scrolls then. 0: as few as it gets."""
        self.list.setMinimumHeight(self.look.px(ROW_HEIGHT * rows))

    def _make_counts(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self.look.margins(column, 16, 0, 16, 12, 6)
        words = (
            "Khu dân cư, tổ này chưa có hộ nào trong sổ hộ gia đình. Nhập số hộ, mọi tỷ lệ vẫn tính như có danh sách."
        )
        self.no_list = label(words, ink="text-2", wrap=True)
        column.addWidget(self.no_list)
        for name in FIELDS[1:3]:
            made = self._inputs[name]
            column.addSpacing(self.look.px(6))
            column.addWidget(caption(made.spec.label, "text-2"))
            column.addLayout(self._with_unit(made))
        self.load_button = bordered(self.look, "Lấy danh sách hộ", "users")
        column.addSpacing(self.look.px(6))
        column.addWidget(self.load_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _with_unit(self, made: FieldInput) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.px(8))
        self.look.follow(made, lambda: made.setFixedWidth(self.look.px(96)))
        row.addWidget(made)
        row.addWidget(label(made.spec.unit, ink="text-2"))
        row.addStretch(1)
        return row

    def _add_women_row(self) -> None:
        foot = QHBoxLayout()
        self.women_words = ElidedLabel("", TextRole.CAPTION, "muted")
        foot.setSpacing(self.look.px(8))
        foot.addWidget(label(self.women.spec.label, ink="text-2"))
        self.look.follow(self.women, lambda: self.women.setFixedWidth(self.look.px(72)))
        foot.addWidget(self.women)
        foot.addWidget(self.women_words, 1)
        self.add_line()
        self.add_padded(foot, 7, 7)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.spaced.connect(self._on_spaced)
        self.segments.chosen.connect(lambda _at: self._fill())
        self.list.toggled.connect(self._toggle)
        self.list.opened.connect(self.remark.open)
        self.remark.closed.connect(self.close_remark)
        self.load_button.clicked.connect(self.load_wanted)
        self.findings.kept.connect(self.reason_kept)
        for name, made in self._inputs.items():
            made.edited.connect(lambda name=name: self._on_number(name))
        self.sheet.changed.connect(self._on_changed)

    # What is shown

    def show_meeting(self) -> None:
        """Shows the meeting anew, everybody listed."""
        self.search.clear()
        self.segments.set_current(_EVERYBODY)
        self.remark.hide()
        for name, made in self._inputs.items():
            made.set_value(self.sheet.values.get(name))
        self.views.setCurrentIndex(0 if self.sheet.attendance else 1)
        assert self.head is not None
        self.head.set_caption("phím cách để đánh dấu" if self.sheet.attendance else "")
        self._fill()
        self.list.highlight(None)

    def set_hint_shown(self, shown: bool) -> None:
        """The hint by the title goes when the card is narrow."""
        assert self.head is not None
        self.head.set_caption("phím cách để đánh dấu" if shown and self.sheet.attendance else "")

    def show_findings(self, problems: Sequence[Problem], reasons: Mapping[str, str]) -> None:
        """Problems of attendance and counts."""
        self.findings.set_findings(problems, reasons)
        wrong = {problem.field for problem in problems}
        for name, made in self._inputs.items():
            made.set_state(FieldState.BAD if name in wrong else FieldState.NORMAL)

    def first_place(self) -> QWidget:
        """Where work starts in this card."""
        return self.search if self.sheet.attendance else self._inputs["households_present"].focus_target()

    def go_to(self, problem: Problem) -> None:
        """Puts the focus where a problem is mended."""
        block = self.findings.warning_block(problem.key)
        if block is not None:
            block.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif problem.field in self._inputs and (problem.field == "women_present" or not self.sheet.attendance):
            self._inputs[problem.field].go_to()
        else:
            self.first_place().setFocus(Qt.FocusReason.OtherFocusReason)

    def help_key(self, focused: QWidget) -> str:
        """The field in focus, for F1."""
        of_meeting = field_in(self._inputs.values(), focused)
        return of_meeting or f"attendance.{field_in(self.remark.inputs.values(), focused)}".rstrip(".")

    def escape(self) -> bool:
        """Esc: closes the remark, then clears the search."""
        if self.remark.isVisible():
            self.close_remark()
            return True
        if self.search.text() and not self.search.composing():
            self.search.clear()
            return True
        return False

    def close_remark(self) -> None:
        """Closes the remark and goes back to the list."""
        self.remark.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        rows, here = self.sheet.attendance, self.segments.current()
        found = on.matching(rows, self.search.text())
        if here != _EVERYBODY:
            found = [at for at in found if bool(rows[at].get("present")) == (here == _PRESENT)]
        self.list.households.show(rows, found)
        if rows and not found:
            self.none_found.set_text(_NOT_FOUND if self.search.text().strip() else _NOBODY[here])
            if self.list.hasFocus():  # the last one of this part was ticked
                self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list_or_none.setCurrentIndex(1 if rows and not found else 0)
        came = sum(1 for row in rows if row.get("present"))
        for at, text in enumerate((f"Tất cả {len(rows)}", f"Có mặt {came}", f"Vắng {len(rows) - came}")):
            self.segments.set_text(at, text)
        self._show_women()

    def _show_women(self) -> None:
        value = self.sheet.values.get("women_present")
        if not self.women.focus_target().hasFocus():
            self.women.set_value(value)
        counted = self.sheet.counted_women()
        differs = counted is not None and value != counted
        self.women_words.setText(f"sổ: {counted}" if differs else self.women.spec.unit)  # both have no room

    # What is done

    def _on_changed(self, what: str) -> None:
        if what in ("attendance", "facts"):
            self._fill()

    def _on_search(self, text: str) -> None:
        self._fill()
        if text.strip() or not text:  # a space alone means the household that is highlighted, or was told of
            self._told_of = None
            self.list.highlight(0 if text else None)

    def _on_number(self, name: str) -> None:
        value, unread = self._inputs[name].read()
        if not unread:
            self.sheet.set_facts({name: value})
        self.edited.emit()

    def _toggle(self, at: int) -> None:
        self.sheet.toggle(at)
        line = self.list.households.line(at)
        if line is not None:
            self.list.highlight(line)
        self.edited.emit()

    def _tick_found(self, at: int) -> None:
        self.sheet.toggle(at)
        self.search.clear()
        line = self.list.households.line(at)
        if line is not None:  # shown, but not highlighted: a second Space must not take the tick back
            self.list.scrollTo(self.list.households.index(line))
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Keys of the search field that mean the list; never while an input method holds unfinished text."""
        if self.search.composing() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
        by = steps.get(Qt.Key(event.key()))
        if by is not None:
            self.list.step(by)
            return True
        at = self._place_for(event.key())
        if at is None:
            return False
        self._tick_meant(at, by_enter=event.key() in _ENTER)
        return True

    def _tick_meant(self, at: int, by_enter: bool = False) -> None:
        """Who types a household wants it here: a tick goes only by another Space, when it was told that it is there."""
        row, typed = self.sheet.attendance[at], bool(self.search.text().strip())
        if not row.get("present") or not (by_enter or (typed and self._told_of != at)):
            self._tick_found(at)
            return
        self._told_of = at
        self.told.emit(_HERE_ALREADY.format(number=row.get("number") or row.get("name")), "info", "text-2")
        self.search.selectAll()  # the next one typed replaces it

    def _on_spaced(self) -> None:
        """An input method wrote the space with the word before it: it ticks as the key does."""
        at = self._place_for(Qt.Key.Key_Space)
        if at is None and not self.search.text().strip():
            at = self._told_of
        if at is not None:
            self._tick_meant(at)

    def _place_for(self, key: int) -> int | None:
        """The household that this key means: Enter the highlighted one, Space only what the text names alone."""
        text, chosen = self.search.text(), self.list.current_place()
        if key in _ENTER:
            return chosen
        if key != Qt.Key.Key_Space:
            return None
        if not text.strip():
            return chosen
        return on.meant(self.sheet.attendance, text)
