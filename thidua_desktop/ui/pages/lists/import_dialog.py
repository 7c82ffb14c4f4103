"""Records from an Excel file or from cells that were copied: what would be recorded, what stands in the way, then one
action for undo.

Reading, checking and writing happen on another thread, with how far they are, time left and "Dừng"; nothing is written
before "Ghi", and a writing that is stopped leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, Values
from thidua_desktop.paths import is_there
from thidua_desktop.services import transfer
from thidua_desktop.services.child_tables import OWNER, main_sheet
from thidua_desktop.services.import_children import ChildSheet, ColumnKey
from thidua_desktop.services.import_examples import examples
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.services.transfer import ImportPlan, ImportResult
from thidua_desktop.services.transfer_columns import missing_required, typed_fields
from thidua_desktop.services.transfer_rows import GUESSES
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.dialogs import dialog_foot, size_to_content
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.file_choice import EXCEL_FILES, file_to_write
from thidua_desktop.ui.components.in_turns import InTurns
from thidua_desktop.ui.components.labels import label
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.import_columns import ColumnTable, SheetColumns
from thidua_desktop.ui.pages.lists.import_fills import FillTable
from thidua_desktop.ui.pages.lists.import_sheet import SheetChoice
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

_PROBLEMS_SHOWN = 200
_LINES_IN_SIGHT = 6
_EMPTY_REQUIRED = "TD-DATA-101"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the person chose: columns by hand, values for empty cells, whether old text is converted, the sheet."""

    columns: Mapping[ColumnKey, str | None]
    fills: Values
    convert: bool
    sheet: str


Reading = Callable[[Session, Chosen, transfer.Progress], ImportPlan]
"""Reads the source again: session of the working thread, what is chosen, progress."""


