"""Everything on every page has the room it needs, at the sizes of look.md and at every text size.

Each page is made once, then resized and rescaled: nothing cut off, covered, outside its parent, or sideways.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.access.measuring import overlapping, too_small
from tests.ui.access.test_every_page import KINDS
from tests.ui.access.text_fields import text_fields, text_of
from tests.ui.access.walking import outside, sideways
from tests.ui.pages.typing_vietnamese import commit
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle, views
from thidua_desktop.ui.pages.entry.page import EntryPage

SCREENS = {  # text size -> logical pixels of the window
    1.0: ((1366, 768), (1280, 720)),  # the second: 1920×1080 at 150 %
    1.6: ((1366, 768),),
}
OTHER_TEXT = (0.9, 1.3)
AT_125 = (1536, 864)  # 1920×1080 at 125 %: laid out as at 1366, with more room
ROUNDS = 3  # of events, until parts whose height depends on their width have told those above them


def wrong_at(desk: Desk, *size: int) -> list[str]:
    """What is wrong with the window as it is shown at a size."""
    window = desk.window
    window.resize(*size)
    settle(window, ROUNDS)
    found = _wrong(window)
    if found:  # under load it may not have come to rest
        settle(window)
        found = _wrong(window)
    return [f"{size} at {desk.look.text_scale}: {one}" for one in found]


def _wrong(window: QWidget) -> list[str]:
    return [one for look in (too_small, overlapping, outside, sideways) for one in look(window)]


def forget_pages(desk: Desk) -> None:
    """A page that was looked at is deleted, so that many do not make each other slow."""
    window = desk.window
    window.back()
    for key in [key for key in window._pages if key != window.room()]:
        window._drop(window._pages.pop(key))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]


def part_of(name: str) -> str:
    """Rooms, lists or forms: each part is a test, so that they run beside each other."""
    return name.partition("-")[0] if name.startswith(("list-", "form-")) else "room"


@pytest.mark.parametrize("scale", SCREENS)
@pytest.mark.parametrize("part", ["room", "list", "form"])
def test_every_page_has_the_room_it_needs(desk: Desk, part: str, scale: float) -> None:
    desk.look.set_text_scale(scale)
    desk.window.open_room("admin")
    forget_pages(desk)  # the first room was made at another text size
    wrong = []
    for name, show in views(desk):
        if part_of(name) != part:
            continue
        show()
        settle(desk.window, ROUNDS)
        wrong += [f"{name}: {one}" for size in SCREENS[scale] for one in wrong_at(desk, *size)]
        forget_pages(desk)
    assert not wrong, "\n".join(wrong)


def test_with_large_text_every_room_opens_at_its_head(desk: Desk) -> None:
    desk.look.set_text_scale(1.6)
    desk.window.open_room("admin")
    forget_pages(desk)
    scrolled = []
    for name, show in views(desk):
        if part_of(name) != "form":
            show()
            desk.window.resize(1366, 740)
            settle(desk.window, ROUNDS)
            page = desk.window.page()
            assert page is not None
            scrolled += [name] if desk.window._holders[page].verticalScrollBar().value() else []
            forget_pages(desk)
    assert scrolled == []


@pytest.mark.parametrize("desk", ["commune"], indirect=True)
def test_an_open_page_follows_the_text_size(desk: Desk) -> None:
    """Rooms and a list of each kind are opened once; then the text is made smaller and larger under them."""
    desk.look.set_text_scale(1.0)
    shown = [(name, show) for name, show in views(desk) if not name.startswith("form-")]
    chosen = [one for one in shown if not one[0].startswith("list-") or one[0].removeprefix("list-") in KINDS]
    wrong = []
    for scale in (1.0, *OTHER_TEXT):
        desk.look.set_text_scale(scale)
        for name, show in chosen:
            show()
            size = AT_125 if scale == 1.0 else SCREENS[1.0][0]
            wrong += [f"{name}: {one}" for one in wrong_at(desk, *size)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("desk", ["commune"], indirect=True)
@pytest.mark.parametrize("register", ["movement_activity", "tip", "programme"])
def test_a_form_keeps_text_and_focus_while_the_text_size_changes(desk: Desk, register: str) -> None:
    """Ctrl and + or − in the middle of typing: the form is laid out anew around what was typed."""
    desk.look.set_text_scale(1.0)
    desk.window.push(desk.maker.form(desk.session.register(register)))
    settle(desk.window, ROUNDS)
    desk.window.activateWindow()
    page = desk.window.page()
    assert isinstance(page, EntryPage)
    field = next(one for one in text_fields(page.form))
    field.setFocus()
    field.clear()
    commit(field, "Đường Thuỷ 7")
    wrong = []
    for change, times in ((desk.look.larger, 6), (desk.look.smaller, 7)):
        for _ in range(times):
            change()
        wrong += wrong_at(desk, *SCREENS[1.0][0])
        assert text_of(field) == "Đường Thuỷ 7"
        assert desk.window.focusWidget() is field
    forget_pages(desk)
    assert not wrong, "\n".join(wrong)
