"""The desk takes fewer keys than a spreadsheet for what is done most; the table in docs/keystrokes.md says how many."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from tests.ui.keystrokes.tasks import TASKS, Office, prepared
from tests.ui.keystrokes.typist import telex
from tests.unit.services.handoff.two_offices import two_offices
from thidua_desktop.services.handoff.sticks import Stick
from thidua_desktop.ui.components import paper_output
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff import stick_card

TABLE = Path(__file__).parents[3] / "docs" / "keystrokes.md"
Counts = dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def counts(session_look: Look, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counts]:
    """Each task by its name: keys here, keys in a spreadsheet."""
    with two_offices(tmp_path_factory.mktemp("xa")) as pair, pytest.MonkeyPatch.context() as patch:
        prepared(pair)
        stick = Stick(pair.folder, "USB", 5_000_000_000, ())
        patch.setattr(stick_card, "sticks", lambda: [stick])
        patch.setattr(paper_output, "ask_printer", lambda *_args: QPrinter())
        patch.setattr(paper_output, "print_pages", lambda *_args: 1)
        desk = Desk(pair.commune, session_look)
        desk.window.resize(1366, 768)
        desk.window.show()
        desk.window.activateWindow()
        settle(desk.window)
        try:
            yield {(task.__doc__ or "").rstrip("."): task(Office(desk, pair)) for task in TASKS}
        finally:
            settle(desk.window)
            desk.leave()


def test_every_task_takes_fewer_keys_than_a_spreadsheet(counts: Counts) -> None:
    assert len(counts) == len(TASKS)
    assert {name: pair for name, pair in counts.items() if pair[0] >= pair[1]} == {}


def test_the_table_in_the_docs_says_what_was_counted(counts: Counts) -> None:
    rows = [f"| {name} | {here} | {sheet} | {sheet - here} |" for name, (here, sheet) in counts.items()]
    head, _, _ = TABLE.read_text(encoding="utf-8").partition("| Việc |") if TABLE.exists() else ("", "", "")
    wanted = head + "\n".join(["| Việc | Phím ở đây | Phím ở bảng tính | Bớt |", "|---|---:|---:|---:|", *rows]) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        TABLE.write_text(wanted, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == wanted


def test_telex_costs_what_fingers_press() -> None:
    assert [telex(word) for word in ("tan", "tân", "đường", "Hòa", "thưởng")] == [3, 4, 8, 5, 8]
