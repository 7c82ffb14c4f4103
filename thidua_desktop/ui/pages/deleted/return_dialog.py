"""What comes back, what comes with it, what stays and why; then it is done, with a reason where one is needed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.errors import UserError
from thidua_desktop.services import deleted
from thidua_desktop.services.deleted import ReturnPlan
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import in_office
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import Deed, FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

_WIDTH = 760  # px at 100 %
_WARNINGS_SHOWN = 3
_NEEDS_REASON = "TD-DATA-612"


@dataclass(frozen=True, slots=True)
class _Line:
    title: str
    state: StateText
    why: str


_COLUMNS = (
    RowColumn("Bản ghi", lambda line: line.title, stretch=True),
    RowColumn("Việc", kind=ColumnKind.STATE, state=lambda line: line.state, sample="cùng trở lại"),
    RowColumn("Vì sao", lambda line: line.why, sample="của xã Phú Hòa, chỉ nơi đó lấy lại được"),
)


class ReturnDialog(FormDialog):
    """``returned`` carries the ``Changes`` once the records are back."""

    returned = Signal(object)

    def __init__(self, look: Look, session: Session, plan: ReturnPlan, parent: QWidget | None) -> None:
        super().__init__(look, "Lấy lại bản ghi đã xóa", "Lấy lại", parent)
        self.session, self.plan = session, plan
        count = len(plan.returning)
        self.column.addWidget(label(self._words(), wrap=True))
        self.model = RowModel(self, _COLUMNS, hint=lambda line: f"{line.title}\n{line.why}".strip())
        self.model.set_rows(_lines(plan))
        self.table = RecordTable(look, "Bản ghi trở lại", row_height=31)
        self.table.setModel(self.model)
        self.table.set_columns(looks(_COLUMNS))
        self.column.addWidget(self.table, 1)
        self.warning = Notice(look, State.WARN, "")
        self.reason = PlainLine(look, "Lý do")
        self.column.addWidget(self.warning)
        self.add_row("reason", FormRow(look, "Lý do", self.reason, "Một câu cho tất cả, nằm trong lịch sử."))
        self.go_button.set_content(f"Lấy lại {format_number(count)} bản ghi" if count > 1 else "Lấy lại")
        self.go_button.set_reason("" if count else "Không có bản ghi nào lấy lại được")
        self._ask_reason(tuple(dict.fromkeys(text for one in plan.returning for text in one.warnings)))
        look.follow(self, lambda: self.table.setMinimumHeight(look.px(150)))
        size_to_content(look, self, _WIDTH)
        (self.reason if plan.needs_reason else self.go_button if count else self.cancel_button).setFocus()

    def _words(self) -> str:
        count, stay = len(self.plan.returning), len(self.plan.staying)
        said = f"{format_number(count)} bản ghi trở lại sổ như lúc bị xóa; Ctrl+Z bỏ lại cả lần." if count else (
            "Chưa lấy lại được bản ghi nào."
        )  # fmt: skip
        return f"{said} {format_number(stay)} bản ghi ở lại." if stay and count else said

    def _ask_reason(self, warnings: tuple[str, ...]) -> None:
        more = len(warnings) - _WARNINGS_SHOWN
        said = " ".join(warnings[:_WARNINGS_SHOWN]) + (f" Và {more} điều nữa." if more > 0 else "")
        self.warning.set_notice(State.WARN, "Cần một lý do", said)
        for part in (self.warning, self.rows["reason"]):
            set_shown(part, bool(warnings))

    def work(self) -> bool | Deed:
        """Brings them back; without a reason that is needed only asks for it."""
        plan, reason = self.plan, told_reason(self.reason.text())
        if not plan.returning:
            return False
        if plan.needs_reason and not reason:
            self.reason.setFocus()
            raise UserError(_NEEDS_REASON, **_first_warning(plan))
        return in_office(self.session, lambda own: deleted.bring_back(own, plan, reason))

    def succeed(self, found: object) -> None:
        """They are back."""
        self.accept()
        self.returned.emit(found)

    def _refuse(self, error: BaseException) -> None:
        """What was seen only once the records before it were back may still be let through with a reason."""
        super()._refuse(error)
        if isinstance(error, UserError) and error.code == _NEEDS_REASON:
            set_shown(self.rows["reason"], True)
            self.reason.setFocus()


def _first_warning(plan: ReturnPlan) -> dict[str, str]:
    one = next(one for one in plan.returning if one.warnings)
    return {"title": one.title, "why": one.warnings[0]}


def _lines(plan: ReturnPlan) -> list[_Line]:
    back, also, stays = (
        StateText(State.OK, "trở lại"), StateText(State.OK, "cùng trở lại"), StateText(State.WARN, "ở lại"),
    )  # fmt: skip
    lines = [_Line(one.title, stays, one.why) for one in plan.staying]
    for one in plan.returning:
        why = one.because or (one.warnings[0] if one.warnings else "")
        lines.append(_Line(one.title, also if one.because else back, why))
    return lines
