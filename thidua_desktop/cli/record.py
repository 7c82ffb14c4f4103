"""``thidua record``: list, add, import, export."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua_desktop.cli.opening import EXISTING_FILE, OFFICE_FILE, json_option, office_options, opened, say, say_json
from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from thidua_desktop.formdef.model import Value
    from thidua_desktop.services.lists import ListQuery
    from thidua_desktop.services.session import Session

LISTED = 100


@click.group()
def record() -> None:
    """Bản ghi của một sổ."""


def list_query(session: Session, register: str, period: str | None, search: str) -> ListQuery:
    """Which records the options of ``record list`` and ``record export`` ask for."""

    from thidua_desktop.services import lists, periods

    span = periods.parse_for(session, period) if period else None
    query = lists.default_query(session, register, span)
    return query._replace(text=search, valid_on=None)


@record.command("list")
@click.argument("register")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--search", default="", help="Tìm không cần dấu.")
@click.option("--limit", default=LISTED, show_default=True, type=click.IntRange(1), help="Số dòng nhiều nhất.")
@json_option
def record_list(
    register: str, file: Path, password_file: Path, login: str | None, period: str | None, search: str, limit: int,
    as_json: bool,
) -> None:  # fmt: skip
    """Liệt kê sổ REGISTER."""
    from thidua_desktop.services import lists

    with opened(file, password_file, login) as session:
        found = lists.open_list(session, list_query(session, register, period, search))
        rows = found.rows(0, limit)
        names = [column.name for column in found.columns]
        if as_json:
            listed = [{"id": row.id, **dict(zip(names, row.cells, strict=True))} for row in rows]
            say_json({"register": register, "total": len(found), "records": listed})
            return
        say("\t".join(column.label for column in found.columns))
        for row in rows:
            say("\t".join(row.cells))
        say(f"{len(rows)}/{len(found)} dòng")


@record.command("add")
@click.argument("register")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--set", "assignments", multiple=True, metavar="FIELD=TEXT", help="Giá trị như người gõ; lặp lại được.")
@click.option("--from", "source", type=EXISTING_FILE, help="Tệp .json: một bản ghi ở dạng trơn.")
@click.option("--reason", default="", help="Lý do giữ các cảnh báo.")
@json_option
def record_add(
    register: str, file: Path, password_file: Path, login: str | None, assignments: tuple[str, ...],
    source: Path | None, reason: str, as_json: bool,
) -> None:  # fmt: skip
    """Ghi một bản ghi vào sổ REGISTER."""
    from thidua_desktop.formdef.records import sentence_of
    from thidua_desktop.services import records

    with opened(file, password_file, login) as session:
        spec = session.register(register)
        values = {**records.blank(session, register), **typed_values(session, register, assignments, source)}
        reasons = {"*": reason} if reason else {}
        outcome = records.save(session, register, values, reasons=reasons)
        if isinstance(outcome, records.Refused):
            for problem in outcome.problems:
                click.echo(f"{problem.code} {problem.field}: {sentence_of(spec, problem)}", err=True)
            raise UserError("TD-CLI-007", count=len(outcome.problems))
        if as_json:
            say_json({"id": outcome.record.id, "revision": outcome.record.revision})
        else:
            say(f"Đã ghi {outcome.record.id}")


def typed_values(
    session: Session, register: str, assignments: tuple[str, ...], source: Path | None
) -> dict[str, Value]:
    """Values of ``--from`` and ``--set``; raises TD-CLI-008 for a word or value that cannot be understood."""
    from thidua_desktop.formdef.records import values_from_plain
    from thidua_desktop.services.typed import typed

    spec = session.register(register)
    values: dict[str, Value] = {}
    if source is not None:
        try:
            values.update(values_from_plain(spec, json.loads(source.read_text(encoding="utf-8-sig"))))
        except (ValueError, AttributeError, TypeError) as fault:
            raise UserError("TD-CLI-008", text=source.name, reason=fault) from fault
    for assignment in assignments:
        name, _, text = assignment.partition("=")
        values[name] = typed(session, register, name, text)
    return values


@record.command("import")
@click.argument("register")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--from", "source", type=EXISTING_FILE, required=True, help="Tệp .xlsx, .xls, .csv hoặc .jsonl.")
@click.option("--errors", type=OFFICE_FILE, help="Nơi ghi các dòng có lỗi (.xlsx).")
@click.option("--convert-legacy", is_flag=True, help="Chuyển chữ TCVN3, VNI sang Unicode.")
@click.option("--fill", "fills", multiple=True, metavar="TÊN=GIÁ TRỊ", help="Một giá trị vào mọi ô trống của một mục.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem, không ghi.")
@json_option
def record_import(
    register: str, file: Path, password_file: Path, login: str | None, source: Path, errors: Path | None,
    convert_legacy: bool, fills: tuple[str, ...], dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Nhập nhiều bản ghi vào sổ REGISTER."""
    from thidua_desktop.services import transfer

    with opened(file, password_file, login) as session:
        given = typed_values(session, register, fills, None)
        plan = transfer.preview_import(session, register, source, convert_legacy=convert_legacy, fills=given)
        problems = [asdict(problem) for problem in plan.problems]
        transfer.require_columns(plan)
        if not as_json:
            if plan.ignored:
                click.echo(f"Cột không nhập: {', '.join(plan.ignored)}", err=True)
            for problem in plan.problems:
                click.echo(f"{problem.code} dòng {problem.row}: {problem.text}", err=True)
        if dry_run:
            counts = {
                "good": len(plan.rows),
                "broken": len(plan.broken),
                "unchanged": plan.unchanged,
                "lost": plan.lost,
            }
            say_json({**counts, "ignored_columns": plan.ignored, "problems": problems}) if as_json else say(
                f"{len(plan.rows)} dòng ghi được, {len(plan.broken)} dòng có lỗi"
                + (f", {plan.lost} dòng con không rõ của bản ghi nào" if plan.lost else "")
            )
            return
        result = transfer.apply_import(session, plan, error_file=errors)
        if as_json:
            say_json(
                {"recorded": result.recorded, "left_out": result.left_out, "lost": result.lost, "problems": problems}
            )
        else:
            say(result.sentence)


@record.command("export")
@click.argument("register")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=OFFICE_FILE, required=True, help="Tệp .xlsx, .csv hoặc .jsonl (không mất gì).")
@click.option("--period", help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--search", default="", help="Tìm không cần dấu.")
@click.option("--template", is_flag=True, help="Chỉ ghi mẫu trống (.xlsx) để điền.")
def record_export(
    register: str, file: Path, password_file: Path, login: str | None, out: Path, period: str | None, search: str,
    template: bool,
) -> None:  # fmt: skip
    """Xuất sổ REGISTER ra tệp."""
    from thidua_desktop.services import transfer

    with opened(file, password_file, login) as session:
        if template:
            say(f"Đã ghi mẫu {transfer.template(session, register, out)}")
            return
        count = transfer.export_records(session, list_query(session, register, period, search), out)
        say(f"Đã xuất {count} dòng ra {out}")
