"""The line under the title: when, where, who leads. What does not fit is elided last to first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from thidua_desktop.formdef.model import Values
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.painting import draw_words
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting import meeting_values as on

_NAMED = ("place", "chair", "secretary")


def facts_of(session: Session, values: Values) -> list[tuple[str, str]]:
    """Pairs of label and value, in the order of the paper."""
    spec = session.register(on.REGISTER)
    day, hour = values.get("held_on"), values.get("starts_at")
    when = ", ".join(part for part in (format_date(day) if isinstance(day, date) else "", str(hour or "")) if part)
    pairs = [("Thời gian", when)] if when else []
    pairs += [(spec.field(name).label, str(values[name])) for name in _NAMED if values.get(name)]
    guests = on.rows(values, "guests")
    if guests:
        pairs.append((spec.field("guests").label, f"{len(guests)} người"))
    return pairs


class _Pairs(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pairs: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.follow(self, self.updateGeometry)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._pairs = pairs
        words = ", ".join(f"{name} {value}" for name, value in pairs)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(300), self._look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, left = self._look, 0
        painter = QPainter(self)
        for name, value in self._pairs:
            if left + look.text_width(name) + look.px(50) > self.width():
                break  # a label without its value says nothing
            for words, ink, gap in ((name, "text-2", 6), (value, "text", 22)):
                room = QRect(left, 0, min(look.text_width(words), self.width() - left), self.height())
                if room.width() <= look.px(8):
                    break
                draw_words(painter, words, room, look.font(), look.color(ink))
                left += look.text_width(words) + look.px(gap)
        painter.end()


class FactsLine(QWidget):
    """Pairs and "Sửa"; ``edit`` says how many problems stand behind it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._pairs = _Pairs(look)
        self.edit = link(look, "Sửa", "pencil", leads=False)
        self.edit.set_compact(24)
        row = QHBoxLayout(self)
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(self._pairs, 1)
        row.addWidget(self.edit)

    def show_facts(self, session: Session, values: Values) -> None:
        """Shows the facts of a meeting."""
        self._pairs.show_pairs(facts_of(session, values))

    def words(self) -> str:
        """What the line says."""
        return self._pairs.accessibleName()

    def show_problems(self, count: int) -> None:
        """Problems that the form behind "Sửa" would show."""
        self.edit.set_content(
            f"Sửa, còn {count} chỗ cần xem" if count else "Sửa", "circle-alert" if count else "pencil"
        )
