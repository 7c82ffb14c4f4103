"""Many packages at once: found, chosen, stopped in the midst and gone on with; a stick that is pulled meanwhile."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.province.conftest import opened, taken
from tests.unit.services.handoff.two_offices import (
    NOVEMBER,
    OCTOBER,
    REPORT,
    TwoOffices,
    introduce,
    make_office,
    save,
)
from thidua_desktop.services import records, units
from thidua_desktop.services.handoff import answers, incoming, outgoing
from thidua_desktop.services.handoff.inbox import InboxPackage, Standing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.text import fold, sort_key
from thidua_desktop.ui.pages.province import taking_in
from thidua_desktop.ui.pages.province.inbox_page import InboxPage
from thidua_desktop.ui.show_error import ErrorDialog

OTHERS = ("24133", "24340")
REFUSED = 2  # place of the chip


@pytest.fixture
def stick(pair: TwoOffices, tmp_path: Path) -> Path:
    """A package of each of three communes, and one that is cut."""
    pair.send()
    for code in OTHERS:
        commune = make_office(tmp_path / f"{code}.thidua", code)
        introduce(commune, pair.province)
        outgoing.make_package(commune, pair.folder)
        commune.close()
    (pair.folder / "cụt.tdp").write_bytes(b"TDP1")
    return pair.folder


def stops_at(inbox: InboxPage, monkeypatch: pytest.MonkeyPatch, number: int, act: object) -> None:
    """While the package of that number is looked at, on the worker's thread, something happens."""
    looked: list[Path] = []
    look_at = taking_in.look_at

    def look(session: Session, path: Path) -> InboxPackage:
        looked.append(path)
        if len(looked) == number:
            assert callable(act)
            act()
        return look_at(session, path)

    monkeypatch.setattr(taking_in, "look_at", look)


def errors() -> list[ErrorDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ErrorDialog) and one.isVisible()]


