"""``thidua province ranking``: the communes by one figure."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, json_option, office_options, opened, say, say_json, write_paper


@click.command("ranking")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--report", "report_name", default="movement_result", show_default=True, help="Báo cáo nào.")
@click.option("--period", required=True, help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--indicator", required=True, help="Chỉ tiêu nào của báo cáo.")
@click.option(
    "--by", default="size", show_default=True,
    type=click.Choice(["size", "share", "change", "year_change", "per_households", "target"]), help="So sánh theo gì.",
)  # fmt: skip
@click.option("--out", type=OFFICE_FILE, help="Ghi bảng ra .pdf, .docx hoặc .xlsx.")
@json_option
def province_ranking(
    file: Path, password_file: Path, login: str | None, report_name: str, period: str, indicator: str, by: str,
    out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """So sánh các xã theo một chỉ tiêu: số lượng, tỷ lệ, tăng giảm, trên 1.000 hộ."""
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports import ranking_paper
    from thidua_desktop.services.reports.build import report_spec
    from thidua_desktop.services.reports.ranking import Measure, ranking

    with opened(file, password_file, login) as session:
        wanted = period_for(session, report_spec(session, report_name), period)
        found = ranking(session, report_name, wanted, indicator, Measure(by))
        if out is not None:
            write_paper(out, session, lambda one: ranking_paper.ranking_document(one, found))
    if as_json:
        rows = [
            {"place": row.place, "office": row.office, "name": row.name, "value": row.value, "sent": row.sent,
             "measure": None if row.measure is None else str(row.measure)}
            for row in found.rows
        ]  # fmt: skip
        say_json({"covered": found.covered, "unit": found.unit, "rows": rows})
        return
    say(f"{found.indicator.label}, {found.period.label}: số liệu của {found.covered} đã gửi báo cáo. {found.words}.")
    for row in found.rows:
        place = "–" if row.place is None else row.place
        said = f" ({ranking_paper.remark(row)})" if ranking_paper.remark(row) else ""
        say(f"{place}. {row.name}: {ranking_paper.measure_text(row.measure)} {found.unit}{said}")
