"""What all form fields share: frame states, the problem line, the warning block. Field widgets are elsewhere."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.ui.components.buttons import bordered, link
from thidua_desktop.ui.components.labels import IconLabel, label, set_style_property
from thidua_desktop.ui.components.painting import rounded_box
from thidua_desktop.ui.components.states import State, state_look
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class FieldState(StrEnum):
    """What the border of a field says."""

    NORMAL = ""
    BAD = "bad"
    WARN = "warn"


def set_field_state(field: QWidget, state: FieldState) -> None:
    """Border of a ``QLineEdit``, ``QComboBox``, ``QPlainTextEdit``, ``QTextEdit`` or ``FieldFrame``."""
    set_style_property(field, "state", str(state))


class FieldLabel(QWidget):
    """Label, and a bold red asterisk when the field is required (spoken as "bắt buộc")."""

    def __init__(self, text: str, required: bool = False, ink: str = "text") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(label(text, ink=ink))
        if required:
            row.addWidget(label("*", TextRole.STRONG, "bad"))
        row.addStretch(1)
        self.setAccessibleName(f"{text}, bắt buộc" if required else text)


class FieldFrame(QFrame):
    """A field's box around several widgets (chosen values, a text part, a calendar button).

    Draws surface and edge, 2 px while the focus is inside or the state is bad or warn; nothing moves. Put frameless
    widgets into ``row``.
    """

    def __init__(self, look: Look, height: int = 34) -> None:
        super().__init__()
        self._look = look
        self.row = QHBoxLayout(self)
        look.margins(self.row, 6, 2, 6, 2, 4)
        look.follow(self, lambda: self.setMinimumHeight(look.px(height)))

    def focus_inside(self) -> bool:
        """True while the focus is on a widget inside."""
        focused = self.window().focusWidget()
        return focused is not None and focused.hasFocus() and (focused is self or self.isAncestorOf(focused))

    def watch(self, widget: QWidget) -> None:
        """Repaints the border when ``widget`` gets or loses the focus."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QFocusEvent):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        state = str(self.property("state") or "")
        focused = self.focus_inside()
        ink = state or ("accent-ink" if focused else "edge")
        painter = QPainter(self)
        fill = look.color("surface" if self.isEnabled() else "raised")
        rounded_box(painter, self.rect(), fill, look.color(ink), 2 if state or focused else 1, look.px(4))
        painter.end()


class ProblemLine(IconLabel):
    """One sentence under a field: what is wrong and what to type. Hidden while empty.

    ``chosen``: it was clicked, where it leads to the place that it is about (to which F8 leads by keys).
    """

    chosen = Signal()

    def __init__(self, look: Look, text: str = "") -> None:
        shown = state_look(State.ERROR)
        super().__init__(look, shown.icon, text, shown.ink, wrap=True)
        self._leads = False
        self.setVisible(bool(text))

    def set_problem(self, text: str) -> None:
        """Shows the sentence, or hides the line when it is empty."""
        shown = state_look(State.ERROR)
        self.set_content(shown.icon, text, shown.ink)
        self.setVisible(bool(text))

    def set_leads(self, leads: bool) -> None:
        """Whether a click leads to the place."""
        self._leads = leads
        if leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._leads and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()
        else:
            super().mouseReleaseEvent(event)


ASKED_REASON = "Ghi vài chữ cho rõ vì sao, ví dụ: đã đối chiếu sổ giấy."
"""Where the reason that was typed says nothing."""


_BESIDE = 220  # px at 100 %: a sentence that has less beside its bold words, and needs more, stands under them


def _stand(look: Look, both: QBoxLayout, name: QWidget, sentence: QLabel) -> None:
    """Bold words and sentence beside each other, or under each other where the block is narrow."""
    block = both.parentWidget()
    if block is None or not sentence.text():
        return
    room = block.contentsRect().width() - name.sizeHint().width() - look.px(40)
    narrow = room < look.px(_BESIDE) and look.text_width(sentence.text()) > room
    way = QBoxLayout.Direction
    both.setDirection(way.TopToBottom if narrow else way.LeftToRight)


