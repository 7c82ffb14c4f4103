"""Checks of calendars: rules follow each other and leave no empty period, codes are nobody else's, reports exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from thidua_desktop.domain.calendars import CUTTING, MONTHS, Calendar, PeriodKind, is_span_code
from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.model import Definitions, ReportSpec


def report_calendars(definitions: Definitions, report: ReportSpec) -> tuple[Calendar, ...]:
    """Every calendar that a report has periods of: its own first, then those it names, then those that name it."""
    named = [definitions.calendars[name] for name in (report.calendar, *report.calendars)
             if name in definitions.calendars]  # fmt: skip
    naming = (one for one in definitions.calendars.values() if report.name in one.reports)
    return tuple(dict.fromkeys((*named, *naming)))


def check_calendars(definitions: Definitions, files: Mapping[str, str]) -> list[Fault]:
    """Faults of all calendars, and of reports that name one."""
    faults: list[Fault] = []
    for calendar in definitions.calendars.values():
        faults += check_calendar(calendar, definitions, files[f"calendars/{calendar.name}"])
    for report in definitions.reports.values():
        faults += _check_report(report, definitions, files[f"reports/{report.name}"])
    return faults


def check_calendar(calendar: Calendar, definitions: Definitions, file: str) -> list[Fault]:
    """Faults of one calendar, beside the others of ``definitions``."""
    faults = _check_codes(calendar, definitions, file)
    if bool(calendar.rules) == bool(calendar.spans):
        faults.append(fault("TD-FORM-058", file, "rules"))
    elif calendar.rules:
        faults += _check_rules(calendar, file)
    for name in calendar.reports:
        if name not in definitions.reports:
            allowed = ", ".join(definitions.reports)
            faults.append(fault("TD-FORM-006", file, "reports", value=name, allowed=allowed))
    return faults


def _check_codes(calendar: Calendar, definitions: Definitions, file: str) -> list[Fault]:
    """A code is 3 to 12 capital letters and digits, and means one thing in all calendars."""
    own = _codes(calendar)
    others = {code for one in definitions.calendars.values() if one.name != calendar.name for code in _codes(one)}
    faults = [fault("TD-FORM-005", file, "code", name=code) for code in own if not is_span_code(code)]
    repeated = [code for code, count in Counter(own).items() if count > 1 or code in others]
    return faults + [fault("TD-FORM-008", file, "code", name=code) for code in repeated]


def _codes(calendar: Calendar) -> list[str]:
    return [*((calendar.mark,) if calendar.mark else ()), *(span.code for span in calendar.spans)]


def _check_rules(calendar: Calendar, file: str) -> list[Fault]:
    faults = []
    first = calendar.rules[0]
    for earlier, later in pairwise(calendar.rules):
        if earlier.valid_from >= later.valid_from or later.kinds != first.kinds:
            faults.append(fault("TD-FORM-059", file, "rules", day=f"{later.valid_from:%d/%m/%Y}"))
    if not first.kinds:
        faults.append(fault("TD-FORM-003", file, "rules[0].month", key="month"))
    return faults or [fault("TD-FORM-060", file, "rules", year=year, kind=kind) for kind, year in _empty(calendar)]


def _empty(calendar: Calendar) -> Iterator[tuple[PeriodKind, int]]:
    """Kinds and years around a new rule in which a period would have no day."""
    years: Iterable[int] = sorted({rule.valid_from.year + by for rule in calendar.rules[1:] for by in (-1, 0, 1, 2)})
    for kind in calendar.kinds:
        for year in years:
            in_year = 12 // MONTHS[kind]
            ends = [calendar.closing(kind, year - 1, in_year)]
            ends += [calendar.closing(kind, year, number) for number in range(1, in_year + 1)]
            if ends != sorted(set(ends)):
                yield kind, year


def _check_report(report: ReportSpec, definitions: Definitions, file: str) -> list[Fault]:
    """A report's own calendar cuts time into its kinds; its codes mean one period."""
    faults = []
    for name in (report.calendar, *report.calendars):
        if name not in definitions.calendars:
            allowed = ", ".join(definitions.calendars)
            faults.append(fault("TD-FORM-006", file, "calendar", value=name, allowed=allowed))
    if faults:
        return faults
    own = definitions.calendars[report.calendar]
    if not set(report.period_kinds) & set(CUTTING) <= set(own.kinds):
        faults.append(fault("TD-FORM-006", file, "period_kinds", value=", ".join(report.period_kinds),
                            allowed=", ".join(own.kinds)))  # fmt: skip
    plain = [one for one in report_calendars(definitions, report) if one.rules and not one.mark]
    if len(plain) > 1:
        faults.append(fault("TD-FORM-061", file, "calendar", names=", ".join(one.name for one in plain)))
    return faults
