"""Copies of the office file: what each holds, what taking it back would leave out, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.errors import UserError
from thidua_desktop.services import restoring
from thidua_desktop.services.automatic_backups import Kept
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.restoring import CopyView, Ready
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_moment, format_number, upper_first
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.dialogs import dialog_foot
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.long_work import in_office
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl, run_task, work_line

_REGISTERS_SHOWN = 12
_NOTHING_NEWER = "Không thay đổi nào ghi sau đó."
_DAMAGED = "Tệp sổ đang mở bị hỏng vài trang trên đĩa. Nên khôi phục bản sao lưu mới nhất dưới đây."
KEPT_ASIDE = (
    "Sổ đang dùng được giữ thành một bản sao lưu trước. Sổ khôi phục là một máy mới của đơn vị: "
    "sau đó gửi tỉnh tệp đổi khóa, và gói đầu tiên gửi lại toàn bộ."
)


class CopiesDialog(QDialog):
    """``ready`` carries what the swap needs once everything else is done; until then the open office is untouched."""

    ready = Signal(object)

    def __init__(self, look: Look, session: Session, parent: QWidget | None, damaged: bool = False) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self._running = False
        self._line = work_line(self)
        self.setWindowTitle("Bản sao lưu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = WordList(look, "Các bản sao lưu, bản mới nhất ở trên")
        self.title = label("", TextRole.CARD_TITLE, wrap=True)
        self.newer = StateLabel(look, State.WARN, "", role=TextRole.BASE, wrap=True)
        self.held = label("", ink="text-2", wrap=True)
        self.progress = ProgressStrip(look, cancellable=False)
        self.other_button = bordered(look, "Tệp khác…", "folder-open")
        self.close_button = bordered(look, "Đóng")
        self.restore_button = filled(look, "Khôi phục bản này", "rotate-ccw")
        self.heading = _DAMAGED if damaged else "Bản sao lưu của sổ này"
        self._assemble()
        self.lines.currentItemChanged.connect(lambda *_: self._look_at_current())
        self.other_button.clicked.connect(self._ask_file)
        self.close_button.clicked.connect(self.reject)
        self.restore_button.clicked.connect(self.restore)
        for copy in restoring.known_copies(session):
            self._add(copy.path, _line(copy))
        self.lines.setCurrentRow(0)
        self._look_at_current()
        self.resize(min(1100, look.px(900)), min(640, look.px(520)))

    def _assemble(self) -> None:
        look = self._look
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        outer.addWidget(label(self.heading, TextRole.CARD_TITLE, wrap=True))
        middle = QHBoxLayout()
        look.margins(middle, 0, 0, 0, 0, 16)
        middle.addWidget(self.lines, 5)
        told = QWidget()
        side = QVBoxLayout(told)
        look.margins(side, 0, 0, 8, 0, 8)
        for widget in (self.title, self.newer, self.held):
            side.addWidget(widget)
        side.addStretch(1)
        side.addWidget(caption(KEPT_ASIDE, wrap=True))
        middle.addWidget(scrolling(told, "Bản sao đang chọn"), 4)
        outer.addLayout(middle, 1)
        outer.addWidget(self.progress)
        outer.addLayout(dialog_foot(look, self.close_button, self.restore_button, left=[self.other_button]))

    def chosen(self) -> Path | None:
        """The copy that is looked at."""
        item = self.lines.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Path) else None

    def add_file(self, path: Path) -> None:
        """A copy that lies somewhere else, chosen by hand."""
        self._add(path, f"{path.name}\n{path.parent}")
        self.lines.setCurrentRow(self.lines.count() - 1)

    def restore(self) -> None:
        """Everything but the swap, on another thread; what was typed and not saved is kept as drafts before."""
        path = self.chosen()
        if path is None or self._running:
            return
        self._running = True
        session = self._session

        def work(_control: TaskControl) -> Ready:
            with session.worker() as own:
                return restoring.make_ready(own, path)

        self.restore_button.set_reason("Đang khôi phục")
        self.progress.start("Đang kiểm tra bản sao lưu và giữ lại sổ đang dùng")
        task = run_task(self, work)
        task.succeeded.connect(self._on_ready)
        task.failed.connect(lambda error: show_error(self._look, error, self))
        task.finished.connect(self._on_finished)

    def reject(self) -> None:
        """Not while a copy is being made ready."""
        if not self._running:
            super().reject()

    def _on_ready(self, ready: Ready) -> None:
        self._running = False
        self.accept()
        self.ready.emit(ready)

    def _on_finished(self) -> None:
        self._running = False
        self.progress.finish()
        self._look_at_current()

    def _ask_file(self) -> None:
        path = file_to_open(self, "Chọn bản sao lưu", "Tệp sổ (*.thidua)", Files.OFFICES)
        if path is not None:
            self.add_file(path)

    def _add(self, path: Path, words: str) -> None:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, path)
        item.setToolTip(str(path))
        self.lines.addItem(item)

    def _look_at_current(self) -> None:
        """Read off the window's thread; of several that were asked for the one that is chosen then is shown."""
        path = self.chosen()
        if path is None:
            self._tell(("Chưa có bản sao lưu nào", "", ""), "Chưa có bản sao lưu nào")
            return
        self._tell(("Đang đọc bản sao lưu", "", ""), "Đang đọc bản sao lưu")
        copy = path
        task = run_task(self, in_office(self._session, lambda own: restoring.look_at_copy(own, copy)), self._line)
        task.succeeded.connect(lambda view: self._tell_of(copy, _words(view), ""))
        task.failed.connect(lambda error: self._on_unread(copy, error))

    def _on_unread(self, copy: Path, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._tell_of(copy, (error.sentence, "", error.remedy), error.sentence)
        else:
            show_error(self._look, error, self)

    def _tell_of(self, copy: Path, words: tuple[str, str, str], reason: str) -> None:
        if copy == self.chosen() and not self._running:
            self._tell(words, reason)

    def _tell(self, words: tuple[str, str, str], reason: str) -> None:
        self.title.setText(words[0])
        # what would be lost is a warning, that nothing would be is not
        self.newer.set_state(State.OK if words[1] == _NOTHING_NEWER else State.WARN, words[1])
        set_shown(self.newer, bool(words[1]))
        self.held.setText(words[2])
        self.restore_button.set_reason(reason if self._session.may(Permission.MANAGE) else NOT_ALLOWED)


def _line(copy: Kept) -> str:
    size = format_number(max(1, copy.size // 1_000_000))
    return f"{format_moment(copy.at)}:{copy.at:%S}, {size} MB\n{upper_first(copy.why)}"


def _words(view: CopyView) -> tuple[str, str, str]:
    """Office and moment; what would be left out; how many records of which register."""
    when = f", {format_moment(view.at)}" if view.at is not None else ""
    if view.newer is None:
        newer = "Bản này không phải trạng thái trước đây của sổ đang mở; những gì chỉ sổ đang mở có sẽ mất."
    elif view.newer:
        newer = f"{format_number(view.newer)} thay đổi ghi sau đó sẽ không còn trong sổ."
    else:
        newer = _NOTHING_NEWER
    most = sorted(view.counts, key=lambda one: -one[1])
    lines = [f"{title}: {format_number(count)}" for title, count in most[:_REGISTERS_SHOWN]]
    rest = len(most) - len(lines)
    return f"{view.office}{when}", newer, "\n".join([*lines, *([f"và {rest} sổ khác"] if rest > 0 else [])])
