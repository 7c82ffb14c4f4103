"""Cập nhật: what an update file brings, its signature checked, then a copy of the office and the set-up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from thidua_desktop import __version__
from thidua_desktop.errors import UserError
from thidua_desktop.services import updates
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.dialogs import dialog_foot
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import TaskControl, run_task

if TYPE_CHECKING:
    from thidua_desktop.services.updates import Brought, Prepared

WHAT_HAPPENS = (
    "Bấm nút thì chương trình sao lưu sổ, đóng lại, cài bản mới rồi mở lại; sổ được nâng cấp ở lần mở đó. "
    "Chưa vừa ý thì về lại bản đang dùng ở Quản trị, ô Chương trình và máy này."
)
WITHOUT_OFFICE = (
    "Chưa mở sổ nào nên lúc này không sao lưu được sổ. Đóng cửa sổ này, mở sổ rồi cập nhật thì chương trình sao lưu "
    "trước. Bản mới vẫn tự giữ một bản của sổ trước khi nâng cấp."
)


class UpdateDialog(QDialog):
    """``ready`` carries the prepared update; the set-up itself starts when the program has closed its office."""

    ready = Signal(object)

    def __init__(self, look: Look, path: Path, session: Session | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._path, self._session = look, path, session
        self._running = False
        self.facts: Brought | None = None
        self.setWindowTitle("Cập nhật chương trình")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = label("Đang đọc tệp cập nhật…", TextRole.CARD_TITLE, wrap=True)
        self.here = label(f"Máy này đang dùng bản {__version__}. Tệp: {path.name}", ink="text-2", wrap=True)
        self.state = StateLabel(look, State.WAITING, "Đang kiểm tra chữ ký và từng byte", role=TextRole.BASE, wrap=True)
        self.remedy = label("", wrap=True)
        self.remedy.hide()
        self.progress = ProgressStrip(look, cancellable=False)
        self.go_button = filled(look, "Sao lưu và cập nhật" if session else "Cập nhật", "refresh-cw")
        self.cancel_button = bordered(look, "Thôi")
        self._changes = QVBoxLayout()
        self._assemble()
        self.go_button.clicked.connect(self.go)
        self.cancel_button.clicked.connect(self.reject)
        self.go_button.set_reason("Đang kiểm tra tệp")
        self.resize(min(1000, look.px(620)), min(640, look.px(520)))
        self._check()

    def _assemble(self) -> None:
        look = self._look
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 10)
        for widget in (self.title, self.here, self.state, self.remedy):
            outer.addWidget(widget)
        changes = QWidget()
        changes.setLayout(self._changes)
        look.margins(self._changes, 0, 0, 0, 0, 6)
        outer.addWidget(scrolling(changes, "Có gì mới"), 1)
        outer.addWidget(caption(WHAT_HAPPENS if self._session else WITHOUT_OFFICE, "text-2", wrap=True))
        outer.addWidget(self.progress)
        outer.addLayout(dialog_foot(look, self.cancel_button, self.go_button))

    def _check(self) -> None:
        path = self._path
        self._running = True
        task = run_task(self, lambda _control: updates.look_at(path))
        task.succeeded.connect(self._show_facts)
        task.failed.connect(self._refuse)
        task.finished.connect(self._end)

    def _show_facts(self, facts: Brought) -> None:
        self.facts = facts
        self.title.setText(f"Bản {facts.version}: có gì mới")
        self.state.set_state(State.OK, "Đúng chữ ký của nơi phát hành, tệp nguyên vẹn")
        for line in facts.changes:
            self._changes.addWidget(label(f"• {line.replace('`', '')}", wrap=True))
        self._changes.addStretch(1)
        self.go_button.set_reason("")
        self.go_button.setFocus()

    def go(self) -> None:
        """The copy of the office and the set-up file laid ready, on another thread."""
        if self._running or self.facts is None:
            return
        path, session = self._path, self._session

        def work(_control: TaskControl) -> Prepared:
            if session is None:
                return updates.prepare(path)
            with session.worker() as own:
                return updates.prepare(path, own)

        self._running = True
        self.go_button.set_reason("Đang chuẩn bị")
        self.progress.start("Đang sao lưu sổ và kiểm tra tệp cài đặt" if session else "Đang kiểm tra tệp cài đặt")
        task = run_task(self, work)
        task.succeeded.connect(self._on_ready)
        task.failed.connect(self._refuse)
        task.finished.connect(self._end)

    def reject(self) -> None:
        """Not while the office is being copied."""
        if not self._running or self.facts is None:
            super().reject()

    def _on_ready(self, prepared: Prepared) -> None:
        self._running = False
        self.accept()
        self.ready.emit(prepared)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.facts = None
        self.title.setText("Không cập nhật được bằng tệp này")
        self.state.set_state(State.BAD, f"{error.sentence} ({error.code})")
        self.remedy.setText(error.remedy)
        self.remedy.show()
        self.go_button.set_reason("Tệp này không cài được")
        self.cancel_button.set_content("Đóng")

    def _end(self) -> None:
        self._running = False
        self.progress.finish()
