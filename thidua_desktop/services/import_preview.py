"""What the lines of a table would become: understood, compared with the records that are here, checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from pathlib import Path

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.services import links
from thidua_desktop.services.import_children import Children, ChildSheet, of_sheet
from thidua_desktop.services.import_rows import NO_ROWS, ImportRows
from thidua_desktop.services.known_records import STEPS, changes_of, known_records, own_names
from thidua_desktop.services.left_out import WARNINGS_KEPT, told_of, with_something, without_sums
from thidua_desktop.services.raw_lines import RawLine, RawLines
from thidua_desktop.services.running_numbers import number_lines
from thidua_desktop.services.session import Session
from thidua_desktop.services.table_foot import foot_of, notes_of
from thidua_desktop.services.titles import namer
from thidua_desktop.services.transfer_checks import Found, TableChecks, table_of_rows, value_table
from thidua_desktop.services.transfer_columns import ImportColumn, mark_column
from thidua_desktop.services.transfer_jsonl import jsonl_lines, jsonl_record
from thidua_desktop.services.transfer_rows import GUESSES, RowProblem, TableReader, cell_problem, row_problem
from thidua_desktop.services.transfer_table import ValueTable
from thidua_desktop.services.unseen import UnclearRowsError, with_unseen
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import upper_first

_TOLD_AT = 500
Tell = Callable[[], None]
"""Called between the steps of the work; may raise to end it."""


@dataclass(frozen=True, slots=True)
class Fill:
    """One value that a person gave for a field where the table says nothing, as it is shown, and in how many lines."""

    field: str
    label: str
    shown: str
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """Lines that can be recorded, lines that cannot, what was found, and how many are here already."""

    rows: ImportRows = NO_ROWS
    broken: tuple[RawLine, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    unchanged: int = 0
    fills: tuple[Fill, ...] = ()
    sheets: tuple[ChildSheet, ...] = ()


def steps_of(spec: RegisterSpec, columns: Sequence[ImportColumn], sheets: Sequence[ChildSheet] = ()) -> int:
    """About how often ``preview`` tells that it goes on."""
    read = [*columns, *(column for sheet in sheets for column in sheet.columns)]
    return sum(column.field is not None for column in read) + len(spec.checks) + 6 + STEPS


def preview(
    session: Session,
    spec: RegisterSpec,
    columns: Sequence[ImportColumn],
    read: Sequence[RawLine],
    convert_legacy: bool,
    tell: Tell,
    fills: Values | None = None,
    sheets: Sequence[ChildSheet] = (),
) -> Preview:
    """The lines of a table as what they would become; ``fills``: values for fields where the table says nothing;
    ``sheets``: the child rows that come with it.
    """
    mapped = {column.index for column in columns if column.field}
    lines, sums = without_sums(RawLines.of(read), mapped)
    lines, foot = _without_foot(spec, columns, lines)
    lines, empty = with_something(lines, mapped)
    left_out = tuple(sorted((*sums, *empty, *foot), key=attrgetter("row")))
    if not lines and not sheets:
        return Preview(problems=left_out)
    reader = TableReader(session, spec, columns, lines, convert_legacy, fills)
    for _ in reader.read():
        tell()
    table = value_table(spec, len(lines), reader.columns)
    headings = {column.field: column.heading for column in columns if column.field}
    brought = frozenset((*headings, *reader.columns))
    checks, children = TableChecks(session, spec, brought), Children(session, spec, list(sheets))
    checks.tidy(table)
    tell()
    own_names(session, spec, table)
    here = _merged(session, spec, table, reader.filled, tell)
    number_lines(session, spec, table)
    checks.defaults(table, here)
    tell()
    lines = children.find_owners(lines, _marks(columns, lines), table, here) if sheets else lines
    for _ in children.read(lines, table, convert_legacy) if sheets else ():
        tell()
    alike = _alike(session, spec, sorted(brought), table)
    if sheets:
        _read_whole(session, spec, alike, here)
    already = {*alike, *children.stands}
    children.attach(table, here, alike, already)
    for _ in checks.steps(table):
        tell()
    unclear = _together(reader.problems, children.told)
    told = problems_of(lines.numbers, {**labels_of(spec), **headings}, unclear, checks.found, children.found_at)
    known = _Lines(lines, lines.numbers, table, here, told, frozenset(already), children, namer(session, spec))
    found = _sorted_out(session, spec, known)
    shown = tuple(fills_of(session, spec, fills or {}, reader.filled))
    problems = (*found.problems, *children.lost, *(one for sheet in children.sheets for one in sheet.told), *left_out)
    return replace(found, fills=shown, problems=problems, sheets=tuple(children.sheets))


def _marks(columns: Sequence[ImportColumn], lines: RawLines) -> dict[int, str]:
    """By number of the line what an export marked it with."""
    at = mark_column(columns)
    texts = lines.columns[at] if at is not None and at < len(lines.columns) else ()
    return {number: text for number, text in zip(lines.numbers, texts, strict=False) if text}


def _together(
    first: dict[int, list[RowProblem]], more: Mapping[int, Sequence[RowProblem]]
) -> dict[int, list[RowProblem]]:
    for place, problems in more.items():
        first.setdefault(place, []).extend(problems)
    return first


def _without_foot(
    spec: RegisterSpec, columns: Sequence[ImportColumn], lines: RawLines
) -> tuple[RawLines, tuple[RowProblem, ...]]:
    """The lines above the notes and the signatures; what is told of those left out."""
    needed = {field.name for field in spec.living_fields if field.required}
    required = {column.index for column in columns if column.field in needed}
    notes = notes_of(lines, required)
    told = told_of("TD-XFER-020", lines, notes)
    lines = lines.without(notes)
    places = foot_of(lines, required)
    return lines.without(places), (*told, *told_of("TD-XFER-021", lines, places))


def fills_of(
    session: Session, spec: RegisterSpec, fills: Values, filled: Mapping[str, Sequence[int]]
) -> Iterator[Fill]:
    """What a person gave for empty cells, in the order of the form."""
    for field in spec.living_fields:
        if field.name in fills:
            shown = links.label(session, field, fills[field.name])
            yield Fill(field.name, field.label, shown, len(filled.get(field.name, ())))


def preview_jsonl(session: Session, spec: RegisterSpec, path: Path, tell: Callable[[int], None]) -> Preview:
    """The lines of a lossless file: each has a record's id or none, is checked whole, and left alone where the record
    is so already. ``tell``: how many lines are read.
    """
    lines: list[RawLine] = []
    rows: list[Values] = []
    ids: dict[int, str] = {}
    unread: list[tuple[RawLine, RowProblem]] = []
    first_lines: dict[str, int] = {}
    for number, text in jsonl_lines(path):
        if number % _TOLD_AT == 0:
            tell(number)
        try:
            record_id, values = jsonl_record(spec, text, number, first_lines)
        except ValueError as fault:
            unread.append((RawLine(number, (text,)), row_problem("TD-XFER-013", number, "", text=str(fault))))
            continue
        try:
            whole = with_unseen(session, spec, values, record_id)
        except UnclearRowsError as fault:
            unread.append((RawLine(number, (text,)), cell_problem(number, fault.problem.field, fault.problem)))
            continue
        if record_id is not None:
            ids[len(lines)] = record_id
        lines.append(RawLine(number, (text,)))
        rows.append(whole)
    return _of_jsonl(session, spec, lines, table_of_rows(spec, rows), ids, unread)


def _of_jsonl(
    session: Session,
    spec: RegisterSpec,
    lines: Sequence[RawLine],
    table: ValueTable,
    ids: Mapping[int, str],
    unread: Sequence[tuple[RawLine, RowProblem]],
) -> Preview:
    checks = TableChecks(session, spec, frozenset())
    checks.defaults(table)
    checks.tidy(table)
    for _ in checks.steps(table):
        pass
    numbers = [line.number for line in lines]
    told = problems_of(numbers, labels_of(spec), {}, checks.found)
    known = ((place, session.file.records.get(spec.name, record_id)) for place, record_id in ids.items())
    same = {place for place, here in known if here and not here.deleted and dict(here.values) == table.row(place)}
    bad = [place for place, problems in told.items() if place not in same and is_broken(problems)]
    problems = [*(problem for _, problem in unread), *(problem for place in bad for problem in told[place])]
    broken = [*(line for line, _ in unread), *(lines[place] for place in bad)]
    left_out = same.union(bad)
    places = [place for place in range(len(lines)) if place not in left_out]
    problems.sort(key=attrgetter("row"))
    return Preview(ImportRows(table, places, numbers, ids, told), tuple(sorted(broken)), tuple(problems), len(same))


def problems_of(
    numbers: Sequence[int],
    headings: Mapping[str, str],
    unclear: Mapping[int, list[RowProblem]],
    found: Found,
    of_child: Callable[[int, Problem], RowProblem | None] = lambda _place, _problem: None,
) -> dict[int, tuple[RowProblem, ...]]:
    """By place what is told of a line: of a cell that was not understood nothing more; hints are for forms alone.

    ``of_child``: a finding about a child row as what is told of that row's own line.
    """
    told: dict[int, tuple[RowProblem, ...]] = {place: tuple(problems) for place, problems in unclear.items()}
    for place, problems in found.items():
        said = {_cell(problem) for problem in unclear.get(place, ())}
        more = []
        for problem in problems:
            name = problem.field.partition("[")[0]
            child = of_child(place, problem) if name != problem.field else None
            one = child or cell_problem(numbers[place], headings.get(name, name), problem)
            if _cell(one) not in said and problem.severity is not Severity.HINT:
                more.append(one)
        if more:
            told[place] = (*told.get(place, ()), *more)
    return told


def _cell(problem: RowProblem) -> tuple[str, int, str]:
    return problem.sheet, problem.row, problem.column


def labels_of(spec: RegisterSpec) -> dict[str, str]:
    """What a field is called where no column has it."""
    return {field.name: field.label for field in spec.living_fields}


def is_broken(problems: Sequence[RowProblem]) -> bool:
    """Whether something of a line stands in the way of recording it."""
    return any(problem.severity is Severity.ERROR for problem in problems)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Everything known about the lines, by their places."""

    lines: Sequence[RawLine]
    numbers: Sequence[int]
    table: ValueTable
    here: Mapping[int, Record]
    told: Mapping[int, tuple[RowProblem, ...]]
    already: frozenset[int]
    children: Children
    title: Callable[[Values], str]


