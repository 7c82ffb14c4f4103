"""What is refused is told in room of its own: the field it is about stays in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from thidua_desktop.services.report_checks.decisions import reasoned
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.reason_dialog import ReasonDialog


def test_a_refused_reason_is_typed_where_the_refusal_stands(qtbot: QtBot, look: Look) -> None:
    words = "Báo cáo Tháng 11/2026 của Phường Bình Kiến trở về xã để sửa, chốt lại và gửi lại."
    dialog = ReasonDialog(look, "Trả lại báo cáo", "Trả lại", words, reasoned, None)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    all_done()
    before = dialog.height()
    dialog.go()
    all_done()
    assert dialog.refusal.text().endswith("xã thấy đúng câu này.") and dialog.height() > before
    assert dialog.reason.visibleRegion().boundingRect().height() == dialog.reason.height()


def test_the_keys_that_do_it_on_pages_do_it_here(qtbot: QtBot, look: Look) -> None:
    kept: list[str] = []
    dialog = ReasonDialog(look, "Trả lại báo cáo", "Trả lại", "Về xã để sửa.", kept.append, None)
    with qtbot.waitExposed(dialog):
        dialog.open()
    dialog.reason.setText("Số hộ dự họp chưa khớp biên bản")
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept == ["Số hộ dự họp chưa khớp biên bản"]
