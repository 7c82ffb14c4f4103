"""A later version of the program that came with the province's directive: asked for, found, opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop import __version__
from thidua_desktop.services import updates
from thidua_desktop.services.session import Session
from thidua_desktop.services.updates import FoundUpdate
from thidua_desktop.ui.components.buttons import filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.stick_finder import StickFinder


class UpdateCard(Card):
    """``chosen`` carries the update file. Shown when a directive asks for a later version or a file of one is here."""

    chosen = Signal(object)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__(look, "Bản mới của chương trình")
        self._session = session
        self.found: FoundUpdate | None = None
        self.finder = StickFinder(session, look, None, _updates_in, self)
        self.finder.found.connect(self.show_found)
        self.notice = Notice(look, State.INFO, "")
        self.open_button = filled(look, "Xem và cập nhật…", "refresh-cw")
        self.open_button.clicked.connect(self._open)
        content = QWidget()
        column = QVBoxLayout(content)
        look.margins(column, 0, 0, 0, 0, 8)
        column.addWidget(self.notice)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_padded(content)
        self.refresh()

    def look_beside(self, path: Path) -> None:
        """Looks for update files in the folder of a directive; quiet when that folder has none."""
        self.finder.look_into(path.parent)

    def show_found(self, found: list[FoundUpdate]) -> None:
        """The newest that fits, else why the first is refused."""
        self.found = next(iter(found), None)
        self.refresh()

    def refresh(self) -> None:
        """What is asked for by the directives that stand, and what was found."""
        wanted = updates.wanted_version(self._session)
        facts = self.found.facts if self.found is not None else None
        refusal = self.found.refusal if self.found is not None else None
        set_shown(self, bool(wanted or self.found))
        set_shown(self.open_button, facts is not None)
        asked = f"Tỉnh yêu cầu dùng bản {wanted}. " if wanted else ""
        if facts is not None and self.found is not None:
            words = f"{asked}Tệp {self.found.path.name} đúng chữ ký; máy này đang dùng bản {__version__}."
            self.notice.set_notice(State.INFO, f"Có bản {facts.version}", words)
        elif refusal is not None:
            self.notice.set_notice(State.WARN, "Tệp cập nhật không dùng được", f"{refusal.sentence} {refusal.remedy}")
        else:
            words = f"Máy này đang dùng bản {__version__}. Cắm USB có tệp .tdupdate rồi bấm Tìm trên USB."
            self.notice.set_notice(State.WARN, f"Tỉnh yêu cầu dùng bản {wanted}", words)

    def _open(self) -> None:
        if self.found is not None:
            self.chosen.emit(self.found.path)


def _updates_in(_session: Session, folder: Path) -> list[FoundUpdate]:
    return updates.find_updates(folder)
