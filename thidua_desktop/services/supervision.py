"""What is due towards people managed in the community, as numbers without names (Hôm nay stands open while others
come in), for those alone who may see the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.supervision import OFFENCES, Duty, OpenDuty, Supervised, open_duties
from thidua_desktop.formdef.model import Value, Values
from thidua_desktop.services.rounds import Round
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.queries import ListQuery

SUPERVISED_REGISTER = "supervised_person"

_PLACES = {
    Duty.REPORTING: ("Trình diện", "reported_on"),
    Duty.RECEPTION: ("Báo cáo tiếp nhận", "reception_told_on"),
    Duty.PLAN: ("Kế hoạch quản lý, giáo dục", "plan_on"),
    Duty.HELPER: ("Phân công người giúp đỡ", "helper"),
    Duty.REMARK: ("Nhận xét", "remarks"),
    Duty.ROLL_CALL: ("Điểm danh", "roll_calls"),
    Duty.REVIEW: ("Kiểm điểm vi phạm", "violations"),
    Duty.HELPER_REPORT: ("Báo cáo của người giúp đỡ", "helper_reports"),
    Duty.END: ("Hết thời hạn", "closed_on"),
}
"""What each duty is called over a person's form, and the field where it is recorded."""
_BY_ROW = (Duty.REMARK, Duty.ROLL_CALL, Duty.HELPER_REPORT)


@dataclass(frozen=True, slots=True)
class DutyCount:
    """So many duties of one kind (of one month) are open; ``due``: the earliest last day of them."""

    duty: Duty
    count: int
    due: date
    title: str
    round: Round


def duty_counts(session: Session) -> list[DutyCount]:
    """Open duties by kind, remarks and roll calls by month, the earliest first; none without the permission."""
    if not session.may(Permission.SEES_SENSITIVE) or SUPERVISED_REGISTER not in session.definitions.registers:
        return []
    found: dict[tuple[Duty, str], list[tuple[OpenDuty, str]]] = {}
    for record in session.file.records.every(ListQuery(SUPERVISED_REGISTER)):
        one = supervised(record.values)
        for duty in open_duties(one, session.today) if one is not None else ():
            found.setdefault((duty.duty, _part(duty, session.today)), []).append((duty, record.id))
    counts = [
        DutyCount(
            duty,
            len(held),
            min(one.due for one, _ in held),
            title(duty, len(held), part),
            _round(duty, part, held),
        )
        for (duty, part), held in found.items()
    ]
    return sorted(counts, key=lambda one: (one.due, one.duty, one.title))


def _round(duty: Duty, part: str, held: Sequence[tuple[OpenDuty, str]]) -> Round:
    """From person to person; of who owes several of a kind the row proposes the oldest."""
    what, field = _PLACES[duty]
    heading = f"{what} {part}" if duty in (Duty.REMARK, Duty.ROLL_CALL) else what
    people = tuple(dict.fromkeys(record for _, record in held))
    row = (("month", held[0][0].span.first.replace(day=1)),) if duty is Duty.REMARK else ()
    return Round(heading, SUPERVISED_REGISTER, field, people, adds_row=duty in _BY_ROW, row=row)


def supervised(values: Values) -> Supervised | None:
    """A record as its duties see it; None before it has a day of reception."""
    received = _day(values.get("received_on"))
    if received is None:
        return None
    return Supervised(
        group=str(values.get("group") or ""),
        received=received,
        reported=_day(values.get("reported_on")),
        reception_told=_day(values.get("reception_told_on")),
        ends=_day(values.get("term_ends_on")),
        closed=_day(values.get("closed_on")),
        planned=_day(values.get("plan_on")),
        helper_decided=_day(values.get("helper_decided_on")),
        remarks=_days(values.get("remarks"), "month"),
        roll_calls=_days(values.get("roll_calls"), "held_on"),
        helper_reports=_days(values.get("helper_reports"), "period_on"),
        violations=_offences(values.get("violations")),
    )


def title(duty: Duty, count: int, part: str) -> str:
    """The duty as Hôm nay says it: "3 nhận xét tháng 10 chưa ghi"."""
    return {
        Duty.REPORTING: f"{count} người chưa trình diện",
        Duty.RECEPTION: f"{count} báo cáo tiếp nhận chưa ghi",
        Duty.PLAN: f"{count} kế hoạch quản lý, giáo dục chưa lập",
        Duty.HELPER: f"{count} người chưa có người giúp đỡ được phân công",
        Duty.REMARK: f"{count} nhận xét {part} chưa ghi",
        Duty.ROLL_CALL: f"{count} người chưa điểm danh {part}",
        Duty.REVIEW: f"{count} lần vi phạm chưa kiểm điểm",
        Duty.HELPER_REPORT: f"{count} báo cáo của người giúp đỡ chưa nhận",
        Duty.END: f"{count} người {part}",
    }[duty]


def _part(duty: OpenDuty, today: date) -> str:
    """What tells the duties of one kind apart: the month, or whether the term is over."""
    if duty.duty in (Duty.REMARK, Duty.ROLL_CALL):
        first = duty.span.first
        return f"tháng {first.month}" if first.year == today.year else f"tháng {first.month}/{first.year}"
    if duty.duty is Duty.END:
        return "đã hết thời hạn, chưa kết thúc hồ sơ" if duty.due < today else "sắp hết thời hạn"
    return ""


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _days(rows: Value, column: str) -> Sequence[date]:
    cells = [row.get(column) for row in rows if not isinstance(row, str)] if isinstance(rows, tuple) else []
    return [cell for cell in cells if isinstance(cell, date)]


def _offences(rows: Value) -> Sequence[tuple[date, date | None]]:
    """(day, day of the review) of what a review must follow: minutes, fines, prosecutions."""
    found: list[tuple[date, date | None]] = []
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, str) or row.get("handling") not in OFFENCES:
            continue
        day, reviewed = row.get("occurred_on"), row.get("review_on")
        if isinstance(day, date):
            found.append((day, reviewed if isinstance(reviewed, date) else None))
    return found
