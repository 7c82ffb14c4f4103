"""A report as paper: the Decree 30 letter with its narrative, the appendix of figures and the charts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.errors import UserError
from thidua_desktop.services import access, paper_numbers
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.paper_numbers import Taken
from thidua_desktop.services.reports.build import Report
from thidua_desktop.services.reports.consolidated import Communes, commune_annex, communes_of, missing_annex
from thidua_desktop.services.reports.duties_paper import duties_annex
from thidua_desktop.services.reports.editions import edition_key, replaced_words
from thidua_desktop.services.reports.figure_columns import (
    TITLES,
    FigureColumn,
    cell_text,
    columns_of,
    counted,
)
from thidua_desktop.services.reports.figure_marks import Piece, draft_pieces, edited_pieces
from thidua_desktop.services.reports.figures import Figure
from thidua_desktop.services.reports.reported import as_reported
from thidua_desktop.services.session import Session
from thidua_desktop.services.signers import OFFICE, signature, who_signs
from thidua_desktop.services.unprintable import parts_named
from thidua_desktop.text import UNTOLD

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Block, Document, Orientation, Run, Table, TableCell
    from thidua_desktop.printing.marks import Rendered

_SHARES = {
    FigureColumn.THIS: 1.5, FigureColumn.SHARE: 0.9, FigureColumn.LAST: 1.1, FigureColumn.LAST_YEAR: 1.2,
    FigureColumn.YEAR: 1.2, FigureColumn.TARGET: 1.2, FigureColumn.REACHED: 1.0,
}  # fmt: skip
"""Parts of the appendix's width."""
_UPRIGHT_SHARES = 6.0
_BOOKS_NAMED = 5


def print_report(
    session: Session, report: Report, number: str | None = None, edition: int = 0, signer: str = ""
) -> Rendered:
    """The report as PDF, with the places of its figures; the paper carries the day it is printed on.

    ``edition``: the report is being closed as this edition, so its paper carries the codes already. Raises
    TD-PRINT-072 for a letter that no font has, naming the part where it stands.
    """
    from thidua_desktop.printing.render import render

    document = report_document(session, report, number, edition, signer)
    access.note_paper(session, access.PRINT, document.meta.title)
    with parts_named(report.spec.title, [(part.heading, part.text) for part in report.paragraphs]):
        return render(document)


def report_document(
    session: Session, report: Report, number: str | None = None, edition: int = 0, signer: str = ""
) -> Document:
    """The report as blocks: the Decree 30 letter, the appendix of figures, the charts.

    A closed one is as it was closed, whatever changed since; it (or one that closes as ``edition`` now) ends in codes
    that carry its figures.
    """
    from thidua_desktop.printing.contents import Annex, ReportContent
    from thidua_desktop.printing.official import report as official_report

    report = as_reported(session, report)
    taken, communes = number_of(session, report), communes_of(session, report)
    by_commune = commune_annex(communes) if communes is not None else None
    closed_on = report.closed_at.date() if report.closed_at and report.closed else session.today
    content = ReportContent(
        issuer=issuer(session),
        subject=report.subject,
        body=(*_body(report), *_missing(communes), *_replacing(session, report, edition)),
        signer=signature(session, who_signs(session, OFFICE, report.spec.type_name, signer)),
        recipients=report.recipients,
        to=(report.to,) if report.to else (),
        number=number or (str(taken.number) if taken else None),
        date=taken.day if taken else closed_on,
        type_name=report.spec.type_name,
        type_code=report.spec.symbol,
        annexes=(
            Annex(
                _annex_title(report),
                (figure_table(report), *report.charts, *_codes(session, report, edition)),
                _direction(report),
            ),
            *((by_commune,) if by_commune is not None else ()),
            *(missing_annex(communes.missing) if communes is not None else ()),
            *duties_annex(report),
        ),
        foot_note=communes.covered if communes is not None else "",
    )
    return official_report(content)


