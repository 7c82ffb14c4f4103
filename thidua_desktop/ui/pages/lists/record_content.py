"""A record in words and its history, living or deleted: what panes beside lists show of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldType, RegisterSpec
from thidua_desktop.services import links, records
from thidua_desktop.services.attachments import is_file, is_technical, owner_words
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.text import format_moment, upper_first, with_unit
from thidua_desktop.ui.components.detail_pane import FieldChange, HistoryEntry
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import ANY_WIDTH, clear_layout
from thidua_desktop.ui.look.theme import Look

NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})


_BESIDE = 480  # px at 100 %: so wide, values stand beside their names
_NAMES = 190


class _Line(QWidget):
    """A field: its name above, its value below; beside each other where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(0)
        self._name = caption("", wrap=True)
        self._value = label("", wrap=True, selectable=True)
        self._both.addWidget(self._name)
        self._both.addWidget(self._value, 1)

    def spread(self, names: int) -> None:
        """The value beside its name, which has this width; under it where that is 0."""
        way = QBoxLayout.Direction
        self._both.setDirection(way.LeftToRight if names else way.TopToBottom)
        self._name.setMinimumWidth(names)
        self._name.setMaximumWidth(names or ANY_WIDTH)

    def say(self, name: str, value: str) -> None:
        """Shows another field."""
        self._name.setText(name)
        self._value.setText(value)
        self.show()


class RecordContent(QWidget):
    """The filled fields of a record, one under the other, and who wrote it last; more lines can be put below.

    Lines stay and say the next record: new ones would be styled anew for each row that one passes.
    """

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look, self._session, self._names = look, session, 0
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 10, 16, 12, 8)
        self._fields, self._more = QVBoxLayout(), QVBoxLayout()
        for part in (self._fields, self._more):
            look.follow(self, partial(self._space, look, part))
            outer.addLayout(part)
        self._lines: list[_Line] = []
        self._bearer, self._owner, self._who = label("", wrap=True), caption("", wrap=True), caption("", wrap=True)
        for one in (self._bearer, self._owner, self._who):
            outer.insertWidget(outer.count() - 1, one)
        outer.addStretch(1)

    @staticmethod
    def _space(look: Look, part: QVBoxLayout) -> None:
        part.setSpacing(look.px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        names = self._look.px(_NAMES) if self.width() >= self._look.px(_BESIDE) else 0
        if names != self._names:
            self._names = names
            for line in self._lines:
                line.spread(names)

    def show_record(self, record: Record, *more: QWidget) -> None:
        """Shows a record, and ``more`` under it."""
        told = self._told(record)
        while len(self._lines) < len(told):
            self._lines.append(_Line())
            self._lines[-1].spread(self._names)
            self._fields.addWidget(self._lines[-1])
        for line, (name, words) in zip(self._lines, told, strict=False):
            line.say(name, words)
        for line in self._lines[len(told) :]:
            line.hide()
        bearer = owner_words(self._session, record.values) if is_file(record.register) else ""
        owner = records.owner_of(self._session, record)
        verb = "Xóa" if record.deleted else "Ghi lần cuối"
        self._who.setText(f"{verb} {format_moment(record.changed_at)}, {record.changed_by}")
        for one, words in (
            (self._bearer, f"Đính kèm vào {bearer}" if bearer else ""),
            (self._owner, f"Của {owner}" if owner else ""),
        ):
            one.setText(words)
            one.setVisible(bool(words))
        clear_layout(self._more)
        for widget in more:
            self._more.addWidget(widget)

    def _told(self, record: Record) -> list[tuple[str, str]]:
        """Name and value of the filled fields."""
        told = []
        for field in self._session.register(record.register).living_fields:
            text = shown(self._session, record, field.name)
            if not text or record.values.get(field.name) is None or is_technical(record.register, field.name):
                continue
            unit = field.shown_unit if field.type in NUMBERS else ""
            told.append((field.label, with_unit(text, unit) if unit else text))
        return told


def shown(session: Session, record: Record, name: str) -> str:
    """A value as people read it; of what the person may not see only that."""
    field = session.register(record.register).field(name)
    if not session.sees(field):
        return "(không được xem)"
    value = record.values.get(name)
    if field.type is FieldType.ROWS:
        return f"{len(value)} dòng" if isinstance(value, tuple) else ""
    return links.label(session, field, value) if value is not None else ""


def title_without_day(session: Session, spec: RegisterSpec, record: Record) -> str:
    """The record's title without its day, which stands elsewhere."""
    values = {name: value for name, value in record.values.items() if name != spec.date_field}
    return upper_first(title_with_links(session, spec, values))


def history_entries(session: Session, register: str, record_id: str) -> tuple[list[HistoryEntry], bool]:
    """The history of a record as it is shown, newest first, and whether the newest is what undo takes back."""
    entries = records.history(session, register, record_id)
    told = [
        HistoryEntry(
            format_moment(entry.at),
            entry.who,
            _what(entry.what, len(entry.fields)),
            tuple(FieldChange(*change) for change in entry.fields) if entry.what.startswith("Sửa") else (),
            entry.reason,
        )
        for entry in entries
    ]
    return told, bool(entries) and entries[0].undoable


def _what(what: str, fields: int) -> str:
    return f"{what} {fields} mục" if what == "Sửa" else what
