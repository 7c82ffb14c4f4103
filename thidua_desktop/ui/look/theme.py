"""``Look``: one theme at one text size, handed down to every window, page and component.

A ``Look`` is made once in ``app.py`` (or a test) and passed as the first argument of every component. There is no
global one. Components that keep pixel sizes call ``look.follow(widget, restyle)``: the function runs now and again
whenever theme or text size change, as long as the widget lives.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from weakref import WeakKeyDictionary, WeakValueDictionary

import shiboken6
from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QIcon, QPixmap, QWindow
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from thidua_desktop.ui.look.fonts import TextRole, load_fonts, role_font
from thidua_desktop.ui.look.icons import draw_icon
from thidua_desktop.ui.look.palette import build_palette
from thidua_desktop.ui.look.proxy_style import DeskStyle
from thidua_desktop.ui.look.stylesheet import build_stylesheet
from thidua_desktop.ui.look.text_size_keys import give_keys, window_of
from thidua_desktop.ui.look.tokens import TOKENS, Theme, Tokens
from thidua_desktop.ui.look.vietnamese import VietnameseTexts

__all__ = ["MAX_SCALE", "MIN_SCALE", "Look", "TextRole", "Theme"]

MIN_SCALE = 0.9
MAX_SCALE = 1.6
SCALE_STEP = 0.1
_MANY_WIDTHS = 4000  # words measured and kept; then forgotten all at once


class Look(QObject):
    """Theme and text size with everything derived from them.

    ``changed`` is emitted after the application has been restyled. ``text_scale`` is 0.9 to 1.6, 1.0 = 100 %.
    """

    changed = Signal()

    def __init__(self, theme: Theme = Theme.LIGHT, text_scale: float = 1.0) -> None:
        super().__init__()
        self._theme = Theme(theme)
        self._scale = _clamped(text_scale)
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[TextRole, bool | None], QFont] = {}
        self._widths: dict[tuple[str, TextRole, bool | None], int] = {}
        self._followers: dict[int, tuple[QWidget, Callable[[], None]]] = {}
        self._next_follower = 0
        self._margins: WeakKeyDictionary[QLayout, tuple[float, ...]] = WeakKeyDictionary()
        self._app: QApplication | None = None
        self._sheet = ""
        self._windows: WeakValueDictionary[int, QWidget] = WeakValueDictionary()  # a menu goes with its page
        self._translator: VietnameseTexts | None = None

    # What it is

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    @property
    def text_scale(self) -> float:
        """Text size, 1.0 = 100 %."""
        return self._scale

    @property
    def tokens(self) -> Tokens:
        """Colours of the theme, ``#RRGGBB``."""
        return TOKENS[self._theme]

    @property
    def high_contrast(self) -> bool:
        """True where tints are black and borders must stand for them."""
        return self._theme is Theme.CONTRAST

    # What components ask for

    def px(self, pixels: float) -> int:
        """``pixels`` at 100 % as whole pixels at the text size; never below 1 for a positive number."""
        return max(1, round(pixels * self._scale)) if pixels > 0 else 0

    def color(self, token: str) -> QColor:
        """The colour of a token name such as ``accent-ink``; also takes ``#RRGGBB``."""
        color = self._colors.get(token)
        if color is None:
            color = self._colors[token] = QColor(token if token.startswith("#") else self.tokens[token])
        return color

    def font(self, role: TextRole = TextRole.BASE, bold: bool | None = None) -> QFont:
        """The font of a text role, ``bold`` overriding the role's weight."""
        font = self._fonts.get((role, bold))
        if font is None:
            font = role_font(role, self._scale)
            if bold is not None:
                font.setBold(bold)
            self._fonts[role, bold] = font
        return QFont(font)

    def text_width(self, text: str, role: TextRole = TextRole.BASE, bold: bool | None = None) -> int:
        """Width of ``text`` in pixels, rounded up: widths come from the longest word, not from constants."""
        width = self._widths.get((text, role, bold))
        if width is None:
            if len(self._widths) > _MANY_WIDTHS:
                self._widths.clear()
            width = math.ceil(QFontMetrics(self.font(role, bold)).horizontalAdvance(text)) + 1
            self._widths[text, role, bold] = width
        return width

    def pixmap(self, name: str, ink: str = "text-2", size: int = 18, ratio: float | None = None) -> QPixmap:
        """A tinted icon; ``size`` is pixels at 100 %. Cached by (name, ink, size, device pixel ratio)."""
        if ratio is None:
            app = QGuiApplication.instance()
            ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
        key = (name, self.color(ink).name(), self.px(size), ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = draw_icon(key[0], key[1], key[2], ratio)
        return self._pixmaps[key]

    def icon(self, name: str, ink: str = "text-2", size: int = 18) -> QIcon:
        """A tinted icon for Qt's own widgets (menus, dialogs); components paint ``pixmap`` instead."""
        icon = QIcon(self.pixmap(name, ink, size))
        icon.addPixmap(self.pixmap(name, "muted", size), QIcon.Mode.Disabled)
        return icon

    def margins(self, layout: QLayout, left: int, top: int, right: int, bottom: int, spacing: int = 8) -> None:
        """Sets margins and spacing of a layout now and at every change of text size; numbers are px at 100 %.

        A page has some hundred layouts: they are kept by weak references, as following costs each a connection.
        """
        numbers = (left, top, right, bottom, spacing)
        self._set_margins(layout, numbers)
        if layout.parentWidget() is not None:
            self._margins[layout] = numbers

    def _set_margins(self, layout: QLayout, numbers: tuple[float, ...]) -> None:
        *margins, spacing = map(self.px, numbers)
        layout.setContentsMargins(*margins)
        layout.setSpacing(spacing)

    def follow(self, widget: QWidget, restyle: Callable[[], None]) -> None:
        """Calls ``restyle`` now and after every change of theme or text size, until ``widget`` is deleted."""
        number = self._next_follower
        self._next_follower += 1
        self._followers[number] = (widget, restyle)
        followers = self._followers
        widget.destroyed.connect(lambda *_: followers.pop(number, None))
        restyle()

    # How it changes

    def apply(self, app: QApplication) -> None:
        """Puts fonts, style, palette, stylesheet, Vietnamese standard texts and colour scheme on the application."""
        load_fonts()
        QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))  # months, days of calendars
        self._app = app
        app.setStyle(DeskStyle(self))
        self._translator = VietnameseTexts(app)
        app.installTranslator(self._translator)
        app.focusWindowChanged.connect(self._on_window)
        self._restyle()

    def give_keys(self, window: QWidget) -> None:
        """Ctrl +, − and 0 in a window, from its first moment on."""
        give_keys(window, self.larger, self.smaller, lambda: self.set_text_scale(1.0))

    def dress(self, window: QWidget) -> None:
        """The stylesheet to a window, and with it to all that is in it and to its dialogs, now and whenever it changes.

        Windows have it, not the application: while one is set there, Qt styles whatever gets a parent anew with all
        that it holds, so that a page that is put together from its parts is styled once for each box around a part.
        Dialogs and menus of no window get it by themselves (``DeskStyle``), and what came up without it when it is
        active.
        """
        number = id(window)
        if number in self._windows or window.parentWidget() is not None:
            return
        self._windows[number] = window
        windows = self._windows
        window.destroyed.connect(lambda *_: windows.pop(number, None))
        window.setStyleSheet(self._sheet)

    def _on_window(self, system: QWindow | None) -> None:
        window = window_of(system)
        if window is not None:
            self.give_keys(window)
            self.dress(window)

    def set_theme(self, theme: Theme) -> None:
        """Changes the theme everywhere."""
        if theme is not self._theme:
            self._theme = Theme(theme)
            self._forget()
            self._restyle()

    def set_text_scale(self, scale: float) -> None:
        """Changes the text size everywhere; values outside 0.9 to 1.6 are brought inside."""
        scale = _clamped(scale)
        if scale != self._scale:
            self._scale = scale
            self._forget()
            self._restyle()

    def larger(self) -> None:
        """One step (10 %) larger."""
        self.set_text_scale(self._scale + SCALE_STEP)

    def smaller(self) -> None:
        """One step (10 %) smaller."""
        self.set_text_scale(self._scale - SCALE_STEP)

    def _forget(self) -> None:
        for cache in (self._pixmaps, self._colors, self._fonts, self._widths):
            cache.clear()

    def _restyle(self) -> None:
        if self._app is not None:
            dark = self.color("bg").lightness() < 128
            self._app.styleHints().setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
            self._app.setPalette(build_palette(self.tokens))
            self._app.setFont(self.font())
            self._sheet = build_stylesheet(self.tokens, self._scale)
            for window in list(self._windows.values()):
                if shiboken6.isValid(window):
                    window.setStyleSheet(self._sheet)
        for layout in [found for kept in self._margins.keyrefs() if (found := kept()) is not None]:
            if shiboken6.isValid(layout):
                self._set_margins(layout, self._margins[layout])
        for number in list(self._followers):  # not the items: making them may collect widgets that are gone
            widget, restyle = self._followers.get(number, (None, None))
            if widget is None or restyle is None:
                continue
            if shiboken6.isValid(widget):
                restyle()
            else:
                self._followers.pop(number, None)
        self.changed.emit()


def _clamped(scale: float) -> float:
    return round(min(MAX_SCALE, max(MIN_SCALE, scale)), 2)