def number_of(session: Session, report: Report) -> Taken | None:
    """The number that this closing of the report has taken; None while it has none or the period is open."""
    key = edition_key(report.spec.name, report.period.code, report.edition)
    return paper_numbers.kept(session, key) if report.closed else None


def take_number(session: Session, report: Report, *, ask_first: bool = False) -> Taken:
    """Give a closed report its number in the register of issued papers; one that has it keeps it.

    The paper kept with the closing is made again with the number. A report closed again after its period was reopened
    is another paper: it gets a number of its own and names the paper that it replaces. Raises TD-PRINT-043 while the
    period is open, 045, TD-STORE-220, with ``ask_first`` FirstNumberError.
    """
    name, code = report.spec.name, report.period.code
    if not report.closed:
        raise UserError("TD-PRINT-043", period=report.period.name)
    facts = paper_numbers.facts_of(session, report_document(session, report), report.spec.title)
    earlier = (paper_numbers.kept(session, edition_key(name, code, one)) for one in range(report.edition - 1, 0, -1))
    replaced = next((one for one in earlier if one is not None), None)
    with session.file.atomic():
        key = edition_key(name, code, report.edition)
        taken = paper_numbers.take(session, key, facts, replaced, ask_first=ask_first)
        session.file.reports.put_paper(name, code, report.edition, print_report(session, report).pdf)
    return taken


def _missing(communes: Communes | None) -> list[Block]:
    """At the province: on how many communes the figures stand, and who is missing."""
    from thidua_desktop.printing.blocks import Paragraph

    return [Paragraph(f"{communes.covered}. {communes.words}".rstrip())] if communes is not None else []


def _replacing(session: Session, report: Report, edition: int) -> list[Block]:
    """The sentence that names the paper which this one replaces, and why."""
    from thidua_desktop.printing.blocks import Paragraph

    printed = edition or (report.edition if report.closed else report.edition + 1)
    words = replaced_words(session, report.spec.name, report.period, printed)
    return [Paragraph(f"{report.spec.type_name.capitalize()} này thay thế {words}.")] if words else []


def figures_json(session: Session, report: Report) -> dict[str, Any]:
    """The figures as data: what closing keeps, what the package carries, what ``--figures-json`` writes."""
    identity = session.file.identity
    return {
        "report": report.spec.name,
        "version": report.spec.version,
        "office": identity.code,
        "office_name": identity.name,
        "period": report.period.code,
        "period_name": report.period.name,
        "from": report.period.start.isoformat(),
        "to": report.period.end.isoformat(),
        "figures": [_figure_json(figure) for figure in report.figures],
    }


def figure_table(report: Report) -> Table:
    """The appendix: every figure with its yardsticks, x/y and percent, the year's target; empty columns fall away."""
    from thidua_desktop.printing.blocks import Align, Column, Table

    shown = columns_of(report)
    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Nội dung", 4.0), Column("Đơn vị tính", 1.0, Align.CENTER),
        *(Column(TITLES[one], _SHARES[one], Align.RIGHT) for one in shown),
    )  # fmt: skip
    rows = tuple(
        (str(place), figure.label, figure.unit, *(_cell(figure, column) for column in shown))
        for place, figure in enumerate(report.figures, start=1)
    )
    return Table(columns, rows, notes=_notes(report), size=11.0)


def _cell(figure: Figure, column: FigureColumn) -> TableCell:
    from thidua_desktop.printing.blocks import Cell

    if column is FigureColumn.THIS:
        return Cell(counted(figure), figure=figure.indicator)
    return cell_text(figure, column).removesuffix("%")  # the head says so


def _notes(report: Report) -> tuple[str, ...]:
    """Why a place is empty, and why odd figures are right."""
    figures = report.figures
    shown = columns_of(report)
    compared = (FigureColumn.LAST_YEAR,) if report.period.span else (FigureColumn.LAST, FigureColumn.LAST_YEAR)
    fallen = [TITLES[one] for one in compared if one not in shown]
    notes = [f"{', '.join(fallen)}: chưa có số liệu trên máy."] if fallen else []
    told = [figure for figure in figures if not figure.unrecorded]
    if any(cell_text(figure, one) == UNTOLD for figure in told for one in shown):
        notes.append("“–”: kỳ đó chưa có số liệu trên máy.")
    notes += _unrecorded_note(figures)
    notes += [f"{figure.label}: {figure.partly}." for figure in figures if figure.partly]
    notes += [f"{figure.label}: {figure.kept_reason}" for figure in figures if figure.odd and figure.kept_reason]
    return tuple(notes)


