"""Directives on both desks: put together at the province, looked at, applied and taken back at the commune."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from tests.unit.services.handoff.test_directives import CODES, plan
from tests.unit.services.handoff.two_offices import TwoOffices, introduce, make_office
from thidua_desktop.services.handoff import directives, orders
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.directive_card import DirectiveCard
from thidua_desktop.ui.pages.province.directives_view import DirectivesView


@pytest.fixture
def view(qtbot: QtBot, look: Look, pair: TwoOffices) -> DirectivesView:
    plan(pair)
    made = DirectivesView(pair.province, look)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def card(qtbot: QtBot, look: Look, pair: TwoOffices) -> Iterator[DirectiveCard]:
    made = DirectiveCard(pair.commune, look)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.finder.pool.waitForDone()


def test_what_is_missing_is_said_and_nothing_is_lost(view: DirectivesView, pair: TwoOffices, tmp_path: Path) -> None:
    view.order.setText("125/KH-BCĐ")
    view.write_to(pair.folder)
    all_done()
    assert view.problem.text().startswith("Ghi tên gói") and view.order.text() == "125/KH-BCĐ"
    view.about.setText("Chương trình 2027")
    view.registers["programme"].setChecked(False)
    view.ask_folder()  # no folder is asked for before there is something to write
    assert view.problem.text().startswith("Chọn ít nhất một nội dung")
    broken = tmp_path / "hỏng.toml"
    broken.write_text("x = ", encoding="utf-8")
    view.about.setText("Chương trình 2027")
    view.add_files([broken, broken])
    view.write_to(pair.folder)
    all_done()
    assert "hỏng.toml" in view.problem.text() and view.files == [broken]
    assert not list(pair.folder.glob("*.tdp"))


def test_a_directive_goes_down_and_is_taken_back(
    view: DirectivesView, card: DirectiveCard, qtbot: QtBot, pair: TwoOffices, tmp_path: Path
) -> None:
    codes = tmp_path / "codes.toml"
    codes.write_text(CODES, encoding="utf-8")
    view.about.setText("Chương trình 2027")
    assert view.registers["programme"].isChecked()  # written since the last directive, so most likely meant
    assert not view.registers["emulation_launch"].isEnabled()  # the province has none
    view.add_files([codes])
    view.due.setChecked(True)
    view.due_days.setValue(2)
    with qtbot.waitSignal(view.told):
        view.write_to(pair.folder)
        all_done()
    assert not view.registers["programme"].isChecked() and directives.not_sent(pair.province) == frozenset()
    card.finder.look_into(pair.folder)
    qtbot.waitUntil(lambda: not card.finder.is_busy(), timeout=20000)
    assert "Chương trình 2027" in card.notice.accessibleName()
    assert orders.taken_directives(pair.commune) == []
    with qtbot.waitSignal(card.taken):
        QTest.mouseClick(card.apply_button, Qt.MouseButton.LeftButton)
        all_done()
    assert pair.commune.file.settings.get(DUE_DAYS) == 2
    (taken,) = orders.taken_directives(pair.commune)
    card.reverse(taken)
    all_done()
    assert pair.commune.file.settings.get(DUE_DAYS) is None
    card.finder.look_into(pair.folder)
    qtbot.waitUntil(lambda: not card.finder.is_busy(), timeout=20000)
    assert card.notice.accessibleName().startswith("Không có gói chỉ đạo")


def test_what_was_taken_away_stays_away(view: DirectivesView, pair: TwoOffices) -> None:
    view.registers["programme"].setChecked(False)
    view.reload()
    assert not view.registers["programme"].isChecked()
    view.due.setChecked(True)
    view.about.setText("Hạn nộp")
    view.write_to(pair.folder)
    all_done()
    assert view.registers["programme"].isChecked()  # still sent with no directive


def test_who_has_not_answered_is_named(
    view: DirectivesView, pair: TwoOffices, tmp_path: Path, qtbot: QtBot, look: Look
) -> None:
    other = make_office(tmp_path / "khac.thidua", "24305")
    introduce(other, pair.province)
    view.about.setText("Chương trình 2027")
    view.write_to(pair.folder)
    all_done()
    (made,) = pair.folder.glob("*.tdp")
    orders.take_directive(pair.commune, orders.look_at_directive(pair.commune, made))
    pair.take(pair.send())
    late = make_office(tmp_path / "sau.thidua", "24340")
    introduce(late, pair.province)
    view.reload()
    told = [one.text() for one in view.history.findChildren(QLabel)]
    assert "1/2 xã đã áp dụng" in told
    assert f"Đã áp dụng: {pair.commune.file.identity.name}." in told
    assert f"Chưa báo lại: {other.file.identity.name}." in told
    assert f"Nhận thẻ sau khi ghi gói nên không mở được gói này: {late.file.identity.name}." in told
    for office in (other, late):
        office.close()


def test_of_many_the_first_are_named_and_all_where_it_is_asked(view: DirectivesView) -> None:
    view._add_names("Chưa báo lại", [f"3000{number}" for number in range(8)])
    told = next(one for one in view.history.findChildren(QLabel) if one.text().startswith("Chưa báo lại"))
    more = next(one for one in view.history.findChildren(Button) if one.text() == "Nêu cả 8 đơn vị")
    assert told.text().endswith("30005 và 2 đơn vị khác.")
    more.click()
    assert told.text().endswith("30006, 30007.") and more.isHidden()


def test_what_a_package_says_is_seen_when_one_comes_back_to_the_directives(
    view: DirectivesView, pair: TwoOffices, qtbot: QtBot
) -> None:
    view.about.setText("Chương trình 2027")
    view.write_to(pair.folder)
    all_done()
    (made,) = pair.folder.glob("*.tdp")
    view.hide()  # the packages are shown meanwhile
    orders.take_directive(pair.commune, orders.look_at_directive(pair.commune, made))
    pair.take(pair.send())
    view.show()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one.text() for one in view.history.findChildren(QLabel) if "đã áp dụng" in one.text()] == [
        "1/1 xã đã áp dụng"
    ]
