"""The minutes as they will be printed: pages, other papers, keeping them, faults told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.meeting.conftest import agenda_item
from tests.ui.working import finished
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components import long_work
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.components.paper_output import print_pages
from thidua_desktop.ui.components.paper_pictures import draw_sheets
from thidua_desktop.ui.look.theme import Look, Theme
from thidua_desktop.ui.pages.lists import paper_page
from thidua_desktop.ui.pages.meeting.minutes_page import MinutesPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage

OpenMinutes = Callable[..., MinutesPage]


@pytest.fixture
def minutes(session: Session, look: Look, desk: Desk, qtbot: QtBot, running: Callable[..., str]) -> MinutesPage:
    """The minutes of a meeting with one vote, made."""
    record_id = running(agenda=(agenda_item(yes=36, no=2, other=1),))
    page = MinutesPage(session, look, desk, record_id)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    assert not page.print_button.isEnabled()
    qtbot.waitUntil(lambda: page.pdf is not None, timeout=20_000)
    return page


def test_the_paper_is_white_in_every_theme(minutes: MinutesPage, look: Look, qtbot: QtBot) -> None:
    look.set_theme(Theme.DARK)
    try:
        qtbot.waitUntil(minutes.paper.has_pictures)
        view = minutes.paper.viewport()
        picture = view.grab().toImage()
        assert picture.pixelColor(view.width() // 2, 14) == QColor("white")
        assert min(picture.pixelColor(view.width() // 2, y).lightness() for y in range(20, view.height() - 20)) < 160
        assert picture.pixelColor(4, 14) == look.color("raised")
    finally:
        look.set_theme(Theme.LIGHT)


def test_the_invitation_is_the_other_paper(minutes: MinutesPage, qtbot: QtBot) -> None:
    before = minutes.pdf
    minutes.which.set_current(1)
    minutes.which.chosen.emit(1)
    assert minutes.pdf is None
    qtbot.waitUntil(lambda: minutes.pdf is not None, timeout=20_000)
    assert minutes.document == "meeting_invitation"
    assert minutes.pdf != before


def test_the_pdf_is_kept_where_the_person_says(
    minutes: MinutesPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bien-ban.pdf"
    offered: list[str] = []
    monkeypatch.setattr(paper_page, "file_to_write", lambda *asked: offered.append(asked[2]) or target)
    minutes.save()
    assert offered == ["bien-ban-cuoc-hop-09-11-2026-to-3-thon-dong-ha.pdf"]
    assert target.read_bytes() == minutes.pdf
    assert desk.messages == ["Đã lưu bien-ban.pdf."]
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_pulled_stick_is_told(minutes: MinutesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(paper_page, "show_error", lambda _look, error, _parent: told.append(error))
    minutes.write(tmp_path / "khong-co" / "bien-ban.pdf")
    assert [error.code for error in told] == ["TD-UI-021"]  # type: ignore[attr-defined]


def test_every_page_goes_to_the_printer(minutes: MinutesPage, tmp_path: Path) -> None:
    assert minutes.pdf is not None
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    print_pages(minutes.pdf, printer)
    printed = draw_sheets((tmp_path / "in.pdf").read_bytes(), 1.0)
    assert len(printed) == minutes.paper.page_count()
    written = [
        image.pixelColor(x, y).lightness() for image in printed[:1] for y in range(90, 400) for x in range(90, 500)
    ]
    assert min(written) < 160


@pytest.mark.qt_log_level_fail("CRITICAL")  # Qt itself complains of the printer too
def test_a_file_that_cannot_be_printed_into_is_told(
    minutes: MinutesPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(long_work, "show_error", lambda _look, error, _parent: told.append(error))
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "khong-co" / "in.pdf"))
    minutes.send(printer)
    finished(minutes.work)
    assert [error.code for error in told] == ["TD-UI-021"]  # type: ignore[attr-defined]
    assert desk.messages == []


def test_ctrl_p_saves_what_is_shown_first(
    running: Callable[..., str], open_page: Callable[..., MeetingPage], desk: Desk, qtbot: QtBot
) -> None:
    page = open_page(running(agenda=(agenda_item(yes=36, no=2, other=1),)))
    page.sheet.toggle(45)
    page._on_edited()
    page.show_minutes()
    shown = desk.pushed[-1]
    assert isinstance(shown, MinutesPage)
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: shown.pdf is not None, timeout=20_000)
    assert not page.keeper.is_dirty()
    page.sheet.vote(0, "yes", 52)
    page._on_edited()
    page.show_minutes()
    assert len(desk.pushed) == 1


def test_what_the_minutes_leave_blank_is_said_and_leads_to_where_it_is_written(
    session: Session, look: Look, desk: Desk, qtbot: QtBot, running: Callable[..., str]
) -> None:
    filled = list[bool]()
    record_id = running(agenda=(agenda_item(yes=36, no=2, other=1),), place=None, chair="Phạm Minh Đức", secretary=None)
    page = MinutesPage(session, look, desk, record_id, fill=lambda: filled.append(True))
    qtbot.addWidget(page)
    page.show()
    assert page.notice.words() == "Biên bản còn để trống: địa điểm, thư ký."
    buttons = page.notice.findChildren(Button)
    buttons[0].click()
    assert (filled, desk.backs, page.notice.words()) == ([True], 1, "")
    whole = running(agenda=(agenda_item(yes=36),), place="Nhà văn hóa", chair="Phạm Minh Đức", secretary="Trần Thị Lý")
    complete = MinutesPage(session, look, desk, whole)
    qtbot.addWidget(complete)
    assert not complete.notice.words()  # of a self-managed group, to which the terms of the law do not apply


@pytest.mark.parametrize(
    ("held_on", "words"),
    [
        (date(2026, 11, 9), "gửi văn bản quyết định cho Ủy ban nhân dân và Mặt trận xã chậm nhất ngày 16/11/2026."),
        (date(2026, 12, 9), "mời họp chậm nhất ngày 07/12/2026."),
    ],
)
def test_the_terms_of_the_law_are_said_of_a_meeting_of_an_area(
    session: Session, look: Look, desk: Desk, qtbot: QtBot, running: Callable[..., str], held_on: date, words: str
) -> None:
    people = {"place": "Nhà văn hóa", "chair": "Phạm Minh Đức", "secretary": "Trần Thị Lý"}
    record_id = running(agenda=(agenda_item(yes=36, no=2, other=1),), group=None, held_on=held_on, **people)
    page = MinutesPage(session, look, desk, record_id)
    qtbot.addWidget(page)
    assert page.notice.words() == f"Thời hạn theo luật: {words}"
