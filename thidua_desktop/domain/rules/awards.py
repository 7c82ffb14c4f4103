"""Rules on award rounds and nominations: who may get what, what stands in the way, votes, decision, money.

Law 06/2022/QH15; Decree 152/2025/NĐ-CP (principles of art. 4 as in Decree 98/2023); Circular 20/2025/TT-BCA.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from thidua_desktop.domain.awards import (
    MEDAL,
    Recipient,
    is_single_form,
    overlapping,
    recipients,
    share_on,
    women_first,
)
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.award_computing import AWARDED, ROUND, services_of
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rows_of, rule, text_of
from thidua_desktop.text import fold, format_date

NOMINATION = "award_nomination"
_GIVEN = (AWARDED, "proposed_up")  # what counts as going on to an award
_DECIDED_AT_COMMUNE = ("", "commune_chair")
_DECIDED_AT_PROVINCE = (*_DECIDED_AT_COMMUNE, "province_chair", "police_director")
_PENDING = frozenset({"discipline", "investigation", "complaint", "corruption", "prosecuted"})
_HOLDS_MEDAL = "holds_medal"
_FIGHTER_GROUNDS = frozenset({"excellent_duty", "initiative", "research", "creative_combat"})


@rule("award_dossier_in_time", params="received due")
def award_dossier_in_time(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Hồ sơ đủ sau hạn thì cần lý do."""
    received, due = (date_of(values, name) for name in args)
    if received is None or due is None or received <= due:
        return []
    told = {"received": format_date(received), "due": format_date(due)}
    return [finding("TD-DATA-519", args[0], Severity.WARNING, **told)]