class ImportDialog(QDialog):
    """``accepted`` after records were written: ``result_of_import`` says which. ``plan`` is None while it is read."""

    def __init__(
        self, look: Look, session: Session, register: str, source: str, look_at: Reading, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._session, self._look_at = look, session, look_at
        self._spec = session.register(register)
        self.plan: ImportPlan | None = None
        self.result_of_import: ImportResult | None = None
        self._mapping: dict[ColumnKey, str | None] = {}
        self._convert = False
        self._task: Task | None = None
        self._busy = False
        self._records = False
        self._in_sight: list[str] = []
        self._writing = LongWork(look, self)
        self._turns = InTurns(self)
        self.setWindowTitle(f"Nhập vào {self._spec.title}")
        self._build(source)
        size_to_content(look, self, 760, 664)
        self.read()

    def _build(self, source: str) -> None:
        look = self._look
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 20, 24, 16, 12)
        self.head = label(source, TextRole.CARD_TITLE)
        self.sheet = SheetChoice(look)
        self.sheet.changed.connect(self._take_sheet)
        self.verdict = Notice(look, State.INFO, "Đang đọc.", "Chưa ghi gì.")
        self.progress = ProgressStrip(look)
        self.progress.cancelled.connect(self.stop)
        typed = [field for field in typed_fields(self._spec) if self._session.sees(field)]
        fields = [(field.name, f"{field.label} *" if field.required else field.label) for field in typed]
        self.fills = FillTable(look, self._session, typed)
        self.fills.changed.connect(self.read)
        self.columns = ColumnTable(look, fields, self.fills)
        self.columns.changed.connect(self._map)
        self.convert_button = bordered(look, "Chuyển chữ TCVN3, VNI sang Unicode", "refresh-cw")
        self.convert_button.clicked.connect(self.convert)
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setTabChangesFocus(True)
        self.problems.setAccessibleName("Các dòng cần xem")
        outer.addWidget(self.head)
        outer.addWidget(self.sheet)
        outer.addWidget(self.verdict)
        outer.addWidget(self.progress)
        outer.addWidget(self.columns, 3)
        outer.addWidget(self.convert_button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.problems, 2)
        outer.addStretch(0)  # where nothing else is shown, it takes the room
        self.record_button = filled(look, "Ghi", "check", "Ctrl+Enter")
        self.broken_button = bordered(look, "Lưu dòng lỗi ra Excel", "file-spreadsheet")
        self.close_button = bordered(look, "Thôi")
        self.record_button.clicked.connect(self.record)
        self.broken_button.clicked.connect(self._ask_broken)
        self.close_button.clicked.connect(self.reject)
        self.close_button.installEventFilter(self)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._record_shown)
        outer.addLayout(dialog_foot(look, self.close_button, self.record_button, left=[self.broken_button]))
        self._show_busy(True)

    # Reading

    def read(self) -> None:
        """Reads and checks the source with the columns as chosen."""
        self.stop()
        self._turns.drop()
        session, look_at = self._session, self._look_at
        chosen = Chosen(dict(self._mapping), self.fills.values(), self._convert, self.sheet.chosen())

        def work(control: TaskControl) -> object:
            def tell(done: int, total: int) -> None:
                control.progress(done, total)

            with session.worker() as working:
                return look_at(working, chosen, tell)

        self._start(work, "Đang đọc và kiểm tra từng dòng", self._show)

    def convert(self) -> None:
        """The person confirms that text in an old encoding is to be converted."""
        self._convert = True
        self.read()

    def _map(self, key: ColumnKey, field: object) -> None:
        self._mapping[key] = str(field) if field else None
        self.read()

    def _take_sheet(self) -> None:
        """Another sheet is read: what was chosen for a column holds for the one of the same heading there."""
        for column in self.plan.columns if self.plan is not None else ():
            if column.index in self._mapping:
                self._mapping[column.heading] = self._mapping.pop(column.index)
        self.read()

    def _show(self, plan: ImportPlan) -> None:
        self.verdict.set_notice(*self._verdict(plan))
        self._turns.do(self._pieces(plan))

    def _pieces(self, plan: ImportPlan) -> Iterator[Callable[[], object]]:
        """A table of fifty columns line by line; what can be done is there when all stand."""
        yield lambda: self.sheet.show_choices(plan.choices, plan.sheet)
        if plan.source != "jsonl":
            sheets = [self._sheet_columns(plan, one) for one in plan.sheets]
            yield from self.columns.pieces(plan.columns, sheets, examples(self._session, self._spec, plan))
            yield lambda: self.fills.ask_for(self._unsaid(plan))
            yield lambda: self.fills.show_fills(plan.fills)
            yield lambda: order_tabs(self)
        yield lambda: self._show_whole(plan)

    def _show_whole(self, plan: ImportPlan) -> None:
        is_first, self.plan = self.plan is None, plan
        self._show_busy(False)
        self.convert_button.setVisible(plan.legacy and not self._convert)
        lines = self._problem_lines(plan, only_letters=plan.legacy and not self._convert)
        self.problems.setPlainText("\n".join(lines))
        self.problems.setVisible(bool(lines))
        self.broken_button.setVisible(plan.has_errors and plan.source != "jsonl")
        self.record_button.setVisible(bool(plan.rows))
        verb = "Hiểu đúng, ghi" if plan.guesses else "Ghi"
        self.record_button.set_content(f"{verb} {format_number(len(plan.rows))} {self._spec.singular}", "check")
        self.close_button.set_content("Thôi" if plan.rows else "Đóng")
        self._in_sight = lines[:_LINES_IN_SIGHT]
        self._keep_in_sight()
        empty = self.fills.first_empty() if plan.missing else None
        if not self.convert_button.isHidden():
            self.convert_button.setFocus()
        elif self.sheet.isAncestorOf(self.focusWidget() or self):
            pass  # the next key may go on to the sheet after it
        elif empty is not None:
            empty.go_to()
        elif is_first and plan.rows:  # what is guessed is read first, and Enter there records nothing
            (self.problems if plan.guesses else self.record_button).setFocus()
        elif self.focusWidget() in (self, None):  # on a button that is gone; another Enter was meant for that one
            found = self.problems if lines else next(iter(self.columns.boxes.values()), self.close_button)
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """The columns take what the findings leave, not the other way round; at most a quarter is theirs, and of a
        dialog that is full with large text what is left."""
        px, width = self._look.px, max(1, self.problems.viewport().width() - self._look.px(16))
        shown = sum(1 + self._look.text_width(line) // width for line in self._in_sight)
        room = min(max(shown, 2), _LINES_IN_SIGHT) * self.problems.fontMetrics().lineSpacing() + px(24)
        self.problems.setMinimumHeight(0)
        layout = self.layout()
        assert layout is not None
        others = max(layout.minimumSize().height(), layout.minimumHeightForWidth(self.width()))
        left = (
            self.height() - others + self.problems.minimumSizeHint().height() - px(8)
        )  # Qt counts wrapped lines short
        self.problems.setMinimumHeight(min(room, self.height() // 4, max(left, px(48))))

    def _sheet_columns(self, plan: ImportPlan, sheet: ChildSheet) -> SheetColumns:
        """A further sheet as the table of columns shows it; before its lines are looked at only how many there are."""
        fields = tuple(
            (field.name, f"{field.label} *" if field.required or field.name == OWNER else field.label)
            for field in sheet.table.spec.fields
            if self._session.sees(field)
        )
        lines = format_number(len(sheet.lines))
        told = f"Trang “{sheet.name}”: {lines} dòng con"
        if not plan.missing:
            told += f" của {format_number(sheet.records)} {self._spec.singular}"
        if sheet.lost:
            told += f", {format_number(sheet.lost)} dòng có lỗi hoặc chưa rõ của {self._spec.singular} nào"
        if sheet.by_line:
            main = main_sheet(self._spec)
            told += (
                f". {format_number(sheet.by_line)} dòng gọi {self._spec.singular} bằng số dòng: trang “{main}” đã sắp "
                "xếp lại thì xem lại các số ấy"
            )
        return SheetColumns(sheet.name, f"{told}.", sheet.columns, fields)

    def _unsaid(self, plan: ImportPlan) -> list[FieldSpec]:
        """Required fields that the table says nothing of: without a column, or with empty cells."""
        found = {problem.column for problem in plan.problems if problem.code == _EMPTY_REQUIRED}
        named = {column.field for column in plan.columns if column.heading in found}
        asked = (
            {fill.field for fill in plan.fills}
            | named
            | {one.name for one in missing_required(self._spec, plan.columns)}
        )
        return [field for field in typed_fields(self._spec) if field.name in asked]

    def _show_busy(self, busy: bool) -> None:
        """What is typed in stays where it is, so that the focus does; at first there is nothing yet.

        A button that goes hands its focus to the dialog, not to the next one: that is "Thôi", and a second Enter would
        throw away what was read.
        """
        self._busy = busy
        going = (self.problems, self.convert_button, self.broken_button, self.record_button)
        if busy and self.focusWidget() in going:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in going:
            widget.setVisible(not busy)
        if self.plan is None or self.plan.source == "jsonl":
            self.columns.hide()
        elif not busy:
            self.columns.show()

    def _verdict(self, plan: ImportPlan) -> tuple[State, str, str]:
        if plan.missing:
            words = f"Chọn cột cho: {', '.join(plan.missing)}, hoặc điền một giá trị cho mọi dòng ở dưới."
            return State.BAD, "Thiếu cột bắt buộc.", words
        if plan.legacy and not self._convert:
            words = "Xem bên dưới chữ cũ đọc ra thành gì; đúng thì bấm Chuyển chữ, rồi mới tới các lỗi khác."
            return State.WARN, "Bảng viết bằng phông chữ cũ.", words
        found = [f"{format_number(len(plan.rows) - plan.changing)} {self._spec.singular} ghi mới"]
        if plan.changing:
            found.append(f"{format_number(plan.changing)} đã có trong sổ, sẽ sửa theo bảng")
        if plan.unchanged:
            found.append(f"{format_number(plan.unchanged)} dòng đã có sẵn")
        if plan.broken:
            found.append(f"{format_number(len(plan.broken))} dòng có lỗi, sẽ không ghi")
        if plan.lost:
            found.append(
                f"{format_number(plan.lost)} dòng con có lỗi hoặc chưa rõ của {self._spec.singular} nào, sẽ không ghi"
            )
        found += [
            f"{fill.label} “{fill.shown}” điền vào {format_number(fill.lines)} dòng"
            for fill in plan.fills
            if fill.lines
        ]
        state = State.WARN if plan.has_errors or plan.guesses or not plan.rows else State.OK
        more = f" Bỏ qua cột: {', '.join(plan.ignored)}." if plan.ignored else ""
        if plan.also:
            more += (
                f" Mỗi lần nhập một trang; chưa đọc: {', '.join(plan.also)}. Ghi xong, nhập lại tệp này và chọn trang "
                "sau ở ô Trang."
            )
        if plan.unread:
            more += f" Bỏ qua trang: {', '.join(plan.unread)}."
        if plan.changing and plan.sheets:
            more += " Dòng con trùng thì sửa, mới thì thêm; dòng đã ghi mà bảng không có thì giữ."
        unsaid = [field.label for field in self._unsaid(plan) if field.name not in {fill.field for fill in plan.fills}]
        if unsaid:
            more += f" Ô trống của {', '.join(unsaid)}: điền được một giá trị ở cuối danh sách cột."
        if plan.warned and plan.rows:
            more += f" {format_number(plan.warned)} dòng có cảnh báo vẫn ghi, lý do: “{plan.reason}”."
        look = f"Xem lại {format_number(len(plan.guesses))} chỗ chương trình tự hiểu, ở đầu khung dưới. "
        return state, "Chưa ghi gì.", f"{look * bool(plan.guesses)}{', '.join(found)}.{more}"

    @staticmethod
    def _problem_lines(plan: ImportPlan, only_letters: bool) -> list[str]:
        """What there is to see: guesses, errors, other things; ``only_letters``: what follows from an old encoding goes
        with it.
        """
        rest = [problem for problem in plan.problems if problem.code not in GUESSES]
        order = [*plan.guesses, *sorted(rest, key=lambda problem: problem.severity is not Severity.ERROR)]
        if only_letters:
            order = [problem for problem in order if problem.code == "TD-XFER-011"]
        lines = [
            found.text if found.sheet or found.text.startswith("Dòng") else f"Dòng {found.row}: {found.text}"
            for found in order[:_PROBLEMS_SHOWN]
        ]
        left = len(order) - len(lines)
        return [*lines, f"… và {left} nhận xét nữa."] if left > 0 else lines

    # Writing

    def record(self) -> None:
        """Writes the good rows as one action; those with errors of a file go to a file beside it."""
        plan, session = self.plan, self._session
        if plan is None or self._task is not None:
            return
        of_file = is_there(plan.path, Path.is_file) and plan.has_errors
        errors = plan.path.with_name(f"{plan.path.stem}-loi.xlsx") if of_file else None

        def work(control: TaskControl) -> object:
            def tell(done: int, total: int) -> None:
                control.progress(done, total)

            with session.worker() as working:
                return transfer.apply_import(working, plan, error_file=errors, on_progress=tell)

        self._start(work, "Đang ghi; dừng thì không dòng nào được ghi", self._on_written)
        self._records = True
        self.columns.hide()  # another choice would end the writing
        self.sheet.hide()

    def _record_shown(self) -> None:
        if self.record_button.isVisible():
            self.record()

    def _on_written(self, result: ImportResult) -> None:
        self.result_of_import = result
        if result.ids:
            self._session.announce(Changes(frozenset({result.register}), result.ids))
        self.accept()

    def _ask_broken(self) -> None:
        path = file_to_write(self, "Lưu dòng lỗi", "dong-loi.xlsx", EXCEL_FILES, Files.TABLES)
        if path is not None:
            self.write_broken(path)

    def write_broken(self, path: Path) -> None:
        """Writes the lines that cannot be recorded, with what is wrong with each."""
        plan = self.plan
        if plan is not None:
            write = partial(transfer.write_broken_lines, plan, path)
            self._writing.start("Đang ghi dòng lỗi", lambda _control: write(), lambda _path: None)

    # Work

    def _start(self, work: Callable[[TaskControl], object], words: str, then: Callable[..., None]) -> None:
        self.show_working(words)
        task = run_task(self, work)
        self._task = task
        task.progressed.connect(lambda done, total, _text: self.progress.set_progress(done, total))
        task.succeeded.connect(lambda found: self._end(task, lambda: then(found)))
        task.failed.connect(lambda error: self._end(task, lambda: self._on_failed(error)))
        task.stopped.connect(lambda: self._end(task, self._on_stopped))

    def show_working(self, words: str) -> None:
        """Says what goes on; what could not be done meanwhile is not there."""
        self._show_busy(True)
        self.progress.start(words)

    def _end(self, task: Task, then: Callable[[], None]) -> None:
        if task is self._task:  # an answer to an earlier question says nothing any more
            self._task, self._records = None, False
            self.progress.finish()
            then()

    def stop(self) -> None:
        """Asks the work that is under way to stop."""
        if self._task is not None:
            self._task.cancel()

    def _on_stopped(self) -> None:
        if self.plan is None:
            self.reject()
        else:
            self.show_stopped()

    def show_stopped(self) -> None:
        """Says that nothing was written; the plan stands as before."""
        if self.plan is not None:
            self._show_again(self.plan)
            self.verdict.set_notice(State.WARN, "Đã dừng.", "Chưa ghi dòng nào.")

    def _show_again(self, plan: ImportPlan) -> None:
        """What stood before, whose lines are all there."""
        for piece in self._pieces(plan):
            piece()

    def _on_failed(self, error: object) -> None:
        self._busy = False
        if self.plan is not None:
            self._show_again(self.plan)
        if isinstance(error, UserError):
            # the head keeps its line, so it is short: beside a whole sentence what to do had a column of two words
            head = "Chưa đọc được." if self.plan is None else "Chưa ghi được."
            self.verdict.set_notice(State.BAD, head, f"{error.sentence} {error.remedy}")
            self.close_button.set_content("Đóng")
        elif isinstance(error, BaseException):
            show_error(self._look, error, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it reads or writes, no Enter closes it: it was meant for the button before. Esc and the mouse do."""
        pressed = isinstance(event, QKeyEvent) and event.key() in _ENTER and event.type() == QEvent.Type.KeyPress
        return pressed and self._busy and watched is self.close_button

    def reject(self) -> None:
        """While records are written it stops that and stays: who closed it would not know whether they are."""
        self.stop()
        if not self._records:
            super().reject()


def import_file(look: Look, session: Session, register: str, path: Path, parent: QWidget) -> ImportDialog:
    """Shows what a file would bring."""
    read = partial(transfer.preview_import, path=path)
    return _shown(ImportDialog(look, session, register, path.name, _reading(register, read), parent))


def paste_cells(look: Look, session: Session, register: str, cells: str, parent: QWidget) -> ImportDialog:
    """Shows what cells copied from a spreadsheet would bring."""
    read = partial(transfer.preview_paste, pasted=cells)
    return _shown(ImportDialog(look, session, register, "Bảng dán từ Excel", _reading(register, read), parent))


def _reading(register: str, read: Callable[..., ImportPlan]) -> Reading:
    def look_at(working: Session, chosen: Chosen, tell: transfer.Progress) -> ImportPlan:
        return read(
            working,
            register,
            mapping=chosen.columns,
            convert_legacy=chosen.convert,
            fills=chosen.fills,
            on_progress=tell,
            **({"sheet": chosen.sheet} if chosen.sheet else {}),
        )

    return look_at


def _shown(dialog: ImportDialog) -> ImportDialog:
    dialog.setModal(True)
    dialog.show()
    return dialog
