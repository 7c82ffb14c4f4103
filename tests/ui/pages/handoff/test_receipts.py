"""Receipts on both desks: written at the province, read at the commune, and the record mended where it was asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.in_front import in_front
from tests.ui.pages.conftest import Desk
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices
from thidua_desktop.services import drafts, today
from thidua_desktop.services.handoff import answers, receipts
from thidua_desktop.services.reports import build as reports
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.handoff.page import RECEIVE, HandoffPage
from thidua_desktop.ui.pages.handoff.receipt_card import ReceiptCard
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.province.inbox_page import InboxPage
from thidua_desktop.ui.pages.today.lines import due_rows

REASON = "Số người dự cao hơn số dân của khu"


@pytest.fixture
def card(qtbot: QtBot, look: Look, pair: TwoOffices) -> Iterator[ReceiptCard]:
    made = ReceiptCard(pair.commune, look)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.finder.pool.waitForDone()


def sent(pair: TwoOffices, title: str = "Đối thoại với Nhân dân") -> str:
    """A record that the province has."""
    record = pair.activity(title)
    pair.take(pair.send())
    return record


def answered(pair: TwoOffices, record: str, field: str = "attendance_total") -> None:
    """The province returns the record; the receipt is taken in without a page."""
    answers.return_record(pair.province, "movement_activity", record, REASON, field)
    (made,) = answers.make_receipts(pair.province, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, made.path))


def look_into(qtbot: QtBot, card: ReceiptCard, pair: TwoOffices) -> None:
    card.finder.look_into(pair.folder)
    qtbot.waitUntil(lambda: not card.finder.is_busy(), timeout=20000)


def shown_buttons(card: ReceiptCard) -> list[Button]:
    """Buttons of records that are to be looked at."""
    return [one for one in card.findChildren(Button) if one.isVisible() and ": " in one.accessibleName()]


def test_a_receipt_is_read_before_it_is_taken_in(card: ReceiptCard, qtbot: QtBot, pair: TwoOffices) -> None:
    assert card.notice.accessibleName().startswith("Chưa có biên nhận nào")
    look_into(qtbot, card, pair)
    assert card.notice.accessibleName().startswith("Không có biên nhận")
    record = sent(pair)
    answers.return_record(pair.province, "movement_activity", record, REASON)
    answers.make_receipts(pair.province, pair.folder)
    look_into(qtbot, card, pair)
    assert "Tỉnh đã nhận gói 1" in card.notice.accessibleName()
    assert receipts.last_receipt(pair.commune) is None  # only looked at
    with qtbot.waitSignal(card.taken):
        QTest.mouseClick(card.take_button, Qt.MouseButton.LeftButton)
    assert "còn 1 bản ghi phải xem" in card.notice.accessibleName()
    qtbot.waitUntil(lambda: bool(shown_buttons(card)))
    with qtbot.waitSignal(card.opened) as opened:
        QTest.mouseClick(shown_buttons(card)[-1], Qt.MouseButton.LeftButton)
    assert opened.args == ["movement_activity", record]
    look_into(qtbot, card, pair)
    assert "Biên nhận số 1" in card.notice.accessibleName() and card.take_button.isHidden()


def test_a_returned_report_is_not_nothing_to_mend(card: ReceiptCard, qtbot: QtBot, pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    code = pair.commune.file.identity.code
    answers.return_closed_report(pair.province, code, REPORT, NOVEMBER, REASON)
    answers.make_receipts(pair.province, pair.folder)
    look_into(qtbot, card, pair)
    with qtbot.waitSignal(card.taken):
        QTest.mouseClick(card.take_button, Qt.MouseButton.LeftButton)
    assert "Biên nhận số 1, còn 1 báo cáo phải sửa, chốt lại" in card.notice.accessibleName()
    qtbot.waitUntil(lambda: bool(shown_buttons(card)))
    button = shown_buttons(card)[0]
    assert button.accessibleName().startswith("Báo cáo bị trả lại: Kết quả phong trào")
    with qtbot.waitSignal(card.opened) as opened:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert opened.args[0] == "report" and opened.args[1][0] == REPORT


def test_after_a_receipt_the_keys_stay_on_the_report_to_mend(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    answers.return_closed_report(pair.province, pair.commune.file.identity.code, REPORT, NOVEMBER, REASON)
    answers.make_receipts(pair.province, pair.folder)
    page = HandoffPage(pair.commune, look, desk)
    qtbot.addWidget(page)
    page.show_view(RECEIVE)
    page.resize(1150, 660)
    page.show()
    look_into(qtbot, page.receipt, pair)
    page.receipt.take()
    all_done()
    qtbot.waitUntil(lambda: bool(shown_buttons(page.receipt)))
    button = shown_buttons(page.receipt)[0]
    assert button.accessibleName().startswith("Báo cáo bị trả lại") and page.focusWidget() is button
    page.reload()  # as after each change of the office
    all_done()
    assert page.focusWidget() is button


def test_a_returned_record_stands_in_today_and_opens_at_its_field(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    record = sent(pair)
    answered(pair, record)
    line = due_rows(today.today(pair.commune).due)[0]
    assert line.title.startswith("Trả lại: ") and line.detail == REASON
    page = in_front(qtbot, EntryPage(pair.commune, look, desk, "movement_activity", record))
    assert page.notice.words() == f"Tỉnh trả lại để sửa. {REASON}"
    focused = page.form.focused_field()
    assert focused is not None and focused.name == "attendance_total"


def test_the_province_returns_a_record_from_its_list(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    record = sent(pair)
    page = ListPage(pair.province, look, desk, "movement_activity")
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.show_record(record)
    qtbot.waitUntil(lambda: page.pane.record is not None, timeout=5000)
    box = page.pane.return_box
    QTest.mouseClick(box.ask_button, Qt.MouseButton.LeftButton)
    box.send_back()
    assert answers.answer_to(pair.province, "movement_activity", record) is None  # no reason yet
    box.reason.setText(REASON)
    box.field.setCurrentIndex(box.field.findData("attendance_total"))
    box.send_back()
    answer = answers.answer_to(pair.province, "movement_activity", record)
    assert answer is not None and answer.returned and not box.take_back_button.isHidden()
    box.take_back()
    assert answers.answer_to(pair.province, "movement_activity", record) is None


def test_the_commune_has_no_box_to_return_records(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    record = pair.activity()
    page = ListPage(pair.commune, look, desk, "movement_activity")
    qtbot.addWidget(page)
    page.show()
    page.show_record(record)
    qtbot.waitUntil(lambda: page.pane.record is not None, timeout=5000)
    assert page.pane.return_box.isHidden()


def test_the_inbox_writes_a_receipt_for_whoever_waits(qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices) -> None:
    sent(pair)
    page = InboxPage(pair.province, look, desk)
    qtbot.addWidget(page)
    page.show()
    assert page.receipts_button.text() == "Ghi 1 biên nhận"
    page.write_receipts(pair.folder)
    qtbot.waitUntil(lambda: page._task is None, timeout=20000)
    page._pool.waitForDone()
    assert desk.messages[-1] == "Đã ghi 1 biên nhận. Rút USB được rồi."
    assert not page.receipts_button.isEnabled()
    assert len(receipts.find_receipts(pair.commune, pair.folder)) == 1


def test_a_communes_record_is_only_looked_at_by_the_province(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    page = EntryPage(pair.province, look, desk, "movement_activity", sent(pair))
    qtbot.addWidget(page)
    page.show()
    assert page.notice.words().startswith(f"Bản ghi của {pair.commune.file.identity.name}.")
    assert not page.foot.save_button.isEnabled() and page.foot.leave_button.text() == "Thoát"
    assert page.record_id is not None
    drafts.keep(pair.province, "movement_activity", page.record_id, {"title": "Tỉnh gõ nhầm"})  # of an older program
    again = EntryPage(pair.province, look, desk, "movement_activity", page.record_id)
    qtbot.addWidget(again)
    again.show()
    title = again.form.inputs["title"]
    assert "nhầm" not in str(title.value()) and drafts.find(pair.province, "movement_activity", page.record_id) is None
    title.set_value("Tỉnh gõ")
    again.keeper.changed()
    again.keeper.keep_now()
    assert drafts.find(pair.province, "movement_activity", page.record_id) is None


def test_what_is_typed_over_a_communes_record_is_refused_at_once(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices
) -> None:
    page = in_front(qtbot, EntryPage(pair.province, look, desk, "movement_activity", sent(pair)))
    for name, keys in (("title", "Tinh"), ("held_on", "1/3"), ("attendance_total", "9")):
        field = page.form.inputs[name]
        before = field.read()
        field.go_to()
        QTest.keyClicks(field.focus_target(), keys)
        assert field.read() != before
        qtbot.waitUntil(lambda field=field, before=before: field.read() == before, timeout=5000)
        assert desk.messages[-1].startswith(f"Bản ghi của {pair.commune.file.identity.name}, chỉ nơi đó")
        desk.messages.clear()