def _merged(
    session: Session, spec: RegisterSpec, table: ValueTable, filled: dict[str, list[int]], tell: Tell
) -> dict[int, Record]:
    """By place the record that a line means; what the line does not say stays as it is there.

    A value for empty cells is for those that have none: it does not go over what is recorded (but it may have told
    which record is meant).
    """
    here = known_records(session, spec, table, tell)
    for name in filled if here else ():
        kept = [place for place in filled[name] if place in here and here[place].values.get(name) is not None]
        for place in kept:
            table.put(name, place, here[place].values[name])
        filled[name] = sorted({*filled[name]}.difference(kept))
    for place, record in here.items():
        for name, value in record.values.items():
            column = table.columns.get(name)
            if column is None or column[place] is None or _in_any_order(column[place]) == _in_any_order(value):
                table.put(name, place, value)
    return here


def _in_any_order(value: Value) -> Value:
    """A value to compare: the same codes in another order are the same choice."""
    codes = [one for one in value if isinstance(one, str)] if isinstance(value, tuple) else []
    return tuple(sorted(codes)) if codes else value


def _alike(session: Session, spec: RegisterSpec, fields: list[str], table: ValueTable) -> dict[int, list[Record]]:
    """By place the records that a line equals in every column of the table: the file was imported before. They are
    read in these columns alone.
    """
    if not session.file.records.count(spec.name):
        return {}
    days = [day for day in table.columns.get(spec.date_field, ()) if isinstance(day, date)]
    query = ListQuery(spec.name, min(days, default=None), max(days, default=None))
    columns = [_comparable(spec.field(name), table.columns.get(name, [None] * table.size)) for name in fields]
    groups = list(zip(*columns, strict=True))
    wanted, known = set(groups), dict[tuple[Value, ...], list[Record]]()
    for record in session.file.records.every(query, fields):
        values = tuple(map(_in_any_order, map(record.values.get, fields)))
        if values in wanted:
            known.setdefault(values, []).append(record)
    return {place: known[group] for place, group in enumerate(groups) if group in known} if known else {}


