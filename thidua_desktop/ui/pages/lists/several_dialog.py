"""One value for a field of many records: choose the field, type the value, see old → new, then make it so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, Value
from thidua_desktop.services.session import Session
from thidua_desktop.services.several import SeveralPlan, changeable_fields, warnings_of
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.delegates import CellRole, Index
from thidua_desktop.ui.components.dialogs import cancel_button, dialog_foot, size_to_content
from thidua_desktop.ui.components.fields import Notice, ProblemLine
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import clear_layout, set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.components.tables import Column, RecordTable
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.registry import make_input
from thidua_desktop.ui.wizard.form_row import PlainLine

_WIDTH = 720  # px at 100 %
_WARNINGS_SHOWN = 3
_HEADS = ("Bản ghi", "Đang là", "Sẽ là")


class _PlanModel(QAbstractTableModel):
    """Records that would change, then those that are left out with the reason."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plan: SeveralPlan | None = None

    def set_plan(self, plan: SeveralPlan | None) -> None:
        self.beginResetModel()
        self.plan = plan
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        if self.plan is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.plan.changes) + len(self.plan.left_out)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.plan is None:
            return None
        row, left = index.row(), index.row() - len(self.plan.changes)
        if role == CellRole.INK and left >= 0:
            return "warn"
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if left >= 0:
            one = self.plan.left_out[left]
            return (one.title, "giữ nguyên", one.why)[index.column()]
        change = self.plan.changes[row]
        return (change.title, change.before or "(trống)", self.plan.after or "(trống)")[index.column()]


class SeveralDialog(QDialog):
    """``look_wanted`` carries field and value; ``wanted`` the plan and the reason, when the person says so."""

    look_wanted = Signal(str, object)
    wanted = Signal(object, str)

    def __init__(self, look: Look, session: Session, register: str, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.look, self.session, self.count = look, session, count
        self.fields: Sequence[FieldSpec] = changeable_fields(session, register)
        self.setWindowTitle(f"Sửa một ô ở {format_number(count)} {session.register(register).singular}")
        self.input: FieldInput | None = None
        self.field = ChoiceBox(look, "Ô cần sửa")
        for field in self.fields:
            self.field.addItem(field.label, field.name)
        self.problem = ProblemLine(look)
        self.said = caption("", "text-2", wrap=True)
        self.model = _PlanModel(self)
        self.table = RecordTable(look, "Bản ghi sẽ đổi", row_height=31)
        self.table.setModel(self.model)
        self.table.set_columns(
            [Column(_HEADS[0], stretch=True), Column(_HEADS[1], sample="Tuyên truyền, giáo dục"),
             Column(_HEADS[2], sample="Tuyên truyền, giáo dục, vận động")]
        )  # fmt: skip
        self.why = caption("", "warn", wrap=True)
        self.why.hide()
        self.table.selectionModel().currentRowChanged.connect(lambda index, _old: self._tell_why(index.row()))
        self.warning = Notice(look, State.WARN, "")
        self.reason = PlainLine(look, "Lý do")
        self.reason.setPlaceholderText("Lý do, một câu cho tất cả; nằm trong lịch sử của bản ghi")
        self.warning.hide()
        self.reason.hide()
        self.look_button = bordered(look, "Xem trước", "search", "F5")
        self.use_button = filled(look, "Sửa", "check", "Ctrl+Enter")
        self._assemble()
        self._connect()
        self._show_input()
        size_to_content(look, self, _WIDTH, 520)

    def _assemble(self) -> None:
        look = self.look
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(self.windowTitle(), TextRole.CARD_TITLE, wrap=True))
        line = QHBoxLayout()
        look.margins(line, 0, 0, 0, 0, 8)
        line.addWidget(self.field)
        self._holder = QHBoxLayout()
        line.addLayout(self._holder, 1)
        line.addWidget(self.look_button)
        outer.addLayout(line)
        outer.addWidget(self.problem)
        outer.addWidget(self.said)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.why)
        outer.addWidget(self.warning)
        outer.addWidget(self.reason)
        outer.addLayout(dialog_foot(look, cancel_button(look, self), self.use_button))

    def _connect(self) -> None:
        self.field.currentIndexChanged.connect(lambda _at: self._show_input())
        self.look_button.clicked.connect(self.ask_look)
        self.use_button.clicked.connect(self.use)
        for keys, act in (("F5", self.ask_look), ("Ctrl+Return", self.use)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _show_input(self) -> None:
        """The input of the chosen field, as the form has it."""
        clear_layout(self._holder)
        spec = next(one for one in self.fields if one.name == self.field.chosen())
        self.input = make_input(self.look, spec, InputContext(self.session))
        self.input.edited.connect(lambda: self.show_plan(None))
        self._holder.addWidget(self.input, 1)
        order_tabs(self)
        self.show_plan(None)

    def ask_look(self) -> None:
        """Asks what the typed value would do."""
        self.problem.set_problem("")
        try:
            value: Value = self.input.value() if self.input is not None else None
        except NotUnderstood as fault:
            self.problem.set_problem(str(fault))
            return
        self.look_wanted.emit(str(self.field.chosen()), value)

    def show_plan(self, plan: SeveralPlan | None) -> None:
        """What would change; None while nothing was looked at."""
        self.model.set_plan(plan)
        changes = len(plan.changes) if plan else 0
        self.use_button.set_content(f"Sửa {format_number(changes)} bản ghi" if changes else "Sửa", "check")
        self.use_button.set_reason("" if changes else "Bấm Xem trước để thấy những bản ghi sẽ đổi")
        words = f"{format_number(self.count)} bản ghi đang chọn. Để trống giá trị là xóa nội dung ô."
        if plan is not None:
            words = (
                f"Đổi {format_number(changes)}; đã đúng sẵn {format_number(plan.unchanged)}; "
                f"giữ nguyên vì sẽ sai {format_number(len(plan.left_out))}. Hoàn tác một lần là trở lại như cũ."
            )
        self.said.setText(words)
        warned = warnings_of(plan) if plan else ()
        if warned:
            self.warning.set_notice(State.WARN, "Cần một lý do cho tất cả", " ".join(warned[:_WARNINGS_SHOWN]))
        for part in (self.warning, self.reason):
            set_shown(part, bool(warned))
        if plan is not None and plan.left_out:
            self.table.setCurrentIndex(self.model.index(changes, 0))
        self._tell_why(self.table.currentIndex().row())

    def _tell_why(self, row: int) -> None:
        """The whole sentence about a record that is left out: its cell has no room for it."""
        plan = self.model.plan
        left = row - len(plan.changes) if plan is not None else -1
        one = plan.left_out[left] if plan is not None and 0 <= left < len(plan.left_out) else None
        self.why.setText(f"{one.title}: giữ nguyên. {one.why}" if one is not None else "")
        set_shown(self.why, one is not None)

    def use(self) -> None:
        """Makes the change that was looked at; where there are warnings, with the one reason for all."""
        plan, reason = self.model.plan, told_reason(self.reason.text())
        if plan is None or not plan.changes:
            return
        if plan.needs_reason and not reason:
            self.problem.set_problem("Ghi lý do ở ô bên dưới, một câu cho tất cả.")
            self.reason.setFocus()
            return
        self.wanted.emit(plan, reason)
