"""Offices made new: whatever is pressed on a page does something, or says in a sentence why not, and can be left again.

An exception in a slot fails the test by itself (pytest-qt).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from tests.ui.access.pressing import Pressing, leave_questions
from tests.ui.access.test_empty_pages import bare_desk
from thidua_desktop.services import commune_changes
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.desk.rooms import CHANGES
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.changes_page import ChangesPage

PLACES: dict[str, tuple[tuple[str, object], ...]] = {
    "province": (
        ("inbox", "packages"), ("inbox", "cards"), ("inbox", "directives"), ("inbox", "paper"), ("inbox", "undo"),
        ("inbox", "aside"), ("board", None), ("board", "remind"), ("totals", None), ("totals", "ranking"),
        ("report", None), ("surveys", None), ("programme", None), ("admin", None),
    ),
    "commune": (
        ("today", None), ("report", None), ("handoff", None), ("handoff", "receive"), ("surveys", None),
        ("standards", None), ("tip", None), ("admin", None),
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


@pytest.mark.parametrize("desk", ["province"], indirect=True)
def test_a_resolution_that_is_asked_for_can_be_written_and_taken_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of Sắp xếp đơn vị can be pressed before the form says what is asked."""

    def ask() -> None:
        desk.window.open_room(CHANGES)
        page = desk.window.page()
        assert isinstance(page, ChangesPage)
        if not commune_changes.written(desk.session):
            page.choose(tuple(code for code, _ in commune_changes.changeable(desk.session)[:2]))
        for line, words in ((page.news[0], "24999; Xã Sau Sáp Nhập"), (page.day, "1/1/2027"), (page.decision, "1/NQ")):
            line.setText(words)
        page.look_ahead()

    pressing = Pressing(desk, leave_questions(monkeypatch))
    pressing.page(CHANGES, ask)
    assert not pressing.wrong, pressing.wrong
    assert [one.partition(": ")[2].split("'")[1] for one in pressing.told] == ["Ghi thay đổi", "Bỏ thay đổi này"]
    settle(desk.window)
    assert [one.stands for one in commune_changes.written(desk.session)] == [False]
