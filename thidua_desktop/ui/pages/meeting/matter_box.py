"""What kind of matter an item is: short words and the number it needs; the open list has the law's own words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from thidua_desktop.formdef.model import FieldSpec
from thidua_desktop.services import links
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.painting import draw_words
from thidua_desktop.ui.look.theme import Look

_LEFT, _GAP, _RIGHT = 9, 4, 26
_SHORT = {
    "clause_1": "Đóng góp",
    "clause_2": "Thu chi chung",
    "clause_3": "Hương ước",
    "clause_4": "Bầu trưởng thôn",
    "clause_5": "Bầu ban",
    "clause_6": "Tự quản khác",
    "group_matter": "Việc của tổ",
    "no_vote": "Không biểu quyết",
}


class MatterBox(ChoiceBox):
    """A drop-down of the catalog; ``needed`` tells how many households a code needs ("35/52 hộ", or nothing)."""

    def __init__(self, look: Look, session: Session, spec: FieldSpec, needed: Callable[[str], str]) -> None:
        super().__init__(look, spec.label)
        self._look, self._caption, self._needed = look, spec.label, needed
        self._labels = {choice.value: choice.label for choice in links.choices(session, spec, "", 100)}
        for code, words in self._labels.items():
            self.addItem(words, code)
        self.setCurrentIndex(-1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self, lambda: self.setMaximumWidth(look.px(420)))

    def show_code(self, code: object) -> None:
        """Shows a code without emitting anything."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(code) if isinstance(code, str) else -1)
        self.blockSignals(False)
        self.retell()

    def retell(self) -> None:
        """The needed numbers changed."""
        for at, (code, words) in enumerate(self._labels.items()):
            needed = self._needed(code)
            self.setItemText(at, f"{words}: cần {needed}" if needed else words)
        widest = max((self._look.text_width(self.itemText(at)) for at in range(self.count())), default=0)
        self.view().setMinimumWidth(widest + self._look.px(40))
        self.setAccessibleDescription(self.shown())
        self.updateGeometry()
        self.update()

    def shown(self) -> str:
        """The words of the closed box."""
        code = self.currentData()
        if not isinstance(code, str):
            return "chọn trong danh sách"
        needed = self._needed(code)
        short = _SHORT.get(code, self._labels.get(code, code))
        return f"{short}, cần {needed}" if needed else short

    def sizeHint(self) -> QSize:
        look = self._look
        words = look.text_width(self._caption) + look.text_width(self.shown())
        return QSize(words + look.px(_LEFT + _GAP + _RIGHT), look.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(200), self._look.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, option = self._look, QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        style = QStylePainter(self)
        style.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        style.end()
        painter = QPainter(self)
        left = look.px(_LEFT)
        if self.width() >= self.sizeHint().width():  # the caption is the first to go; the box keeps its spoken name
            width = look.text_width(self._caption)
            draw_words(painter, self._caption, QRect(left, 0, width, self.height()), look.font(), look.color("text-2"))
            left += width + look.px(_GAP)
        ink = look.color("text" if isinstance(self.currentData(), str) else "muted")
        name, mark, needed = self.shown().partition(", cần ")
        number = f"{mark}{needed}"
        room = self.width() - left - look.px(_RIGHT)
        width = min(look.text_width(name), max(look.px(40), room - look.text_width(number)))
        draw_words(painter, name, QRect(left, 0, width, self.height()), look.font(), ink)
        rest = QRect(left + width - 1, 0, room - width + 1, self.height())
        draw_words(painter, number, rest, look.font(), ink)
        painter.end()
