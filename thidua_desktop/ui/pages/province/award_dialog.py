"""At the province: what was decided on chosen proposals of communes, typed once, looked at for each, recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.services.awards import award_fields, decisions
from thidua_desktop.services.awards.decisions import AwardDecision, Proposal
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.text import format_date, format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import filled
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.dialogs import cancel_button, dialog_foot, size_to_content
from thidua_desktop.ui.components.fields import ProblemLine
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.registry import make_input
from thidua_desktop.ui.show_error import show_error

_WIDTH = 850  # px at 100 %
_NEW = "Quyết định mới"
HELP = {
    award_fields.NUMBER: "Số, ký hiệu quyết định khen thưởng của tỉnh, ví dụ 1450/QĐ-UBND.",
    award_fields.DAY: "Ngày ký quyết định: không trước ngày xã đề nghị, không sau hôm nay.",
    award_fields.AWARD: "Chỉ chọn khi tỉnh khen hình thức khác với đề nghị; để trống thì như xã đề nghị.",
    award_fields.REASON: "Vì sao không khen hay để lại đợt sau; xã đọc được câu này.",
}


def _columns() -> tuple[RowColumn, ...]:
    return (
        RowColumn("Đề nghị", lambda one: one.name, stretch=True, caption=lambda one: one.before),
        RowColumn("Đơn vị", lambda one: one.office_name, sample="phường Buôn Ma Thuột"),
        RowColumn("Danh hiệu", lambda one: one.award, sample="Giấy khen của Giám đốc Công an"),
        RowColumn("Tiền thưởng", _paid, ColumnKind.NUMBER, sample="xã tự quyết định"),
    )


def _paid(one: Proposal) -> str:
    """The money by law, or why the province decides nothing here."""
    return one.barred or (format_number(one.money) if one.money is not None else "–")


class AwardDialog(QDialog):
    """``decided`` carries how many results were recorded."""

    decided = Signal(int)

    def __init__(self, look: Look, session: Session, ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.look, self.session, self.ids = look, session, list(ids)
        self.setWindowTitle(f"Kết quả khen thưởng của {format_number(len(ids))} đề nghị")
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self.look, error, self))
        self._work = LongWork(look, self)
        catalog = session.definitions.catalogs["nomination_result"]
        self.result_box = ChoiceBox(look, "Kết quả", [(code, catalog.label(code)) for code in award_fields.RESULTS])
        known = decisions.earlier(session)
        self.earlier = ChoiceBox(look, "Quyết định đã có", [(None, _NEW), *((one, _named(one)) for one in known)])
        self.inputs: dict[str, FieldInput] = {}
        self.parts: dict[str, tuple[QWidget, ...]] = {}
        self.problem = ProblemLine(look)
        self.model = RowModel(self, _columns(), quiet=lambda one: bool(one.barred))
        self.table = RecordTable(look, "Đề nghị được ghi kết quả", row_height=31)
        self.table.setModel(self.model)
        self.table.set_columns(looks(_columns()))
        self.use_button = filled(look, "Ghi kết quả", "check", "Ctrl+Enter")
        self._assemble(bool(known))
        self._show_parts()
        self.ask_look()
        size_to_content(look, self, _WIDTH, 560)

    def _assemble(self, some_known: bool) -> None:
        look = self.look
        grid = QGridLayout()
        look.margins(grid, 0, 0, 0, 0, 8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._place(grid, 0, 0, "Kết quả", self.result_box)
        if some_known:
            self.parts["earlier"] = self._place(grid, 0, 2, "Quyết định đã có", self.earlier)
        self._add_input(grid, 1, 0, award_fields.NUMBER, "Số quyết định")
        self._add_input(grid, 1, 2, award_fields.DAY, "Ngày quyết định")
        self._add_input(grid, 2, 0, award_fields.AWARD, "Khen khác đề nghị")
        if len(self.ids) == 1:  # each has its own
            self._add_input(grid, 2, 2, award_fields.CERTIFICATE, "Số hiệu bằng")
        self._add_input(grid, 3, 0, award_fields.REASON, "Lý do")
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(self.windowTitle(), TextRole.CARD_TITLE, wrap=True))
        outer.addLayout(grid)
        outer.addWidget(self.problem)
        outer.addWidget(caption("Xã nhận kết quả theo biên nhận sau, xem rồi tự ghi vào sổ của mình.", "text-2"))
        outer.addWidget(self.table, 1)
        outer.addLayout(dialog_foot(look, cancel_button(look, self), self.use_button))
        self.result_box.currentIndexChanged.connect(self._show_parts)
        self.earlier.currentIndexChanged.connect(self._fill_earlier)
        self.use_button.clicked.connect(self.use)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.use)
        order_tabs(self)

    def _add_input(self, grid: QGridLayout, row: int, column: int, name: str, words: str) -> None:
        field = self.session.register(award_fields.REGISTER).field(name)
        asked = field._replace(label=words, help=HELP.get(name, field.help))
        made = make_input(self.look, asked, InputContext(self.session))
        made.edited.connect(self._on_edited)
        self.inputs[name] = made
        self.parts[name] = self._place(grid, row, column, words, made)

    def _place(self, grid: QGridLayout, row: int, column: int, words: str, widget: QWidget) -> tuple[QWidget, ...]:
        name = label(words)
        grid.addWidget(name, row, column)
        grid.addWidget(widget, row, column + 1)
        return name, widget

    def _show_parts(self, _at: int = 0) -> None:
        """An award has number and day, what is no award has a reason."""
        awarded = self.result_box.chosen() == award_fields.AWARDED
        for name, widgets in self.parts.items():
            for widget in widgets:
                set_shown(widget, awarded is (name != award_fields.REASON))
        self.ask_look()

    def _on_edited(self) -> None:
        """What was refused is not said of other words; the decision is looked at anew."""
        self.problem.set_problem("")
        self.ask_look()

    def _fill_earlier(self, _at: int = 0) -> None:
        known = self.earlier.chosen()
        if isinstance(known, tuple):
            self.inputs[award_fields.NUMBER].set_value(known[0])
            self.inputs[award_fields.DAY].set_value(known[1])
        self.ask_look()

    def decision(self) -> AwardDecision:
        """What is typed; NotUnderstood where a field does not understand it."""
        found = {name: one.value() for name, one in self.inputs.items()}
        day = found[award_fields.DAY]
        text = {name: str(value) if value else "" for name, value in found.items()}
        return AwardDecision(
            str(self.result_box.chosen()), text[award_fields.NUMBER], day if isinstance(day, date) else None,
            text[award_fields.AWARD], text.get(award_fields.CERTIFICATE, ""), text[award_fields.REASON],
        )  # fmt: skip

    def ask_look(self) -> None:
        """Reads what the decision would mean for each proposal, off the window's thread."""
        try:
            decision = self.decision()
        except NotUnderstood:
            return  # still being typed
        ids = self.ids
        self._asker.ask(lambda reading: decisions.proposals(reading, ids, decision), self._show)

    def _show(self, found: list[Proposal]) -> None:
        self.model.set_rows(found)
        count = sum(1 for one in found if not one.barred)
        self.use_button.set_content(f"Ghi {format_number(count)} kết quả", "check")
        self.use_button.set_reason("" if count else "Không có đề nghị nào do tỉnh quyết định")

    def use(self) -> None:
        """Records the decision; what is wrong stands above the proposals."""
        try:
            decision = self.decision()
        except NotUnderstood as fault:
            self.problem.set_problem(fault.text)
            return
        ids = self.ids
        decide = in_office(self.session, lambda own: decisions.decide(own, ids, decision))
        self._work.start("Đang ghi kết quả", decide, self._on_decided, refused=self._tell)

    def _on_decided(self, count: int) -> None:
        self.session.announce(Changes(frozenset({award_fields.REGISTER}), tuple(self.ids)))
        self.accept()
        self.decided.emit(count)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.problem.set_problem(f"{error.sentence} {error.remedy}")
        else:
            show_error(self.look, error, self)

    def focus_first(self) -> None:
        """The number, which is typed for every award."""
        self.inputs[award_fields.NUMBER].go_to()


def _named(known: tuple[str, date]) -> str:
    return f"{known[0]} ngày {format_date(known[1])}"
