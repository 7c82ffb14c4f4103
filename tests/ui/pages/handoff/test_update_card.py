"""A later program that a directive brought: asked for, found beside it, opened in Quản trị."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.services import updates
from thidua_desktop.services.handoff import directives
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.sync import update
from thidua_desktop.sync.keys import SigningKey
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.page import RECEIVE, HandoffPage

KEY = SigningKey(b"release1", bytes(range(32)))


@pytest.fixture
def page(qtbot: QtBot, look: Look, pair: TwoOffices, desk: Desk) -> Iterator[HandoffPage]:
    made = HandoffPage(pair.commune, look, desk)
    qtbot.addWidget(made)
    made.show_view(RECEIVE)
    made.show()
    yield made
    for finder in (made.directive.finder, made.update_card.finder):
        finder.pool.waitForDone()


def written(folder: Path, key: SigningKey = KEY) -> Path:
    setup = folder / "setup.bin"
    setup.write_bytes(b"MZ" * 99)
    target = folder / "thidua-9.0.0.tdupdate"
    facts = update.facts_of(setup, "9.0.0", updates.platform_name(), ["In nhanh hơn"])
    update.write_update(setup, facts, key, target)
    return target


def test_the_update_beside_a_directive_is_found_and_opened(
    page: HandoffPage, pair: TwoOffices, qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "release_keys", lambda: [KEY.verify_key])
    card = page.update_card
    assert card.isHidden()
    directives.make_directive(pair.province, DirectiveWish("Bản mới", files=(written(tmp_path),)), pair.folder)
    page.directive.finder.look_into(pair.folder)
    qtbot.waitUntil(lambda: card.found is not None, timeout=20000)
    assert card.notice.accessibleName().startswith("Có bản 9.0.0") and card.isVisibleTo(page)
    card.open_button.click()
    assert desk.rooms == [("admin", pair.folder / "thidua-9.0.0.tdupdate")]
    page.directive.apply()
    qtbot.waitUntil(lambda: "Tỉnh yêu cầu dùng bản 9.0.0" in card.notice.accessibleName(), timeout=20000)


def test_a_strangers_update_is_told_and_not_offered(
    page: HandoffPage, pair: TwoOffices, qtbot: QtBot, tmp_path: Path
) -> None:
    stranger = written(tmp_path, SigningKey.generate())
    page.update_card.look_beside(stranger)
    qtbot.waitUntil(lambda: page.update_card.found is not None, timeout=20000)
    assert "không có chữ ký" in page.update_card.notice.accessibleName()
    assert page.update_card.open_button.isHidden()
