"""What an undo or a colleague does to a record whose page is open, clean and in the midst of typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.typing_vietnamese import type_keys
from thidua_desktop.services import drafts, records
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage

REGISTER = "movement_activity"
DAY = date(2026, 11, 8)


@pytest.fixture
def activity(add: Callable[..., str]) -> str:
    return add(REGISTER, held_on=DAY, kind="patrol", title="Tuần tra đêm", attendance_total=5)


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any, activity: str) -> EntryPage:
    return in_front(qtbot, EntryPage(session, look, desk, REGISTER, activity))


def type_note(page: EntryPage, text: str) -> None:
    page.form.inputs["note"].go_to()
    type_keys(page.form.inputs["note"].focus_target(), text)


def undo(session: Session, page: EntryPage) -> None:
    page.refresh(records.undo(session).changes)


def change_title(session: Session, activity: str, title: str) -> None:
    values = {**records.get(session, REGISTER, activity).values, "title": title}
    saved = records.save(session, REGISTER, values, record_id=activity, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved


def test_a_change_that_is_undone_is_shown_undone(page: EntryPage, session: Session, activity: str) -> None:
    change_title(session, activity, "Tuần tra ngày")
    page.refresh(Changes(frozenset({REGISTER}), (activity,)))
    assert page.form.read().values["title"] == "Tuần tra ngày"
    undo(session, page)
    assert page.form.read().values["title"] == "Tuần tra đêm"
    type_note(page, "đủ người")
    page._reasons = {problem.code: "thử" for problem in page.check_now().shown}
    assert page.save(), page.notice.words()
    assert records.get(session, REGISTER, activity).values["note"] == "đủ người"


def test_the_page_of_a_record_that_is_undone_leaves(page: EntryPage, session: Session, desk: Any) -> None:
    undo(session, page)
    assert desk.backs == 1 and not drafts.restore(session)


@pytest.mark.parametrize("kept", [False, True])
def test_words_typed_in_it_become_a_new_record(
    page: EntryPage, session: Session, desk: Any, activity: str, kept: bool
) -> None:
    type_note(page, "đủ người")
    if kept:
        page.keeper.keep_now()
    undo(session, page)
    assert desk.backs == 0 and page.record_id is None and page.title() == "Ghi hoạt động"
    assert "không còn trong sổ" in page.notice.words()
    page.keeper.keep_now()
    assert [draft.record_id for draft in drafts.restore(session)] == [activity]  # where no other new record's is
    saved_as_new(page, session, activity)
    assert not drafts.restore(session)


def saved_as_new(page: EntryPage, session: Session, gone: str) -> None:
    page._reasons = {problem.code: "thử" for problem in page.check_now().shown}
    told: list[str] = []
    page.saved.connect(told.append)
    assert page.save(), page.notice.words()
    assert told[0] != gone and records.get(session, REGISTER, told[0]).values["note"] == "đủ người"


def test_the_draft_of_another_new_record_outlives_it(page: EntryPage, session: Session, activity: str) -> None:
    other = {"fields": {"title": "Họp chi hội"}, "reasons": {}, "revision": None}
    drafts.keep(session, REGISTER, None, other)
    type_note(page, "đủ người")
    undo(session, page)
    page.keeper.keep_now()
    assert {draft.record_id for draft in drafts.restore(session)} == {None, activity}
    saved_as_new(page, session, activity)
    assert [(draft.record_id, draft.texts) for draft in drafts.restore(session)] == [(None, other)]


def test_the_draft_of_a_record_that_is_gone_is_opened_as_a_new_one(
    page: EntryPage, session: Session, qtbot: QtBot, look: Look, desk: Any, activity: str
) -> None:
    type_note(page, "đủ người")
    page.keeper.keep_now()
    page.hide()
    session.file.records.delete(REGISTER, activity, actor="khac", now=session.now(), reason="ghi hai lần")
    again = in_front(qtbot, EntryPage(session, look, desk, REGISTER, activity))
    assert again.record_id is None and again.title() == "Ghi hoạt động"
    assert again.form.read().values["note"] == "đủ người" and "ghi thành hoạt động mới" in again.notice.words()
    saved_as_new(again, session, activity)
    assert not drafts.restore(session)


def test_words_being_typed_stay_when_the_record_changes(page: EntryPage, session: Session, activity: str) -> None:
    type_note(page, "đủ người")
    change_title(session, activity, "Tuần tra ngày")
    page.refresh(Changes(frozenset({REGISTER}), (activity,)))
    values = page.form.read().values
    assert (values["title"], values["note"]) == ("Tuần tra đêm", "đủ người")
    page._reasons = {problem.code: "thử" for problem in page.check_now().shown}
    assert not page.save() and "vừa sửa" in page.notice.words()
