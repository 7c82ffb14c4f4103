"""Filters under names: kept, chosen, put in order, renamed and deleted from one menu beside the chips, by keys too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from thidua_desktop.services import list_views
from thidua_desktop.services.list_views import SavedView
from thidua_desktop.services.session import Session
from thidua_desktop.text import fold
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.name_dialog import NameDialog
from thidua_desktop.ui.components.showing import clear_menu
from thidua_desktop.ui.look.theme import Look

_NOT_SAVED = "Bộ lọc đã lưu"


class SavedFilters(QObject):
    """``chosen`` carries the state of a filter. ``button`` opens the menu; ``take_back`` is the page's Ctrl+Z."""

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
        self._before: list[SavedView] | None = None

    def fill(self) -> None:
        """Reads the saved filters into the menu."""
        clear_menu(self.menu)
        now = dict(self._state())
        views = self._views()
        for place, view in enumerate(views):
            key = f"&{place + 1}  " if place < 9 else ""
            action = self.menu.addAction(key + view.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(dict(view.state) == now)
            action.triggered.connect(lambda _on=False, state=view.state: self.chosen.emit(state))
        if views:
            self.menu.addSeparator()
        self.menu.addAction("Lưu bộ lọc đang dùng…").triggered.connect(lambda _on=False: self.ask_save())
        for title, act, offered in (
            ("Thay bằng bộ lọc đang dùng", self.update, views),
            ("Đổi tên", self.ask_rename, views),
            ("Đưa lên đầu", self.put_first, views[1:]),
            ("Xóa", self.delete, views),
        ):
            if offered:
                self._offer(self.menu.addMenu(title), act, offered)

    def _offer(self, menu: QMenu, act: Callable[[str], object], views: Sequence[SavedView]) -> None:
        for view in views:
            action = menu.addAction(view.name.replace("&", "&&"))
            action.triggered.connect(partial(self._later, act, view.name))

    def ask_save(self) -> NameDialog:
        """Asks for a name under which what is chosen now is kept; a known name takes the new content."""

        def told(name: str) -> str:
            known = next((view.name for view in self._views() if fold(view.name) == fold(name)), "")
            return f"Đã có bộ lọc “{known}”: lưu thì thay bằng bộ lọc đang dùng." if known else ""

        return self._ask("Lưu bộ lọc đang dùng", self.save, told=told)

    def save(self, name: str) -> None:
        """Keeps what is chosen now. Raises what ``list_views.save_view`` raises."""
        known = any(fold(view.name) == fold(name) for view in self._views())
        words = f"Bộ lọc “{name}” nay là bộ lọc đang dùng" if known else f"Đã lưu bộ lọc “{name}”, Ctrl+B để dùng lại"
        self._do(lambda: list_views.save_view(self._session, self._register, name, self._state()), words)

    def update(self, name: str) -> None:
        """Keeps what is chosen now under a name that there is."""
        words = f"Bộ lọc “{name}” nay là bộ lọc đang dùng. Ctrl+Z để hoàn tác"
        self._do(lambda: list_views.save_view(self._session, self._register, name, self._state()), words)

    def open_menu(self) -> None:
        """Ctrl+B: the menu under its button; a digit chooses."""
        self.button.showMenu()

    def ask_rename(self, name: str) -> NameDialog:
        """Asks for another name."""
        return self._ask(f"Đổi tên bộ lọc “{name}”", lambda new_name: self.rename(name, new_name), name)

    def rename(self, name: str, new_name: str) -> None:
        """Gives a filter another name. Raises what ``list_views.rename_view`` raises."""
        rename = partial(list_views.rename_view, self._session, self._register, name, new_name)
        self._do(rename, f"Bộ lọc “{name}” nay tên là “{new_name}”")

    def put_first(self, name: str) -> None:
        """A filter before the others, with the key 1."""
        first = partial(list_views.put_first, self._session, self._register, name)
        self._do(first, f"Bộ lọc “{name}” nay đứng đầu")

    def delete(self, name: str) -> None:
        """Forgets a filter; records are not touched."""
        delete = partial(list_views.delete_view, self._session, self._register, name)
        self._do(delete, f"Đã xóa bộ lọc “{name}”. Ctrl+Z để lấy lại")

    def take_back(self) -> bool:
        """Ctrl+Z: the filters as before the last thing that was done with them; False when there is none."""
        before, self._before = self._before, None
        if before is None:
            return False
        list_views.put_back(self._session, self._register, before)
        self._tell("Đã hoàn tác: các bộ lọc đã lưu như trước")
        return True

    def forget_step(self) -> None:
        """Something else was done since: Ctrl+Z is about that."""
        self._before = None

    def _views(self) -> list[SavedView]:
        return list_views.saved_views(self._session, self._register)

    def _later(self, act: Callable[[str], object], name: str, _checked: bool = False) -> None:
        act(name)

    def _do(self, act: Callable[[], object], words: str) -> None:
        before = self._views()
        act()
        self._before = before
        self._tell(words)

    def _ask(
        self, title: str, keep: Callable[[str], object], before: str = "",
        told: Callable[[str], str] = lambda _name: "",
    ) -> NameDialog:  # fmt: skip
        dialog = NameDialog(self._look, title, "Tên bộ lọc", keep, self._page, before, told)
        dialog.open()
        return dialog
