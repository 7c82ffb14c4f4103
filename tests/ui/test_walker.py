"""Somebody presses, clicks, types and drops at random over both desks: no fault, no message of Qt, no lost keys.

Every second walk is at 160 % text and in high contrast.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import CHEAP, CLOCK, PASSWORD
from tests.ui.walker import Walker, answer_file_dialogs
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import records, updates
from thidua_desktop.services.offices import NewArea, NewOffice, create_office
from thidua_desktop.services.updates import Prepared
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.preferences import Preferences
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.look.tokens import Theme

STEPS = int(os.environ.get("THIDUA_STEPS", "80"))
SEEDS = range(int(os.environ.get("THIDUA_WALKS", "2")))


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this PC is touched, no other program is started."""
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda _url: True))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: 0)

    def no_setup(_prepared: Prepared) -> None:
        raise AssertionError("a set-up was started")

    monkeypatch.setattr(updates, "start_setup", no_setup)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """What may be dropped or chosen: nothing of it is sound."""
    folder = tmp_path / "tệp"
    folder.mkdir()
    for name in (
        "rác.tdp",
        "rỗng.tdcard",
        "x.xlsx",
        "ảnh.png",
        "sổ.thidua",
        "u.tdupdate",
        "k.tdkey",
        "c.toml",
        "b.txt",
    ):
        (folder / name).write_bytes(b"" if name.startswith("r") else b"PK\x03\x04 no such thing")
    (folder / "a.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    (folder / "bảng.csv").write_text("Ngày;Tên\n1/1/2026;x\n", encoding="utf-8")
    (folder / "thư mục").mkdir()
    return folder


@pytest.fixture(params=["commune", "province"])
def program(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, look: Look, tmp_path: Path
) -> Iterator[Program]:
    path = tmp_path / "sổ.thidua"
    province = request.param == "province"
    areas = () if province else (NewArea("thon", "Tân Lập", 364), NewArea("buon", "Ea M'Doal", 120))
    new = NewOffice(
        unit_code="66" if province else "22319", user_name="Mai Thu Sương", login="suong", password=PASSWORD,
        areas=areas, province=province,
    )  # fmt: skip
    session = create_office(path, new, CLOCK, CHEAP).session
    for number in range(0 if province else 6):
        values: Values = {
            "held_on": date(2026, 11, 8),
            "kind": "patrol",
            "title": f"Tuần tra {number}",
            "attendance_total": 5,
        }
        records.save(session, "movement_activity", values, reasons={"*": "thử"})
    session.close()
    if request.node.callspec.params["seed"] % 2:
        look.set_text_scale(1.6)
        look.set_theme(Theme.CONTRAST)
    made = Program(qapp, look, Preferences(), CLOCK)
    made.begin(path, PASSWORD)
    assert made.desk is not None
    settle(made.desk.window)
    yield made
    for _ in range(100):
        asked = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if asked is None:
            break
        asked.close()
        QApplication.processEvents()
    made.end()
    assert asked is None, f"{asked} cannot be closed"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_walk_at_random_finds_nothing(
    program: Program, files: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    walker = Walker(program, PASSWORD, files, seed)
    answer_file_dialogs(monkeypatch.setattr, walker.dice, files)
    for _ in range(STEPS):
        walker.step()
    assert not walker.finds, "\n".join(walker.finds)
