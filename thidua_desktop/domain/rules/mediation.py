"""Rules of mediation at the grass roots: Law 35/2013/QH13, Decree 15/2014/NĐ-CP, Circular 56/2023/TT-BTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import mapping_on, row_on, whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.linked import above, linked_rows
from thidua_desktop.domain.rules.registry import (
    RuleContext,
    Values,
    date_of,
    number_of,
    rows_of,
    rule,
    text_of,
)
from thidua_desktop.domain.working_days import due_after
from thidua_desktop.text import format_date, format_number

PEOPLE, AREAS = "person", "residential_area"
OPEN, SUCCESS = "open", "success"


@rule("mediation_team_composed", params="members area day")
def mediation_team_composed(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tổ hòa giải có từ 03 hòa giải viên, có nữ; vùng dân tộc thiểu số có người dân tộc (Luật 35/2013/QH13 Điều 12)."""
    day = date_of(values, args[2]) or context.today
    least = whole_number_on("mediation_team_least", day)
    people = linked_rows(values, f"{args[0]}.person", PEOPLE, context)
    if not people:
        return []
    found = []
    if len(people) < least:
        found.append(
            finding("TD-DATA-434", args[0], Severity.WARNING, count=f"{len(people):02d}", least=f"{least:02d}")
        )
    if not any(text_of(person, "sex") == "female" for person in people):
        found.append(finding("TD-DATA-435", args[0], Severity.WARNING))
    if _minorities_live_in(text_of(values, args[1]), context) and not any(map(_of_minority, people)):
        found.append(finding("TD-DATA-436", args[0], Severity.WARNING))
    return found


def _minorities_live_in(area: str, context: RuleContext) -> bool:
    types = (context.lookup(AREAS, area) or {}).get("area_types") if area else None
    return isinstance(types, (list, tuple)) and "ethnic" in types


def _of_minority(person: Mapping[str, object]) -> bool:
    return text_of(person, "ethnicity") not in ("", "kinh")


@rule("mediator_elected", params="votes households")
def mediator_elected(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Hòa giải viên được trên 50 % đại diện hộ gia đình đồng ý (Luật 35/2013/QH13 Điều 8)."""
    votes, households = (number_of(values, name) for name in args)
    if votes is None or households is None:
        return []
    needed = mapping_on("mediator_election", context.today)
    if votes * int(str(needed["of"])) > households * int(str(needed["parts"])):
        return []
    told = {"votes": format_number(votes), "households": format_number(households)}
    return [finding("TD-DATA-438", args[0], Severity.WARNING, **told)]


@rule("mediators_recognised_in_time", params="received recognised")
def mediators_recognised_in_time(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Công nhận hòa giải viên trong 05 ngày làm việc từ khi nhận danh sách (Luật 35/2013/QH13 Điều 8)."""
    received, recognised = (date_of(values, name) for name in args)
    if received is None or recognised is None:
        return []
    last = due_after(received, whole_number_on("mediator_recognition_working_days", received))
    if recognised <= last:
        return []
    told = {"recognised": format_date(recognised), "last": format_date(last)}
    return [finding("TD-DATA-437", args[1], Severity.WARNING, **told)]


@rule("mediation_started_in_time", params="assigned started")
def mediation_started_in_time(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Bắt đầu hòa giải trong 03 ngày kể từ ngày phân công (Luật 35/2013/QH13 Điều 20).

    The article lets the mediator begin at once as a witness, and the parties agree on another time: then the officer
    keeps the record with that reason.
    """
    assigned, started = (date_of(values, name) for name in args)
    if assigned is None or started is None:
        return []
    most = whole_number_on("mediation_start_days", assigned)
    if (started - assigned).days <= most:
        return []
    told = {"started": format_date(started), "days": (started - assigned).days, "most": f"{most:02d}"}
    return [finding("TD-DATA-439", args[1], Severity.WARNING, **told)]


@rule("mediation_outcome_dated", params="outcome ended")
def mediation_outcome_dated(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Vụ đã có kết quả phải có ngày kết thúc; vụ đang giải quyết thì chưa có (Luật 35/2013/QH13 Điều 23)."""
    outcome, ended = text_of(values, args[0]), values.get(args[1]) not in (None, "")
    if not outcome or (outcome == OPEN) is not ended:
        return []
    return [finding("TD-DATA-441", args[0]) if ended else finding("TD-DATA-442", args[1])]


@rule("two_parties_named", params="parties")
def two_parties_named(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Vụ hòa giải có ít nhất hai bên (Sổ theo dõi, cột 4)."""
    rows = rows_of(values.get(args[0]))
    parties = [row for row in rows if text_of(row, "kind") == "party"]
    return [] if not rows or len(parties) >= 2 else [finding("TD-DATA-443", args[0], Severity.HINT)]


@rule("success_tells_agreement", params="outcome agreement")
def success_tells_agreement(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Hòa giải thành thì ghi thỏa thuận đạt được (Luật 35/2013/QH13 Điều 24; Sổ theo dõi, cột 7)."""
    if text_of(values, args[0]) != SUCCESS or text_of(values, args[1]):
        return []
    return [finding("TD-DATA-445", args[1], Severity.HINT)]


@rule("mediation_fee_within_ceiling", params="fee outcome received ended")
def mediation_fee_within_ceiling(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Thù lao không quá 300.000 đồng một vụ, 400.000 đồng nếu hòa giải thành (Thông tư 56/2023/TT-BTC)."""
    fee = number_of(values, args[0])
    day = date_of(values, args[3]) or date_of(values, args[2])
    if fee is None or day is None:
        return []
    part = "success" if text_of(values, args[1]) == SUCCESS else "case"
    row = row_on("mediation_case_fee", day)
    most = int(str(mapping_on(row.name, day)[part]))
    return above(args[0], fee, most, format_date(day), context)
