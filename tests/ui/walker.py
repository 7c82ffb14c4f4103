"""Somebody who presses, clicks, types and drops anything anywhere: one seed, one walk.

``Walker.step`` does one thing to the window that is in front, and notes what must never be: a fault of the program, a
message of Qt, keys that reach nothing. Longer walks are run by hand: ``THIDUA_STEPS=20000 THIDUA_WALKS=9``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from thidua_desktop.ui import tasks
from thidua_desktop.ui.desk.start import Program
from thidua_desktop.ui.desk.waiting import WaitWindow, is_waiting
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.show_error import BugDialog
from thidua_desktop.ui.unlock.window import UnlockWindow

_NONE, _CTRL, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_PLAIN_KEYS = [
    "Tab",
    "Backtab",
    "Return",
    "Enter",
    "Escape",
    "Space",
    "Up",
    "Down",
    "Left",
    "Right",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "F1",
    "F2",
    "F4",
    "F6",
    "F8",
    "F9",
    "Delete",
    "Backspace",
]
_CTRL_KEYS = [
    "A",
    "C",
    "X",
    "V",
    "Z",
    "Y",
    "K",
    "N",
    "S",
    "D",
    "M",
    "T",
    "P",
    "F",
    "G",
    "Home",
    "End",
    "Return",
    "PageDown",
    "PageUp",
    "Left",
    "Right",
    "Plus",
    "Minus",
    "Space",
]
_LOST_FOR = 2  # looks: a focus that is mended at once is not lost
WORDS = (
    "Nguyễn Thị Ngọc Ánh", "tổ 5 ấp Đông", "1/3", "31/2/2026", "hôm qua", "29022028", "0", "-1", "1.234,5",
    "99999999999999",
    "y", "Nguye\u0302\u0303n", "<b>đậm</b>&amp;", "%s {0} {{ x }}", "'; DROP TABLE record; --", "\u202eab\u200b\u00a0",
    "👮🏽‍♀️", "dài " * 400, "a\nb\tc", "1\t2\n3\t4", "2026", "24:61", "8 giờ kém 5", "=1+1", "\x00\x07", "Ｆｕｌｌ",
)  # fmt: skip


class Walker:
    """``finds``: what must not be, each with the steps before it. ``password`` opens a locked desk again."""

    def __init__(self, program: Program, password: str, folder: Path, seed: int) -> None:
        self.program, self.password, self.folder = program, password, folder
        self.dice = random.Random(seed)
        self.finds: list[str] = []
        self.done: list[str] = []
        self._depth = 0
        self._turning = False  # within the turn of events after a step
        self._lost = 0

    # What must never be

    def note(self, what: str) -> None:
        """Something that must not be; told once, with what led to it."""
        self.finds.append(f"{what} <- {' | '.join(self.done[-6:])}")

    def look(self) -> None:
        """Whether the program stands as it should between two steps."""
        for window in QApplication.topLevelWidgets():
            if isinstance(window, BugDialog) and window.isVisible():
                self.note(f"fault: {window._report}")
                window.accept()
        desk = self.program.desk
        window = QApplication.activeWindow()
        quiet = QApplication.activePopupWidget() is None and not is_waiting()
        lost = (
            desk is not None
            and window is not None
            and window.isVisible()
            and quiet
            and not self._depth
            and not window.focusWidget()
        )
        if lost and not tasks.running():
            self._lost += 1
            if self._lost == _LOST_FOR:
                self.note(f"keys reach nothing in {type(window).__name__} at {self.where()}")
        elif not lost:
            self._lost = 0

    def where(self) -> str:
        """The page that is shown."""
        desk = self.program.desk
        return type(desk.window.page()).__name__ if desk is not None else "no desk"

    # One step

    def front(self) -> QWidget | None:
        """The window that a person would press in."""
        desk = self.program.desk
        asked: QWidget | None = (
            QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.program.asking
        )
        if asked is not None and isValid(asked) and asked.isVisible():
            return asked
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowHandle()]
        return desk.window if desk is not None and desk.window.isVisible() else next(iter(shown), None)

    def step(self) -> None:
        """One thing; should it open a loop of its own, the next ones happen in there."""
        front = self.front()
        if front is None or isinstance(front, WaitWindow):
            return
        if self._depth > 4:  # loops within loops: the innermost is left, as nobody else would
            QTest.keyClick(front, Qt.Key.Key_Escape)
            return
        active = QApplication.activeWindow()
        if (active is None or not active.isVisible()) and front.windowType() is not Qt.WindowType.Popup:
            front.activateWindow()  # no window manager gives the keys back here
        if isinstance(front, UnlockWindow) and self.dice.random() < 0.3:
            self._unlock(front)
            return
        weights = {self._key: 40, self._click: 30, self._type: 22, self._room: 4, self._rare: 4}
        act = self.dice.choices(list(weights), list(weights.values()))[0]
        self._depth += 1
        inner = QTimer(singleShot=True, interval=400)
        inner.timeout.connect(self._inside)
        inner.start()
        try:
            act(front)
        finally:
            inner.stop()
            self._depth -= 1
        late = QTimer(interval=2_000)
        late.timeout.connect(self._leave)
        late.start()
        self._turning = True
        QApplication.processEvents()
        self._turning = False
        late.stop()
        self.look()

    def _leave(self) -> None:
        """What was pressed answered only afterwards, with a loop of its own that nobody walks in."""
        front = self.front()
        if front is not None:
            QTest.keyClick(front, Qt.Key.Key_Escape)

    def _inside(self) -> None:
        """The step before is still in a loop of its own: a menu, a dialog that is waited for."""
        if not self._turning:  # else a slow machine would begin step after step within the turn after the one before
            self.step()
        if self._depth:
            QTimer.singleShot(20, self._inside)

    def _did(self, words: str) -> None:
        self.done.append(f"{self.where()}: {words}")

    def _key(self, front: QWidget) -> None:
        pressed, held = Qt.Key.Key_Tab, _NONE
        kind = self.dice.random()
        if kind < 0.65:
            pressed = getattr(Qt.Key, f"Key_{self.dice.choice(_PLAIN_KEYS)}")
            held = self.dice.choice((_NONE, _NONE, _NONE, _SHIFT))
        elif kind < 0.93:
            pressed, held = getattr(Qt.Key, f"Key_{self.dice.choice(_CTRL_KEYS)}"), _CTRL
        else:
            pressed = Qt.Key(int(Qt.Key.Key_0) + self.dice.randrange(1, 10))
            held = Qt.KeyboardModifier.AltModifier
        self._did(f"{held.name} {pressed.name}")
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or front.focusWidget() or front
        QTest.keyClick(target, pressed, held)

    def _click(self, front: QWidget) -> None:
        kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox, QTabBar, QPlainTextEdit, QAbstractSpinBox)
        found = [one for one in front.findChildren(QWidget) if one.isVisible() and not one.visibleRegion().isEmpty()]
        liked = [one for one in found if isinstance(one, kinds)]
        if not found:
            return
        target: QWidget = self.dice.choice(liked if liked and self.dice.random() < 0.85 else found)
        if isinstance(target, QAbstractItemView):
            target = target.viewport()
        seen = target.visibleRegion().boundingRect()
        at = QPoint(
            seen.x() + self.dice.randrange(max(1, seen.width())), seen.y() + self.dice.randrange(max(1, seen.height()))
        )
        name = target.accessibleName() or (target.text() if isinstance(target, QAbstractButton) else "")
        held = self.dice.choice((_NONE,) * 8 + (_CTRL, _SHIFT))
        kind = self.dice.random()
        self._did(f"click {kind:.2f} {type(target).__name__} {name[:40]!r}")
        button = Qt.MouseButton.RightButton if 0.8 <= kind < 0.9 else Qt.MouseButton.LeftButton
        self._press(target.window().windowHandle(), button, held, target.mapTo(target.window(), at), twice=kind >= 0.9)

    def _press(
        self, window: QWindow | None, button: Qt.MouseButton, held: Qt.KeyboardModifier, at: QPoint, *, twice: bool
    ) -> None:
        """On the window as the system knows it: what is pressed may be gone before the button is let go."""
        acts = (QTest.mousePress, QTest.mouseRelease, *((QTest.mouseDClick,) if twice else ()))
        for act in acts:
            if window is not None and isValid(window):
                act(window, button, held, at)

    def _type(self, front: QWidget) -> None:
        target = QApplication.focusWidget() or front.focusWidget()
        if target is None or not target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            return
        words = self.dice.choice(WORDS)
        self._did(f"type {words[:20]!r} in {type(target).__name__} {target.accessibleName()[:40]!r}")
        for preedit in (words[:1], words[:2]):
            QApplication.sendEvent(target, QInputMethodEvent(preedit, []))
        event = QInputMethodEvent("", [])
        event.setCommitString(words)
        if isValid(target):
            QApplication.sendEvent(target, event)

    def _room(self, _front: QWidget) -> None:
        desk = self.program.desk
        if desk is None or QApplication.activeModalWidget() is not None or not desk.window.isVisible():
            return
        window = desk.window
        kind = self.dice.random()
        if kind < 0.7:
            keys = [key for key, room in window._rooms.items() if room.make_page is not None]
            key = self.dice.choice(keys)
            self._did(f"room {key}")
            window.open_room(key)
        else:
            specs = [
                one
                for one in desk.session.definitions.registers.values()
                if desk.maker.has_room(one) and not one.hidden
            ]
            spec = self.dice.choice(specs)
            self._did(f"form {spec.name}")
            window.push(desk.maker.form(spec))

    def _rare(self, front: QWidget) -> None:
        acts: Sequence[Callable[[QWidget], None]] = (
            self._wheel, self._resize, self._clipboard, self._clipboard, self._drop, self._drop, self._lock,
            self._compose,
        )  # fmt: skip
        self.dice.choice(acts)(front)

    def _wheel(self, front: QWidget) -> None:
        at = QPoint(self.dice.randrange(max(1, front.width())), self.dice.randrange(max(1, front.height())))
        target = front.childAt(at) or front
        turned = QPoint(0, self.dice.choice((-120, 120, -1200)))
        self._did(f"wheel {type(target).__name__}")
        place = QPointF(target.mapFrom(front, at))
        event = QWheelEvent(
            place, QPointF(target.mapToGlobal(place.toPoint())), QPoint(), turned, Qt.MouseButton.NoButton, _NONE,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)

    def _resize(self, _front: QWidget) -> None:
        if self.program.desk is not None:
            size = self.dice.choice(((1366, 768), (1000, 600), (800, 480), (1920, 1080)))
            self._did(f"size {size}")
            self.program.desk.window.showNormal()
            self.program.desk.window.resize(*size)

    def _clipboard(self, _front: QWidget) -> None:
        self._did("clipboard")
        QGuiApplication.clipboard().setText(
            self.dice.choice((*WORDS, "Ngày\tTên\n1/11/2026\tTuần tra\n2/11/2026\tHọp"))
        )

    def _drop(self, _front: QWidget) -> None:
        desk = self.program.desk
        files = sorted(self.folder.iterdir())
        if desk is None or not files or not desk.window.isVisible() or QApplication.activeModalWidget() is not None:
            return
        chosen = self.dice.sample(files, k=min(len(files), self.dice.choice((1, 1, 2, 3))))
        self._did(f"drop {[one.name for one in chosen]}")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in chosen])
        actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        page = desk.window.page()
        targets = [
            desk.window,
            *([page.files.view.zone] if isinstance(page, EntryPage) and hasattr(page.files.view, "zone") else []),
        ]
        QApplication.sendEvent(self.dice.choice(targets), QDropEvent(QPointF(5, 5), actions, data, button, _NONE))

    def _lock(self, _front: QWidget) -> None:
        if self.dice.random() < 0.3:
            self._did("lock")
            self.program.lock()

    def _unlock(self, asking: UnlockWindow) -> None:
        self._did("unlock")
        asking.form.login.clear()
        asking.form.password.setText(self.password)
        asking.form.ask()
        for _ in range(200):
            if not asking.opening.busy:
                return
            QTest.qWait(10)

    def _compose(self, front: QWidget) -> None:
        """An input method that is left in the midst of a word."""
        target = QApplication.focusWidget() or front.focusWidget()
        if target is not None and target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            self._did("compose")
            QApplication.sendEvent(target, QInputMethodEvent("đư", []))


def answer_file_dialogs(replace: Callable[..., None], dice: random.Random, folder: Path) -> None:
    """The system's own dialogs are not walked: they are left, or answered with something in ``folder``."""

    def one_file(*_args: object, **_more: object) -> tuple[str, str]:
        return (str(dice.choice(sorted(folder.iterdir()))) if dice.random() < 0.5 else "", "")

    def files(*_args: object, **_more: object) -> tuple[list[str], str]:
        name = one_file()[0]
        return ([name] if name else [], "")

    def a_folder(*_args: object, **_more: object) -> str:
        return str(folder) if dice.random() < 0.5 else ""

    def a_new_file(_parent: object = None, _title: str = "", suggested: str = "", *_more: object) -> tuple[str, str]:
        return (str(folder / (Path(suggested).name or "x")) if dice.random() < 0.5 else "", "")

    answers: dict[str, Callable[..., object]] = {
        "getOpenFileName": one_file, "getOpenFileNames": files, "getExistingDirectory": a_folder,
        "getSaveFileName": a_new_file,
    }  # fmt: skip
    for name, answer in answers.items():
        replace(QFileDialog, name, staticmethod(answer))
