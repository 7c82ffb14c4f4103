"""Rules on identity numbers and on the letters of a text."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.identity_number import check_identity_number
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, date_of, number_of, rule, text_of
from thidua_desktop.text import from_tcvn3, from_vni, looks_like_tcvn3, looks_like_vni, without_kind


@rule("id_number", params="number birth_date? sex?")
def id_number(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Số định danh cá nhân 12 chữ số; so với ngày sinh (ngày, hoặc năm) và giới tính khi có."""
    birth_year: int | None = None
    if len(args) > 1:
        day, year = date_of(values, args[1]), number_of(values, args[1])
        birth_year = day.year if day else int(year) if year is not None else None
    sex = text_of(values, args[2]) if len(args) > 2 else ""
    return check_identity_number(text_of(values, args[0]), args[0], context.today, birth_year, sex)


@rule("name_without_kind", params="kind name")
def name_without_kind(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Tên không nhắc lại loại: lập báo cáo “Thôn” đứng trước tên, ghi “Thôn 1” sẽ in thành “Thôn Thôn 1”."""
    kind, name = (text_of(values, arg) for arg in args)
    shown = context.shown(args[0], kind) if kind else ""
    own = without_kind(name, shown)
    if own == name:
        return []
    return [finding("TD-DATA-591", args[1], Severity.WARNING, kind=shown, name=own)]


@rule("text_encoding", params="fields+", each=True)
def text_encoding(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Chữ có thể còn ở bảng mã cũ (TCVN3, VNI): đề nghị bản đã chuyển sang Unicode."""
    problems = []
    for name in args:
        text = text_of(values, name)
        if looks_like_tcvn3(text):
            problems.append(_old_letters("TD-DATA-023", name, from_tcvn3(text), context))
        elif looks_like_vni(text):
            problems.append(_old_letters("TD-DATA-024", name, from_vni(text), context))
    return problems


def _old_letters(code: str, name: str, converted: str, context: RuleContext) -> Problem:
    shown = converted if len(converted) <= 120 else converted[:119] + "…"
    return finding(code, name, Severity.WARNING, label=context.label(name), converted=shown)
