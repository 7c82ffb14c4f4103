"""Gửi – nhận over a real office: three steps, a checked package, and every way it can go wrong."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import TwoOffices, make_office
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.handoff.outgoing import OutgoingFile
from thidua_desktop.services.handoff.sticks import Stick
from thidua_desktop.ui.components.tiles import OptionTile
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff import page as page_module
from thidua_desktop.ui.pages.handoff import stick_card
from thidua_desktop.ui.pages.handoff.page import RECEIVE, SEND, HandoffPage
from thidua_desktop.ui.pages.handoff.words import size_text
from thidua_desktop.ui.pages.handoff.write_card import WriteState
from thidua_desktop.ui.shell.page import LayoutClass
from thidua_desktop.ui.tasks import TaskControl


@pytest.fixture
def page(
    qtbot: QtBot, look: Look, desk: Desk, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> Iterator[HandoffPage]:
    """Shown, with no stick plugged in."""
    monkeypatch.setattr(stick_card, "sticks", list)
    pair.activity()
    pair.household()
    made = HandoffPage(pair.commune, look, desk)
    qtbot.addWidget(made)
    made.resize(1140, 680)
    made.set_layout_class(LayoutClass.WIDE)
    made.show()
    made.stick._timer.stop()
    made.stick._pool.waitForDone()
    qtbot.waitUntil(lambda: not made.stick._looking, timeout=5000)
    all_done()
    yield made
    made._pool.waitForDone()
    made.stick._pool.waitForDone()


def plugged(folder: Path, free: int = 5_000_000_000, packages: tuple[str, ...] = ()) -> Stick:
    return Stick(folder, folder.name, free, packages)


def places(page: HandoffPage) -> list[str]:
    """What is said of each place where the package could go."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [tile.accessibleDescription() for tile in page.stick.findChildren(OptionTile)]


def write(qtbot: QtBot, page: HandoffPage) -> None:
    page.start_writing()
    qtbot.waitUntil(lambda: page._task is None, timeout=20000)


def test_what_goes_and_what_stays_stand_side_by_side(page: HandoffPage) -> None:
    assert page.content._count.text() == "3 bản ghi"
    assert "1 bản ghi" in page.content._stays.text()
    assert "danh sách hộ dự họp" in page.content._stays.text()
    assert page.write.current is WriteState.NO_PLACE
    assert not page.write.write_button.isEnabled()
    assert "vân tay khóa" in page.whose.text()


def test_the_only_stick_is_chosen_by_itself_and_written(page: HandoffPage, qtbot: QtBot, pair: TwoOffices) -> None:
    page.stick.show_sticks([plugged(pair.folder)])
    assert page.stick.folder() == pair.folder
    assert page.write.current is WriteState.WAITING
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.write.current is WriteState.WRITING
    assert not page.can_leave()
    qtbot.waitUntil(lambda: page._task is None, timeout=20000)
    assert page.write.current is WriteState.DONE
    assert page.write._result.text() == "Rút USB được rồi"
    files = list(pair.folder.iterdir())
    assert [path.suffix for path in files] == [".tdp"]
    assert incoming.plan_receive(pair.province, files[0]).changes == 3
    assert page.can_leave()
    qtbot.waitUntil(lambda: len(page.history.rows()) == 1, timeout=5000)


def test_a_full_stick_cannot_be_chosen(page: HandoffPage, pair: TwoOffices) -> None:
    page.stick.show_sticks([plugged(pair.folder, free=100)])
    assert page.stick.folder() is None
    assert page.write.current is WriteState.NO_PLACE


def test_a_stick_that_is_pulled_is_no_longer_chosen(page: HandoffPage, pair: TwoOffices) -> None:
    page.stick.show_sticks([plugged(pair.folder)])
    page.stick.show_sticks([])
    assert page.stick.folder() is None
    assert page.write.current is WriteState.NO_PLACE


