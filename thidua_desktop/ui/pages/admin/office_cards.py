"""The office's facts, and the form of its letterhead."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, signers
from thidua_desktop.services.offices import OfficeInfo
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import clean, format_number, lower_first
from thidua_desktop.ui.components.buttons import bordered, link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.letterhead_form import LetterheadForm

NOT_ALLOWED = "Chỉ người quản trị của văn phòng đổi được"
_MORE = "Số bản ghi từng sổ"


class FactsCard(Card):
    """What this office file is and holds; how many records each book has is shown when asked for."""

    def __init__(self, look: Look) -> None:
        self.more_button = link(look, _MORE, leads=False)
        super().__init__(look, "Đơn vị", link=self.more_button)
        self._grid = QGridLayout()
        look.margins(self._grid, 0, 0, 0, 0, 6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, look.px(96))
        self.add_padded(self._grid, top=10, bottom=12)
        self.books = QWidget()
        self._books_grid = QGridLayout(self.books)
        look.margins(self._books_grid, 16, 0, 16, 12, 4)
        self._books_grid.setColumnStretch(0, 1)
        self._books_grid.setColumnStretch(3, 1)
        self._books_grid.setColumnMinimumWidth(2, look.px(24))
        self.add(self.books)
        self.books.hide()
        self.more_button.clicked.connect(self._show_more)

    def show_info(self, info: OfficeInfo) -> None:
        """Replaces all facts."""
        clear_layout(self._grid)
        clear_layout(self._books_grid)
        for row, (name, value) in enumerate(fact_lines(info)):
            self._grid.addWidget(label(name, ink="text-2"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(value, wrap=True, selectable=True), row, 1)
        held = [(title, count) for title, count in info.counts if count]
        half = (len(held) + 1) // 2
        for place, (title, count) in enumerate(held):
            row, column = place % half, place // half * 3
            self._books_grid.addWidget(label(title, ink="text-2", wrap=True), row, column)
            number = label(format_number(count))
            self._books_grid.addWidget(number, row, column + 1, Qt.AlignmentFlag.AlignRight)
        self.more_button.setVisible(bool(held))

    def _show_more(self) -> None:
        shown = self.books.isHidden()
        self.books.setVisible(shown)
        self.more_button.set_content("Thu gọn" if shown else _MORE)


def fact_lines(info: OfficeInfo) -> list[tuple[str, str]]:
    """Name and value of each fact, in order."""
    held = [count for _title, count in info.counts if count]
    counts = f"{format_number(sum(held))} bản ghi trong {len(held)} sổ" if held else "chưa có bản ghi nào"
    above = lower_first(info.province_name)
    place = info.name if info.kind == "province" else f"{info.name}, {above}"
    return [
        ("Tên", place),
        ("Mã đơn vị", info.code),
        ("Bản cài", info.installation[:8]),
        ("Tệp sổ", info.path),
        ("Đang có", counts),
        ("Nhật ký", f"{format_number(info.changes)} thay đổi"),
    ]


class PapersCard(Card):
    """The head of the papers, and the unit in the numbers of letters. ``saved`` after both are stored."""

    saved = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Đầu giấy tờ")
        self._look, self._session = look, session
        self.form = LetterheadForm(look, session.today)
        self.unit = PlainLine(look, "Đơn vị soạn công văn")
        self.save_button = bordered(look, "Lưu đầu giấy tờ", "save")
        self.save_button.clicked.connect(self.save)
        if not session.may(Permission.MANAGE):
            self.save_button.set_reason(NOT_ALLOWED)
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 12)
        column.addWidget(self.form)
        hint = "Trong số công văn, ví dụ VP trong 12/UBND-VP."
        column.addWidget(FormRow(look, "Đơn vị soạn công văn", self.unit, hint))
        self.add_padded(column, top=12, bottom=12)
        self.add_foot(self.save_button)
        self.load()

    def load(self) -> None:
        """Takes what the office has stored."""
        identity = self._session.file.identity
        self.form.set_values(
            header_parent=identity.header_parent,
            header_issuer=identity.header_issuer,
            place=identity.place,
            symbol_suffix=identity.symbol_suffix,
        )
        self.unit.setText(signers.drafting_unit(self._session))

    def save(self) -> None:
        """Stores both; a line that cannot be empty says so."""
        values = self.form.values()
        missing = [name for name in ("header_issuer", "place", "symbol_suffix") if not clean(values[name])]
        for name in missing:
            self.form.rows[name].set_problem("Mục này không để trống được.")
        if missing:
            self.form.fields[missing[0]].setFocus()
            return
        try:
            offices.set_letterhead(self._session, **values)
            signers.keep_drafting_unit(self._session, self.unit.text())
        except UserError as error:
            show_error(self._look, error, self)
            return
        self.load()
        self.saved.emit()
