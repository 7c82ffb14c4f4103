"""A checked report, a returned one and a reminder of made-up facts, always the same: to look at and to compare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from thidua_desktop.domain.periods import Period, PeriodKind, period_of, previous
from thidua_desktop.services.report_checks.decisions import ReportStanding, Standing
from thidua_desktop.services.report_checks.papers import SHEET_TITLE, SLIP_TITLE, sheet_document, slip_document
from thidua_desktop.services.report_checks.reminders import TITLE, LateReport, Reminder, reminders_document
from thidua_desktop.services.report_checks.sheet import CheckLine, CheckSheet
from thidua_desktop.services.report_periods import due
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.session import Session
from thidua_desktop.store.periods import ReportReturn

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

REPORT = "movement_result"
COMMUNES = (("99001", "Xã Phú Hòa"), ("99002", "Phường Tân An"))
_LINES = 18
_CHECKED = {6: (-2, "Hai buổi ghi trùng"), 9: (14, "Cộng thiếu danh sách thôn Tân Lập"), 11: (0, "Nêu rõ hình thức")}
"""Which lines of the sample say something: the difference, and the remark."""


def sample_documents(session: Session) -> Iterator[tuple[str, str, Document]]:
    """Name, title and blocks of each paper of checking."""
    yield "report_check", _sentence(SHEET_TITLE), sheet_document(session, sample_sheet(session))
    yield "report_return", _sentence(SLIP_TITLE), slip_document(session, sample_sheet(session, returned=True))
    yield "report_reminder", TITLE, reminders_document(session, sample_reminders(session))


def sample_sheet(session: Session, *, returned: bool = False) -> CheckSheet:
    """A sheet with figures that agree, differ, and are remarked upon."""
    spec, period = report_spec(session, REPORT), _period(session)
    lines = tuple(_line(session, name, place) for place, name in enumerate(spec.indicators[:_LINES], start=1))
    state = Standing.RETURNED if returned else Standing.TO_CHECK
    told = ReportReturn(
        REPORT, period.code, 1, session.today, "Tỉnh", "Số lượt người dự chưa khớp với danh sách kèm theo",
        session.now(), session.user.name,
    )  # fmt: skip
    return CheckSheet(
        COMMUNES[0][0], COMMUNES[0][1], REPORT, spec.title, period, session.now() - timedelta(days=3), True,
        ReportStanding(state, 1, ""), lines, "Báo cáo gửi đúng hạn, đủ phụ lục", (), (), told if returned else None,
    )  # fmt: skip


def sample_reminders(session: Session) -> list[Reminder]:
    """Two communes, of which the second is late with two reports."""
    spec, period = report_spec(session, REPORT), _period(session)
    found = []
    for place, (office, name) in enumerate(COMMUNES, start=1):
        late = [period, previous(period)][:place][::-1]
        found.append(
            Reminder(office, name, REPORT, tuple(
                LateReport(spec.title, one, day := due(session, spec, one), max(1, (session.today - day).days))
                for one in late
            ))
        )  # fmt: skip
    return found


def _period(session: Session) -> Period:
    spec = report_spec(session, REPORT)
    return previous(period_of(session.today, PeriodKind.MONTH, session.definitions.calendars[spec.calendar]))


def _line(session: Session, name: str, place: int) -> CheckLine:
    indicator, reported = session.definitions.indicators[name], place * 17 % 90 + place
    difference, remark = _CHECKED.get(place, (0, ""))
    checked = reported + difference if difference else None
    return CheckLine(name, indicator.label, indicator.unit, reported, reported + difference, checked, remark, False)


def _sentence(title: str) -> str:
    return f"{title[:1]}{title[1:].lower()}"
