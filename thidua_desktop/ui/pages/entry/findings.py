"""What stands under a line of the form about one field: problems, warnings with their reasons, hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.reasons import reason_for
from thidua_desktop.ui.components.fields import ProblemLine, WarningBlock
from thidua_desktop.ui.components.labels import IconLabel
from thidua_desktop.ui.look.theme import Look

_WARNING_NAMES = {
    "TD-DATA-003": "Ngày ngược thứ tự",
    "TD-DATA-008": "Giờ ngược thứ tự",
    "TD-DATA-017": "Còn thiếu ý kiến",
    "TD-DATA-022": "Nhiều hơn thường lệ",
    "TD-DATA-023": "Phông chữ cũ",
    "TD-DATA-024": "Phông chữ cũ",
    "TD-DATA-027": "Khác số đang ghi",
    "TD-DATA-029": "Báo họp muộn",
    "TD-DATA-030": "Không đủ hộ",
    "TD-DATA-031": "Chưa đủ hộ dự",
    "TD-DATA-201": "Kỳ đã chốt",
    "TD-DATA-202": "Có thể ghi trùng",
    "TD-DATA-614": "Trạng thái chưa đổi",
    "TD-DATA-661": "Kết luận khác số phiếu",
    "TD-DATA-662": "Chưa ghi biểu quyết",
    "TD-DATA-663": "Chưa điểm danh",
    "TD-DATA-664": "Kết luận khác số phiếu",
}
_NUMBERS = ("TD-DATA-017", "TD-DATA-022", "TD-DATA-027", "TD-DATA-030")


def warning_name(problem: Problem) -> str:
    """Two to four words for a warning."""
    return _WARNING_NAMES.get(problem.code, "Cần xem lại")


class FindingsView(QWidget):
    """Findings of one field. ``kept`` carries a warning's key and reason; an empty reason means it was taken back.

    ``answered``: a reason was typed here, and the keys go on; ``mended`` carries the code that puts a choice right,
    ``chosen`` the problem of a child row whose sentence was clicked.
    """

    kept = Signal(str, str)
    answered = Signal()
    mended = Signal(str)
    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        look.margins(self._column, 0, 0, 0, 2, 4)
        self._problems: list[ProblemLine] = []
        self._errors: tuple[Problem, ...] = ()  # of each of these lines
        self._hints: list[IconLabel] = []
        self._blocks: dict[str, WarningBlock] = {}
        self._remedies: dict[str, str] = {}
        self.hide()

    def keep_typed(self) -> None:
        """Takes the reasons that were written and not confirmed."""
        for block in list(self._blocks.values()):
            block.keep_typed()

    def set_findings(self, problems: Sequence[Problem], reasons: Mapping[str, str]) -> None:
        """Shows the findings; blocks that are already there keep what is being typed into them."""
        errors = {p.text: p for p in reversed(problems) if p.severity is Severity.ERROR}
        hints = list(dict.fromkeys(p.text for p in problems if p.severity is Severity.HINT))
        warnings = {p.key: p for p in problems if p.severity is Severity.WARNING}
        self._show_errors([*errors.values()][::-1])
        self._show_hints(hints)
        for key in [key for key in self._blocks if key not in warnings]:
            block = self._blocks.pop(key)
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        for problem in warnings.values():
            self._show_warning(problem, reason_for(problem, reasons))
        self.setVisible(bool(problems))

    def problem_texts(self) -> list[str]:
        """The sentences shown as problems."""
        return [line.text() for line in self._problems if not line.isHidden()]

    def warning_block(self, key: str) -> WarningBlock | None:
        """The block of a warning that is shown."""
        return self._blocks.get(key)

    def waiting(self) -> WarningBlock | None:
        """The first warning without a reason."""
        return next((one for one in self._blocks.values() if not one.isHidden() and not one.is_kept()), None)

    def remedy(self) -> str:
        """The code that puts right what is warned of and not kept; "" where nothing does."""
        waiting = (key for key, block in self._blocks.items() if not block.is_kept())
        return next((found for key in waiting if (found := self._remedies.get(key, ""))), "")

    def _show_errors(self, errors: Sequence[Problem]) -> None:
        while len(self._problems) < len(errors):
            line = ProblemLine(self._look)
            line.chosen.connect(partial(self._on_chosen, len(self._problems)))
            self._problems.append(line)
            self._column.insertWidget(len(self._problems) - 1, line)
        self._errors = tuple(errors)
        for place, line in enumerate(self._problems):
            line.set_problem(errors[place].text if place < len(errors) else "")
            line.set_leads(place < len(errors) and errors[place].row is not None)

    def _on_chosen(self, place: int) -> None:
        self.chosen.emit(self._errors[place])

    def _show_hints(self, texts: Sequence[str]) -> None:
        while len(self._hints) < len(texts):
            line = IconLabel(self._look, "info", "", "text-2", wrap=True)
            self._hints.append(line)
            self._column.addWidget(line)
        for place, line in enumerate(self._hints):
            shown = place < len(texts)
            line.setVisible(shown)
            if shown:
                line.set_content("info", texts[place], "text-2")

    def _show_warning(self, problem: Problem, reason: str) -> None:
        key = problem.key
        block = self._blocks.get(key)
        if block is None:
            block = WarningBlock(self._look, "Giữ số này" if problem.code in _NUMBERS else "Giữ như vậy")
            block.kept.connect(lambda text: self.kept.emit(key, text))
            block.answered.connect(self.answered)
            block.reopened.connect(lambda: self.kept.emit(key, ""))
            block.mended.connect(lambda: self.mended.emit(self._remedies[key]))
            self._blocks[key] = block
            self._column.addWidget(block)
            block.set_warning(warning_name(problem), problem.text, reason)
        elif block.property("sentence") != problem.text or bool(reason) != block.is_kept():
            typed = block.reason.text()
            block.set_warning(warning_name(problem), problem.text, reason)
            block.reason.setText(reason or typed)
        block.setProperty("sentence", problem.text)
        self._remedies[key], words = problem.remedy
        block.offer(f"Đặt “{words}”" if words else "")
