"""Records from an Excel file: what would be recorded, what stands in the way, then one action for undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer import ImportPlan, ImportResult
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error

_PROBLEMS_SHOWN = 200


class ImportDialog(QDialog):
    """The plan of an import; nothing is written before "Ghi". ``result_of_import`` holds what was done."""

    def __init__(self, look: Look, session: Session, plan: ImportPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._session, self._plan = look, session, plan
        self.result_of_import: ImportResult | None = None
        spec = session.register(plan.register)
        self.setWindowTitle(f"Nhập từ Excel: {spec.title}")
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(f"{plan.path.name}: {plan.total} dòng", TextRole.CARD_TITLE))
        outer.addWidget(self._verdict(spec.singular))
        taken = [f"{column.heading}" for column in plan.columns if column.field]
        skipped = [column.heading for column in plan.columns if not column.field and column.heading]
        outer.addWidget(
            caption(f"Cột nhận được: {', '.join(taken)}." if taken else "Không nhận ra cột nào.", wrap=True)
        )
        if skipped:
            outer.addWidget(caption(f"Cột bỏ qua: {', '.join(skipped)}.", wrap=True))
        self.problems = QPlainTextEdit("\n".join(self._problem_lines()))
        self.problems.setReadOnly(True)
        self.problems.setAccessibleName("Các dòng cần xem")
        self.problems.setVisible(bool(plan.problems))
        outer.addWidget(self.problems, 1)
        outer.addLayout(self._foot(spec.singular))
        size_to_content(look, self, 640)

    def _verdict(self, singular: str) -> Notice:
        plan = self._plan
        if plan.missing:
            return Notice(self._look, State.BAD, "Thiếu cột bắt buộc.", f"Tệp không có cột: {', '.join(plan.missing)}.")
        words = [f"{len(plan.rows)} {singular} ghi được"]
        if plan.unchanged:
            words.append(f"{plan.unchanged} dòng đã có sẵn")
        if plan.broken:
            words.append(f"{len(plan.broken)} dòng có lỗi, sẽ không ghi")
        state = State.WARN if plan.broken or not plan.rows else State.OK
        return Notice(self._look, state, "Chưa ghi gì.", ", ".join(words) + ".")

    def _problem_lines(self) -> list[str]:
        order = sorted(self._plan.problems, key=lambda problem: problem.severity is not Severity.ERROR)
        lines = [
            f"Dòng {found.row}{f', cột {found.column}' if found.column else ''}: {found.text}"
            for found in order[:_PROBLEMS_SHOWN]
        ]
        left = len(self._plan.problems) - len(lines)
        return [*lines, f"… và {left} nhận xét nữa."] if left > 0 else lines

    def _foot(self, singular: str) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._look.margins(foot, 0, 4, 0, 0, 8)
        self.record_button = filled(self._look, f"Ghi {len(self._plan.rows)} {singular}", "check")
        self.record_button.setVisible(bool(self._plan.rows))
        self.record_button.clicked.connect(self.record)
        close = bordered(self._look, "Thôi" if self._plan.rows else "Đóng")
        close.clicked.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.record_button)
        return foot

    def record(self) -> None:
        """Writes the good rows; the lines with errors go to a file beside the source."""
        source = self._plan.path
        errors = source.with_name(f"{source.stem}-loi.xlsx") if self._plan.broken else None
        try:
            self.result_of_import = transfer.apply_import(self._session, self._plan, error_file=errors)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self.accept()


def import_file(look: Look, session: Session, register: str, path: Path, parent: QWidget) -> ImportDialog | None:
    """Reads a file and shows its plan; None (with the refusal told) when the file cannot be read."""
    try:
        plan = transfer.preview_import(session, register, path)
    except UserError as error:
        show_error(look, error, parent)
        return None
    dialog = ImportDialog(look, session, plan, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(True)
    dialog.show()
    return dialog
