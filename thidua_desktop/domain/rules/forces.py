"""Rules on grassroots forces: who may be a member, who may be rated how (Law 30/2023/QH15; guidance 01/HD-BCA-V05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.forces import (
    RANKS,
    Level,
    Service,
    excellent_allowed,
    is_above_age,
    is_enough_done,
    is_too_young,
    least_months,
    months_active,
    service_months,
)
from thidua_desktop.domain.law_table import whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rows_of, rule, text_of
from thidua_desktop.text import format_date, format_number

MEMBER, TEAM, LEADER = "member", "team", "leader"


@rule("member_age", params="person joined left approved_on register:text")
def member_age(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Thành viên từ 18 đến 70 tuổi; trên 70 tuổi phải được Chủ tịch Ủy ban nhân dân chấp thuận (Luật 30/2023/QH15)."""
    person, joined, left, approved, register = args
    found = context.lookup(register, text_of(values, person)) if text_of(values, person) else None
    begins = date_of(values, joined)
    if found is None or begins is None:
        return []
    year = number_of(found, "birth_year")
    born = (date_of(found, "born_on"), int(year) if year is not None else None)
    if is_too_young(begins, *born):
        return [finding("TD-DATA-466", person, joined=format_date(begins))]
    last = min(date_of(values, left) or context.today, context.today)
    if date_of(values, approved) is None and is_above_age(last, *born):
        return [finding("TD-DATA-467", approved, Severity.WARNING, label=context.label(approved))]
    return []


