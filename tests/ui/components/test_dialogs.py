"""The last line of every dialog has one shape."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialog, QVBoxLayout
from pytestqt.qtbot import QtBot

import thidua_desktop.ui
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.dialogs import dialog_foot
from thidua_desktop.ui.look.theme import Look


def test_what_does_the_work_stands_at_the_right_and_the_rest_at_the_left(look: Look, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    other, leave, go = bordered(look, "Chọn tệp khác"), bordered(look, "Thôi"), filled(look, "Ghi")
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addLayout(dialog_foot(look, leave, go, left=[other]))
    dialog.resize(look.px(600), look.px(60))
    dialog.show()
    places: list[QRect] = [button.geometry() for button in (other, leave, go)]
    assert places[0].left() == 0 and places[2].right() == dialog.width() - 1
    assert places[2].left() - places[1].right() - 1 == look.px(8)
    assert places[1].left() - places[0].right() > look.px(100)


def dialog_modules() -> list[Path]:
    root = Path(thidua_desktop.ui.__file__).parent
    return [path for path in sorted(root.rglob("*.py")) if "(QDialog):" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", dialog_modules(), ids=lambda path: path.stem)
def test_no_dialog_builds_a_foot_of_its_own(path: Path) -> None:
    """A row that begins with room, or ends with the dialog's last buttons, is ``dialog_foot``."""
    tree = ast.parse(path.read_text("utf-8"))
    named = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and ast.unparse(node.value.func) == "QHBoxLayout"
    }
    calls = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    feet = [name for name in named if f"{name}.addStretch(1)" in calls and f"outer.addLayout({name})" in calls]
    assert len(dialog_modules()) > 10 and not [name for name in feet if name in ("foot", "buttons", "actions")]
