"""Qt's own words read Vietnamese."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.vietnamese import _TEXTS, VietnameseTexts, vietnamese_text

Standard = QDialogButtonBox.StandardButton


@pytest.mark.parametrize("button", [b for b in Standard if b not in (Standard.NoButton, Standard.FirstButton)])
def test_every_standard_button_is_vietnamese(qtbot: QtBot, look: Look, button: QDialogButtonBox.StandardButton) -> None:
    box = QDialogButtonBox(button)
    qtbot.addWidget(box)
    words = [made.text() for made in box.buttons()]
    assert words and all(word in _TEXTS.values() for word in words), words


def test_the_menu_of_a_text_field_is_vietnamese(qtbot: QtBot, look: Look) -> None:
    field = QLineEdit("a")
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words[:3] == ["Hoàn tác", "Làm lại", "Cắt"]
    assert all(word in _TEXTS.values() for word in words), words


NO_WORDS = ("QShortcut", "QPageSize", "QGuiApplication")  # keys of a keyboard, A4, the direction of writing
OWN_DIALOGS = (QPrintDialog, QInputDialog, QMessageBox, QPlainTextEdit, QCalendarWidget)


class Recorder(VietnameseTexts):
    """Notes what Qt asks for and the table does not have; names of keys stay as they are printed on keyboards."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.missing: set[str] = set()

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str:
        words = any(letter.isalpha() for letter in source_text) and "Alt+" not in source_text
        if words and context not in NO_WORDS and not vietnamese_text(source_text):
            self.missing.add(source_text)
        return super().translate(context, source_text, disambiguation, n)


def file_dialog() -> QDialog:
    made = QFileDialog(None, "Mở", str(Path.cwd()))
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    return made


@pytest.mark.parametrize(
    "make", [QPrintDialog, file_dialog, QInputDialog, QMessageBox, QPlainTextEdit, QCalendarWidget]
)
def test_qts_own_dialogs_ask_for_nothing_that_is_not_translated(
    qtbot: QtBot, qapp: QApplication, make: Callable[[], QWidget], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # kinds of files are the system's words
    recorder = Recorder(qapp)
    qapp.installTranslator(recorder)
    try:
        made = make()
        qtbot.addWidget(made)
        made.show()
        qapp.processEvents()
    finally:
        qapp.removeTranslator(recorder)
    assert recorder.missing == set()


def test_texts_are_nfc_without_access_keys() -> None:
    for text in _TEXTS.values():
        assert unicodedata.is_normalized("NFC", text)
        assert "&" not in text
    assert vietnamese_text("&Undo") == "Hoàn tác"
    assert vietnamese_text("Something else") == ""
