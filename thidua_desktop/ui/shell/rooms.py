"""What the window is made of, as data: rooms, header, status parts, help texts, search results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

DIALOG_HELP = "dialog:"
"""Before the name of a dialog, where what F1 says of it is asked for."""
ROOM_HELP = "room:"
"""Before a room's key: a room, a register or a group of registers."""
CARD_HELP = "card:"
"""Before the title of a card on a page."""
REPORT_HELP = "report:"
"""Before the name of a report."""
CRITERIA_HELP = "criteria:"
"""Before the name of a set of criteria."""
PAGE_HELP = "page:"
"""Before a page's title, where a page that is no room has words of its own (``guide.toml``)."""
HOW_HELP = "how:"
"""Before the key of one of the guide's answers: how a thing is done that has no page of its own."""


class Room(NamedTuple):
    """A place in the sidebar.

    ``group`` is the caption it stands under ("" for none); rooms of one group stand together. A room with
    ``children`` and no ``make_page`` opens in place. ``badge`` is a bare number, ``badge_text`` what it means
    ("9 việc đến hạn"). ``make_page`` runs when the room is first shown.
    """

    key: str
    title: str
    icon: str = ""
    group: str = ""
    children: tuple[Room, ...] = ()
    badge: int = 0
    badge_text: str = ""
    make_page: Callable[[], QWidget] | None = None


class SearchResult(NamedTuple):
    """One line of the search popup; ``open`` runs when it is chosen. ``why`` it was found is asked for later, where the
    title does not show it."""

    title: str
    detail: str
    open: Callable[[], None]
    icon: str = ""
    why: Callable[[], str] | None = None


class SearchGroup(NamedTuple):
    """Results of one kind under a caption."""

    caption: str
    results: tuple[SearchResult, ...]


class HelpText(NamedTuple):
    """What F1 shows: a title, paragraphs, and where it comes from (use, legal basis)."""

    title: str
    text: str
    basis: str = ""


class StatusPart(NamedTuple):
    """A part of the status bar; pressing it emits its ``key``. ``ink`` colours the icon only."""

    key: str
    text: str
    icon: str = ""
    ink: str = "text-2"
    right: bool = False
    short: str = ""  # the words where all parts together have too little room


class ShellHeader(NamedTuple):
    """Who and where: office lines, person, and the callables that the bars need."""

    office: str
    office_detail: str = ""
    person: str = ""
    person_detail: str = ""
    search: Callable[[str, Callable[[Sequence[SearchGroup]], None]], None] | None = None
    help_text: Callable[[str], HelpText | None] | None = None
    undo: Callable[[], None] | None = None
    redo: Callable[[], None] | None = None
    lock: Callable[[], None] | None = None
    new_record: Callable[[], None] | None = None
    new_barred: str = ""  # why this person makes no records
    guide: Callable[[], None] | None = None
    may_close: Callable[[], bool] | None = None
    status: Sequence[StatusPart] = ()
