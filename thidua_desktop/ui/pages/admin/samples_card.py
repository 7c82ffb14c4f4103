"""Mẫu giấy tờ: every paper as it will look, from the samples of its fields; and the way to the printed guide."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from thidua_desktop.services.documents import guide
from thidua_desktop.services.documents.samples import print_sample
from thidua_desktop.services.session import Session
from thidua_desktop.text import sort_key
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.papers import make_and_keep


class SamplesCard(Card):
    """One paper is chosen, made with the office's own head and signers, kept where the person says, and opened.

    ``guide_asked``: the guide is wanted on a page of its own.
    """

    guide_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Mẫu giấy tờ")
        self._look, self._session = look, session
        self.work = LongWork(look, self)
        papers = sorted(session.definitions.documents.values(), key=lambda spec: sort_key(spec.title))
        shown = [(spec.name, spec.title) for spec in papers if session.opens(spec.register)]
        self.which = ChoiceBox(look, "Giấy tờ", shown)
        self.show_button = bordered(look, "Xem mẫu", "eye")
        self.show_button.clicked.connect(self.show_sample)
        self.guide_button = bordered(look, guide.NAME, "printer")
        self.guide_button.setToolTip("Các phòng, phím, nhịp tháng, cách gửi, cách khôi phục: một tệp PDF để in")
        self.guide_button.clicked.connect(self.guide_asked)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 8)
        row.addWidget(self.which, 1)
        row.addWidget(self.show_button)
        self.add_padded(row, top=12, bottom=8)
        below = QHBoxLayout()
        below.addWidget(self.guide_button)
        below.addStretch(1)
        self.add_padded(below, top=0, bottom=12)

    def show_sample(self) -> None:
        """Makes the chosen paper, which takes a second or two, and opens it."""
        chosen = str(self.which.chosen())
        make = in_office(self._session, lambda own: print_sample(chosen, own).pdf)
        make_and_keep(self.work, self._look, self, f"Mẫu {self.which.currentText()}", make)
