"""Text typed in any form more than two seconds ago is in the file, and comes back with its record and its time."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.entry.test_every_register import REGISTERS
from tests.ui.pages.typing_vietnamese import type_keys
from thidua_desktop.formdef.model import FieldType
from thidua_desktop.services import drafts
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_moment
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.page import AssessmentPage
from thidua_desktop.ui.pages.entry.draft_keeper import INTERVAL, DraftKeeper
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage

TYPED = "Gõ dở ở Đưng K'Si"
_TEXTS = (FieldType.LONG_TEXT, FieldType.TEXT, FieldType.NAME, FieldType.INTEGER, FieldType.PHONE)


def in_the_file(session: Session) -> list[drafts.Draft]:
    """As the next start finds them: read by another connection, which sees only what is committed."""
    reader = session.reader()
    try:
        return drafts.restore(reader)
    finally:
        reader.close()


def two_seconds_later(keeper: DraftKeeper) -> None:
    """The clock of the form runs since the first letter, and strikes."""
    assert keeper._timer.isActive() and keeper._timer.interval() == INTERVAL <= 2_000 and keeper._timer.isSingleShot()
    keeper._timer.timeout.emit()


def typed_into(page: EntryPage) -> str:
    """Types into the first field that takes letters; its name."""
    fields = [field for field in page.spec.living_fields if field.name not in page.spec.computed_fields]
    name = next(field.name for kind in _TEXTS for field in fields if field.type is kind)
    made = page.form.inputs[name]
    made.go_to()
    type_keys(made.focus_target(), TYPED)
    return name


def test_what_was_typed_in_any_form_survives(qtbot: QtBot, session: Session, look: Look, desk: Any) -> None:
    for register in REGISTERS:  # one office for all: opening forty would take longer than the forms
        page = EntryPage(session, look, desk, register)
        qtbot.addWidget(page)
        name = typed_into(page)
        two_seconds_later(page.keeper)
        [kept] = [one for one in in_the_file(session) if one.register == register]
        assert (kept.record_id, kept.kept_at) == (None, session.now()), register
        assert kept.label == f"{session.register(register).singular} mới"
        again = EntryPage(session, look, desk, register)  # the first page was never asked: as after a kill
        qtbot.addWidget(again)
        target: QWidget = again.form.inputs[name].focus_target()
        text = target.toPlainText() if isinstance(target, QPlainTextEdit) else str(target.property("text"))
        assert TYPED in text and f"Giữ lúc {format_moment(kept.kept_at)}, chưa" in again.notice.words(), register


@pytest.mark.parametrize("kind", [MeetingPage, AssessmentPage])
def test_pages_of_their_own_keep_by_the_same_clock(
    qtbot: QtBot, session: Session, look: Look, desk: Any, kind: type[MeetingPage] | type[AssessmentPage]
) -> None:
    page = kind(session, look, desk)
    qtbot.addWidget(page)
    keepers = page.findChildren(DraftKeeper)
    assert [keeper._timer.interval() for keeper in keepers] == [INTERVAL]
    keepers[0].changed()
    keepers[0]._collect = lambda: {"typed": TYPED}
    two_seconds_later(keepers[0])
    assert TYPED in str(in_the_file(session)[0].texts)
