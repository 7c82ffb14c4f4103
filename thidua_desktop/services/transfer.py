"""Records in from foreign tables, and out to them: a plan that changes nothing, then one transaction.

``.jsonl`` is the lossless form (ids and plain values); ``.xlsx``, ``.xls`` and ``.csv`` are what people keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import check_record, normalise, with_computed
from thidua_desktop.services import access, files, records, transfer_writing
from thidua_desktop.services.automatic_backups import MANY_ROWS, Step, copy_before
from thidua_desktop.services.known_records import changes_of, known_records, with_own_name
from thidua_desktop.services.periods import closing_of
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.services.transfer_columns import (
    COUNTERS,
    ImportColumn,
    find_heading,
    heading_key,
    list_columns,
    missing_required,
    with_mapping,
)
from thidua_desktop.services.transfer_jsonl import jsonl_lines, jsonl_record
from thidua_desktop.services.transfer_reading import RawLine, RawTable, is_total, read_table, table_of_text
from thidua_desktop.services.transfer_rows import RowProblem, RowReader, cell_problem, row_problem
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.text import format_date

PASTED = Path("bảng dán từ Excel")
IMPORT_REASON = "Nhập từ tệp {name}"
WARNINGS_KEPT = 5_000
SHEETS_LOOKED_AT = 20
_BYTES_OF_A_ROW = 4096  # record, change, words of the search and the log that they pass through
Progress = Callable[[int, int], bool | None]
"""Called with (done, total); False stops the work."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A line that can be recorded: ``record_id`` only from .jsonl; ``warnings`` pass with one reason for the file."""

    number: int
    values: Values
    record_id: str | None = None
    warnings: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; nothing is written yet.

    ``heading`` is the line of the headings, ``broken`` the lines that have errors (as read), ``missing`` the labels of
    required columns that are not there, ``legacy`` whether some text seems to be in an old encoding.
    """

    register: str
    path: Path
    columns: tuple[ImportColumn, ...]
    rows: tuple[ImportRow, ...]
    problems: tuple[RowProblem, ...]
    broken: tuple[RawLine, ...] = ()
    missing: tuple[str, ...] = ()
    heading: int = 0
    unchanged: int = 0
    legacy: bool = False
    source: str = ""

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of the columns that no field takes, but for those that only number the lines."""
        left = (one.heading for one in self.columns if one.field is None and heading_key(one.heading) not in COUNTERS)
        return () if self.source == "jsonl" else tuple(left)

    @property
    def changing(self) -> int:
        """Rows that change a record which is here, not add one (of a table; .jsonl names records by id)."""
        return 0 if self.source == "jsonl" else sum(row.record_id is not None for row in self.rows)

    @property
    def total(self) -> int:
        """Lines with data in the file."""
        return len(self.rows) + len(self.broken) + self.unchanged


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: all of it is one action for undo. ``error_file`` holds the lines that were left out."""

    register: str
    recorded: int
    left_out: int
    unchanged: int
    warnings: int
    ids: tuple[str, ...]
    error_file: Path | None = None

    @property
    def sentence(self) -> str:
        """The result in one sentence."""
        parts = [f"đã ghi {self.recorded} dòng"]
        if self.unchanged:
            parts.append(f"{self.unchanged} dòng đã có sẵn")
        if self.left_out:
            parts.append(f"{self.left_out} dòng có lỗi chưa ghi")
        text = ", ".join(parts)
        return f"{text[0].upper()}{text[1:]}."


def template(session: Session, register: str, path: Path) -> Path:
    """Write the register's empty Excel form: headings, code lists, and how each column is filled."""
    spec = session.register(register)
    return transfer_writing.write_template(session, spec, path)


def export_records(session: Session, query: ListQuery, path: Path, on_progress: Progress | None = None) -> int:
    """Write the records of a query to .xlsx, .csv or .jsonl (by the name's ending); their number.

    Sensitive fields are left out where the person at the desk may not see them. Raises TD-XFER-002, 014.
    """
    session.require(Permission.VIEW)
    spec = session.register(query.register)
    access.note(session, spec, access.EXPORT, records=session.file.records.totals(query).count)
    return transfer_writing.write_records(session, query, path, on_progress)


