"""Meetings of residents at the desk: who may come, what each matter needs, and where the votes stand, live.

Law 10/2022/QH15 art. 15-21, Decree 59/2023/NĐ-CP; every number comes from ``domain.meetings`` and its dated tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain import meetings as law
from thidua_desktop.domain.meetings import Matter, Vote
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.model import Condition, Row, Value, Values
from thidua_desktop.services import records
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.queries import ListQuery, Record, SortKey
from thidua_desktop.text import lower_first

MEETING_REGISTER = "resident_meeting"
HOUSEHOLD_REGISTER = "household"
GROUP_REGISTER = "self_managed_group"
AREA_REGISTER = "residential_area"
_SECRET = "secret"


@dataclass(frozen=True, slots=True)
class ItemState:
    """One agenda item measured. ``tone`` is ok, warning, danger or neutral: how the page marks it."""

    needed: int
    yes: int
    missing: int
    sentence: str
    passed: bool
    tone: str
    share: str = ""
    outcome: str = "no_vote"
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingState:
    """A meeting as it stands, counted in households. ``spare_…`` is negative while too few are present.

    ``needed_half`` is more than half, ``needed_two_thirds`` at least two thirds, both of all households;
    ``quorum`` is None where neither law nor local rule asks for one. ``invited`` households and ``guests`` are the
    invitations to print; ``notice_by`` and ``papers_due`` are the last days to call the meeting and to send what it
    decided to the commune.
    """

    present: int
    total: int
    needed_half: int
    needed_two_thirds: int
    spare_half: int
    spare_two_thirds: int
    absent: int
    women: int
    quorum: int | None
    quorum_met: bool
    tone: str
    sentence: str
    items: tuple[ItemState, ...]
    notice_by: date | None = None
    papers_due: date | None = None
    invited: int = 0
    guests: int = 0


def attendance_for(
    session: Session, area_id: str, group_id: str | None = None, on: date | None = None, carry: bool = True
) -> tuple[Row, ...]:
    """Attendance rows for the households of an area (or of one group) valid on the meeting's day, by their number.

    Nobody is present yet. A stand-in who came for a household to the last meeting of the same area or group is carried.
    """
    day = on or session.today
    stand_ins = _last_stand_ins(session, area_id, group_id, day) if carry else {}
    rows: list[Row] = []
    for place, household in enumerate(_households(session, area_id, group_id, day), start=1):
        row: dict[str, str | int | bool | None] = {
            "household": household.id,
            "number": place,
            "name": str(household.values.get("representative") or ""),
            "present": False,
        }
        stand_in = stand_ins.get(household.id) or household.values.get("substitute")
        if isinstance(stand_in, str) and stand_in:
            row["stand_in"] = stand_in
        rows.append(row)
    return tuple(rows)


def defaults_from_area(session: Session, area_id: str, group_id: str | None = None, on: date | None = None) -> Values:
    """What a meeting of this area starts with: its head in the chair, the head of the Front, all households.

    A group's meeting is called and chaired by its leader. Households come from the register of households, or from the
    number kept with the area or group where no household is entered.
    """
    day = on or session.today
    area = session.file.records.get(AREA_REGISTER, area_id)
    group = session.file.records.get(GROUP_REGISTER, group_id) if group_id else None
    known: Values = area.values if area else {}
    count = len(_households(session, area_id, group_id, day))
    values: dict[str, Value] = {
        "residential_area": area_id,
        "chair": known.get("head_name"),
        "chair_title": _head_title(session, known),
        "called_by": "area_head",
        "front_head": known.get("front_head_name"),
        "households_total": count or _whole((group.values if group else known).get("households")) or None,
    }
    if group is not None:
        values |= {"group": group.id, "chair": group.values.get("leader"), "called_by": "group_leader"}
        values["chair_title"] = "Tổ trưởng"
    last = _last_meeting(session, area_id, group_id, day)
    for name in ("place", "secretary", "secretary_title"):
        values[name] = last.values.get(name) if last else None
    return {name: value for name, value in values.items() if value is not None}


def state(values: Values, on: date | None = None) -> MeetingState:
    """Where a meeting stands by the law in force on its day (``on`` where the day is still empty).

    Pure: ``values`` are a meeting's values as the page holds them. With attendance rows the present are those ticked;
    without, the number that was typed.
    """
    held = values.get("held_on")
    day = held if isinstance(held, date) else on or Clock().today()
    attendance = _rows(values.get("attendance"))
    present = sum(1 for row in attendance if row.get("present")) if attendance else 0
    present = present or _whole(values.get("households_present"))
    total = _whole(values.get("households_total")) or len(attendance)
    items = tuple(_item(row, total, present, day) for row in _rows(values.get("agenda")))
    half = law.needed_votes(Matter.OTHER_MATTER, total, day) if total else 0
    thirds = law.needed_votes(Matter.CONTRIBUTION, total, day) if total else 0
    quorum = _quorum(values, total, day)
    met = quorum is None or present >= quorum
    return MeetingState(
        present=present,
        total=total,
        needed_half=half,
        needed_two_thirds=thirds,
        spare_half=law.spare(present, half),
        spare_two_thirds=law.spare(present, thirds),
        absent=max(total - present, 0),
        women=_whole(values.get("women_present")),
        quorum=quorum,
        quorum_met=met,
        tone=_presence_tone(total, present, half, met),
        sentence=_presence_sentence(total, present, half, thirds, quorum),
        items=items,
        notice_by=law.latest_notice(day, values.get("kind") == "year_end"),
        papers_due=law.documents_due(day),
        invited=len(attendance) or total,
        guests=len(_rows(values.get("guests"))),
    )


def sexes_of(session: Session, attendance: Sequence[Row]) -> dict[str, str]:
    """Sex of each household's representative by household, where the register knows it.

    Nothing else of a household is read out, so it is no look at its private fields, and a meeting opens on a full disk.
    """
    households = {str(row["household"]) for row in attendance if isinstance(row.get("household"), str)}
    known = {one: session.file.records.get(HOUSEHOLD_REGISTER, one) for one in households}
    sexes = {one: record.values.get("sex") for one, record in known.items() if record is not None}
    return {one: sex for one, sex in sexes.items() if isinstance(sex, str)}


def with_results(values: Values, on: date | None = None) -> Values:
    """``values`` with what follows from them filled in: present, quorum needed, outcome of each item."""
    now = state(values, on)
    agenda = tuple(
        {**row, "outcome": item.outcome} for row, item in zip(_rows(values.get("agenda")), now.items, strict=True)
    )
    filled: dict[str, Value] = {**values, "households_present": now.present}
    if agenda:
        filled["agenda"] = agenda
    if now.quorum is not None:
        filled["quorum_needed"] = now.quorum
    return filled


def finish(
    session: Session, record_id: str, reasons: Mapping[str, str] | None = None
) -> records.Saved | records.Refused:
    """End a running meeting: outcomes and presence are written, its status becomes ``ended`` (signatures missing)."""
    record = records.get(session, MEETING_REGISTER, record_id)
    values: Values = {**with_results(record.values, session.today), "status": "ended"}
    return records.save(
        session, MEETING_REGISTER, values, record_id=record_id, revision=record.revision, reasons=reasons
    )


def matter_of(code: object) -> Matter:
    """The matter of the law behind a code of catalog ``meeting_matter``; what is not known is not voted on."""
    text = str(code or "")
    return Matter(text) if text in set(Matter) else Matter.NO_VOTE


def _item(row: Row, total: int, present: int, day: date) -> ItemState:
    matter = matter_of(row.get("matter"))
    if row.get("method") == "none" and not any(row.get(name) for name in ("yes", "no", "other")):
        needed = law.needed_votes(matter, total, day, present)
        return ItemState(needed, 0, 0, "Chưa chọn hình thức biểu quyết." if needed else "", False, "neutral")
    vote = _vote(row)
    outcome = law.evaluate(matter, total, present, vote, day)
    if outcome.needed == 0:
        return ItemState(0, 0, 0, outcome.sentence, False, "neutral")
    passed = outcome.missing == 0
    started = vote.counted > 0
    tone = "ok" if passed else "danger" if started or not outcome.reachable else "neutral"
    return ItemState(
        outcome.needed,
        outcome.yes,
        outcome.missing,
        outcome.sentence,
        passed,
        tone,
        law.matter_rule(matter, day).share,
        str(outcome.result) if started or passed else "no_vote",
        outcome.problems,
    )


def _vote(row: Row) -> Vote:
    ballots = {name: _optional(row.get(name)) for name in ("issued", "returned", "valid", "invalid")}
    if row.get("method") != _SECRET:
        ballots = dict.fromkeys(ballots)
    return Vote(_whole(row.get("yes")), _whole(row.get("no")), _whole(row.get("other")), **ballots)


def _quorum(values: Values, total: int, day: date) -> int | None:
    rule, own = str(values.get("quorum_rule") or "none"), _optional(values.get("quorum_needed"))
    matters = [matter_of(row.get("matter")) for row in _rows(values.get("agenda"))] or [Matter.NO_VOTE]
    numbers = [law.quorum_needed(matter, total, day, rule, own) for matter in matters]
    return max((number for number in numbers if number is not None), default=None)


def _presence_tone(total: int, present: int, half: int, quorum_met: bool) -> str:
    if total == 0 or present == 0:
        return "neutral"
    if not quorum_met or present < half:
        return "danger"
    return "warning" if law.spare_is_thin(law.spare(present, half), total) else "ok"


def _presence_sentence(total: int, present: int, half: int, thirds: int, quorum: int | None) -> str:
    if total == 0:
        return "Chưa có số hộ của khu dân cư."
    if quorum is not None and present < quorum:
        return f"Có mặt {present}/{total} hộ; quy định cần {quorum} hộ, còn thiếu {quorum - present}."
    if present < half:
        return f"Có mặt {present}/{total} hộ; không đủ để đạt tỷ lệ quá nửa ({half} hộ), có thể chuyển phát phiếu."
    if present < thirds:
        return f"Có mặt {present}/{total} hộ; đủ để đạt quá nửa ({half} hộ), chưa đủ hai phần ba ({thirds} hộ)."
    return f"Có mặt {present}/{total} hộ; đủ để đạt quá nửa ({half} hộ) và hai phần ba ({thirds} hộ)."


def _households(session: Session, area_id: str, group_id: str | None, day: date) -> list[Record]:
    within = Condition("group", (group_id,)) if group_id else Condition("residential_area", (area_id,))
    query = ListQuery(HOUSEHOLD_REGISTER, conditions=(within,), valid_on=day)
    found = list(session.file.records.every(query))
    return sorted(found, key=lambda record: (_whole(record.values.get("number")) or 1_000_000, record.row))


def _last_meeting(session: Session, area_id: str, group_id: str | None, before: date) -> Record | None:
    within = Condition("group", (group_id,)) if group_id else Condition("residential_area", (area_id,))
    query = ListQuery(MEETING_REGISTER, end=before, conditions=(within,), sort=(SortKey("held_on", True),))
    keys = session.file.records.ids(query)
    return next(iter(session.file.records.window(MEETING_REGISTER, keys[:1])), None)


def _last_stand_ins(session: Session, area_id: str, group_id: str | None, before: date) -> dict[str, str]:
    last = _last_meeting(session, area_id, group_id, before)
    rows = _rows(last.values.get("attendance")) if last else ()
    return {str(row["household"]): str(row["stand_in"]) for row in rows if row.get("household") and row.get("stand_in")}


def _head_title(session: Session, area: Values) -> str:
    kind = str(area.get("kind") or "")
    if kind in {"to_dan_pho"}:
        return "Tổ trưởng tổ dân phố"
    catalog = session.definitions.catalogs.get("area_kind")
    label = catalog.label(kind) if catalog and kind not in {"", "other"} else "khu dân cư"
    return f"Trưởng {lower_first(label)}"


def _rows(value: Value) -> tuple[Row, ...]:
    return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, tuple) else ()


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _optional(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
