"""Faults shown calmly."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.errors import UserError
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import BugDialog, ErrorDialog, FaultHandlers, bug_report, show_error


class CutError(UserError):
    """A refusal with its words, so that the test does not depend on the table."""

    sentence = "Tệp gói bị cắt ở 63 phần trăm."  # type: ignore[assignment]
    remedy = "Chép lại gói từ máy của xã rồi cắm USB lần nữa."  # type: ignore[assignment]


def words(dialog: QWidget) -> str:
    return " | ".join(part.text() for part in dialog.findChildren(QLabel))


def fault(secret: str = "Nguyễn Văn Kín") -> ValueError:
    try:
        raise ValueError(secret)
    except ValueError as error:
        return error


def test_a_refusal_shows_sentence_remedy_and_code(qtbot: QtBot, look: Look) -> None:
    dialog = ErrorDialog(look, CutError("TD-SYNC-001"))
    qtbot.addWidget(dialog)
    shown = words(dialog)
    assert "Tệp gói bị cắt" in shown and "Chép lại gói" in shown and "Mã TD-SYNC-001" in shown
    dialog.show()
    dialog.close_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_bug_report_names_the_place_and_no_data() -> None:
    report = bug_report(fault())
    assert "ValueError" in report and "test_show_error.py" in report and "thidua_desktop" in report
    assert "Nguyễn Văn Kín" not in report


def test_causes_are_in_the_report() -> None:
    try:
        raise RuntimeError("outer") from fault()
    except RuntimeError as error:
        report = bug_report(error)
    assert report.index("RuntimeError") < report.index("ValueError")


def test_the_report_can_be_saved(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    dialog = BugDialog(look, bug_report(fault()))
    qtbot.addWidget(dialog)
    target = tmp_path / "báo cáo lỗi.txt"
    dialog.save_report(target)
    assert "ValueError" in target.read_text(encoding="utf-8")
    assert "đã lưu vẫn còn nguyên" in words(dialog)


@pytest.mark.parametrize(("error", "kind"), [(CutError("TD-SYNC-001"), ErrorDialog), (fault(), BugDialog)])
def test_each_kind_gets_its_dialog(qtbot: QtBot, look: Look, error: Exception, kind: type[QDialog]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    show_error(look, error, parent)
    assert [type(made) for made in parent.findChildren(QDialog)] == [kind]


@pytest.mark.qt_no_exception_capture
def test_the_hooks_log_and_show_exceptions_of_any_thread(qtbot: QtBot, look: Look) -> None:
    log: list[str] = []
    shown: list[BaseException] = []
    handlers = FaultHandlers(look, log.append)
    handlers.caught.disconnect()
    handlers.caught.connect(shown.append)
    handlers.install()
    try:
        error = fault()
        sys.excepthook(ValueError, error, error.__traceback__)
        worker = threading.Thread(target=lambda: 1 / 0)
        worker.start()
        worker.join()
        qWarning("a warning of Qt")
    finally:
        handlers.remove()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert [type(error) for error in shown] == [ValueError, ZeroDivisionError]
    assert any("ZeroDivisionError" in entry for entry in log)
    assert log[-1] == "Qt: a warning of Qt"
    assert sys.excepthook is sys.__excepthook__


def test_one_calm_dialog_is_enough(qtbot: QtBot, look: Look) -> None:
    handlers = FaultHandlers(look, lambda text: None)
    handlers._show(fault())
    dialogs = [made for made in QApplication.topLevelWidgets() if isinstance(made, BugDialog) and made.isVisible()]
    for dialog in dialogs:
        dialog.close()
    assert len(dialogs) == 1
