"""Gửi tỉnh giữ hộ: asked in plain words at the commune, kept and printed at the province."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.pages.typing_vietnamese import commit
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import TwoOffices, two_offices
from thidua_desktop.services.handoff import escrow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.escrow_card import EscrowCard, GiveDialog, RescueDialog


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def test_a_way_in_is_given_kept_printed_and_taken_back(
    qtbot: QtBot, look: Look, pair: TwoOffices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commune, province = EscrowCard(look, pair.commune), EscrowCard(look, pair.province)
    told: list[str] = []
    for card in (commune, province):
        qtbot.addWidget(card)
        card.told.connect(told.append)
        card.show()
    assert commune.state.text() == "Không gửi tỉnh giữ hộ" and not commune.stop_button.isEnabled()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(pair.folder))
    commune.give_button.click()
    dialog = commune.dialog
    assert isinstance(dialog, GiveDialog) and not dialog.go_button.isEnabled()
    dialog.agreed.setChecked(True)
    dialog.go_button.click()
    all_done()
    assert "giữ hộ từ ngày" in commune.state.text()
    province.take(next(pair.folder.glob("*.tdescrow")))
    all_done()
    assert province.state.text() == "1 máy của xã gửi giữ hộ" and len(province.rescue_buttons) == 1
    province.ask_rescue(escrow.kept(pair.province)[0])
    sheet = province.dialog
    assert isinstance(sheet, RescueDialog)
    sheet.go()
    all_done()
    assert sheet.rows["reason"].problem.text()
    commit(sheet.reason, "Công văn số 12, mất mật khẩu")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "cuu.pdf"), ""))
    sheet.go()
    all_done()
    assert (tmp_path / "cuu.pdf").read_bytes().startswith(b"%PDF")
    commune.stop_button.click()
    all_done()
    assert commune.state.text() == "Không gửi tỉnh giữ hộ" and len(told) == 4
