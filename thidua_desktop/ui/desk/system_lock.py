"""The system says that the person goes: it locks its screen, or the lid closes and the machine sleeps.

A source of the system calls what it was handed; where there is none (no D-Bus, another system) the desk still locks by
the time that nobody touches it (``idle``).
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_SESSION_CHANGE, _SESSION_LOCK, _SESSION_LOGOFF = 0x02B1, 0x7, 0x6  # WM_WTSSESSION_CHANGE and its reasons
_POWER_BROADCAST, _SUSPEND = 0x0218, 0x4  # WM_POWERBROADCAST, PBT_APMSUSPEND
_WINDOWS_MESSAGE = b"windows_generic_MSG"
_LOGIND = "org.freedesktop.login1"
_SCREEN_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


class Source(Protocol):
    """Something of the system that tells when the person goes."""

    def start(self, tell: Callable[[], None]) -> bool:
        """Calls ``tell`` from now on; False where this system has no such thing."""

    def stop(self) -> None:
        """No longer; twice does no harm."""


class SystemLock:
    """Calls ``lock`` whenever one of the sources says that the person goes."""

    def __init__(self, lock: Callable[[], None], sources: Sequence[Source] | None = None) -> None:
        offered = system_sources() if sources is None else sources
        self.sources = [source for source in offered if source.start(lock)]

    def stop(self) -> None:
        """Listens no longer."""
        while self.sources:
            self.sources.pop().stop()


def system_sources() -> list[Source]:
    """What this system has to offer."""
    if sys.platform == "win32":
        return [WindowsSession()]
    return [DesktopBus()] if sys.platform.startswith("linux") else []


def tells_of_leaving(message: int, reason: int) -> bool:
    """Whether a message of Windows says that the session is locked or left, or the machine goes to sleep."""
    if message == _SESSION_CHANGE:
        return reason in (_SESSION_LOCK, _SESSION_LOGOFF)
    return message == _POWER_BROADCAST and reason == _SUSPEND


def session_path(session_id: str) -> str:
    """The object of a session at logind: each sign that is no letter or digit, and a first digit, as ``_`` and hex."""
    written = "".join(
        sign if sign.isascii() and sign.isalnum() and not (at == 0 and sign.isdigit()) else f"_{ord(sign):02x}"
        for at, sign in enumerate(session_id)
    )
    return f"/org/freedesktop/login1/session/{written}"


class WindowsSession(QAbstractNativeEventFilter):
    """Messages of Windows about this session, to a window of their own that is never shown."""

    def __init__(self) -> None:
        super().__init__()
        self._tell: Callable[[], None] | None = None
        self._window: QWidget | None = None

    def start(self, tell: Callable[[], None]) -> bool:
        if sys.platform != "win32":
            return False
        import ctypes

        window = QWidget()
        handle = ctypes.c_void_p(int(window.winId()))
        application = QCoreApplication.instance()
        try:
            told = bool(ctypes.windll.wtsapi32.WTSRegisterSessionNotification(handle, 0))
        except OSError:
            told = False
        if not told or application is None:
            window.deleteLater()
            return False
        self._window, self._tell = window, tell
        application.installNativeEventFilter(self)
        return True

    def stop(self) -> None:
        window, self._window, self._tell = self._window, None, None
        application = QCoreApplication.instance()
        if window is None:
            return
        if application is not None:
            application.removeNativeEventFilter(self)
        if sys.platform == "win32":
            import ctypes

            with contextlib.suppress(OSError):
                ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(ctypes.c_void_p(int(window.winId())))
        window.deleteLater()

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        """Looks at every message and lets it pass."""
        written = kind.data() if isinstance(kind, QByteArray) else bytes(kind)
        if self._tell is not None and written == _WINDOWS_MESSAGE:
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if told.hWnd == (int(self._window.winId()) if self._window else None) or told.message == _POWER_BROADCAST:
                self.hear(int(told.message), int(told.wParam or 0))
        return False, 0

    def hear(self, message: int, reason: int) -> None:
        """A message for this session."""
        if self._tell is not None and tells_of_leaving(message, reason):
            self._tell()


class DesktopBus(QObject):
    """Signals of logind (lock of this session, sleep) and of the screen saver over D-Bus."""

    def __init__(self) -> None:
        super().__init__()
        self._tell: Callable[[], None] | None = None

    def start(self, tell: Callable[[], None]) -> bool:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return False
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        self._tell = tell
        sleep, lock = "asleep(bool)", "locked()"
        manager, own = f"{_LOGIND}.Manager", session_path(os.environ.get("XDG_SESSION_ID", ""))
        heard = [
            self._hear(system, (_LOGIND, "/org/freedesktop/login1", manager, "PrepareForSleep"), sleep),
            self._hear(system, (_LOGIND, own, f"{_LOGIND}.Session", "Lock"), lock),
            *(self._hear(session, (name, path, name, "ActiveChanged"), sleep) for name, path in _SCREEN_SAVERS),
        ]
        return any(heard)

    def _hear(self, bus: QDBusConnection, signal: tuple[str, str, str, str], slot: str) -> bool:
        """A bus that is not there, or a Qt that connects otherwise, is no reason not to start."""
        with contextlib.suppress(TypeError, ValueError):
            written = cast("bytes", SLOT(slot))  # a str, whatever the stubs say
            return bus.isConnected() and bool(bus.connect(*signal, self, written))
        return False

    def stop(self) -> None:
        self._tell = None
        self.deleteLater()

    @Slot(bool)
    def asleep(self, begins: bool) -> None:
        """The machine goes to sleep or the screen saver comes on; not when it ends."""
        if begins:
            self.locked()

    @Slot()
    def locked(self) -> None:
        """The session is locked."""
        if self._tell is not None:
            self._tell()
