"""Results of proposals: recorded at the province from its list, looked at and taken over by the commune."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import TwoOffices, save
from thidua_desktop.services import records, today
from thidua_desktop.services.awards import award_fields, decisions, results
from thidua_desktop.services.awards.award_fields import REGISTER
from thidua_desktop.services.awards.decisions import AwardDecision
from thidua_desktop.services.handoff import answers, receipts
from thidua_desktop.store.own_copies import copy_id
from thidua_desktop.ui.components.painting import broken_lines
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.desk.desk import Desk as RealDesk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.award_results_page import AwardResultsPage
from thidua_desktop.ui.pages.handoff.page import HandoffPage
from thidua_desktop.ui.pages.lists import page as list_page
from thidua_desktop.ui.pages.lists.gathering import NO_ROUND
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.province.award_dialog import HELP, AwardDialog
from thidua_desktop.ui.pages.today.lines import due_rows
from thidua_desktop.ui.shell.dialog_help import told_of_field
from thidua_desktop.ui.shell.rooms import HelpText

PROPOSED = date(2026, 11, 2)


@pytest.fixture
def proposed(pair: TwoOffices) -> Iterator[list[str]]:
    """Two proposals of the commune, of which one has a number that the commune typed itself; the province has both."""
    common = {
        "year": 2026, "proposed_on": PROPOSED, "award": "province_citation", "recipient": "household",
        "achievement": "Xuất sắc trong phong trào", "checked_on": PROPOSED,
    }  # fmt: skip
    typed = {"result": "awarded", "own_decision_number": "1405/QĐ-UBND", "own_decided_on": date(2026, 11, 14)}
    yield [
        save(pair.commune, REGISTER, {**common, "recipient_text": "Hộ ông A Minh", "result": "proposed_up"}),
        save(pair.commune, REGISTER, {**common, "recipient_text": "Hộ bà H'Len Niê", **typed}),
    ]


def answered(pair: TwoOffices) -> None:
    """The province's receipt is taken in without a page."""
    (made,) = answers.make_receipts(pair.province, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, made.path))


def test_the_province_records_a_decision_for_the_chosen_rows(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, proposed: list[str]
) -> None:
    pair.take(pair.send())
    page = ListPage(pair.province, look, desk, REGISTER)
    qtbot.addWidget(page)
    page.resize(1150, 660)
    page.show()
    page.filters.show_all_time()
    page.card.table.selectAll()
    page.several.ask_awards()
    dialog = page.several.dialog
    assert isinstance(dialog, AwardDialog)
    all_done()
    assert dialog.use_button.text() == "Ghi 2 kết quả" and dialog.model.row_at(0).money == 5_700_000
    typed_into = dialog.focusWidget()
    assert typed_into is dialog.inputs[award_fields.NUMBER].focus_target()
    commit(typed_into, "1450/QĐ-UBND")
    dialog.use()
    all_done()
    assert dialog.problem.accessibleName().startswith("Chưa có số hoặc ngày quyết định") and not dialog.result()
    assert told_of_field(typed_into) == HelpText("Số quyết định", HELP[award_fields.NUMBER], "")
    day = dialog.inputs[award_fields.DAY]
    day.go_to()
    commit(day.focus_target(), "14/11/2026")
    assert dialog.problem.isHidden()  # what was refused is not said of what was typed since
    accepted: list[bool] = []
    dialog.accepted.connect(lambda: accepted.append(True))
    dialog.use()
    all_done()
    assert accepted and desk.messages[-1].startswith("Đã ghi kết quả 2 đề nghị")
    page.pane.show_record(records.get(pair.province, REGISTER, proposed[0]))
    assert page.pane.award_box.words.text().startswith("Được khen thưởng, Quyết định số 1450")
    page.pane.award_box.take_back()
    assert decisions.standing_of(pair.province, proposed[0]) is None
    page._pane_timer.stop()


