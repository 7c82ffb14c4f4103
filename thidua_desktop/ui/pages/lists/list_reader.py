"""Reads the list that a page shows: small registers at once, large ones beside the window, which stays as it was.

A new question stops the one before it, so typing on never waits for what is no longer wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from thidua_desktop.services import lists
from thidua_desktop.services.lists import ListQuery, ListRow, RecordList, RowKeys, Totals
from thidua_desktop.services.session import Session
from thidua_desktop.ui.asking import Asker
from thidua_desktop.ui.components.table_clipboard import Copied

FIRST_SEEN = 60
"""So many rows are read with the list: those that the window shows, whose words say how wide the columns are."""


@dataclass(slots=True)
class Seeking:
    """A record that a page goes to, and what takes filters away that may hide it, the narrowest first."""

    record_id: str
    wideners: list[Callable[[], None]]
    widening: bool = False

    def widen(self) -> None:
        """Takes the next filter away."""
        self.widening = True
        self.wideners.pop(0)()
        self.widening = False


class ListReader(QObject):
    """``found`` carries the ``RecordList`` of the last query, ``totals_found`` the list whose foot is known now."""

    found = Signal(object)
    totals_found = Signal(object)
    slow_changed = Signal(bool)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._rows, self._totals, self._copies = (Asker(session, self) for _ in range(3))
        self._rows.slow_changed.connect(self.slow_changed)
        for asker in (self._rows, self._totals, self._copies):
            asker.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether a list is being read."""
        return self._rows.busy

    def first(self, query: ListQuery) -> RecordList:
        """The list that a page begins with; an empty one where it has to be read beside the window (``ask``)."""
        made = lists.open_list if lists.is_quick(self._session, query) else lists.nothing_yet
        return made(self._session, query)

    def ask(self, query: ListQuery, keep: Callable[[], str]) -> None:
        """Reads a list; ``found`` tells. ``keep``: id of the row that is shown first if it is listed."""
        self._totals.drop()
        if lists.is_quick(self._session, query):
            self._rows.drop()
            self.found.emit(lists.open_list(self._session, query))
            return
        current = keep()

        def read(reading: Session) -> RecordList:
            rows = lists.open_list(reading, query)
            rows.rows(0, FIRST_SEEN)
            place = rows.place_of(current) if current else None
            if place is not None:
                rows.rows(place, place + FIRST_SEEN)
            return rows

        self._rows.ask(read, lambda rows: self.found.emit(rows.handed_to(self._session)))

    def ask_totals(self, rows: RecordList) -> None:
        """Reckons the foot of a list; ``totals_found`` tells."""
        if rows.totals_known or lists.is_quick(self._session, rows.query):
            self.totals_found.emit(rows)
            return

        def reckoned(totals: Totals) -> None:
            rows.take_totals(totals)
            self.totals_found.emit(rows)

        query = rows.query
        self._totals.ask(lambda reading: reading.file.records.totals(query), reckoned)

    def ask_copy(
        self, rows: RecordList, keys: RowKeys, cells: Callable[[], Callable[[Sequence[ListRow]], Copied]],
        then: Callable[[Copied], None],
    ) -> None:  # fmt: skip
        """Reads rows of these numbers and makes a table of them; ``then`` gets it."""
        make = cells()

        def read(reading: Session) -> Copied:
            part = rows.part(reading, keys)
            return make(part.rows(0, len(keys)))

        if len(keys) <= lists.WINDOW_ROWS:
            then(read(self._session))
        else:
            self._copies.ask(read, then)

    def drop(self) -> None:
        """Wants nothing any more."""
        for asker in (self._rows, self._totals, self._copies):
            asker.drop()
