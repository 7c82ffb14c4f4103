"""A record in words and its history, living or deleted: what panes beside lists show of it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.formdef.model import FieldType, RegisterSpec
from thidua_desktop.services import links, records
from thidua_desktop.services.attachments import is_file, is_technical, owner_words
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.text import format_moment, upper_first, with_unit
from thidua_desktop.ui.components.detail_pane import FieldChange, HistoryEntry
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look

NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})


class RecordContent(QWidget):
    """The filled fields of a record, one under the other, and who wrote it last; more lines can be put below."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lines = QVBoxLayout(self)
        look.margins(self._lines, 16, 10, 16, 12, 8)

    def show_record(self, record: Record, *more: QWidget) -> None:
        """Shows a record, and ``more`` under it."""
        clear_layout(self._lines)
        spec = self._session.register(record.register)
        for field in spec.living_fields:
            text = shown(self._session, record, field.name)
            if not text or record.values.get(field.name) is None or is_technical(record.register, field.name):
                continue
            line = QWidget()
            column = QVBoxLayout(line)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(caption(field.label))
            unit = field.shown_unit if field.type in NUMBERS else ""
            words = with_unit(text, unit) if unit else text
            column.addWidget(label(words, wrap=True, selectable=True))
            self._lines.addWidget(line)
        bearer = owner_words(self._session, record.values) if is_file(record.register) else ""
        if bearer:
            self._lines.addWidget(label(f"Đính kèm vào {bearer}", wrap=True))
        owner = records.owner_of(self._session, record)
        if owner:
            self._lines.addWidget(caption(f"Của {owner}", wrap=True))
        verb = "Xóa" if record.deleted else "Ghi lần cuối"
        who = f"{verb} {format_moment(record.changed_at)}, {record.changed_by}"
        self._lines.addWidget(caption(who, wrap=True))
        for one in more:
            self._lines.addWidget(one)
        self._lines.addStretch(1)


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
