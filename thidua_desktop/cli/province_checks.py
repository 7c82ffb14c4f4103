"""``thidua province check|accept|reopen|return|remind``: the province checks communes' reports and decides on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from thidua_desktop.cli.report_editions import PERIOD
from thidua_desktop.errors import UserError
from thidua_desktop.text import format_number

if TYPE_CHECKING:
    from thidua_desktop.domain.periods import Period
    from thidua_desktop.services.report_checks.sheet import CheckSheet
    from thidua_desktop.services.session import Session


def _which_report(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--commune``, ``--report`` and ``--period``."""
    command = click.option("--period", required=True, help=PERIOD)(command)
    shown = "Báo cáo nào."
    command = click.option("--report", "report_name", default="movement_result", show_default=True, help=shown)(command)
    return click.option("--commune", required=True, help="Mã xã.")(command)


def _period(session: Session, report: str, code: str) -> Period:
    from thidua_desktop.services.report_periods import period_for
    from thidua_desktop.services.reports.build import report_spec

    return period_for(session, report_spec(session, report), code)


def _pairs(texts: Iterable[str]) -> list[tuple[str, str]]:
    """``indicator=text`` split at the first sign; TD-CLI-008 for one without."""
    pairs = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise UserError("TD-CLI-008", text=text, reason="phải viết CHỈ_TIÊU=GIÁ_TRỊ")
        pairs.append((name.strip(), value))
    return pairs


