"""What points at the record that the pane shows: by register with counts; each opens, one press writes a new one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from thidua_desktop.services.records import Record
from thidua_desktop.services.related import RelatedGroup, linked_values, related
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.buttons import borderless, link
from thidua_desktop.ui.components.labels import IconLabel, caption, hairline_widget, label
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look

_TITLE_WIDTH = 250  # px at 100 %: what the pane has for a link, less its chevron


class RelatedView(QWidget):
    """``opened`` carries register and record id, ``new_asked`` register and values to start with.

    Registers without a record that points here stand in the menu alone.
    """

    opened = Signal(str, str)
    new_asked = Signal(str, object)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look, self._session = look, session
        self.groups: list[RelatedGroup] = []
        self._record_id = ""
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 0, 16, 12, 6)
        outer.addWidget(hairline_widget())
        self._menu = QMenu()
        self.new_button = borderless(look, "Ghi thêm", "plus", menu=self._menu)
        self.new_button.setAccessibleName("Ghi bản ghi mới gắn với bản ghi này")
        self._title = label("Liên quan", TextRole.STRONG)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.new_button)
        outer.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(6))
        outer.addLayout(self._lines)
        self.hide()

    def show_record(self, record: Record) -> None:
        """The relations of another record, or of the same one after a change."""
        self._record_id = record.id
        self.groups = related(self._session, record.register, record.id)
        clear_layout(self._lines)
        for group in self.groups:
            if group.count:
                self._lines.addWidget(self._group(group))
        self._fill_menu()
        self.setVisible(bool(self.groups))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for group in self.groups:
            if group.may_add:
                self._menu.addAction(group.new_text.replace("&", "&&"), partial(self.ask_new, group))
        self.new_button.setVisible(not self._menu.isEmpty())

    def _group(self, group: RelatedGroup) -> QWidget:
        look = self._look
        holder = QWidget()
        column = QVBoxLayout(holder)
        look.margins(column, 0, 0, 0, 0, 1)
        column.addWidget(IconLabel(look, group.icon, f"{group.title}: {group.count_text}", "text-2", wrap=True))
        for one in group.newest:
            measured = QFontMetrics(look.font())
            words = measured.elidedText(one.title, Qt.TextElideMode.ElideRight, look.px(_TITLE_WIDTH))
            lead = link(look, words)
            lead.setAccessibleName(f"Mở {group.singular}: {one.title}")
            lead.setToolTip(one.title)
            lead.clicked.connect(lambda _checked=False, key=one.id: self.opened.emit(group.register, key))
            column.addWidget(lead, 0, Qt.AlignmentFlag.AlignLeft)
        rest = group.count - len(group.newest)
        if rest:
            column.addWidget(caption(f"và {rest if group.is_exact else 'nhiều'} bản ghi khác"))
        return holder

    def ask_new(self, group: RelatedGroup) -> None:
        """A new record of the group's register, linked to the one that is shown."""
        self.new_asked.emit(group.register, linked_values(self._session, group, self._record_id))