@rule("council_present_enough", params="total present written day")
def council_present_enough(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Họp xét khen thưởng cần đủ thành viên Hội đồng có mặt hoặc cho ý kiến bằng văn bản."""
    total, present, written = (number_of(values, name) for name in args[:3])
    day = date_of(values, args[3])
    if total is None or present is None or day is None:
        return []
    needed = share_on("award_council_present", day).needed(int(total))
    taking_part = int(present) + int(written or 0)
    if taking_part >= needed:
        return []
    return [finding("TD-DATA-521", args[1], Severity.WARNING, present=taking_part, total=int(total), needed=needed)]


@rule("decision_after_council", params="meeting decision")
def decision_after_council(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Quyết định khen thưởng có sau cuộc họp Hội đồng."""
    meeting, decision = (date_of(values, name) for name in args)
    if meeting is None or decision is None or meeting <= decision:
        return []
    told = {"meeting": format_date(meeting), "decision": format_date(decision)}
    return [finding("TD-DATA-524", args[1], Severity.WARNING, **told)]


@rule("award_recipient_given", params="recipient person collective+")
def award_recipient_given(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Cá nhân chọn từ sổ người; tập thể chọn đơn vị hoặc ghi tên; hộ gia đình ghi tên hộ."""
    recipient = text_of(values, args[0])
    if recipient not in set(Recipient):
        return []
    wanted = {Recipient.PERSON: args[1:2], Recipient.HOUSEHOLD: args[-1:]}.get(Recipient(recipient), args[2:])
    if any(text_of(values, name) for name in wanted):
        return []
    labels = ", ".join(context.label(name) for name in wanted)
    return [finding("TD-DATA-512", wanted[0], labels=labels)]


@rule("award_fits_recipient", params="award recipient day")
def award_fits_recipient(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Danh hiệu của cá nhân không trao cho tập thể, của tập thể không trao cho cá nhân (Luật Điều 20 đến Điều 31)."""
    award, recipient, day = text_of(values, args[0]), text_of(values, args[1]), date_of(values, args[2])
    allowed = recipients(award, day) if award and day else ()
    if not allowed or not recipient or recipient in allowed:
        return []
    shown = context.shown(args[0], award), context.shown(args[1], recipient)
    return [finding("TD-DATA-511", args[1], award=shown[0], recipient=shown[1])]


@rule("no_award_while_pending", params="obstacles result")
def no_award_while_pending(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Chưa khen khi đang xem xét kỷ luật, điều tra, có khiếu nại, tố cáo, dấu hiệu tham nhũng (NĐ 152/2025 Điều 4).

    Other findings (traffic, tax, environment …) are conditions of the province: they ask for a reason.
    """
    given = values.get(args[0])
    found = [code for code in given if isinstance(code, str)] if isinstance(given, (tuple, list)) else []
    goes_on = text_of(values, args[1]) in _GIVEN
    problems = []
    for code, severity, hindering in (
        ("TD-DATA-502", Severity.ERROR, [one for one in found if one in _PENDING]),
        ("TD-DATA-503", Severity.WARNING, [one for one in found if one not in _PENDING and one != _HOLDS_MEDAL]),
    ):
        if hindering:
            shown = context.shown(args[0], tuple(hindering)) or ", ".join(hindering)
            problems.append(finding(code, args[0], severity if goes_on else Severity.HINT, obstacles=shown))
    return problems


@rule("obstacles_checked", params="checked result")
def obstacles_checked(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Nhắc rà soát điều kiện loại trừ trước khi khen thưởng hoặc trình."""
    if text_of(values, args[1]) not in _GIVEN or date_of(values, args[0]) is not None:
        return []
    return [finding("TD-DATA-526", args[0], Severity.HINT)]


@rule(
    "one_achievement_one_award",
    params="award year person team group organization area text achieved_from achieved_to day recipient",
)
def one_achievement_one_award(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Một thành tích không khen nhiều hình thức; một danh hiệu không nhận hai lần một năm (NĐ 152/2025 Điều 4).

    Whoever is only written as text is not compared: two households may have the same name.
    """
    award, day = text_of(values, args[0]), date_of(values, args[10])
    mine = _identity(values, args[2:8], args[11])
    if not award or day is None or mine is None:
        return []
    for other in context.related(NOMINATION, *mine):
        if text_of(other, "result") not in _GIVEN or date_of(other, "withdrawn_on") is not None:
            continue
        if _identity(other, args[2:8], args[11]) == mine and _same_achievement(values, other, args, award, day):
            shown = context.shown(args[0], other.get("award"))
            return [finding("TD-DATA-504", args[0], Severity.WARNING, award=shown, year=other.get("year", ""))]
    return []


def _identity(values: Values, names: Sequence[str], recipient: str) -> tuple[str, str] | None:
    """The link that says who is nominated: a person, or the narrowest of team, group, organization, area."""
    person, team, group, organization, area, text = names
    if text_of(values, recipient) == Recipient.PERSON:
        chosen: tuple[str, ...] = (person,)
    elif text_of(values, recipient) == Recipient.COLLECTIVE and not text_of(values, text):
        chosen = (team, group, organization, area)
    else:
        return None
    return next(((name, text_of(values, name)) for name in chosen if text_of(values, name)), None)


def _same_achievement(values: Values, other: Mapping[str, object], args: Sequence[str], award: str, day: date) -> bool:
    if text_of(other, "award") == award and number_of(other, "year") == number_of(values, args[1]):
        return not is_single_form(award, day) or _overlap(values, other, args)
    both = is_single_form(award, day) and is_single_form(text_of(other, "award"), day)
    return both and _overlap(values, other, args)


def _overlap(values: Values, other: Mapping[str, object], args: Sequence[str]) -> bool:
    start, end = date_of(values, args[8]), date_of(values, args[9])
    first, last = date_of(other, "achieved_from"), date_of(other, "achieved_to")
    if start is None or end is None or first is None or last is None:
        return number_of(values, args[1]) == number_of(other, "year")
    return first <= end and start <= last


@rule("base_fighter_grounds", params="award person year advanced basis")
def base_fighter_grounds(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Chiến sĩ thi đua cơ sở: Lao động tiên tiến và một trong các căn cứ của Luật Điều 23."""
    if text_of(values, args[0]) != "base_fighter":
        return []
    problems = []
    if values.get(args[3]) is not True and not _is_advanced_worker(values, args, context):
        problems.append(finding("TD-DATA-505", args[3], Severity.WARNING))
    if text_of(values, args[4]) not in _FIGHTER_GROUNDS:
        problems.append(finding("TD-DATA-506", args[4], Severity.WARNING))
    return problems


def _is_advanced_worker(values: Values, args: Sequence[str], context: RuleContext) -> bool:
    person = text_of(values, args[1])
    return bool(person) and any(
        text_of(other, "award") == "advanced_worker"
        and text_of(other, "result") == AWARDED
        and number_of(other, "year") == number_of(values, args[2])
        for other in context.related(NOMINATION, args[1], person)
    )


@rule("collective_standard", params="award total advanced disciplined fighter day")
def collective_standard(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Tập thể lao động tiên tiến, xuất sắc: từ 70% lao động tiên tiến, không ai bị cảnh cáo (Luật Điều 27, Điều 28)."""
    award, day = text_of(values, args[0]), date_of(values, args[5])
    total, advanced, disciplined = (number_of(values, name) for name in args[1:4])
    if award not in ("advanced_collective", "excellent_collective") or day is None:
        return []
    problems = []
    needed = share_on("advanced_collective_share", day).needed(int(total or 0))
    if total is None or advanced is None or advanced < needed:
        told = {"advanced": int(advanced or 0), "total": int(total or 0), "more": max(0, needed - int(advanced or 0))}
        problems.append(finding("TD-DATA-507", args[2], Severity.WARNING, **told))
    if disciplined:
        problems.append(finding("TD-DATA-508", args[3], Severity.WARNING, count=int(disciplined)))
    if award == "excellent_collective" and values.get(args[4]) is not True:
        problems.append(finding("TD-DATA-509", args[4], Severity.WARNING))
    return problems


@rule("medal_not_held", params="award person obstacles result")
def medal_not_held(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Kỷ niệm chương chỉ tặng một lần, không tặng người đã có Huy chương, Huân chương của lực lượng (TT 20/2025)."""
    if text_of(values, args[0]) != MEDAL:
        return []
    person, given = text_of(values, args[1]), values.get(args[2])
    held = bool(person) and any(
        text_of(other, "award") == MEDAL and text_of(other, "result") == AWARDED
        for other in context.related(NOMINATION, args[1], person)
    )
    if held:
        return [finding("TD-DATA-517", args[0])]
    if isinstance(given, (tuple, list)) and _HOLDS_MEDAL in given:
        goes_on = text_of(values, args[3]) in _GIVEN
        return [finding("TD-DATA-529", args[2], Severity.ERROR if goes_on else Severity.HINT)]
    return []


@rule("medal_service_enough", params="award missing result")
def medal_service_enough(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Kỷ niệm chương: 15 năm với nam, 10 năm với nữ, 10 năm lãnh đạo; địa bàn khó khăn hệ số 2 (TT 20/2025)."""
    missing = text_of(values, args[1])
    if text_of(values, args[0]) != MEDAL or not missing:
        return []
    severity = Severity.WARNING if text_of(values, args[2]) in _GIVEN else Severity.HINT
    return [finding("TD-DATA-516", args[1], severity, missing=missing)]


@rule("service_not_twice", params="service")
def service_not_twice(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Hai dòng thời gian công tác trùng ngày: chương trình chỉ tính một lần."""
    if not overlapping(services_of(values, args[0], context.today)):
        return []
    return [finding("TD-DATA-522", args[0], Severity.HINT)]


@rule("leader_rewarded_before", params="award service person prior")
def leader_rewarded_before(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Lãnh đạo xét Kỷ niệm chương phải được khen ít nhất một lần về bảo vệ an ninh Tổ quốc (TT 20/2025 Điều 4)."""
    leads = any(row.get("leading") is True for row in rows_of(values.get(args[1])))
    if text_of(values, args[0]) != MEDAL or not leads:
        return []
    if any(row.get("security") is True for row in rows_of(values.get(args[3]))):
        return []
    person = text_of(values, args[2])
    others = context.related(NOMINATION, args[2], person) if person else ()
    if any(text_of(other, "result") == AWARDED for other in others):
        return []
    return [finding("TD-DATA-518", args[3], Severity.WARNING)]


@rule("award_votes_enough", params="votes needed round result")
def award_votes_enough(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Số phiếu không quá số thành viên; được khen hoặc trình thì đủ số phiếu cần."""
    votes, needed = number_of(values, args[0]), number_of(values, args[1])
    total = number_of(context.lookup(ROUND, text_of(values, args[2])) or {}, "members_total")
    if votes is None:
        return []
    if total is not None and votes > total:
        return [finding("TD-DATA-528", args[0], votes=int(votes), total=int(total))]
    if needed is None or votes >= needed or text_of(values, args[3]) not in _GIVEN:
        return []
    return [finding("TD-DATA-510", args[0], Severity.WARNING, votes=int(votes), needed=int(needed))]


@rule("equal_votes_women_first", params="round award votes sex total women result")
def equal_votes_women_first(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Bằng phiếu nhau thì ưu tiên nữ, tập thể có từ 70% nữ (NĐ 152/2025 Điều 4): nhắc tên người được ưu tiên."""
    round_id, votes = text_of(values, args[0]), number_of(values, args[2])
    if not round_id or votes is None or text_of(values, args[6]) != "pending":
        return []
    equal = [
        other
        for other in context.related(NOMINATION, args[0], round_id)
        if text_of(other, "award") == text_of(values, args[1]) and number_of(other, "votes_for") == votes
    ]
    if not equal:
        return []
    candidates = [
        (text_of(one, "recipient_name"), text_of(one, args[3]), int(number_of(one, args[4]) or 0),
         int(number_of(one, args[5]) or 0))
        for one in (values, *equal)
    ]  # fmt: skip
    preferred = women_first(candidates, context.today)
    if not preferred or len(preferred) == len(candidates):
        return []
    return [finding("TD-DATA-520", args[2], Severity.HINT, count=len(candidates), preferred=", ".join(preferred))]


@rule("awarded_by_decision", params="result number decided")
def awarded_by_decision(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Được khen thưởng phải có số và ngày quyết định, ở đợt xét hoặc ở quyết định riêng."""
    if text_of(values, args[0]) != AWARDED:
        return []
    if text_of(values, args[1]) and date_of(values, args[2]) is not None:
        return []
    return [finding("TD-DATA-513", args[0])]


@rule("award_power", params="result decider own_number")
def award_power(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Danh hiệu ngoài thẩm quyền của đơn vị cần quyết định riêng của cấp trên (NĐ 129/2025 Điều 59)."""
    decider = text_of(values, args[1])
    decided_here = _DECIDED_AT_PROVINCE if context.at_province else _DECIDED_AT_COMMUNE
    if text_of(values, args[0]) != AWARDED or decider in decided_here or text_of(values, args[2]):
        return []
    return [finding("TD-DATA-514", args[2], Severity.WARNING, decider=context.shown(args[1], decider) or decider)]


@rule("award_money_known", params="decided money")
def award_money_known(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Nhắc khi không có mức tiền thưởng nào có hiệu lực vào ngày quyết định."""
    day = date_of(values, args[0])
    if day is None or number_of(values, args[1]) is not None:
        return []
    return [finding("TD-DATA-515", args[1], Severity.HINT, day=format_date(day))]


@rule("withdrawn_with_basis", params="withdrawn basis")
def withdrawn_with_basis(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Hủy khen thưởng phải ghi quyết định hủy và lý do (Luật Điều 93)."""
    if date_of(values, args[0]) is None or fold(text_of(values, args[1])):
        return []
    return [finding("TD-DATA-523", args[1])]
