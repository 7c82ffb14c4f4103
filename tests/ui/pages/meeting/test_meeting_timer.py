"""How long the meeting has lasted and each matter was talked about: an aid in the room that is written nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import NOW
from tests.ui.pages.meeting.conftest import agenda_item
from thidua_desktop.services import drafts, records
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting.meeting_clock import in_words
from thidua_desktop.ui.pages.meeting.page import MeetingPage
from thidua_desktop.ui.shell.page import LayoutClass

OpenPage = Callable[..., MeetingPage]
REGISTER = "resident_meeting"
TWO = (agenda_item(), agenda_item(subject="Quỹ tổ"))


class Hands:
    """The hands of the clock, to be moved on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now: datetime = NOW
        monkeypatch.setattr(Clock, "now", lambda _clock: self.now)

    def pass_by(self, page: MeetingPage, **time: int) -> None:
        """Time goes by, and the timer rings as it does at the end of each minute."""
        self.now += timedelta(**time)
        assert page.desk.clock.waits() is not None
        page.desk.clock._timer.timeout.emit()


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch, session: Session) -> Hands:
    return Hands(monkeypatch)


@pytest.fixture
def scaled(look: Look) -> Iterator[Callable[[float], None]]:
    yield look.set_text_scale
    look.set_text_scale(1.0)


def test_the_tag_says_how_long_the_meeting_has_lasted(
    hands: Hands, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running(starts_at="14:00"))  # now 14:26:18
    assert page.state_tag.text() == "Đang họp từ 14:00, 26 phút"
    assert page.desk.clock.waits() == 42_000
    hands.pass_by(page, seconds=42)
    assert page.state_tag.text() == "Đang họp từ 14:00, 27 phút"
    assert page.state_tag.accessibleName() == page.state_tag.text()
    assert page.desk.clock.waits() == 60_000
    hands.pass_by(page, minutes=38)
    assert page.state_tag.text() == "Đang họp từ 14:00, 1 giờ 5 phút"


def test_words_of_a_time() -> None:
    assert [in_words(minutes) for minutes in (0, 59, 60, 125)] == ["0 phút", "59 phút", "1 giờ", "2 giờ 5 phút"]


def test_a_meeting_whose_hour_is_still_to_come_waits_for_it(
    hands: Hands, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running(starts_at="14:28"))
    assert page.state_tag.text() == "Đang họp từ 14:28"
    hands.pass_by(page, minutes=3)
    assert page.state_tag.text() == "Đang họp từ 14:28, 1 phút"


@pytest.mark.parametrize("other", [{"held_on": date(2026, 11, 8)}, {"status": "ended"}, {"status": "signed"}])
def test_a_meeting_that_does_not_go_on_now_has_no_clock(
    hands: Hands, running: Callable[..., str], open_page: OpenPage, other: dict[str, object]
) -> None:
    page = open_page(running(**{"starts_at": "14:00", **other}))
    page.desk.go_item()
    assert "phút" not in page.state_tag.text()
    assert page.desk.clock.waits() is None
    assert page.desk.clock.minutes_of(0) is None
    assert page.desk.item.clock_button.isHidden()


def test_past_midnight_the_clock_stops(hands: Hands, running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(starts_at="14:00"))
    hands.pass_by(page, hours=10)
    assert page.state_tag.text() == "Chưa kết thúc"
    assert page.desk.clock.waits() is None
    assert page.desk.item.clock_button.isHidden()


def test_the_clock_ends_with_the_meeting(hands: Hands, running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(starts_at="14:00", agenda=(agenda_item(yes=36, no=0, other=0),)))
    page.desk.go_item()
    assert page.finish(), page.problems
    assert page.state_tag.text() == "Thiếu chữ ký"
    assert page.desk.clock.waits() is None
    assert page.desk.item.clock_button.isHidden()


