"""An officer at a shown desk who types, attaches, ticks and saves without an end; the test kills the process.

Every told line stands for something that is so: ``kept`` and ``noted`` words that the page said are kept, ``saved``
and ``changed`` what it said was saved, ``ticked`` households, ``sat`` their number as kept, ``voted`` hands that were
counted, ``counted`` their number as kept.
``python -m tests.ui.desk.typing_until_killed OFFICE SEED``.
"""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.desk.conftest import PASSWORD
from tests.ui.pages.typing_vietnamese import commit
from thidua_desktop.services import lists
from thidua_desktop.services.offices import open_office
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.meeting.page import MeetingPage

ACTIVITY, MEETING = "movement_activity", "resident_meeting"
BEGUN = "Tuần tra lần"
_CTRL = Qt.KeyboardModifier.ControlModifier


def tell(what: str, words: str) -> None:
    sys.stdout.write(f"{what}\t{words}\n")
    sys.stdout.flush()


def new_activity(desk: Desk, number: str, dice: random.Random, folder: Path) -> None:
    """One activity with a file, saved from the keyboard; now and then left for a while before."""
    window = desk.window
    window.open_room(ACTIVITY)
    values = {"held_on": date(2026, 11, 8), "kind": "patrol", "attendance_total": 5}
    page = EntryPage(desk.session, desk.look, desk.maker.navigate, ACTIVITY, None, values)
    window.push(page)
    page.saved.connect(lambda _id: tell("saved", number))
    page.keeper.kept.connect(lambda: tell("kept", number) if number in str(page.form.draft()["title"]) else None)
    page.form.inputs["title"].go_to()
    field = QApplication.focusWidget()
    assert field is not None
    commit(field, f"{BEGUN} {number}")
    path = folder / f"biên bản {number}.pdf"
    path.write_bytes(b"%PDF-1.4\n" + dice.randbytes(dice.choice((2_000, 900_000))) + b"\n%%EOF\n")
    page.files.view.attach([path])
    QTest.qWait(dice.choice((0, 0, 30, 150, 2_600)))
    page._reasons = {problem.code: "thử" for problem in page.check_now().shown}
    QTest.keyClick(page.form, Qt.Key.Key_S, _CTRL)
    if page.findings.errors:
        raise RuntimeError([problem.text for problem in page.findings.errors])


def change(desk: Desk, number: str, dice: random.Random) -> None:
    """Words in the note of a record that stands already, saved or left."""
    window = desk.window
    found = lists.open_list(desk.session, lists.default_query(desk.session, ACTIVITY))
    window.open_room(ACTIVITY)
    record = found.row(dice.randrange(len(found))).id
    window.push(desk.maker.form(desk.session.register(ACTIVITY), record))
    page = window.page()
    assert isinstance(page, EntryPage)
    page.keeper.kept.connect(lambda: tell("noted", f"{record} {number}") if page.keeper.record_id == record else None)
    page.form.inputs["note"].go_to()
    field = QApplication.focusWidget()
    assert field is not None
    commit(field, f" ghi chú {number}")
    QTest.qWait(dice.choice((0, 30, 2_600)))
    if dice.random() < 0.7:
        page._reasons = {problem.code: "thử" for problem in page.check_now().shown}
        QTest.keyClick(page.form, Qt.Key.Key_S, _CTRL)
        if page.findings.errors:
            raise RuntimeError([problem.text for problem in page.findings.errors])
        tell("changed", f"{record} {number}")


def tick(desk: Desk, dice: random.Random) -> None:
    """Households ticked at a running meeting, saved now and then as a draft of the meeting."""
    window = desk.window
    found = lists.open_list(desk.session, lists.default_query(desk.session, MEETING))
    window.open_room(MEETING)
    window.push(desk.maker.form(desk.session.register(MEETING), found.row(0).id))
    page = window.page()
    assert isinstance(page, MeetingPage)
    page.keeper.kept.connect(lambda: tell("sat", str(came(page))))
    rows = page.desk.attendance.list
    for _ in range(dice.randrange(1, 8)):
        rows.setFocus()
        rows.highlight(dice.randrange(len(page.sheet.attendance)))
        QTest.keyClick(rows, Qt.Key.Key_Space)
        tell("ticked", str(came(page)))
        QTest.qWait(dice.choice((0, 20, 2_300)))
    if dice.random() < 0.5:
        QTest.keyClick(rows, Qt.Key.Key_S, _CTRL)
        tell("sat", str(came(page)))


def vote(desk: Desk, dice: random.Random) -> None:
    """Hands counted at an item of the running meeting, and taken back in the end: later fewer may be there."""
    window = desk.window
    found = lists.open_list(desk.session, lists.default_query(desk.session, MEETING))
    window.open_room(MEETING)
    window.push(desk.maker.form(desk.session.register(MEETING), found.row(0).id))
    page = window.page()
    assert isinstance(page, MeetingPage)
    page.desk.show_item(0)
    hands = page.desk.item.votes.first_counter()
    page.keeper.kept.connect(lambda: tell("counted", str(voted(page))))
    for _ in range(min(came(page), dice.randrange(1, 6))):
        hands.setFocus()
        QTest.keyClick(hands, Qt.Key.Key_Up)
        tell("voted", str(voted(page)))
        QTest.qWait(dice.choice((0, 20, 2_300)))
        if dice.random() < 0.3:
            QTest.keyClick(hands, Qt.Key.Key_S, _CTRL)
            tell("counted", str(voted(page)))
    while voted(page):
        QTest.keyClick(hands, Qt.Key.Key_Down)
        tell("voted", str(voted(page)))


def voted(page: MeetingPage) -> int:
    """Hands that are counted for the first item."""
    return int(str(page.sheet.agenda[0].get("yes") or 0))


def came(page: MeetingPage) -> int:
    """Households that are ticked."""
    return sum(1 for row in page.sheet.attendance if row.get("present"))


def main(office: str, seed: str) -> None:
    """Work until somebody ends it."""
    app = QApplication([])
    look = Look()
    look.apply(app)
    dice, folder = random.Random(seed), Path(office).parent
    desk = Desk(open_office(Path(office), PASSWORD), look)
    desk.window.show()
    desk.window.activateWindow()
    QTest.qWait(50)
    tell("ready", "")
    for number in range(1_000_000):
        kind = dice.random()
        if kind < 0.6:
            new_activity(desk, f"{seed}-{number}", dice, folder)
        elif kind < 0.75:
            change(desk, f"{seed}-{number}", dice)
        else:
            tick(desk, dice)
            vote(desk, dice)
        QTest.qWait(dice.choice((0, 0, 40)))


if __name__ == "__main__":
    main(*sys.argv[1:])
