"""Faults shown calmly: a refused request as sentence and remedy, a bug as a report that can be saved to a file.

``install_fault_handlers`` puts the hooks in place once, from ``app.py``. No hook ever raises.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from thidua_desktop import __version__
from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import fault_words
from thidua_desktop.ui.components.buttons import bordered, borderless, filled
from thidua_desktop.ui.components.dialogs import dialog_foot, size_to_content
from thidua_desktop.ui.components.labels import Picture, caption, label
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_NEXT_STEP = "Có thể làm tiếp; nếu lỗi lặp lại, lưu báo cáo và gửi người hỗ trợ."
_SAVED_FACT = "Việc đã lưu vẫn còn nguyên, phần đang gõ được giữ trong bản nháp."


class ErrorDialog(QDialog):
    """A refused request: what happened, what to do next, the code to tell on the telephone."""

    def __init__(self, look: Look, error: UserError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Chưa làm được")
        self.setAccessibleName(error.sentence)
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 24, 24, 16, 12)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(Picture(look, "triangle-alert", 24, "warn"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.addWidget(label(error.sentence, TextRole.CARD_TITLE, wrap=True, selectable=True))
        if error.remedy:
            words.addWidget(label(error.remedy, ink="text-2", wrap=True, selectable=True))
        self.code = error.code
        words.addWidget(caption(f"Mã {error.code}"))
        row.addLayout(words, 1)
        outer.addLayout(row)
        self.close_button = filled(look, "Đã hiểu")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        outer.addStretch(1)
        outer.addLayout(dialog_foot(look, self.close_button))
        size_to_content(look, self, 460)
        self.close_button.setFocus()


class BugDialog(QDialog):
    """A fault of the program: said calmly, with "Lưu báo cáo ra tệp"."""

    def __init__(self, look: Look, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = report
        self.setWindowTitle("Phần mềm gặp lỗi")
        outer = QVBoxLayout(self)
        look.margins(outer, 24, 24, 24, 16, 12)
        outer.addWidget(label("Phần mềm gặp lỗi ở bước vừa rồi", TextRole.CARD_TITLE, wrap=True))
        outer.addWidget(label(f"{_SAVED_FACT} {_NEXT_STEP}", wrap=True))
        outer.addWidget(caption("Báo cáo không chứa dữ liệu của sổ."))
        self._details = QPlainTextEdit(report)
        self._details.setReadOnly(True)
        self._details.setAccessibleName("Nội dung báo cáo lỗi")
        self._details.hide()
        outer.addWidget(self._details, 1)
        show = borderless(look, "Xem báo cáo", "eye")
        show.clicked.connect(lambda: self._details.setVisible(not self._details.isVisible()))
        self.save_button = bordered(look, "Lưu báo cáo ra tệp", "save")
        self.save_button.clicked.connect(self._ask_where)
        self.close_button = filled(look, "Làm tiếp")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        outer.addLayout(dialog_foot(look, self.save_button, self.close_button, left=[show]))
        size_to_content(look, self, 540)
        self.close_button.setFocus()

    def save_report(self, path: Path) -> None:
        """Writes the report as UTF-8 text."""
        path.write_text(self._report, encoding="utf-8")

    def _ask_where(self) -> None:
        from thidua_desktop.services.remembered_folders import Files
        from thidua_desktop.ui.components.file_choice import file_to_write

        path = file_to_write(self, "Lưu báo cáo lỗi", "bao-cao-loi.txt", "Văn bản (*.txt)", Files.SUPPORT)
        if path is None:
            return
        try:
            self.save_report(path)
        except OSError as error:
            self.save_button.set_reason(f"Không ghi được tệp: {fault_words(error)}")
            return
        self.save_button.set_content("Đã lưu báo cáo", "check")


def show_error(look: Look, error: BaseException, parent: QWidget | None = None) -> None:
    """Shows an exception as what it is: a ``UserError`` with its remedy, anything else as a bug. Does not block."""
    dialog = _dialog_of(look, error, parent)
    dialog.setModal(True)
    dialog.show()


def show_error_and_wait(look: Look, error: BaseException) -> None:
    """The same before there is a window, or after the last: returns when the person has read it."""
    _dialog_of(look, error, None).exec()


def _dialog_of(look: Look, error: BaseException, parent: QWidget | None) -> QDialog:
    if isinstance(error, UserError):
        return ErrorDialog(look, error, parent)
    return BugDialog(look, bug_report(error), parent)


def bug_report(error: BaseException) -> str:
    """Versions and call chain, without the message of the exception, which may hold data of the office."""
    import platform

    lines = [
        f"thidua_desktop {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        "",
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines) + "\n"


class FaultHandlers(QObject):
    """The hooks of one application; ``caught`` brings exceptions of any thread to the window's thread."""

    caught = Signal(object)

    def __init__(self, look: Look, write_log: Callable[[str], None]) -> None:
        super().__init__()
        self._look, self._write_log = look, write_log
        self._showing = False
        self.caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Puts the hooks in place."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._take(args.exc_value)
        qInstallMessageHandler(self._on_qt_message)

    def remove(self) -> None:
        """Puts Python's and Qt's own handlers back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._take(error)

    def _take(self, error: BaseException | None) -> None:
        if error is None:
            return
        try:
            self._write_log(bug_report(error))
        finally:
            self.caught.emit(error)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            self._write_log(f"Qt: {message}")

    def _show(self, error: BaseException) -> None:
        if self._showing:
            return  # one calm dialog is enough; the log has the rest
        self._showing = True
        try:
            show_error(self._look, error, QApplication.activeWindow())
        finally:
            self._showing = False


def install_fault_handlers(look: Look, write_log: Callable[[str], None]) -> FaultHandlers:
    """Installs the hooks; keep the returned object as long as the application runs."""
    handlers = FaultHandlers(look, write_log)
    handlers.install()
    return handlers