@rule("one_team_at_a_time", params="person joined left register:text")
def one_team_at_a_time(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một người chỉ ở một tổ trong cùng thời gian; chuyển tổ thì ghi ngày thôi ở tổ cũ."""
    person, joined, left, register = args
    if not text_of(values, person):
        return []
    for other in context.related(register, person, text_of(values, person)):
        if _overlap(values, other, joined, left):
            return [finding("TD-DATA-469", person, Severity.WARNING)]
    return []


@rule("one_leader_of_a_team", params="team position joined left register:text")
def one_leader_of_a_team(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một tổ chỉ có một tổ trưởng trong cùng thời gian."""
    team, position, joined, left, register = args
    if text_of(values, position) != LEADER or not text_of(values, team):
        return []
    for other in context.related(register, team, text_of(values, team)):
        if text_of(other, position) == LEADER and _overlap(values, other, joined, left):
            return [finding("TD-DATA-485", position, Severity.WARNING)]
    return []


def _overlap(one: Values, other: Values, joined: str, left: str) -> bool:
    begins = (date_of(one, joined) or date.min, date_of(other, joined) or date.min)
    ends = (date_of(one, left) or date.max, date_of(other, left) or date.max)
    return begins[0] <= ends[1] and begins[1] <= ends[0]


@rule("rating_has_its_subject", params="subject team member register:text")
def rating_has_its_subject(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Xếp loại tổ thì không chọn thành viên; xếp loại thành viên thì chọn người của chính tổ ấy."""
    subject, team, member, register = args
    who, chosen = text_of(values, subject), text_of(values, member)
    if who == TEAM and chosen:
        return [finding("TD-DATA-486", member)]
    if who != MEMBER:
        return []
    found = context.lookup(register, chosen) if chosen else None
    wrong = not chosen or (found is not None and text_of(found, team) != text_of(values, team))
    return [finding("TD-DATA-486", member)] if wrong else []


@rule("may_be_rated", params="level months complaint")
def may_be_rated(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Hoạt động dưới 09 tháng hoặc đang bị khiếu nại, tố cáo thì không xếp loại (01/HD-BCA-V05)."""
    level, months, complaint = args
    if not text_of(values, level):
        return []
    count, least = number_of(values, months), least_months(context.today)
    if count is not None and count < least:
        reason = f"hoạt động {format_number(count)} tháng trong năm, dưới {least:02d} tháng"
        return [finding("TD-DATA-487", level, reason=reason)]
    if values.get(complaint) is True:
        return [finding("TD-DATA-487", level, reason="đang có khiếu nại, tố cáo chờ giải quyết")]
    return []


@rule("excellent_did_the_tasks", params="level done given")
def excellent_did_the_tasks(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Hoàn thành xuất sắc phải xong trên 95% nhiệm vụ được giao (01/HD-BCA-V05)."""
    done, given = number_of(values, args[1]), number_of(values, args[2])
    if text_of(values, args[0]) != Level.EXCELLENT or done is None or given is None:
        return []
    if is_enough_done(done, given, context.today):
        return []
    return [finding("TD-DATA-488", args[0], done=format_number(done), given=format_number(given))]


@rule("leader_not_above_team", params="level subject team member year members:text ratings:text")
def leader_not_above_team(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Mức của tổ trưởng không cao hơn mức của tổ, trừ người mới điều động (01/HD-BCA-V05)."""
    level, subject, team, member, year, members, ratings = args
    own = text_of(values, level)
    person = context.lookup(members, text_of(values, member)) if text_of(values, member) else None
    if own not in RANKS or person is None or text_of(person, "position") != LEADER:
        return []
    for other in context.related(ratings, team, text_of(values, team)):
        rated = text_of(other, level)
        same = text_of(other, subject) == TEAM and other.get(year) == values.get(year)
        if same and rated in RANKS and RANKS[Level(own)] > RANKS[Level(rated)]:
            return [finding("TD-DATA-468", level, Severity.WARNING)]
    return []


@rule("excellent_within_share", params="level subject year ratings:text")
def excellent_within_share(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Xuất sắc không quá 20% số được xếp loại tốt, tính riêng tổ và thành viên (01/HD-BCA-V05)."""
    level, subject, year, ratings = args
    if text_of(values, level) != Level.EXCELLENT or not text_of(values, subject):
        return []
    others = [
        text_of(one, level) for one in context.related(ratings, subject, text_of(values, subject))
        if one.get(year) == values.get(year)
    ]  # fmt: skip
    good, excellent = others.count(Level.GOOD), others.count(Level.EXCELLENT) + 1
    allowed = excellent_allowed(good, context.today)
    told = {"good": good, "allowed": allowed, "excellent": excellent}
    return [finding("TD-DATA-489", level, Severity.WARNING if excellent > allowed else Severity.HINT, **told)]


@rule("fire_team_size", params="members")
def fire_team_size(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đội dân phòng có ít nhất 10 người (mức tạm, sửa trong bảng)."""
    members, least = number_of(values, args[0]), whole_number_on("fire_team_least_members", context.today)
    if members is None or members >= least:
        return []
    return [finding("TD-DATA-476", args[0], Severity.WARNING, members=format_number(members), least=least)]


@computation("rated_months", params="year subject team member members:text teams:text")
def rated_months(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số tháng hoạt động trong năm xếp loại (15/11 năm trước đến 14/11), từ ngày tham gia, thành lập."""
    year, subject, team, member, members, teams = args
    number = number_of(values, year)
    if number is None:
        return None
    if text_of(values, subject) == MEMBER:
        return _months(context.lookup(members, text_of(values, member)), "joined_on", "left_on", int(number))
    return _months(context.lookup(teams, text_of(values, team)), "founded_on", "closed_on", int(number))


def _months(record: Mapping[str, object] | None, first: str, last: str, year: int) -> Computed:
    return None if record is None else months_active(date_of(record, first), date_of(record, last), year)


@computation("weighted_service_months", params="services")
def weighted_service_months(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Số tháng tham gia các lực lượng trước, địa bàn khó khăn nhân hệ số 2 (Thông tư 20/2025/TT-BCA Điều 4)."""
    services = [
        Service(first, last, row.get("hard") is True)
        for row in rows_of(values.get(args[0]))
        if (first := date_of(row, "since")) is not None and (last := date_of(row, "until")) is not None
    ]
    return service_months(services) or None
