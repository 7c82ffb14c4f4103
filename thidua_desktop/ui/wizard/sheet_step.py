"""Step 5: the recovery sheet as paper, printed or kept as PDF, and the word that it was put away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.os_faults import fault_words
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.setup_flow import SetupFlow
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.file_choice import PDF_FILES, file_to_write
from thidua_desktop.ui.components.labels import IconLabel, caption, label
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.paper_picture import PaperPicture, print_pdf
from thidua_desktop.ui.wizard.refusal_block import RefusalBlock
from thidua_desktop.ui.wizard.step_page import StepPage

CONFIRM = "Tôi đã in và cất phiếu"
_TITLE = "Phiếu khôi phục"


class SheetView(QWidget):
    """The paper, print, save as PDF, and the box to tick. Used by the wizard and by Quản trị.

    ``confirmed`` tells whether the box is ticked.
    """

    confirmed = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.work = LongWork(look, self)
        self.paper = PaperPicture(look, 340, (0.0, 0.0, 1.0, 0.86), "Phiếu khôi phục, tờ giấy để in")
        self.print_button = bordered(look, "In phiếu", "printer", "Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.save_button = bordered(look, "Lưu thành PDF", "file-down")
        self.kept = QCheckBox(CONFIRM)
        self.done = caption("", "ok", wrap=True)
        row = QHBoxLayout(self)
        look.margins(row, 0, 0, 0, 0, 24)
        row.addWidget(self.paper, 3)
        row.addLayout(self._side(), 2)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._ask_where)
        self.kept.toggled.connect(self.confirmed)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        self._look.margins(side, 0, 0, 0, 0, 12)
        side.addWidget(
            label(
                "Khi không ai còn nhớ mật khẩu, chỉ phiếu này mở được sổ. Không ai khác, kể cả nơi làm phần mềm, "
                "mở được thay.",
                wrap=True,
            )
        )
        side.addWidget(label("In ra giấy, cất trong tủ có khóa cùng chỗ với con dấu.", wrap=True))
        for button in (self.print_button, self.save_button):
            side.addWidget(button)
        side.addWidget(self.done)
        self.done.hide()
        side.addWidget(
            IconLabel(
                self._look,
                "triangle-alert",
                "Nếu lưu thành PDF: in xong thì xóa tệp, ai có tệp đó cũng mở được sổ.",
                "warn",
                wrap=True,
            )
        )
        side.addWidget(self.kept)
        side.addStretch(1)
        return side

    def set_sheet(self, pdf: bytes) -> None:
        """Shows the page."""
        self.paper.set_pdf(pdf)
        self.kept.setChecked(False)
        self._say("")

    def save(self, path: Path) -> bool:
        """Writes the page as PDF; False and a sentence when that cannot be done."""
        try:
            path.write_bytes(self.paper.pdf)
        except OSError as error:
            self._say(f"Không ghi được {path.name}: {fault_words(error)}. Chọn nơi khác.")
            return False
        self._say(f"Đã lưu {path}")
        return True

    def _say(self, text: str) -> None:
        self.done.setText(text)
        self.done.setVisible(bool(text))

    def _print(self) -> None:
        print_pdf(self.work, self.paper.pdf, _TITLE, self, lambda: self._say("Đã gửi tới máy in."))

    def _ask_where(self) -> None:
        path = file_to_write(self, "Lưu phiếu khôi phục", "phieu-khoi-phuc.pdf", PDF_FILES, Files.RECOVERY)
        if path is not None:
            self.save(path)


class SheetStep(StepPage):
    """The office is made; it opens when the sheet is put away."""

    def __init__(self, look: Look, flow: SetupFlow) -> None:
        super().__init__(look, flow, _TITLE, "Sổ đã lập xong. Còn một việc trước khi mở: giữ đường vào dự phòng.")
        self.view = SheetView(look)
        self.view.confirmed.connect(self._on_confirmed)
        self.column.addWidget(self.view)
        self.problem = RefusalBlock(look)
        self.column.addWidget(self.problem)
        self.column.addStretch(1)

    def enter(self) -> None:
        if self.flow.made is not None:
            self.view.set_sheet(self.flow.made.recovery_sheet_pdf)

    def first_field(self) -> QWidget | None:
        return self.view.print_button

    def show_problems(self, problems: object) -> None:
        texts = [problem.text for problem in problems]  # type: ignore[attr-defined]
        self.problem.setVisible(bool(texts))
        if texts:
            self.problem.say("Chưa mở sổ được.", texts[0])
            self.view.kept.setFocus()

    def _on_confirmed(self, kept: bool) -> None:
        self.flow.sheet_kept = kept
        self.problem.hide()
        self.changed.emit()