@click.command("check")
@click.argument("file", type=OFFICE_FILE)
@office_options
@_which_report
@click.option("--set", "values", multiple=True, help="CHỈ_TIÊU=SỐ kiểm tra; để trống sau dấu = thì bỏ; nhiều lần được.")
@click.option("--note", "notes", multiple=True, help="CHỈ_TIÊU=nhận xét; nhiều lần được.")
@click.option("--remark", help="Nhận xét chung.")
@click.option("--out", type=OFFICE_FILE, help="Ghi phiếu kiểm tra ra PDF, Word (.docx) hoặc Excel (.xlsx).")
@click.option("--report-out", type=OFFICE_FILE, help="Ghi báo cáo của xã như đã gửi (PDF).")
@json_option
def province_check(
    file: Path, password_file: Path, login: str | None, commune: str, report_name: str, period: str,
    values: tuple[str, ...], notes: tuple[str, ...], remark: str | None, out: Path | None, report_out: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Kiểm tra báo cáo của một xã: số báo cáo, số đếm lại, số kiểm tra, chênh lệch, nhận xét."""
    from thidua_desktop.services.report_checks import sheet as sheets
    from thidua_desktop.services.report_checks.papers import sheet_document

    with opened(file, password_file, login) as session:
        span = _period(session, report_name, period)
        found = sheets.check_sheet(session, commune, report_name, span)
        for name, text in _pairs(values):
            sheets.set_checked(session, found, name, sheets.parse_checked(text))
        for name, text in _pairs(notes):
            sheets.set_line_remark(session, found, name, text)
        if remark is not None:
            sheets.set_remark(session, found, remark)
        found = sheets.check_sheet(session, commune, report_name, span)
        if out is not None:
            write_paper(out, session, lambda one: sheet_document(one, found))
        if report_out is not None:
            write_file(report_out, _report_paper(session, found))
    if as_json:
        say_json(_json(found))
        return
    _say_sheet(found)


@click.command("accept")
@click.argument("file", type=OFFICE_FILE)
@office_options
@_which_report
@json_option
def province_accept(
    file: Path, password_file: Path, login: str | None, commune: str, report_name: str, period: str, as_json: bool
) -> None:
    """Chấp nhận và khóa báo cáo của một xã; xã biết ở biên nhận kế tiếp."""
    from thidua_desktop.services.report_checks.decisions import accept

    with opened(file, password_file, login) as session:
        made = accept(session, commune, report_name, _period(session, report_name, period))
    if as_json:
        say_json({"state": made.state, "edition": made.edition, "figures": made.content["figures"]})
        return
    say(f"Đã chấp nhận, {len(made.content['figures'])} chỉ tiêu có số kiểm tra hoặc nhận xét; xã biết ở biên nhận sau")


@click.command("reopen")
@click.argument("file", type=OFFICE_FILE)
@office_options
@_which_report
@click.option("--reason", required=True, help="Vì sao mở lại; xã thấy đúng câu này.")
@json_option
def province_reopen(
    file: Path, password_file: Path, login: str | None, commune: str, report_name: str, period: str, reason: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Mở lại báo cáo đã chấp nhận để kiểm tra lại hoặc để xã chốt lại."""
    from thidua_desktop.services.report_checks.decisions import reopen

    with opened(file, password_file, login) as session:
        made = reopen(session, commune, report_name, _period(session, report_name, period), reason)
    if as_json:
        say_json({"state": made.state, "edition": made.edition, "reason": made.reason})
        return
    say(f"Đã mở lại: {made.reason}")


@click.command("return")
@click.argument("file", type=OFFICE_FILE)
@office_options
@_which_report
@click.option("--reason", required=True, help="Cần sửa gì; xã thấy đúng câu này.")
@click.option("--out", type=OFFICE_FILE, help="Ghi phiếu trả lại báo cáo (PDF).")
def province_return(
    file: Path, password_file: Path, login: str | None, commune: str, report_name: str, period: str, reason: str,
    out: Path | None,
) -> None:  # fmt: skip
    """Trả lại báo cáo của một xã, kèm số kiểm tra và nhận xét đã ghi."""
    from thidua_desktop.services.handoff.answers import return_closed_report
    from thidua_desktop.services.report_checks.papers import slip_document
    from thidua_desktop.services.report_checks.sheet import check_sheet

    with opened(file, password_file, login) as session:
        span = _period(session, report_name, period)
        return_closed_report(session, commune, report_name, span, reason)
        if out is not None:
            sheet = check_sheet(session, commune, report_name, span)
            write_paper(out, session, lambda one: slip_document(one, sheet))
    say("Đã ghi trả lại; xã thấy ở biên nhận kế tiếp.")


@click.command("remind")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--report", "report_name", default="movement_result", show_default=True, help="Báo cáo nào.")
@click.option("--kind", default="month", show_default=True, help="Loại kỳ: month, quarter, half, year hoặc mã đợt.")
@click.option("--commune", "communes", multiple=True, help="Mã xã; không ghi thì mọi xã quá hạn.")
@click.option("--number", is_flag=True, help="Lấy số công văn ở sổ đăng ký văn bản đi.")
@click.option("--out", type=OFFICE_FILE, help="Ghi các công văn vào một tệp PDF hoặc Word (.docx).")
@json_option
def province_remind(
    file: Path, password_file: Path, login: str | None, report_name: str, kind: str, communes: tuple[str, ...],
    number: bool, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Công văn đôn đốc các xã quá hạn gửi báo cáo, mỗi xã một công văn."""
    from thidua_desktop.services.report_checks import reminders

    with opened(file, password_file, login) as session:
        found = reminders.reminders_of(session, report_name, kind, communes)
        if number:
            found = reminders.take_numbers(session, found)
        if out is not None:
            write_paper(out, session, lambda one: reminders.reminders_document(one, found))
    if as_json:
        say_json([
            {
                "commune": one.office, "name": one.name, "number": one.taken.text if one.taken else None,
                "late": [{"period": late.period.code, "due": late.due, "days": late.days} for late in one.late],
            }
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        late = ", ".join(f"{report.period.code} quá {report.days} ngày" for report in one.late)
        say(f"{one.name}{f' (số {one.taken.text})' if one.taken else ''}: {late}")


def _report_paper(session: Session, sheet: CheckSheet) -> bytes:
    from thidua_desktop.services.report_checks.sheet import paper_of

    pdf = paper_of(session, sheet.office, sheet.report, sheet.period)
    if pdf is None:
        raise UserError("TD-PRINT-060", edition=sheet.standing.edition, period=sheet.period.name)
    return pdf


def _json(sheet: CheckSheet) -> dict[str, Any]:
    return {
        "commune": sheet.office, "name": sheet.office_name, "report": sheet.report, "period": sheet.period.code,
        "edition": sheet.standing.edition, "state": str(sheet.standing.standing), "remark": sheet.remark,
        "overtaken": sheet.standing.overtaken,
        "changed_since": [{"indicator": one.indicator, "then": one.then, "now": one.now} for one in sheet.changes],
        "figures": [
            {
                "indicator": one.indicator, "label": one.label, "unit": one.unit, "reported": one.reported,
                "unrecorded": one.unrecorded, "counted": one.counted, "checked": one.checked,
                "difference": one.difference, "remark": one.remark,
            }
            for one in sheet.lines
        ],
        "decisions": [
            {"state": one.state, "edition": one.edition, "reason": one.reason, "at": one.at, "actor": one.actor}
            for one in sheet.decisions
        ],
    }  # fmt: skip


def _say_sheet(sheet: CheckSheet) -> None:
    from thidua_desktop.services.report_checks.decisions import WORDS
    from thidua_desktop.services.report_checks.sheet import difference_text

    say(f"{sheet.office_name}, {sheet.title}, {sheet.period.name}: {WORDS[sheet.standing.standing]}")
    for one in sheet.lines:
        parts = [f"báo cáo {one.reported_text}", f"đếm lại {one.counted_text}"]
        if one.checked is not None:
            parts.append(f"kiểm tra {format_number(one.checked)} ({difference_text(one.difference)})")
        say(f"{one.label}: {', '.join(parts)}{f'; {one.remark}' if one.remark else ''}")
    for since in sheet.changes:
        say(f"Thay đổi sau khi chấp nhận: {since.label} {format_number(since.then)} → {format_number(since.now)}")
    if sheet.remark:
        say(f"Nhận xét chung: {sheet.remark}")
