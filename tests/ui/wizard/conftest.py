"""A wizard that keeps its files in a test folder, on a look of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from thidua_desktop.services.offices import KeyCost
from thidua_desktop.services.session import VIETNAM_TIME, Clock
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.window import CreateOfficeWizard

NOW = datetime(2026, 11, 9, 14, 26, tzinfo=VIETNAM_TIME)
CHEAP = KeyCost(memory_kib=16, passes=1, lanes=1)


@pytest.fixture
def wizard(qtbot: QtBot, look: Look, tmp_path: Path, qapp: QApplication) -> CreateOfficeWizard:
    made = CreateOfficeWizard(look, Clock(NOW), tmp_path, CHEAP)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qapp.processEvents()
    yield made  # type: ignore[misc]
    if made.flow.made is not None:
        made.flow.made.session.close()
        made.flow.sheet_kept = True  # lets the window close
