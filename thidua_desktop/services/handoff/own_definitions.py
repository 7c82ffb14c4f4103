"""Definitions as files: read and checked at the province before they go, looked at and taken in at the commune."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.added_definitions import LARGEST, kind_of, read_added_set, read_more_codes
from thidua_desktop.services import surveys
from thidua_desktop.services.session import Session
from thidua_desktop.sync.directive import DefinitionKind, SentDefinition


@dataclass(frozen=True, slots=True)
class DefinitionView:
    """What a definition would bring: its name, what people call it, and what is new, in words."""

    kind: DefinitionKind
    name: str
    title: str
    words: str


_KIND_WORDS = {
    DefinitionKind.SURVEY: "Phiếu khảo sát",
    DefinitionKind.CALENDAR: "Lịch báo cáo",
    DefinitionKind.CATALOG: "Danh mục",
    DefinitionKind.ASSESSMENT: "Bộ tiêu chí",
}


def read_file(session: Session, path: Path) -> tuple[DefinitionKind, str]:
    """The definition in a file, checked as a commune will check it.

    Raises TD-FORM-080…084 and those of surveys and calendars, TD-ENV-….
    """
    from thidua_desktop.services.files import environment_problem

    try:
        if path.stat().st_size > LARGEST:
            raise UserError("TD-FORM-080", file=path.name, reason=f"tệp lớn hơn {LARGEST // 1024} KB")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UserError("TD-FORM-080", file=path.name, reason="tệp không phải văn bản UTF-8") from fault
    except OSError as fault:
        raise environment_problem(fault) from fault
    kind = DefinitionKind(kind_of(text, path.name))
    look(session, SentDefinition(kind, text), path.name)
    return kind, text


def look(session: Session, sent: SentDefinition, source: str = "chỉ đạo") -> DefinitionView:
    """What a definition says, checked beside those that are here; nothing changes. Raises as ``read_file``."""
    definitions = session.definitions
    if sent.kind is DefinitionKind.SURVEY:
        from thidua_desktop.formdef.reading_surveys import read_survey

        form = read_survey(sent.text, definitions, source)
        days = form.spec.survey
        words = f"hạn {days.deadline:%d/%m/%Y}" if days is not None else ""
        return _view(sent.kind, form.spec.name, form.spec.title, words)
    if sent.kind is DefinitionKind.CALENDAR:
        from thidua_desktop.services import calendars

        calendar = calendars.look_at(session, sent.text.encode("utf-8"), source)
        return _view(sent.kind, calendar.name, calendar.title, f"{len(calendar.periods)} kỳ")
    if sent.kind is DefinitionKind.CATALOG:
        catalog = read_more_codes(sent.text, definitions, source)
        before = {item.code for item in definitions.catalogs[catalog.name].items}
        added = [item.label for item in catalog.items if item.code not in before]
        return _view(sent.kind, catalog.name, catalog.title, f"thêm {', '.join(added)}" if added else "đổi hạn dùng mã")
    spec = read_added_set(sent.text, definitions, source)
    return _view(sent.kind, spec.name, spec.title, f"{len(spec.criteria)} tiêu chí")


def take_in(session: Session, sent: SentDefinition) -> DefinitionView:
    """Take a definition in; inside a running transaction its text is kept with the rest or not at all."""
    view = look(session, sent)
    if sent.kind is DefinitionKind.SURVEY:
        from thidua_desktop.formdef.reading_surveys import read_survey

        surveys.add_form(session, read_survey(sent.text, session.definitions))
    elif sent.kind is DefinitionKind.CALENDAR:
        from thidua_desktop.services import calendars

        calendars.take_in(session, sent.text.encode("utf-8"))
    else:
        session.file.added_definitions.keep(sent.kind, sent.text, session.user.name, session.now())
    return view


def text_here(session: Session, kind: DefinitionKind, name: str) -> str | None:
    """The text that a definition of this name came in before, or None when it is new or the program's own."""
    if kind is DefinitionKind.SURVEY:
        return session.file.survey_text(name)
    if kind is DefinitionKind.CALENDAR:
        content = session.file.calendar_content(name) if name in session.file.added_calendars else None
        return content.decode("utf-8") if content is not None else None
    return session.file.added_definitions.text(kind, name)


def put_back(session: Session, kind: DefinitionKind, name: str, text: str | None) -> None:
    """A definition as it was before a directive (None: it was not here), from the next opening on.

    A survey stays: it may have been answered.
    """
    if kind is DefinitionKind.CALENDAR:
        session.file.put_calendar_back(name, None if text is None else text.encode("utf-8"))
    elif kind is not DefinitionKind.SURVEY:
        session.file.added_definitions.put(kind, name, text, session.user.name, session.now())


def _view(kind: DefinitionKind, name: str, title: str, words: str) -> DefinitionView:
    return DefinitionView(kind, name, f"{_KIND_WORDS[kind]}: {title}", words)
