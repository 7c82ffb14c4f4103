"""Step 2: the header lines of the office's papers."""

from __future__ import annotations

from thidua_desktop.services.session import Clock
from thidua_desktop.services.setup_flow import SetupFlow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.letterhead_form import LetterheadForm
from thidua_desktop.ui.wizard.step_page import StepPage


class LetterheadStep(StepPage):
    """Prefilled from the unit's name; everything can be changed later in Quản trị."""

    def __init__(self, look: Look, flow: SetupFlow, clock: Clock) -> None:
        super().__init__(
            look, flow, "Đầu giấy tờ", "Lập theo Nghị định 30/2020/NĐ-CP từ tên đơn vị; sửa nếu nơi mình ghi khác."
        )
        self.form = LetterheadForm(look, clock.today())
        self.form.edited.connect(self._on_edited)
        self.rows = self.form.rows
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def enter(self) -> None:
        answers = self.flow.answers
        self.form.set_values(
            header_parent=answers.header_parent,
            header_issuer=answers.header_issuer,
            place=answers.place,
            symbol_suffix=answers.symbol_suffix,
        )

    def leave(self) -> None:
        self.flow.change(**self.form.values())

    def _on_edited(self, name: str) -> None:
        self.clear_problem(name)
        self.flow.change(**{name: self.form.fields[name].text()})
        self.changed.emit()
