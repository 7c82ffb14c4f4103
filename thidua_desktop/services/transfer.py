"""Records in from foreign tables, and out to them: a plan that changes nothing, then one transaction.

``.jsonl`` is the lossless form (ids and plain values); ``.xlsx``, ``.xls`` and ``.csv`` are what people keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from thidua_desktop.domain.problems import Severity
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.services import access, files, transfer_writing
from thidua_desktop.services.area_columns import with_area_column
from thidua_desktop.services.automatic_backups import MANY_ROWS, Step, copy_before
from thidua_desktop.services.child_tables import child_tables
from thidua_desktop.services.collector import collector_paused
from thidua_desktop.services.counted_links import count_what_is_empty
from thidua_desktop.services.group_heads import Grouped, without_heads
from thidua_desktop.services.import_children import ChildSheet, ColumnKey, sheet_of
from thidua_desktop.services.import_preview import Fill, fills_of, preview, preview_jsonl, steps_of
from thidua_desktop.services.import_rows import NO_ROWS, ImportRows
from thidua_desktop.services.left_out import WARNINGS_KEPT
from thidua_desktop.services.money_scale import with_scale_above
from thidua_desktop.services.raw_lines import RawLine, RawLines
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.sex_columns import with_sex_column
from thidua_desktop.services.transfer_columns import (
    COUNTERS,
    FAULTS,
    ImportColumn,
    after_heading,
    find_heading,
    heading_key,
    list_columns,
    missing_required,
    with_mapping,
    without_hidden,
)
from thidua_desktop.services.transfer_reading import NamedTable, RawTable, read_tables, table_of_text
from thidua_desktop.services.transfer_rows import GUESSES, RowProblem, row_problem
from thidua_desktop.store.queries import ListQuery, RecordKey
from thidua_desktop.store.record_writer import BLOCK
from thidua_desktop.text import upper_first

PASTED = Path("bảng dán từ Excel")
IMPORT_REASON = "Nhập từ tệp {name}"
_OF_RECORDS = "TD-DATA"  # codes of findings about a record
SHEETS_LOOKED_AT = 60
_BYTES_OF_A_ROW = 4096  # record, change, words of the search and the log that they pass through
_TOLD_EVERY = 200
_SPARE = ("", "-2", "-3")
Part = TypeVar("Part")
Progress = Callable[[int, int], bool | None]
"""Called with (done, total); False stops the work."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do; nothing is written yet.

    ``heading`` is the line of the headings, ``broken`` the lines that have errors (as read), ``missing`` the labels of
    required columns that are not there, ``legacy`` whether some text seems to be in an old encoding,
    ``fills`` the values for empty cells, ``sheets`` the child rows that come with the records, ``unread`` the names of
    sheets that are neither, ``also`` of those that could be taken as well: one is, at a time. ``sheet`` is that one's
    name, of all ``choices`` in the file.
    """

    register: str
    path: Path
    columns: tuple[ImportColumn, ...]
    rows: ImportRows
    problems: tuple[RowProblem, ...]
    broken: tuple[RawLine, ...] = ()
    missing: tuple[str, ...] = ()
    heading: int = 0
    unchanged: int = 0
    legacy: bool = False
    source: str = ""
    fills: tuple[Fill, ...] = ()
    sheets: tuple[ChildSheet, ...] = ()
    unread: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    sheet: str = ""
    choices: tuple[str, ...] = ()

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of the columns that no field takes, but for those that number the lines or say their faults."""
        every = [(one.heading, "") for one in self.columns if one.field is None]
        for sheet in self.sheets:
            every += [(one, f" (trang {sheet.name})") for one in sheet.ignored]
        told = [f"{one}{of}" for one, of in every if heading_key(one) not in COUNTERS and one != FAULTS]
        return () if self.source == "jsonl" else tuple(told)

    @property
    def guesses(self) -> tuple[RowProblem, ...]:
        """What was meant, but not written so."""
        return tuple(problem for problem in self.problems if problem.code in GUESSES)

    @property
    def warned(self) -> int:
        """How many lines have what a form would ask a reason for; they are recorded with ``reason``."""
        asked = (one for one in self.problems if one.severity is Severity.WARNING and one.code.startswith(_OF_RECORDS))
        return len({(one.sheet, one.row) for one in asked})

    @property
    def reason(self) -> str:
        """What the log says of all its rows."""
        return IMPORT_REASON.format(name=self.path.name)

    @property
    def lost(self) -> int:
        """Child rows whose record is not known."""
        return sum(sheet.lost for sheet in self.sheets)

    @property
    def has_errors(self) -> bool:
        """Whether some line cannot be recorded."""
        return bool(self.broken or self.lost)

    @property
    def changing(self) -> int:
        """Rows that change a record which is here, not add one (of a table; .jsonl names records by id)."""
        return 0 if self.source == "jsonl" else self.rows.changing

    @property
    def total(self) -> int:
        """Lines with data in the file."""
        return len(self.rows) + len(self.broken) + self.unchanged


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: all of it is one action for undo. ``error_file`` holds the lines that were left out, child
    rows without their record (``lost``) too.
    """

    register: str
    recorded: int
    left_out: int
    unchanged: int
    warnings: int
    ids: tuple[str, ...]
    error_file: Path | None = None
    lost: int = 0

    @property
    def sentence(self) -> str:
        """The result in one sentence."""
        parts = [f"đã ghi {self.recorded} dòng"]
        if self.unchanged:
            parts.append(f"{self.unchanged} dòng đã có sẵn")
        if self.left_out:
            parts.append(f"{self.left_out} dòng có lỗi chưa ghi")
        if self.lost:
            parts.append(f"{self.lost} dòng con có lỗi hoặc không rõ của bản ghi nào, chưa ghi")
        if self.error_file and (self.left_out or self.lost):
            parts[-1] += f", lưu ở tệp {self.error_file}"
        text = ", ".join(parts)
        return f"{upper_first(text)}."


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
    mapping: Mapping[ColumnKey, str | None] | None = None,
    *,
    convert_legacy: bool = False,
    fills: Values | None = None,
    sheet: str = "",
    on_progress: Progress | None = None,
) -> ImportPlan:
    """Read a file and say what would be recorded and what stands in the way, line by line.

    ``mapping`` overrides guessed columns by number (from 0) or by heading, those of further sheets by (name, number).
    ``sheet`` is the one with the records where a person chose it; "": the first that fits.
    ``convert_legacy`` confirms that text in TCVN3 or VNI is to be converted. ``fills`` gives one value to a field
    wherever its cells are empty, or no column brings it; it goes over nothing that the table or a record has. Raises
    TD-XFER-001 to 006 when the file cannot be read.
    """
    spec = session.register(register)
    if path.suffix.lower() == ".jsonl":
        return _preview_jsonl(session, spec, path, on_progress)
    with collector_paused():
        found = _workbook(spec, path, mapping or {}, sheet)
        lines = after_heading(found.table.lines, found.place) if found.table.lines else RawLines((), ())
        main = _main_table(session, spec, found.columns, lines, mapping)
        main = main._replace(columns=with_scale_above(spec, main.columns, found.table.lines[: found.place]))
        heading = found.table.lines[found.place].number if found.table.lines else 0
        plan = _empty_plan(session, spec, path, main.columns, heading, found.table.source, fills or {})
        sheets = tuple(
            replace(one, columns=without_hidden(session, one.table.spec, one.columns)) for one in found.sheets
        )
        plan = replace(plan, sheets=sheets, unread=found.unread, also=found.also)
        plan = replace(plan, sheet=found.name, choices=found.choices)
        if not lines and plan.sheets:  # child rows of records that are in the register
            plan = replace(plan, missing=())
        return plan if plan.missing else _with_rows(session, spec, plan, main, convert_legacy, fills, on_progress)


def _main_table(
    session: Session,
    spec: RegisterSpec,
    guessed: Sequence[ImportColumn],
    lines: Sequence[RawLine],
    mapping: Mapping[ColumnKey, str | None] | None,
) -> Grouped:
    """The table of the records with its columns as a person chose them, the area's found, heads of groups taken out."""
    chosen = {key: name for key, name in (mapping or {}).items() if not isinstance(key, tuple)}
    told = with_sex_column(spec, with_mapping(guessed, chosen), RawLines.of(lines), chosen)
    columns = with_area_column(session, spec, told.columns, told.lines, chosen)
    grouped = without_heads(session, spec, columns, told.lines, chosen)
    return grouped._replace(columns=without_hidden(session, spec, grouped.columns))


