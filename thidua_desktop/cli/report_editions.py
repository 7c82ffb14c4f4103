"""``thidua report editions|return|compare``: what was closed, what was returned, what changed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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
from thidua_desktop.text import format_date, format_number

if TYPE_CHECKING:
    from thidua_desktop.domain.periods import Period
    from thidua_desktop.services.session import Session

PERIOD = "Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026."


def _period(session: Session, name: str, code: str) -> Period:
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports.build import report_spec

    return period_for(session, report_spec(session, name), code)


@click.command("editions")
@click.argument("report_name", metavar="REPORT")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", required=True, help=PERIOD)
@click.option("--edition", type=int, help="Lần chốt lấy tờ giấy; cùng --out.")
@click.option("--out", type=OFFICE_FILE, help="Nơi ghi tờ giấy của lần chốt (PDF).")
@json_option
def report_editions(
    report_name: str, file: Path, password_file: Path, login: str | None, period: str, edition: int | None,
    out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Các lần chốt của báo cáo REPORT: số, trạng thái, tờ giấy."""
    from thidua_desktop.services.reports.editions import edition_paper, editions

    with opened(file, password_file, login) as session:
        span = _period(session, report_name, period)
        found = editions(session, report_name, span)
        if out is not None:
            last = found[0].number if found else 0
            write_file(out, edition_paper(session, report_name, span, last if edition is None else edition))
    if as_json:
        say_json([
            {
                "edition": one.number, "at": one.at.isoformat(), "actor": one.actor,
                "number": one.taken.text if one.taken else None, "state": str(one.state), "words": one.state_text,
                "figures": {figure.indicator: figure.value for figure in one.figures},
            }
            for one in found
        ])  # fmt: skip
        return
    if not found:
        say("Kỳ này chưa chốt lần nào")
    for one in found:
        number = f"số {one.taken.text}" if one.taken else "chưa lấy số"
        say(f"Lần {one.number}: {one.at:%H:%M} {format_date(one.at.date())}, {one.actor}, {number}; {one.state_text}")


@click.command("return")
@click.argument("report_name", metavar="REPORT")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", required=True, help=PERIOD)
@click.option("--by", required=True, help="Nơi trả lại, ví dụ: Ủy ban nhân dân tỉnh Đắk Lắk.")
@click.option("--day", default="", help="Ngày trả lại; mặc định hôm nay.")
@click.option("--reason", required=True, help="Vì sao trả lại.")
def report_return(
    report_name: str, file: Path, password_file: Path, login: str | None, period: str, by: str, day: str, reason: str
) -> None:
    """Ghi báo cáo REPORT bị trả lại: kỳ mở ra để sửa, lần chốt sau nêu tờ nó thay thế và lý do."""
    from thidua_desktop.services.reports.editions import return_report
    from thidua_desktop.text import parse_date

    with opened(file, password_file, login) as session:
        on_day = parse_date(day, session.today) if day else session.today
        if on_day is None:
            raise UserError("TD-CLI-008", text=day, reason="không phải ngày")
        made = return_report(session, report_name, _period(session, report_name, period), by, on_day, reason)
    say(f"Đã ghi: {made.by} trả lại ngày {format_date(made.day)}; kỳ đã mở lại")


@click.command("compare")
@click.argument("report_name", metavar="REPORT")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", required=True, help=PERIOD)
@click.option("--edition", type=int, default=0, help="Lần chốt; mặc định lần cuối.")
@click.option("--out", type=OFFICE_FILE, help="Ghi bảng đối chiếu ra PDF, Word (.docx) hoặc Excel (.xlsx).")
@json_option
def report_compare(
    report_name: str, file: Path, password_file: Path, login: str | None, period: str, edition: int, out: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Số đã báo cáo, số nay theo sổ, và những bản ghi làm thay đổi."""
    from thidua_desktop.services.reports.build import build
    from thidua_desktop.services.reports.comparison import compare
    from thidua_desktop.services.reports.comparison_paper import comparison_document, records_text

    with opened(file, password_file, login) as session:
        made = build(session, report_name, _period(session, report_name, period))
        found = compare(session, made, edition)
        if out is not None:
            write_paper(out, session, lambda one: comparison_document(one, made, found))
    if as_json:
        say_json([
            {
                "indicator": one.figure.indicator, "reported": one.reported, "now": one.figure.value,
                "records": [
                    {"register": record.register, "id": record.id, "happened": str(record.happened),
                     "then": record.then, "now": record.now, "actor": record.actor, "at": record.at.isoformat()}
                    for record in one.records
                ],
            }
            for one in found.changes
        ])  # fmt: skip
        return
    if not found.changes:
        say("Số liệu đã báo cáo khớp với sổ")
    for one in found.changes:
        say(f"{one.figure.label}: đã báo {one.reported_text}, nay {format_number(one.figure.value)}")
        for line in records_text(one).splitlines():
            say(f"    {line}")


@click.command("carry")
@click.argument("report_name", metavar="REPORT")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", required=True, help=PERIOD)
@click.option("--paragraph", "names", multiple=True, help="Tên đoạn lấy lời kỳ trước; lặp lại được.")
@click.option("--all", "everything", is_flag=True, help="Lấy lời kỳ trước cho mọi đoạn kỳ này chưa viết.")
def report_carry(
    report_name: str, file: Path, password_file: Path, login: str | None, period: str, names: tuple[str, ...],
    everything: bool,
) -> None:  # fmt: skip
    """Lời kỳ trước cho báo cáo REPORT: xem, hoặc lấy vào kỳ này với số đã điền lại."""
    from thidua_desktop.services.reports.build import build
    from thidua_desktop.services.reports.carrying import carried, take

    with opened(file, password_file, login) as session:
        made = build(session, report_name, _period(session, report_name, period))
        taken = names or everything
        found = take(session, made, names) if taken else tuple(carried(session, made).offers.values())
        tasks = "" if taken else carried(session, made).tasks
    if tasks:
        say(f"Nhiệm vụ đã nêu kỳ trước: {tasks}")
    for one in found:
        old = f" (số của kỳ trước còn trong lời: {', '.join(one.stale)})" if one.stale else ""
        say(f"{'Đã lấy' if taken else 'Có lời kỳ trước'}: {one.name}, {one.heading}{old}")
    if not found:
        say("Kỳ trước không có đoạn nào đã sửa mà kỳ này chưa viết")


@click.command("duties")
@click.argument("report_name", metavar="REPORT")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", required=True, help=PERIOD)
@click.option("--out", type=OFFICE_FILE, help="Ghi bảng ra PDF.")
@json_option
def report_duties(
    report_name: str, file: Path, password_file: Path, login: str | None, period: str, out: Path | None, as_json: bool
) -> None:
    """Khu dân cư, tổ tự quản nào chưa làm việc gì trong kỳ."""
    from thidua_desktop.services.reports.build import build
    from thidua_desktop.services.reports.duties_paper import print_duties

    with opened(file, password_file, login) as session:
        made = build(session, report_name, _period(session, report_name, period))
        if out is not None:
            write_file(out, print_duties(session, made).pdf)
    if as_json:
        say_json([
            {
                "of": board.of, "duties": board.heads,
                "rows": [{"name": row.name, "area": row.area, "done": row.done} for row in board.rows],
            }
            for board in made.boards
        ])  # fmt: skip
        return
    for board in made.boards:
        for row in board.behind:
            lacking = (head for head, value in zip(board.heads, row.done, strict=True) if not value)
            say(f"{', '.join(filter(None, (row.name, row.area)))}: chưa {'; '.join(lacking)}")
