"""The files of one record: added by dialog, scanner, dropping or pasting; looked at, saved, renamed, taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments
from thidua_desktop.services.attached import Attached, Source
from thidua_desktop.services.file_intake import LookedAt, look_at_all
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.file_choice import file_to_write, files_to_open
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.long_work import in_office
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.file_line import FileLine
from thidua_desktop.ui.pages.attaching.incoming import left_out, sources_of
from thidua_desktop.ui.pages.attaching.places import FilesPlace
from thidua_desktop.ui.pages.attaching.preview import PreviewDialog
from thidua_desktop.ui.pages.attaching.refusals import RefusedFiles
from thidua_desktop.ui.pages.attaching.scan_dialog import ScanDialog
from thidua_desktop.ui.pages.attaching.words_dialog import WordsDialog
from thidua_desktop.ui.shell.help_places import explain_by
from thidua_desktop.ui.shell.rooms import HOW_HELP
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task, wait_for, work_line

OpenFile = Callable[[Path], None]
_NONE_YET = "Kéo thả tệp vào đây, hoặc chép ảnh, tệp rồi dán (Ctrl+V)."


def open_outside(path: Path) -> None:
    """Let the machine's own program show a file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class FilesView(QWidget):
    """``changed`` after each change of the files, ``told`` carries what was done, for the status bar.

    Large files are read and looked at off the window's thread; ``finish`` waits for them, before a record is saved or
    left. ``open_file`` may be replaced (tests).
    """

    changed = Signal()
    told = Signal(str)
    refusal_told = Signal()

    def __init__(self, look: Look, session: Session, open_file: OpenFile = open_outside) -> None:
        super().__init__()
        self._look, self._session, self.open_file = look, session, open_file
        self.place: FilesPlace | None = None
        self.files: list[Attached] = []
        self.lines: list[FileLine] = []
        self._task: Task | None = None
        self._pool = work_line(self)
        self.preview: PreviewDialog | None = None
        self.add_button = bordered(look, "Thêm tệp…", "paperclip")
        self.scan_button = bordered(look, "Bản quét…", "scan-line")
        self.paste_button = borderless(look, "Dán", "clipboard-paste")
        self.hint = caption(_NONE_YET, wrap=True)
        self.refused = RefusedFiles(look)
        self.progress = ProgressStrip(look)
        self._column = QVBoxLayout()
        self._build()
        explain_by(f"{HOW_HELP}attaching", self)
        self._bar()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._look.margins(outer, 0, 0, 0, 0, 8)
        row = WrapRow(self._look)
        for button in (self.add_button, self.scan_button, self.paste_button):
            row.add(button)
        outer.addWidget(row)
        outer.addWidget(self.refused)
        outer.addWidget(self.progress)
        outer.addWidget(self.hint)
        self._column.setSpacing(self._look.px(2))
        outer.addLayout(self._column)
        self.add_button.clicked.connect(self.ask_files)
        self.scan_button.clicked.connect(self.ask_scans)
        self.paste_button.clicked.connect(self.paste)
        self.progress.cancelled.connect(self._stop)

    # Showing

    def show_place(self, place: FilesPlace | None) -> None:
        """The files of another record; what was refused at the one before is put away."""
        if place is not self.place:
            self.refused.put_away()
        self.place = place
        self._bar()
        self.reload()

    def _bar(self) -> None:
        """Says why nothing may be attached here, where that is so."""
        owner = self.place.owner if self.place is not None else ""
        why = f"Bản ghi của {owner}, chỉ nơi đó đính kèm được" if owner else ""
        if not self._session.may(Permission.RECORD):
            why = "Quyền của bạn chỉ xem sổ"
        for button in (self.add_button, self.scan_button, self.paste_button):
            button.set_reason(why)

    def _may_change(self) -> bool:
        return self.place is not None and not self.place.owner and self._session.may(Permission.RECORD)

    def reload(self) -> None:
        """Reads the files anew; the focus stays at the same place in the list."""
        at = next((number for number, line in enumerate(self.lines) if line.hasFocus()), -1)
        try:
            self.files = self.place.files() if self.place is not None else []
        except UserError:
            self.files = []
        clear_layout(self._column)
        self.lines = [self._line(one) for one in self.files]
        for line in self.lines:
            self._column.addWidget(line)
        self.hint.setVisible(not self.files and self.may_add())
        if at >= 0:
            target = self.lines[min(at, len(self.lines) - 1)] if self.lines else self.add_button
            target.setFocus()
        self.changed.emit()

    def _line(self, one: Attached) -> FileLine:
        line = FileLine(self._look, one, self._may_change())
        line.look_asked.connect(lambda: self.look_at(one))
        line.open_asked.connect(lambda: self.open(one))
        line.save_asked.connect(lambda: self.save_as(one))
        line.words_asked.connect(lambda: self.change_words(one))
        line.remove_asked.connect(lambda: self.remove(one))
        line.step_asked.connect(lambda by: self._step(line, by))
        return line

    def _step(self, line: FileLine, by: int) -> None:
        at = self.lines.index(line) + by
        if 0 <= at < len(self.lines):
            self.lines[at].setFocus()

    def may_add(self) -> bool:
        """Whether the person may attach here now."""
        return self._may_change()

    # Adding

    def take_mime(self, mime: QMimeData) -> None:
        """What was dropped or lies in the clipboard."""
        sources = sources_of(mime, self._session.now())
        if sources:
            self.take(sources, left_out(mime))
        else:
            self.told.emit("Chưa có ảnh hay tệp nào để dán: chép ảnh, tệp rồi dán lại.")

    def paste(self) -> None:
        """The picture, or the files, that lie in the clipboard."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime is not None:
            self.take_mime(mime)

    def attach(self, paths: Sequence[Path]) -> None:
        """Files of this machine."""
        self.take([_source(path) for path in paths])

    def take(self, sources: Sequence[Source], left: Sequence[UserError] = ()) -> None:
        """Read and look at files, then attach those that may be kept and say why others are not; ``left``: why some
        that came with them are not even looked at."""
        if not sources or not self.may_add():
            return
        self.finish()
        session, limits, place = self._session, attachments.limits(self._session), self.place

        def work(control: TaskControl) -> object:
            looked = look_at_all(sources, limits, control.progress)
            with session.worker() as own:
                attachments.keep_contents(own, [one.checked for one in looked if one.checked is not None])
            return looked

        self._beside(f"Đang đọc {len(sources)} tệp", work, lambda looked: self._keep(place, looked, left))

    def _beside(self, words: str, work: Callable[[TaskControl], object], then: Callable[[Any], object]) -> None:
        """One thing at a time off the window's thread, told by the strip; ``then`` gets what it found."""
        if self._task is not None:
            return
        self.progress.start(words)
        self._task = task = run_task(self, work, self._pool)
        task.progressed.connect(self.progress.set_progress)
        task.succeeded.connect(then)
        task.failed.connect(lambda fault: show_error(self._look, fault, self))
        task.finished.connect(self._on_finished)

    def finish(self) -> None:
        """Waits until what was brought is attached."""
        if self._task is None:
            return
        wait_for(self._task, self._pool)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_finished(self) -> None:
        self._task = None
        self.progress.finish()

    def _keep(self, place: FilesPlace | None, looked: object, left: Sequence[UserError]) -> None:
        if not isinstance(looked, list) or place is None:
            return
        refused = [*left]
        notes: list[str] = []
        taken: list[Attached] = []
        try:
            with place.as_one():
                for one in looked:
                    self._keep_one(place, one, taken, refused, notes)
        except UserError as fault:  # a disk that fails at the last moment: none of them stands
            taken, notes = [], []
            refused.append(fault)
        if place is self.place:
            self.reload()
            self.refused.tell(refused, notes, len(taken))
            if refused or notes:
                self.refusal_told.emit()
        if taken:
            what = taken[0].name if len(taken) == 1 else f"{len(taken)} tệp"
            self.told.emit(f"Đã đính kèm {what}. Ctrl+Z để hoàn tác.")

    def _keep_one(
        self, place: FilesPlace, one: LookedAt, taken: list[Attached], refused: list[UserError], notes: list[str]
    ) -> None:
        if one.refusal is not None or one.checked is None:
            refused += [one.refusal] if one.refusal is not None else []
            return
        try:
            taken.append(place.add(one.checked, one.source.taken_on))
        except UserError as refusal:
            refused.append(refusal)
            return
        if one.checked.told_falsely:
            notes.append(f"{one.source.name} thật ra là {one.checked.kind.words}: ghi tên là {taken[-1].name}.")

    def ask_files(self) -> None:
        """The system's dialog, in the folder where files were last chosen."""
        chosen = files_to_open(self, "Thêm tệp đính kèm", "", Files.ATTACHING)
        if chosen:
            self.attach(chosen)

    def ask_scans(self) -> ScanDialog:
        """The newest files of the scanner's folder."""
        dialog = ScanDialog(self._look, self._session, self)
        dialog.chosen.connect(self.take)
        dialog.other_asked.connect(self.ask_files)
        dialog.open()
        return dialog

    # What can be done with one

    def look_at(self, one: Attached) -> None:
        """Shows a picture or a PDF here, anything else in the machine's own program."""
        place = self.place
        if not one.is_shown_here:
            self.open(one)
        elif place is not None:
            work = in_office(self._session, lambda own: place.content(own, one))
            self._beside("Đang mở tệp", work, lambda content: self._show(one, content))

    def _show(self, one: Attached, content: bytes) -> None:
        self.preview = PreviewDialog(
            self._look, one, content, self, lambda: self.open(one), lambda: self.save_as(one)
        )  # fmt: skip
        self.preview.open()

    def open(self, one: Attached) -> None:
        """Shows a file in the machine's own program, from a copy that is erased afterwards."""
        place = self.place
        if place is None:
            return

        def copied(own: Session) -> Path:
            return attachments.private_copy(one.name, place.content(own, one))

        def show(copy: Path) -> None:
            attachments.erase_at_close(self._session, copy)
            self.open_file(copy)

        self._beside("Đang mở tệp", in_office(self._session, copied), show)

    def save_as(self, one: Attached) -> None:
        """Writes a file where the person says."""
        place = self.place
        path = file_to_write(self, "Lưu tệp đính kèm", one.name, "", Files.ATTACHED)
        if path is None or place is None:
            return
        work = in_office(self._session, lambda own: place.save_as(own, one, path))
        self._beside("Đang lưu tệp", work, lambda _saved: self.told.emit(f"Đã lưu {path.name}."))

    def remove(self, one: Attached) -> None:
        """Takes a file off the record; Ctrl+Z brings it back."""
        place = self.place
        if place is not None and self._told(lambda: place.remove(one)):
            self.told.emit(f"Đã bỏ {one.name}. Ctrl+Z để hoàn tác.")
        self.reload()

    def change_words(self, one: Attached) -> WordsDialog | None:
        """Asks for its name, what it shows and of which day it is."""
        if self.place is None:
            return None
        dialog = WordsDialog(self._look, self._session, self.place, one, self)
        dialog.accepted.connect(self.reload)
        dialog.open()
        return dialog

    def _told(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except UserError as error:
            show_error(self._look, error, self)
            return False
        return True


def _source(path: Path) -> Source:
    return Source(path.name or str(path), path)
