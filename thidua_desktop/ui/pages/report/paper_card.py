"""The card with the paper: which page, a hint, who signs, the zoom, and the sheets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from thidua_desktop.services.signers import Signer
from thidua_desktop.ui.components.buttons import borderless, icon_button
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.paper_view import PaperView
from thidua_desktop.ui.look.theme import Look

_ZOOMS = (("Vừa bề ngang", 0.0), ("Cỡ thật", 1.0), ("150%", 1.5), ("200%", 2.0))


class PaperCard(Card):
    """Head and paper. ``view`` is the ``PaperView``; ``signer_picked`` carries a signer's key."""

    signer_picked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, flush=True)
        self.setAccessibleName("Tờ giấy")
        self.view = PaperView(look)
        self._page = label("", ink="text-2")
        self.previous_page = icon_button(look, "chevron-left", "Trang trước")
        self.next_page = icon_button(look, "chevron-right", "Trang sau")
        self.number_button = borderless(look, "Lấy số")
        self.number_button.hide()
        self._signers = QMenu()
        self.signer_button = borderless(look, "Người ký", menu=self._signers)
        self.signer_button.hide()
        self._hint_wanted = True
        self._zoom_text = _ZOOMS[0][0]
        self._hint = caption("bấm con số để xem bản ghi")
        menu = QMenu()
        self._zoom = borderless(look, _ZOOMS[0][0], "zoom-in", menu=menu)
        for text, zoom in _ZOOMS:
            menu.addAction(text).triggered.connect(lambda _=False, t=text, z=zoom: self._set_zoom(t, z))
        head = QWidget()
        row = QHBoxLayout(head)
        look.margins(row, 12, 0, 4, 0, 4)
        row.addWidget(self._page)
        row.addWidget(self.previous_page)
        row.addWidget(self.next_page)
        row.addStretch(1)
        row.addWidget(self._hint)
        row.addWidget(self.signer_button)
        row.addWidget(self.number_button)
        row.addWidget(self._zoom)
        for button in (self.previous_page, self.next_page, self.signer_button, self.number_button, self._zoom):
            button.set_compact(30)
        look.follow(head, lambda: head.setFixedHeight(look.px(36)))
        self.add(head)
        self.add_line()
        self.add(self.view, 1)
        self._number = 1
        self.view.page_changed.connect(self._on_page)
        self.previous_page.clicked.connect(lambda: self.view.go_to_page(self._number - 1))
        self.next_page.clicked.connect(lambda: self.view.go_to_page(self._number + 1))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def set_hint_shown(self, shown: bool) -> None:
        """The hint is the first to go when room is short."""
        self._hint_wanted = shown
        self._tell_zoom()
        self._hint.setVisible(shown and self.number_button.isHidden() and self.signer_button.isHidden())

    def offer_signers(self, signers: Sequence[Signer], chosen: str) -> None:
        """Who may sign this paper; nothing is asked where there is but one."""
        self._signers.clear()
        for one in signers:
            action = self._signers.addAction(f"{one.full_name or '…'}, {one.position.capitalize()}")
            action.setCheckable(True)
            action.setChecked(one.key == chosen)
            action.triggered.connect(lambda _=False, key=one.key: self.signer_picked.emit(key))
        self.signer_button.setVisible(len(signers) > 1)
        name = next((one.label for one in signers if one.key == chosen), "")
        self.signer_button.setToolTip(f"Người ký trên tờ này: {name}")
        self.set_hint_shown(self._hint_wanted)

    def show_number(self, closed: bool, number: str, reason: str = "") -> None:
        """A closed report has a number or may take one; ``reason`` why it may not."""
        self.number_button.setVisible(closed)
        self.number_button.set_content(f"Số {number}" if number else "Lấy số")
        self.number_button.set_reason("Báo cáo này đã có số; số giữ nguyên khi in lại" if number else reason)
        self.set_hint_shown(self._hint_wanted)

    def refresh_page_number(self) -> None:
        """After another paper was set."""
        self._on_page(min(self._number, max(1, self.view.page_count())))

    def _on_page(self, number: int) -> None:
        self._number = number
        count = self.view.page_count()
        self._page.setText(f"Trang {number}/{count}" if count else "Đang vẽ")
        self.previous_page.setEnabled(number > 1)
        self.next_page.setEnabled(number < count)

    def _set_zoom(self, text: str, zoom: float) -> None:
        self._zoom_text = text
        self._tell_zoom()
        self.view.set_zoom(zoom)

    def _tell_zoom(self) -> None:
        """Beside the buttons of a closed report there is room for a percentage, not for more words."""
        crowded = not (self.number_button.isHidden() and self.signer_button.isHidden())
        self._zoom.set_content("Cỡ" if crowded and not self._zoom_text[0].isdigit() else self._zoom_text)
        self._zoom.setAccessibleName(f"Cỡ tờ giấy: {self._zoom_text}")
        self._zoom.setToolTip("Cỡ tờ giấy trên màn hình")