class _Workbook(NamedTuple):
    """What a file has: the table of the records, the place of its heading, its columns; child rows; other sheets."""

    table: RawTable
    place: int
    columns: tuple[ImportColumn, ...]
    sheets: tuple[ChildSheet, ...] = ()
    unread: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    name: str = ""
    choices: tuple[str, ...] = ()


def _workbook(spec: RegisterSpec, path: Path, mapping: Mapping[ColumnKey, str | None], chosen: str = "") -> _Workbook:
    """The sheet that was chosen; without a choice the first that has every required column (a workbook may begin with
    a cover), else the one whose headings name the most fields: a person then says what the others are.
    """
    best, most, name = None, -1, ""
    choices: list[str] = []
    sheets: list[ChildSheet] = []
    others: list[str] = []
    also: list[str] = []
    source = ""
    for found in _until_too_long(islice(read_tables(path), SHEETS_LOOKED_AT)):
        source = source or found.table.source
        child = sheet_of(spec, found, mapping) if child_tables(spec) else None
        if child is not None:
            sheets.append(child)
            continue
        choices.append(found.name)
        place, columns = find_heading(spec, found.table.lines)
        whole = not missing_required(spec, columns)
        known = sum(column.field is not None for column in columns)
        is_better = best is None or whole or known > most
        if best is not None and (not missing_required(spec, best.columns) if not chosen else name == chosen):
            (also if whole else others).append(found.name)
        elif found.name == chosen or is_better:
            if best is not None:  # one that could be taken as well, where another was chosen
                (others if missing_required(spec, best.columns) else also).append(name)
            best, most, name = _Workbook(found.table, place, columns), known, found.name
        else:
            others.append(found.name)
    if best is None:  # nothing but child rows
        best = _Workbook(RawTable((), source), 0, ())
    unread, could, every = (tuple(filter(None, one)) for one in (others, also, choices))
    return best._replace(sheets=tuple(sheets), unread=unread, also=could, name=name, choices=every)