class WarningBlock(QFrame):
    """Under a field with a warning: name, comparison, a one-line reason and "Giữ số này".

    ``kept`` carries the reason when it is given, ``answered`` follows when that was done in the block itself, which
    the keys then leave. Kept, the block folds to one caption line with the reason;
    ``reopened`` is emitted when that line's "Sửa" is pressed; ``mended`` when the remedy that is offered is taken.
    """

    kept = Signal(str)
    answered = Signal()
    reopened = Signal()
    mended = Signal()

    def __init__(self, look: Look, keep_text: str = "Giữ số này") -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "warning")
        outer = QVBoxLayout(self)
        look.margins(outer, 12, 8, 12, 8, 6)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        look.margins(self._line, 0, 0, 0, 0, 8)
        self._name = IconLabel(look, "triangle-alert", "", "warn", TextRole.STRONG, 18)
        self._comparison = label("", wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        self._comparison.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
        self._line.addWidget(self._name, 0, top)
        self._line.addWidget(self._comparison, 1)
        outer.addLayout(self._line)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Lý do, một dòng")
        self.reason.setAccessibleName("Lý do giữ")
        self._keep = bordered(look, keep_text, "check")
        self._entry = QWidget()
        entry_row = QHBoxLayout(self._entry)
        look.margins(entry_row, 0, 0, 0, 0, 8)
        self.remedy = bordered(look, "", "check", "F9")
        self.remedy.clicked.connect(self.mended)
        entry_row.addWidget(self.remedy)
        self.remedy.hide()
        entry_row.addWidget(self.reason, 1)
        entry_row.addWidget(self._keep)
        outer.addWidget(self._entry)
        self._says_nothing = ProblemLine(look)
        outer.addWidget(self._says_nothing)
        self._folded = QWidget()
        folded_row = QHBoxLayout(self._folded)
        look.margins(folded_row, 0, 0, 0, 0, 8)
        self._folded_text = IconLabel(look, "check", "", "muted", wrap=True)
        self._edit = link(look, "Sửa", leads=False)
        folded_row.addWidget(self._folded_text, 1)
        self._edit.set_compact(20)
        folded_row.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self._folded)
        self._folded.hide()
        self._keep.clicked.connect(self._on_answer)
        self.reason.returnPressed.connect(self._on_answer)
        self._is_fresh = False  # what stands there was written for this warning, not for what it said before
        self.reason.textEdited.connect(self._on_written)
        self._edit.clicked.connect(self._on_edit)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _stand(self._look, self._line, self._name, self._comparison)

    def set_warning(self, name: str, comparison: str, reason: str = "") -> None:
        """Shows a warning: bold two to four words, the comparison with numbers; with ``reason`` it is kept already."""
        self._name.set_content("triangle-alert", name, "warn")
        self._comparison.setText(comparison)
        _stand(self._look, self._line, self._name, self._comparison)
        self.setAccessibleName(f"{name}. {comparison}")
        self.reason.setText(reason)
        self._is_fresh = False
        self._fold(bool(reason))
        self.show()

    def offer(self, remedy: str) -> None:
        """The words of the button that puts it right; "" where nothing does."""
        self.remedy.set_content(remedy)
        self.remedy.setVisible(bool(remedy))

    def clear(self) -> None:
        """Hides the block and forgets the reason."""
        self.reason.clear()
        self._fold(False)
        self.hide()

    def is_kept(self) -> bool:
        """True when a reason was given."""
        return not self.isHidden() and not self._folded.isHidden()

    def keep_typed(self) -> None:
        """Whoever saves with a reason written there has given it."""
        if self._is_fresh and not self.isHidden() and not self.is_kept() and self.reason.text().strip():
            self._on_keep()

    def _on_written(self) -> None:
        self._is_fresh = True
        self._says_nothing.set_problem("")

    def _on_answer(self) -> None:
        self._on_keep()
        if self.is_kept():
            self.answered.emit()

    def _on_keep(self) -> None:
        reason = told_reason(self.reason.text())
        if not reason:
            self._says_nothing.set_problem(ASKED_REASON if self.reason.text().strip() else "")
            self.reason.setFocus()
            return
        self.reason.setModified(False)
        self._fold(True)
        self.kept.emit(reason)

    def _on_edit(self) -> None:
        self._fold(False)
        self.reason.setFocus()
        self.reopened.emit()

    def _fold(self, folded: bool) -> None:
        self._says_nothing.set_problem("")
        self._folded_text.set_content("check", f"Đã giữ, lý do: {self.reason.text().strip()}", "text-2")
        self._folded.setVisible(folded)
        self._entry.setVisible(not folded)
        self._name.setVisible(not folded)
        self._comparison.setVisible(not folded)
        set_style_property(self, "kind", "kept" if folded else "warning")


