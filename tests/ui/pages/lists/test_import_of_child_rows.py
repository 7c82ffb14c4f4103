"""Child rows in the window's import: their sheets are shown, their columns can be chosen, errors go back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from tests.unit.services.test_child_sheets import MEMBERS, book, clusters, members, of_cluster
from thidua_desktop.services import records
from thidua_desktop.services.child_tables import child_tables
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_reading import read_tables
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.import_dialog import ImportDialog
from thidua_desktop.ui.pages.lists.page import ListPage


@pytest.fixture
def page(qtbot: QtBot, session: Session, look: Look, desk: Any) -> Iterator[ListPage]:
    made = ListPage(session, look, desk, "cluster")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made


@pytest.fixture
def shown(page: ListPage, session: Session, qtbot: QtBot, tmp_path: Path) -> Callable[..., ImportDialog]:
    def act(*rows: list[object], **sheets: list[Any]) -> ImportDialog:
        every: dict[str, Any] = {
            "Cụm": clusters(session, "Cụm số 1", "Cụm số 2"),
            MEMBERS: of_cluster(session, *rows),
            **sheets,
        }
        dialog = page.import_from(book(tmp_path / "cụm.xlsx", every))
        assert dialog is not None
        qtbot.waitUntil(lambda: dialog.plan is not None and dialog._task is None, timeout=20_000)
        return dialog

    return act


def grab(qtbot: QtBot, dialog: ImportDialog, name: str) -> None:
    """A picture to look at, where somebody wants it."""
    if folder := os.environ.get("EXCEL_PICTURES"):
        qtbot.wait(300)
        dialog.grab().save(f"{folder}/{name}.png")


def test_the_sheets_are_seen_and_recorded_as_one_action(
    shown: Callable[..., ImportDialog], session: Session, qtbot: QtBot
) -> None:
    dialog = shown(["Cụm số 1", "Xã A", "Lý A"], ["Dòng 3", "Xã B"], Bia=[["Kính gửi"]])
    said = dialog.columns.said[MEMBERS].text()
    assert said.startswith(f"Trang “{MEMBERS}”: 2 dòng con của 2 {dialog._spec.singular}. 1 dòng gọi")
    assert "Bỏ qua trang: Bia" in dialog.verdict.accessibleName()
    assert "Cụm số 1, kèm thành viên 1 dòng" in dialog.problems.toPlainText()
    grab(qtbot, dialog, "good")
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        dialog.record_button.click()
    assert members(session) == {"Cụm số 1": ["Xã A"], "Cụm số 2": ["Xã B"]}
    again = shown(["Cụm số 1", "Xã A", "Lý Khác"], ["Dòng 3", "Xã C"])
    assert "dòng đã ghi mà bảng không có thì giữ" in again.verdict.accessibleName()
    assert "Thành viên sửa 1 dòng" in again.problems.toPlainText()
    grab(qtbot, again, "again")
    again.close()
    records.undo(session)
    assert members(session) == {}


def test_further_sheets_of_records_are_told_of_as_one_is_read_at_a_time(
    shown: Callable[..., ImportDialog], session: Session
) -> None:
    dialog = shown(["Cụm số 1", "Xã A"], Sau=clusters(session, "Cụm số 8"), Bia=[["Kính gửi"]])
    told = dialog.verdict.accessibleName()
    assert "Mỗi lần nhập một trang; chưa đọc: Sau." in told and "Bỏ qua trang: Bia" in told
    dialog.close()


def test_the_sheet_is_chosen_by_keys_and_what_was_said_of_columns_holds(
    shown: Callable[..., ImportDialog], session: Session, qtbot: QtBot
) -> None:
    after = [[*line, "x"] for line in clusters(session, "Cụm số 8", "Cụm số 9")]
    after[0] = [*after[0][1:-1], "Ghi gì", after[0][0]]  # the same columns in another order, and one more
    after[1:] = [[*line[1:-1], "x", line[0]] for line in after[1:]]
    dialog = shown(["Cụm số 1", "Xã A"], Sau=after, Bia=[["Kính gửi"]])
    box = dialog.sheet.box
    assert box.isVisible() and [box.itemText(at) for at in range(box.count())] == ["Cụm", "Sau", "Bia"]
    assert box.currentText() == "Cụm" and box.accessibleName() and "mỗi lần nhập một trang" in box.toolTip()
    dropped = dialog.columns.boxes[0]
    dropped.choose("")
    dropped.activated.emit(dropped.currentIndex())
    qtbot.waitUntil(lambda: dialog._task is None and bool(dialog.plan and dialog.plan.missing), timeout=20_000)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(
        lambda: dialog._task is None and dialog.plan is not None and dialog.plan.sheet == "Sau", timeout=20_000
    )
    assert dialog.plan is not None and dialog.focusWidget() is box
    assert {one.heading: one.field for one in dialog.plan.columns}[after[0][-1]] is None
    moved = next(one.index for one in dialog.plan.columns if one.heading == after[0][-1])
    again = dialog.columns.boxes[moved]
    again.choose("name")
    again.activated.emit(again.currentIndex())
    qtbot.waitUntil(lambda: dialog._task is None and not (dialog.plan and dialog.plan.missing), timeout=20_000)
    assert [row.values["name"] for row in dialog.plan.rows] == ["Cụm số 8", "Cụm số 9"]
    assert len(dialog.plan.sheets) == 1  # child rows come along with whatever sheet
    dialog.close()


def test_one_sheet_is_no_choice(shown: Callable[..., ImportDialog]) -> None:
    dialog = shown(["Cụm số 1", "Xã A"])
    assert dialog.sheet.isHidden()
    dialog.close()


def test_a_column_of_a_sheet_is_chosen_by_hand(
    shown: Callable[..., ImportDialog], session: Session, qtbot: QtBot
) -> None:
    owner = child_tables(session.register("cluster"))[0].owner.label
    dialog = shown(Phu=[["Ai", owner, "Người đại diện"], ["Xã A", "Cụm số 1", "Lý A"]])
    box = dialog.columns.boxes["Phu", 0]
    assert not box.chosen() and box.accessibleName() == "Mục nhận cột Ai của trang Phu"
    box.choose("name")
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(
        lambda: dialog.plan is not None and dialog._task is None and len(dialog.plan.rows) == 2, timeout=20_000
    )
    assert dialog.plan is not None
    assert dialog.plan.rows[0].values["members"] == ({"name": "Xã A", "representative": "Lý A"},)
    dialog.close()


def test_rows_without_their_record_can_be_saved(
    shown: Callable[..., ImportDialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = shown(["Cụm số 9", "Xã A"], ["Cụm số 1", "Xã B"])
    assert "1 dòng có lỗi hoặc chưa rõ" in dialog.columns.said[MEMBERS].text() and dialog.broken_button.isVisible()
    assert dialog.problems.toPlainText().startswith(f"Trang “{MEMBERS}”, dòng 2: trang “")
    grab(qtbot, dialog, "lost")
    dialog.write_broken(tmp_path / "loi.xlsx")
    all_done()
    back = {one.name: one.table.lines for one in read_tables(tmp_path / "loi.xlsx")}
    assert back[MEMBERS][1].cells[:2] == ("Cụm số 9", "Xã A")
    dialog.close()


def test_a_table_as_csv_says_that_child_rows_stay_behind(
    page: ListPage, desk: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    page.export_to(tmp_path / "a.csv")
    qtbot.waitUntil(lambda: any("không có các dòng con" in text for text in desk.messages), timeout=20_000)
