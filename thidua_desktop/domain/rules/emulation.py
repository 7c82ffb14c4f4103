"""Rules and computed fields of launches, targets and clusters (Law 06/2022/QH15 art. 16 to 19)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from thidua_desktop.domain.emulation import Direction, achievement, first_reached, latest, percent_of, steps_of
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import mapping_on, whole_number_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rows_of, rule, text_of
from thidua_desktop.text import fold, format_date, format_number

_AREA_KIND, _COMMUNE = "residential_area", "commune"


@rule("launch_plan_complete", params="day parts+")
def launch_plan_complete(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Kế hoạch phát động nêu đủ mục tiêu, đối tượng, nội dung, tiêu chí, thời gian, hình thức khen (Luật Điều 17)."""
    missing = [name for name in args[1:] if values.get(name) in (None, "", (), [])]
    if not missing or date_of(values, args[0]) is None:
        return []
    labels = ", ".join(context.label(name) for name in missing)
    return [finding("TD-DATA-490", missing[0], Severity.HINT, labels=labels)]


@rule("launch_criteria_enough", params="day criteria points grounds")
def launch_criteria_enough(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Số tiêu chí, tổng điểm, số căn cứ của kế hoạch phát động so với mức quen dùng (Luật Điều 17)."""
    rows, grounds = rows_of(values.get(args[1])), rows_of(values.get(args[3]))
    wanted = mapping_on("emulation_plan", date_of(values, args[0]) or context.today)
    criteria, points, sources = (cast(int, wanted[name]) for name in ("criteria", "points", "grounds"))
    total = number_of(values, args[2])
    problems = []
    if rows and len(rows) < criteria:
        problems.append(finding("TD-DATA-491", args[1], Severity.HINT, count=len(rows), least=criteria))
    if total is not None and total != points:
        given = format_number(total)
        problems.append(finding("TD-DATA-492", args[1], Severity.WARNING, total=given, wanted=points))
    if grounds and len(grounds) < sources:
        problems.append(finding("TD-DATA-493", args[3], Severity.HINT, count=len(grounds), least=sources))
    return problems


@rule("target_subject_given", params="kind area organization")
def target_subject_given(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Chỉ tiêu thuộc về một đơn vị đăng ký: khu dân cư, cơ quan, doanh nghiệp, trường học hoặc cả xã."""
    kind = text_of(values, args[0])
    if not kind or kind == _COMMUNE:
        return []
    needed = args[1] if kind == _AREA_KIND else args[2]
    if text_of(values, needed):
        return []
    return [finding("TD-DATA-494", needed, label=context.label(needed))]


@rule("target_against_base", params="base target direction")
def target_against_base(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Chỉ tiêu kém hơn kết quả năm trước thì cần lý do."""
    base, target = number_of(values, args[0]), number_of(values, args[1])
    if base is None or target is None or base == target:
        return []
    wants_more = text_of(values, args[2]) != Direction.LESS
    if (target > base) == wants_more:
        return []
    return [finding("TD-DATA-495", args[1], Severity.WARNING, target=format_number(target), base=format_number(base))]


@rule("target_source_fits", params="source indicator kind")
def target_source_fits(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Giá trị lấy từ số liệu sổ thì phải chọn chỉ tiêu thống kê, và chỉ có cho khu dân cư hoặc cả xã."""
    if text_of(values, args[0]) != "indicator":
        return []
    if not text_of(values, args[1]):
        return [finding("TD-DATA-496", args[1])]
    if text_of(values, args[2]) in (_AREA_KIND, _COMMUNE):
        return []
    return [finding("TD-DATA-497", args[0])]


@rule("progress_in_term", params="day start end")
def progress_in_term(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Ngày của giá trị theo dõi nằm trong thời gian thực hiện chỉ tiêu."""
    day, start, end = (date_of(values, name) for name in args)
    if day is None or start is None or end is None or start <= day <= end:
        return []
    told = {"day": format_date(day), "start": format_date(start), "end": format_date(end)}
    return [finding("TD-DATA-498", args[0], Severity.WARNING, **told)]


@rule("closed_with_value", params="closed value")
def closed_with_value(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Chốt chỉ tiêu phải có giá trị để xếp đạt, vượt mức hay chưa đạt."""
    if date_of(values, args[0]) is None or number_of(values, args[1]) is not None:
        return []
    return [finding("TD-DATA-499", args[0])]


@rule("registered_in_time", params="day year")
def registered_in_time(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Đăng ký thi đua của năm làm trong quý I; sau đó thì nhắc."""
    day, year = date_of(values, args[0]), number_of(values, args[1])
    if day is None or year is None:
        return []
    month = whole_number_on("emulation_registration_month", day)
    if (day.year, day.month) <= (int(year), month):
        return []
    return [finding("TD-DATA-500", args[0], Severity.HINT, month=month, year=int(year))]


@rule("leaders_are_members", params="leaders.name members.name")
def leaders_are_members(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Trưởng cụm, trưởng khối của năm là một thành viên của cụm, khối."""
    rows, _, column = args[0].partition(".")
    members, _, name = args[1].partition(".")
    leader = text_of(values, args[0])
    known = {fold(text_of(row, name)) for row in rows_of(values.get(members))}
    if not leader or not known or fold(leader) in known:
        return []
    return [finding("TD-DATA-501", f"{rows}.{column}", Severity.HINT, name=leader)]


@computation("latest_value", params="progress final")
def latest_value(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Giá trị khi chốt; chưa chốt thì giá trị của ngày mới nhất đã ghi."""
    final = number_of(values, args[1])
    last = latest(steps_of(values, args[0]))
    value = Decimal(final) if final is not None else last.value if last else None
    return value.quantize(Decimal("0.01")) if value is not None else None


@computation("percent_of_target", params="value target")
def percent_of_target(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Giá trị so với chỉ tiêu, phần trăm."""
    value, target = number_of(values, args[0]), number_of(values, args[1])
    return None if value is None or target is None else percent_of(Decimal(value), Decimal(target))


@computation("target_result", params="closed value target direction")
def target_result(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Đạt, vượt mức, chưa đạt: chỉ khi đã chốt."""
    value, target = number_of(values, args[1]), number_of(values, args[2])
    if date_of(values, args[0]) is None or value is None or target is None:
        return None
    direction = Direction.LESS if text_of(values, args[3]) == Direction.LESS else Direction.MORE
    return str(achievement(Decimal(value), Decimal(target), direction))


@computation("target_completed_on", params="closed progress target direction result")
def target_completed_on(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Ngày hoàn thành: ngày đầu tiên đạt mức; chỉ tiêu càng thấp càng tốt thì ngày chốt đạt."""
    target = number_of(values, args[2])
    if target is None:
        return None
    reached = text_of(values, args[4]) in ("reached", "exceeded")
    closed = date_of(values, args[0]) if reached else None
    if text_of(values, args[3]) == Direction.LESS:
        return closed
    return first_reached(steps_of(values, args[1]), Decimal(target)) or closed


@computation("first_shown", params="fields+")
def first_shown(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Ô đầu tiên có giá trị, viết như trong danh sách: bản ghi được chọn thì tên của nó, mã thì nhãn."""
    for name in args:
        given = values.get(name)
        if given not in (None, "", (), []):
            return context.shown(name, given) or None
    return None
