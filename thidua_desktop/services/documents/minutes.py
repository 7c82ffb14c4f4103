"""Minutes of a residents' meeting (form 03 of Decree 59/2023/NĐ-CP) from its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from thidua_desktop.domain.meetings import Matter, needed_votes
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import Row, Value, Values
from thidua_desktop.services import records
from thidua_desktop.services.documents.filled import Filled
from thidua_desktop.services.meetings import matter_of
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_date, lower_first

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document
    from thidua_desktop.printing.contents import AgendaItem, BallotVote, HandVote

_TITLES = {
    "minutes": "BIÊN BẢN",
    "resolution": "NGHỊ QUYẾT",
    "memorandum": "BẢN GHI NHỚ",
    "agreement": "BẢN THỎA THUẬN",
}
_CONFIRMED = {"passed": True, "not_passed": False}
_HEADS = {"to_dan_pho": "TỔ TRƯỞNG TỔ DÂN PHỐ", "khu_pho": "TRƯỞNG KHU PHỐ", "thon": "TRƯỞNG THÔN"}


def minutes_of(session: Session, paper: Filled) -> Document:
    """The minutes; raises TD-PRINT-010 when area, day or numbers of households are missing."""
    from thidua_desktop.printing.contents import MinutesContent, Person
    from thidua_desktop.printing.minutes import residents_minutes

    values, texts = paper.values, paper.texts
    area_id, day, total = values.get("residential_area"), values.get("held_on"), values.get("households_total")
    if not isinstance(area_id, str) or not isinstance(day, date) or not isinstance(total, int):
        raise UserError("TD-PRINT-010")
    gathering = gathering_of(session, area_id, values.get("group"))
    present, women = values.get("households_present"), values.get("women_present")
    opened = datetime.combine(day, _hour(values.get("starts_at")))
    content = MinutesContent(
        commune_line=gathering.commune_line,
        area_line=gathering.area_line,
        area_name=gathering.name,
        place_name=session.file.identity.place,
        subject="; ".join(lower_first(part) for part in texts["subject"].split("; ")),
        opened=opened,
        hour_known=bool(values.get("starts_at")),
        venue=_text(values, "place") or "……………………",
        chair=Person(_text(values, "chair"), _text(values, "chair_title")),
        secretary=Person(_text(values, "secretary"), _text(values, "secretary_title")),
        households_total=total,
        households_present=present if isinstance(present, int) else None,
        women_present=women if isinstance(women, int) else None,
        items=tuple(_item(row, total, _whole(present), day) for row in rows_of(values.get("agenda"))),
        absent_reason=_text(values, "absence_reason"),
        guests=tuple(
            Person(str(row.get("name", "")), str(row.get("title") or "")) for row in rows_of(values.get("guests"))
        ),
        closed=_closed(opened, _text(values, "ends_at")),
        head_position=gathering.head_position,
        head_name=_text(values, "chair"),
        front_name=_text(values, "front_head"),
        household_representatives=(_text(values, "witness_one"), _text(values, "witness_two")),
        tasks=tuple(map(_task, rows_of(values.get("tasks")))),
        kind=_TITLES.get(_text(values, "document_form"), "BIÊN BẢN"),
    )
    return residents_minutes(content)


@dataclass(frozen=True, slots=True)
class Gathering:
    """Who meets, as its papers say it: header lines, name in running text, position of the one who calls and signs."""

    commune_line: str
    area_line: str
    name: str
    head_position: str


def gathering_of(session: Session, area_id: str, group_id: Value) -> Gathering:
    """The residential area, or the self-managed group within it."""
    values = records.get(session, "residential_area", area_id).values
    kind = str(values.get("kind", "thon"))
    kind_label = session.definitions.catalogs["area_kind"].label(kind)
    area = f"{lower_first(kind_label)} {values.get('name', '')}"
    commune = f"UBND {office_names(session)['name'].upper()}"
    group = _group_name(session, group_id)
    if not group:
        return Gathering(commune, area.upper(), area, _HEADS.get(kind, f"TRƯỞNG {kind_label.upper()}"))
    return Gathering(commune, f"{group.upper()}\n{area.upper()}", f"{lower_first(group)}, {area}", "TỔ TRƯỞNG")


def invitation_of(session: Session, paper: Filled) -> Document:
    """An invitation (form 01 of Decree 59/2023/NĐ-CP): header of the area, no number, signed by who calls the meeting.

    Raises TD-PRINT-010 when the residential area is missing.
    """
    from thidua_desktop.printing.blocks import Document, LetterHead, Meta, Paragraph, Signature, SignatureBlock, Title

    spec, values, texts = paper.spec, paper.values, paper.texts
    area_id, notice = values.get("residential_area"), values.get("notice_on")
    if not isinstance(area_id, str):
        raise UserError("TD-PRINT-010")
    gathering = gathering_of(session, area_id, values.get("group"))
    head = LetterHead(
        gathering.commune_line,
        tuple(gathering.area_line.splitlines()),
        place=session.file.identity.place,
        date=notice if isinstance(notice, date) else session.today,
    )
    lines = [line for place in ("to", "opening", "body", "closing") for line in texts.get(place, "").splitlines()]
    return Document(
        (
            head,
            Title(texts.get("type_name", spec.title.upper()), texts.get("subject", "")),
            *map(Paragraph, lines),
            Signature(SignatureBlock(gathering.head_position, _text(values, "chair"))),
        ),
        Meta(spec.title, gathering.name),
    )


def _group_name(session: Session, group_id: Value) -> str:
    if not isinstance(group_id, str):
        return ""
    values = records.get(session, "self_managed_group", group_id).values
    return str(values.get("name") or f"Tổ tự quản số {values.get('number', '')}")


def _item(row: Row, total: int, present: int, day: date) -> AgendaItem:
    from thidua_desktop.printing.contents import AgendaItem

    matter = matter_of(row.get("matter"))
    voted = matter is not Matter.NO_VOTE and row.get("yes") is not None
    return AgendaItem(
        title=str(row.get("subject", "")),
        discussion=str(row.get("discussion") or ""),
        vote=_vote(row) if voted else None,
        needed=needed_votes(matter, total, day, present) or None,
        passed=_CONFIRMED.get(str(row.get("outcome"))),
        conclusion=str(row.get("conclusion") or ""),
    )


def _closed(opened: datetime, ends_at: str) -> datetime | None:
    """When it ended: an hour before the beginning is one of the next day."""
    if not ends_at:
        return None
    closed = datetime.combine(opened.date(), _hour(ends_at))
    return closed + timedelta(days=1) if closed < opened else closed


def _task(row: Row) -> str:
    """What, who, until when, as one sentence."""
    due = row.get("due")
    parts = [str(row.get("task", ""))]
    parts += [f"người làm: {row['who']}"] if row.get("who") else []
    parts += [f"hạn: ngày {format_date(due)}"] if isinstance(due, date) else []
    return "; ".join(parts)


def _vote(row: Row) -> HandVote | BallotVote:
    from thidua_desktop.printing.contents import BallotVote, HandVote

    yes, no, other = (_whole(row.get(name)) for name in ("yes", "no", "other"))
    if row.get("method") != "secret":
        return HandVote(yes, no, other)
    issued, returned, valid, invalid = (_whole(row.get(name)) for name in ("issued", "returned", "valid", "invalid"))
    return BallotVote(issued, returned, valid, invalid, yes, no, other)


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _hour(value: object) -> time:
    return time.fromisoformat(value) if isinstance(value, str) and value else time(0, 0)
