"""Mã trên giấy: codes typed in by a scanner or read from pictures, shown beside what packages brought, then kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.paper_figures import (
    PaperScan,
    ScannedFigure,
    ScannedReport,
    codes_in_file,
    keep_scan,
    read_scan,
    scan_of,
)
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.file_choice import files_to_open
from thidua_desktop.ui.components.labels import StateLabel, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.row_model import RowColumn, RowModel, looks
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import ColumnKind, RecordTable
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import TaskControl

_PICTURES = "Ảnh hoặc PDF (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.pdf)"


def _comparison(figure: ScannedFigure) -> StateText:
    if figure.known is None:
        return StateText(State.MISSING, "chưa có")
    return StateText(State.WARN, "khác") if figure.differs else StateText(State.DONE_QUIETLY, "khớp")


_COLUMNS = (
    RowColumn("Chỉ tiêu", lambda one: one.label, stretch=True, caption=lambda one: one.unit),
    RowColumn("Trên giấy", lambda one: format_number(one.value), ColumnKind.NUMBER, sample="9.999.999,99"),
    RowColumn("Đã có", lambda one: "–" if one.known is None else format_number(one.known), ColumnKind.NUMBER,
              sample="9.999.999,99"),
    RowColumn("So sánh", kind=ColumnKind.STATE, sample="chưa có", state=_comparison),
)  # fmt: skip


class PaperCodesView(QWidget):
    """``told`` carries (text, icon, ink) for the status line."""

    told = Signal(str, str, str)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self.scan = PaperScan()
        self.scanned: ScannedReport | None = None
        self._work = LongWork(look, self)
        self._asker = Asker(session, self)
        self._asker.failed.connect(lambda error: show_error(self._look, error, self))
        self._build()
        self._show()

    def _build(self) -> None:
        look = self._look
        self.code = QLineEdit()
        self.code.setPlaceholderText("Đặt con trỏ ở đây rồi quét từng mã trên báo cáo giấy")
        self.code.setAccessibleName("Mã quét được")
        self.pictures_button = bordered(look, "Chọn ảnh hoặc PDF", "folder-open")
        self.again_button = bordered(look, "Quét báo cáo khác", "rotate-ccw")
        self.keep_button = filled(look, "Ghi nhận số liệu", "check")
        self.state = StateLabel(look, State.MISSING, "")
        self.title = label("", TextRole.RECORD_TITLE, wrap=True)
        self.digest = label("", wrap=True)
        self._model = RowModel(self, _COLUMNS)
        self.table = RecordTable(look, "Số liệu trên giấy")
        self.table.setModel(self._model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.set_columns(looks(_COLUMNS))
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 12)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 8)
        for widget in (self.code, self.pictures_button, self.again_button):
            row.addWidget(widget, 1 if widget is self.code else 0)
        outer.addLayout(row)
        card = Card(look, "Báo cáo trên giấy", flush=True)
        card.add_padded(self.state, 12, 4)
        card.add_padded(self.title, 0, 0)
        card.add_padded(self.digest, 0, 8)
        card.add(self.table, 1)
        outer.addWidget(card, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.keep_button)
        outer.addLayout(foot)
        self.code.returnPressed.connect(self._on_typed)
        self.pictures_button.clicked.connect(self.ask_pictures)
        self.again_button.clicked.connect(self.start_again)
        self.keep_button.clicked.connect(self.keep)

    def showEvent(self, event: QShowEvent) -> None:
        """A scanner types wherever the focus is, so it is here from the start."""
        super().showEvent(event)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    # What it does

    def start_again(self) -> None:
        """Forgets the codes read so far."""
        self._asker.drop()
        self.scan, self.scanned = PaperScan(), None
        self._show()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_pictures(self) -> None:
        """Asks for photographs, scans or PDFs of one report."""
        paths = files_to_open(self, "Chọn ảnh chụp hoặc bản quét báo cáo", _PICTURES, Files.ATTACHING)
        if paths:
            self.read_pictures(paths)

    def read_pictures(self, paths: list[Path]) -> None:
        """Reads every code of the pictures; what is missing may come from others."""

        def read(control: TaskControl) -> list[str]:
            texts: list[str] = []
            for done, path in enumerate(paths):
                control.progress(done, len(paths))
                texts += codes_in_file(path)
            return texts

        self._work.start("Đang đọc mã trên giấy", read, self._take, stoppable=True)

    def keep(self) -> None:
        """Keeps the figures as the commune's report."""
        scanned = self.scanned
        if scanned is None:
            return
        keeping = in_office(self._session, lambda own: keep_scan(own, scanned))
        self._work.start("Đang ghi số liệu", keeping, lambda kept: self._on_kept(scanned, kept))

    def _on_kept(self, scanned: ScannedReport, kept: bool) -> None:
        self._session.announce(Changes(frozenset()))  # nobody hears what is written on another thread
        words = "Đã ghi nhận" if kept else "Số liệu đã có, khớp từng số:"
        self.told.emit(f"{words} {scanned.office_name}, {scanned.period_name}", "check", "ok")
        self.start_again()

    def _on_typed(self) -> None:
        text = self.code.text()
        self.code.clear()
        if text.strip():
            self._take([text])

    def _take(self, texts: list[str]) -> None:
        try:
            for part in scan_of(texts).parts.values():
                if any(known.name != part.name for known in self.scan.parts.values()):
                    raise UserError("TD-SYNC-072")
                self.scan.parts[part.number] = part
        except UserError as error:
            show_error(self._look, error, self)
            return
        self._show()
        if self.scan.whole:
            scan = PaperScan(dict(self.scan.parts))  # another code may be typed meanwhile
            self._asker.ask(lambda reading: read_scan(reading, scan), self._show_scanned)

    def _show_scanned(self, scanned: ScannedReport) -> None:
        self.scanned = scanned
        self._show()

    def _show(self) -> None:
        scanned = self.scanned
        self.again_button.set_reason("" if self.scan.parts else "Chưa quét mã nào")
        self._model.set_rows(scanned.figures if scanned else ())
        self.keep_button.set_reason("" if scanned else "Chưa đọc đủ mã của báo cáo")
        if scanned is None:
            self.title.setText("")
            self.digest.setText("")
            missing = self.scan.missing
            numbers = ", ".join(map(str, missing))
            words = f"Còn thiếu mã {numbers} trong {self.scan.total}" if missing else "Chưa quét mã nào"
            self.state.set_state(State.WAITING if missing else State.MISSING, words)
            return
        self.title.setText(f"{scanned.office_name}: {scanned.title}, {scanned.period_name}")
        self.digest.setText(f"Lần chốt {scanned.paper.edition}. Mã đối chiếu: {scanned.digest}")
        if scanned.differing:
            self.state.set_state(State.WARN, f"{scanned.differing} số khác với số đã có")
        else:
            self.state.set_state(State.OK, "Chữ ký đúng" + (", khớp số đã có" if scanned.known else ""))
