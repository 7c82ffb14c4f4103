"""Rules and computed fields of registrations and assessments; the set of criteria is looked up by its name.

A set that this program does not know (it may come from a newer one) is not judged: what was stored stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal

from thidua_desktop.domain.assessments.scoring import MET, Answer, Outcome, assess
from thidua_desktop.domain.assessments.sets import ORGANIZATION_KINDS, POINTS, AssessmentSpec, Criterion
from thidua_desktop.domain.assessments.subjects import excluded_by, subject_field, subject_id
from thidua_desktop.domain.assessments.windows import day_in, holds_in
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.computing import Computed, computation
from thidua_desktop.domain.rules.registry import (
    RuleContext,
    Values,
    date_of,
    number_of,
    rows_of,
    rule,
    text_of,
)
from thidua_desktop.text import format_date, format_number

_LINK_REGISTERS = {
    "residential_area": "residential_area",
    "organization": "organization",
    "group": "self_managed_group",
}
STAGES = ("self", "cross", "appraised")
"""Who answers, in order; the last one that answered everything decides."""


def set_of(values: Values, context: RuleContext) -> AssessmentSpec | None:
    """The set that a record names."""
    return context.criteria_sets.get(text_of(values, "criteria_set"))


@rule("subject_of_its_kind", params="kind residential_area organization group member")
def subject_of_its_kind(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đối tượng đánh giá phải có đúng một ô tương ứng: khu dân cư, đơn vị, tổ, hoặc tên đơn vị khác trong cụm."""
    kind = text_of(values, args[0])
    wanted = subject_field(kind)
    if wanted is None:
        return []
    found = []
    if wanted and not text_of(values, wanted):
        found.append(finding("TD-DATA-050", wanted, label=context.label(wanted)))
    for name in args[1:]:
        given = text_of(values, name)
        if name in _LINK_REGISTERS and name != wanted and given and context.lookup(_LINK_REGISTERS[name], given):
            found.append(finding("TD-DATA-051", name, label=context.label(name)))
    return found


