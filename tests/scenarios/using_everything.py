"""Run by test_nothing_left_behind in a process of its own, with its own home and temporary folder: an office full of
marks is used in every way, then the program is killed; or, with "again", started once more and closed.

What the officer saves on purpose goes to ``saved``; what leaves the PC to ``stick``. Titles of windows and names of
print jobs are written to ``titles.txt`` of the stick, where the test looks through them as well.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from tests.scenarios.test_support_bundle import MARK, filled
from tests.unit.services.handoff.two_offices import NOW, PASSWORD, introduce, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.services import (
    attachments,
    automatic_backups,
    backups,
    drafts,
    list_views,
    search,
    support,
    transfer,
)
from thidua_desktop.services.documents import printing
from thidua_desktop.services.handoff import outgoing
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.components import paper_output
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.preferences import Preferences, preferences_file
from thidua_desktop.ui.desk.start import Program, write_to_log
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.paper_page import PaperPage
from thidua_desktop.ui.show_error import install_fault_handlers, show_error

SHOWN = ("person", "supervised_person", "incident")
"""Registers whose list and form are shown."""

DONE = 77


def work_in_services(session: Session, saved: Path, stick: Path) -> None:
    """Everything without a window."""
    for register in session.definitions.registers:
        with contextlib.suppress(UserError):
            drafts.keep(session, register, None, {"title": MARK})
        query = ListQuery(register)
        with contextlib.suppress(UserError):
            transfer.export_records(session, query, saved / f"{register}.xlsx")
        list_views.save_view(session, register, MARK, {"text": MARK})
    for document in session.definitions.documents.values():
        with contextlib.suppress(UserError):  # a marked record need not be one that this paper is made of
            ids = printing.ids_of(session, ListQuery(document.register))
            printing.print_documents(session, document.name, ids)
            printing.papers_in_word(session, document.name, ids)
            printing.papers_in_excel(session, document.name, ids)
    table = saved / "nhap.csv"
    table.write_text(f"Họ và tên,Số định danh\n{MARK},079099000123\n", encoding="utf-8")
    plan = transfer.preview_import(session, "person", table)
    transfer.write_broken_lines(plan, saved / "dong-loi.xlsx")
    assert search.search(session, MARK)
    outgoing.make_package(session, stick)
    backups.backup_now(session, stick)
    automatic_backups.take(session)


def work_in_windows(program: Program, session: Session, titles: list[str]) -> None:
    """Lists, forms and papers are shown; a request is refused; the program fails."""
    desk = program.desk
    assert desk is not None

    def note() -> None:
        settle(desk.window)
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        titles.extend(f"{one.windowTitle()} {_spoken(one)}" for one in shown)

    for register in SHOWN:
        desk.window.open_room(register, {"period": ""} if session.register(register).date_field else None)
        note()
        record_id = _one(session, register)
        desk.open_record(register, record_id)
        note()
        desk.window.back()
    name = "supervised_person"
    document = next(one for one in session.definitions.documents.values() if one.register == name)
    record_id = _one(session, name)
    page = PaperPage(session, program.look, desk.maker.navigate, [document], [record_id], of=MARK, back_to="")
    desk.window.push(page)
    note()
    _print(page, titles)
    show_error(program.look, UserError("TD-STORE-020", path=f"{MARK}.thidua"), desk.window)
    note()


def _one(session: Session, register: str) -> str:
    return printing.ids_of(session, ListQuery(register))[0]


def _spoken(window: QWidget) -> str:
    return window.windowFilePath() + window.windowIconText()


def _print(page: PaperPage, titles: list[str]) -> None:
    """The name under which a paper waits in the printer's list, which every person of the PC can read."""
    kept = paper_output.ask_printer
    vars(sys.modules[PaperPage.__module__])["ask_printer"] = lambda _parent, title, _pages: titles.append(title)
    page.print()
    vars(sys.modules[PaperPage.__module__])["ask_printer"] = kept


def fail(session: Session) -> None:
    """A crash whose message and variables hold a person, an office that is written about, a log line about one."""
    record = session.file.records.get("person", _one(session, "person"))
    assert record is not None
    write_to_log("bắt đầu")
    try:
        raise ValueError(f"{record.values} {MARK} 079099000123")
    except ValueError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
    logging.getLogger("thidua_desktop.store").error("số 079 099 000 123, 079099000123")


def main(folder: Path, again: bool) -> None:
    """Use it; the process ends as by a kill."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("thidua_desktop")
    look = Look()
    look.apply(app)
    handlers = install_fault_handlers(look, write_to_log)
    program = Program(app, look, Preferences(), Clock(NOW))
    saved, stick, place = folder / "saved", folder / "stick", folder / "home" / "so"
    if again:
        program.begin_with([place / "xa.thidua"], PASSWORD)
        assert program.desk is not None
        settle(program.desk.window)
        program.end()
        handlers.remove()
        os._exit(DONE)
    session, _ = filled(place, "xa")
    province = make_office(folder / "province.thidua", "66", province=True)
    introduce(session, province)
    province.close()
    work_in_services(session, saved, stick)
    attached = attachments.attach_content(session, "person", _one(session, "person"), "don.txt", MARK.encode() * 9)
    attachments.open_copy(session, attached.id)
    program.show_desk(session)
    titles: list[str] = []
    work_in_windows(program, session, titles)
    fail(session)
    support.write_bundle(session, stick / "ho-tro.zip", log=preferences_file().parent / "logs" / "thidua.log")
    (stick / "titles.txt").write_text("\n".join(titles), encoding="utf-8")
    program.preferences = program.preferences.with_recent(session.file.path)
    os._exit(DONE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), "again" in sys.argv[2:])
