"""The trial page: whether a printer of this machine prints to the size."""

from __future__ import annotations

from thidua_desktop.errors import UserError
from thidua_desktop.services.trial_page import trial_page
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.paper_output import ask_printer, ask_where, save_file, send_to_printer
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error

_TITLE = "Trang in thử"


class PrinterCard(Card):
    """Prints the page, or keeps it as a PDF; what to measure stands on the page itself."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Máy in")
        self._look = look
        self.work = LongWork(look, self)
        self.print_button = bordered(look, "In trang thử", "printer")
        self.save_button = bordered(look, "Lưu PDF", "file-down")
        self.print_button.clicked.connect(self.print_page)
        self.save_button.clicked.connect(self.save_page)
        words = "In một trang có thước 100 mm rồi đo; không đúng 100 mm thì giấy tờ sai lề, cách sửa ghi trên trang."
        self.add_padded(caption(words, wrap=True), top=12, bottom=12)
        self.add_foot(self.print_button, self.save_button)

    def print_page(self) -> None:
        """Through the system's dialog, as every paper goes."""
        printer = ask_printer(self, _TITLE, 1)
        if printer is not None:
            send_to_printer(self.work, trial_page(), printer, lambda: None)

    def save_page(self) -> None:
        """As a PDF, for another machine."""
        path = ask_where(self, "trang-in-thu.pdf")
        if path is None:
            return
        try:
            save_file(trial_page(), path)
        except UserError as error:
            show_error(self._look, error, self)
