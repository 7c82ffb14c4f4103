"""One program per person: a second start hands its files to the first, which comes forward, and ends.

The first answers whether it takes them: an office other than the one it has open it does not, so that start goes on
in a window of its own. Talk goes over a local socket that only this person can reach; nothing listens on a network.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from thidua_desktop.ui.desk.preferences import preferences_file

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_TAKEN, _NOT_MINE = b"taken\n", b"other\n"
_WAIT = 5000  # milliseconds for an answer: a program that is busy for longer is left alone
_MOST_BYTES = 64_000

Take = Callable[[Sequence[Path]], bool]
"""Shows what the files hold and comes forward; False when another window has to do it."""


def program_name() -> str:
    """The name under which this person's program is reached; the folder of preferences tells persons apart."""
    where = str(preferences_file().parent.absolute())
    return f"thidua-{hashlib.sha256(where.encode()).hexdigest()[:16]}"


def handed_over(files: Sequence[Path], name: str = "") -> bool:
    """Whether a program that runs already took the files (none: only came forward). Never raises."""
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name or program_name())
    if not socket.waitForConnected(_WAIT):
        return False
    _let_come_forward()
    words = json.dumps([str(path.absolute()) for path in files], ensure_ascii=False)
    socket.write(words.encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_WAIT):
            return False
    return bytes(socket.readLine().data()) == _TAKEN


def _let_come_forward() -> None:
    """Windows lets only the program in front bring another to the front."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


class OneProgram(QObject):
    """Listens for later starts of the same person. ``take`` answers them."""

    def __init__(self, take: Take, name: str = "") -> None:
        super().__init__()
        self._take = take
        self._name = name or program_name()
        self._server: QLocalServer | None = None

    def listen(self) -> bool:
        """Begins to listen; False when a program that runs has the name (it did not want the files: another window).

        A name left behind by a program that was killed is taken over.
        """
        from PySide6.QtNetwork import QLocalServer, QLocalSocket

        probe = QLocalSocket()
        probe.connectToServer(self._name)
        if probe.waitForConnected(_WAIT):  # asked first: to listen would take the name from a living program
            return False
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)
        if not server.listen(self._name):
            return False
        server.newConnection.connect(self._on_connection)
        self._server = server
        return True

    def close(self) -> None:
        """Stops listening."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda asked=socket: self._answer(asked))
            socket.disconnected.connect(socket.deleteLater)
            self._answer(socket)

    def _answer(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()
        if not socket.canReadLine():
            return
        files = _paths(bytes(socket.readLine().data()))
        taken = files is not None and self._take(files)
        socket.write(_TAKEN if taken else _NOT_MINE)
        socket.flush()


def _paths(line: bytes) -> list[Path] | None:
    try:
        words = json.loads(line)
    except ValueError:
        return None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return None
    return [Path(word) for word in words]
