"""A sheet of criteria: started from its set, with what the log of incidents and the office's own books propose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from thidua_desktop.domain.assessments.incidents import Incident, propose, within
from thidua_desktop.domain.assessments.scoring import heading_sums
from thidua_desktop.domain.assessments.sets import POINTS, AssessmentSpec, Criterion
from thidua_desktop.domain.assessments.shares import meets_units_criterion, recognised_share, subunit_share
from thidua_desktop.domain.assessments.windows import DateSpan, window
from thidua_desktop.domain.rules.assessments import STAGES, Sheet, answer_of, scored_criterion, sheet_of
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition, Row, Scalar, Value, Values
from thidua_desktop.services import records
from thidua_desktop.services.assessments.overview import registration_of, units_of
from thidua_desktop.services.assessments.subjects import Subject, fields_of, subject_of
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery, SortKey
from thidua_desktop.text import format_date

REGISTER = "assessment"
INCIDENTS = "incident"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the books say of one criterion; ``met`` None: nothing. ``sentence`` says why, in an officer's words."""

    criterion: str
    met: bool | None
    points: Decimal | None
    sentence: str
    incidents: tuple[Incident, ...] = ()
    excused: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class Books:
    """What suggestions are drawn from, read once for a sheet."""

    spec: AssessmentSpec
    span: DateSpan
    now: Sequence[Incident]
    before: Sequence[Incident] | None
    facts: Mapping[str, tuple[bool | None, str]]


def set_named(session: Session, name: str) -> AssessmentSpec:
    """The set of criteria; raises TD-STORE-250 when this program does not know it."""
    spec = session.definitions.assessments.get(name)
    if spec is None:
        raise UserError("TD-STORE-250", name=name)
    return spec


def start(session: Session, set_name: str, year: int, subject: Subject) -> Values:
    """The values of a new sheet, not yet saved: a row for each criterion, answered where the books say something.

    Raises TD-STORE-250 (unknown set), 251 (the set does not apply: excluded, not in force), 252 (there is one already).
    """
    spec = set_named(session, set_name)
    base: dict[str, Value] = {"year": year, "criteria_set": set_name, **fields_of(subject)}
    check = records.check(session, REGISTER, base)
    for problem in check:
        if problem.code in ("TD-DATA-050", "TD-DATA-052", "TD-DATA-053", "TD-DATA-054", "TD-DATA-055"):
            raise UserError("TD-STORE-251", reason=problem.text)
    if find(session, set_name, year, subject) is not None:
        raise UserError("TD-STORE-252", subject=subject.name, year=year)
    base |= {"self_assessed_on": session.today, "status": "self_assessed"}
    books = read_books(session, spec, year, subject, base)
    rows = tuple(_first_row(spec, row, books) for row in _lines(session, spec, subject))
    return {**base, "criteria": rows}


def find(session: Session, set_name: str, year: int, subject: Subject) -> str | None:
    """The sheet that is there already for a subject."""
    conditions = (Condition("criteria_set", (set_name,)), Condition("subject_kind", (subject.kind,)))
    for record in session.file.records.every(ListQuery(REGISTER, conditions=conditions)):
        if record.values.get("year") == year and subject_of(session, record.values) == subject:
            return record.id
    return None


def with_incidents(session: Session, values: Values, books: Books | None = None) -> Values:
    """The values with what the books say beside each criterion as they stand now; answers are left alone."""
    read = books or books_of(session, values)
    if read is None:
        return values
    rows = []
    for row in _rows(values):
        kept = {name: value for name, value in row.items() if name not in ("incidents", "books_met")}
        rows.append({**kept, **_beside(read, suggest(read, row))})
    return {**values, "criteria": tuple(rows)}


def books_of(session: Session, values: Values) -> Books | None:
    """The books for a sheet; None where its set is not known here."""
    spec, year = session.definitions.assessments.get(str(values.get("criteria_set") or "")), values.get("year")
    if spec is None or not isinstance(year, int):
        return None
    return read_books(session, spec, year, subject_of(session, values), values)


