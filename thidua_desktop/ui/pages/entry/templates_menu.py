"""Mẫu ghi sẵn: chosen, kept and forgotten from one menu in the head of a form; Ctrl+M opens it, a digit chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import record_templates
from thidua_desktop.services.record_templates import Template
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.showing import clear_menu
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error


class TemplatesMenu(QObject):
    """``chosen`` carries a ``Template``, ``told`` what was done. ``ask_name`` may be replaced (tests)."""

    chosen = Signal(object)
    told = Signal(str)

    def __init__(
        self, look: Look, session: Session, register: str, values: Callable[[], Values], page: QWidget
    ) -> None:
        super().__init__(page)
        self._look, self._session, self._register, self._values, self._page = look, session, register, values, page
        self.menu = QMenu()
        self.menu.aboutToShow.connect(self.fill)
        self.button = bordered(look, "Mẫu", "layers", "Ctrl+M", menu=self.menu)
        self.button.setToolTip("Mẫu ghi sẵn: phiếu đã điền, dùng lại cho lần ghi sau")
        self.ask_name: Callable[[], str] = self._ask_name

    def open(self) -> None:
        """Ctrl+M."""
        if self.button.isVisible():
            self.button.showMenu()
        elif self.button.parentWidget() is not None and self._page.isVisible():  # it stands in the menu "Thêm"
            self.menu.popup(self._page.mapToGlobal(self._page.rect().topLeft()))

    def fill(self) -> None:
        """Reads the templates into the menu."""
        clear_menu(self.menu)
        found = record_templates.templates_of(self._session, self._register)
        for place, one in enumerate(found):
            key = f"&{place + 1}  " if place < 9 else ""
            action = self.menu.addAction(key + one.name.replace("&", "&&"))
            action.triggered.connect(partial(self._choose, one))
        if found:
            self.menu.addSeparator()
        self.menu.addAction("&Lưu phiếu đang ghi thành mẫu…").triggered.connect(lambda _on=False: self.keep())
        if found:
            forgetting = self.menu.addMenu("&Bỏ mẫu")
            for one in found:
                action = forgetting.addAction(one.name.replace("&", "&&"))
                action.triggered.connect(partial(self._forget, one.name))

    def keep(self) -> None:
        """Asks for a name and keeps what stands in the form; a known name takes the new content."""
        name = self.ask_name()
        if not name:
            return
        try:
            made = record_templates.keep_template(self._session, self._register, name, self._values())
        except UserError as error:
            show_error(self._look, error, self._page)
        else:
            self.told.emit(f"Đã lưu mẫu “{made.name}”. Ngày và dữ liệu cá nhân không giữ trong mẫu.")

    def _choose(self, one: Template, _checked: bool = False) -> None:
        self.chosen.emit(one)

    def _forget(self, name: str, _checked: bool = False) -> None:
        record_templates.drop_template(self._session, self._register, name)
        self.told.emit(f"Đã bỏ mẫu “{name}”.")

    def _ask_name(self) -> str:
        name, given = QInputDialog.getText(self._page, "Lưu mẫu", "Tên mẫu:")
        return name.strip() if given else ""
