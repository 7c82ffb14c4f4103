"""A report put together: figures, paragraphs drafted from them or as the officer wrote them, charts, its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from thidua_desktop.charts.model import Chart
from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.jinja_texts import fill
from thidua_desktop.formdef.model import ReportSpec
from thidua_desktop.services.acts import Act
from thidua_desktop.services.communes import counted_offices
from thidua_desktop.services.report_checks.told import refuse_accepted
from thidua_desktop.services.report_periods import as_closed, calendars_of, groups
from thidua_desktop.services.reports.charts import charts_of
from thidua_desktop.services.reports.duties import DutyBoard, duty_boards
from thidua_desktop.services.reports.figures import Figure, figures_of, keep_reason
from thidua_desktop.services.reports.names import report_names
from thidua_desktop.services.reports.odd_places import OddPlace, odd_places
from thidua_desktop.services.reports.told_figures import asked_again
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.periods import ReportReturn
from thidua_desktop.text import clean_long, lower_first


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A report that can be made: which kinds of period it has, and in which calendars."""

    name: str
    title: str
    period_kinds: tuple[str, ...]
    calendars: tuple[str, ...]
    periods: tuple[str, ...]  # what they are called: months, …, campaigns with their codes


@dataclass(frozen=True, slots=True)
class ReportParagraph:
    """One paragraph: ``draft`` is what the figures say, ``text`` what will be printed; headings may have no text."""

    name: str
    heading: str
    level: int
    text: str
    draft: str
    edited: bool
    prompt: str
    marked: str = ""  # the draft with its figures marked (``figure_marks``)


@dataclass(frozen=True, slots=True)
class Report:
    """A report of one period as it stands now; ``closed_at`` and ``reported`` are set once it was closed.

    ``returned`` says that its last edition was returned and waits to be mended and closed again.
    """

    spec: ReportSpec
    period: Period
    subject: str
    opening: str
    to: str
    recipients: tuple[str, ...]
    figures: tuple[Figure, ...]
    paragraphs: tuple[ReportParagraph, ...]
    charts: tuple[Chart, ...]
    closed: bool
    closed_at: datetime | None
    edition: int
    reported: dict[str, Number]
    returned: ReportReturn | None = None
    boards: tuple[DutyBoard, ...] = ()
    odd_places: Mapping[str, tuple[OddPlace, ...]] = field(default_factory=dict)  # at the province: which communes

    def figure(self, name: str) -> Figure:
        """The figure of an indicator; KeyError when the report has none."""
        return next(figure for figure in self.figures if figure.indicator == name)

    @property
    def unanswered(self) -> tuple[Figure, ...]:
        """Odd figures without a reason; closing is refused while there are any."""
        return tuple(figure for figure in self.figures if figure.unanswered)

    @property
    def differences(self) -> tuple[tuple[Figure, Number], ...]:
        """Figures that records changed since the report was closed, with the value as reported."""
        return tuple(
            (figure, self.reported[figure.indicator])
            for figure in self.figures
            if figure.indicator in self.reported and self.reported[figure.indicator] != figure.value
        )


def reports(session: Session) -> list[ReportInfo]:
    """Every report that this office can make."""
    return [
        ReportInfo(
            spec.name,
            spec.title,
            spec.period_kinds,
            tuple(one.name for one in calendars_of(session, spec)),
            tuple(f"{one.title} (mã {one.span.code})" if one.span else one.title for one in groups(session, spec)),
        )
        for spec in session.definitions.reports.values()
    ]


def report_spec(session: Session, name: str) -> ReportSpec:
    """The definition of a report; raises TD-CLI-003 when there is none of that name."""
    try:
        return session.definitions.reports[name]
    except KeyError:
        known = ", ".join(sorted(session.definitions.reports))
        raise UserError("TD-CLI-003", report=name, known=known) from None


def build(session: Session, name: str, period: Period) -> Report:
    """Everything of a report as it stands now: live figures, drafted or edited paragraphs, charts, what was closed.

    A period that was closed keeps the days it was closed with, whatever its calendar says now.
    """
    spec = report_spec(session, name)
    period = as_closed(session, name, period)
    locked = is_closed(session, name, period)
    figures = figures_of(session, spec.indicators, period, counted_offices(session))
    figures = figures if locked else asked_again(session, name, period, figures)
    by_name = {figure.indicator: figure for figure in figures}
    names = report_names(session, period, by_name)
    frozen = session.file.reports.frozen(name, period.code)
    return Report(
        spec=spec,
        period=period,
        subject=fill(spec.subject, names),
        opening=fill(spec.opening, names),
        to=fill(spec.to, names),
        recipients=tuple(fill(line, names) for line in spec.recipients),
        figures=figures,
        paragraphs=paragraphs_of(session, spec, period, figures),
        charts=charts_of(session, spec.charts, period, figures),
        closed=locked,
        closed_at=frozen.at if frozen else None,
        edition=frozen.edition if frozen else 0,
        reported=_reported(frozen.figures if frozen else None),
        returned=session.file.reports.returns(name, period.code).get(frozen.edition) if frozen else None,
        boards=() if session.is_province else duty_boards(session, spec, period),
        odd_places=odd_places(session, figures, period),
    )


