"""The narrative: one editor per paragraph, kept a moment after typing stops."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.services.reports.build import Report, ReportParagraph
from thidua_desktop.services.reports.carrying import NOTHING, Carried, Offer
from thidua_desktop.text import lower_first
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.showing import clear_layout, set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_RESULTS = "II. "  # the part on results, as Decree 30's sample numbers it
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
    taken = Signal(str)

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
        self.take_words = link(look, "Lấy lời kỳ trước", "history", leads=False)
        self.take_words.hide()
        column.addWidget(self.take_words, 0, Qt.AlignmentFlag.AlignLeft)
        if part.prompt:
            column.addWidget(caption(part.prompt, wrap=True))
        self.editor = _Editor(look, part.heading or part.name)
        column.addWidget(self.editor)
        self.old_numbers = StateLabel(look, State.WARN, "")
        self.old_numbers.hide()
        column.addWidget(self.old_numbers)
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._timer.timeout.connect(self.keep)
        self.editor.setPlainText(part.text)
        self.editor.textChanged.connect(self._timer.start)
        self.editor.left.connect(self.keep)
        self.back_to_draft.clicked.connect(self._reset)
        self.take_words.clicked.connect(lambda: self.taken.emit(self.part.name))
        self._kept = part.text
        self.show_part(part)

    def show_part(self, part: ReportParagraph) -> None:
        """The paragraph as it stands now; what is being typed is never overwritten."""
        self.part = part
        self.back_to_draft.setVisible(part.edited and self.editor.isEnabled() and not self.editor.isReadOnly())
        if self.editor.hasFocus() or self._timer.isActive() or self.editor.toPlainText() == part.text:
            return
        self._put(part.text)

    def show_carried(self, offer: Offer | None, stale: tuple[str, ...], closed: bool) -> None:
        """What last period wrote here, and its numbers that still stand in the words of this one."""
        set_shown(self.take_words, offer is not None and not closed)
        self.take_words.setToolTip(offer.text if offer else "")
        self.old_numbers.set_state(State.WARN, f"Số của kỳ trước còn trong lời: {', '.join(stale)}")
        set_shown(self.old_numbers, bool(stale) and not closed)

    def keep(self) -> None:
        """Hands over what was typed since the last time."""
        self._timer.stop()
        text = self.editor.toPlainText()
        self.editor.document().setModified(False)
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
    """All paragraphs of a report; ``edited`` carries paragraph name and text (empty: back to the draft), ``taken`` the
    names of paragraphs that take the words of last period."""

    edited = Signal(str, str)
    taken = Signal(tuple)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        look.margins(self._column, 16, 12, 16, 16, 16)
        self._of: tuple[str, str] = ("", "")
        self._offered: tuple[str, ...] = ()
        self.parts: dict[str, ParagraphEdit] = {}
        self._results: ParagraphEdit | None = None

    def show_report(self, report: Report, before: Carried = NOTHING) -> int:
        """The paragraphs of a report, with what the period ``before`` gives; tells how many can be written."""
        of = (report.spec.name, report.period.code)
        if of != self._of:
            self._rebuild(report)
            self._of = of
        for part in report.paragraphs:
            if part.name in self.parts:
                self.parts[part.name].show_part(part)
                self.parts[part.name].set_closed(report.closed)
                offer, stale = before.offers.get(part.name), before.stale.get(part.name, ())
                self.parts[part.name].show_carried(offer, stale, report.closed)
        self._show_before(before, report.closed)
        return len(self.parts)

    def _show_before(self, before: Carried, closed: bool) -> None:
        self._offered = tuple(name for name in self.parts if name in before.offers)
        self.take_all.set_content(f"Lấy lời kỳ trước cho {len(self._offered)} đoạn", "history")
        set_shown(self.take_all, bool(self._offered) and not closed)
        named = f" ({lower_first(before.period.name)})" if before.period else ""
        self.planned.setText(f"Nhiệm vụ đã nêu kỳ trước{named}: {before.tasks}")
        set_shown(self.planned, bool(before.tasks))
        set_shown(self.use_planned, bool(before.tasks) and not closed and self._results is not None)

    def _use_planned(self) -> None:
        """What was planned goes under the first words on results, to be answered there."""
        if self._results is not None:
            words = self.planned.text()
            kept = self._results.editor.toPlainText().rstrip()
            self._results.editor.setPlainText(f"{kept}\n{words}" if kept else words)
            self._results.keep()
            self._results.editor.setFocus()

    def keep_all(self) -> None:
        """Hands over everything that is still being typed."""
        for part in self.parts.values():
            part.keep()

    def _rebuild(self, report: Report) -> None:
        clear_layout(self._column)
        self.parts = {}
        self._results = None
        self.take_all = link(self._look, "", "history", leads=False)
        self.take_all.clicked.connect(lambda: self.taken.emit(self._offered))
        self.planned = label("", TextRole.BASE, ink="text-2", wrap=True)
        self.use_planned = link(self._look, "Đưa vào kết quả", "plus", leads=False)
        self.use_planned.clicked.connect(self._use_planned)
        for widget in (self.take_all, self.planned, self.use_planned):
            widget.hide()
        self._column.addWidget(self.take_all, 0, Qt.AlignmentFlag.AlignLeft)
        in_results = False
        for part in report.paragraphs:
            if part.level == 1:
                in_results = part.heading.startswith(_RESULTS)
            if is_written(part):
                edit = ParagraphEdit(self._look, part)
                edit.taken.connect(lambda name: self.taken.emit((name,)))
                if in_results and self._results is None:
                    self._results = edit
                    self._column.addWidget(self.planned)
                    self._column.addWidget(self.use_planned, 0, Qt.AlignmentFlag.AlignLeft)
                edit.changed.connect(self.edited)
                self.parts[part.name] = edit
                self._column.addWidget(edit)
            else:
                self._column.addWidget(label(part.heading, TextRole.CARD_TITLE, wrap=True))
        self._column.addStretch(1)


def is_written(part: ReportParagraph) -> bool:
    """Whether a paragraph has text of its own; others are headings only."""
    return bool(part.draft or part.prompt or part.text)
