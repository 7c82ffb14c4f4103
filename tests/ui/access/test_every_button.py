"""Offices made new: whatever is pressed on a page does something, or says in a sentence why not, and can be left again.

An exception in a slot fails the test by itself (pytest-qt).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from tests.ui.access.pressing import Pressing, leave_questions
from tests.ui.access.test_empty_pages import bare_desk
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.look.theme import Look

PLACES: dict[str, tuple[tuple[str, object], ...]] = {
    "province": (
        ("inbox", "packages"), ("inbox", "cards"), ("inbox", "directives"), ("inbox", "paper"), ("inbox", "undo"),
        ("inbox", "aside"), ("board", None), ("board", "remind"), ("totals", None), ("totals", "ranking"),
        ("report", None), ("surveys", None), ("programme", None),
    ),
    "commune": (
        ("today", None), ("report", None), ("handoff", None), ("handoff", "receive"), ("surveys", None),
        ("standards", None), ("tip", None),
    ),
}  # fmt: skip
"""Rooms and what they are opened with; one list stands for all, which one machinery makes."""
NOTHING_TO_SEE = ("programme: menu 2 > ", "tip: menu 2 > ")
"""Columns and order of a list that is empty: they are kept, and seen with the first record."""


@pytest.fixture(scope="module")
def desk(
    request: pytest.FixtureRequest, session_look: Look, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    yield from bare_desk(request.param, session_look, tmp_path_factory.mktemp("nút") / "x.thidua")


@pytest.mark.parametrize(
    ("desk", "room", "argument"),
    [(kind, *place) for kind, places in PLACES.items() for place in places],
    indirect=["desk"],
)
def test_whatever_is_pressed_does_something(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, room: str, argument: object
) -> None:
    pressing = Pressing(desk, leave_questions(monkeypatch))
    pressing.page(room, partial(desk.window.open_room, room, argument))
    wrong = [one for one in pressing.wrong if not one.startswith(NOTHING_TO_SEE)]
    assert pressing.told and not wrong, "\n".join(wrong)