def test_nobody_waits_while_the_page_is_hidden(
    hands: Hands, running: Callable[..., str], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(running(starts_at="14:00"))
    page.hide()
    assert page.desk.clock.waits() is None
    page._retell()
    assert page.desk.clock.waits() is None
    hands.now += timedelta(minutes=10)
    with qtbot.waitExposed(page):
        page.show()
    assert page.state_tag.text() == "Đang họp từ 14:00, 36 phút"
    assert page.desk.clock.waits() is not None


def test_a_matter_has_its_clock_from_the_time_it_is_opened(
    hands: Hands, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running(starts_at="14:00", agenda=TWO))
    button = page.desk.item.clock_button
    hands.pass_by(page, minutes=9)  # the roll is called
    assert (button.text(), button.isHidden()) == ("Bấm giờ", False)
    page.desk.agenda.chosen.emit(1)  # looked at, on the way with the arrows
    page.desk.agenda.chosen.emit(0)
    assert button.text() == "Bấm giờ"
    page.desk.go_item()
    assert button.text() == "0 phút"
    hands.pass_by(page, minutes=4, seconds=10)
    assert button.text() == "4 phút"
    assert button.accessibleName() == "Việc này đã bàn 4 phút. Bấm để dừng"
    assert button.toolTip() == f"{button.accessibleName()}; chỉ để xem, không ghi vào biên bản."
    assert page.desk.clock.waits() == 32_000  # 14:39:28: the next minute of the day comes before that of the matter
    page.desk.next_item()
    assert button.text() == "0 phút"
    hands.pass_by(page, minutes=2)
    page.desk.agenda.opened.emit(0)
    assert button.text() == "4 phút, dừng"
    page.desk.agenda.opened.emit(1)
    assert button.text() == "2 phút"
    page.desk.next_item()  # what follows the meeting
    assert not page.desk.clock.goes(1)


def test_pressing_stops_the_clock_and_starts_it_anew(
    hands: Hands, running: Callable[..., str], open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(running(starts_at="14:00"))
    button = page.desk.item.clock_button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (button.text(), button.icon_name) == ("0 phút", "clock")
    hands.pass_by(page, minutes=3)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    hands.pass_by(page, minutes=5)
    assert (button.text(), button.icon_name) == ("3 phút, dừng", "rotate-ccw")
    assert "Bấm để tính lại từ đầu" in button.accessibleName()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.text() == "0 phút"
    hands.pass_by(page, minutes=1)
    assert button.text() == "1 phút"
    assert page.help_key() == "resident_meeting.agenda"


def test_a_vote_says_that_the_matter_is_talked_about(
    hands: Hands, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running(starts_at="14:00"))
    page.desk.item.votes.counters["yes"].step(1)
    hands.pass_by(page, minutes=1)
    assert page.desk.item.clock_button.text() == "1 phút"


def test_clocks_go_along_with_their_matters(hands: Hands, running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(starts_at="14:00", agenda=(*TWO, agenda_item(subject="Đèn ngõ"))))
    clock, item = page.desk.clock, page.desk.item
    page.desk.go_item()
    hands.pass_by(page, minutes=7)
    page.desk.next_item()
    hands.pass_by(page, minutes=2)
    item._move(-1)
    assert [clock.minutes_of(at) for at in range(3)] == [2, 7, None]
    assert item.at == 0
    assert clock.goes(0)
    assert page.save(), page.problems
    assert [clock.minutes_of(at) for at in range(3)] == [2, 7, None]
    item._remove()
    assert [clock.minutes_of(at) for at in range(2)] == [7, None]
    assert item.clock_button.text() == "7 phút, dừng"


def test_a_blank_matter_that_is_not_saved_takes_its_clock_along(
    hands: Hands, running: Callable[..., str], open_page: OpenPage
) -> None:
    page = open_page(running(starts_at="14:00"))
    page.desk.add_item()
    assert page.desk.clock.goes(1)
    page.sheet.set_facts({"place": "Nhà văn hóa"})
    assert page.save(), page.problems
    assert len(page.sheet.agenda) == 1
    assert page.desk.clock.minutes_of(1) is None


def test_nothing_of_it_is_written(
    session: Session, hands: Hands, running: Callable[..., str], open_page: OpenPage
) -> None:
    record_id = running(starts_at="14:00", agenda=TWO)
    before = records.get(session, REGISTER, record_id)
    page = open_page(record_id)
    to_save = page.sheet.for_saving()
    page.desk.go_item()
    hands.pass_by(page, minutes=4)
    page.desk.item.clock_button.click()
    page.desk.item.clock_button.click()
    page.desk.next_item()
    hands.pass_by(page, minutes=4)
    assert page.sheet.values == before.values
    assert page.sheet.for_saving() == to_save
    assert not page.keeper.is_dirty()
    page.keeper.keep_now()
    assert drafts.find(session, REGISTER, record_id) is None
    assert records.get(session, REGISTER, record_id) == before


@pytest.mark.parametrize(("size", "scale"), [((1158, 688), 1.0), ((1072, 610), 1.0), ((1272, 590), 1.6)])
def test_the_clock_has_room(
    hands: Hands,
    running: Callable[..., str],
    open_page: OpenPage,
    scaled: Callable[[float], None],
    qtbot: QtBot,
    size: tuple[int, int],
    scale: float,
) -> None:
    page = open_page(running(starts_at="14:00", agenda=TWO))
    scaled(scale)
    kind = LayoutClass.WIDE if size[0] == 1158 else LayoutClass.MEDIUM
    page.set_layout_class(LayoutClass.COMPACT if scale > 1 else kind)
    page.desk.go_item()
    hands.pass_by(page, minutes=79)

    def sized() -> bool:
        page.resize(*size)  # once more when the least size of before is no longer kept
        QApplication.processEvents()
        return (page.width(), page.height()) == size

    qtbot.waitUntil(sized)
    button, item = page.desk.item.clock_button, page.desk.item
    assert button.text() == "1 giờ 19 phút"
    assert button.width() == button.sizeHint().width()
    assert item.area.horizontalScrollBar().maximum() == 0
    assert item.title.width() >= item.look.px(150)


def test_without_room_the_icon_stands_alone(hands: Hands, running: Callable[..., str], open_page: OpenPage) -> None:
    page = open_page(running(starts_at="14:00"))
    page.desk.go_item()
    button = page.desk.item.clock_button
    button.fit(60)
    assert (button.text(), button.accessibleName()) == ("", "Việc này đã bàn 0 phút. Bấm để dừng")
    assert button.isVisible()
    button.fit(200)
    assert button.text() == "0 phút"
