"""Icons: vendored, tinted, sharp."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor

from thidua_desktop.paths import resource_path
from thidua_desktop.ui.components.states import State, state_look
from thidua_desktop.ui.look.icons import icon_source
from thidua_desktop.ui.look.theme import Look

UI = Path(__file__).resolve().parents[3] / "thidua_desktop" / "ui"
PACKAGE, FORMS = UI.parent, UI.parents[1] / "forms"
QUOTED = re.compile(r'"([a-z0-9-]+)"')
ICON = re.compile("[a-z0-9-]+")
NAMED_SO = re.compile(r"(^|_)icon(_name)?$|^trailing$")
"""What a parameter or field that takes the name of an icon is called."""
DECLARED = re.compile(r'^icon = "([a-z0-9-]+)"', re.MULTILINE)


def _makers(trees: Mapping[Path, ast.Module]) -> dict[str, dict[str, int]]:
    """By function or class: parameters that take the name of an icon, and at which place (self is not counted)."""
    found: dict[str, dict[str, int]] = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                note(found, node.name, [one.arg for one in (*node.args.args, *node.args.kwonlyargs)])
            elif isinstance(node, ast.ClassDef):
                inits = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"]
                fields = [one.target.id for one in node.body
                          if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]  # fmt: skip
                named = [one.arg for one in (*inits[0].args.args, *inits[0].args.kwonlyargs)] if inits else fields
                note(found, node.name, named)
    found["pixmap"] = {"name": 0}
    return found


def note(found: dict[str, dict[str, int]], name: str, parameters: list[str]) -> None:
    own = [one for one in parameters if one not in ("self", "cls")]
    taking = {one: own.index(one) for one in own if NAMED_SO.search(one)}
    if taking:
        found.setdefault(name, {}).update(taking)


def used_names() -> set[str]:
    """Icon names that are written where a function or a class takes one, or declared in ``forms/``."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    makers = _makers(trees)
    names = {state_look(state).icon for state in State}
    for path in FORMS.rglob("*.toml"):
        names.update(DECLARED.findall(path.read_text(encoding="utf-8")))
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                names.update(_given(node, makers))
    return names


def _given(call: ast.Call, makers: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """The icons of one call: each text that a parameter for them may get, also one of two."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    taking = makers.get(called, {})
    given = [call.args[at] for at in taking.values() if at < len(call.args)]
    given += [one.value for one in call.keywords if one.arg in taking]
    for argument in given:
        for part in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,):
            words = part.value if isinstance(part, ast.Constant) else ""
            if isinstance(words, str) and ICON.fullmatch(words):  # other functions of that name take titles there
                yield words


def test_every_icon_that_is_asked_for_is_vendored() -> None:
    names = used_names()
    assert len(names) > 100
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


@pytest.mark.qt_log_ignore("no-such-icon", extend=True)
def test_an_icon_that_is_not_there_is_a_box_and_told_to_the_log_once(look: Look, qtlog: Any) -> None:
    for ink in ("#FF0000", "#00FF00"):
        assert not look.pixmap("no-such-icon", ink, 18, 1.0).isNull()
    assert [one.message for one in qtlog.records] == ["icon no-such-icon.svg cannot be read"]
    icon_source.cache_clear()
