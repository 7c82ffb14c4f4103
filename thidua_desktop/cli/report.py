"""``thidua report``, ``thidua print`` and the province's figures."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    OFFICE_FILE,
    json_option,
    office_options,
    opened,
    say,
    say_json,
    write_file,
    write_paper,
)
from thidua_desktop.errors import UserError
from thidua_desktop.text import format_date

WORD, EXCEL = ".docx", ".xlsx"


@click.group()
def report() -> None:
    """Báo cáo định kỳ."""


@report.command("list")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def report_list(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Những báo cáo lập được và các kỳ đã chốt."""
    from thidua_desktop.services.reports import build as reports

    with opened(file, password_file, login) as session:
        found = reports.reports(session)
        closed = [{"report": name, "period": period} for name, period, _ in session.file.reports.all_frozen()]
    if as_json:
        say_json({"reports": [asdict(info) for info in found], "closed": closed})
        return
    for info in found:
        kinds = ", ".join(info.periods)
        say(f"{info.name}: {info.title} ({kinds})")


@report.command("print")
@click.argument("report_name", metavar="REPORT")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", required=True, help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026, đợt 2026-TET.")
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi; .docx: tệp Word, .xlsx: các bảng ra Excel.")
@click.option("--signer", default="", help="Người ký: họ tên như ghi ở Quản trị; mặc định là người thường ký.")
@click.option("--figures-json", type=OFFICE_FILE, help="Nơi ghi số liệu (JSON).")
def report_print(
    report_name: str, file: Path, password_file: Path, login: str | None, period: str, out: Path,
    signer: str, figures_json: Path | None,
) -> None:  # fmt: skip
    """In báo cáo REPORT của một kỳ ra PDF, tệp Word hoặc Excel."""
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports import build as reports
    from thidua_desktop.services.reports import paper

    with opened(file, password_file, login) as session:
        span = period_for(session, reports.report_spec(session, report_name), period)
        if span.start > session.today:
            raise UserError("TD-TIME-005", period=span.name, start=format_date(span.start))
        made = reports.build(session, report_name, span)
        if out.suffix.lower() in {WORD, EXCEL}:
            write_paper(out, session, lambda one: paper.report_document(one, made, signer=signer))
        if out.suffix.lower() == WORD:
            done = f"Đã ghi tệp Word {out}"
        elif out.suffix.lower() == EXCEL:
            done = f"Đã ghi tệp Excel {out}"
        else:
            printed = paper.print_report(session, made, signer=signer)
            write_file(out, printed.pdf)
            done = f"Đã in {printed.pages} trang ra {out}"
        if figures_json is not None:
            text = json.dumps(paper.figures_json(session, made), ensure_ascii=False, indent=2)
            write_file(figures_json, text.encode())
    say(done)


@click.command("print")
@click.argument("document")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--record", "record_ids", multiple=True, help="Mã bản ghi (record list --json); lặp lại được.")
@click.option("--all", "everything", is_flag=True, help="Mọi bản ghi của sổ, theo --period và --search.")
@click.option("--period", help="Cùng --all, kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--search", default="", help="Cùng --all, tìm không cần dấu.")
@click.option("--signer", default="", help="Người ký: họ tên như ghi ở Quản trị; mặc định là người thường ký.")
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi; .docx: tệp Word, .xlsx: các bảng ra Excel.")
def print_paper(
    document: str, file: Path, password_file: Path, login: str | None, record_ids: tuple[str, ...], everything: bool,
    period: str | None, search: str, signer: str, out: Path,
) -> None:  # fmt: skip
    """In giấy tờ DOCUMENT của một hay nhiều bản ghi ra PDF, tệp Word hoặc Excel."""
    from thidua_desktop.cli.record import list_query
    from thidua_desktop.services.documents.printing import (
        document_spec,
        ids_of,
        papers_in_excel,
        papers_in_word,
        print_documents,
    )

    with opened(file, password_file, login) as session:
        spec = document_spec(session, document)
        ids = list(record_ids)
        if everything:
            ids += ids_of(session, list_query(session, spec.register, period, search))
        if out.suffix.lower() == WORD:
            write_file(out, papers_in_word(session, document, ids, signer))
            done = f"Đã ghi tệp Word {out}"
        elif out.suffix.lower() == EXCEL:
            write_file(out, papers_in_excel(session, document, ids))
            done = f"Đã ghi tệp Excel {out}"
        else:
            printed = print_documents(session, document, ids, signer=signer)
            write_file(out, printed.pdf)
            done = f"Đã in {printed.pages} trang ra {out}"
    say(done)
