"""Parts of a page that make room for others."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from thidua_desktop.ui.components.showing import clear_layout, set_shown


def test_what_makes_room_is_hidden_at_once_and_let_go_but_for_what_is_kept(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    old, kept = QLabel("cũ"), QLabel("giữ")
    for one in (old, kept):
        row.addWidget(one)
    row.addStretch(1)
    page.show()
    clear_layout(row, keep=kept)
    assert row.count() == 0 and not old.isVisible() and kept.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(old) and isValid(kept)


def test_what_is_shown_already_is_not_laid_out_again_by_being_told_so(qtbot: QtBot) -> None:
    polished: list[QEvent.Type] = []

    class Words(QLabel):
        def event(self, event: QEvent) -> bool:
            polished.append(event.type())
            return super().event(event)

    page, part = QWidget(), QWidget()
    QHBoxLayout(page).addWidget(part)
    QHBoxLayout(part).addWidget(Words("chữ"))
    set_shown(part, True)
    assert QEvent.Type.Polish not in polished and not part.isHidden()  # nobody sees the page yet
    set_shown(part, False)
    qtbot.addWidget(page)
    page.show()
    assert not part.isVisible()
    set_shown(part, True)
    assert QEvent.Type.Polish in polished and part.isVisible()
