"""Bản quét mới: the newest files of the folder into which the office's scanner writes, with small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.errors import UserError
from thidua_desktop.services import scans
from thidua_desktop.services.attached import Source, size_text
from thidua_desktop.services.remembered_folders import Files, known_folder
from thidua_desktop.services.scans import Scan
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.file_choice import folder_to_use
from thidua_desktop.ui.components.labels import ElidedLabel, caption
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.views import Views
from thidua_desktop.ui.components.word_list import WordList
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
from thidua_desktop.ui.tasks import TaskControl, run_task

_LOOK_AGAIN = 2500  # milliseconds: a scan that ends while one looks appears by itself, on a network share, too
_SIDE = 64
_UNKNOWN, _EMPTY, _LIST = range(3)


class ScanDialog(FormDialog):
    """``chosen`` carries the sources to attach, ``other_asked`` that the person wants the ordinary dialog."""

    chosen = Signal(list)
    other_asked = Signal()

    def __init__(self, look: Look, session: Session, parent: QWidget) -> None:
        super().__init__(look, "Bản quét mới", "Đính kèm", parent)
        self._session = session
        self.folder = known_folder(Files.SCANNER)
        self.scans: list[Scan] = []
        self._pictures: dict[tuple[Path, int], QIcon] = {}
        self._looking = False
        self._build()
        self._timer = QTimer(self, interval=_LOOK_AGAIN)
        self._timer.timeout.connect(self.look_again)
        self.finished.connect(lambda _how: self._timer.stop())
        self._show_folder()
        room = self.screen().availableSize()
        self.resize(min(look.px(620), room.width()), min(look.px(560), room.height() * 9 // 10))

    def _build(self) -> None:
        look = self.look
        self.where = ElidedLabel("", ink="text-2")
        self.change_button = borderless(look, "Đổi thư mục…", "folder-open")
        self.list = WordList(look, "Bản quét mới")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setIconSize(QSize(look.px(_SIDE), look.px(_SIDE)))
        choose = bordered(look, "Chọn thư mục máy quét…", "folder-open")
        words = "Chọn một lần thư mục mà máy quét của cơ quan ghi tệp vào; bản quét mới sẽ hiện ở đây."
        unknown = EmptyState(look, words, [choose], "Chưa chọn thư mục máy quét", "scan-line")
        self._other_here = borderless(look, "Chọn tệp khác…", "paperclip")
        words = "Quét xong, tệp sẽ hiện ở đây trong vài giây."
        empty = EmptyState(look, words, [], "Thư mục chưa có bản quét nào", "scan-line")
        self.views = Views()
        for view in (unknown, empty, self.list):
            self.views.addWidget(view)
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self.change_button)
        self.column.addLayout(head)
        self.column.addWidget(self.views, 1)
        self.bind = QCheckBox("Gộp các ảnh thành một PDF")
        self.count = caption("")
        row = QHBoxLayout()
        row.addWidget(self.bind)
        row.addStretch(1)
        row.addWidget(self._other_here)
        self.column.addLayout(row)
        self.progress = ProgressStrip(look, cancellable=False)
        self.column.addWidget(self.progress)
        outer = self.layout()
        if isinstance(outer, QVBoxLayout):
            outer.setStretchFactor(self.column, 1)
        for button in (choose, self.change_button):
            button.clicked.connect(self.ask_folder)
        self._other_here.clicked.connect(self._ask_other)
        self.list.itemSelectionChanged.connect(self._show_choice)
        self.list.itemActivated.connect(lambda _item: self.go())

    # The folder

    def ask_folder(self) -> None:
        """Thư mục máy quét, remembered by this PC."""
        folder = folder_to_use(self, "Thư mục máy quét", Files.SCANNER)
        if folder is not None:
            self.folder = folder
            self.refusal.hide()
            self.scans = []
            self._show_folder()

    def _show_folder(self) -> None:
        known = self.folder is not None
        self.where.setText(str(self.folder) if known else "")
        self.where.setToolTip(str(self.folder) if known else "")
        self.change_button.setVisible(known)
        self.views.setCurrentIndex(_EMPTY if known else _UNKNOWN)
        self._show_choice()
        if known:
            self._timer.start()
            self.look_again()
        else:
            self._timer.stop()

    def look_again(self) -> None:
        """Reads the folder off the window's thread: a share that is slow must not stop the window."""
        folder = self.folder
        if folder is None or self._looking:
            return
        self._looking = True
        task = run_task(self, lambda _control: scans.newest(folder))
        task.succeeded.connect(lambda found: self._show(folder, found))
        task.failed.connect(self._on_refused)
        task.finished.connect(self._on_looked)

    def _on_looked(self) -> None:
        self._looking = False

    def _on_refused(self, fault: object) -> None:
        if isinstance(fault, UserError):
            self.refusal.tell(fault)
            self.scans = []
            self.list.clear()
            self.views.setCurrentIndex(_UNKNOWN)
            self._show_choice()

    def _show(self, folder: Path, found: object) -> None:
        if folder != self.folder or not isinstance(found, list) or found == self.scans:
            return
        self.refusal.hide()
        kept = {scan.path for scan in self.chosen_scans()}
        had_none = not self.scans
        self.scans = found
        self.list.clear()
        for scan in found:
            item = QListWidgetItem(self._words(scan))
            item.setIcon(self._pictures.get((scan.path, scan.size), self.look.icon(_icon(scan), "text-2", 32)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._words(scan).replace("\n", ", "))
            self.list.addItem(item)
            item.setSelected(scan.path in kept)
        self.views.setCurrentIndex(_LIST if found else _EMPTY)
        if found and had_none:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        self._draw_pictures()
        self._show_choice()

    def _words(self, scan: Scan) -> str:
        days = (self._session.today - scan.at.date()).days
        day = {0: "hôm nay", 1: "hôm qua"}.get(days, format_date(scan.at.date()))
        return f"{scan.path.name}\n{day} {scan.at:%H:%M}, {size_text(scan.size)}"

    def _draw_pictures(self) -> None:
        """Small pictures one after the other, off the window's thread."""
        wanted = [scan for scan in self.scans if (scan.path, scan.size) not in self._pictures]
        side = self.look.px(_SIDE) * 2

        def work(control: TaskControl) -> object:
            for scan in wanted:
                control.stop_if_cancelled()
                self._drawn.emit(scan, small_picture(scan.path, side))
            return None

        if wanted:
            self._drawn.connect(self._put_picture, Qt.ConnectionType.UniqueConnection)
            task = run_task(self, work)
            self.finished.connect(task.cancel)

    _drawn = Signal(object, object)

    def _put_picture(self, scan: object, image: object) -> None:
        if not isinstance(scan, Scan) or not isinstance(image, QImage) or image.isNull():
            return
        icon = QIcon(QPixmap.fromImage(image))
        self._pictures[(scan.path, scan.size)] = icon
        if scan in self.scans:
            item = self.list.item(self.scans.index(scan))
            if item is not None:
                item.setIcon(icon)

    # Choosing

    def chosen_scans(self) -> list[Scan]:
        """What is chosen, the oldest first: that is the order in which sheets were laid on the scanner."""
        rows = sorted({self.list.row(item) for item in self.list.selectedItems()}, reverse=True)
        return [self.scans[row] for row in rows if row < len(self.scans)]

    def _show_choice(self) -> None:
        chosen = self.chosen_scans()
        pictures = [scan for scan in chosen if scan.is_picture]
        self.bind.setVisible(len(pictures) > 1 and len(pictures) == len(chosen))
        self.go_button.set_content(f"Đính kèm {len(chosen)} tệp" if len(chosen) > 1 else "Đính kèm")
        self.go_button.set_reason("" if chosen else "Chưa chọn bản quét nào")

    def work(self) -> bool:
        sources = [Source(scan.path.name, scan.path) for scan in self.chosen_scans()]
        if not sources:
            return False
        if self.bind.isChecked() and not self.bind.isHidden():
            self._bind(sources)
            return False
        self.chosen.emit(sources)
        return True

    def _bind(self, sources: Sequence[Source]) -> None:
        name = scans.bound_name(self._session)
        self.progress.start(f"Đang gộp {len(sources)} ảnh")
        self.go_button.set_reason("Đang gộp ảnh")
        task = run_task(self, lambda _control: scans.bound(sources, name))
        task.succeeded.connect(self._on_bound)
        task.failed.connect(self._on_not_bound)

    def _on_bound(self, source: object) -> None:
        self.chosen.emit([source])
        self.accept()

    def _on_not_bound(self, fault: object) -> None:
        self.progress.finish()
        self._show_choice()
        if isinstance(fault, UserError):
            self.refusal.tell(fault)

    def _ask_other(self) -> None:
        self.reject()
        self.other_asked.emit()


def small_picture(path: Path, side: int) -> QImage:
    """A small picture of a scan, of the first page of a PDF; a null one when it cannot be drawn. From any thread."""
    from thidua_desktop.services.pictures import shown_small
    from thidua_desktop.ui.components.paper_pictures import draw_sheet

    try:
        content = path.read_bytes()
        if path.suffix.lower() == ".pdf":
            drawn = draw_sheet(content, 0, side)
            return drawn.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        return QImage.fromData(shown_small(content, side))
    except Exception:  # half written by the scanner, or damaged: its kind's icon stands there
        return QImage()


def _icon(scan: Scan) -> str:
    return "image" if scan.is_picture else "file-text"
