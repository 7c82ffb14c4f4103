"""The lines above every paper, with the head of a report as it will be printed (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.letterhead import sample_page
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import Task, run_task, work_line
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine
from thidua_desktop.ui.wizard.paper_picture import PaperPicture

_HEAD = (0.14, 0.055, 0.96, 0.24)  # the part of the page that the head and the title take
_DRAW_AFTER = 150  # milliseconds without typing
_FIELDS = (
    ("header_parent", "Cơ quan chủ quản (dòng trên)", "Để trống nếu không ghi.", False),
    ("header_issuer", "Cơ quan ban hành (dòng đậm)", "", True),
    ("place", "Địa danh", "Đứng trước ngày, tháng.", True),
    ("symbol_suffix", "Viết tắt trong số, ký hiệu", "Số: …/BC-UBND.", True),
)


class LetterheadForm(QWidget):
    """Four fields and the picture; ``edited`` carries the field's name. Used by the wizard and by Quản trị."""

    edited = Signal(str)

    def __init__(self, look: Look, today: date, picture_width: int = 560) -> None:
        super().__init__()
        self._today = today
        self.rows: dict[str, FormRow] = {}
        self.fields: dict[str, PlainLine] = {}
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 12)
        grid = QGridLayout()
        look.margins(grid, 0, 0, 0, 0, 12)
        for place, (name, text, hint, required) in enumerate(_FIELDS):
            field = PlainLine(look, text)
            field.textChanged.connect(lambda _text, at=name: self._on_text(at))
            self.fields[name] = field
            self.rows[name] = FormRow(look, text, field, hint, required)
            row, column = (place, 0) if place < 2 else (2, place - 2)
            grid.addWidget(self.rows[name], row, column, 1, 2 if place < 2 else 1)
        outer.addLayout(grid)
        outer.addWidget(caption("Giấy tờ sẽ in như sau:", "text-2"))
        self.picture = PaperPicture(look, picture_width, _HEAD, "Đầu giấy tờ sẽ in")
        outer.addWidget(self.picture)
        self._line = work_line(self)
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DRAW_AFTER)
        self._timer.timeout.connect(self.draw)

    def set_values(self, *, header_parent: str, header_issuer: str, place: str, symbol_suffix: str) -> None:
        """Fills the fields and draws the picture."""
        values = {
            "header_parent": header_parent,
            "header_issuer": header_issuer,
            "place": place,
            "symbol_suffix": symbol_suffix,
        }
        for name, value in values.items():
            if self.fields[name].text() != value:
                self.fields[name].setText(value)
        self.draw()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.text() for name, field in self.fields.items()}

    def draw(self) -> None:
        """Prints the head anew, beside the window; what was printed before stays until it is there."""
        self._timer.stop()
        values, day = self.values(), self._today
        if self._task is not None:
            self._task.cancel()
        task = self._task = run_task(self, lambda _control: sample_page(**values, day=day), self._line)
        task.succeeded.connect(lambda pdf: self._end(task, pdf, None))
        task.failed.connect(lambda error: self._end(task, b"", error))
        spoken = " / ".join(text for text in (values["header_parent"], values["header_issuer"]) if text)
        self.picture.setAccessibleDescription(spoken)

    def _end(self, task: Task, pdf: bytes, error: BaseException | None) -> None:
        if task is not self._task:  # typed on meanwhile
            return
        self._task = None
        if error is None:
            self.picture.set_pdf(pdf)
            self.rows["header_issuer"].set_problem("")
        elif isinstance(error, UserError):
            self.rows["header_issuer"].set_problem(f"{error.sentence} {error.remedy}")
        else:
            raise error

    def _on_text(self, name: str) -> None:
        self._timer.start()
        self.edited.emit(name)