def _unrecorded_note(figures: Sequence[Figure]) -> list[str]:
    """Which books were never written in: the first ones by name."""
    missing = list(dict.fromkeys(figure.unrecorded for figure in figures if figure.unrecorded))
    rest = len(missing) - _BOOKS_NAMED
    more = f"; và {rest} sổ, ô khác" if rest > 0 else ""
    return [f"“{UNTOLD}” ở cột Kỳ này: {'; '.join(missing[:_BOOKS_NAMED])}{more}."] if missing else []


def _direction(report: Report) -> Orientation:
    """A sheet turned when the columns would be too narrow on an upright one."""
    from thidua_desktop.printing.blocks import Orientation

    wide = sum(_SHARES[one] for one in columns_of(report)) > _UPRIGHT_SHARES
    return Orientation.LANDSCAPE if wide else Orientation.PORTRAIT


def _annex_title(report: Report) -> str:
    return "SỐ LIỆU KẾT QUẢ PHONG TRÀO" if report.spec.reminded else f"SỐ LIỆU {report.spec.title.upper()}"


def _codes(session: Session, report: Report, edition: int) -> list[Block]:
    """Codes with the figures as reported, for a province that takes them from paper; none while the period is open."""
    from thidua_desktop.printing.blocks import QrCodes
    from thidua_desktop.services.reports.paper_codes import paper_codes, paper_figures
    from thidua_desktop.services.reports.progress import progress_of

    if session.is_province:
        return []
    if edition:
        reported, package = {figure.indicator: figure.value for figure in report.figures}, 0
    elif report.closed:
        reported, package, edition = report.reported, progress_of(session, report).package, report.edition
    else:
        return []
    if not (session.file.writes or session.file.office_keys):  # closed before this office had keys, read only now
        return []
    paper = paper_figures(session, report.spec.name, report.period, edition, reported, package)
    carried = f", gói số {package}" if package else ""
    caption = f"Mã số liệu: {report.period.name}, lần chốt {edition}{carried}; mã đối chiếu {paper.digest}"
    return [QrCodes(paper_codes(session, paper), caption)]


def _body(report: Report) -> list[Block]:
    from thidua_desktop.printing.blocks import Heading, Paragraph

    blocks: list[Block] = [Paragraph(line) for line in report.opening.splitlines()]
    for part in report.paragraphs:
        if part.heading:
            blocks.append(Heading(part.level, part.heading))
        if part.edited:
            lines = edited_pieces(part.text, part.marked)
        else:
            lines = [draft_pieces(line) for line in part.marked.splitlines()]
        blocks += [Paragraph(_runs(line)) for line in lines if line]
    return blocks


def _runs(pieces: list[Piece]) -> tuple[Run, ...]:
    from thidua_desktop.printing.blocks import Run

    return tuple(Run(piece.text, figure=piece.indicator) if piece.indicator else Run(piece.text) for piece in pieces)


def _figure_json(figure: Figure) -> dict[str, Any]:
    row: dict[str, Any] = {
        "indicator": figure.indicator, "label": figure.label, "unit": figure.unit, "value": _plain(figure.value),
        "last": _plain(figure.last), "last_year": _plain(figure.last_year), "year": _plain(figure.year),
        "out_of": _plain(figure.whole),
    }  # fmt: skip
    if figure.target is not None:
        row["target"] = _plain(figure.target)
    if figure.kept_reason:
        row["reason"] = figure.kept_reason
    if figure.unrecorded:
        row["unrecorded"] = figure.unrecorded
    if figure.partly:
        row["partly"] = figure.partly
    return row


def _plain(value: Number | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value