@rule("subject_in_scope", params="criteria_set year kind organization")
def subject_in_scope(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Bộ tiêu chí phải áp dụng cho loại đối tượng, còn hiệu lực trong năm, và đơn vị không thuộc diện loại trừ."""
    spec, kind = context.criteria_sets.get(text_of(values, args[0])), text_of(values, args[2])
    if spec is None or not kind:
        return []
    if kind not in spec.subjects:
        return [finding("TD-DATA-054", args[2], set=spec.short)]
    year = _year_of(values, args[1])
    if year is not None and not holds_in(spec, year):
        return [finding("TD-DATA-055", args[1], set=spec.short, year=year)]
    organization = context.lookup("organization", text_of(values, args[3])) if kind in ORGANIZATION_KINDS else None
    if organization is None:
        return []
    if organization.get("kind") != ORGANIZATION_KINDS[kind] and not excluded_by(spec, organization):
        return [finding("TD-DATA-052", args[2], name=organization.get("name", ""))]
    reason = excluded_by(spec, organization)
    return [finding("TD-DATA-053", args[3], name=organization.get("name", ""), reason=reason)] if reason else []


@rule("subject_once_a_year", params="criteria_set year register:text")
def subject_once_a_year(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Mỗi đối tượng đăng ký và được đánh giá theo một bộ tiêu chí một lần trong năm."""
    name, year, subject = text_of(values, args[0]), values.get(args[1]), subject_id(values)
    if not name or year is None:
        return []
    kind = text_of(values, "subject_kind")
    for other in context.related(args[2], args[0], name):
        same = other.get(args[1]) == year and other.get("subject_kind") == kind
        if same and subject_id(other) == subject:
            return [finding("TD-DATA-056", args[0], year=year)]
    return []


@rule("subject_takes_part", params="part whole")
def subject_takes_part(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Phải có 100 % hộ đăng ký (khu dân cư), 100 % người được phổ biến (đơn vị); thiếu thì ghi lý do."""
    part, whole = (number_of(values, name) for name in args)
    if whole is None or part is None or part >= whole:
        return []
    label, missing = context.label(args[0]), format_number(whole - part)
    return [finding("TD-DATA-057", args[0], Severity.WARNING, part_label=label, missing=missing)]


@rule("registered_by_set_day", params="registered_on criteria_set year")
def registered_by_set_day(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Đăng ký trong quý I, hoặc trước ngày mà bộ tiêu chí định; muộn thì ghi lý do."""
    day, limit = date_of(values, args[0]), _limit(values, args[1], args[2], context)
    if day is None or limit is None or day <= limit:
        return []
    return [finding("TD-DATA-058", args[0], Severity.WARNING, day=format_date(day), limit=format_date(limit))]


@rule("points_within_maximum", params="criteria")
def points_within_maximum(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Điểm tự chấm, chấm chéo, thẩm định của một tiêu chí không vượt điểm chuẩn."""
    found = []
    for place, row in enumerate(rows_of(values.get(args[0]))):
        maximum = number_of(row, "maximum")
        for stage in STAGES:
            points = number_of(row, f"{stage}_points")
            if maximum is not None and points is not None and points > maximum:
                at, code = f"{args[0]}[{place}].{stage}_points", row.get("criterion", "")
                told, most = format_number(points), format_number(maximum)
                found.append(finding("TD-DATA-059", at, criterion=code, points=told, maximum=most))
    return found


@rule("incidents_answered", params="criteria")
def incidents_answered(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tiêu chí có vụ việc trong sổ, hoặc sổ cho thấy chưa đạt, mà vẫn chấm đạt, chấm đủ điểm, thì phải ghi lý do."""
    found = []
    for place, row in enumerate(rows_of(values.get(args[0]))):
        count, against = number_of(row, "incidents"), row.get("books_met") is False
        if not (count or against) or text_of(row, "override_reason"):
            continue
        maximum = number_of(row, "maximum")
        kept = [stage for stage in STAGES if row.get(f"{stage}_met") is True]
        kept += [s for s in STAGES if maximum and number_of(row, f"{s}_points") == maximum]
        if kept:
            at, code = f"{args[0]}[{place}].override_reason", row.get("criterion", "")
            found.append(
                finding("TD-DATA-060", at, criterion=code, count=format_number(count))
                if count
                else finding("TD-DATA-606", at, criterion=code)
            )
    return found


@rule("sheet_of_the_set", params="criteria criteria_set")
def sheet_of_the_set(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Bảng chấm phải có đủ tiêu chí của bộ, mỗi tiêu chí một dòng."""
    spec = context.criteria_sets.get(text_of(values, args[1]))
    rows = rows_of(values.get(args[0]))
    if spec is None or not rows:
        return []
    codes = [text_of(row, "criterion") for row in rows]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        return [finding("TD-DATA-061", args[0], criteria=", ".join(twice))]
    missing = [one.code for one in spec.leaves if one.code not in codes]
    if missing and spec.certainty != "?":  # where the table is not known, the office may leave lines out
        return [finding("TD-DATA-062", args[0], criteria=", ".join(missing), set=spec.short)]
    return []


@rule("recognised_when_met", params="status result decision_date")
def recognised_when_met(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Chỉ công nhận đối tượng đạt; đã công nhận thì có ngày quyết định."""
    if text_of(values, args[0]) != "recognised":
        return []
    found = []
    if text_of(values, args[1]) not in ("", MET):
        found.append(finding("TD-DATA-063", args[0]))
    if date_of(values, args[2]) is None:
        found.append(finding("TD-DATA-064", args[2], label=context.label(args[2])))
    return found


@rule("vetoes_of_the_set", params="vetoes criteria_set")
def vetoes_of_the_set(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Việc làm mất xếp loại chỉ có hiệu lực khi bộ tiêu chí nêu việc đó."""
    spec, given = context.criteria_sets.get(text_of(values, args[1])), values.get(args[0])
    if spec is None or not isinstance(given, (tuple, list)) or set(given) <= set(spec.vetoes):
        return []
    return [finding("TD-DATA-065", args[0], Severity.WARNING, set=spec.short)]


def _limit(
    values: Values, set_field: str, year_field: str, context: RuleContext, day: str = "register_by"
) -> date | None:
    spec, year = context.criteria_sets.get(text_of(values, set_field)), _year_of(values, year_field)
    return day_in(year, getattr(spec, day)) if spec is not None and year is not None else None


def _year_of(values: Values, name: str) -> int | None:
    """A year that has one before and one after it in the calendar; what else a table holds, its limits refuse."""
    year = number_of(values, name)
    return year if isinstance(year, int) and MINYEAR < year < MAXYEAR else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record's sheet added up at each stage; ``deciding`` joins them: the last answer to each criterion counts."""

    stages: Mapping[str, Outcome]
    deciding: Outcome


def sheet_of(spec: AssessmentSpec, values: Values) -> Sheet:
    """What the rows of a record come to. A criterion that a later stage leaves open keeps the answer before it."""
    rows = rows_of(values.get("criteria"))
    discipline = text_of(values, "leader_discipline")
    given = values.get("vetoes")
    vetoes = tuple(str(code) for code in given) if isinstance(given, (tuple, list)) else ()
    stages = {
        stage: assess(spec, [answer for row in rows if (answer := answer_of(spec, row, stage))], discipline, vetoes)
        for stage in STAGES
    }
    merged = [answer for row in rows if (answer := deciding_answer(spec, row))]
    return Sheet(stages, assess(spec, merged, discipline, vetoes))


def answer_of(spec: AssessmentSpec, row: Mapping[str, object], stage: str) -> Answer | None:
    """What one stage wrote in a row; None for a heading."""
    code = text_of(row, "criterion")
    if not code or spec.children(code):
        return None
    met = row.get(f"{stage}_met")
    return Answer(
        code,
        _decimal(row, f"{stage}_points"),
        met if isinstance(met, bool) else None,
        _decimal(row, "value"),
        _decimal(row, "maximum"),
    )


def deciding_answer(spec: AssessmentSpec, row: Mapping[str, object]) -> Answer | None:
    """The answer that counts: thẩm định, else chấm chéo, else tự chấm."""
    found = None
    for stage in reversed(STAGES):
        answer = answer_of(spec, row, stage)
        if answer is None:
            return None
        found = found or answer
        if answer.points is not None or answer.met is not None:
            return answer
    return found


def scored_criterion(spec: AssessmentSpec, row: Mapping[str, object]) -> Criterion | None:
    """The criterion of a row that is scored; a line that the office added counts as one of the scale."""
    code = text_of(row, "criterion")
    known = spec.criterion(code)
    if known is None:
        return Criterion(code=code, text=text_of(row, "text"), maximum=_decimal(row, "maximum") or Decimal(0))
    return None if spec.children(code) else known


def _is_begun(rows: Sequence[Mapping[str, object]], stage: str) -> bool:
    return any(row.get(f"{stage}_points") is not None or row.get(f"{stage}_met") is not None for row in rows)


def _decimal(row: Mapping[str, object], name: str) -> Decimal | None:
    number = number_of(row, name)
    return None if number is None else Decimal(number)


@computation("assessment_total", params="stage:text criteria own")
def assessment_total(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Tổng điểm của một lần chấm theo bộ tiêu chí; bộ không chấm điểm thì để trống."""
    spec = set_of(values, context)
    if spec is None:
        return values.get(args[2])
    if spec.method != POINTS or not _is_begun(rows_of(values.get(args[1])), args[0]):
        return None
    return sheet_of(spec, values).stages[args[0]].total


@computation("assessment_decided", params="part:text own")
def assessment_decided(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Tổng điểm, mức, kết quả, số tiêu chí chưa đạt theo lần chấm cuối cùng; chưa chấm đủ thì mức và kết quả trống."""
    spec = set_of(values, context)
    if spec is None:
        return values.get(args[1])
    rows = rows_of(values.get("criteria"))
    if not rows:
        return None
    outcome = sheet_of(spec, values).deciding
    if args[0] == "total":
        begun = any(_is_begun(rows, stage) for stage in STAGES)
        return outcome.total if spec.method == POINTS and begun else None
    if args[0] == "unmet":
        return len(outcome.unmet) + len(outcome.zeros) or None
    return getattr(outcome, args[0]) or None


@computation("day_of_the_set", params="day:text criteria_set year own")
def day_of_the_set(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Ngày phải xong theo bộ tiêu chí và năm."""
    if text_of(values, args[1]) not in context.criteria_sets:
        return values.get(args[3])
    return _limit(values, args[1], args[2], context, args[0])


@computation("assessment_closed", params="status")
def assessment_closed(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Có khi đã công nhận hoặc không công nhận."""
    return True if text_of(values, args[0]) in ("recognised", "refused") else None


@computation("registration_in_time", params="registered_on criteria_set year own")
def registration_in_time(values: Values, args: Sequence[str], context: RuleContext) -> Computed:
    """Có khi đăng ký đúng hạn của bộ tiêu chí; bộ không định hạn thì để trống."""
    if text_of(values, args[1]) not in context.criteria_sets:
        return values.get(args[3])
    day, limit = date_of(values, args[0]), _limit(values, args[1], args[2], context)
    return None if day is None or limit is None else day <= limit


@computation("everybody_registered", params="pairs+")
def everybody_registered(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Có khi mọi hộ, mọi người trong từng cặp số (đăng ký, tổng số) đều tham gia; chưa ghi cặp nào thì để trống."""
    pairs = [
        (number_of(values, part), number_of(values, whole)) for part, whole in zip(args[::2], args[1::2], strict=True)
    ]
    known = [(part or 0, whole) for part, whole in pairs if whole]
    return all(part >= whole for part, whole in known) if known else None


@computation("registration_complete", params="subject_kind")
def registration_complete(values: Values, args: Sequence[str], _context: RuleContext) -> Computed:
    """Có khi hồ sơ đăng ký đủ: nghị quyết; kế hoạch (trừ khu dân cư, tổ); mọi hộ hoặc mọi người tham gia."""
    kind = text_of(values, args[0])
    needed = ["resolution_number"]
    if kind not in ("residential_area", "self_managed_group"):
        needed.append("plan_number")
    everybody = values.get("everybody") is True or kind in ("commune", "cluster_member")
    return True if everybody and all(text_of(values, name) for name in needed) else None