def preview_import(
    session: Session,
    register: str,
    path: Path,
    mapping: Mapping[int, str | None] | None = None,
    *,
    convert_legacy: bool = False,
    on_progress: Progress | None = None,
) -> ImportPlan:
    """Read a file and say what would be recorded and what stands in the way, line by line.

    ``mapping`` overrides guessed columns by number (from 0). ``convert_legacy`` confirms that text in TCVN3 or VNI
    is to be converted. Raises TD-XFER-001 to 006 when the file cannot be read.
    """
    spec = session.register(register)
    if path.suffix.lower() == ".jsonl":
        return _preview_jsonl(session, spec, path, on_progress)
    table = _fitting_sheet(spec, path)
    place, guessed = find_heading(spec, table.lines)
    columns = with_mapping(guessed, mapping or {})
    lines, heading = table.lines[place + 1 :], table.lines[place].number
    plan = _empty_plan(spec, path, columns, heading, table.source)
    return plan if plan.missing else _with_rows(session, spec, plan, lines, convert_legacy, on_progress)


def _fitting_sheet(spec: RegisterSpec, path: Path) -> RawTable:
    """The first sheet that has every required column (a workbook may begin with a cover), else the one whose headings
    name the most fields: a person then says what the others are.
    """
    best = table = read_table(path)
    most = -1
    for sheet in range(1, SHEETS_LOOKED_AT):
        columns = find_heading(spec, table.lines)[1]
        if not missing_required(spec, columns):
            return table
        known = sum(column.field is not None for column in columns)
        if known > most:
            best, most = table, known
        table = read_table(path, sheet)
        if not table.lines:
            break
    return best


def preview_paste(
    session: Session,
    register: str,
    pasted: str,
    mapping: Mapping[int, str | None] | None = None,
    *,
    convert_legacy: bool = False,
    on_progress: Progress | None = None,
) -> ImportPlan:
    """``preview_import`` of cells copied out of a spreadsheet.

    Without a line of headings the columns are taken to be those of the register's list, in order. A line with more
    cells than there are columns is warned of (TD-UI-110): one of its cells may have been cut in two. Raises TD-XFER-004
    when there is nothing.
    """
    spec = session.register(register)
    table = table_of_text(pasted)
    if not table.lines:
        raise UserError("TD-XFER-004", path=PASTED.name)
    place, guessed = find_heading(spec, table.lines)
    has_heading = sum(column.field is not None for column in guessed) * 2 > len(guessed)
    columns = with_mapping(guessed if has_heading else list_columns(spec, table.lines), mapping or {})
    plan = _empty_plan(spec, PASTED, columns, table.lines[place].number if has_heading else 0, table.source)
    lines = table.lines[place + 1 :] if has_heading else table.lines
    if plan.missing:
        return plan
    return _warned_of_surplus(_with_rows(session, spec, plan, lines, convert_legacy, on_progress), lines)


def _warned_of_surplus(plan: ImportPlan, lines: Sequence[RawLine]) -> ImportPlan:
    """The plan with a warning for each line that has words behind its last column."""
    width = max(column.index for column in plan.columns) + 1
    surplus = ((line.number, sum(map(bool, line.cells[width:]))) for line in lines)
    told = [row_problem("TD-UI-110", row, "", Severity.WARNING, count=count) for row, count in surplus if count]
    return replace(plan, problems=(*plan.problems, *told[:WARNINGS_KEPT])) if told else plan


def _empty_plan(
    spec: RegisterSpec, path: Path, columns: tuple[ImportColumn, ...], heading: int, source: str
) -> ImportPlan:
    missing = tuple(field.label for field in missing_required(spec, columns))
    return ImportPlan(spec.name, path, columns, (), (), heading=heading, missing=missing, source=source)


def write_broken_lines(plan: ImportPlan, path: Path) -> Path:
    """Write the lines that cannot be recorded, each with what is wrong; raises TD-XFER-014."""
    return transfer_writing.write_broken(plan.columns, plan.broken, plan.problems, path)


