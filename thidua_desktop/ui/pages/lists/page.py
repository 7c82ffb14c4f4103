"""The list page of any register: filter, sort, totals, detail pane, and the ways from a record to form and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import due, lists, records, titles, transfer
from thidua_desktop.services.child_tables import child_tables
from thidua_desktop.services.documents.printing import MOST_RECORDS, OF_ONE, OF_SEVERAL, documents_of
from thidua_desktop.services.due import Waiting
from thidua_desktop.services.lists import SortKey
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.buttons import borderless
from thidua_desktop.ui.components.file_choice import EXCEL_FILES, file_to_open, file_to_write
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.drop_zone import has_only_files
from thidua_desktop.ui.pages.lists.column_actions import SORT_KEY, TURN_KEY, ColumnActions
from thidua_desktop.ui.pages.lists.copying import copy_chosen
from thidua_desktop.ui.pages.lists.filter_bar import FilterBar
from thidua_desktop.ui.pages.lists.help_of_list import explain_parts
from thidua_desktop.ui.pages.lists.import_dialog import ImportDialog, import_file, paste_cells
from thidua_desktop.ui.pages.lists.just_written import tell_hidden
from thidua_desktop.ui.pages.lists.list_reader import ListReader, Seeking
from thidua_desktop.ui.pages.lists.pane_place import PanePlace
from thidua_desktop.ui.pages.lists.papers import file_name, papers_menu
from thidua_desktop.ui.pages.lists.record_pane import RecordPane
from thidua_desktop.ui.pages.lists.row_menu import RowMenu
from thidua_desktop.ui.pages.lists.saved_filters import SavedFilters
from thidua_desktop.ui.pages.lists.several_actions import SeveralActions
from thidua_desktop.ui.pages.lists.table_card import TableCard
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

MakeForm = Callable[[str | None, Values | None], QWidget]
"""Makes the page that a record is written on: (record id or None, values to start with or None)."""

MakeOther = Callable[[str, Values], QWidget]
"""Makes the page of a new record of another register, with values to start with."""

_PANE_WAIT = 90  # milliseconds: running through rows with the arrow keys reads no histories
_TABLES = "Excel (*.xlsx);;CSV (*.csv);;Dữ liệu đầy đủ (*.jsonl)"


class ListPage(Page):
    """One register. ``make_form`` gives the form's page (``make_other`` that of another register); without it the
    generated entry page.

    ``open_with`` takes a record id (str), or a mapping of filters: field -> value, and "period" -> code ("" for all),
    "files_of" -> id of a record whose files are to be seen.
    """

    def __init__(
        self, session: Session, look: Look, navigate: Navigate, register: str, make_form: MakeForm | None = None,
        make_other: MakeOther | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.spec = session.register(register)
        self._make_form = make_form or self._entry_page
        self._make_other = make_other or self._other_entry
        self._stale = False
        self._written = ""  # id of what was written since the list was read
        self._task: Task | None = None
        self.filters = FilterBar(look, session, self.spec, lambda: len(self.card.rows))
        self.query = self.filters.apply(lists.default_query(session, register))
        self.reader = ListReader(session, self, self.filters.looking_back)
        self._sought: Seeking | None = None
        self._build()
        self._pane_timer = QTimer(self, singleShot=True, interval=_PANE_WAIT)
        self._pane_timer.timeout.connect(self._show_current)
        self._reload_timer = QTimer(self, singleShot=True, interval=0)
        self._reload_timer.timeout.connect(self.reload)
        self._connect()
        self._shortcuts = [self._shortcut(keys, act) for keys, act in self._keys().items()]
        self.follow(session)
        if lists.is_quick(session, self.query):
            self._show(self.card.rows)
        else:
            self.reader.ask(self.query, self.card.current_id)

    # Building

    def _build(self) -> None:
        look = self.look
        self.import_button = borderless(look, "Nhập từ Excel", "file-input")
        self.paste_button = borderless(look, "Dán từ Excel", "clipboard-paste")
        self.template_button = borderless(look, "Mẫu Excel", "download")
        self.export_button = borderless(look, "Lưu Excel", "file-spreadsheet")
        self.columns = ColumnActions(self)
        self.columns_button = borderless(look, "Cột", "columns-3", menu=self.columns.menu())
        self.print_button = borderless(look, "In danh sách", "printer")
        self.papers_button = borderless(look, "Giấy tờ", "file-text", menu=papers_menu(self))
        self.several = SeveralActions(self)
        self.several_button = borderless(look, "Dòng chọn", "list-checks", menu=self.several.menu())
        self.deleted_button = borderless(look, "Đã xóa", "trash-2")
        several = documents_of(self.session, self.spec.name, OF_SEVERAL)
        actions = (
            self.import_button,
            self.export_button,
            self.columns_button,
            *((self.papers_button,) if several else ()),
            self.several_button,
            self.print_button,
            self.paste_button,
            self.template_button,
            self.deleted_button,
        )
        self.head = PageHead(look, self.spec.title, actions=actions)
        self.card = TableCard(look, self.session, self.spec, self.reader.first(self.query))
        self.progress = ProgressStrip(look)
        self.saved = SavedFilters(look, self.session, self.spec.name, self.state, self, self.navigate.show_message)
        self.filters.add_end(self.saved.button)
        self.pane = RecordPane(look, self.session, self.spec)
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        outer.addWidget(self.filters)
        outer.addWidget(self.progress)
        self.place = PanePlace(self, self.head)
        outer.addWidget(self.place.why)
        middle = QHBoxLayout()
        outer.addLayout(middle, 1)
        self.place.fill(middle)
        explain_parts(self)
        self.row_menu = RowMenu(self)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filters)
        self.reader.found.connect(self._on_found)
        self.reader.slow_changed.connect(self.card.say_slow)
        self.reader.failed.connect(self._on_failed)
        self.reader.totals_found.connect(self.card.show_totals)
        self.card.totals_asked.connect(self._ask_totals)
        self.card.sort_asked.connect(self._sort)
        self.card.current_changed.connect(self._on_current)
        self.card.clear_asked.connect(self.filters.clear)
        self.card.new_asked.connect(self.new_record)
        self.card.all_time_asked.connect(self.filters.show_all_time)
        self.card.earlier_asked.connect(self.filters.show_earlier)
        self.card.import_asked.connect(self.import_button.click)
        self.card.table.opened.connect(lambda _row: self.open_current())
        self.card.table.filter_by(self.filters.field)
        self.pane.open_asked.connect(self.open_current)
        self.pane.told.connect(self.navigate.show_message)
        self.pane.copy_asked.connect(self.copy_current)
        self.pane.gather_asked.connect(self.several.gather)
        self.pane.print_asked.connect(self.print_paper)
        self.pane.delete_asked.connect(self.delete_current)
        self.pane.undo_asked.connect(self.undo)
        self.pane.related.opened.connect(self.navigate.open_room)
        self.pane.related.new_asked.connect(self._push_other)
        self.import_button.clicked.connect(self._ask_import)
        self.paste_button.clicked.connect(self.paste_rows)
        self.template_button.clicked.connect(self._ask_template)
        self.progress.cancelled.connect(self._stop)
        self.saved.chosen.connect(self.set_state)
        for keys, act in (("Del", self.several.ask_delete_rows), ("Ctrl+V", self.paste_rows)):  # in fields theirs
            made = QShortcut(QKeySequence(keys), self.card)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)
        self.export_button.clicked.connect(self.ask_export)
        self.deleted_button.clicked.connect(self.show_deleted)
        self.print_button.clicked.connect(self.print_list)

    def _keys(self) -> Mapping[str, Any]:
        return {
            "Ctrl+F": self.filters.field.begin_search,
            "Ctrl+Shift+L": self.filters.focus_chips,  # Ctrl+L locks the desk
            "Ctrl+B": self.saved.open_menu,
            SORT_KEY: self.columns.sort_menu,
            TURN_KEY: self.columns.turn,
            "Ctrl+D": self.copy_current,
            "Ctrl+C": self.copy_rows,
            "Ctrl+P": self.print_list,
            "Ctrl+Tab": self.pane.next_tab,
            "Alt+Right": self.place.enter,
            "Alt+Left": self.place.leave,
        }

    def _shortcut(self, keys: str, act: Any) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(act)
        return made

    def state(self) -> dict[str, Any]:
        """What is filtered and how it is sorted, to be kept under a name."""
        return {**self.filters.state(), "sort": [[key.field, key.descending] for key in self.query.sort]}

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Filters and sorts as kept."""
        known = {column.name for column in self.card.rows.columns if column.sortable}
        keys = tuple(SortKey(str(name), bool(down)) for name, down in state.get("sort", []) if name in known)
        self.query = self.query._replace(sort=keys)
        self.filters.set_state(state)

    # Page protocol

    def title(self) -> str:
        return self.spec.title

    def new_record(self) -> bool:
        if self.session.may(Permission.RECORD):
            self._push(None, None)
        else:
            self.navigate.show_message("Quyền của bạn chỉ xem sổ, không ghi.", "lock", "text-2")
        return True

    def take_back(self) -> bool:
        return self.saved.take_back()

    def refresh(self, changes: object = None) -> None:
        self.saved.forget_step()
        if isinstance(changes, Changes) and not self._touches(changes):
            return
        if self.isVisible():
            self._reload_timer.start()
        else:
            self._stale = True
            if isinstance(changes, Changes) and changes.ids and self.spec.name in changes.registers:
                self._written = changes.ids[0]  # on the form above this list

    def _touches(self, changes: Changes) -> bool:
        linked = {field.register for field in self.spec.living_fields if field.register}
        return bool(changes.registers & (linked | {self.spec.name, "attachment"}))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
        else:
            self._pane_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pane_timer.stop()  # a page that nobody sees reads nothing; the office may be closed by then
        if self._reload_timer.isActive():
            self._reload_timer.stop()
            self._stale = True

    def help_key(self) -> str:
        return self.spec.name

    def open_with(self, argument: object) -> None:
        if isinstance(argument, str):
            self.show_record(argument)
        elif isinstance(argument, Mapping):
            if "files_of" in argument:
                self.show_record(str(argument["files_of"]))
                self.place.show_files()
            if "period" in argument:
                self.filters.set_period_code(str(argument["period"]))
            if due.FILTER in argument:
                self.filters.set_waiting(Waiting(argument[due.FILTER]))
            for field, value in argument.items():
                if field == lists.OFFICE:
                    self.filters.set_office(str(value))
                elif field in lists.filter_names(self.session, self.spec.name):
                    self.filters.set_condition(str(field), str(value))

    def set_layout_class(self, kind: LayoutClass) -> None:
        self.place.set_layout_class(kind)

    def regions(self) -> list[QWidget]:
        return [self.filters, self.card, self.pane]

    def focus_first(self) -> None:
        self.place.enter() if self.place.alone else self.card.go_to()

    def escape(self) -> bool:
        if not self.pane.delete_box.isHidden():
            self.pane.close_delete_box()
            return True
        if self.place.alone:
            self.place.leave()
            return True
        if self.filters.field.text():
            self.filters.field.clear()
            self.card.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    # The list

    def reload(self) -> None:
        """Reads the list again with what is chosen now; stays on the record that was current."""
        self._reload_timer.stop()
        self._stale = False
        self.query = self.filters.apply(self.query)
        self.reader.ask(self.query, self.card.current_id)

    def _on_found(self, rows: lists.RecordList) -> None:
        written, self._written = self._written, ""
        here = bool(written) and rows.place_of(written) is not None
        self._show(rows, written if here else self.card.current_id())
        if written and not here:
            tell_hidden(self.session, self.navigate, self.spec.name, written)
        self._seek()

    def _on_failed(self, error: Exception) -> None:
        self._show(self.card.rows, self.card.current_id())
        show_error(self.look, error, self)

    def _on_filters(self) -> None:
        """Whoever filters anew no longer waits for the record that was looked for."""
        if self._sought is not None and not self._sought.widening:
            self._sought = None
        self.reload()

    def show_record(self, record_id: str) -> None:
        """Goes to a record, taking filters away that hide it."""
        self._sought = Seeking(record_id, [self.filters.clear, self.filters.show_all_time])
        if self._stale:
            self.reload()
        else:
            self._seek()

    def _seek(self) -> None:
        """One step towards the record that is looked for, once the list stands: select it, or show more records."""
        sought = self._sought
        if sought is None or self.reader.busy:
            return
        place = self.card.rows.place_of(sought.record_id)
        if place is None and sought.wideners:
            sought.widen()
            return
        self._sought = None
        if place is not None:
            self.card.select(place)

    def _ask_totals(self, rows: lists.RecordList) -> None:
        self.card.show_totals(rows)
        if rows.has_totals and not rows.totals_known:
            self.reader.ask_totals(rows)

    def _sort(self, key: SortKey) -> None:
        self.query = self.query._replace(sort=(key,))
        self.reader.ask(self.query, self.card.current_id)

    def _show(self, rows: lists.RecordList, keep: str = "") -> None:
        self.card.show_rows(rows, keep)
        if not len(rows):
            self._say_empty()
        self.place.arrange()

    def _say_empty(self) -> None:
        may, narrowed = self.session.may(Permission.RECORD), self.filters.is_narrowed()
        earlier = self.reader.earlier
        title, text = self.filters.words_of_nothing(earlier)
        name, more = earlier[0].name if earlier else "", self.filters.in_period() or self.filters.hides_ended()
        self.card.say_empty(title, text, narrowed, may, more, name)

    def _on_current(self, record_id: str) -> None:
        if record_id:
            self.show_current_soon()

    def show_current_soon(self) -> None:
        """The pane tells of the current record, once nobody runs through rows."""
        self._pane_timer.start()

    def _show_current(self) -> None:
        record_id = self.card.current_id()
        try:
            record = records.find(self.session, self.spec.name, record_id) if record_id else None
        except UserError as refused:  # a look that cannot be written down; no box at each row one passes
            self.pane.hide()
            self.navigate.show_message(refused.sentence, "triangle-alert", "warn")
            return
        self.place.arrange()
        if record is not None and not record.deleted:
            why = self.filters.why_listed(record.values, self.card.seen_names())
            self.pane.show_record(record, why)
            self.place.tell(why)

    # What can be done

    def open_current(self) -> None:
        """Enter: the form of the current record."""
        record_id = self.card.current_id()
        if record_id:
            self._push(record_id, None)

    def copy_current(self) -> None:
        """Ctrl+D: a new record like the current one, but for its day and hours."""
        record_id = self.card.current_id()
        if record_id and self.session.may(Permission.RECORD):
            self._push(None, records.copy_of(self.session, self.spec.name, record_id))

    def _push(self, record_id: str | None, values: Values | None) -> None:
        try:
            self.navigate.push(self._make_form(record_id, values))
        except UserError as error:
            show_error(self.look, error, self)

    def _push_other(self, register: str, values: Values) -> None:
        """A new record of another register, linked to the current one."""
        try:
            self.navigate.push(self._make_other(register, values))
        except UserError as error:
            show_error(self.look, error, self)

    def _other_entry(self, register: str, values: Values) -> QWidget:
        from thidua_desktop.ui.pages.entry.page import EntryPage

        return EntryPage(self.session, self.look, self.navigate, register, None, values)

    def _entry_page(self, record_id: str | None, values: Values | None) -> QWidget:
        from thidua_desktop.ui.pages.entry.page import EntryPage

        return EntryPage(self.session, self.look, self.navigate, self.spec.name, record_id, values)

    def copy_rows(self) -> None:
        """Ctrl+C: the chosen rows, ready to paste into Excel."""
        copy_chosen(self)

    def delete_current(self, reason: str) -> None:
        """Deletes the current record with a reason; Ctrl+Z brings it back."""
        record_id = self.card.current_id()
        try:
            records.delete(self.session, self.spec.name, record_id, reason)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self.place.leave()
        self.navigate.show_message(f"Đã xóa {self.spec.singular}. Ctrl+Z để lấy lại.", "trash-2", "text-2")

    def undo(self) -> None:
        """Takes the newest change back."""

        def done(undone: records.Undone) -> None:
            self.session.announce(undone.changes)
            self.navigate.show_message(undone.text, "undo-2")

        self.work("Đang hoàn tác", lambda working, _tell: records.undo(working, known=True), done)

    def show_deleted(self) -> None:
        """What was deleted from this register, to bring back."""
        from thidua_desktop.ui.pages.deleted.page import DeletedPage

        self.navigate.push(DeletedPage(self.session, self.look, self.navigate, self.spec.name, self.spec.title))

    def print_paper(self, document: str) -> None:
        """The papers of the current record as they will be printed, ``document`` first."""
        record_id = self.card.current_id()
        if record_id:
            title = titles.title(self.session, self.spec.name, record_id)
            self._push_papers(OF_ONE, [record_id], document, title)

    def print_several(self, document: str, whole_list: bool = False) -> None:
        """A paper of the chosen rows, or of all rows of the list, in their order."""
        count = len(self.card.rows) if whole_list else self.card.chosen_count()
        if 0 < count <= MOST_RECORDS:
            ids = self.card.rows.ids(range(count) if whole_list else self.card.chosen_places())
            self._push_papers(OF_SEVERAL, ids, document, f"{format_number(len(ids))} {self.spec.singular}")

    def _push_papers(self, scopes: Iterable[str], ids: Sequence[str], document: str, of: str) -> None:
        from thidua_desktop.ui.pages.lists.paper_page import PaperPage

        record = self.pane.record if scopes == OF_ONE else None
        documents = documents_of(self.session, self.spec.name, scopes, record.values if record else None)
        page = PaperPage(
            self.session, self.look, self.navigate, documents, ids, document=document, of=of, back_to=self.spec.title
        )
        self.navigate.push(page)

    def print_list(self) -> None:
        """Ctrl+P: the list as it is filtered and sorted, looked at before it is printed or kept as a file."""
        from thidua_desktop.services.documents.sheets import print_list
        from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage

        shown, query = self.card.shown_names(), self.query

        def make(reading: Session, _ending: str) -> bytes:
            return print_list(reading, query, columns=shown).pdf

        title = self.spec.title
        self.navigate.push(MadePaperPage(self.session, self.look, self.navigate, title, title, make, editable=False))

    def work(
        self, words: str, work: Callable[[Session, transfer.Progress], object], then: Callable[..., None],
        at_end: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Long work on another thread, told and stoppable; one at a time. ``at_end`` whatever came of it."""
        if self._task is not None:
            self.navigate.show_message("Đang làm việc trước, chờ xong hoặc bấm Dừng", "clock", "warn")
            return
        session = self.session

        def run(control: TaskControl) -> object:
            def tell(done: int, total: int) -> None:
                control.progress(done, total)

            with session.worker(lambda: control.cancelled) as working:
                return work(working, tell)

        self.progress.start(words)
        self._task = run_task(self, run)
        self._task.progressed.connect(lambda done, total, _text: self.progress.set_progress(done, total))
        self._task.succeeded.connect(lambda found: self._end(lambda: then(found)))
        self._task.failed.connect(lambda error: self._end(lambda: show_error(self.look, error, self)))
        self._task.stopped.connect(lambda: self._end(lambda: self.navigate.show_message("Đã dừng.", "info", "text-2")))
        self._task.finished.connect(at_end)

    def _end(self, then: Callable[[], None]) -> None:
        self._task = None
        self.progress.finish()
        then()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def ask_export(self) -> None:
        """Asks where the whole list shall be saved."""
        path = file_to_write(self, "Xuất danh sách", file_name(self.spec.title, "xlsx"), _TABLES, Files.TABLES)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Writes what the list shows to a file."""
        query = self.query

        def done(count: int) -> None:
            words = f"Đã xuất {format_number(count)} bản ghi ra {path.name}."
            if path.suffix.lower() == ".csv" and child_tables(self.spec):
                words += " Tệp CSV không có các dòng con; cần đủ thì lưu Excel."
            self.navigate.show_message(words, "file-spreadsheet")

        self.work("Đang xuất", lambda working, tell: transfer.export_records(working, query, path, tell), done)

    def _ask_template(self) -> None:
        name = file_name(f"mẫu {self.spec.title}", "xlsx")
        path = file_to_write(self, "Mẫu Excel để nhập", name, EXCEL_FILES, Files.TABLES)
        if path is not None:
            self.write_template(path)

    def write_template(self, path: Path) -> None:
        """Writes the register's empty Excel form, with its code lists and how each column is filled."""

        def done(_made: object) -> None:
            words = f"Đã lưu {path.name}. Điền xong thì kéo tệp thả vào đây."
            self.navigate.show_message(words, "file-spreadsheet")

        register = self.spec.name
        self.work("Đang lập mẫu Excel", lambda working, _tell: transfer.template(working, register, path), done)

    def _ask_import(self) -> None:
        kinds = "Bảng tính (*.xlsx *.xls *.xlsm *.xlsb *.ods *.xml *.csv *.txt);;Dữ liệu đầy đủ (*.jsonl)"
        path = file_to_open(self, "Nhập từ Excel", kinds, Files.TABLES)
        if path is not None:
            self.import_from(path)

    def import_from(self, path: Path) -> ImportDialog | None:
        """Shows what a file would bring; recorded only when the person says so."""
        if not self.may_record():
            return None
        dialog = import_file(self.look, self.session, self.spec.name, path, self)
        dialog.accepted.connect(lambda: self._told(dialog))
        return dialog

    def paste_rows(self) -> ImportDialog | None:
        """Ctrl+V: shows what the cells on the clipboard would bring; with or without their line of headings."""
        if not self.may_record():
            return None
        if has_only_files() and self.pane.attachments.view.may_add():
            self.place.show_files()
            self.pane.attachments.view.paste()
            return None
        cells = QGuiApplication.clipboard().text()
        if not cells.strip():
            self.navigate.show_message("Chưa chép gì: chọn các ô trong Excel, Ctrl+C, rồi dán ở đây.", "info", "text-2")
            return None
        dialog = paste_cells(self.look, self.session, self.spec.name, cells, self)
        dialog.accepted.connect(lambda: self._told(dialog))
        return dialog

    def may_record(self) -> bool:
        """Whether the person may write here; told when not."""
        may = self.session.may(Permission.RECORD)
        if not may:
            self.navigate.show_message("Quyền của bạn chỉ xem sổ, không ghi.", "lock", "text-2")
        return may

    def _told(self, dialog: ImportDialog) -> None:
        if dialog.result_of_import is not None:
            self.navigate.show_message(f"{dialog.result_of_import.sentence} Ctrl+Z để hoàn tác cả tệp.")