class Notice(QFrame):
    """A tinted block with icon, bold words and a sentence: "Còn thiếu 1 hộ tán thành  Có 34, cần 35 …".

    ``below``: the sentence stands under the bold words, where the block is narrow.
    """

    _KINDS = {"ok-soft": "success", "warn-soft": "warning", "bad-soft": "error"}

    def __init__(self, look: Look, state: State, name: str, sentence: str = "", below: bool = False) -> None:
        super().__init__()
        way = QBoxLayout.Direction
        self._look, self._below = look, below
        row = self._row = QBoxLayout(way.TopToBottom if below else way.LeftToRight, self)
        look.margins(row, 12, 7, 12, 7, 8)
        self._name = IconLabel(look, "info", "", "text", TextRole.STRONG, 18)
        self._sentence = label("", wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        self._sentence.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self._name, 0, top)
        row.addWidget(self._sentence, 1)
        self.set_notice(state, name, sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        if not self._below:
            _stand(self._look, self._row, self._name, self._sentence)

    def set_notice(self, state: State, name: str, sentence: str = "") -> None:
        """Changes state, bold words and sentence."""
        shown = state_look(state)
        set_style_property(self, "kind", self._KINDS.get(shown.soft, "info"))
        self._name.set_content(shown.icon, name, shown.ink)
        self._sentence.setText(sentence)
        self._stand()
        self.setAccessibleName(f"{name}. {sentence}".strip(". "))


class SearchField(QLineEdit):
    """A text field with a leading icon, 34 or 30 px high. No key filter, no mask, no completion.

    ``spaced``: an input method ended what it wrote with a space, of which no key is told.
    """

    spaced = Signal()

    def __init__(self, look: Look, placeholder: str, icon: str = "search", small: bool = False) -> None:
        super().__init__()
        self._look = look
        self._width = 192
        self._tail = 0
        self._icon_name = icon
        self._small = small
        self._preedit = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self, self._restyle)

    def composing(self) -> bool:
        """True while an input method holds unfinished text: nothing may open then."""
        return bool(self._preedit)

    def begin_search(self) -> None:
        """Ctrl+F: what is typed replaces what was looked for."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def inputMethodEvent(self, event: object) -> None:
        self._preedit = event.preeditString()  # type: ignore[attr-defined]
        super().inputMethodEvent(event)  # type: ignore[arg-type]
        if event.commitString().endswith(" "):  # type: ignore[attr-defined]
            self.spaced.emit()

    def _restyle(self) -> None:
        look = self._look
        self.setTextMargins(look.px(26), 0, look.px(self._tail), 0)
        self.setFixedHeight(look.px(30 if self._small else 34))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(self._width), self._look.px(30 if self._small else 34))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = self._look.px(18)
        pixmap = self._look.pixmap(self._icon_name, "text-2", 18, self.devicePixelRatioF())
        painter.drawPixmap(self._look.px(10), (self.height() - side) // 2, pixmap)
        painter.end()
