"""Figures of which the province counts another number: they are not closed again as they were without a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from thidua_desktop.domain.periods import Period
from thidua_desktop.services.report_checks.told import ToldFigure, told
from thidua_desktop.services.reports.figures import Figure, kept_reasons
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number


def asked_again(session: Session, report: str, period: Period, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """``figures``; one that the province sent back with another number or a remark, and that still is what it was, is
    odd, whatever was said before.

    So until the report is closed again: that closing is a new answer to the province.
    """
    found = None if session.is_province else told(session, report, period.code)
    if found is None or not found.current or not (found.returned or found.reopened):
        return tuple(figures)
    checked = {one.indicator: one for one in found.figures if one.difference or one.remark}
    reasons = kept_reasons(session, period) if checked else {}
    return tuple(
        _asked(figure, one, reasons)
        if (one := checked.get(figure.indicator)) is not None and figure.value == one.reported
        else figure
        for figure in figures
    )


def _asked(figure: Figure, told: ToldFigure, reasons: Mapping[str, str]) -> Figure:
    number = format_number(told.checked) if told.difference and told.checked is not None else ""
    remark = told.remark.replace(":", ",")  # what stands behind a colon is what to do
    still = f"nay vẫn {format_number(figure.value)}"
    said = f"Tỉnh tính {number}, {still}" if number else f"Tỉnh nhận xét “{remark}”, {still}"
    more = f" ({remark})" if number and remark else ""
    words = f"{said}{more}: sửa sổ, hoặc ghi lý do."
    asked = replace(figure, odd=words, told=number or remark)
    return replace(asked, kept_reason=reasons.get(asked.reason_key, ""))
