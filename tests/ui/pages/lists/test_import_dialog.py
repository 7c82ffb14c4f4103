"""Import and paste in the window: columns by hand, old text converted, one action, stopped without a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import all_done
from thidua_desktop.services import records, transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_reading import read_table
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.import_dialog import ImportDialog
from thidua_desktop.ui.pages.lists.page import ListPage

HEADS = "Ngày\tKhu dân cư\tLoại hoạt động\tNội dung\tLượt người dự"
GOOD = "08/11/2026\tTân Lập\tTuần tra, canh gác\tTuần tra đêm\t12"
BAD = "32/13/2026\tTân Lập\tTuần tra, canh gác\tNgày sai\t12"


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any) -> Iterator[ListPage]:
    made = ListPage(session, look, desk, "movement_activity")
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    yield made


@pytest.fixture
def paste(page: ListPage, qtbot: QtBot) -> Callable[..., ImportDialog]:
    """Puts cells on the clipboard and pastes them; the dialog when it has read them."""

    def act(*lines: str) -> ImportDialog:
        QGuiApplication.clipboard().setText("\n".join(lines))
        dialog = page.paste_rows()
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.plan is not None and dialog._task is None, timeout=20_000)
        return dialog

    return act


def count(session: Session) -> int:
    return session.file.records.count("movement_activity")


def test_pasted_rows_are_seen_before_they_are_recorded(
    paste: Callable[..., ImportDialog], session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = paste(HEADS, GOOD, BAD)
    assert count(session) == 0 and dialog.record_button.text() == "Ghi 1 hoạt động"
    assert "Dòng 3" in dialog.problems.toPlainText()
    dialog.write_broken(tmp_path / "loi.xlsx")
    all_done()
    assert "Ngày sai" in read_table(tmp_path / "loi.xlsx").lines[1].cells
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.record_button.click()
    assert count(session) == 1
    records.undo(session)
    assert count(session) == 0


def test_each_column_shows_what_a_line_of_it_would_record(paste: Callable[..., ImportDialog], qtbot: QtBot) -> None:
    dialog = paste(HEADS, BAD, GOOD)  # of the line that can be recorded
    shown = {column.heading: dialog.columns.examples[column.index].text() for column in dialog.plan.columns}  # type: ignore[union-attr]
    area = HEADS.split("\t")[1]
    assert shown[area] == "ví dụ: Thôn Tân Lập"  # as found in the register, not as typed
    assert dialog.columns.added.isHidden()
    box = dialog.columns.boxes[1]
    box.choose("")
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: dialog._task is None and dialog.columns.examples[1].text() == "", timeout=20_000)
    dialog.close()


def test_what_the_program_adds_to_a_list_without_the_column_is_said(
    qtbot: QtBot, session: Session, look: Look, desk: Any
) -> None:
    page = ListPage(session, look, desk, "residential_area")
    qtbot.addWidget(page)
    QGuiApplication.clipboard().setText("Tên thôn\tSố hộ\nBuôn Ea Đar\t85")
    dialog = page.paste_rows()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.plan is not None and dialog._task is None, timeout=20_000)
    assert dialog.columns.added.text() == "Không có cột, chương trình điền, ví dụ: Loại “Buôn”."
    assert dialog.columns.examples[0].text() == "ví dụ: Ea Đar"
    dialog.close()


def test_what_the_list_copied_is_known_when_it_is_pasted_back(
    page: ListPage, paste: Callable[..., ImportDialog], session: Session, qtbot: QtBot
) -> None:
    dialog = paste(HEADS, GOOD, GOOD.replace("Tuần tra đêm", "Tuần tra “sáng”"))
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.record_button.click()
    page.reload()
    qtbot.waitUntil(lambda: len(page.card.rows) == 2, timeout=20_000)
    page.card.table.selectAll()
    QGuiApplication.clipboard().clear()
    page.copy_rows()
    qtbot.waitUntil(lambda: "Tuần tra đêm" in QGuiApplication.clipboard().text(), timeout=20_000)
    known = paste(*QGuiApplication.clipboard().text().split("\n"))
    assert known.plan is not None
    assert (known.plan.unchanged, len(known.plan.rows), known.plan.broken) == (2, 0, ())


def test_a_column_that_was_not_recognised_is_given_its_field(paste: Callable[..., ImportDialog], qtbot: QtBot) -> None:
    dialog = paste(HEADS.replace("Ngày", "Hôm làm"), GOOD)
    assert dialog.plan is not None and dialog.plan.missing and not dialog.record_button.isVisible()
    box = dialog.columns.boxes[0]
    box.choose("held_on")
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: dialog.plan is not None and not dialog.plan.missing, timeout=20_000)
    assert dialog.plan is not None and len(dialog.plan.rows) == 1
    dialog.close()


def test_one_value_is_chosen_for_a_column_that_is_not_there(
    paste: Callable[..., ImportDialog], session: Session, qtbot: QtBot
) -> None:
    """By keys alone: the focus waits in the field that is missing, Enter takes what is typed, Ctrl+Enter records."""
    dialog = paste(HEADS.replace("Loại hoạt động\t", ""), GOOD.replace("Tuần tra, canh gác\t", ""))
    line = dialog.fills.rows["kind"].input.focus_target()
    qtbot.waitUntil(lambda: dialog.focusWidget() is line, timeout=20_000)
    assert "mọi dòng" in dialog.verdict.accessibleName() and dialog.record_button.isHidden()
    commit(line, "tuần tra")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.plan is not None and len(dialog.plan.rows) == 1, timeout=20_000)
    assert "“Tuần tra, canh gác” điền vào 1 dòng" in dialog.verdict.accessibleName() and dialog.focusWidget() is line
    assert dialog.fills.rows["kind"].said.text() == "vào 1 dòng"
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert count(session) == 1


def test_what_one_works_in_stays_in_sight_when_findings_take_room(
    paste: Callable[..., ImportDialog], qtbot: QtBot
) -> None:
    bad = BAD.replace("Tuần tra, canh gác\t", "")
    more = "\tGhi chú\tĐịa điểm\tTrong đó nữ\tBắt đầu\tKết thúc\tLạ 1\tLạ 2\tLạ 3"
    dialog = paste(HEADS.replace("Loại hoạt động\t", "") + more, *[bad] * 12)
    line = dialog.fills.rows["kind"].input.focus_target()
    qtbot.waitUntil(lambda: dialog.focusWidget() is line, timeout=20_000)
    commit(line, "tuần tra")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.problems.isVisible() and dialog.problems.height() > 100, timeout=20_000)
    qtbot.waitUntil(lambda: line.visibleRegion().boundingRect().height() == line.height(), timeout=5_000)
    dialog.close()


def test_empty_cells_take_a_value_and_a_wrong_one_is_said_beside_it(
    paste: Callable[..., ImportDialog], qtbot: QtBot
) -> None:
    dialog = paste(HEADS, GOOD, GOOD.replace("Tuần tra, canh gác", ""))
    assert dialog.plan is not None and len(dialog.plan.rows) == 1 and "Ô trống của" in dialog.verdict.accessibleName()
    more = dialog.fills.more
    more.choose("attendance_women")
    more.activated.emit(more.currentIndex())
    women = dialog.fills.rows["attendance_women"]
    women.input.focus_target().setText("nhiều")
    women.input.left.emit()
    assert "không phải là số" in women.said.text() and more.findData("attendance_women") < 0
    women.input.set_value(5)
    women.input.left.emit()
    dialog.fills.rows["kind"].input.set_value("patrol")
    dialog.fills.rows["kind"].input.edited.emit()
    qtbot.waitUntil(lambda: dialog.plan is not None and len(dialog.plan.rows) == 2, timeout=20_000)
    assert dialog.plan is not None and [row.values["attendance_women"] for row in dialog.plan.rows] == [5, 5]
    assert (women.said.text(), dialog.fills.rows["kind"].said.text()) == ("vào 2 dòng", "vào 1 dòng")
    dialog.close()


def test_old_text_is_converted_when_the_person_says_so(paste: Callable[..., ImportDialog], qtbot: QtBot) -> None:
    old = GOOD.replace("Tuần tra đêm", "TuÇn tra ®ªm ë th«n").replace("Tân Lập", "Th«n T©n LËp")
    dialog = paste(HEADS, old)
    assert dialog.plan is not None and dialog.plan.legacy and dialog.convert_button.hasFocus()
    assert "phông chữ cũ" in dialog.verdict.accessibleName()
    assert all("phông chữ cũ" in line for line in dialog.problems.toPlainText().splitlines())
    dialog.convert_button.click()
    qtbot.waitUntil(lambda: dialog.plan is not None and len(dialog.plan.rows) == 1, timeout=20_000)
    assert dialog.plan is not None and dialog.plan.rows[0].values["title"] == "Tuần tra đêm ở thôn"
    dialog.close()


@pytest.mark.parametrize("rows", [1, 0])
def test_a_second_enter_does_not_throw_away_what_is_read_again(
    paste: Callable[..., ImportDialog], session: Session, qtbot: QtBot, rows: int
) -> None:
    """The button goes while it reads, and the next one that the focus could go to closes the dialog."""
    old = GOOD if rows else BAD
    dialog = paste(HEADS, old.replace("Tân Lập", "Th«n T©n LËp"))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.convert_button.hasFocus, timeout=20_000)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog._busy and dialog.focusWidget() is dialog
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    dialog.close_button.setFocus()
    qtbot.keyClick(dialog.close_button, Qt.Key.Key_Enter)
    assert dialog.isVisible()
    dialog.setFocus()
    qtbot.waitUntil(lambda: not dialog._busy, timeout=20_000)
    assert dialog.isVisible() and count(session) == 0
    assert dialog.focusWidget() is (dialog.columns.boxes[0] if rows else dialog.problems), (
        "an Enter more writes nothing"
    )
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_is_wrong_has_room_for_several_lines(paste: Callable[..., ImportDialog], qtbot: QtBot) -> None:
    dialog = paste(HEADS, *[BAD] * 30)
    line = dialog.problems.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: dialog.problems.viewport().height() >= 6 * line, timeout=5_000)
    assert dialog.columns.boxes[0].isVisible()
    dialog.close()


def test_a_second_enter_does_not_stop_what_is_being_written(paste: Callable[..., ImportDialog], qtbot: QtBot) -> None:
    dialog = paste(HEADS, GOOD)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.record_button.hasFocus, timeout=20_000)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        assert dialog.isVisible()


def test_a_dialog_that_could_not_read_closes_by_enter(page: ListPage, qtbot: QtBot, tmp_path: Path) -> None:
    lock = tmp_path / "~$danh sách.xlsx"
    lock.write_bytes(b"x" * 165)
    dialog = page.import_from(lock)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._task is None, timeout=20_000)
    dialog.close_button.setFocus()
    qtbot.keyClick(dialog.close_button, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_stopped_writing_leaves_nothing(
    paste: Callable[..., ImportDialog], session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paste(HEADS, *(f"{GOOD[:-2]}{number}" for number in range(20, 320)))
    kept = transfer.apply_import

    def slow(*given: Any, on_progress: transfer.Progress, **more: Any) -> object:
        def tell(done: int, total: int) -> bool | None:
            if done:
                dialog._task.cancel()  # as "Dừng" does while rows are being written
            return on_progress(done, total)

        return kept(*given, on_progress=tell, **more)

    monkeypatch.setattr(transfer, "BLOCK", 100)  # so that it is told of between blocks
    monkeypatch.setattr(transfer, "apply_import", slow)
    dialog.record()
    qtbot.waitUntil(lambda: dialog._task is None, timeout=20_000)
    assert dialog.result_of_import is None and count(session) == 0
    assert "Đã dừng" in dialog.verdict.accessibleName()
    dialog.close()


def test_esc_while_rows_are_written_stops_that_and_says_so(
    paste: Callable[..., ImportDialog], session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paste(HEADS, GOOD)
    pressed = Event()

    def waiting(*_given: Any, on_progress: transfer.Progress, **_more: Any) -> object:
        pressed.wait(20)
        return on_progress(1, 2)

    monkeypatch.setattr(transfer, "apply_import", waiting)
    dialog.record()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    pressed.set()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog._task is None, timeout=20_000)
    assert dialog.isVisible() and "Chưa ghi dòng nào" in dialog.verdict.accessibleName()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_window_answers_while_rows_are_read_and_written(
    page: ListPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    """Its timer must tick many times while the work runs; work on the window's thread would give it none."""
    lines = [HEADS.replace("\t", ";"), *(f"{GOOD[:-2].replace(chr(9), ';')}{number}" for number in range(20, 6020))]
    (tmp_path / "nhiều.csv").write_text("\n".join(lines).replace("Tuần tra, canh gác", "Tuần tra, canh gác"), "utf-8")
    ticks: list[int] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start()
    dialog = page.import_from(tmp_path / "nhiều.csv")
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=60_000)
    read = len(ticks)
    with qtbot.waitSignal(dialog.accepted, timeout=60_000):
        dialog.record()
    assert read >= 5 and len(ticks) - read >= 5
    assert count(session) == 6000


