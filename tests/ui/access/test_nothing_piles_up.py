"""Whatever is opened and left is gone: a window that stays open for weeks must not grow.

Counted are widgets, objects of the window that Python still holds, and who waits for the office or the look to change;
not memory, which falls and rises as it likes.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox
from shiboken6 import isValid

from tests.ui.access.test_every_page import KINDS
from tests.ui.working import all_done
from thidua_desktop.services.communes import Coverage
from thidua_desktop.ui.components.paper_output import ask_printer
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle, views
from thidua_desktop.ui.desk.surfaces import put_away, surfaces
from thidua_desktop.ui.pages.handoff.introduction import IntroductionView
from thidua_desktop.ui.pages.lists import copying
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.pages.report.missing_communes import ask_about_missing

_TIMES, _LOOKS = 2, 3
_WITH_MENUS = ("movement_activity", "household", "award_nomination", "report", "board", "totals", "standards", "today")
_STAYS = {"dialog-recovery"}  # the sheet is seen once: Esc leads to the box that says it was put away
_GOES_WITH_ITS_ANSWER = {"dialog-pick"}  # who asks reads it first


def let_go() -> None:
    """What was left is taken apart."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]


def alive(desk: Desk) -> Counter[str]:
    """How much of everything there is."""
    settle(desk.window, 2)
    for _ in range(2):
        let_go()
        gc.collect()
    found = Counter(f"widget {type(one).__name__}" for one in QApplication.allWidgets())
    kept = (one for one in gc.get_objects() if isinstance(one, QObject))
    found.update(f"object {type(one).__name__}" for one in kept if type(one).__module__.startswith("thidua_desktop"))
    found["listeners"] = len(desk.session.listeners)
    found["at closing"] = len(desk.session.at_close)
    found["followers of the look"] = len(desk.look._followers)
    found["margins of the look"] = len(desk.look._margins)
    return found


def grown(desk: Desk, act: Callable[[], None]) -> dict[str, int]:
    """What there is more of each time that something is done; the first time makes what is kept on purpose.

    What grew is looked at again: a line that a copy made meanwhile brings to Hôm nay comes once, what piles up comes
    each time.
    """
    act()
    more: dict[str, int] = {}
    for _ in range(_LOOKS):
        before = alive(desk)
        for _ in range(_TIMES):
            act()
        more = {name: count - before[name] for name, count in alive(desk).items() if count - before[name] >= _TIMES}
        if not more:
            break
        settle(desk.window)
    return more


def all_menus() -> list[QMenu]:
    """Every menu that there is."""
    return [one for one in QApplication.allWidgets() if isinstance(one, QMenu)]


def at_rest(desk: Desk) -> None:
    """What was begun beside the window was told, and what was left is gone."""
    all_done()
    desk.window.back()
    let_go()


def test_pages_panels_and_dialogs_leave_nothing_behind(desk: Desk) -> None:
    def walk() -> None:
        desk.window.open_room("admin")
        for _name, show in surfaces(desk):
            shown = show()
            all_done()
            put_away(desk, shown)
            let_go()

    assert grown(desk, walk) == {}


def test_rooms_lists_and_forms_leave_nothing_behind(desk: Desk) -> None:
    def walk() -> None:
        for name, show in views(desk):
            if name.partition("-")[2] in ("", *KINDS):
                show()
                at_rest(desk)

    assert grown(desk, walk) == {}


def test_menus_that_are_filled_anew_let_the_old_ones_go(desk: Desk) -> None:
    others = set(all_menus())  # of desks that other tests opened, whose office may be closed
    for room in _WITH_MENUS:
        if desk.window.has_room(room):
            desk.window.open_room(room)
            all_done()
    desk.window.push(desk.maker.indicator("sessions"))
    all_done()

    def open_all() -> None:
        for menu in all_menus():
            if menu not in others and isValid(menu):  # another one may have taken it apart
                menu.aboutToShow.emit()
        all_done()

    assert grown(desk, open_all) == {}
    at_rest(desk)


@pytest.mark.parametrize("desk", ["commune"], indirect=True)
def test_the_values_of_a_filter_go_with_their_menu(desk: Desk) -> None:
    desk.window.open_room("movement_activity")
    all_done()
    page = desk.window.page()
    assert isinstance(page, ListPage)

    def look_at_values() -> None:
        chip = next(one for one in page.filters.chips if one.accessibleName().startswith("Loại hoạt động"))
        chip.clicked.emit()
        all_done()
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
        assert shown
        for menu in shown:
            menu.close()

    assert grown(desk, look_at_values) == {}


def dialogs(desk: Desk) -> Iterator[tuple[str, QDialog]]:
    """Every dialog, shown."""
    for name, show in surfaces(desk):
        if name.startswith("dialog-"):
            shown = show()
            assert isinstance(shown, QDialog)
            yield name, shown


def test_a_dialog_goes_when_it_is_left(desk: Desk) -> None:
    """Its page may be a room, which stays for weeks."""
    staying = []
    for name, dialog in dialogs(desk):
        dialog.reject()
        let_go()
        if isValid(dialog):
            put_away(desk, dialog)
            staying += [name] if name not in _STAYS | _GOES_WITH_ITS_ANSWER else []
    assert staying == []


@pytest.mark.parametrize("desk", ["commune"], indirect=True)
def test_a_question_goes_with_its_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: 0)
    desk.window.open_room("movement_activity")
    all_done()
    page = desk.window.page()
    assert isinstance(page, ListPage)
    keys = IntroductionView(desk.session, desk.look)
    asks: tuple[Callable[[], object], ...] = (
        keys.ask_change,
        lambda: copying._tell_of_the_rest(page, 10_000, 20_000),
        lambda: ask_about_missing(page, Coverage((), ("Xã Tân Lập",)), page.update, page.update),
        lambda: ask_printer(page, "Biên bản", 2),
    )

    def ask_all() -> None:
        for ask in asks:
            ask()
            for box in (*page.findChildren(QMessageBox), *keys.findChildren(QMessageBox)):
                box.reject()
        let_go()

    assert grown(desk, ask_all) == {}
    keys.deleteLater()
