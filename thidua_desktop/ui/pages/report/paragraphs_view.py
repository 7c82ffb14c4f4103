"""The narrative: one editor per paragraph, kept a moment after typing stops."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.services.reports.build import Report, ReportParagraph
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_KEEP_AFTER = 700  # milliseconds without typing


class _Editor(QPlainTextEdit):
    """Grows with its text; Tab goes on to the next paragraph. Left alone otherwise: Vietnamese typing is sacred."""

    left = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())

    def _grow(self) -> None:
        lines = max(2, round(self.document().size().height()))
        height = lines * self.fontMetrics().lineSpacing() + self._look.px(22)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ParagraphEdit(QWidget):
    """Heading, what the officer should add, the text, and the way back to the draft."""

    changed = Signal(str, str)

    def __init__(self, look: Look, part: ReportParagraph) -> None:
        super().__init__()
        self.part = part
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 4)
        head = QHBoxLayout()
        head.addWidget(label(part.heading or "Phần mở đầu", TextRole.STRONG, wrap=True), 1)
        self.back_to_draft = link(look, "Trở về bản soạn tự động", "rotate-ccw", leads=False)
        head.addWidget(self.back_to_draft, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if part.prompt:
            column.addWidget(caption(part.prompt, wrap=True))
        self.editor = _Editor(look, part.heading or part.name)
        column.addWidget(self.editor)
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._timer.timeout.connect(self.keep)
        self.editor.setPlainText(part.text)
        self.editor.textChanged.connect(self._timer.start)
        self.editor.left.connect(self.keep)
        self.back_to_draft.clicked.connect(self._reset)
        self._kept = part.text
        self.show_part(part)

    def show_part(self, part: ReportParagraph) -> None:
        """The paragraph as it stands now; what is being typed is never overwritten."""
        self.part = part
        self.back_to_draft.setVisible(part.edited and self.editor.isEnabled() and not self.editor.isReadOnly())
        if self.editor.hasFocus() or self._timer.isActive() or self.editor.toPlainText() == part.text:
            return
        self._put(part.text)

    def keep(self) -> None:
        """Hands over what was typed since the last time."""
        self._timer.stop()
        text = self.editor.toPlainText()
        if text != self._kept and not self.editor.isReadOnly():
            self._kept = text
            self.changed.emit(self.part.name, "" if text.strip() == self.part.draft.strip() else text)

    def set_closed(self, closed: bool) -> None:
        """A closed report is read only."""
        self.editor.setReadOnly(closed)
        self.back_to_draft.setVisible(self.part.edited and not closed)

    def _reset(self) -> None:
        self._put(self.part.draft)
        self.changed.emit(self.part.name, "")

    def _put(self, text: str) -> None:
        self.editor.blockSignals(True)
        self.editor.setPlainText(text)
        self.editor.blockSignals(False)
        self._kept = text
        self._timer.stop()


class ParagraphsView(QWidget):
    """All paragraphs of a report; ``edited`` carries paragraph name and text (empty: back to the draft)."""

    edited = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        look.margins(self._column, 16, 12, 16, 16, 16)
        self._of: tuple[str, str] = ("", "")
        self.parts: dict[str, ParagraphEdit] = {}

    def show_report(self, report: Report) -> int:
        """The paragraphs of a report; gives how many can be written."""
        of = (report.spec.name, report.period.code)
        if of != self._of:
            self._rebuild(report)
            self._of = of
        for part in report.paragraphs:
            if part.name in self.parts:
                self.parts[part.name].show_part(part)
                self.parts[part.name].set_closed(report.closed)
        return len(self.parts)

    def keep_all(self) -> None:
        """Hands over everything that is still being typed."""
        for part in self.parts.values():
            part.keep()

    def _rebuild(self, report: Report) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.parts = {}
        for part in report.paragraphs:
            if is_written(part):
                edit = ParagraphEdit(self._look, part)
                edit.changed.connect(self.edited)
                self.parts[part.name] = edit
                self._column.addWidget(edit)
            else:
                self._column.addWidget(label(part.heading, TextRole.CARD_TITLE, wrap=True))
        self._column.addStretch(1)


def is_written(part: ReportParagraph) -> bool:
    """Whether a paragraph has text of its own; others are headings only."""
    return bool(part.draft or part.prompt or part.text)
