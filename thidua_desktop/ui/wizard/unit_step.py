"""Step 1: commune or province desk, and which of the 34 provinces and 3,321 communes it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from thidua_desktop.services.setup_flow import MOST_UNITS, SetupFlow, matching_units
from thidua_desktop.services.units import Unit
from thidua_desktop.ui.components.delegates import CellRole, RowDelegate
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.labels import StateLabel, caption
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.form_row import FormRow
from thidua_desktop.ui.wizard.step_page import StepPage

_UNIT = Qt.ItemDataRole.UserRole + 40
_LIST_ROWS = 8


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
        return f"{found} đơn vị" if found else "Không có đơn vị nào khớp; thử gõ ít chữ hơn"

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