def read_books(session: Session, spec: AssessmentSpec, year: int, subject: Subject, values: Values) -> Books:
    """Incidents of the window and of the one before, and the facts that criteria ask for."""
    span, earlier = window(spec, year), window(spec, year - 1)
    log = _incidents(session, earlier.start, span.end)
    first = session.file.records.first_day(INCIDENTS)
    reaches_back = first is not None and first <= earlier.start + timedelta(days=31)
    now = within(log, span, subject.kind, subject.key)
    before = within(log, earlier, subject.kind, subject.key) if reaches_back else None
    asked = {one.fact for one in spec.leaves if one.fact}
    facts = {fact: _fact(session, fact, spec, year, subject, values) for fact in asked}
    return Books(spec, span, now, before, facts)


def suggest(books: Books, row: Row) -> Suggestion | None:
    """What the books say of a row; None for a heading and where they have nothing to say."""
    criterion = scored_criterion(books.spec, row)
    if criterion is None:
        return None
    if criterion.fact:
        met, sentence = books.facts[criterion.fact]
        points = criterion.maximum if met else Decimal(0)
        return Suggestion(criterion.code, met, None if met is None or not criterion.maximum else points, sentence)
    proposal = propose(books.spec, criterion, books.now, books.before)
    if proposal is None:
        return None
    sentence = _sentence(criterion, len(proposal.incidents), proposal.before, len(proposal.excused), proposal.met)
    return Suggestion(criterion.code, proposal.met, proposal.points, sentence, proposal.incidents, proposal.excused)


