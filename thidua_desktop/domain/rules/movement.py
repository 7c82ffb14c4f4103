"""Rules on pledges of households, mobilisation models and monthly figures of administrative files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rows_of, rule, text_of
from thidua_desktop.text import format_number


@rule("not_below_activities", params="register:text signed area topic year")
def not_below_activities(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Số hộ đã ký không nhỏ hơn số hộ ký đông nhất ở một hoạt động cùng khu dân cư, chủ đề, năm.

    Not the sum of the activities: a household that signs at two of them is one household.
    """
    register, signed_name, area_name, topic_name, year_name = args
    signed, year = number_of(values, signed_name), number_of(values, year_name)
    area, topic = text_of(values, area_name), text_of(values, topic_name)
    if signed is None or year is None or not area:
        return []
    counted = [
        number
        for one in context.related(register, area_name, area)
        if topic in _codes(one, "topics")
        and (day := date_of(one, "held_on")) is not None
        and day.year == year
        and (number := number_of(one, signed_name)) is not None
    ]
    most = max(counted, default=0)
    if signed >= most:
        return []
    told = {"signed": format_number(signed), "counted": format_number(most)}
    return [finding("TD-DATA-410", signed_name, Severity.WARNING, **told)]


def _codes(values: Values, name: str) -> Sequence[object]:
    found = values.get(name)
    return found if isinstance(found, (tuple, list)) else ()


@rule("rows_as_many", params="rows count")
def rows_as_many(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Danh sách có đúng số dòng như con số bên cạnh: thiếu thì nhắc, thừa thì phải sửa."""
    rows, count = rows_of(values.get(args[0])), number_of(values, args[1])
    if not rows or len(rows) == (count or 0):
        return []
    told = {"label": context.label(args[0]), "rows": len(rows), "count": format_number(count or 0)}
    if len(rows) > (count or 0):
        return [finding("TD-DATA-411", args[0], Severity.ERROR, **told)]
    return [finding("TD-DATA-412", args[0], Severity.HINT, **told)]


@rule("files_add_up", params="carried received settled pending withdrawn")
def files_add_up(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Kỳ trước chuyển sang cộng tiếp nhận mới bằng đã giải quyết cộng đang giải quyết cộng rút.

    More handled than there was to handle is an error; fewer can stand with a reason (files being moved between
    systems).
    """
    carried, received, settled, pending, withdrawn = (number_of(values, name) or 0 for name in args)
    if values.get(args[2]) is None and values.get(args[3]) is None:
        return []
    whole, parts = carried + received, settled + pending + withdrawn
    told = {"whole": format_number(whole), "parts": format_number(parts)}
    if parts > whole:
        return [finding("TD-DATA-413", args[1], Severity.ERROR, **told)]
    return [finding("TD-DATA-414", args[3], Severity.WARNING, **told)] if parts < whole else []


@rule("carried_over_as_before", params="register:text carried year month pending")
def carried_over_as_before(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Kỳ trước chuyển sang bằng số đang giải quyết của tháng trước; khác thì ghi lý do."""
    register, carried_name, *rest = args
    carried, pending = number_of(values, carried_name), _pending_before(values, (register, *rest), context)
    if carried is None or pending is None or pending == carried:
        return []
    year, month = _month_before(values, *rest[:2]) or (0, 0)
    told = {"carried": format_number(carried), "pending": format_number(pending), "before": f"{month}/{year}"}
    return [finding("TD-DATA-415", carried_name, Severity.WARNING, **told)]


@computation("pending_before", params="register:text year month pending")
def pending_before(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Số đang giải quyết của tháng trước, chuyển sang tháng này."""
    return _pending_before(values, args, context)


@computation("end_of_last_month", params="register:text year month")
def end_of_last_month(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Ngày cuối của tháng đã hết gần nhất; tháng ấy đã ghi rồi thì hôm nay, số liệu của tháng đang chạy."""
    day = context.today.replace(day=1) - timedelta(days=1)
    written = context.related(args[0], args[1], str(day.year))
    return context.today if any(one.get(args[2]) == day.month for one in written) else day


def _pending_before(values: Values, args: Sequence[str], context: RuleContext) -> Decimal | int | None:
    before = _month_before(values, args[1], args[2])
    months = context.related(args[0], args[1], str(before[0])) if before else []
    last = next((one for one in months if before and one.get(args[2]) == before[1]), None)
    return number_of(last, args[3]) if last else None


def _month_before(values: Values, year_name: str, month_name: str) -> tuple[int, int] | None:
    year, month = number_of(values, year_name), number_of(values, month_name)
    if year is None or month is None:
        return None
    return (int(year), int(month) - 1) if month > 1 else (int(year) - 1, 12)


@rule("owner_named", params="kind name person")
def owner_named(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tập thể phải có tên; cá nhân phải chọn người."""
    kind = text_of(values, args[0])
    needed = {"collective": args[1], "individual": args[2]}.get(kind)
    if needed is None or text_of(values, needed):
        return []
    return [finding("TD-DATA-419", needed, label=context.label(needed))]


@rule("unit_named", params="kind unit")
def unit_named(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đóng góp khác phải ghi đơn vị tính; tiền, đất, công đã có đơn vị của mình."""
    if text_of(values, args[0]) != "other" or text_of(values, args[1]):
        return []
    return [finding("TD-DATA-420", args[1], label=context.label(args[1]))]
