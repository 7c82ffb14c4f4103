"""The access log is whole: each deed leaves its line, nobody's name of a record is in it, filters and paper agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from tests.unit.services.conftest import CHEAP, PASSWORD
from thidua_desktop.printing.render import render
from thidua_desktop.services import (
    access,
    access_reading,
    automatic_backups,
    backups,
    desk_lock,
    offices,
    people,
    records,
    recovery,
    restoring,
)
from thidua_desktop.services.access import Act
from thidua_desktop.services.access_reading import LogFilter
from thidua_desktop.services.handoff import key_care
from thidua_desktop.services.offices import CreatedOffice
from thidua_desktop.services.session import Role, Session

NEW = "sương sớm đầu làng"


def deeds(session: Session) -> list[tuple[str, str]]:
    return [(one.what, one.record_id) for one in session.file.accesses.all()]


DEEDS: dict[Act, tuple[Callable[[Session, Path], object], str]] = {
    Act.BACKUP: (backups.backup_now, "Ra USB, ổ khác"),
    Act.USER_ADDED: (
        lambda s, _: people.add_user(s, name="Lò Văn B", login="lovanb", role=Role.OFFICER, password=NEW, cost=CHEAP),
        "lovanb:cán bộ",
    ),
    Act.USER_REMOVED: (lambda s, _: people.remove_user(s, "lovanb"), "lovanb"),
    Act.PASSWORD: (lambda s, _: offices.change_password(s, NEW, CHEAP), ""),
    Act.SHEET: (lambda s, _: recovery.new_recovery_sheet(s), ""),
    Act.KEYS: (key_care.change_keys, "Khóa mới"),
    Act.LETTERHEAD: (
        lambda s, _: offices.set_letterhead(s, header_parent="", header_issuer="A", place="B", symbol_suffix="C"), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", DEEDS)
def test_each_deed_leaves_its_line(session: Session, tmp_path: Path, act: Act) -> None:
    if act is Act.USER_REMOVED:
        DEEDS[Act.USER_ADDED][0](session, tmp_path)
    work, about = DEEDS[act]
    work(session, tmp_path)
    assert deeds(session)[-1] == (act, about)
    assert access_reading.words_of(session, access.newest(session, 1)[0]).startswith(access.WORDS[act])
    assert session.file.accesses.verify_chain() is None


def test_a_restored_copy_says_so_and_its_chain_is_whole(created: CreatedOffice, tmp_path: Path) -> None:
    session = created.session
    made = backups.backup_now(session, tmp_path)
    recovery.new_recovery_sheet(session)
    restored = restoring.restore(session, made.path)
    assert deeds(restored)[-1] == (Act.RESTORE, "")
    assert restored.file.check() == []
    restored.close()


def test_writing_the_log_is_no_reason_for_a_copy(session: Session) -> None:
    assert automatic_backups.take(session) is not None
    desk_lock.lock(session)
    access.came_back(session, 3)
    assert automatic_backups.take(session) is None


def test_records_with_sensitive_values_are_looks(session: Session, area_ids: list[str]) -> None:
    values = {"name": "Vàng Thị Xy", "sex": "female", "birth_year": 1980, "residential_area": area_ids[0]}
    plain = records.save(session, "person", values, reasons={"*": "thử"})
    known = records.save(session, "person", {**values, "name": "Lò Thị Páo", "identity_number": "068180000012"},
                         reasons={"*": "thử"})  # fmt: skip
    assert isinstance(plain, records.Saved) and isinstance(known, records.Saved)
    for one in (plain, known, known):
        records.get(session, "person", one.record.id)
    assert deeds(session) == [("open", known.record.id)]


def test_filters_leave_what_they_say(session: Session) -> None:
    desk_lock.lock(session)
    access.came_back(session, 2)
    access.note_paper(session, access.PRINT, "Báo cáo tháng 11")
    for asked, left in (
        (LogFilter(), 4),
        (LogFilter(what=access.FAILED), 1),
        (LogFilter(login=session.user.login), 4),
        (LogFilter(login="ai khác"), 0),
        (LogFilter(register="person"), 0),
        (LogFilter(start=session.today, end=session.today), 4),
        (LogFilter(end=session.today - timedelta(days=1)), 0),
        (LogFilter(start=date(2020, 1, 1), end=session.today), 4),
    ):
        assert len(access_reading.log_page(session, asked)) == left == access_reading.count(session, asked), asked
    offered = access_reading.choices(session)
    assert [login for login, _ in offered.people] == [session.user.login] and offered.registers == ()
    assert {what for what, _ in offered.deeds} == {"lock", "failed", "unlock", "print"}


def test_the_log_on_paper_and_as_a_sheet(session: Session) -> None:
    desk_lock.lock(session)
    access.note_paper(session, access.PRINT, "Báo cáo tháng 11")
    pdf = pypdfium2.PdfDocument(render(access_reading.log_document(session, LogFilter())).pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Báo cáo tháng 11" in text and "Khóa máy" in text and session.user.name in text
    table = access_reading.log_table(session, LogFilter(what=access.LOCK))
    assert [row[4] for row in table.rows] == ["Khóa máy"] and len(table.heads) == len(table.rows[0])


def test_a_log_in_is_written_and_found_changed_when_somebody_edits_it(created: CreatedOffice) -> None:
    created.session.close()
    session = offices.open_office(created.session.file.path, PASSWORD)
    assert deeds(session) == [("login", "")] and offices.check_office(session) == []
    for statement in ("DROP TRIGGER access__fixed", "UPDATE access SET actor = 'Ai khác'"):
        session.file._database.run(statement)
    findings = offices.check_office(session)
    session.close()
    assert len(findings) == 1 and "dòng số 1" in findings[0].text
