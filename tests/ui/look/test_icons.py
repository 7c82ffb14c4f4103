"""Icons: vendored, tinted, sharp."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from thidua_desktop.paths import resource_path
from thidua_desktop.ui.components.states import State, state_look
from thidua_desktop.ui.look.icons import icon_source
from thidua_desktop.ui.look.theme import Look

UI = Path(__file__).resolve().parents[3] / "thidua_desktop" / "ui"
CALLS = re.compile(r'(?:pixmap|\.icon|Picture)\(\s*(?:(?:self\._)?look,\s*)?"([a-z0-9-]+)"')
QUOTED = re.compile(r'"([a-z0-9-]+)"')
MAKERS = "filled|bordered|borderless|tinted|danger|link"
BUTTONS = re.compile(rf'(?:{MAKERS})\([\w.]*look, [^()\n]*?", "([a-z0-9-]+)"')


def used_names() -> set[str]:
    """Icon names written in the sources where an icon is asked for."""
    names: set[str] = {state_look(state).icon for state in State}
    for path in UI.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        names.update(CALLS.findall(source), BUTTONS.findall(source))
    return names


def test_every_icon_that_is_asked_for_is_vendored() -> None:
    names = used_names()
    assert len(names) > 20
    assert [name for name in sorted(names) if not resource_path("icons", f"{name}.svg").is_file()] == []


def test_every_vendored_icon_is_named_somewhere() -> None:
    root = UI.parent.parent
    sources = [*UI.parent.rglob("*.py"), *(root / "forms").rglob("*.toml")]
    named = {name for path in sources for name in QUOTED.findall(path.read_text(encoding="utf-8"))}
    assert sorted({path.stem for path in resource_path("icons").glob("*.svg")} - named) == []


def test_every_icon_is_one_stroked_lucide_drawing() -> None:
    files = sorted(resource_path("icons").glob("*.svg"))
    for path in files:
        source = path.read_text(encoding="utf-8")
        assert 'stroke="currentColor"' in source, path.name
        assert 'viewBox="0 0 24 24"' in source, path.name
        assert 'stroke-width="2"' in source, path.name
    assert resource_path("icons", "LICENSE").read_text(encoding="utf-8").startswith("ISC License")


def test_an_icon_takes_its_ink(look: Look) -> None:
    image = look.pixmap("check", "#FF0000", 18, 2.0).toImage()
    drawn = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [color for color in drawn if color.alpha() == 255]
    assert image.width() == 36
    assert solid and all(color.name() == QColor("#FF0000").name() for color in solid)


def test_an_icon_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        icon_source("no-such-icon")
