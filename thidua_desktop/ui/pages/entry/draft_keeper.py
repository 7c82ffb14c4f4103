"""Keeps what is being typed: every two seconds while it changes, and whenever the focus moves.

A draft never waits for other work that writes, nor does the window for a draft (``drafts.write_waiting``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from thidua_desktop.errors import UserError
from thidua_desktop.services import drafts
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.ui.tasks import run_task, work_line

INTERVAL = 2_000  # milliseconds: text older than two seconds survives a power cut
_AGAIN = 200  # milliseconds
_NOTHING = Changes(frozenset())
"""Announced when no record changed, but whether what is typed is kept."""


class DraftKeeper(QObject):
    """The draft of one form. ``collect`` gives what to keep (JSON-able); ``kept`` is emitted after it was written.

    ``refused`` carries the ``UserError`` of a disk that does not take it, once until it does: a full disk must not
    stop anybody from typing or leaving a page. The draft then stays in memory and is tried again by itself.
    """

    kept = Signal()
    refused = Signal(object)

    def __init__(
        self, session: Session, register: str, collect: Callable[[], Mapping[str, object]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._register, self._collect = session, register, collect
        self.record_id: str | None = None
        self._last: Mapping[str, object] = {}
        self._is_refused = False
        self._is_held = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep_now)

    def start(self, record_id: str | None) -> None:
        """What stands in the form now is saved or blank: nothing to keep yet."""
        self.record_id = record_id
        self._is_held = False
        self._timer.stop()
        self._last = self._collect()

    def hold(self) -> None:
        """Another content is put into the form: nothing is kept until ``start`` says of which record it is.

        A row that goes while the cursor is in it is left like any field, and would keep one record as another's draft.
        """
        self._is_held = True

    def start_unsaved(self) -> None:
        """What stands in the form was taken out of the register meanwhile: its draft stays under the id that it had,
        where it takes the place of no other new record's."""
        self._last = {}
        self.changed()

    def changed(self) -> None:
        """Something was typed; it is kept within two seconds."""
        if not self._timer.isActive():
            self._timer.start()

    def is_dirty(self) -> bool:
        """Whether the form differs from what is saved or kept."""
        return self._collect() != self._last

    def keep_now(self) -> bool:
        """Writes the draft if anything changed since; True when it was written."""
        self._timer.stop()
        content = self._collect()
        if self._is_held or content == self._last:
            return False
        self._last = content
        return self._written(lambda: drafts.keep(self._session, self._register, self.record_id, content))

    def drop(self) -> None:
        """Forgets the draft."""
        self._timer.stop()
        self._written(lambda: drafts.drop(self._session, self._register, self.record_id), told=False)

    def _written(self, write: Callable[[], bool], told: bool = True) -> bool:
        try:
            written = write()
        except UserError as refusal:
            self.tell_refused(refusal)
            session = self._session
            session.announce(_NOTHING)  # the status bar says so
            QTimer.singleShot(INTERVAL, lambda: _write_again(session, self))
            return False
        if not written:
            _write_soon(self._session, self)
        elif told:
            self.tell_kept()
        return written

    def tell_refused(self, refusal: UserError) -> None:
        """The disk does not take it."""
        if not self._is_refused:
            self._is_refused = True
            self.refused.emit(refusal)

    def tell_kept(self) -> None:
        """It is on the disk."""
        self._is_refused = False
        self.kept.emit()


_line: list[QThreadPool] = []
"""One thread, made at the first need: what is laid down last is what was typed last."""


def _lay_beside(session: Session) -> None:
    """Off the window's thread: the disk is busy with the long work. Refused, it still waits in memory."""
    app = QApplication.instance()
    assert app is not None
    if not _line:
        _line.append(work_line(app))
    laid = drafts.beside(session)
    run_task(app, lambda _control: laid(), _line[0])


def _write_soon(session: Session, keeper: DraftKeeper) -> None:
    """A long piece of work writes: what was kept waits beside the office file, even when its form is gone."""
    _lay_beside(session)
    QTimer.singleShot(_AGAIN, lambda: _write_again(session, keeper))


def _write_again(session: Session, keeper: DraftKeeper) -> None:
    """Tries again to bring what waits to its place, until it is there or the office is closed."""
    if not session.file.is_open:
        return
    was_refused = drafts.refused(session)
    try:
        written = drafts.write_waiting(session)
    except UserError as refusal:
        if isValid(keeper):
            keeper.tell_refused(refusal)
        QTimer.singleShot(INTERVAL, lambda: _write_again(session, keeper))
        return
    if not written:
        QTimer.singleShot(_AGAIN, lambda: _write_again(session, keeper))
        return
    _lay_beside(session)
    if was_refused:
        session.announce(_NOTHING)
    if isValid(keeper):
        keeper.tell_kept()
