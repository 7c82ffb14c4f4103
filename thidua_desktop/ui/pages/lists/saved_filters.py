"""Filters under names: kept, chosen, renamed and deleted from one menu beside the chips; all of it by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import list_views
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.showing import clear_menu
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error

_NOT_SAVED = "Bộ lọc đã lưu"


class SavedFilters(QObject):
    """``chosen`` carries the state of a filter. ``button`` opens the menu; ``ask_name(title, before)`` may be
    replaced (tests)."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, session: Session, register: str, state: Callable[[], Mapping[str, Any]], page: QWidget,
        tell: Callable[[str], None] = lambda _words: None,
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._look, self._session, self._register, self._state, self._page = look, session, register, state, page
        self._tell = tell
        self.menu = QMenu()
        self.menu.aboutToShow.connect(self.fill)
        self.button = link(look, _NOT_SAVED, "star", leads=False)
        self.button.setMenu(self.menu)
        self.button.setToolTip("Bộ lọc đã lưu (Ctrl+B)")
        self.ask_name: Callable[[str, str], str] = self._ask_name

    def fill(self) -> None:
        """Reads the saved filters into the menu."""
        clear_menu(self.menu)
        now = dict(self._state())
        views = list_views.saved_views(self._session, self._register)
        for place, view in enumerate(views):
            key = f"&{place + 1}  " if place < 9 else ""
            action = self.menu.addAction(key + view.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(dict(view.state) == now)
            action.triggered.connect(lambda _on=False, state=view.state: self.chosen.emit(state))
        if views:
            self.menu.addSeparator()
        self.menu.addAction("Lưu bộ lọc đang dùng…").triggered.connect(self.save)
        if views:
            updating = self.menu.addMenu("Thay bằng bộ lọc đang dùng")
            renaming, deleting = self.menu.addMenu("Đổi tên"), self.menu.addMenu("Xóa")
            for view in views:
                name = view.name.replace("&", "&&")
                updating.addAction(name).triggered.connect(partial(self._later, self.update, view.name))
                renaming.addAction(name).triggered.connect(partial(self._later, self.rename, view.name))
                deleting.addAction(name).triggered.connect(partial(self._later, self.delete, view.name))

    def save(self) -> None:
        """Asks for a name and keeps what is chosen now; a known name takes the new content."""
        name = self.ask_name("Lưu bộ lọc", "")
        if name:
            known = any(view.name == name for view in list_views.saved_views(self._session, self._register))
            words = (
                f"Bộ lọc “{name}” nay là bộ lọc đang dùng" if known else f"Đã lưu bộ lọc “{name}”, Ctrl+B để dùng lại"
            )
            self._try(lambda: list_views.save_view(self._session, self._register, name, self._state()), words)

    def update(self, name: str) -> None:
        """Keeps what is chosen now under a name that there is."""
        words = f"Bộ lọc “{name}” nay là bộ lọc đang dùng"
        self._try(lambda: list_views.save_view(self._session, self._register, name, self._state()), words)

    def open_menu(self) -> None:
        """Ctrl+B: the menu under its button; a digit chooses."""
        self.button.showMenu()

    def rename(self, name: str) -> None:
        """Asks for another name."""
        new_name = self.ask_name("Đổi tên bộ lọc", name)
        if new_name:
            rename = partial(list_views.rename_view, self._session, self._register, name, new_name)
            self._try(rename, f"Bộ lọc “{name}” nay tên là “{new_name}”")

    def delete(self, name: str) -> None:
        """Forgets a filter; records are not touched."""
        self._try(partial(list_views.delete_view, self._session, self._register, name), f"Đã xóa bộ lọc “{name}”")

    def _later(self, act: Callable[[str], None], name: str, _checked: bool = False) -> None:
        act(name)

    def _try(self, act: Callable[[], object], words: str) -> None:
        try:
            act()
        except UserError as error:
            show_error(self._look, error, self._page)
        else:
            self._tell(words)

    def _ask_name(self, title: str, before: str) -> str:
        name, given = QInputDialog.getText(self._page, title, "Tên bộ lọc:", text=before)
        return name.strip() if given else ""