def test_a_refusal_leaves_room_for_what_to_do(page: ListPage, qtbot: QtBot, tmp_path: Path) -> None:
    """A whole sentence as the head left the advice a column of two words."""
    lock = tmp_path / "~$danh sách hộ gia đình năm 2026.xlsx"
    lock.write_bytes(b"x" * 165)
    dialog = page.import_from(lock)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._task is None, timeout=20_000)
    head, advice = dialog.verdict._name, dialog.verdict._sentence
    assert "không có ~$" in advice.text() and dialog.close_button.text() == "Đóng"
    assert advice.width() > 2 * head.width()


def test_what_is_guessed_is_read_before_anything_is_recorded(
    paste: Callable[..., ImportDialog], session: Session, qtbot: QtBot
) -> None:
    """It stands before the errors, the button says it, and Enter at once records nothing."""
    dialog = paste(HEADS, BAD, GOOD.replace("Tuần tra, canh gác", "canh gác"))
    assert dialog.problems.toPlainText().splitlines()[0].endswith("“canh gác” hiểu là “Tuần tra, canh gác” (1 dòng).")
    assert (
        dialog.record_button.text() == "Hiểu đúng, ghi 1 hoạt động"
        and "Xem lại 1 chỗ chương trình tự hiểu" in dialog.verdict.accessibleName()
    )
    qtbot.waitUntil(dialog.problems.hasFocus)
    qtbot.keyClick(dialog.problems, Qt.Key.Key_Return)
    assert count(session) == 0 and dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: count(session) == 1, timeout=20_000)


def test_what_a_form_would_ask_a_reason_for_says_with_which_one_it_is_recorded(
    paste: Callable[..., ImportDialog], session: Session
) -> None:
    assert "có cảnh báo" not in paste(HEADS, GOOD).verdict.accessibleName()
    session.file.periods.lock("month", "2026-11", date(2026, 10, 15), date(2026, 11, 14), "A", session.now())
    dialog = paste(HEADS, GOOD.replace("Tuần tra đêm", "Tuần tra sáng"))
    told = "1 dòng có cảnh báo vẫn ghi, lý do: “Nhập từ tệp bảng dán từ Excel”"
    assert told in dialog.verdict.accessibleName()
    dialog.record()
    all_done()
    [line] = session.file.changes.of_action(session.file.changes.head()[0])
    assert line.reason == "Nhập từ tệp bảng dán từ Excel"
