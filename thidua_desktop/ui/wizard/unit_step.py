"""Step 1: commune or province desk, and which of the 34 provinces and 3,321 communes it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from thidua_desktop.services.setup_flow import MOST_UNITS, AnswerProblem, SetupFlow, matching_units
from thidua_desktop.services.units import Unit
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.delegates import CellRole, RowDelegate
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.step_page import StepPage

_UNIT = Qt.ItemDataRole.UserRole + 40
_LIST_ROWS = 8
_TO_TYPED = "Đơn vị mới lập, chưa có trong danh mục"
_TO_LIST = "Chọn trong danh mục"


class UnitStep(StepPage):
    """Typing any part of a name, without diacritics, narrows the list; the arrow keys go into it."""

    def __init__(self, look: Look, flow: SetupFlow) -> None:
        super().__init__(
            look, flow, "Đơn vị nào?", "Danh mục hành chính hiện hành: 34 tỉnh, thành phố; 3.321 xã, phường, đặc khu."
        )
        self.desk = Segments(look, ("Xã, phường, đặc khu", "Tỉnh, thành phố"), name="Loại bàn làm việc")
        self.desk.chosen.connect(self._on_desk)
        self.column.addWidget(self.desk)
        self.search = SearchField(look, "Gõ một phần tên, không cần dấu; thêm tên tỉnh nếu trùng")
        self.search.setAccessibleName("Tìm đơn vị")
        self.search.textChanged.connect(self._on_text)
        self.search.installEventFilter(self)
        self.rows["unit"] = FormRow(look, "Tên đơn vị", self.search, required=True)
        self.column.addWidget(self.rows["unit"])
        self.count = caption("")
        self.column.addWidget(self.count)
        self.model = QStandardItemModel(self)
        self.list = self._make_list()
        self.column.addWidget(self.list)
        self._add_typed()
        self.chosen_line = StateLabel(look, State.MISSING, "Chưa chọn đơn vị", role=TextRole.STRONG)
        self.column.addWidget(self.chosen_line)
        self.column.addStretch(1)
        self._fill()

    def _make_list(self) -> QListView:
        shown = QListView()
        shown.setModel(self.model)
        shown.setAccessibleName("Đơn vị tìm thấy")
        shown.setItemDelegate(RowDelegate(self.look, shown))
        shown.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        shown.setUniformItemSizes(True)
        shown.setFrameShape(QFrame.Shape.NoFrame)
        shown.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.selectionModel().currentChanged.connect(self._on_current)
        shown.clicked.connect(self._on_current)
        self.look.follow(shown, lambda: shown.setFixedHeight(self.look.px(32) * _LIST_ROWS))
        return shown

    def _add_typed(self) -> None:
        """A commune that began after this program was made: typed, in place of the list."""
        look = self.look
        self.typed_link = link(look, _TO_TYPED)
        self.typing, self._wrong = False, ""
        self.typed_link.clicked.connect(lambda: self.show_typed(not self.typing))
        self.code, self.name = PlainLine(look, "Mã đơn vị"), PlainLine(look, "Tên đầy đủ")
        provinces = [(one.code, one.name) for one in matching_units("", True)]
        self.province = ChoiceBox(look, "Tỉnh, thành phố", [("", "Chọn tỉnh, thành phố"), *provinces])
        self.typed_rows = (
            FormRow(look, "Mã đơn vị", self.code, "Năm chữ số, theo nghị quyết.", required=True),
            FormRow(look, "Tên đầy đủ", self.name, "Ví dụ: Xã Ea Kly", required=True),
            FormRow(look, "Tỉnh, thành phố", self.province, required=True),
        )
        for row in self.typed_rows:
            self.column.addWidget(row)
            row.hide()
        self.column.addWidget(self.typed_link)
        for line in (self.code, self.name):
            line.textChanged.connect(lambda _text: self._on_typed())
            line.editingFinished.connect(self.check_typed)
        self.province.currentIndexChanged.connect(lambda _at: self.check_typed())

    def show_typed(self, typed: bool) -> None:
        """The fields of a new commune, or the list again."""
        self.typing = typed
        for row in self.typed_rows:
            row.setVisible(typed)
        for widget in (self.rows["unit"], self.count, self.list):
            widget.setVisible(not typed)
        self.typed_link.setText(_TO_LIST if typed else _TO_TYPED)
        self.flow.change(unit=None)
        self._show_chosen()
        (self.code if typed else self.search).setFocus()
        self.changed.emit()

    def _on_typed(self) -> None:
        self._wrong = self.flow.type_unit(self.code.text(), self.name.text(), str(self.province.chosen()))
        self.typed_rows[1].set_problem("")
        self._show_chosen()
        self.changed.emit()

    def check_typed(self) -> None:
        """Says what is wrong with what was typed, once both are."""
        if self.code.text().strip() and self.name.text().strip():
            self._on_typed()
            self.typed_rows[1].set_problem(self._wrong)

    def show_problems(self, problems: Sequence[AnswerProblem]) -> None:
        """Of a typed commune under its name."""
        if not self.typing:
            super().show_problems(problems)
        elif problems:
            self._on_typed()
            self.typed_rows[1].set_problem(self._wrong)
            self.code.setFocus()

    def enter(self) -> None:
        self.desk.set_current(1 if self.flow.answers.province else 0)
        self._show_chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and not self.search.composing()
            and self.model.rowCount()
        ):
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _on_desk(self, index: int) -> None:
        self.typed_link.setVisible(index == 0)
        if index == 1 and self.typing:
            self.show_typed(False)
        self.flow.choose_desk(index == 1)
        self._fill()
        self._show_chosen()
        self.search.setFocus()
        self.changed.emit()

    def _on_text(self, text: str) -> None:
        self.clear_problem("unit")
        self._fill()

    def _fill(self) -> None:
        """Lists what matches; a single exact match is taken at once, so that Enter goes on."""
        province = self.flow.answers.province
        found = matching_units(self.search.text(), province)
        self.list.selectionModel().blockSignals(True)
        self.model.clear()
        for unit in found:
            self.model.appendRow(self._item(unit))
        self.list.selectionModel().blockSignals(False)
        self.count.setText(self._count_text(len(found)))
        if len(found) == 1:
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _count_text(self, found: int) -> str:
        if not self.search.text().strip() and not self.flow.answers.province:
            return "Chưa gõ gì"
        if found >= MOST_UNITS:
            return f"Nhiều hơn {MOST_UNITS} đơn vị; gõ thêm để thu hẹp"
        words = f"{found} đơn vị" if found else "Không có đơn vị nào khớp; thử gõ ít chữ hơn"
        return f"{words}{self._province_hint()}"

    def _province_hint(self) -> str:
        """Who types the name of a province among communes may be at the province's own desk."""
        if self.flow.answers.province:
            return ""
        named = matching_units(self.search.text(), True)
        return f". Lập sổ của {named[0].name} thì chọn Tỉnh, thành phố ở trên" if len(named) == 1 else ""

    def _item(self, unit: Unit) -> QStandardItem:
        item = QStandardItem(unit.name)
        detail = f"mã {unit.code}" if unit.is_province else f"{unit.province_name}, mã {unit.code}"
        item.setData(detail, CellRole.CAPTION)
        item.setData(f"{unit.name}, {detail}", Qt.ItemDataRole.AccessibleTextRole)
        item.setData(unit, _UNIT)
        return item

    def _on_current(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        unit = index.data(_UNIT) if index.isValid() else None
        if isinstance(unit, Unit):
            self.flow.choose_unit(unit)
            self.clear_problem("unit")
            self._show_chosen()
            self.changed.emit()

    def _show_chosen(self) -> None:
        unit = self.flow.answers.unit
        if unit is None:
            self.chosen_line.set_state(State.MISSING, "Chưa chọn đơn vị")
        else:
            place = unit.name if unit.is_province else f"{unit.name}, {unit.province_name}"
            self.chosen_line.set_state(State.OK, f"Đã chọn: {place}")

    def first_field(self) -> QWidget | None:
        return self.search
