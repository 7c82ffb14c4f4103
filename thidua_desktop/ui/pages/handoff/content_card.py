"""Step 1: what goes, and, in the same size, what stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.handoff.outgoing import Outgoing
from thidua_desktop.text import format_number, lower_first, upper_first
from thidua_desktop.ui.components.labels import ElidedLabel, IconLabel, label
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.step_card import StepCard
from thidua_desktop.ui.pages.handoff.words import size_text

_STAYS_HEIGHT = 86  # px at 100 %: four lines


class ContentCard(StepCard):
    """Counts, closed reports, size; at the foot what never leaves. ``size_changed``: with attached files or without."""

    size_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, 1, "Nội dung gửi")
        self._look = look
        self._outgoing: Outgoing | None = None
        self._count = label("", TextRole.KEY_FIGURE)
        self._about = ElidedLabel("", TextRole.CAPTION, "muted")
        top = QHBoxLayout()
        look.margins(top, 0, 0, 0, 0, 8)
        top.addWidget(self._count)
        top.addWidget(self._about, 1)
        self.middle.addLayout(top)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        look.margins(self._grid, 0, 0, 8, 0, 5)
        self._grid.setColumnStretch(0, 1)
        column = QVBoxLayout()
        column.addWidget(scrolling(self._rows, "Nội dung gửi"))
        self.middle.addLayout(column, 1)
        self.with_files = QCheckBox()
        self.with_files.setVisible(False)
        self.with_files.toggled.connect(lambda _on: self._tell_size())
        self.middle.addWidget(self.with_files)
        foot = self.tinted_foot(look)
        foot.addWidget(IconLabel(look, "lock", "Ở lại máy này, không gửi", "text", TextRole.STRONG, 18))
        self._stays = label("", ink="text-2", wrap=True)
        holder = QWidget()
        words = QVBoxLayout(holder)
        look.margins(words, 0, 0, 8, 0, 0)
        words.addWidget(self._stays)
        words.addStretch(1)
        area = scrolling(holder, "Ở lại máy này")
        look.follow(area, lambda: area.setFixedHeight(look.px(_STAYS_HEIGHT)))  # many registers have much to keep
        foot.addWidget(area)

    def show_outgoing(self, outgoing: Outgoing) -> None:
        """What the next package would carry."""
        self._count.setText(f"{format_number(outgoing.records)} bản ghi")
        self._outgoing = outgoing
        clear_layout(self._grid)
        rows = [(register.short, f"{format_number(register.records)} bản ghi") for register in outgoing.registers]
        reports = [(report, "đã chốt") for report in reversed(outgoing.reports)]
        for place, (name, amount) in enumerate([*rows, *reports]):
            self._grid.addWidget(label(name, wrap=True), place, 0)  # cut, "tháng 1…" would be any of four months
            self._grid.addWidget(label(amount, ink="text-2"), place, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.setRowStretch(len(rows) + len(reports), 1)
        count = len(outgoing.files)
        self.with_files.setText(f"Kèm nội dung {count} tệp đính kèm, {size_text(outgoing.files_bytes)}")
        self.with_files.setToolTip("Không đánh dấu thì chỉ tên và dấu của tệp đi theo gói")
        self.with_files.setVisible(bool(count))
        self._tell_size()
        stays = "; ".join(lower_first(part) for part in outgoing.stays)
        self._stays.setText(upper_first(stays))
        if outgoing.records or outgoing.reports:
            self.say(State.OK, "Đã soạn")
        else:
            self.say(State.MISSING, "Chưa có gì để gửi")

    def package_bytes(self) -> int:
        """About how many bytes go, with the contents of attached files where they are marked."""
        if self._outgoing is None:
            return 0
        return self._outgoing.about_bytes + (self._outgoing.files_bytes if self.with_files.isChecked() else 0)

    def _tell_size(self) -> None:
        self._about.setText(f"khoảng {size_text(self.package_bytes())}")
        self.size_changed.emit()