def set_paragraph(session: Session, report: str, period: Period, name: str, text: str) -> None:
    """Keep a paragraph as the officer wrote it; an empty text returns it to the draft. TD-DATA-302 when closed."""
    session.require(Permission.RECORD)
    if is_closed(session, report, period):
        raise UserError("TD-DATA-302", period=period.name)
    tidy = clean_long(text)
    if tidy:
        session.file.reports.put_narrative(report, period.code, name, tidy, actor=session.user.name, now=session.now())
    else:
        session.file.reports.drop_narrative(report, period.code, name)
    session.announce(Changes(frozenset()))


def keep_odd(session: Session, period: Period, key: str, reason: str) -> None:
    """Write why an odd figure is right; ``key`` is its ``reason_key``."""
    session.require(Permission.RECORD)
    keep_reason(session, period, key, reason)
    session.announce(Changes(frozenset()))


def is_closed(session: Session, report: str, period: Period) -> bool:
    """Whether the report's period is closed."""
    return any((lock.kind, lock.code) == (report, period.code) for lock in session.file.periods.all())


def close(session: Session, name: str, period: Period) -> Report:
    """Close a period: its figures and its paper are kept as reported; later edits show as a difference.

    Raises TD-DATA-301 while an odd figure has no reason, TD-DATA-302 closed already, TD-SYNC-136 accepted by the
    province, TD-STORE-220 permission.
    """
    from thidua_desktop.services.reports.paper import figures_json, print_report
    from thidua_desktop.services.reports.reported import content_of

    session.require(Permission.CLOSE_PERIOD)
    report = build(session, name, period)
    if report.closed:
        raise UserError("TD-DATA-302", period=period.name)
    refuse_accepted(session, name, period)
    if report.unanswered:
        named = ", ".join(figure.label for figure in report.unanswered[:3])
        raise UserError("TD-DATA-301", count=len(report.unanswered), examples=named)
    paper = print_report(session, report, edition=report.edition + 1)
    with session.file.atomic():
        session.file.reports.freeze(
            name,
            period.code,
            {**figures_json(session, report), "edition": report.edition + 1},
            paper.pdf,
            actor=session.user.name,
            now=session.now(),
            content=content_of(session, report),
        )
        session.file.periods.lock(
            name, period.code, report.period.start, report.period.end, session.user.name, session.now()
        )
    session.announce(Changes(frozenset()))
    elsewhere = "bấm Mở lại kỳ ở trang báo cáo ấy"
    session.acts.note(session, Act(f"chốt {report.spec.title}, {lower_first(period.name)}", elsewhere=elsewhere))
    return build(session, name, period)


def reopen(session: Session, name: str, period: Period) -> None:
    """Open a closed period again; what was reported stays kept, the next closing is a new edition.

    Raises TD-SYNC-136 when the province has accepted the report, TD-STORE-220 permission.
    """
    session.require(Permission.CLOSE_PERIOD)
    refuse_accepted(session, name, period)
    session.file.periods.unlock(name, period.code)
    session.announce(Changes(frozenset()))
    words = f"mở lại {report_spec(session, name).title}, {lower_first(period.name)}"
    session.acts.note(session, Act(words, elsewhere="chốt lại ở trang báo cáo ấy"))


def paragraphs_of(
    session: Session, spec: ReportSpec, period: Period, figures: Sequence[Figure]
) -> tuple[ReportParagraph, ...]:
    """The narrative: drafted from ``figures``, or as the officer wrote it."""
    by_name = {figure.indicator: figure for figure in figures}
    names = report_names(session, period, by_name)
    marking = report_names(session, period, by_name, marks=True)
    kept = session.file.reports.narrative(spec.name, period.code)
    made = []
    for part in spec.narrative:
        draft = fill(part.text, names) if part.text else ""
        marked = fill(part.text, marking) if part.text else ""
        edited = kept.get(part.name)
        text = edited.text if edited else draft
        made.append(
            ReportParagraph(part.name, part.heading, part.level, text, draft, edited is not None, part.prompt, marked)
        )
    return tuple(made)


def _reported(kept: Any) -> dict[str, Number]:
    from decimal import Decimal

    if not isinstance(kept, dict):
        return {}
    return {
        row["indicator"]: Decimal(row["value"]) if isinstance(row["value"], str) else row["value"]
        for row in kept.get("figures", ())
    }