def _until_too_long(tables: Iterator[NamedTable]) -> Iterator[NamedTable]:
    """The sheets up to one that has too many lines, unless that is the first."""
    some = False
    try:
        for one in tables:
            yield one
            some = True
    except UserError as fault:
        if not some or fault.code != "TD-XFER-006":
            raise


def preview_paste(
    session: Session,
    register: str,
    pasted: str,
    mapping: Mapping[ColumnKey, str | None] | None = None,
    *,
    convert_legacy: bool = False,
    fills: Values | None = None,
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
    lines = after_heading(table.lines, place) if has_heading else table.lines
    main = _main_table(session, spec, guessed if has_heading else list_columns(spec, table.lines), lines, mapping)
    if has_heading:
        main = main._replace(columns=with_scale_above(spec, main.columns, table.lines[:place]))
    heading = table.lines[place].number if has_heading else 0
    plan = _empty_plan(session, spec, PASTED, main.columns, heading, table.source, fills or {})
    if plan.missing:
        return plan
    plan = _with_rows(session, spec, plan, main, convert_legacy, fills, on_progress)
    return _warned_of_surplus(plan, lines)


def _warned_of_surplus(plan: ImportPlan, lines: Sequence[RawLine]) -> ImportPlan:
    """The plan with a warning for each line that has words behind its last column."""
    width = max(column.index for column in plan.columns) + 1
    surplus = ((line.number, sum(map(bool, line.cells[width:]))) for line in lines)
    told = [row_problem("TD-UI-110", row, "", Severity.WARNING, count=count) for row, count in surplus if count]
    return replace(plan, problems=(*plan.problems, *told[:WARNINGS_KEPT])) if told else plan


def _empty_plan(
    session: Session,
    spec: RegisterSpec,
    path: Path,
    columns: tuple[ImportColumn, ...],
    heading: int,
    source: str,
    fills: Values,
) -> ImportPlan:
    """The plan of a table before its lines are looked at. Raises TD-DATA-040 for a value of a computed field."""
    computed = next((name for name in fills if name in spec.computed_fields), "")
    if computed:
        raise UserError("TD-DATA-040", label=spec.field(computed).label)
    missing = tuple(field.label for field in missing_required(spec, columns) if field.name not in fills)
    told = tuple(fills_of(session, spec, fills, {}))
    return ImportPlan(
        spec.name, path, columns, NO_ROWS, (), heading=heading, missing=missing, source=source, fills=told
    )


def write_broken_lines(plan: ImportPlan, path: Path) -> Path:
    """Write the lines that cannot be recorded, each with what is wrong; raises TD-XFER-014."""
    return transfer_writing.write_broken(plan.columns, plan.broken, plan.problems, plan.sheets, path)


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
    if error_file is not None and plan.has_errors:
        error_file = _errors_written(session, plan, error_file)
    if not plan.rows and plan.has_errors:
        raise UserError("TD-XFER-015", count=len(plan.broken) + plan.lost)
    if len(plan.rows) >= MANY_ROWS:
        copy_before(session, Step.IMPORT)
    with collector_paused(), session.file.atomic():
        keys = _written(session, plan, reason.strip() or plan.reason, on_progress)
        counted = count_what_is_empty(session, session.register(plan.register))
    ids = tuple(key.id for key in keys)
    if ids:
        session.announce(Changes(frozenset({plan.register}) | counted.registers, ids + counted.ids))
    return ImportResult(
        plan.register,
        len(ids),
        len(plan.broken),
        plan.unchanged,
        plan.rows.warned,
        ids,
        error_file if plan.has_errors else None,
        plan.lost,
    )


def _errors_written(session: Session, plan: ImportPlan, path: Path) -> Path:
    """Where the lines with errors lie now: where they should, or beside the office file. The table may come from a disk
    that is only read, or the last ones still stand open in Excel; neither is a reason to record nothing.
    """
    own = session.file.path.parent / path.name
    for place in (path, *(own.with_stem(f"{own.stem}{more}") for more in _SPARE)):
        with suppress(UserError):
            return write_broken_lines(plan, place)
    return write_broken_lines(plan, path)


def _written(session: Session, plan: ImportPlan, reason: str, on_progress: Progress | None) -> list[RecordKey]:
    """Writes the good rows: by column where all of them are new, which is most imports."""
    records, rows = session.file.records, plan.rows

    def tell(done: int) -> None:
        if on_progress is not None:
            on_progress(done, len(rows))

    if not rows.ids:
        columns = _told(rows.blocks(BLOCK), tell, BLOCK)
        return records.create_many(plan.register, columns, actor=session.user.name, now=session.now(), reason=reason)
    lines = _told(rows.written(), tell)
    return records.save_many(plan.register, lines, actor=session.user.name, now=session.now(), reason=reason)


def _told(parts: Iterable[Part], tell: Callable[[int], None], lines: int = 1) -> Iterator[Part]:
    """The parts, each of so many lines, while it is told about every 200 lines how many are done."""
    for done, part in enumerate(parts):
        if done * lines % _TOLD_EVERY < lines:
            tell(done * lines)
        yield part


def require_columns(plan: ImportPlan) -> None:
    """Refuse a table without its required columns (TD-XFER-007)."""
    if plan.missing:
        found = ", ".join(column.heading for column in plan.columns) or "(không có)"
        raise UserError("TD-XFER-007", missing=", ".join(plan.missing), found=found)


class _StoppedError(Exception):
    """Somebody said that the work need not go on."""


@dataclass(slots=True)
class _Steps:
    """Tells how far the work is, in lines, although it goes by columns."""

    on_progress: Progress | None
    lines: int
    steps: int
    done: int = 0

    def tell(self) -> None:
        """One step more is done; raises _StoppedError."""
        self.done += 1
        done = min(self.lines * self.done // self.steps, self.lines)
        if self.on_progress is not None and self.on_progress(done, self.lines) is False:
            raise _StoppedError


def _with_rows(
    session: Session,
    spec: RegisterSpec,
    plan: ImportPlan,
    main: Grouped,
    convert_legacy: bool,
    fills: Values | None,
    on_progress: Progress | None,
) -> ImportPlan:
    lines = main.lines
    tell = _Steps(on_progress, len(lines), steps_of(spec, plan.columns, plan.sheets)).tell
    try:
        found = preview(session, spec, plan.columns, lines, convert_legacy, tell, fills, plan.sheets)
    except _StoppedError:
        return plan
    return replace(
        plan,
        rows=found.rows,
        broken=found.broken,
        problems=(*found.problems, *main.told),
        unchanged=found.unchanged,
        fills=found.fills,
        sheets=found.sheets or plan.sheets,
        legacy=any(problem.code == "TD-XFER-011" for problem in found.problems),
    )


def _preview_jsonl(session: Session, spec: RegisterSpec, path: Path, on_progress: Progress | None) -> ImportPlan:
    columns = (ImportColumn(0, "jsonl", None),)
    plan = ImportPlan(spec.name, path, columns, NO_ROWS, (), source="jsonl")

    def tell(done: int) -> None:
        if on_progress is not None and on_progress(done, 0) is False:
            raise _StoppedError

    try:
        found = preview_jsonl(session, spec, path, tell)
    except _StoppedError:
        return plan
    return replace(plan, rows=found.rows, broken=found.broken, problems=found.problems, unchanged=found.unchanged)
