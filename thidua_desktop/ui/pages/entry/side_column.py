"""The column beside the form: where the gaps are, what is similar already, what the field in focus means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldSpec
from thidua_desktop.services.records import Similar
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import IconLabel, caption, label
from thidua_desktop.ui.components.painting import draw_icon_at, draw_words, rounded_box
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.form_check import SectionMood, SectionState

_MOODS = {
    SectionMood.ERROR: ("circle-alert", "bad"),
    SectionMood.WARNING: ("triangle-alert", "warn"),
    SectionMood.INCOMPLETE: ("circle-dashed", "muted"),
    SectionMood.EMPTY: ("circle-dashed", "muted"),
    SectionMood.COMPLETE: ("circle-check", "ok"),
}
_CERTAINTY = {
    "M": "Mục này dựng theo thông lệ công tác, chưa đối chiếu từng chữ với văn bản; ghi theo hướng dẫn của tỉnh.",
    "?": "Mục này chưa rõ quy định; ghi theo hướng dẫn của tỉnh.",
}


class SectionButton(QPushButton):
    """A section's title with its state at the right; pressing it goes there. Not a stop for Tab."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look, self._title = look, title
        self._state = SectionState(SectionMood.EMPTY, "chưa ghi")
        self._current = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: SectionState, current: bool) -> None:
        """How the section stands, and whether the focus is in it."""
        self._state, self._current = state, current
        self.setAccessibleName(f"{self._title}: {state.text}")
        self.update()

    def state(self) -> SectionState:
        """What is shown."""
        return self._state

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), look.color("sel"))
            painter.fillRect(QRect(0, 0, look.px(3), self.height()), look.color("accent-ink"))
        elif self.underMouse():
            rounded_box(painter, self.rect(), look.color("raised"), None)
        icon, ink = _MOODS[self._state.mood]
        if self._current and look.high_contrast:
            ink = "on-sel"
        width = look.text_width(self._state.text, TextRole.CAPTION)
        right = self.width() - look.px(12)
        middle = self.height() // 2
        words = QRect(right - width, 0, width, self.height())
        quiet = ink if ink in ("bad", "warn", "ok", "on-sel") else "text-2"
        draw_words(painter, self._state.text, words, look.font(TextRole.CAPTION), look.color(quiet))
        left = words.left() - look.px(20)
        draw_icon_at(painter, look, icon, ink, left, middle, 16)
        area = QRect(look.px(16), 0, left - look.px(22), self.height())
        title_ink = look.color("on-sel" if self._current else "text")
        cut = draw_words(painter, self._title, area, look.font(bold=self._current), title_ink)
        self.setToolTip(self._title if cut else "")
        painter.end()


class SideColumn(QWidget):
    """Three cards; signals say where the person wants to go."""

    section_chosen = Signal(int)
    similar_chosen = Signal(str)

    def __init__(self, look: Look, titles: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        look.margins(column, 0, 0, 0, 0, 12)
        self.buttons = [SectionButton(look, title) for title in titles]
        column.addWidget(self._sections_card())
        self._similar = Card(look, "Bản ghi gần giống")
        self._similar_rows = QVBoxLayout()
        self._similar.add_padded(self._similar_rows, 8, 10)
        column.addWidget(self._similar)
        self._similar.hide()
        column.addWidget(self._help_card(), 1)
        self.set_help(None)

    def _sections_card(self) -> Card:
        card = Card(self._look, "Các phần", head_line=False)
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _checked=False, at=place: self.section_chosen.emit(at))
            card.add(button)
        card.body.addSpacing(self._look.px(6))
        return card

    def _help_card(self) -> Card:
        card = Card(self._look, "Giải thích", "F1", head_line=False)
        self._help_head = card.head
        inner = QVBoxLayout()
        inner.setSpacing(self._look.px(8))
        self._help = label("", ink="text-2", wrap=True)
        self._basis = caption("", wrap=True)
        self._certainty = IconLabel(self._look, "info", "", "text-2", wrap=True)
        for widget in (self._help, self._basis, self._certainty):
            inner.addWidget(widget)
        inner.addStretch(1)
        card.add_padded(inner, 0, 12)
        return card

    def set_section(self, place: int, state: SectionState, current: bool) -> None:
        """How a section stands."""
        self.buttons[place].show_state(state, current)

    def set_help(self, field: FieldSpec | None) -> None:
        """What a field means, its basis, and how certain its definition is."""
        if self._help_head is not None:
            self._help_head.set_title(field.label if field else "Giải thích")
        self._help.setText(field.help if field and field.help else "Đứng ở một ô để xem ô đó ghi gì.")
        self._basis.setText(f"Căn cứ: {field.basis}." if field and field.basis else "")
        self._basis.setVisible(bool(self._basis.text()))
        doubt = _CERTAINTY.get(field.certainty, "") if field else ""
        self._certainty.setVisible(bool(doubt))
        if doubt:
            self._certainty.set_content("info", doubt, "text-2")

    def help_text(self) -> str:
        """The explanation that is shown."""
        return self._help.text()

    def set_similar(self, similar: Sequence[Similar], singular: str) -> None:
        """Records that may be the same, or stand in the way of this one."""
        clear_layout(self._similar_rows)
        for found in similar[:2]:
            told = f"{found.where} đã có {singular}: {found.title}."
            line = IconLabel(self._look, "info", told, "accent-ink", TextRole.BASE, text_ink="text", wrap=True)
            self._similar_rows.addWidget(line)
            button = link(self._look, "Mở bản ghi đó")
            button.setAccessibleName(f"Mở {found.title}")
            button.clicked.connect(lambda _checked=False, key=found.id: self.similar_chosen.emit(key))
            self._similar_rows.addWidget(button)
        self._similar.setVisible(bool(similar))
