"""The head of a page: back link, title, what scopes the page, spring, actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.ui.components.buttons import Button, ButtonKind, back_link, borderless
from thidua_desktop.ui.components.labels import ElidedLabel
from thidua_desktop.ui.components.showing import widgets_of
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look


class PageHead(QWidget):
    """34 px high. ``back`` names the list the page came from; connect ``head.back_button.clicked``.

    When the width ends, key hints go first, then borderless tools move into a menu "Thêm", the last ones first; then
    what scopes the page goes into a second line. The filled and bordered buttons stay, but for those in ``movable``.
    A title that still has no room beside back link and buttons begins the second line; where it has none beside the
    scope either, the scope goes on in a third.
    """

    def __init__(
        self,
        look: Look,
        title: str,
        back: str = "",
        scope: Sequence[QWidget] = (),
        actions: Sequence[QWidget] = (),
        movable: Sequence[Button] = (),
    ) -> None:
        super().__init__()
        self._look = look
        self._movable = tuple(movable)
        self._actions: list[QWidget] = []
        self.back_button: Button | None = None
        self._scope: list[QWidget] = []
        self._below = False
        self._title_below = False
        self._giving_way = False
        self._has_width = False  # what gives way is known only then
        lines = QVBoxLayout(self)
        lines.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # what it needs is its own to say
        look.margins(lines, 0, 0, 0, 0, 8)
        self._row = QHBoxLayout()
        self._second = QHBoxLayout()
        self._third = QHBoxLayout()
        for line in (self._row, self._second, self._third):
            lines.addLayout(line)
        if back:
            self.back_button = back_link(look, back)
            self._row.addWidget(self.back_button)
            self._row.addSpacing(look.px(4))
        self._title = ElidedLabel(title, TextRole.PAGE_TITLE)
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._title)
        self._row.addSpacing(look.px(8))
        self._scope_end = self._row.count()
        self._row.addStretch(1)
        self._more_menu = QMenu(self)
        self._more_menu.aboutToShow.connect(self._fill_menu)
        self._more = borderless(look, "Thêm", menu=self._more_menu)
        self._row.addWidget(self._more)
        self._more.hide()
        self._giving_way = True  # once, when all stand there
        for widget in scope:
            self.add_scope(widget)
        for widget in actions:
            self.add_action(widget)
        self._giving_way = False
        look.follow(self, self._restyle)

    def title(self) -> str:
        """The page's title."""
        return self._title.text()

    def set_title(self, text: str) -> None:
        """Changes the title."""
        self._title.setText(text)

    def add_action(self, widget: QWidget, movable: bool = False) -> None:
        """One more action at the right end."""
        self._actions.append(widget)
        if movable and isinstance(widget, Button):
            self._movable += (widget,)
        if widget not in self._movable and self._is_tool(widget) and widget.menu() is None:  # type: ignore[attr-defined]
            self._row.insertWidget(self._row.indexOf(self._more), widget)
        else:
            self._row.addWidget(widget)
        self._give_way()

    def remove_action(self, widget: QWidget) -> None:
        """Takes an action out; it keeps its parent and is hidden."""
        self._actions.remove(widget)
        self._movable = tuple(one for one in self._movable if one is not widget)
        self._row.removeWidget(widget)
        widget.hide()
        self._give_way()

    def add_scope(self, widget: QWidget) -> None:
        """One more widget between title and spring."""
        self._put_scope(False)
        self._scope.append(widget)
        self._row.insertWidget(self._scope_end, widget)
        self._scope_end += 1
        self._give_way()

    def buttons(self) -> list[Button]:
        """The actions that are offered now, those in the menu "Thêm" too."""
        tools = self._tools()
        return [
            one for one in self._actions
            if isinstance(one, Button) and one.menu() is None and (one in tools or not one.isHidden())
        ]  # fmt: skip

    def moved_tools(self) -> list[str]:
        """Words of the tools that stand in the menu "Thêm" now."""
        return [tool.text() for tool in self._tools() if tool.isHidden()]

    def minimumSizeHint(self) -> QSize:
        kept = [w for w in self._actions if not (self._is_tool(w) or w.isHidden())]
        width = self._look.px(132) + (self._more.sizeHint().width() if self._tools() else 0)
        width += sum(w.sizeHint().width() + self._look.px(8) for w in kept)
        if self._below:
            width = max(width, sum(w.minimumSizeHint().width() + self._look.px(8) for w in self._scope))
        return QSize(width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._has_width = True
        self._give_way()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._give_way()
        return super().event(event)

    def _is_tool(self, widget: QWidget) -> bool:
        return isinstance(widget, Button) and (widget.kind is ButtonKind.BORDERLESS or widget in self._movable)

    def _tools(self) -> list[Button]:
        """The tools, those that go first last: one with a menu of its own stays longer, and longest what may move."""
        tools = [w for w in self._actions if isinstance(w, Button) and self._is_tool(w)]
        return sorted(tools, key=lambda tool: (tool not in self._movable, tool.menu() is None))

    def _restyle(self) -> None:
        for line in (self._row, self._second, self._third):
            line.setSpacing(self._look.px(8))
        self._give_way()

    def _set_height(self) -> None:
        lines = 3 if self._third.count() else 2 if self._below or self._title_below else 1
        self.setFixedHeight(self._look.px(34 * lines + 8 * (lines - 1)))

    def _put_scope(self, below: bool) -> None:
        """Into the second line, or back behind the title."""
        if below == self._below:
            return
        self._below = below
        if below:
            self._scope_end -= len(self._scope)
            self._move_scope(self._row, self._second)
            return
        self._move_scope(self._third if self._third.count() else self._second, None)
        for place, widget in enumerate(self._scope):
            self._row.insertWidget(self._scope_end + place, widget)
        self._scope_end += len(self._scope)

    def _move_scope(self, begin: QHBoxLayout, end: QHBoxLayout | None) -> None:
        """Out of one line, with the spring after it where that is its own, and into another."""
        for widget in self._scope:
            begin.removeWidget(widget)
        if begin is not self._row:
            begin.takeAt(begin.count() - 1)
        if end is not None:
            for widget in self._scope:
                end.addWidget(widget)
            end.addStretch(1)

    def _part_title_and_scope(self) -> None:
        """A third line for the scope where the second does not hold title and scope."""
        gap = self._look.px(8)
        needed = self._title.sizeHint().width() + sum(w.sizeHint().width() + gap for w in self._shown_scope())
        third = self._below and self._title_below and needed > self.width()
        if third and not self._third.count():
            self._move_scope(self._second, self._third)
        elif not third and self._third.count():
            self._move_scope(self._third, self._second if self._below else None)

    def _shown_scope(self) -> list[QWidget]:
        return [widget for widget in self._scope if not widget.isHidden()]

    def _put_title(self, below: bool) -> None:
        """To the begin of the second line, or back behind the back link."""
        if below == self._title_below:
            return
        self._title_below = below
        if below:
            self._row.removeWidget(self._title)
            self._second.insertWidget(0, self._title)
            self._scope_end -= 1
        else:
            self._second.removeWidget(self._title)
            self._row.insertWidget(2, self._title)  # behind the back link and the gap after it
            self._scope_end += 1

    def _title_has_room(self) -> bool:
        """Whether the whole title stands beside what cannot give way."""
        if self.back_button is None:
            return True
        gap = self._look.px(8)
        kept = self._needed([], bool(self._tools())) - 2 * gap
        title = 0 if not self._title_below else self._title.sizeHint().width() + gap
        return kept + title <= self.width()

    def _needed(self, tools: Sequence[Button], more: bool, one_line: bool = False) -> int:
        """Width of the first line with these tools shown; ``one_line``: as if all stood in it."""
        gap = self._look.px(8)
        hidden = {id(tool) for tool in self._tools()} - {id(tool) for tool in tools}
        total = 0
        for widget in widgets_of(self._row):
            if id(widget) in hidden or (widget is self._more and not more):
                continue
            if widget is self._more or widget in tools or not widget.isHidden():
                total += widget.sizeHint().width() + gap
        if self._below and one_line:
            total += sum(w.sizeHint().width() + gap for w in self._shown_scope())
        if self._title_below and one_line:
            total += self._title.sizeHint().width() + gap
        return total + 3 * gap

    def _give_way(self) -> None:
        if self._giving_way:  # a height that is being set asks again, and its two halves would come apart
            return
        self._giving_way = True
        if self._has_width:
            self._arrange()
        self._set_height()
        self._giving_way = False

    def _arrange(self) -> None:
        tools = self._tools()
        buttons = [w for w in self._actions if isinstance(w, Button)]
        gone = sum(one.width_of_gone_hint() for one in buttons if one in tools or not one.isHidden())
        hints = self._needed(tools, more=False) + gone <= self.width()
        for button in buttons:
            button.set_key_hint_shown(hints)
        self._put_scope(bool(self._scope) and self._needed([], bool(tools), one_line=True) > self.width())
        shown = list(tools)
        while shown and self._needed(shown, more=len(shown) < len(tools)) > self.width():
            shown.pop()
        for tool in tools:
            tool.setVisible(tool in shown)
        self._more.setVisible(len(shown) < len(tools))
        self._put_title(not self._title_has_room())
        self._part_title_and_scope()

    def _fill_menu(self) -> None:
        self._more_menu.clear()
        for tool in self._tools():
            if tool.isHidden() and tool.menu() is not None:
                tool.menu().setTitle(tool.text())
                self._more_menu.addMenu(tool.menu())
            elif tool.isHidden():
                action = self._more_menu.addAction(tool.text())
                action.setEnabled(tool.isEnabled())
                action.setToolTip(tool.toolTip())
                action.triggered.connect(tool.click)