def test_stopped_in_the_midst_what_is_here_stays_and_the_rest_goes_on_later(
    inbox: InboxPage, qtbot: QtBot, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(qtbot, inbox, stick)
    stops_at(inbox, monkeypatch, 2, inbox._stop)
    inbox.plan.all_button.click()
    taken(qtbot, inbox)
    standing = [one.standing for one in inbox.table.packages()]
    assert standing.count(Standing.TAKEN) == 1 and standing.count(Standing.READY) == 2
    assert len(incoming.received_packages(inbox.session)) == 1
    assert inbox.plan.notice.accessibleName().startswith("Đã nhập, đã dừng")
    assert "Còn 2 gói chưa nhập" in inbox.plan.notice.accessibleName()
    assert desk.messages[-1] == "Đã nhập 1 gói, còn 2 gói chưa nhập"
    inbox.plan.all_button.click()
    taken(qtbot, inbox)
    assert len(incoming.received_packages(inbox.session)) == 3
    assert inbox.plan.notice.accessibleName().startswith("Đã nhập 2 gói. 4 mới, 0 sửa, 0 xóa.")


def renamed(stick: Path, _monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Gone as a drive is that the system has taken away; what brings it back."""
    away = stick.with_name("rút")
    stick.rename(away)
    return lambda: away.rename(stick)


def failing(stick: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """Gone as a drive is that still stands there, but of which nothing can be read."""
    there: list[bool] = []

    def fails(call: Callable[..., object]) -> Callable[..., object]:
        def asked(path: object, *given: object, **named: object) -> object:
            if not there and str(path).startswith(str(stick)):
                raise OSError(errno.EIO, "Input/output error", str(path))
            return call(path, *given, **named)

        return asked

    for holder, name in ((os, "stat"), (os, "listdir"), (os, "scandir"), (io, "open")):
        monkeypatch.setattr(holder, name, fails(getattr(holder, name)))
    return lambda: there.append(True)


@pytest.mark.parametrize("pull", [renamed, failing])
def test_a_stick_pulled_in_the_midst_is_told_once(
    inbox: InboxPage, qtbot: QtBot, stick: Path, monkeypatch: pytest.MonkeyPatch,
    pull: Callable[[Path, pytest.MonkeyPatch], Callable[[], object]],
) -> None:  # fmt: skip
    back: list[Callable[[], object]] = []
    opened(qtbot, inbox, stick)
    stops_at(inbox, monkeypatch, 2, lambda: back.append(pull(stick, monkeypatch)))
    inbox.plan.all_button.click()
    taken(qtbot, inbox)
    assert len(errors()) == 1  # it read the folder again after each failure, without end
    errors()[0].accept()
    assert inbox.table.packages() == [] and "USB đã rút" in inbox.empty._text.text()
    assert "Còn 1 gói chưa nhập" in inbox.plan.notice.accessibleName()
    back[0]()
    assert inbox.window().focusWidget() is inbox.retry_button
    inbox.retry_button.click()
    taken(qtbot, inbox)
    assert [one.standing for one in inbox.table.packages()].count(Standing.TAKEN) == 1


def fails_at(inbox: InboxPage, monkeypatch: pytest.MonkeyPatch, number: int, act: Callable[[], object]) -> None:
    """Before the receipt of that number is written, on the worker's thread, something happens."""
    written: list[str] = []
    make_receipt = answers.make_receipt

    def make(session: Session, office: str, folder: Path) -> answers.MadeReceipt:
        written.append(office)
        if len(written) == number:
            act()
        return make_receipt(session, office, folder)

    monkeypatch.setattr(answers, "make_receipt", make)


@pytest.mark.parametrize(("pulled", "left"), [(True, 2), (False, 1)])
def test_receipts_show_how_far_and_go_on_after_a_stop_or_a_pulled_stick(
    inbox: InboxPage, qtbot: QtBot, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch, pulled: bool, left: int
) -> None:
    opened(qtbot, inbox, stick)
    inbox.plan.all_button.click()
    taken(qtbot, inbox)
    away = stick.with_name("rút")
    fails_at(inbox, monkeypatch, 2, (lambda: stick.rename(away)) if pulled else inbox._stop)
    inbox.write_receipts(stick)
    assert inbox.reading._text.text() == "Đang ghi biên nhận, đừng rút USB"
    qtbot.waitUntil(lambda: inbox._task is None, timeout=20000)
    assert len(errors()) == pulled
    for dialog in errors():
        dialog.accept()
    assert desk.messages[-1] == f"Đã ghi {3 - left} biên nhận, còn {left} chưa ghi"
    assert f"Còn {left} biên nhận chưa ghi." in inbox.plan.notice.accessibleName()
    assert inbox.receipts_button.text() == f"Ghi {left} biên nhận" and inbox.receipts_button.isEnabled()
    if pulled:
        away.rename(stick)
    inbox.write_receipts(stick)
    qtbot.waitUntil(lambda: inbox._task is None, timeout=20000)
    assert f"Đã ghi {left} biên nhận" in inbox.plan.notice.accessibleName()
    assert "Rút USB được rồi" in inbox.plan.notice.accessibleName() and not inbox.receipts_button.isEnabled()


def test_a_package_that_deletes_much_keeps_no_other_out(
    inbox: InboxPage, qtbot: QtBot, pair: TwoOffices, stick: Path
) -> None:
    ids = [pair.activity(f"Buổi {number}") for number in range(incoming.DELETIONS_WITHOUT_ASKING + 1)]
    pair.take(pair.send())
    for one in ids:
        records.delete(pair.commune, "movement_activity", one, reason="ghi nhầm")
    pair.send()
    opened(qtbot, inbox, stick)
    inbox.plan.all_button.click()
    taken(qtbot, inbox)
    errors()[0].accept()
    senders = {entry.office for entry in incoming.received_packages(inbox.session)}
    assert senders >= set(OTHERS)
    assert pair.province.file.records.count("movement_activity") == len(ids)
    assert "xóa 21 bản ghi" in inbox.plan.notice.accessibleName()


def test_found_by_words_by_kind_and_sorted(inbox: InboxPage, qtbot: QtBot, stick: Path) -> None:
    opened(qtbot, inbox, stick)
    table = inbox.table
    assert [chip.value() for chip in table.narrow.chips] == [
        "Tất cả 4", "Nhập được 3", "Không nhập được 1", "Đã nhập 0",
    ]  # fmt: skip
    table.narrow.choose(REFUSED)
    chosen = table.chosen()
    assert chosen is not None and chosen.path.name == "cụt.tdp"
    table.narrow.choose(0)
    name = units.unit(OTHERS[0]).name
    table.setFocus()
    QTest.keyClicks(table, fold(name)[0])
    QTest.keyClicks(table.narrow.field, fold(name)[1:])
    assert [one.path.name[7:12] for one in table.shown()] == [OTHERS[0]]
    assert table.narrow.field.text() == fold(name) and table.model().rowCount() == 1
    table.narrow.field.clear()
    table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    names = [table.model().index(row, 0).data() for row in range(4)]
    assert names == sorted(names, key=sort_key, reverse=True)
    assert [one.path for one in table.packages()] == [one.path for one in sorted(table.packages(), key=_place)]


def _place(package: InboxPackage) -> tuple[str, int]:
    return (package.claimed.office_code, package.claimed.number) if package.claimed else ("~", 0)


def test_those_that_are_chosen_are_taken_in_and_no_others(
    inbox: InboxPage, qtbot: QtBot, pair: TwoOffices, stick: Path
) -> None:
    save(pair.commune, "movement_activity", {
        "held_on": date(2026, 11, 9), "kind": "propaganda", "title": "Gói sau", "residential_area": pair.area,
        "attendance_total": 4,
    })  # fmt: skip
    pair.send()
    opened(qtbot, inbox, stick)
    inbox.table.selectRow(0)
    QTest.keyClick(inbox.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert inbox.plan.take_button.text() == "Nhập 2 gói đã chọn"
    wanted = {one.path.name for one in inbox.table.chosen_together()}
    inbox.plan.take_button.click()
    taken(qtbot, inbox)
    assert {one.path.name for one in inbox.table.packages() if one.standing is Standing.TAKEN} == wanted
    assert len(wanted) == 2


def test_a_report_closed_anew_says_before_and_after_that_it_stands_now(
    inbox: InboxPage, qtbot: QtBot, pair: TwoOffices
) -> None:
    reports.close(pair.commune, REPORT, OCTOBER)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.send()
    opened(qtbot, inbox, pair.folder)
    assert inbox.plan._reports.text().count("(") == 0  # both are the first of their period
    inbox.plan.take_button.click()
    taken(qtbot, inbox)
    assert "đứng thay bản trước" not in inbox.plan.notice.accessibleName()
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.send()
    pair.activity("Buổi sau")
    pair.send()
    opened(qtbot, inbox, pair.folder)
    inbox.table.selectRow(2)
    assert "Gói 2 nằm cùng chỗ này" in inbox.plan.notice.accessibleName()
    inbox.table.selectRow(1)
    assert "tháng 10/2026 (như bản đang có)" in inbox.plan._reports.text()
    assert "tháng 11/2026 (xã chốt lại, đứng thay bản đang có)" in inbox.plan._reports.text()
    inbox.plan.take_button.click()
    taken(qtbot, inbox)
    office = pair.commune.file.identity.name
    told = f"đứng thay bản trước: {office}, Kết quả phong trào, tháng 11/2026"
    assert told in inbox.plan.notice.accessibleName()


def test_a_package_of_a_newer_edition_names_the_register_and_leads_to_the_update(
    inbox: InboxPage, qtbot: QtBot, desk: Desk, pair: TwoOffices
) -> None:
    registers = dict(pair.commune.definitions.registers)
    register = registers["movement_activity"]
    registers["movement_activity"] = replace(register, version=register.version + 1)
    newer = replace(pair.commune, definitions=replace(pair.commune.definitions, registers=registers))
    outgoing.make_package(newer, pair.folder)
    opened(qtbot, inbox, pair.folder)
    told = inbox.plan.notice.accessibleName()
    assert register.title in told and register.name not in told
    inbox.plan.update_button.click()
    assert desk.rooms[-1] == ("admin", "program")
    assert inbox.plan.card_button.isHidden()
