"""Computed fields of award rounds and nominations: terms, votes, decision, money, service years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.awards import (
    MEDAL,
    Money,
    Recipient,
    Service,
    ServiceYears,
    decided_by,
    decision_limit,
    dossier_limit,
    money,
    months_in_words,
    service_years,
    share_on,
    vote_share,
)
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rows_of, text_of

ROUND, PERSON, TEAM_MEMBER, ORGANIZATION = "award_round", "person", "team_member", "organization"
AWARDED = "awarded"
_OWN_KINDS = frozenset({"agency", "enterprise", "school"})  # kinds of organizations that are kinds of collectives too
_THOUSANDTH = Decimal("0.001")


@computation("award_dossier_due", params="occasion year opened event")
def award_dossier_due(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Hạn gửi hồ sơ theo loại hình: 30/5, 10/12, hoặc trước ngày tổ chức."""
    year, opened = number_of(values, args[1]), date_of(values, args[2])
    if year is None or opened is None or not 1 <= year <= 9999:
        return None
    return dossier_limit(text_of(values, args[0]), int(year), opened, date_of(values, args[3]))


@computation("award_decide_by", params="occasion received")
def award_decide_by(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày phải quyết định, kể từ ngày đủ hồ sơ theo ngày làm việc; đột xuất ngắn hơn."""
    received = date_of(values, args[1])
    return None if received is None else decision_limit(text_of(values, args[0]), received)


@computation("first_day_given", params="days+")
def first_day_given(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày của ô đầu tiên có ngày."""
    return next((day for name in args if (day := date_of(values, name)) is not None), None)


@computation("council_present_needed", params="total day")
def council_present_needed(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số thành viên Hội đồng cần có mặt hoặc cho ý kiến bằng văn bản khi xét khen thưởng."""
    total, day = number_of(values, args[0]), date_of(values, args[1])
    return None if total is None or day is None else share_on("award_council_present", day).needed(int(total))


@computation("award_recipient_name", params="recipient person others+")
def award_recipient_name(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Họ tên của cá nhân; tên tập thể, hộ gia đình như đã ghi hoặc như bản ghi đã chọn."""
    if text_of(values, args[0]) == Recipient.PERSON:
        return text_of(context.lookup(PERSON, text_of(values, args[1])) or {}, "name") or None
    return next((context.shown(name, given) or None for name in args[2:] if (given := text_of(values, name))), None)


@computation("award_collective_kind", params="recipient text team group organization area")
def award_collective_kind(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Loại của tập thể đã chọn; tập thể chỉ ghi tên là tập thể khác, người ghi sửa được."""
    text, team, group, organization, area = (text_of(values, name) for name in args[1:])
    if text_of(values, args[0]) != Recipient.COLLECTIVE:
        return None
    if text:
        return "other"
    if organization and not team and not group:
        kind = text_of(context.lookup(ORGANIZATION, organization) or {}, "kind")
        return kind if kind in _OWN_KINDS else "other"
    return "security_team" if team else "group" if group else "residential_area" if area else None


@computation("award_sex", params="recipient person")
def award_sex(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Giới tính của cá nhân được khen, lấy từ sổ người tham gia phong trào."""
    if text_of(values, args[0]) != Recipient.PERSON:
        return None
    return text_of(context.lookup(PERSON, text_of(values, args[1])) or {}, "sex") or None


@computation("award_votes_needed", params="award round day")
def award_votes_needed(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số phiếu cần: tỷ lệ của danh hiệu trên tổng số thành viên Hội đồng (NĐ 98/2023 Điều 30 khoản 7)."""
    held = context.lookup(ROUND, text_of(values, args[1])) or {}
    total, award = number_of(held, "members_total"), text_of(values, args[0])
    day = date_of(held, "meeting_on") or date_of(values, args[2])
    return vote_share(award, day).needed(int(total)) if total is not None and award and day else None


@computation("award_decision", params="result own round column:text")
def award_decision(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số hoặc ngày quyết định: của riêng đề nghị, hoặc của đợt xét; chỉ khi được khen thưởng."""
    if text_of(values, args[0]) != AWARDED:
        return None
    return values.get(args[1]) or (context.lookup(ROUND, text_of(values, args[2])) or {}).get(args[3])


@computation("award_decided_by", params="award decided proposed")
def award_decided_by(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Người có thẩm quyền quyết định vào ngày quyết định, chưa có thì ngày đề nghị."""
    day = date_of(values, args[1]) or date_of(values, args[2])
    return decided_by(text_of(values, args[0]), day) or None if day else None


def _money(values: Values, args: Sequence[str]) -> Money | None:
    recipient, day = text_of(values, args[1]), date_of(values, args[2])
    if day is None or recipient not in set(Recipient):
        return None
    return money(text_of(values, args[0]), Recipient(recipient), day)


@computation("award_coefficient", params="award recipient decided")
def award_coefficient(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Số lần mức lương cơ sở đi kèm danh hiệu, hình thức (NĐ 152/2025 Điều 50, 54)."""
    found = _money(values, args)
    return found.coefficient.quantize(_THOUSANDTH) if found else None


@computation("award_base_salary", params="award recipient decided")
def award_base_salary(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Mức lương cơ sở có hiệu lực vào ngày quyết định."""
    found = _money(values, args)
    return found.base_salary if found else None


@computation("award_amount", params="award recipient decided")
def award_amount(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Hệ số nhân mức lương cơ sở, chưa làm tròn."""
    found = _money(values, args)
    return int(found.amount) if found else None


@computation("award_money", params="award recipient decided")
def award_money(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Tiền thưởng sau khi làm tròn lên."""
    found = _money(values, args)
    return found.paid if found else None


def services_of(values: Values, rows: str, until: date) -> list[Service]:
    """The typed times of service; one without an end runs until ``until``."""
    found = []
    for row in rows_of(values.get(rows)):
        start, end = date_of(row, "start"), date_of(row, "end") or until
        if start is not None and start <= end:
            found.append(Service(start, end, bool(row.get("leading")), bool(row.get("hard"))))
    return found


def served_in_teams(person: str, day: date, context: RuleContext) -> list[Service]:
    """A person's time in teams of the grassroots force and, before that, in the forces that were merged into it."""
    found = []
    for member in context.related(TEAM_MEMBER, "person", person) if person else ():
        joined, left = date_of(member, "joined_on"), date_of(member, "left_on") or day
        spans = [(joined, left, False)] if joined else []
        for row in rows_of(member.get("services")):
            since, until = date_of(row, "since"), date_of(row, "until")
            if since and until:
                spans.append((since, until, row.get("hard") is True))
        found += [Service(start, min(end, day), hard=hard) for start, end, hard in spans if start <= min(end, day)]
    return found


def medal_years(values: Values, args: Sequence[str], context: RuleContext) -> ServiceYears | None:
    """Service of a nomination for the medal: its rows, and what the register of team members says."""
    day = date_of(values, args[3])
    if text_of(values, args[0]) != MEDAL or day is None:
        return None
    served = services_of(values, args[1], day) + served_in_teams(text_of(values, args[4]), day, context)
    return service_years(served, text_of(values, args[2]), day)


@computation("medal_service_months", params="award service sex day person")
def medal_service_months(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số tháng được tính để xét Kỷ niệm chương, đã nhân hệ số địa bàn (TT 20/2025/TT-BCA)."""
    years = medal_years(values, args, context)
    return years.months if years else None


@computation("medal_service_missing", params="award service sex day person")
def medal_service_missing(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Thời gian còn thiếu để đủ tiêu chuẩn Kỷ niệm chương; đủ thì để trống (TT 20/2025/TT-BCA)."""
    years = medal_years(values, args, context)
    return months_in_words(years.missing) if years and years.missing else None


@computation("months_text", params="months")
def months_text(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Số tháng viết thành năm và tháng."""
    months = number_of(values, args[0])
    return months_in_words(int(months)) if months is not None else None
