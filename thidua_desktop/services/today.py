"""What is due today: plain lines for Hôm nay, each leading to the place where it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from thidua_desktop.domain.periods import Period, PeriodKind, days_left, previous
from thidua_desktop.formdef.model import Condition, DueSpec, RegisterSpec, ReportSpec
from thidua_desktop.services import drafts, own_unit, periods, report_periods, titles
from thidua_desktop.services.due import Waiting, in_words, last_day, pressing, state_of
from thidua_desktop.services.rounds import Round
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import MADE
from thidua_desktop.store.queries import ListQuery, Record, SortKey
from thidua_desktop.text import format_date, format_moment, lower_first, upper_first

if TYPE_CHECKING:  # what lines need comes when they are read, on another thread: the page is painted without it
    from thidua_desktop.services.report_checks.told import ToldReport

MEETING_REGISTER, GROUP_REGISTER, AREA_REGISTER = "resident_meeting", "self_managed_group", "residential_area"
DRAFT, WAITING, RETURNED, RETURNED_REPORT = "draft", "waiting", "returned", "returned_report"
UNIT, AWARDS = "unit", "awards"
REOPENED_REPORT, ACCEPTED_REPORT = "reopened_report", "accepted_report"
REPORTS_SHOWN_BEFORE = 30
ACCEPTED_SHOWN = 30
LINES_PER_KIND = 6
MEETINGS_LOOKED_THROUGH = 200
DAYS_LOOKED_THROUGH = 122
SOON_BEFORE_A_MEETING = 7
_RHYTHMS = {"quarterly": PeriodKind.QUARTER, "half_yearly": PeriodKind.HALF, "yearly": PeriodKind.YEAR}
"""Rhythms of groups that do not meet every month."""


class Urgency(StrEnum):
    """How a line is marked."""

    LATE = "late"
    SOON = "soon"
    CALM = "calm"


class Target(NamedTuple):
    """Where a line leads: a page of the window and what it opens there."""

    page: str  # register | record | form | round | report | handoff | wizard
    register: str = ""
    record_id: str = ""
    query: ListQuery | None = None
    report: str = ""
    period: str = ""
    due: str = ""  # a list narrowed to what waits
    part: str = ""  # of a page
    round: Round | None = None


class DueLine(NamedTuple):
    """One line: ``kind`` groups lines (report, meeting, task, duty, package, step), ``days`` left (negative: late)."""

    kind: str
    title: str
    detail: str
    urgency: Urgency
    target: Target
    days: int | None = None
    done: bool = False
    more: int = 0  # so many further records of the same kind
    of: str = ""  # what records of a register wait for: "nhiệm vụ chưa xong"


class Today(NamedTuple):
    """All lines, most urgent first; ``first_steps`` while one is not done, ``steps_left`` those to be reminded of."""

    due: tuple[DueLine, ...]
    first_steps: tuple[DueLine, ...]
    steps_left: tuple[DueLine, ...] = ()


def today(session: Session) -> Today:
    """What is due in this office: reports, groups without a meeting, tasks past their day, changes not sent."""
    if session.is_province:
        return Today((), ())
    lines = [
        *report_lines(session), *meeting_lines(session), *task_lines(session), *duty_lines(session),
        *waiting_lines(session), *standard_lines(session), *survey_lines(session), *package_lines(session),
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.urgency is not Urgency.LATE, line.days if line.days is not None else 999))
    returned = (*returned_reports(session), *reopened_reports(session), *returned_lines(session), *award_lines(session))
    lines += accepted_reports(session)
    unit = unit_lines(session)
    steps = () if unit else tuple(first_steps(session))  # of a new commune that takes over: that first
    return Today((*draft_lines(session), *returned, *unit, *lines), steps, steps_left(session, steps))


def unit_lines(session: Session) -> list[DueLine]:
    """That this unit ends, has to take over from another one, or has a new name."""
    return [
        DueLine(UNIT, one.title, one.detail, Urgency.SOON, Target("admin", part="unit"), max(one.days, 0))
        for one in own_unit.news(session)
    ]


def draft_lines(session: Session) -> list[DueLine]:
    """What this person was typing when the window or the power went off; each leads back into its form."""
    return [
        DueLine(
            DRAFT,
            f"Bản nháp: {draft.label}",
            f"gõ dở lúc {format_moment(draft.kept_at)}",
            Urgency.SOON,
            Target("form", draft.register, draft.record_id or ""),
        )
        for draft in drafts.restore(session)[:LINES_PER_KIND]
    ]


def returned_lines(session: Session) -> list[DueLine]:
    """Records that the province returned or could not merge; each leads into its form."""
    if not session.file.answers.of(session.file.identity.code):
        return []
    from thidua_desktop.services.handoff import receipts

    waiting = receipts.returned_records(session)
    lines = [
        DueLine(
            RETURNED, f"{one.words}: {one.title}", one.reason, Urgency.LATE, Target("form", one.register, one.record_id)
        )
        for one in waiting[:LINES_PER_KIND]
    ]  # fmt: skip
    if len(waiting) > LINES_PER_KIND:
        rest = len(waiting) - LINES_PER_KIND
        title = f"Còn {rest} bản ghi tỉnh trả lại hoặc chưa nhập được"
        lines.append(DueLine(RETURNED, title, "", Urgency.LATE, Target("handoff"), more=rest))
    return lines


def award_lines(session: Session) -> list[DueLine]:
    """That the province has decided on proposals for awards, which are not in the book yet."""
    if not session.file.decisions.of(session.file.identity.code):
        return []
    from thidua_desktop.services.awards import results

    count = results.waiting_count(session)
    if not count:
        return []
    title, told = f"Kết quả khen thưởng của tỉnh: {count} đề nghị", "theo biên nhận mới nhất, chưa ghi vào sổ"
    return [DueLine(AWARDS, title, told, Urgency.SOON, Target("handoff", part=AWARDS))]


def returned_reports(session: Session) -> list[DueLine]:
    """Reports that were returned and are not closed again yet."""
    reports = session.definitions.reports
    return [
        DueLine(
            RETURNED_REPORT,
            f"Báo cáo bị trả lại: {report_periods.report_label(session.definitions, reports[one.report], one.period)}",
            f"{one.by} trả lại ngày {format_date(one.day)}: {one.reason}",
            Urgency.LATE,
            Target("report", report=one.report, period=one.period),
        )
        for one in session.file.reports.waiting_returns()
        if one.report in reports
    ][:LINES_PER_KIND]


def reopened_reports(session: Session) -> list[DueLine]:
    """Reports whose acceptance the province took back: they may be mended and closed again."""
    return [
        DueLine(
            REOPENED_REPORT,
            f"Tỉnh mở lại báo cáo: {label}",
            one.reason,
            Urgency.SOON,
            Target("report", report=one.report, period=one.period),
        )
        for one, label in _told(session)
        if one.reopened and one.current
    ][:LINES_PER_KIND]


def accepted_reports(session: Session) -> list[DueLine]:
    """Reports that the province accepted lately with other figures or remarks, which the next report should heed."""
    from thidua_desktop.sync.receipt import ReportState

    found = []
    for one, label in _told(session):
        lately = one.day is not None and (session.today - one.day).days <= ACCEPTED_SHOWN
        if one.state is not ReportState.ACCEPTED or not lately or not (one.figures or one.remark):
            continue
        told = ". ".join([*([one.remark] if one.remark else []), *(figure.words for figure in one.figures)])
        target = Target("report", report=one.report, period=one.period)
        found.append(DueLine(ACCEPTED_REPORT, f"{one.words}: {label}", told, Urgency.CALM, target))
    return found[:LINES_PER_KIND]


def _told(session: Session) -> Iterator[tuple[ToldReport, str]]:
    """What the province said of reports, with what each is called."""
    from thidua_desktop.services.handoff.acknowledged import report_answers

    if not report_answers(session):
        return
    from thidua_desktop.services.report_checks.told import told_reports

    reports = session.definitions.reports
    for one in told_reports(session):
        if one.report in reports:
            yield one, report_periods.report_label(session.definitions, reports[one.report], one.period)


def report_lines(session: Session) -> list[DueLine]:
    """Reports of the period that ended last and are not closed, or end soon (Decree 09/2019/NĐ-CP art. 8, 12).

    A period that ended before the office recorded anything is not held against it.
    """
    lines = []
    begun = _first_record_day(session)
    for spec in session.definitions.reports.values():
        for group in report_periods.groups(session, spec):
            if not (group.span.reminded if group.span is not None else spec.reminded):
                continue
            for period in _to_report(session, group, begun):
                line = _report_line(session, spec, period)
                if line is not None:
                    lines.append(line)
    return lines


def _to_report(session: Session, group: report_periods.PeriodGroup, begun: date | None) -> Iterator[Period]:
    """The period that ended last, where the office had begun to record, and the running one."""
    running = report_periods.latest(session, group)
    if running is None:
        return
    last = previous(running)
    if group.span is None and begun is not None and begun <= last.end and own_unit.reports(session, last):
        yield own_unit.own_days(session, last)
    if (group.span is None or (begun is not None and begun <= running.end)) and own_unit.reports(session, running):
        yield own_unit.own_days(session, running)


def meeting_lines(session: Session) -> list[DueLine]:
    """Self-managed groups that have not met in the running period of their rhythm: month, quarter, half year, year."""
    if not session.file.records.holds_any(GROUP_REGISTER):
        return []
    living = {key: entry for key, entry in titles.entries_of(session, GROUP_REGISTER).items()
              if entry.valid_on(session.today)}  # fmt: skip
    waiting = _by_rhythm(session, set(living))
    lines = []
    for kind, groups in waiting.items():
        period = periods.current(session, kind)
        left = groups - _met_within(session, period)
        if left:
            lines.append(_meeting_line(session, period, [living[key].area for key in left], kind))
    return lines


def _by_rhythm(session: Session, groups: set[str]) -> dict[PeriodKind, set[str]]:
    """Groups by the period within which each has to meet; a group that does not say meets every month."""
    found = {PeriodKind.MONTH: set(groups)}
    for rhythm, kind in _RHYTHMS.items():
        keys = session.file.records.ids(ListQuery(GROUP_REGISTER, conditions=(Condition("rhythm", (rhythm,)),)))
        found[kind] = {one.id for one in session.file.records.window(GROUP_REGISTER, keys, ("rhythm",))} & groups
        found[PeriodKind.MONTH] -= found[kind]
    return {kind: those for kind, those in found.items() if those}


def _met_within(session: Session, period: Period) -> set[str]:
    """The groups with a meeting in a period."""
    records = session.file.records
    held = ListQuery(MEETING_REGISTER, period.start, period.end)
    return {str(group) for group, _ in records.value_counts(held, {"group": -1})["group"]}


def _meeting_line(session: Session, period: Period, areas: list[str], kind: PeriodKind) -> DueLine:
    left = days_left(session.today, period.end)
    rhythm = next((code for code, one in _RHYTHMS.items() if one is kind), "")
    conditions = (Condition("rhythm", (rhythm,)),) if rhythm else ()
    return DueLine(
        "meeting",
        f"{len(areas)} tổ chưa họp trong {lower_first(period.name)}",
        _by_area(session, areas),
        Urgency.SOON if left <= SOON_BEFORE_A_MEETING else Urgency.CALM,
        Target(
            "register", GROUP_REGISTER, query=ListQuery(GROUP_REGISTER, conditions=conditions, valid_on=session.today)
        ),
        left,
    )


def task_lines(session: Session) -> list[DueLine]:
    """Tasks of the newest meetings of a third of a year, not done and past their day or due within a week.

    The span lets the index on days answer, however many meetings the office has.
    """
    query = ListQuery(
        MEETING_REGISTER,
        start=session.today - timedelta(days=DAYS_LOOKED_THROUGH),
        conditions=(Condition("tasks", ("*",)),),
        sort=(SortKey("held_on", descending=True),),
    )
    keys = session.file.records.ids(query)[:MEETINGS_LOOKED_THROUGH]
    records = session.file.records.window(MEETING_REGISTER, keys, ("tasks",))
    lines = [line for record in records for line in _tasks_of(session, record)]
    lines.sort(key=lambda line: line.days or 0)
    return lines[:LINES_PER_KIND]


def duty_lines(session: Session) -> list[DueLine]:
    """What is due towards people managed in the community: how many, never who."""
    from thidua_desktop.services.supervision import SUPERVISED_REGISTER, duty_counts

    lines = []
    found = duty_counts(session) if session.opens(SUPERVISED_REGISTER) else []
    for one in found:
        left = days_left(session.today, one.due)
        urgency = Urgency.LATE if left < 0 else Urgency.SOON if left <= 7 else Urgency.CALM
        target = Target("round", SUPERVISED_REGISTER, round=one.round)
        lines.append(DueLine("duty", one.title, f"hạn {format_date(one.due)}", urgency, target, left))
    return lines


def waiting_lines(session: Session) -> list[DueLine]:
    """Records of registers with ``[due]`` that are late or due soon, the latest of each; the others in one line.

    Of a restricted register only how many there are: the page stands open while others come in.
    """
    lines: list[DueLine] = []
    for spec in session.definitions.registers.values():
        if spec.due is not None and session.opens(spec.name):
            lines += _waiting_of(session, spec, spec.due)
    return lines


def survey_lines(session: Session) -> list[DueLine]:
    """Surveys without an answer whose deadline comes within a month or is over for less than one."""
    from thidua_desktop.services import surveys

    lines = []
    for one in surveys.surveys(session):
        if one.answers or abs(one.days_left) > REPORTS_SHOWN_BEFORE:
            continue
        urgency = Urgency.LATE if one.days_left < 0 else Urgency.SOON if one.days_left <= 7 else Urgency.CALM
        asked = f"{one.asked_by} hỏi, " if one.asked_by else ""
        detail = f"{asked}hạn {format_date(one.deadline)}, {in_words(one.days_left)}"
        lines.append(DueLine("survey", f"Chưa trả lời: {one.title}", detail, urgency, Target("surveys"), one.days_left))
    return lines


def standard_lines(session: Session) -> list[DueLine]:
    """Who has not registered for the standard, or registered and has no sheet: nothing is recorded that could wait."""
    from thidua_desktop.services.assessments.registers import REGISTRATIONS
    from thidua_desktop.services.assessments.reminders import reminders

    lines = []
    for one in reminders(session):
        what = "chưa đăng ký" if one.register == REGISTRATIONS else "đã đăng ký, chưa tự đánh giá"
        urgency = Urgency.LATE if one.left < 0 else Urgency.SOON if one.left <= 7 else Urgency.CALM
        query = ListQuery(one.register, conditions=(Condition("criteria_set", (one.spec.name,)),))
        title = f"{one.count} nơi {what} “{one.spec.short or one.spec.title}”"
        detail = f"hạn {format_date(one.day)}, {in_words(one.left)}"
        target = Target("register", one.register, query=query)
        of = f"nơi {what} theo các bộ tiêu chí"
        lines.append(DueLine(WAITING, title, detail, urgency, target, one.left, more=one.count, of=of))
    return lines


def package_lines(session: Session) -> list[DueLine]:
    """Changes that no package covers yet."""
    head = session.file.changes.head()[0]
    sent = [entry for entry in session.file.packages.all(MADE) if entry.kind == "report"]
    covered = max((entry.last_seq for entry in sent), default=0)
    if head <= covered:
        return []
    title = "Chưa gửi gói nào lên tỉnh" if not sent else f"{head - covered} thay đổi chưa gửi lên tỉnh"
    return [DueLine("package", title, "Gửi qua USB hoặc thư mục", Urgency.CALM, Target("handoff"))]


def first_steps(session: Session) -> list[DueLine]:
    """The five first steps of a new office; empty once all are done."""
    holds_any = session.file.records.holds_any
    steps = [
        ("Lập danh sách khu dân cư", "Gõ, dán từ Excel hoặc đọc tệp .xlsx", AREA_REGISTER),
        ("Ghi các tổ nhân dân tự quản", "Mỗi tổ một dòng, kèm tổ trưởng", GROUP_REGISTER),
        ("Ghi người đại diện các hộ", "Nhập từ Excel theo mẫu của sổ", "household"),
        ("Ghi cơ quan, doanh nghiệp, nhà trường", "Những nơi cùng làm phong trào", "organization"),
        ("Ghi hoạt động đầu tiên", "Một buổi tuyên truyền, một cuộc họp", "movement_activity"),
    ]
    lines = [
        DueLine(
            "step", title, detail, Urgency.CALM, Target("register", register, query=ListQuery(register)),
            done=holds_any(register),
        )
        for title, detail, register in steps
    ]  # fmt: skip
    return [] if all(line.done for line in lines) else lines


def steps_left(session: Session, steps: Sequence[DueLine]) -> tuple[DueLine, ...]:
    """Those of the first steps that are not done, until this person has put them away."""
    if session.file.settings.get(_steps_setting(session), False):
        return ()
    return tuple(line for line in steps if not line.done)


def put_steps_away(session: Session) -> None:
    """Remind this person no more of first steps that are not done."""
    session.file.settings.put(_steps_setting(session), True)


def _steps_setting(session: Session) -> str:
    return f"first_steps_put_away.{session.user.login}"


def _waiting_of(session: Session, spec: RegisterSpec, rule: DueSpec) -> list[DueLine]:
    keys = session.file.records.ids(pressing(session, spec))
    read = session.file.records.window(spec.name, keys[: 1 if spec.restricted else LINES_PER_KIND + 1])
    found = [_waiting_line(session, spec, rule, record) for record in read]
    lines = [line for line in found[:LINES_PER_KIND] if line is not None]
    rest = len(keys) - len(read[:LINES_PER_KIND])
    if spec.restricted and lines:
        title, target = f"{len(keys)} {rule.text}", Target("register", spec.name, due=Waiting.OPEN)
        return [lines[0]._replace(title=title, detail=lines[0].detail, target=target, more=len(keys))]
    if rest and lines and not spec.hidden:
        last = found[-1] or lines[-1]  # the first of those that are not told one by one
        target = Target("register", spec.name, due=Waiting.OPEN)
        title = f"Còn {rest} {rule.text}"
        lines.append(DueLine(WAITING, title, "", last.urgency, target, last.days, more=rest, of=rule.text))
    return lines


def _waiting_line(session: Session, spec: RegisterSpec, rule: DueSpec, record: Record) -> DueLine | None:
    state = state_of(spec, record.values, session.today)
    day = last_day(rule, record.values, session.today)
    if state is None or day is None or record.office != session.file.identity.code:
        return None
    title = titles.title_with_links(session, spec, record.values)
    detail = f"{rule.text}, hạn {format_date(day)}, {state.text}"
    target = Target("form" if spec.hidden else "record", spec.name, record.id)
    urgency = Urgency.LATE if state.late else Urgency.SOON
    return DueLine(WAITING, upper_first(title), detail, urgency, target, state.days, of=rule.text)


def _first_record_day(session: Session) -> date | None:
    """The earliest day that anything is recorded of."""
    dated = [name for name, spec in session.definitions.registers.items() if spec.date_field]
    days = [session.file.records.first_day(name) for name in dated]
    return min((day for day in days if day is not None), default=None)


def _report_line(session: Session, spec: ReportSpec, period: Period) -> DueLine | None:
    if session.file.reports.frozen(spec.name, period.code) is not None:
        return None
    due = report_periods.due(session, spec, period)
    left = days_left(session.today, due)
    if left > REPORTS_SHOWN_BEFORE or left < -REPORTS_SHOWN_BEFORE:
        return None
    urgency = Urgency.LATE if left < 0 else Urgency.SOON if left <= 7 else Urgency.CALM
    return DueLine(
        "report",
        f"{spec.title}: {lower_first(period.name)}",
        f"Hạn gửi {format_date(due)}, {in_words(left)}",
        urgency,
        Target("report", report=spec.name, period=period.code),
        left,
    )


def _tasks_of(session: Session, record: Record) -> list[DueLine]:
    rows = record.values.get("tasks")
    lines = []
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, str) or row.get("done"):
            continue
        due = row.get("due")
        left = days_left(session.today, due) if isinstance(due, date) else 999
        if isinstance(due, date) and left <= 7:
            detail = ", ".join(filter(None, (str(row.get("who") or ""), f"hạn {format_date(due)}", in_words(left))))
            urgency = Urgency.LATE if left < 0 else Urgency.SOON
            target = Target("record", MEETING_REGISTER, record.id)
            lines.append(DueLine("task", str(row.get("task") or ""), detail, urgency, target, left))
    return lines


def _by_area(session: Session, areas: list[str]) -> str:
    """Where they are, the places with most first: "Thôn Đông Hạ 3, Thôn Tân Lập 2"."""
    names = titles.entries_for(session, AREA_REGISTER, set(areas))
    counts = sorted(Counter(areas).items(), key=lambda entry: (-entry[1], entry[0]))
    shown = [f"{names[area].label} {count}" for area, count in counts if area in names]
    return ", ".join(shown[:3]) + (" …" if len(shown) > 3 else "")