def _read_whole(
    session: Session, spec: RegisterSpec, alike: dict[int, list[Record]], here: Mapping[int, Record]
) -> None:
    """Reads all values of the records that child rows may come to; lines that are equal share their list."""
    groups = {id(found): found for place, found in alike.items() if place not in here}
    rows = sorted({record.row for found in groups.values() for record in found})
    whole = {record.row: record for record in session.file.records.window(spec.name, rows)}
    for found in groups.values():
        found[:] = [whole[record.row] for record in found if record.row in whole]


def _comparable(field: FieldSpec, column: Sequence[Value]) -> Sequence[Value]:
    return list(map(_in_any_order, column)) if field.type is FieldType.CHOICES else column


def _sorted_out(session: Session, spec: RegisterSpec, known: _Lines) -> Preview:
    """Lines to record and lines left out, and what to tell of them: all that is wrong, and the first warnings."""
    bad = {place for place, problems in known.told.items() if place not in known.already and is_broken(problems)}
    left_out = known.already | bad
    every = range(len(known.lines))
    places = [place for place in every if place not in left_out] if left_out else every
    problems: list[RowProblem] = []
    for place in sorted(known.already.intersection(known.told)) if places else ():  # a guess is told at its first line
        problems += [one for one in known.told[place] if one.code in GUESSES]
    for place in sorted({*known.told, *known.here, *known.children.said} - known.already):
        told = known.told.get(place, ())
        problems.extend(told if place in bad else told[: max(WARNINGS_KEPT - len(problems), 0)])
        if (place in known.here or place in known.children.said) and place not in bad and len(problems) < WARNINGS_KEPT:
            problems.append(_change_hint(session, spec, known, place))
    already = [place for place in sorted(known.already) if known.numbers[place] > 0]
    known.children.leave_out(bad)
    problems += _already_hints(known, already[:WARNINGS_KEPT])
    ids = {place: record.id for place, record in known.here.items()}
    rows = ImportRows(known.table, places, known.numbers, ids, known.told)
    broken = tuple(known.lines[place] for place in sorted(bad) if known.numbers[place] > 0)
    return Preview(rows, broken, tuple(problems), len(already))


def _change_hint(session: Session, spec: RegisterSpec, known: _Lines, place: int) -> RowProblem:
    """What a line changes of a record that is here, or which child rows come with a new one."""
    values, number = known.table.row(place), known.numbers[place]
    title, rows = known.title(values), known.children.said.get(place, "")
    if place not in known.here:
        return row_problem("TD-XFER-028", number, "", Severity.HINT, title=title, rows=rows)
    changed = "; ".join(filter(None, (changes_of(session, spec, known.here[place], values), rows)))
    sheet, row = known.children.stands.get(place, ("", number))
    hint = row_problem("TD-DATA-592", row, "", Severity.HINT, title=title, changed=upper_first(changed))
    return of_sheet(sheet, hint) if sheet else hint


def _already_hints(known: _Lines, places: Sequence[int]) -> Iterator[RowProblem]:
    for place in places:
        title = known.title(known.table.row(place))
        yield row_problem("TD-XFER-017", known.numbers[place], "", Severity.HINT, title=title)