def apply_import(
    session: Session, plan: ImportPlan, reason: str = "", error_file: Path | None = None,
    on_progress: Progress | None = None,
) -> ImportResult:  # fmt: skip
    """Record the good rows of a plan in one transaction (one undo takes all back); the others go to ``error_file``.

    Raises TD-ENV-073 without room on the disk, TD-XFER-007 for missing columns and 015 when not one row is good; then
    nothing is written but the error file.
    An exception from ``on_progress`` (a person stopped it) leaves nothing written.
    """
    session.require(Permission.RECORD)
    require_columns(plan)
    files.require_room(session.file.path.parent, len(plan.rows) * _BYTES_OF_A_ROW)
    if error_file is not None and plan.broken:
        transfer_writing.write_broken(plan.columns, plan.broken, plan.problems, error_file)
    if not plan.rows and plan.broken:
        raise UserError("TD-XFER-015", count=len(plan.broken))
    if len(plan.rows) >= MANY_ROWS:
        copy_before(session, Step.IMPORT)
    keys = session.file.records.save_many(
        plan.register,
        _told_rows(plan.rows, on_progress),
        actor=session.user.name,
        now=session.now(),
        reason=reason.strip() or IMPORT_REASON.format(name=plan.path.name),
    )
    ids = tuple(key.id for key in keys)
    if ids:
        session.announce(Changes(frozenset({plan.register}), ids))
    return ImportResult(
        plan.register,
        len(ids),
        len(plan.broken),
        plan.unchanged,
        sum(1 for row in plan.rows if row.warnings),
        ids,
        error_file if plan.broken else None,
    )


def _told_rows(rows: Sequence[ImportRow], on_progress: Progress | None) -> Iterator[tuple[str | None, Values]]:
    for done, row in enumerate(rows):
        if on_progress is not None and done % 200 == 0:
            on_progress(done, len(rows))
        yield row.record_id, row.values


def require_columns(plan: ImportPlan) -> None:
    """Refuse a table without its required columns (TD-XFER-007)."""
    if plan.missing:
        found = ", ".join(column.heading for column in plan.columns) or "(không có)"
        raise UserError("TD-XFER-007", missing=", ".join(plan.missing), found=found)


def _with_rows(
    session: Session,
    spec: RegisterSpec,
    plan: ImportPlan,
    lines: Sequence[RawLine],
    convert_legacy: bool,
    on_progress: Progress | None,
) -> ImportPlan:
    reader = RowReader(session, spec, plan.columns, convert_legacy)
    checker = _Checker(session, spec, {column.field: column.heading for column in plan.columns if column.field})
    lines = [line for line in lines if not is_total(line.cells)]
    understood = [reader.read(line) for line in lines]
    own_names = [with_own_name(session, spec, values) for values, _ in understood]
    known = known_records(session, spec, own_names)
    read: list[tuple[RawLine, ImportRow]] = []
    for done, (line, typed, (_, unclear)) in enumerate(zip(lines, own_names, understood, strict=True)):
        if on_progress is not None and done % 500 == 0 and on_progress(done, len(lines)) is False:
            break
        here = known.of(typed)
        values = {**here.values, **typed} if here else typed
        found = checker.check(line.number, values, {problem.column for problem in unclear})
        read.append((line, ImportRow(line.number, values, here.id if here else None, (*unclear, *found))))
    fresh, already = _without_known(session, spec, plan.columns, [row for _, row in read])
    rows: list[ImportRow] = []
    broken: list[RawLine] = []
    problems: list[RowProblem] = []
    lines_read = {row.number: line for line, row in read}
    for row in fresh:
        bad = any(problem.severity is Severity.ERROR for problem in row.warnings)
        broken.append(lines_read[row.number]) if bad else rows.append(row)
        problems.extend(row.warnings if bad else row.warnings[: max(WARNINGS_KEPT - len(problems), 0)])
        here = known.of(row.values) if row.record_id and not bad and len(problems) < WARNINGS_KEPT else None
        if here is not None:
            told = {"title": title_with_links(session, spec, row.values)}
            changed = changes_of(session, spec, here, row.values)
            problems.append(row_problem("TD-DATA-592", row.number, "", Severity.HINT, changed=changed, **told))
    problems.extend(already[:WARNINGS_KEPT])
    legacy = any(problem.code == "TD-XFER-011" for problem in problems)
    return replace(
        plan,
        rows=tuple(rows),
        broken=tuple(broken),
        problems=tuple(problems),
        unchanged=len(already),
        legacy=legacy,
    )


