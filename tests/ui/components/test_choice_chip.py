"""A filter of few values: one chip on every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.choice_chip import ChoiceChip
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.look.theme import Look

KINDS = [("", "Tất cả"), ("open", "Mở sổ"), ("print", "In")]


def test_a_value_is_chosen_from_its_menu_and_taken_away_with_delete(qtbot: QtBot, look: Look) -> None:
    chip = ChoiceChip(look, "Việc", KINDS)
    qtbot.addWidget(chip)
    with qtbot.waitExposed(chip):
        chip.show()
    plain = chip.sizeHint()
    assert chip.accessibleName() == "Việc: Tất cả" and not chip._applied
    QTest.keyClick(chip, Qt.Key.Key_Space)
    menu = chip.findChild(QMenu)
    assert menu is not None and [one.text() for one in menu.actions()] == ["Tất cả", "Mở sổ", "In"]
    assert [one.isChecked() for one in menu.actions()] == [True, False, False]
    with qtbot.waitSignal(chip.changed):
        menu.actions()[2].trigger()
    assert chip.chosen() == "print" and chip.value() == "In" and chip._applied and chip.sizeHint() != plain
    menu.close()
    with qtbot.waitSignal(chip.changed):
        QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert chip.chosen() == "" and chip.accessibleName() == "Việc: Tất cả" and not chip._applied
    with qtbot.assertNotEmitted(chip.changed):
        chip.choose("nothing")
        chip.clear()


def test_many_values_are_found_by_typing(qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    chip = ChoiceChip(look, "Đơn vị gửi", [("", "Tất cả"), *((str(at), f"Xã {at}") for at in range(60))], "7")
    qtbot.addWidget(chip)
    assert chip.value() == "Xã 7" and chip._applied
    asked: list[int] = []

    def pick(dialog: PickDialog) -> int:
        asked.append(dialog.list.count())
        return 0

    monkeypatch.setattr(PickDialog, "exec", pick)
    chip.click()
    assert asked == [61] and chip.chosen() == "7"


def test_no_page_narrows_what_it_lists_by_a_box() -> None:
    """A box is for a value of a form; what a list is narrowed by is a chip."""
    found = []
    for path in Path("thidua_desktop/ui/pages").rglob("*_page.py"):
        found += [path.name for _ in re.finditer(r"ChoiceBox\([^)]*\"\", \"(?:Mọi|Tất cả)", path.read_text("utf-8"))]
    assert not found
