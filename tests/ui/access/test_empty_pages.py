"""Offices made new: every page says what to do and offers it; no page is a dead end; small explanations say something.

Nothing is recorded: no people, no areas, no sticks, no packages, no reports.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.ui.access.conftest import opened
from tests.ui.access.walking import path
from tests.ui.pages.conftest import OFFICE
from thidua_desktop.services.offices import NewOffice
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage
from thidua_desktop.ui.shell.page import Page

LISTS = ("movement_activity", "person", "residential_area", "household", "issued_paper", "tip")
"""Lists are made by one machinery: dated ones, those that only stand, one without its own room's habits."""

PROVINCE = NewOffice(unit_code="66", user_name="Tạ Đình Khoa", login="khoa", password=OFFICE.password, province=True)


@pytest.fixture(scope="module", params=["commune", "province"])
def desk(
    request: pytest.FixtureRequest, session_look: Look, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    yield from bare_desk(request.param, session_look, tmp_path_factory.mktemp("trong") / "x.thidua")


def bare_desk(kind: str, look: Look, path: Path) -> Iterator[Desk]:
    """The shown desk of an office of that kind in which nothing is recorded."""
    new = PROVINCE if kind == "province" else OFFICE._replace(areas=())
    for session in opened(path, new, filled=False):
        made = Desk(session, look)
        made.window.resize(1366, 768)
        made.window.show()
        made.window.activateWindow()
        yield made
        settle(made.window)
        made.leave()


def rooms(desk: Desk) -> Iterator[str]:
    """Every room of work, and lists of each kind."""
    for room in desk.maker.rooms():
        yield from (one.key for one in (room, *room.children) if one.make_page is not None and one.key in wanted(desk))


def wanted(desk: Desk) -> set[str]:
    own = {one.key for room in desk.maker.rooms() for one in (room, *room.children)}
    return (own - set(desk.session.definitions.registers)) | (own & set(LISTS))


def children(desk: Desk) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    """Pages that are shown over a room, as their buttons make them."""
    from thidua_desktop.ui.pages.admin.access_page import AccessPage
    from thidua_desktop.ui.pages.admin.doctor_page import DoctorPage
    from thidua_desktop.ui.pages.handoff.conflicts_page import ConflictsPage
    from thidua_desktop.ui.pages.handoff.undo_page import UndoPage
    from thidua_desktop.ui.pages.numbers.page import NumbersPage
    from thidua_desktop.ui.pages.people.duplicates_page import DuplicatesPage
    from thidua_desktop.ui.pages.province.aside_page import AsidePage

    args = (desk.session, desk.look, desk.maker.navigate)
    made: tuple[type[Page], ...] = (AccessPage, DoctorPage, UndoPage, AsidePage)
    if not desk.session.is_province:
        made = (AccessPage, DoctorPage, UndoPage, ConflictsPage, NumbersPage, DuplicatesPage)
        for register in ("movement_activity", "resident_meeting", "unit_succession"):
            yield register, lambda name=register: desk.maker.form(desk.session.register(name))
        yield "indicator", lambda: desk.maker.indicator(next(iter(desk.session.definitions.indicators)))
    for kind in made:
        yield kind.__name__, lambda kind=kind: kind(*args)  # type: ignore[misc]


def walked(desk: Desk) -> Iterator[tuple[str, Page]]:
    """Every page, shown one after another; what is shown over a room is left by Esc."""
    window = desk.window
    for key in rooms(desk):
        window.open_room(key)
        settle(window)
        yield key, shown(desk)
    for name, make in children(desk):
        window.push(make())
        settle(window)
        yield name, shown(desk)
        window.back()


def shown(desk: Desk) -> Page:
    page = desk.window.page()
    assert isinstance(page, Page)
    return page


def silent_empties(page: Page) -> list[str]:
    """Places where nothing is that say nothing, or offer nothing to do about it."""
    return [
        one.accessibleName()
        for one in page.findChildren(EmptyState)
        if one.isVisible()
        and not (len(one.accessibleName()) > 20 and [b for b in one.findChildren(Button) if ready(b)])
    ]


def ready(button: Button) -> bool:
    return button.isVisible() and button.isEnabled() and bool(button.text())


def test_what_is_empty_says_what_to_do_and_offers_it(desk: Desk) -> None:
    silent = {name: found for name, page in walked(desk) if (found := silent_empties(page))}
    assert silent == {}


def test_an_empty_list_offers_what_helps(desk: Desk) -> None:
    for key in set(rooms(desk)) & set(LISTS):
        desk.window.open_room(key)
        settle(desk.window)
        page = shown(desk)
        if not isinstance(page, ListPage):
            continue
        page.filters.field.setText("zzqqxx")
        settle(desk.window)
        assert page.card.empty.isVisible() and not silent_empties(page), key
        assert "bộ lọc" in page.card.empty.accessibleName()
        page.card.go_to()
        clear = desk.window.focusWidget()
        assert isinstance(clear, Button) and clear.text() == "Bỏ bộ lọc"
        clear.click()
        settle(desk.window)
        assert page.filters.field.text() == ""


def test_no_page_is_a_dead_end(desk: Desk) -> None:
    window, wrong = desk.window, []
    for key in rooms(desk):
        window.open_room(key)
        settle(window)
        wrong += [f"{key}: focus at {focus_place(desk)}"] if not focus_is_inside(desk) else []
    for name, make in children(desk):
        below = shown(desk)
        window.push(make())
        settle(window)
        wrong += [f"{name}: focus at {focus_place(desk)}"] if not focus_is_inside(desk) else []
        for _press in range(3):
            if shown(desk) is not below:
                QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
                settle(window)
        wrong += [f"{name}: Esc does not lead out"] if shown(desk) is not below else []
        wrong += [f"after {name}: focus at {focus_place(desk)}"] if not focus_is_inside(desk) else []
    assert wrong == []


def test_a_form_that_needs_an_empty_register_leads_there(desk: Desk) -> None:
    if desk.session.is_province:
        return  # it writes no meetings
    desk.window.push(desk.maker.form(desk.session.register("resident_meeting")))
    settle(desk.window)
    page = shown(desk)
    assert isinstance(page, MeetingPage) and "còn trống" in page.notice.words()
    (way,) = [button for button in page.notice.findChildren(Button) if ready(button)]
    way.click()
    settle(desk.window)
    assert desk.window.room() == "residential_area" and isinstance(shown(desk), ListPage)


def focus_is_inside(desk: Desk) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and focused.isVisible() and (shown(desk) is focused or shown(desk).isAncestorOf(focused))


def focus_place(desk: Desk) -> str:
    focused = QApplication.focusWidget()
    return path(focused) if focused is not None else "nothing"


def test_no_page_takes_a_key_of_the_window(desk: Desk) -> None:
    """Qt does neither of two things that have one key: Ctrl+L would not lock where a list has it, too."""
    own = {one.key().toString() for one in desk.window._shortcuts}
    assert "Ctrl+L" in own
    taken = {
        name: sorted(found)
        for name, page in walked(desk)
        if (found := own & {one.key().toString() for one in page.findChildren(QShortcut)})
    }
    assert taken == {}


def test_small_explanations_say_what_a_thing_is(desk: Desk) -> None:
    wrong = {}
    for name, page in walked(desk):
        found = [told for widget in page.window().findChildren(QWidget) if (told := bad_tip(widget))]
        if found:
            wrong[name] = sorted(set(found))
    assert wrong == {}


def bad_tip(widget: QWidget) -> str:
    """What is wrong with a widget's tooltip; "" for nothing."""
    tip, words = widget.toolTip(), visible_words(widget)
    if isinstance(widget, Button) and not widget.text() and widget.isVisible():
        reason = not widget.isEnabled() and tip
        return "" if tip == widget.accessibleName() or reason else f"{path(widget)}: only an icon, tip {tip!r}"
    if not tip or not widget.isVisible():
        return ""
    rules = (
        (tip == words and not is_cut(widget), "repeats what stands there"),
        (tip.startswith(("Nhấn", "Bấm", "Click", "Kích")), "says how, not what"),
        (tip[0].islower(), "begins with a small letter"),
        (tip != unicodedata.normalize("NFC", tip), "is not NFC"),
    )
    return next((f"{path(widget)}: {tip!r} {fault}" for broken, fault in rules if broken), "")


def visible_words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""


def is_cut(widget: QWidget) -> bool:
    return widget.fontMetrics().horizontalAdvance(visible_words(widget)) > widget.width()