def test_of_two_sticks_a_person_chooses(page: HandoffPage, pair: TwoOffices, tmp_path: Path) -> None:
    page.stick.show_sticks([plugged(pair.folder), plugged(tmp_path)])
    assert page.stick.folder() is None
    page.stick._choose(tmp_path)
    assert page.stick.folder() == tmp_path
    assert page.write.current is WriteState.WAITING


def test_a_stick_pulled_while_writing_is_told_in_the_card(page: HandoffPage, qtbot: QtBot, pair: TwoOffices) -> None:
    page.stick.choose_folder(pair.folder)
    shutil.rmtree(pair.folder)
    write(qtbot, page)
    assert page.write.current is WriteState.FAILED
    assert "không bị ảnh hưởng" in page.write._words.text()
    assert outgoing.packages(pair.commune) == []
    pair.folder.mkdir()
    write(qtbot, page)
    assert page.write.current is WriteState.DONE


def test_after_a_failure_enter_writes_again_and_a_folder_that_is_gone_is_not_called_full(
    page: HandoffPage, qtbot: QtBot, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.stick.choose_folder(pair.folder)
    away = pair.folder.rename(pair.folder.with_name("rút"))
    write(qtbot, page)
    all_done()
    assert page.write.current is WriteState.FAILED and page.focusWidget() is page.write.write_button
    assert "Không thấy nữa, cắm lại hoặc chọn khác" in places(page)
    away.rename(pair.folder)
    QTest.keyClick(page.write.write_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._task is None, timeout=20000)
    assert page.write.current is WriteState.DONE and places(page)[0].startswith("còn ")


def test_the_room_that_is_asked_for_counts_attached_files(page: HandoffPage, pair: TwoOffices) -> None:
    found = outgoing.what_would_go(pair.commune)
    page._show_outgoing(dataclasses.replace(found, files=(OutgoingFile("quet.pdf", "a" * 64, 60_000_000),)))
    page.stick.show_sticks([plugged(pair.folder, free=50_000_000)])
    assert places(page)[0].startswith("còn 50,0 MB")
    page.content.with_files.setChecked(True)
    assert page.content._about.text() == "khoảng 60,0 MB"
    assert places(page)[0] == "còn 50,0 MB, Không đủ chỗ, cần 60,0 MB"


def test_files_and_reading_back_after_the_last_record_are_told(page: HandoffPage) -> None:
    page.write.show_writing(stick=True)
    page.write.set_progress(50, 100)
    assert page.write.strip._count.text().startswith("50/100")
    page.write.set_progress(100, 100)
    assert page.write.strip._text.text() == "Đang ghi nốt, đọc lại từng byte. Đừng rút USB."
    assert page.write.strip._bar.maximum() == 0


def test_stopped_writing_leaves_nothing(
    page: HandoffPage, qtbot: QtBot, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_session: object, _folder: Path, on_progress: Callable[[int, int], None]) -> object:
        while True:
            on_progress(1, 2)

    monkeypatch.setattr(page_module.outgoing, "make_package", stopped)
    page.stick.choose_folder(pair.folder)
    page.start_writing()
    page.write.strip._stop.click()
    qtbot.waitUntil(lambda: page._task is None, timeout=20000)
    assert page.write.current is WriteState.WAITING
    assert list(pair.folder.iterdir()) == []


def test_a_second_stick_gets_the_same_package(
    page: HandoffPage, qtbot: QtBot, pair: TwoOffices, tmp_path: Path
) -> None:
    page.stick.choose_folder(pair.folder)
    write(qtbot, page)
    other = tmp_path / "usb-2"
    other.mkdir()
    page.write.again_button.click()
    page.stick.choose_folder(other)
    write(qtbot, page)
    assert [path.name for path in other.iterdir()] == [path.name for path in pair.folder.iterdir()]
    assert [entry.number for entry in outgoing.packages(pair.commune)] == [1]


def test_slips_of_this_and_of_earlier_packages(page: HandoffPage, qtbot: QtBot, pair: TwoOffices) -> None:
    printed: list[tuple[bytes, str]] = []

    def remember(_parent: QWidget, pdf: bytes, title: str) -> None:
        printed.append((pdf[:4], title))

    page.slip_printer = remember
    page.stick.choose_folder(pair.folder)
    write(qtbot, page)
    page.write.slip_button.click()
    page.history.slip_wanted.emit(1)
    qtbot.waitUntil(lambda: len(printed) == 2, timeout=10000)
    assert printed == [(b"%PDF", "phieu-ban-giao-goi-1")] * 2


def test_without_the_provinces_card_the_way_to_it_is_shown(
    qtbot: QtBot, look: Look, desk: Desk, tmp_path: Path, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thidua_desktop.services.handoff import cards

    monkeypatch.setattr(stick_card, "sticks", list)
    commune = make_office(tmp_path / "xa-moi.thidua", "24373")
    made = HandoffPage(commune, look, desk)
    qtbot.addWidget(made)
    assert made.views.current() == RECEIVE
    view = made.introduction
    view.export_to(tmp_path)
    assert list(tmp_path.glob("*.tdcard"))
    path = cards.export_card(pair.province, pair.folder)
    view.open_card(path)
    card = cards.own_card(pair.province)
    view.typed.setText(card.fingerprint[:9])
    assert view._match.text() == "Đã khớp 2/8 nhóm"
    view.typed.setText("0000 " + card.fingerprint[5:])
    assert "Nhóm 1 không khớp" in view._match.text()
    view.accept_button.click()
    assert "không khớp" in view.problem.text()
    assert cards.known_offices(commune) == []
    view.typed.setText(card.fingerprint.lower())
    view.accept_button.click()
    assert [office.name for office in cards.known_offices(commune)] == [card.office_name]
    assert "vân tay khóa" in made.whose.text()
    made.show_view(SEND)
    made.hide()
    commune.close()


def test_a_file_that_is_no_card_is_told_under_the_field(page: HandoffPage, tmp_path: Path) -> None:
    wrong = tmp_path / "thu.tdcard"
    wrong.write_bytes(b"khong phai the")
    page.introduction.open_card(wrong)
    assert page.introduction.problem.text().startswith("Tệp này không phải là thẻ đơn vị.")
    assert not page.introduction.accept_button.isEnabled()


def test_sticks_are_looked_for_off_the_windows_thread(
    page: HandoffPage, qtbot: QtBot, pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stick_card, "sticks", lambda: [plugged(pair.folder)])
    page.stick._pool.waitForDone()
    qtbot.waitUntil(lambda: not page.stick._looking, timeout=5000)
    page.stick.look_for_sticks()
    qtbot.waitUntil(lambda: page.stick.folder() == pair.folder, timeout=5000)
    assert page.stick.is_stick()


def test_sizes_as_people_read_them() -> None:
    assert [size_text(size) for size in (0, 999, 2_420_000, 818_400, 5_100_000_000)] == [
        "0 byte", "999 byte", "2,4 MB", "818 KB", "5,1 GB",
    ]  # fmt: skip


def test_progress_of_a_task_can_be_given_to_the_service(pair: TwoOffices) -> None:
    told: list[tuple[int, int, str]] = []
    control = TaskControl(lambda done, total, text: told.append((done, total, text)))
    with pair.commune.worker() as working:
        outgoing.make_package(working, pair.folder, control.progress)
    assert told[-1][0] == told[-1][1]


def test_what_is_written_after_the_package_asks_for_the_next_one(
    qtbot: QtBot, page: HandoffPage, pair: TwoOffices, tmp_path: Path
) -> None:
    folder = tmp_path / "chép ra"
    folder.mkdir()
    page.stick.choose_folder(folder)
    write(qtbot, page)
    all_done()
    assert page.write.current is WriteState.DONE
    pair.activity("Đối thoại với Nhân dân")
    all_done()
    assert page.write.current is WriteState.WAITING
    write(qtbot, page)
    all_done()
    assert page.write.current is WriteState.DONE
    assert sorted(path.name[-10:-4] for path in folder.iterdir()) == ["000001", "000002"]
