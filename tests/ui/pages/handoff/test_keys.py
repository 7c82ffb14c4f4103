"""Keys in the window: changed here, taken in there, a card revoked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.services.handoff import cards
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.introduction import IntroductionView


def test_new_keys_are_taken_in_without_a_fingerprint(qtbot: QtBot, look: Look, pair: TwoOffices) -> None:
    commune, province = IntroductionView(pair.commune, look), IntroductionView(pair.province, look)
    for view in (commune, province):
        qtbot.addWidget(view)
        view.show()
    before = commune._fingerprint.text()
    commune.change_to(pair.folder)
    assert commune._fingerprint.text() != before
    (path,) = pair.folder.glob("*.tdkey")
    with qtbot.waitSignal(province.told) as told:
        province.open_change(path)
    assert told.args == [f"Đã nhận khóa mới của {pair.commune.file.identity.name}"]
    province.open_change(path)
    assert "Nhận thẻ mới của đơn vị" in province.problem.text()


def test_a_card_is_revoked_with_a_reason(qtbot: QtBot, look: Look, pair: TwoOffices) -> None:
    view = IntroductionView(pair.province, look)
    qtbot.addWidget(view)
    view.show()
    (office,) = cards.known_offices(pair.province)
    with qtbot.waitSignal(view.told):
        view.revoke(office, "Mất máy")
    printed: list[str] = []

    def print_at_once(_work: object, _parent: object, pdf: bytes, title: str, printed_well: Callable[[], None]) -> None:
        assert pdf.startswith(b"%PDF")
        printed.append(title)
        printed_well()

    view.paper_printer = print_at_once
    for button in (view.sheet_button, view.revoked_button):
        with qtbot.waitSignal(view.told):
            button.setFocus()
            qtbot.keyClick(button, Qt.Key.Key_Space)
    assert printed == ["phieu-dang-ky-khoa", "the-da-thu-hoi"]
    assert [one.status for one in cards.known_offices(pair.province)] == [cards.REVOKED]
