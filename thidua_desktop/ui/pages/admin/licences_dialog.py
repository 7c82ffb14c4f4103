"""Giấy phép: the licence texts of everything that the program carries, one part after the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.services.licences import LicenceText, licences
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.dialogs import dialog_foot
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import run_task


class LicencesDialog(QDialog):
    """Left the parts, right the text of the chosen one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Giấy phép của chương trình và các phần đi kèm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.texts: list[LicenceText] = []
        self.parts = WordList(look, "Các phần của chương trình")
        self.short = label("", ink="text-2", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Lời giấy phép")
        self.parts.currentRowChanged.connect(self._show)
        self.close_button = bordered(look, "Đóng")
        self.close_button.clicked.connect(self.reject)
        middle = QHBoxLayout()
        look.margins(middle, 0, 0, 0, 0, 12)
        middle.addWidget(self.parts, 2)
        side = QVBoxLayout()
        look.margins(side, 0, 0, 0, 0, 8)
        side.addWidget(self.short)
        side.addWidget(self.text, 1)
        middle.addLayout(side, 5)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(self.windowTitle(), TextRole.CARD_TITLE))
        outer.addLayout(middle, 1)
        outer.addLayout(dialog_foot(look, self.close_button))
        self.short.setText("Đang đọc giấy phép của từng phần")
        reading = run_task(self, lambda _control: licences())
        reading.succeeded.connect(self._fill)
        reading.failed.connect(lambda error: show_error(look, error, self))
        self.resize(min(1150, look.px(960)), min(660, look.px(600)))

    def _fill(self, texts: list[LicenceText]) -> None:
        self.texts = texts
        self.parts.addItems([one.name for one in texts])
        self.parts.setCurrentRow(0)

    def _show(self, row: int) -> None:
        shown = self.texts[row]
        self.short.setText(f"{shown.name}: {shown.short}" if shown.short else shown.name)
        self.text.setPlainText(shown.text)
