"""Rules of self-managed groups, their yearly rating, models and good examples. Amounts are the province's settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.law_table import mapping_on
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rule, text_of
from thidua_desktop.text import format_date, format_number

GROUPS, MODELS, AREAS, MEETINGS = "self_managed_group", "model", "residential_area", "resident_meeting"
RHYTHMS = {"monthly": "mỗi tháng", "quarterly": "mỗi quý", "half_yearly": "sáu tháng", "yearly": "mỗi năm"}


@computation("class_by_points", params="points year table:text")
def class_by_points(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Loại theo điểm: loại cao nhất mà điểm đạt mức thấp nhất của nó trong thang của tỉnh."""
    points, year = (number_of(values, name) for name in args[:2])
    if points is None or year is None:
        return None
    bands = mapping_on(args[2], date(int(year), 12, 31))
    reached = [(Decimal(str(least)), name) for name, least in bands.items() if points >= Decimal(str(least))]
    return max(reached)[1] if reached else None


@rule("class_agrees_with_points", params="given computed")
def class_agrees_with_points(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Loại được công nhận khác loại tính từ điểm thì phải nói lý do."""
    given, computed = (text_of(values, name) for name in args)
    if not given or not computed or given == computed:
        return []
    labels = {"given": context.label(args[0]), "computed": context.label(args[1])}
    return [finding("TD-DATA-446", args[0], Severity.WARNING, **labels)]


@rule("group_stood_in_year", params="group year")
def group_stood_in_year(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tổ được xếp loại phải có hoạt động trong năm đó."""
    group, year = context.lookup(GROUPS, text_of(values, args[0])), number_of(values, args[1])
    if group is None or year is None:
        return []
    founded, closed = date_of(group, "founded_on"), date_of(group, "closed_on")
    if (founded is None or founded.year <= year) and (closed is None or closed.year >= year):
        return []
    return [finding("TD-DATA-447", args[0], year=year)]


@rule("held_as_recorded", params="held group year")
def held_as_recorded(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Số cuộc đã họp so với số cuộc của tổ trong năm (01/01 đến 31/12) ở Sổ họp."""
    held, group, year = number_of(values, args[0]), text_of(values, args[1]), number_of(values, args[2])
    if not group or year is None:
        return []
    days = (date_of(meeting, "held_on") for meeting in context.related(MEETINGS, "group", group))
    recorded = sum(day is not None and day.year == year for day in days)
    if not recorded or held == recorded:
        return []
    return [finding("TD-DATA-456", args[0], Severity.HINT, count=format_number(recorded), year=year)]


@rule("rhythm_as_set", params="rhythm kind founded")
def rhythm_as_set(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Nhịp họp của tổ so với nhịp mà tỉnh quy định cho loại tổ."""
    rhythm, kind = text_of(values, args[0]), text_of(values, args[1])
    usual = mapping_on("group_meeting_rhythm", context.today).get(kind)
    if not rhythm or usual is None or rhythm == usual:
        return []
    return [finding("TD-DATA-448", args[0], Severity.HINT, usual=RHYTHMS[str(usual)])]


@rule("successor_needs_closing", params="successor closed")
def successor_needs_closing(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tổ đã có tổ kế tiếp thì phải ghi ngày kết thúc."""
    if not text_of(values, args[0]) or values.get(args[1]) not in (None, ""):
        return []
    return [finding("TD-DATA-449", args[1], Severity.WARNING, label=context.label(args[1]))]


@rule("point_within_model", params="model founded stopped")
def point_within_model(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Điểm mô hình bắt đầu không trước ngày ra mắt mô hình và không kéo dài sau ngày mô hình dừng."""
    model = context.lookup(MODELS, text_of(values, args[0]))
    if model is None:
        return []
    founded, stopped = date_of(values, args[1]), date_of(values, args[2])
    first, last = date_of(model, "founded_on"), date_of(model, "stopped_on")
    found = []
    if founded and first and founded < first:
        found.append(finding("TD-DATA-450", args[1], Severity.WARNING, first=format_date(first)))
    if last and (stopped is None or stopped > last):
        found.append(finding("TD-DATA-454", args[2], Severity.WARNING, last=format_date(last)))
    return found


@rule("group_of_area", params="group area")
def group_of_area(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tổ thuộc đúng khu dân cư đã chọn; khu đã sáp nhập, kết thúc thì tổ của nó nay ghi ở khu khác."""
    group, area = context.lookup(GROUPS, text_of(values, args[0])), text_of(values, args[1])
    if group is None or not area or text_of(group, "residential_area") in ("", area):
        return []
    if date_of(context.lookup(AREAS, area) or {}, "valid_to"):
        return []
    return [finding("TD-DATA-451", args[0], Severity.WARNING)]


@rule("eyes_have_points", params="points eyes")
def eyes_have_points(values: Values, args: Sequence[str], _context: RuleContext) -> list[Problem]:
    """Mỗi điểm camera có ít nhất một mắt: số mắt không ít hơn số điểm."""
    points, eyes = (number_of(values, name) for name in args)
    if points is None or eyes is None or eyes >= points:
        return []
    told = {"points": format_number(points), "eyes": format_number(eyes)}
    return [finding("TD-DATA-455", args[1], Severity.WARNING, **told)]


@rule("example_named", params="kind person collective organization")
def example_named(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Điển hình cá nhân chọn người; điển hình tập thể ghi tên tập thể hoặc chọn đơn vị."""
    kind = text_of(values, args[0])
    needed = args[1:2] if kind == "person" else args[2:]
    if not kind or any(text_of(values, name) for name in needed):
        return []
    return [finding("TD-DATA-453", needed[0], label=context.label(needed[0]))]
