"""Mẫu ghi sẵn: chosen, kept and forgotten from one menu in the head of a form; Ctrl+M opens it, a digit chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from thidua_desktop.formdef.model import Values
from thidua_desktop.services import record_templates
from thidua_desktop.services.record_templates import Template
from thidua_desktop.services.session import Session
from thidua_desktop.text import fold
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.name_dialog import NameDialog
from thidua_desktop.ui.components.showing import clear_menu
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.rooms import HOW_HELP


class TemplatesMenu(QObject):
    """``chosen`` carries a ``Template``, ``told`` what was done."""

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
        explain_by(f"{HOW_HELP}again", self.button)
        self.button.setToolTip("Mẫu ghi sẵn: phiếu đã điền, dùng lại cho lần ghi sau")

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
        self.menu.addAction("&Lưu phiếu đang ghi thành mẫu…").triggered.connect(lambda _on=False: self.ask_keep())
        if found:
            forgetting = self.menu.addMenu("&Bỏ mẫu")
            for one in found:
                action = forgetting.addAction(one.name.replace("&", "&&"))
                action.triggered.connect(partial(self._forget, one.name))

    def ask_keep(self) -> NameDialog:
        """Asks for a name and keeps what stands in the form; a known name takes the new content."""

        def told(name: str) -> str:
            found = record_templates.templates_of(self._session, self._register)
            known = next((one.name for one in found if fold(one.name) == fold(name)), "")
            return f"Đã có mẫu “{known}”: lưu thì thay bằng phiếu đang ghi." if known else ""

        dialog = NameDialog(self._look, "Lưu phiếu đang ghi thành mẫu", "Tên mẫu", self.keep, self._page, told=told)
        dialog.open()
        return dialog

    def keep(self, name: str) -> None:
        """Keeps what stands in the form. Raises what ``record_templates.keep_template`` raises."""
        made = record_templates.keep_template(self._session, self._register, name, self._values())
        self.told.emit(f"Đã lưu mẫu “{made.name}”. Ngày và dữ liệu cá nhân không giữ trong mẫu.")

    def _choose(self, one: Template, _checked: bool = False) -> None:
        self.chosen.emit(one)

    def _forget(self, name: str, _checked: bool = False) -> None:
        record_templates.drop_template(self._session, self._register, name)
        self.told.emit(f"Đã bỏ mẫu “{name}”.")