def test_chosen_proposals_come_into_a_round_of_the_province(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, proposed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The round is picked, the rows say where they stand, one undo takes all back; without a round it is said."""
    pair.take(pair.send())
    page = ListPage(pair.province, look, desk, REGISTER)
    qtbot.addWidget(page)
    page.resize(1150, 660)
    page.show()
    page.filters.show_all_time()
    page.card.table.selectAll()
    page.several.gather()
    all_done()
    assert desk.messages[-1] == NO_ROUND
    save(pair.province, "award_round", {
        "name": "Phong trào năm 2026", "occasion": "merit", "year": 2026, "opened_on": PROPOSED, "status": "collecting",
    })  # fmt: skip
    monkeypatch.setattr(PickDialog, "exec", lambda dialog: len(dialog.chosen()) == 1)
    page.several.gather()
    all_done()
    assert desk.messages[-1].startswith("Đã đưa 2 đề nghị vào đợt xét")
    box = page.pane.award_box
    page.pane.show_record(records.get(pair.province, REGISTER, proposed[0]))
    assert box.way.text() == "Đang xét" and box.words.text().startswith("Đợt xét của tỉnh: Phong trào năm 2026")
    assert box.gather_button.isHidden() and box.decide_button.isHidden()
    page.pane.show_record(records.get(pair.province, REGISTER, copy_id(proposed[0])))
    assert box.words.text().startswith("Đề nghị của ") and not box.isHidden()
    refused: list[str] = []
    monkeypatch.setattr(list_page, "show_error", lambda _look, error, _parent: refused.append(error.code))
    page.several.gather()  # again: they are there already
    all_done()
    assert refused == ["TD-SYNC-248"]
    records.undo(pair.province)
    page.pane.show_record(records.get(pair.province, REGISTER, proposed[0]))
    assert not box.gather_button.isHidden()
    page._pane_timer.stop()


def test_the_commune_looks_chooses_and_takes_over_as_one_action(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, proposed: list[str]
) -> None:
    pair.take(pair.send())
    decisions.decide(pair.province, proposed, AwardDecision(number="1450/QĐ-UBND", day=date(2026, 11, 14)))
    answered(pair)
    page = AwardResultsPage(pair.commune, look, desk)
    qtbot.addWidget(page)
    page.resize(1150, 660)
    page.show()
    all_done()
    assert page.take_button.text() == "Ghi 1 đề nghị vào sổ"
    page.table.selectRow(next(at for at, one in enumerate(page.model.rows) if one.conflicts))
    of_province, own = page.groups[award_fields.NUMBER].buttons()
    qtbot.waitUntil(own.isVisible)
    assert own.text() == "Giữ của xã: 1405/QĐ-UBND" and not of_province.isChecked() and not own.isChecked()
    QTest.mouseClick(of_province, Qt.MouseButton.LeftButton)
    assert page.take_button.text() == "Ghi 2 đề nghị vào sổ"
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    all_done()
    assert desk.messages[-1] == "Đã ghi kết quả 2 đề nghị. Ctrl+Z để hoàn tác tất cả."
    qtbot.waitUntil(lambda: not page.model.rows and page._empty.isVisible(), timeout=20000)
    assert {records.get(pair.commune, REGISTER, one).values["decision_number"] for one in proposed} == {"1450/QĐ-UBND"}
    records.undo(pair.commune)
    assert results.waiting_count(pair.commune) == 2


LONG = "Câu lạc bộ Phòng, chống tội phạm của Hội Cựu chiến binh xã Ea Kly"


@pytest.mark.parametrize(("width", "height", "scale"), [(1366, 768, 1.0), (1280, 690, 1.0), (1366, 768, 1.6)])
def test_a_long_name_is_read_whole_in_the_list_and_beside_it(
    qtbot: QtBot, look: Look, pair: TwoOffices, width: int, height: int, scale: float
) -> None:
    values = {"year": 2026, "proposed_on": PROPOSED, "award": "province_citation", "result": "proposed_up"}
    one = save(
        pair.commune, REGISTER, {**values, "recipient": "household", "achievement": "Tốt", "recipient_text": LONG}
    )
    pair.take(pair.send())
    decisions.decide(pair.province, [one], AwardDecision(number="1450/QĐ-UBND", day=date(2026, 11, 14)))
    answered(pair)
    look.set_text_scale(scale)
    real = RealDesk(pair.commune, look)
    qtbot.addWidget(real.window)
    real.window.resize(width, height)
    real.window.show()
    page = AwardResultsPage(pair.commune, look, real.maker.navigate)
    real.window.push(page)
    settle(real.window)
    title = page.model.rows[0].title
    assert LONG in title and any(one.text() == title for one in page._fields.findChildren(QLabel))
    cell = page.table.visualRect(page.model.index(0, 0))
    lines = 2 if cell.height() >= 2 * look.px(21) else 1
    assert LONG in " ".join(broken_lines(title, look.font(), cell.width() - look.px(20), lines))
    look.set_text_scale(1.0)


def test_today_and_the_receipt_lead_to_the_results(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, proposed: list[str]
) -> None:
    pair.take(pair.send())
    decisions.decide(pair.province, proposed, AwardDecision("rejected", reason="Trùng thành tích đã khen"))
    answered(pair)
    row = next(row for row in due_rows(today.today(pair.commune).due) if "khen thưởng của tỉnh" in row.title)
    assert row.title == "Kết quả khen thưởng của tỉnh: 2 đề nghị" and row.state.text == "Chờ ghi vào sổ"
    page = HandoffPage(pair.commune, look, desk)
    qtbot.addWidget(page)
    assert page.receipt.awards_button.text() == "Kết quả khen thưởng: 2 đề nghị…"
    real = RealDesk(pair.commune, look)
    qtbot.addWidget(real.window)
    real.window.show()
    assert isinstance(row.leads, today.Target)
    real.window.open_room(row.leads.page, row.leads.part)
    qtbot.waitUntil(lambda: isinstance(real.window.page(), AwardResultsPage), timeout=20000)
    all_done()
    real.window.back()
    assert isinstance(real.window.page(), HandoffPage)
    settle(real.window)
