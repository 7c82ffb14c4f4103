"""Chỉ tiêu thi đua on Hôm nay: bars with the forecast, the state in words, and the way to the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.working import all_done
from thidua_desktop.services.session import Session
from thidua_desktop.services.targets import TargetStanding
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.today.page import TodayPage
from thidua_desktop.ui.pages.today.targets_card import TargetsCard, target_state

TODAY = date(2026, 7, 1)
ONE = TargetStanding("t1", "Thôn Đông Hạ", "Cuộc tuyên truyền", "cuộc", True, Decimal(20), Decimal(36), Decimal("55.6"),
                     Decimal("40.1"), date(2026, 11, 15))  # fmt: skip
LESS = replace(ONE, wants_more=False, value=Decimal(1), wanted=Decimal(2), expected=Decimal(2))


@pytest.mark.parametrize(
    ("one", "state", "words"),
    [
        (ONE, State.QUIET, "Dự báo 40"),
        (replace(ONE, expected=Decimal("35.4")), State.BEHIND, "Dự báo 35"),
        (replace(ONE, value=Decimal(36)), State.OK, "Đã đạt"),
        (replace(ONE, value=Decimal(0), expected=None), State.MISSING, "Chưa có giá trị"),
        (replace(ONE, ends_on=date(2026, 6, 30)), State.BEHIND, "Chờ chốt"),
        (LESS, State.QUIET, "Dự báo 2"),
        (replace(LESS, expected=Decimal(4)), State.BEHIND, "Dự báo 4"),
        (replace(LESS, value=Decimal(3)), State.BEHIND, "Quá mức"),
    ],
)
def test_what_a_bar_ends_with(one: TargetStanding, state: State, words: str) -> None:
    shown = target_state(one, TODAY)
    assert (shown.state, shown.text) == (state, words)


def test_the_first_ones_are_shown_and_lead_to_their_record(qtbot: QtBot, look: Look) -> None:
    card = TargetsCard(look)
    qtbot.addWidget(card)
    card.set_targets([replace(ONE, id=f"t{number}") for number in range(8)], TODAY)
    card.show()
    assert [row.accessibleName() for row in card.bars.rows] == [
        "Thôn Đông Hạ: Cuộc tuyên truyền: 20/36 cuộc, Dự báo 40"
    ] * 6
    assert card.head is not None
    with qtbot.waitSignal(card.opened) as opened:
        qtbot.mouseClick(card.bars.rows[2], Qt.MouseButton.LeftButton)
    assert opened.args == ["t2"]


def test_long_names_take_a_second_line_and_the_whole_office_is_not_named(qtbot: QtBot, look: Look) -> None:
    card = TargetsCard(look)
    qtbot.addWidget(card)
    long = replace(ONE, name="Cuộc tuyên truyền trực tiếp tại khu dân cư vùng đồng bào dân tộc")
    whole = replace(ONE, subject="Toàn xã, phường, đặc khu", of_office=True)
    card.set_targets([ONE, long, whole], TODAY)
    card.resize(620, 400)
    with qtbot.waitExposed(card):
        card.show()
    usual, high, low = (row.sizeHint().height() for row in card.bars.rows)
    assert high > usual > low
    assert card.bars.rows[2].text() == ONE.name
    card.resize(1100, 400)
    qtbot.waitUntil(lambda: card.bars.rows[1].sizeHint().height() == usual)


def test_the_page_shows_them_when_there_are_any(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, add: Callable[..., str], areas: dict[str, str]
) -> None:
    add(
        "movement_activity",
        held_on=date(2026, 11, 2),
        residential_area=areas["tan lap"],
        kind="propaganda",
        title="Họp",
    )
    target = add(
        "target", year=2026, registered_on=date(2026, 2, 1), subject_kind="commune", name="Cuộc tuyên truyền",
        unit="cuộc", direction="more", measure="cumulative", target_value=Decimal(200), starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31), source="indicator", indicator="sessions",
    )  # fmt: skip
    page = TodayPage(session, look, desk)
    qtbot.addWidget(page)
    page.resize(1142, 700)
    page.show()
    qtbot.waitUntil(lambda: page.picture is not None)
    all_done()
    assert not page.targets_card.isHidden()
    (row,) = page.targets_card.bars.rows
    assert row.words == "1/200 cuộc"
    row.click()
    assert desk.rooms[-1] == ("target", target)
