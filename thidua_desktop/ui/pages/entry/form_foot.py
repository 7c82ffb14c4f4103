"""The foot of the form: how many problems are left, and the three ways out. The save buttons are never disabled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout

from thidua_desktop.ui.components.buttons import bordered, filled, link
from thidua_desktop.ui.components.labels import IconLabel
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.rooms import HOW_HELP

LEAVE = "Thoát, giữ nháp"


class FormFoot(QFrame):
    """Signals for each button; ``set_counts`` says what is left."""

    go_to_problem = Signal()
    leave = Signal()
    save = Signal()
    save_and_next = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hints_wanted = True
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        look.margins(row, 16, 9, 16, 9, 8)
        self.words = IconLabel(look, "circle-check", "", "text-2", TextRole.BASE)
        self.go = link(look, "Tới chỗ lỗi", leads=False)
        self.leave_button = bordered(look, LEAVE, "", "Esc")
        self.save_button = bordered(look, "Lưu", "save", "Ctrl+S")
        self.next_button = filled(look, "Lưu, ghi tiếp", "", "Ctrl+Enter")
        row.addWidget(self.words)
        row.addWidget(self.go)
        row.addStretch(1)
        for button in (self.leave_button, self.save_button, self.next_button):
            row.addWidget(button)
        explain_by(f"{HOW_HELP}refused", self.words, self.go)
        explain_by(f"{HOW_HELP}draft", self.leave_button, self.save_button, self.next_button)
        self.go.clicked.connect(self.go_to_problem)
        self.leave_button.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.next_button.clicked.connect(self.save_and_next)
        self.set_counts(0, 0, 0)

    def set_hints_shown(self, shown: bool) -> None:
        """Key hints are the first words to go; they also go when the words at the left need their room."""
        self._hints_wanted = shown
        self._give_way()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(420), self._look.px(54))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.px(54))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Key hints go first, then the link to the place: F8 and every save button lead there too."""
        wanted = not self.words.isHidden()
        for hints, link_shown in ((self._hints_wanted, wanted), (False, wanted), (False, False)):
            self.go.setVisible(link_shown)
            for button in (self.leave_button, self.save_button, self.next_button):
                button.set_key_hint_shown(hints)
            widgets = (self.words, self.go, self.leave_button, self.save_button, self.next_button)
            needed = sum(widget.sizeHint().width() + self._look.px(8) for widget in widgets if not widget.isHidden())
            if needed + self._look.px(32) <= self.width():
                return

    def set_counts(self, errors: int, warnings: int, missing: int) -> None:
        """Errors to mend, warnings without a reason, required fields not yet written."""
        if errors:
            self.words.set_content("circle-alert", f"Còn {errors} lỗi phải sửa", "bad")
        elif warnings:
            self.words.set_content("triangle-alert", f"Còn {warnings} cảnh báo cần lý do", "warn")
        elif missing:
            self.words.set_content("circle-dashed", f"Còn {missing} mục bắt buộc", "text-2")
        self.words.setVisible(bool(errors or warnings or missing))
        self.go.set_content("Tới chỗ lỗi" if errors else "Tới chỗ đó")
        self._give_way()