def with_heading_sums(spec: AssessmentSpec, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with the sum of each heading at each stage, as score sheets on paper show them."""
    if spec.method != POINTS:
        return tuple(rows)
    summed = [dict(row) for row in rows]
    for stage in STAGES:
        sums = heading_sums(spec, [answer for row in rows if (answer := answer_of(spec, row, stage))])
        for row in summed:
            code = str(row.get("criterion") or "")
            if code in sums:
                row[f"{stage}_points"] = sums[code]
    return tuple({name: value for name, value in row.items() if value is not None} for row in summed)


def outcome(session: Session, values: Values) -> Sheet | None:
    """The sheet added up as it stands; None where its set is not known here."""
    spec = session.definitions.assessments.get(str(values.get("criteria_set") or ""))
    return None if spec is None else sheet_of(spec, values)


def _lines(session: Session, spec: AssessmentSpec, subject: Subject) -> list[dict[str, Value]]:
    """Code, text and points of each line: of the set, or, where its table is not known, as the office wrote it last."""
    own = _last_lines(session, spec, subject) if spec.certainty == "?" else []
    if own:
        return own
    lines: list[dict[str, Value]] = []
    for one in spec.criteria:
        points: dict[str, Value] = {"maximum": one.maximum} if spec.method == POINTS else {}
        lines.append({"criterion": one.code, "text": one.text, **points})
    return lines


def _last_lines(session: Session, spec: AssessmentSpec, subject: Subject) -> list[dict[str, Value]]:
    conditions = (Condition("criteria_set", (spec.name,)), Condition("subject_kind", (subject.kind,)))
    query = ListQuery(REGISTER, conditions=conditions, sort=(SortKey("self_assessed_on", descending=True),))
    keys = session.file.records.ids(query)[:1]
    found = session.file.records.window(REGISTER, keys)
    rows = _rows(found[0].values) if found else ()
    kept = ("criterion", "text", "maximum")
    return [{name: row[name] for name in kept if row.get(name) is not None} for row in rows]


def _first_row(spec: AssessmentSpec, line: dict[str, Value], books: Books) -> Row:
    suggestion = suggest(books, line)  # type: ignore[arg-type]
    if suggestion is None or suggestion.met is None:
        return line  # type: ignore[return-value]
    answer: dict[str, Value] = (
        {"self_points": suggestion.points} if spec.method == POINTS else {"self_met": suggestion.met}
    )
    return {**line, **answer, **_beside(books, suggestion)}  # type: ignore[dict-item]


def _beside(books: Books, suggestion: Suggestion | None) -> dict[str, Scalar]:
    """What a line keeps of the books: how many incidents touch it, or whether a fact in them speaks for it."""
    if suggestion is None:
        return {}
    criterion = books.spec.criterion(suggestion.criterion)
    if criterion is not None and criterion.fact:
        return {} if suggestion.met is None else {"books_met": suggestion.met}
    return {"incidents": len(suggestion.incidents)} if suggestion.incidents else {}


def _sentence(criterion: Criterion, count: int, before: int | None, excused: int, met: bool | None) -> str:
    spared = f"; {excused} vụ không tính do bất khả kháng hoặc phát hiện kịp thời" if excused else ""
    if criterion.comparison:
        if met is None:
            return f"Trong thời gian tính có {count} vụ; sổ chưa đủ năm trước để so{spared}."
        change = "đã kéo giảm" if met and (count or before) else "đều không có" if met else "chưa kéo giảm"
        return f"{count} vụ, năm trước {before} vụ: {change}{spared}."
    return (
        f"{count} vụ việc trong sổ chạm tiêu chí này{spared}." if count else f"Không có vụ việc nào trong sổ{spared}."
    )


def _fact(
    session: Session, fact: str, spec: AssessmentSpec, year: int, subject: Subject, values: Values
) -> tuple[bool | None, str]:
    """What the office's own books say of a fact, with the sentence that tells why."""
    day = window(spec, year).end
    if fact == "registered":
        return _registration_fact(session, spec, year, subject)
    if fact == "subunits":
        whole, part = values.get("subunits_total"), values.get("subunits_met")
        if not isinstance(whole, int) or not isinstance(part, int) or not whole:
            return None, "Ghi số đơn vị trực thuộc và số đạt để chương trình tính tỷ lệ."
        missing = subunit_share(day).missing(part, whole)
        return not missing, f"{part}/{whole} đầu mối đạt" + (f", cần thêm {missing} đầu mối." if missing else ".")
    units = units_of(session, spec.standard if spec.standard == "safe" else "safe", year)
    if fact == "units_registered":
        return units.all_registered() and units.total > 0, f"{units.registered}/{units.total} đơn vị đã đăng ký."
    missing = recognised_share(day).missing(units.recognised, units.total)
    more = f", cần thêm {missing} đơn vị." if missing else "."
    return meets_units_criterion(units, day), f"{units.recognised}/{units.total} đơn vị được công nhận{more}"


def _registration_fact(session: Session, spec: AssessmentSpec, year: int, subject: Subject) -> tuple[bool, str]:
    """Registered in time, by everybody; a set without registrations of its own takes those of the standard."""
    names = [spec.name, *(one.name for one in session.definitions.assessments.values() if one.standard == "safe")]
    found = next((one for name in names if (one := registration_of(session, name, year, subject))), None)
    if found is None:
        return False, f"Chưa có bản đăng ký năm {year} trong sổ."
    day = found.get("registered_on")
    told = f"Đăng ký ngày {format_date(day)}" if isinstance(day, date) else "Đã đăng ký"
    if found.get("in_time") is False:
        return False, f"{told}, muộn hạn."
    return (False, f"{told}, chưa đủ 100 %.") if found.get("everybody") is False else (True, f"{told}, đúng hạn.")


def _incidents(session: Session, start_day: date, end: date) -> list[Incident]:
    found = session.file.records.every(ListQuery(INCIDENTS, start=start_day, end=end))
    return [_incident(record.id, record.values) for record in found]


def _incident(record_id: str, values: Values) -> Incident:
    day, deaths = values.get("occurred_on"), values.get("deaths")
    return Incident(
        id=record_id,
        day=day if isinstance(day, date) else date.min,
        kind=str(values.get("kind") or ""),
        severity=str(values.get("severity") or ""),
        residential_area=str(values.get("residential_area") or ""),
        organization=str(values.get("organization") or ""),
        deaths=deaths if isinstance(deaths, int) else 0,
        force_majeure=values.get("force_majeure") is True,
        found_in_time=values.get("found_in_time") is True,
        title=str(values.get("title") or ""),
    )


def _rows(values: Values) -> tuple[Row, ...]:
    found = values.get("criteria")
    return tuple(row for row in found if isinstance(row, Mapping)) if isinstance(found, tuple) else ()
