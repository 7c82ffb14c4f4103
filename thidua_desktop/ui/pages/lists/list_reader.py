"""Reads the list that a page shows: small registers at once, large ones beside the window, which stays as it was.

A new question stops the one before it, so typing on never waits for what is no longer wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from thidua_desktop.domain.periods import Period
from thidua_desktop.services import lists
from thidua_desktop.services.lists import ListQuery, ListRow, RecordList, RowKeys, Totals
from thidua_desktop.services.session import Session
from thidua_desktop.ui.asking import Asker, Found
from thidua_desktop.ui.components.table_clipboard import Copied

FIRST_SEEN = 60
"""So many rows are read with the list: those that the window shows, whose words say how wide the columns are."""


Earlier = tuple[Period, int] | None
"""The last period before that has records, and how many."""


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
    """``found`` carries the ``RecordList`` of the last query, ``totals_found`` the list whose foot is known now.

    ``earlier``: what there is before, where the last list is empty and ``look_back`` finds something.
    """

    found = Signal(object)
    totals_found = Signal(object)
    slow_changed = Signal(bool)
    failed = Signal(object)

    def __init__(
        self, session: Session, parent: QObject, look_back: Callable[[], Callable[[Session], Earlier]]
    ) -> None:
        """``look_back`` gives what is asked of the office where a list is empty, as things stand at that moment."""
        super().__init__(parent)
        self._session, self._look_back = session, look_back
        self.earlier: Earlier = None
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
        if not lists.is_quick(self._session, query):
            return lists.nothing_yet(self._session, query)
        return self._open(query)

    def _open(self, query: ListQuery) -> RecordList:
        rows = lists.open_list(self._session, query)
        self.earlier = None if len(rows) else self._look_back()(self._session)
        return rows

    def ask(self, query: ListQuery, keep: Callable[[], str]) -> None:
        """Reads a list; ``found`` tells. ``keep``: id of the row that is shown first if it is listed."""
        self._totals.drop()
        if lists.is_quick(self._session, query):
            self._rows.drop()
            self.found.emit(self._open(query))
            return
        current, look_back = keep(), self._look_back()

        def read(reading: Session) -> tuple[RecordList, Earlier]:
            rows = lists.open_list(reading, query)
            rows.rows(0, FIRST_SEEN)
            place = rows.place_of(current) if current else None
            if place is not None:
                rows.rows(place, place + FIRST_SEEN)
            return rows, None if len(rows) else look_back(reading)

        def tell(found: tuple[RecordList, Earlier]) -> None:
            rows, self.earlier = found
            self.found.emit(rows.handed_to(self._session))

        self._rows.ask(read, tell)

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
        self.ask_part(rows, keys, lambda part: make(part.rows(0, len(part))), then)

    def ask_part(
        self, rows: RecordList, keys: RowKeys, question: Callable[[RecordList], Found], then: Callable[[Found], None]
    ) -> None:
        """Asks something of the rows of these numbers: of a few at once, of many beside the window."""

        def read(reading: Session) -> Found:
            return question(rows.part(reading, keys))

        if len(keys) <= lists.WINDOW_ROWS:
            then(read(self._session))
        else:
            self._copies.ask(read, then)

    def drop(self) -> None:
        """Wants nothing any more."""
        for asker in (self._rows, self._totals, self._copies):
            asker.drop()
