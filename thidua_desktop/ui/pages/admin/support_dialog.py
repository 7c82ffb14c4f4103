"""Gói hỗ trợ: what would be inside is read first, then the file is written where the person says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from thidua_desktop.services import support
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.file_choice import file_to_write
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import in_office
from thidua_desktop.ui.desk.preferences import preferences_file
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import Deed, FormDialog

_WIDTH = 520  # px at 100 %
_NAME = "thidua-ho-tro.zip"


class SupportDialog(FormDialog):
    """``made`` is what was written; ``package`` a file that was refused, of which only the code goes into it."""

    def __init__(self, look: Look, session: Session, parent: QWidget | None, package: Path | None = None) -> None:
        super().__init__(look, "Gói hỗ trợ", "Chọn nơi ghi", parent)
        self.session, self.package = session, package
        self.made: support.SupportBundle | None = None
        self.contents = label("\n".join(f"• {line}" for line in support.CONTENTS), wrap=True, selectable=True)
        self.column.addWidget(label("Tệp gửi người hỗ trợ kỹ thuật sẽ có:", wrap=True))
        self.column.addWidget(self.contents)
        self.column.addWidget(label(support.LEFT_OUT, wrap=True, ink="text-2"))
        size_to_content(look, self, _WIDTH)

    def go(self) -> None:
        """Asks where, then writes; nothing is written when no place is chosen."""
        path = file_to_write(self, "Ghi gói hỗ trợ", _NAME, "Tệp nén (*.zip)", Files.SUPPORT)
        if path is not None:
            self._path = path
            super().go()

    def work(self) -> Deed:
        """Writes the file; faults of the folder stay on the dialog."""
        log = preferences_file().parent / "logs" / "thidua.log"
        path, package = self._path, self.package
        return in_office(self.session, lambda own: support.write_bundle(own, path, package, log))

    def succeed(self, found: object) -> None:
        """It is written."""
        self.made = found if isinstance(found, support.SupportBundle) else None
        self.accept()
