"""The help page of a set of criteria, in Markdown."""

from __future__ import annotations

from thidua_desktop.formdef.help_words import CERTAINTY_NOTES, basis_text
from thidua_desktop.formdef.model import AssessmentSpec, Band, Criterion, Definitions
from thidua_desktop.text import format_number


def criteria_page(spec: AssessmentSpec, definitions: Definitions) -> str:
    """One set: whom it assesses, from when to when, its tree with points, its bands."""
    subjects = "; ".join(definitions.catalogs["subject_kind"].label(kind) for kind in spec.subjects)
    window = f"{_day_text(spec.window_start)} đến {_day_text(spec.window_end)}"
    days = (("Đăng ký", spec.register_by), ("Tự đánh giá", spec.self_assess_by), ("Công nhận", spec.recognise_by))
    lines = [f"# {spec.title}", ""]
    lines += [text for text in (spec.help, basis_text(spec.basis), CERTAINTY_NOTES[spec.certainty]) if text]
    lines += ["", f"- Đối tượng: {subjects}.", f"- Thời gian tính: {window}."]
    lines += [f"- {what} chậm nhất ngày {_day_text(day)}." for what, day in days if day]
    lines += [f"- Không áp dụng: {one.reason}." for one in spec.exclusions]
    lines += ["", "## Tiêu chí", ""]
    lines += [_criterion_line(one, spec.depth(one.code)) for one in spec.criteria]
    if spec.bands:
        labels = definitions.catalogs["assessment_band"]
        lines += ["", "## Mức", "", *(f"- {labels.label(band.code)}{_conditions(spec, band)}" for band in spec.bands)]
    return "\n".join(lines) + "\n"


def _criterion_line(criterion: Criterion, depth: int) -> str:
    notes = [f"{format_number(criterion.maximum)} điểm"] if criterion.maximum else []
    if criterion.deduction:
        notes.append(f"mỗi vụ trừ {format_number(criterion.deduction)}")
    if criterion.zero_if_incident:
        notes.append("có vụ việc thì không điểm")
    told = f" ({'; '.join(notes)})" if notes else ""
    return f"{'  ' * depth}- **{criterion.code}** {criterion.text}{told}"


def _conditions(spec: AssessmentSpec, band: Band) -> str:
    if not spec.full_points:
        return f": từ {band.reached_by} tiêu chí" if band.reached_by else ""
    no_zero = ", không tiêu chí nào 0 điểm" if band.no_zero else ""
    return f": từ {format_number(band.minimum)} điểm{no_zero}"


def _day_text(month_day: str) -> str:
    month, _, day = month_day.partition("-")
    return f"{day}/{month}"