def _without_known(
    session: Session, spec: RegisterSpec, columns: Sequence[ImportColumn], rows: list[ImportRow]
) -> tuple[list[ImportRow], list[RowProblem]]:
    """``rows`` without those that a record equals in every column of the table: the file was imported before."""
    fields = [column.field for column in columns if column.field]
    wanted = {tuple(row.values.get(name) for name in fields) for row in rows}
    days = [day for row in rows if isinstance(day := row.values.get(spec.date_field), date)] if spec.date_field else []
    query = ListQuery(spec.name, min(days, default=None), max(days, default=None))
    known: set[tuple[Value, ...]] = set()
    if rows and session.file.records.count(spec.name):
        for record in session.file.records.every(query):
            values = tuple(record.values.get(name) for name in fields)
            if values in wanted:
                known.add(values)
    fresh: list[ImportRow] = []
    already: list[RowProblem] = []
    for row in rows:
        if tuple(row.values.get(name) for name in fields) in known:
            title = title_with_links(session, spec, row.values)
            already.append(row_problem("TD-XFER-017", row.number, "", Severity.HINT, title=title))
        else:
            fresh.append(row)
    return fresh, already


class _Checker:
    """Checks rows of one import: the record's own checks, with other records looked up once each."""

    def __init__(self, session: Session, spec: RegisterSpec, headings: Mapping[str, str]) -> None:
        self.session, self.spec, self.headings = session, spec, headings
        plain = records.rule_context(session, spec)
        known: dict[tuple[str, str], Mapping[str, object] | None] = {}

        def lookup(register: str, record_id: str) -> Mapping[str, object] | None:
            key = (register, record_id)
            if key not in known:
                known[key] = plain.lookup(register, record_id)
            return known[key]

        self.context = replace(plain, lookup=lookup)
        self.links = [field for field in spec.living_fields if field.type is FieldType.LINK]
        self.closed: dict[date, str] = {}

    def check(self, number: int, values: dict[str, Value], told: set[str]) -> list[RowProblem]:
        """Findings about one row, without those about cells that were not understood; defaults are filled in."""
        for field in self.spec.living_fields:
            if field.default is not None and field.name not in values and field.name not in self.headings:
                values[field.name] = field.default
        tidy = with_computed(self.spec, normalise(self.spec, values), self.context)
        values.clear()
        values.update(tidy)
        found = []
        problems = check_record(self.session.definitions, self.spec, tidy, self.context)
        for problem in (*problems, *self._beyond_the_record(tidy)):
            name = problem.field.partition("[")[0]
            column = self.headings.get(name, name)
            if column in told or problem.severity is Severity.HINT:
                continue
            found.append(cell_problem(number, column, problem))
        return found

    def _beyond_the_record(self, values: Values) -> Iterator[Problem]:
        """Links to records that are not here, and days in closed periods."""
        for field in self.links:
            value = values.get(field.name)
            if isinstance(value, str) and self.context.lookup(field.register, value) is None:
                yield finding("TD-DATA-203", field.name, label=field.label)
        day = values.get(self.spec.date_field) if self.spec.date_field else None
        if not isinstance(day, date):
            return
        if day not in self.closed:
            lock = closing_of(self.session, day)
            self.closed[day] = lock.code if lock else ""
        if self.closed[day]:
            told = {"day": format_date(day), "period": self.closed[day]}
            yield finding(records.CLOSED_PERIOD, self.spec.date_field, Severity.WARNING, **told)


def _preview_jsonl(session: Session, spec: RegisterSpec, path: Path, on_progress: Progress | None) -> ImportPlan:
    rows: list[ImportRow] = []
    problems: list[RowProblem] = []
    broken: list[RawLine] = []
    unchanged = 0
    checker = _Checker(session, spec, {})
    first_lines: dict[str, int] = {}
    for number, text in jsonl_lines(path):
        if on_progress is not None and number % 500 == 0 and on_progress(number, 0) is False:
            break
        try:
            record_id, values = jsonl_record(spec, text, number, first_lines)
        except ValueError as fault:
            problems.append(row_problem("TD-XFER-013", number, "", text=str(fault)))
            broken.append(RawLine(number, (text,)))
            continue
        found = checker.check(number, values, set())
        here = session.file.records.get(spec.name, record_id) if record_id else None
        if here is not None and not here.deleted and dict(here.values) == values:
            unchanged += 1
        elif any(problem.severity is Severity.ERROR for problem in found):
            broken.append(RawLine(number, (text,)))
            problems.extend(found)
        else:
            rows.append(ImportRow(number, values, record_id, tuple(found)))
    return ImportPlan(
        spec.name, path, (ImportColumn(0, "jsonl", None),), tuple(rows), tuple(problems), tuple(broken),
        unchanged=unchanged, source="jsonl",
    )  # fmt: skip
