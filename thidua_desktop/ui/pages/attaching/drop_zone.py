"""A part of a window onto which files may be dropped, shown as such while they hang over it; and pasting into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QWidget

from thidua_desktop.ui.components.painting import draw_icon_at, draw_words
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.attaching.incoming import may_be_attached


class DropVeil(QWidget):
    """Lies over the zone while files hang over it: a broken line around, and what will happen."""

    def __init__(self, look: Look, zone: QWidget, words: str) -> None:
        super().__init__(zone)
        self._look, self.words = look, words
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(words)
        self.hide()

    def cover(self) -> None:
        """Over the whole zone, in front."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = look.color("bg")
        veil.setAlphaF(0.82)
        painter.fillRect(self.rect(), veil)
        inner = self.rect().adjusted(look.px(8), look.px(8), -look.px(8), -look.px(8))
        painter.setPen(QPen(look.color("accent-ink"), look.px(2), Qt.PenStyle.DashLine))
        painter.setBrush(look.color("accent-soft"))
        painter.drawRoundedRect(inner, look.px(8), look.px(8))
        middle = inner.center()
        draw_icon_at(painter, look, "paperclip", "accent-ink", middle.x() - look.px(16), middle.y() - look.px(24), 32)
        area = QRect(inner.left() + look.px(8), middle.y(), inner.width() - look.px(16), look.px(28))
        font, ink = look.font(TextRole.CARD_TITLE), look.color("accent-ink")
        draw_words(painter, self.words, area, font, ink, Qt.AlignmentFlag.AlignCenter)
        painter.end()


class DropZone(QObject):
    """Hands what is dropped on ``zone`` to ``take``; ``allowed`` says whether anything may be attached now."""

    def __init__(
        self, look: Look, zone: QWidget, words: str, allowed: Callable[[], bool], take: Callable[[QMimeData], None]
    ) -> None:
        super().__init__(zone)
        self._allowed, self._take = allowed, take
        self.veil = DropVeil(look, zone, words)
        zone.setAcceptDrops(True)
        zone.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self.veil.hide()
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            return self._on_drag(event)
        return False

    def _on_drag(self, event: QDropEvent) -> bool:
        dropped = event.type() == QEvent.Type.Drop
        if not self._allowed() or not may_be_attached(event.mimeData()):
            event.ignore()  # the window may have a place for it
            self.veil.hide()
            return True
        event.acceptProposedAction()
        if dropped:
            self.veil.hide()
            self._take(event.mimeData())
        elif not self.veil.isVisible():
            self.veil.cover()
        return True


class PasteKey(QObject):
    """Ctrl+V in ``part``: handed to ``take`` where the clipboard has something to attach and no words.

    A text field takes Ctrl+V for itself; it lets go of it only when it would paste nothing. Words are always its own:
    no key that types is looked at.
    """

    def __init__(self, part: QWidget, take: Callable[[QMimeData], None]) -> None:
        super().__init__(part)
        self._part, self._take = part, take
        self._watched: QWidget | None = None
        self._shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), part)
        self._shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._shortcut.activated.connect(self._on_paste)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        if (
            now is not None
            and self._part.isAncestorOf(now)
            and now.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        ):
            now.installEventFilter(self)
            self._watched = now
            now.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
            and has_only_files()
        ):
            event.ignore()  # what takes files is asked in its place
            return True
        return False

    def _on_paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if mime is not None:
            self._take(mime)


def has_only_files() -> bool:
    """Whether the clipboard holds files or a picture, and no words that a text field would take."""
    mime = QGuiApplication.clipboard().mimeData()
    if mime is None:
        return False
    return may_be_attached(mime) and (mime.hasUrls() or not mime.hasText())
