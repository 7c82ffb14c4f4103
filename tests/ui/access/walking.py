"""Pages walked as a screen reader and a keyboard walk them, and measured as an eye sees them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from thidua_desktop.ui.pages.attaching.file_line import FileLine
from thidua_desktop.ui.pages.entry.side_column import SectionButton
from thidua_desktop.ui.pages.entry.widgets.choices import ChoicesInput
from thidua_desktop.ui.pages.entry.widgets.date import DateInput
from thidua_desktop.ui.pages.today.areas_card import TileGrid

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QTabBar,
)
_SILENT = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Grouping)
_BY_OTHER_KEYS = "qt_"  # Qt's own parts (scroll arrows of tabs, spin box lines) are reached with their owner


def controls(page: QWidget) -> Iterator[QWidget]:
    """What a person can act on, as it is shown now."""
    for widget in page.findChildren(QWidget):
        own = widget.objectName().startswith(_BY_OTHER_KEYS) or isinstance(
            widget.parent(), QAbstractSpinBox | QComboBox
        )
        own = own or isinstance(widget, QHeaderView)  # spoken as a part of its table
        if isinstance(widget, CONTROLS) and widget.isVisible() and widget.isEnabled() and not own:
            yield widget


def spoken(widget: QWidget) -> tuple[str, QAccessible.Role]:
    """Name and role as Qt's accessibility interface gives them to a screen reader."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip(), found.role()


def unspoken(page: QWidget) -> list[str]:
    """Controls without a name, or with a role that says nothing."""
    wrong = []
    for widget in controls(page):
        name, role = spoken(widget)
        if not name or role in _SILENT:
            wrong.append(f"{path(widget)}: {name!r} {role.name}")
    return wrong


def unreached(page: QWidget) -> list[str]:
    """Controls that neither Tab nor an arrow within their group reaches, and that no key of their own opens."""
    chain = set[QWidget]()
    at: QWidget | None = page.window()
    while at is not None and at not in chain:
        chain.add(at)
        at = at.nextInFocusChain()
    return [
        path(widget)
        for widget in controls(page)
        if not (widget in chain and takes_tab(widget)) and not _has_own_way(widget)
    ]


def takes_tab(widget: QWidget) -> bool:
    """Whether it says that Tab stops at it."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _has_own_way(widget: QWidget) -> bool:
    """Arrows within a group or among tiles; Alt+↓ for a calendar; typing a topic again for its chip; F8, Tab and
    scrolling for the list of a form's sections; F2, Delete and the menu key for the buttons of an attached file."""
    if isinstance(widget, QAbstractButton) and (widget.group() is not None or widget.autoExclusive()):
        return True
    return isinstance(widget, SectionButton) or any(
        isinstance(at, TileGrid | ChoicesInput | DateInput | FileLine) for at in _above(widget)
    )


def _above(widget: QWidget) -> Iterator[QWidget]:
    at: QWidget | None = widget.parentWidget()
    while at is not None:
        yield at
        at = at.parentWidget()


def outside(page: QWidget) -> list[str]:
    """Widgets that stand outside their parent, where nothing scrolls to them."""
    wrong = []
    for widget in page.findChildren(QWidget):
        parent = widget.parentWidget()
        if parent is None or widget.isWindow() or not widget.isVisible() or widget.size().isEmpty():
            continue
        if isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea):
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
            wrong.append(f"{path(widget)} {_numbers(widget.geometry())} in {_numbers(parent.rect())}")
    return wrong


def sideways(page: QWidget) -> list[str]:
    """Scroll areas of a page whose contents are wider than their room: look.md lets tables alone scroll sideways."""
    return [
        f"{path(area)} by {area.horizontalScrollBar().maximum()} px"
        for area in page.findChildren(QScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def _numbers(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"


def path(widget: QWidget) -> str:
    kinds = [type(at).__name__ for at in (widget, *_above(widget))][:4]
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{' < '.join(kinds)} {words[:40]!r}"
