"""``thidua province compare``: chosen communes beside chosen figures."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, json_option, office_options, opened, say, say_json, write_paper


@click.command("compare")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--report", "report_name", default="movement_result", show_default=True, help="Báo cáo nào.")
@click.option("--period", required=True, help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--commune", "communes", multiple=True, help="Mã xã, nhiều lần được; không ghi thì mọi xã.")
@click.option(
    "--indicator", "indicators", multiple=True, help="Chỉ tiêu, nhiều lần được; không ghi thì các chỉ tiêu chính."
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Loại khu dân cư (rural, border, religious, complex …); không ghi thì mọi khu.",
)
@click.option("--out", type=OFFICE_FILE, help="Ghi bảng ra .pdf, .docx hoặc .xlsx.")
@json_option
def province_compare(
    file: Path, password_file: Path, login: str | None, report_name: str, period: str, communes: tuple[str, ...],
    indicators: tuple[str, ...], kinds: tuple[str, ...], out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """So sánh các xã theo nhiều chỉ tiêu, chung hoặc theo loại khu dân cư."""
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports.build import report_spec
    from thidua_desktop.services.reports.consolidated import covered_line
    from thidua_desktop.services.reports.matrix import ALL_AREAS, MatrixChoice, matrix
    from thidua_desktop.services.reports.matrix_paper import matrix_document, value_text

    with opened(file, password_file, login) as session:
        wanted = period_for(session, report_spec(session, report_name), period)
        found = matrix(session, report_name, wanted, MatrixChoice(communes, indicators, kinds or (ALL_AREAS,)))
        covered = covered_line(session, report_name, wanted)
        if out is not None:
            write_paper(out, session, lambda one: matrix_document(one, report_name, found))
    if as_json:
        columns = [
            {"indicator": one.indicator.name, "kind": one.kind, "unit": one.indicator.unit} for one in found.columns
        ]
        rows = [{"office": row.office, "name": row.name, "sent": row.sent, "values": row.values} for row in found.rows]
        say_json({"covered": covered, "columns": columns, "rows": rows, "totals": found.totals, "whole": found.whole})
        return
    say(f"{found.title}, {found.period.label}: {covered}.")
    for row in found.rows:
        told = (f"{column.head} {value_text(value)}" for column, value in zip(found.columns, row.values, strict=True))
        say(f"{row.name}{'' if row.sent else ' (chưa gửi báo cáo)'}: {'; '.join(told)}")
