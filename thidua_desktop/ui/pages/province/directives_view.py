"""Chỉ đạo: what the province sends down to every commune in one file; beside it what was sent, and applied by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import cards, directives
from thidua_desktop.services.handoff.directives import DirectiveRow, DirectiveWish
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_date, format_number, sort_key
from thidua_desktop.ui.components.buttons import bordered, borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import ProblemLine
from thidua_desktop.ui.components.file_choice import files_to_open, folder_to_use
from thidua_desktop.ui.components.labels import StateLabel, caption, hairline_widget, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.plan_card import named
from thidua_desktop.ui.show_error import show_error

_KINDS = "Danh mục, bộ tiêu chí, lịch, phiếu khảo sát, cập nhật chương trình (*.toml *.tdupdate)"
_MOST_DAYS = 30


class DirectivesView(QWidget):
    """``told`` carries good news."""

    told = Signal(str)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self.files: list[Path] = []
        self._offered: set[str] = set()
        self.about, self.order = QLineEdit(), QLineEdit()
        self.about.setPlaceholderText("Ví dụ: Chương trình công tác năm 2027")
        self.order.setPlaceholderText("Số văn bản, nếu có")
        self.registers = {name: QCheckBox() for name in directives.directed_registers(session)}
        self.communes = QCheckBox()
        self.due = QCheckBox("Xã gửi báo cáo sau khi hết kỳ")
        self.due_days = QSpinBox()
        self.due_days.setRange(1, _MOST_DAYS)
        self.due_days.setSuffix(" ngày làm việc")
        self.due_days.setValue(int(session.file.settings.get(DUE_DAYS) or 1))
        look.follow(self, lambda: self.due_days.setMinimumHeight(look.px(34)))
        self.problem = ProblemLine(look)
        self.writing = LongWork(look, self)
        self.write_button = filled(look, "Ghi gói chỉ đạo ra USB", "download")
        self.file_button = bordered(look, "Thêm tệp…", "file-plus")
        self._files = QVBoxLayout()
        self._written = QVBoxLayout()
        self.history = Card(look, "Gói chỉ đạo đã ghi", flush=True)
        self._build()
        self.write_button.clicked.connect(self.ask_folder)
        self.file_button.clicked.connect(self.ask_files)
        if not session.may(Permission.MANAGE):
            self.write_button.set_reason("Người quản trị của tỉnh mới ghi được chỉ đạo")
        self.reload()

    def _build(self) -> None:
        look = self._look
        form = QWidget()
        column = QVBoxLayout(form)
        look.margins(column, 0, 0, 0, 0, 8)
        for words, field in (("Tên gói", self.about), ("Theo văn bản", self.order)):
            field.setAccessibleName(words)
            column.addWidget(caption(words))
            column.addWidget(field)
        column.addWidget(caption("Chương trình, phong trào của tỉnh gửi xuống"))
        for box in self.registers.values():
            column.addWidget(box)
        column.addWidget(self.communes)
        column.addWidget(
            caption("Danh mục, bộ tiêu chí, lịch báo cáo, phiếu khảo sát, tệp cập nhật chương trình", wrap=True)
        )
        look.margins(self._files, 0, 0, 0, 0, 2)
        column.addLayout(self._files)
        column.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(caption("Thiết đặt"))
        row = QHBoxLayout()
        self.due_days.setAccessibleName("Số ngày làm việc")
        row.addWidget(self.due)
        row.addWidget(self.due_days)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.problem)
        column.addWidget(self.write_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        card = Card(look, "Soạn gói chỉ đạo")
        card.add_padded(scrolling(form, "Soạn gói chỉ đạo"))
        look.margins(self._written, 16, 8, 16, 12, 6)
        listed = QWidget()
        listed.setLayout(self._written)
        self.history.add(scrolling(listed, "Gói chỉ đạo đã ghi"), 1)
        outer = QHBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 12)
        outer.addWidget(card, 1)
        outer.addWidget(self.history, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """A package that was taken in beside it may say that a directive was applied."""
        super().showEvent(event)
        self.reload()

    def reload(self) -> None:
        """Counts of the province's own records, and what was sent."""
        session = self._session
        for name, box in self.registers.items():
            count = directives.own_count(session, name)
            box.setText(f"{session.register(name).title}: {format_number(count)} bản ghi của tỉnh")
            box.setEnabled(count > 0)
        changes = directives.own_changes(session)
        self.communes.setText(f"Sắp xếp đơn vị hành chính: {len(changes)} thay đổi đã ghi")
        self.communes.setEnabled(bool(changes))
        for name in directives.not_sent(session) - self._offered:
            self._offered.add(name)  # once: who takes it away means it
            (self.communes if name == directives.SUCCESSION else self.registers[name]).setChecked(True)
        self._show_written(directives.written(session))

    def ask_files(self) -> None:
        """Asks for definition files."""
        self.add_files(files_to_open(self, "Chọn tệp gửi xuống xã", _KINDS, Files.DEFINITIONS))

    def add_files(self, paths: list[Path]) -> None:
        """Adds files to the directive; each is checked when the directive is written."""
        self.files = list(dict.fromkeys([*self.files, *paths]))
        self._show_files()

    def ask_folder(self) -> None:
        """Asks for a stick or a folder and writes there, once there is something to write."""
        if not self._is_ready():
            return
        folder = folder_to_use(self, "Chọn USB hoặc thư mục để ghi gói chỉ đạo", Files.PACKAGES)
        if folder is not None:
            self.write_to(folder)

    def write_to(self, folder: Path) -> None:
        """Writes the directive; what is wrong is said above the button and nothing is lost."""
        if not self._is_ready():
            return
        wish = self.wish()
        make = in_office(self._session, lambda own: directives.make_directive(own, wish, folder))
        self.writing.start("Đang ghi gói chỉ đạo", make, self._on_made, refused=self._on_refused)

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.problem.set_problem(f"{error.sentence} {error.remedy}")
        else:
            show_error(self._look, error, self)

    def _on_made(self, made: directives.MadeDirective) -> None:
        self._session.announce(Changes(frozenset()))
        self.problem.set_problem("")
        self.files = []
        for field in (self.about, self.order):
            field.clear()
        for box in (*self.registers.values(), self.communes, self.due):
            box.setChecked(False)
        self._offered.clear()
        self._show_files()
        self.reload()
        self.told.emit(f"Đã ghi {made.path.name} cho {made.communes} máy của xã. Rút USB được rồi.")

    def _is_ready(self) -> bool:
        """Whether it has a name and says something; what is missing is said above the button."""
        if not self.about.text().strip():
            self.problem.set_problem("Ghi tên gói: xã thấy tên này khi xem và áp dụng.")
            self.about.setFocus()
            return False
        if directives.says_nothing(self._session, self.wish()):
            self.problem.set_problem(
                "Chọn ít nhất một nội dung: chương trình, phong trào, sắp xếp đơn vị, tệp gửi xuống hay thiết đặt."
            )
            return False
        return True

    def wish(self) -> DirectiveWish:
        """What was put together."""
        return DirectiveWish(
            self.about.text(), self.order.text(), tuple(self.files),
            tuple(name for name, box in self.registers.items() if box.isChecked() and box.isEnabled()),
            {DUE_DAYS: self.due_days.value()} if self.due.isChecked() else {},
            communes=self.communes.isChecked() and self.communes.isEnabled(),
        )  # fmt: skip

    def _show_files(self) -> None:
        clear_layout(self._files)
        for path in self.files:
            button = borderless(self._look, path.name, "x")
            button.setToolTip("Bỏ tệp này")
            button.clicked.connect(lambda _checked=False, one=path: self._drop(one))
            self._files.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _drop(self, path: Path) -> None:
        self.files.remove(path)
        self._show_files()

    def _show_written(self, rows: list[DirectiveRow]) -> None:
        clear_layout(self._written)
        if not rows:
            self._written.addWidget(label("Chưa ghi gói chỉ đạo nào.", ink="text-2"))
        for place, row in enumerate(rows):
            if place:
                self._written.addWidget(hairline_widget())
            self._written.addWidget(label(f"Số {row.number}, {format_date(row.at.date())}: {row.about}", wrap=True))
            count = row.communes if row.to is None else len(row.to)
            done = len(row.applied) >= count
            words = f"{format_number(len(row.applied))}/{format_number(count)} xã đã áp dụng"
            self._written.addWidget(StateLabel(self._look, State.OK if done else State.WAITING, words))
            for start, codes in self._who(row, done):
                self._add_names(start, codes)
        self._written.addStretch(1)

    def _who(self, row: DirectiveRow, done: bool) -> Iterator[tuple[str, list[str]]]:
        """Who has applied a directive and who has not, as far as their packages have told; of all nobody is named."""
        here = cards.commune_codes(self._session)
        to = here if row.to is None else row.to
        if row.applied and not done:
            yield "Đã áp dụng", list(row.applied)
            yield "Chưa báo lại", [code for code in to if code in here and code not in row.applied]
        yield "Nhận thẻ sau khi ghi gói nên không mở được gói này", [code for code in here if code not in to]

    def _add_names(self, start: str, codes: Sequence[str]) -> None:
        """The first of them, and a way to see all."""
        names = {one.code: one.name for one in cards.known_offices(self._session)}
        called = sorted((names.get(code, code) for code in codes), key=sort_key)
        if not called:
            return
        words = caption(f"{start}: {named(called)}.", wrap=True)
        self._written.addWidget(words)
        whole = f"{start}: {', '.join(called)}."
        if words.text() != whole:
            more = borderless(self._look, f"Nêu cả {format_number(len(called))} đơn vị", "list")
            more.clicked.connect(lambda _checked=False: words.setText(whole))
            more.clicked.connect(more.hide)
            self._written.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
