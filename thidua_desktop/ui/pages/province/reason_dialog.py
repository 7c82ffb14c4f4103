"""Why something is returned, opened again or settled: one sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

_WIDTH = 520  # px at 100 %


class ReasonDialog(FormDialog):
    """``keep`` does the work with the reason; what it refuses is told on the dialog, which stays open."""

    def __init__(
        self, look: Look, title: str, verb: str, words: str, keep: Callable[[str], object], parent: QWidget | None,
        hint: str = "Xã thấy đúng câu này.", name: str = "Lý do",
    ) -> None:  # fmt: skip
        super().__init__(look, title, verb, parent)
        self._keep = keep
        self.reason = PlainLine(look, name)
        self.column.addWidget(label(words, wrap=True))
        self.add_row("reason", FormRow(look, name, self.reason, hint, required=True))
        size_to_content(look, self, _WIDTH)
        self.reason.setFocus()

    def work(self) -> bool:
        """Keeps the reason; TD-SYNC-133 as the service says it."""
        self._keep(self.reason.text())
        return True
