"""Survey forms: taken in from a file, answered like any register, counted by themselves at the commune and province."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.formdef.surveys import LARGEST, SurveyForm
from thidua_desktop.services import access
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import format_date, format_number, lower_first, sort_key

if TYPE_CHECKING:
    from thidua_desktop.printing.marks import Rendered

ANSWERS = "answers"
_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL)


@dataclass(frozen=True, slots=True)
class SurveyState:
    """A survey as the list shows it."""

    name: str
    title: str
    asked_by: str
    deadline: date
    answers: int
    days_left: int

    @property
    def due_text(self) -> str:
        """When it is due, in words."""
        if self.days_left < 0:
            return f"hết hạn {format_date(self.deadline)}"
        return f"hạn {format_date(self.deadline)}, còn {self.days_left} ngày"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One counted line. ``out_of``: what a share is a share of; 0 for sums."""

    question: str
    answer: str
    unit: str
    total: int | Decimal
    by_office: Mapping[str, int | Decimal]
    out_of: int = 0

    @property
    def share(self) -> str:
        """The share of the answers, "" for sums."""
        return f"{format_number(Decimal(self.total) * 100 / self.out_of, 1)}%" if self.out_of else ""


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """What was answered: per line the total and each office; who has answered and who has not."""

    name: str
    title: str
    deadline: date
    offices: tuple[tuple[str, str], ...]
    answered: frozenset[str]
    rows: tuple[ResultRow, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the offices that have not answered."""
        return tuple(name for code, name in self.offices if code not in self.answered)

    @property
    def answered_text(self) -> str:
        """x/y of the offices."""
        return f"{len(self.answered)}/{len(self.offices)} đơn vị đã trả lời"


def surveys(session: Session) -> list[SurveyState]:
    """The surveys of this office, the one due first at the top, ended ones last."""
    found = []
    for spec in session.definitions.registers.values():
        if spec.survey is None:
            continue
        left = (spec.survey.deadline - session.today).days
        found.append(
            SurveyState(
                spec.name, spec.title, spec.survey.asked_by, spec.survey.deadline,
                session.file.records.count(spec.name), left,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.days_left < 0, one.deadline, sort_key(one.title)))


def add_survey(session: Session, path: Path) -> RegisterSpec:
    """Take a survey in from a file; the same file twice does no harm.

    Raises TD-FORM-050…052 for a form that cannot be taken, 053 when another form of its name is here, TD-ENV-….
    """
    from thidua_desktop.formdef.reading_surveys import read_survey
    from thidua_desktop.services.files import environment_problem

    session.require(Permission.RECORD)
    try:
        if path.stat().st_size > LARGEST:
            raise UserError("TD-FORM-050", file=path.name, reason=f"tệp lớn hơn {LARGEST // 1024} KB")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UserError("TD-FORM-050", file=path.name, reason="tệp không phải văn bản UTF-8") from fault
    except OSError as fault:
        raise environment_problem(fault) from fault
    return add_form(session, read_survey(text, session.definitions, path.name))


def add_form(session: Session, form: SurveyForm) -> RegisterSpec:
    """Take in a survey that was read already; of one that is here only the deadline and who asks may be new."""
    known = session.file.survey_text(form.spec.name)
    if known is not None:
        from thidua_desktop.formdef.reading_surveys import read_survey

        before = read_survey(known, session.definitions).spec
        if replace(before, survey=None) != replace(form.spec, survey=None):
            raise UserError("TD-FORM-053", name=form.spec.name, title=form.spec.title)
        if before == form.spec:
            return form.spec
    session.file.keep_survey(form, session.user.name, session.now())
    session.announce(Changes(frozenset({form.spec.name})))
    return form.spec


def survey_spec(session: Session, name: str) -> RegisterSpec:
    """The register of a survey; raises TD-FORM-054 when this office has none of that name."""
    spec = session.definitions.registers.get(name)
    if spec is None or spec.survey is None:
        known = ", ".join(one.name for one in surveys(session)) or "(chưa có)"
        raise UserError("TD-FORM-054", name=name, known=known)
    return spec


def results(session: Session, name: str) -> SurveyResults:
    """Every answer counted: how many, sums of numbers, shares of choices, yes and no; each office and all."""
    spec = survey_spec(session, name)
    counter = _Counter(session, spec)
    for record in session.file.records.every(ListQuery(name)):
        counter.add(record)
    deadline = spec.survey.deadline if spec.survey else session.today
    offices = tuple(_offices(session, counter.answers, deadline))
    known = {code for code, _ in offices}
    answered = frozenset(code for code in counter.answers if code in known)
    return SurveyResults(name, spec.title, deadline, offices, answered, tuple(counter.rows()))


def print_results(session: Session, name: str) -> Rendered:
    """The results on paper: every line with total and share; under it who has not answered."""
    from thidua_desktop.printing.blocks import Align, Column
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register
    from thidua_desktop.printing.render import render
    from thidua_desktop.services.letterhead import issuer
    from thidua_desktop.services.signers import OFFICE, signature, who_signs

    session.require(Permission.PRINT)
    found = results(session, name)
    columns = (
        Column("TT", 0.6, Align.CENTER), Column("Câu hỏi", 4.0), Column("Trả lời", 2.6),
        Column("Số lượng", 1.2, Align.RIGHT), Column("Tỷ lệ", 1.0, Align.RIGHT),
    )  # fmt: skip
    lines = tuple(
        (str(place), row.question, row.answer, f"{format_number(row.total)} {row.unit}".strip(), row.share)
        for place, row in enumerate(found.rows, start=1)
    )
    notes = [f"{found.answered_text}, hạn trả lời {format_date(found.deadline)}."]
    if found.missing:
        notes.append(f"Chưa trả lời: {', '.join(found.missing)}.")
    content = RegisterContent(
        issuer=issuer(session), title=f"KẾT QUẢ: {found.title}".upper(), columns=columns, rows=lines,
        subtitle=f"Tính đến ngày {format_date(session.today)}", totals=(), notes=tuple(notes), date=session.today,
        signer=signature(session, who_signs(session, OFFICE)),
    )  # fmt: skip
    access.note_paper(session, access.PRINT, content.title)
    return render(register(content))


def export_results(session: Session, name: str, path: Path) -> Path:
    """The results as an Excel sheet: one line for each figure, one column for each office."""
    import io

    import xlsxwriter

    from thidua_desktop.services.files import write_whole
    from thidua_desktop.services.transfer_writing import safe_cell

    found = results(session, name)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        sheet = book.add_worksheet("Kết quả")
        heads = ["Câu hỏi", "Trả lời", "Đơn vị tính", "Toàn bộ", "Tỷ lệ", *(office for _, office in found.offices)]
        for column, head in enumerate(heads):
            sheet.write_string(0, column, safe_cell(head), bold)
        for line, row in enumerate(found.rows, start=1):
            for column, text in enumerate((row.question, row.answer, row.unit)):
                sheet.write_string(line, column, safe_cell(text))
            sheet.write_number(line, 3, float(row.total))
            sheet.write_string(line, 4, row.share)
            for column, (code, _) in enumerate(found.offices, start=5):
                sheet.write_number(line, column, float(row.by_office.get(code, 0)))
        sheet.write_string(len(found.rows) + 2, 0, found.answered_text, bold)
        if found.missing:
            sheet.write_string(len(found.rows) + 3, 0, safe_cell(f"Chưa trả lời: {', '.join(found.missing)}"))
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, 1, 32)
        sheet.freeze_panes(1, 2)
    return write_whole(path, stream.getvalue())


def _offices(session: Session, answered: Iterable[str], deadline: date) -> Iterator[tuple[str, str]]:
    """Who is asked: at the province the communes on the last day of asking, and who has answered; else itself."""
    if not session.is_province:
        yield session.file.identity.code, session.file.identity.name
        return
    from thidua_desktop.services.communes import by_name, on_day

    asked = {code for code, _ in by_name(session, on_day(min(deadline, session.today)))}
    yield from (pair for pair in by_name(session) if pair[0] in asked | set(answered))


class _Counter:
    """Counts answers as they pass; one line for each answer that a field can have."""

    def __init__(self, session: Session, spec: RegisterSpec) -> None:
        self._catalogs, self._spec = session.definitions.catalogs, spec
        self.answers: dict[str, int] = {}
        self._found: dict[tuple[str, str], dict[str, int | Decimal]] = {}
        self._filled: dict[str, int] = {}

    def add(self, record: Record) -> None:
        """One answer."""
        self.answers[record.office] = self.answers.get(record.office, 0) + 1
        for field in self._spec.living_fields:
            value = record.values.get(field.name)
            if value is None or value == ():
                continue
            self._filled[field.name] = self._filled.get(field.name, 0) + 1
            for answer, amount in _counted(field, value):
                by_office = self._found.setdefault((field.name, answer), {})
                by_office[record.office] = by_office.get(record.office, 0) + amount

    def rows(self) -> Iterator[ResultRow]:
        """The lines in the order of the form; code lists in their own order, with the answers nobody gave."""
        total = sum(self.answers.values())
        yield ResultRow("Số phiếu trả lời", "", "phiếu", total, dict(self.answers))
        for field in self._spec.living_fields:
            if field.type is FieldType.LINK:
                continue  # where an answer is from is not an answer
            filled = self._filled.get(field.name, 0)
            for answer, words, unit in self._lines(field):
                by_office = self._found.get((field.name, answer), {})
                shares = field.type not in (*_NUMBERS, FieldType.ROWS)
                yield ResultRow(
                    field.label, words, unit, sum(by_office.values(), 0), by_office, filled if shares else 0
                )  # fmt: skip

    def _lines(self, field: FieldSpec) -> Iterator[tuple[str, str, str]]:
        if field.type in _NUMBERS:
            yield "", "Tổng", field.unit
        elif field.type is FieldType.BOOLEAN:
            yield from (("1", "Có", "phiếu"), ("0", "Không", "phiếu"))
        elif field.catalog:
            for item in self._catalogs[field.catalog].items:
                yield item.code, item.label, "phiếu"
        elif field.type is FieldType.ROWS:
            yield "", "Số dòng", "dòng"
            for child in field.fields:
                if child.type in _NUMBERS:
                    yield child.name, f"Tổng {lower_first(child.label)}", child.unit
        else:
            yield "", "Đã ghi", "phiếu"


def _counted(field: FieldSpec, value: Any) -> Iterator[tuple[str, int | Decimal]]:
    """(answer, how much) of one value."""
    if field.type in _NUMBERS:
        yield "", value
    elif field.type is FieldType.BOOLEAN:
        yield "1" if value else "0", 1
    elif field.type is FieldType.CHOICES:
        yield from ((code, 1) for code in value)
    elif field.type is FieldType.CHOICE:
        yield str(value), 1
    elif field.type is FieldType.ROWS:
        rows = cast("tuple[Mapping[str, Any], ...]", value)
        yield "", len(rows)
        for child in field.fields:
            if child.type in _NUMBERS:
                yield child.name, sum((row[child.name] for row in rows if row.get(child.name) is not None), 0)
    else:
        yield "", 1
