"""Words of several lines: the number of a paper is never broken, and what is read back is what was set."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextLayout
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.labels import breakable, label
from thidua_desktop.ui.components.painting import broken_lines
from thidua_desktop.ui.look.theme import Look

WORDS = "Theo Quyết định số 215/QĐ-UBND ngày 20/12/2026"


def test_no_line_ends_within_the_number_of_a_paper(qtbot: QtBot, look: Look) -> None:
    shown = label("", wrap=True)
    qtbot.addWidget(shown)
    shown.setText(WORDS)
    assert shown.text() == WORDS
    number = look.text_width("215/QĐ-UBND ")
    for width in range(number + 2, 3 * number, 3):
        lines = broken_lines(WORDS, look.font(), width, 6)
        assert sum("215/QĐ-UBND" in line for line in lines) == 1, (width, lines)
        assert " ".join(lines) == WORDS
        laid = QTextLayout(super(type(shown), shown).text(), look.font())  # what Qt breaks in the label
        laid.beginLayout()
        ends = []
        while (line := laid.createLine()).isValid():
            line.setLineWidth(width)
            ends.append(laid.text()[line.textStart() + line.textLength() - 1])
        laid.endLayout()
        assert not set(ends[:-1]) & {"/", "-"}, (width, ends)


def test_what_is_copied_is_what_was_set(qtbot: QtBot, look: Look) -> None:
    shown = label(WORDS, wrap=True, selectable=True)
    qtbot.addWidget(shown)
    shown.setSelection(0, len(WORDS) + 2)
    QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == WORDS


def test_a_right_click_offers_the_same_and_paths_lose_their_breaks(qtbot: QtBot, look: Look) -> None:
    shown = label(breakable("Sổ nằm ở /home/xa/so.thidua, 215/QĐ-UBND"), wrap=True, selectable=True)
    qtbot.addWidget(shown)
    menu = shown.menu()
    copy, everything = menu.actions()
    assert not copy.isEnabled()
    everything.trigger()
    again = shown.menu().actions()[0]
    assert again.isEnabled()
    again.trigger()
    assert QGuiApplication.clipboard().text() == "Sổ nằm ở /home/xa/so.thidua, 215/QĐ-UBND"


def test_what_others_copy_is_theirs(qtbot: QtBot, look: Look) -> None:
    qtbot.addWidget(label(WORDS, wrap=True, selectable=True))
    QGuiApplication.clipboard().setText("của chương trình khác\u2060")
    assert QGuiApplication.clipboard().text() == "của chương trình khác\u2060"
