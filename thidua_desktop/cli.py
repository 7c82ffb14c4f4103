"""``thidua``: everything the desk does, without a window, for support, scripts and tests.

Exit status: 0 done, 1 refused with a coded reason on standard error (``TD-…: sentence``), 2 wrong use.
``--json`` prints one JSON document on standard output. Services are imported inside the commands: a help page should
not pay for the database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua_desktop import __version__
from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from thidua_desktop.formdef.model import Value
    from thidua_desktop.services.session import Session
    from thidua_desktop.store.queries import ListQuery

OFFICE_FILE = click.Path(path_type=Path, dir_okay=False)
EXISTING_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
LISTED = 100


def say(text: str) -> None:
    """One line for the person at the terminal."""
    click.echo(text)


def say_json(document: object) -> None:
    """One JSON document, readable Vietnamese."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def read_password(path: Path) -> str:
    """The password in the file's first line; refused with TD-CLI-001 when the file cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()[0].strip()
    except (OSError, IndexError, UnicodeDecodeError):
        raise UserError("TD-CLI-001", path=path) from None


@contextmanager
def opened(path: Path, password_file: Path, login: str | None = None) -> Iterator[Session]:
    """The office in ``path``, closed at the end."""
    from thidua_desktop.services import offices

    session = offices.open_office(path, read_password(password_file), login=login)
    try:
        yield session
    finally:
        session.close()


def office_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--password-file`` and ``--login`` for commands that open an office."""
    shown = "Tệp chứa mật khẩu ở dòng đầu."
    command = click.option("--password-file", type=EXISTING_FILE, required=True, help=shown)(command)
    return click.option("--login", default=None, help="Tên đăng nhập; bỏ trống thì thử mọi người dùng.")(command)


json_option = click.option("--json", "as_json", is_flag=True, help="In một tài liệu JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="thidua")
def cli() -> None:
    """Ghi sổ, in giấy tờ và gửi tỉnh phong trào toàn dân bảo vệ an ninh Tổ quốc."""


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option("--scale", default=1, show_default=True, type=click.IntRange(1, 200), help="Gấp bao nhiêu lần một xã.")
@click.option("--seed", default=20261116, show_default=True, help="Số gieo: cùng số thì cùng số liệu.")
def demo(folder: Path, scale: int, seed: int) -> None:
    """Lập đơn vị mẫu trong FOLDER: một năm công việc, báo cáo, gói gửi, và tỉnh đã nhận gói."""
    from thidua_desktop.services.demo.build import build_demo

    made = build_demo(folder, scale, seed, say)
    say(f"Đã lập {made.records} bản ghi trong {made.folder}")


@cli.group()
def office() -> None:
    """Tệp sổ của một đơn vị."""


@office.command("new")
@click.argument("file", type=OFFICE_FILE)
@click.option("--unit", required=True, help="Mã đơn vị hành chính: 5 chữ số của xã, 2 chữ số của tỉnh.")
@click.option("--user", required=True, help="Họ tên người dùng đầu tiên.")
@click.option("--password-file", type=EXISTING_FILE, required=True, help="Tệp chứa mật khẩu ở dòng đầu.")
@click.option("--login", default="", help="Tên đăng nhập; bỏ trống thì lấy từ họ tên.")
@click.option("--province", is_flag=True, help="Lập sổ cho bàn tỉnh.")
@click.option("--recovery-sheet", type=OFFICE_FILE, help="Nơi ghi phiếu khôi phục (PDF); mặc định cạnh tệp sổ.")
def office_new(
    file: Path, unit: str, user: str, password_file: Path, login: str, province: bool, recovery_sheet: Path | None
) -> None:
    """Lập tệp sổ mới FILE và phiếu khôi phục."""
    from thidua_desktop.services import offices

    new = offices.NewOffice(
        unit_code=unit, user_name=user, password=read_password(password_file), login=login, province=province
    )
    made = offices.create_office(file, new)
    try:
        sheet = recovery_sheet or file.with_name(f"{file.stem}-phieu-khoi-phuc.pdf")
        sheet.write_bytes(made.recovery_sheet_pdf)
        say(f"Đã lập {file} cho {made.session.file.identity.name}. In và cất phiếu khôi phục: {sheet}")
    finally:
        made.session.close()


@office.command("info")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def office_info(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Tệp sổ có gì: đơn vị, người dùng, số bản ghi, kỳ đã chốt."""
    from thidua_desktop.services import offices

    with opened(file, password_file, login) as session:
        info = offices.office_info(session)
    if as_json:
        say_json(asdict(info))
        return
    say(f"{info.name}, {info.province_name} ({info.code}); bản cài {info.installation}")
    for title, count in info.counts:
        say(f"  {title}: {count}")
    say(f"  Thay đổi đã ghi: {info.changes}; kỳ đã chốt: {', '.join(info.closed_periods) or 'chưa có'}")


@office.command("check")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def office_check(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Kiểm tra toàn bộ tệp sổ: trang, liên kết, sổ thay đổi, chỉ mục."""
    from thidua_desktop.services import offices

    with opened(file, password_file, login) as session:
        findings = offices.check_office(session)
    if as_json:
        say_json([asdict(finding) for finding in findings])
    elif findings:
        for finding in findings:
            say(finding.text)
    else:
        say("Tệp sổ lành lặn.")
    if findings:
        raise UserError("TD-CLI-006", count=len(findings))


@cli.group()
def record() -> None:
    """Bản ghi của một sổ."""


def list_query(session: Session, register: str, period: str | None, search: str) -> ListQuery:
    """Which records the options of ``record list`` and ``record export`` ask for."""
    from dataclasses import replace

    from thidua_desktop.services import lists, periods

    span = periods.parse_for(session, period) if period else None
    query = lists.default_query(session, register, span)
    return replace(query, text=search, valid_on=None)


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
    from thidua_desktop.services import records

    with opened(file, password_file, login) as session:
        values = {**records.blank(session, register), **typed_values(session, register, assignments, source)}
        reasons = {"*": reason} if reason else {}
        outcome = records.save(session, register, values, reasons=reasons)
        if isinstance(outcome, records.Refused):
            for problem in outcome.problems:
                click.echo(f"{problem.code} {problem.field}: {problem.text}", err=True)
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
@click.option("--dry-run", is_flag=True, help="Chỉ xem, không ghi.")
@json_option
def record_import(
    register: str, file: Path, password_file: Path, login: str | None, source: Path, errors: Path | None,
    convert_legacy: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Nhập nhiều bản ghi vào sổ REGISTER."""
    from thidua_desktop.services import transfer

    with opened(file, password_file, login) as session:
        plan = transfer.preview_import(session, register, source, convert_legacy=convert_legacy)
        problems = [asdict(problem) for problem in plan.problems]
        if not as_json:
            for problem in plan.problems:
                click.echo(f"{problem.code} dòng {problem.row}: {problem.text}", err=True)
        if dry_run:
            summary = {"good": len(plan.rows), "broken": len(plan.broken), "unchanged": plan.unchanged}
            say_json({**summary, "problems": problems}) if as_json else say(
                f"{len(plan.rows)} dòng ghi được, {len(plan.broken)} dòng có lỗi"
            )
            return
        result = transfer.apply_import(session, plan, error_file=errors)
        if as_json:
            say_json({"recorded": result.recorded, "left_out": result.left_out, "problems": problems})
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


@cli.group()
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
        say(f"{info.name}: {info.title} ({', '.join(info.period_kinds)})")


@report.command("print")
@click.argument("report_name", metavar="REPORT")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--period", required=True, help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi PDF.")
@click.option("--figures-json", type=OFFICE_FILE, help="Nơi ghi số liệu (JSON).")
def report_print(
    report_name: str, file: Path, password_file: Path, login: str | None, period: str, out: Path,
    figures_json: Path | None,
) -> None:  # fmt: skip
    """In báo cáo REPORT của một kỳ ra PDF."""
    from thidua_desktop.services.reports import build as reports
    from thidua_desktop.services.reports import paper

    with opened(file, password_file, login) as session:
        span = reports.period_for(reports.report_spec(session, report_name), period)
        made = reports.build(session, report_name, span)
        printed = paper.print_report(session, made)
        write_file(out, printed.pdf)
        if figures_json is not None:
            text = json.dumps(paper.figures_json(session, made), ensure_ascii=False, indent=2)
            write_file(figures_json, text.encode())
    say(f"Đã in {printed.pages} trang ra {out}")


@cli.command("print")
@click.argument("document")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--record", "record_id", required=True, help="Mã bản ghi (record list --json).")
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi PDF.")
def print_paper(document: str, file: Path, password_file: Path, login: str | None, record_id: str, out: Path) -> None:
    """In giấy tờ DOCUMENT của một bản ghi ra PDF."""
    from thidua_desktop.services.documents.printing import print_document

    with opened(file, password_file, login) as session:
        printed = print_document(session, document, record_id)
        write_file(out, printed.pdf)
    say(f"Đã in {printed.pages} trang ra {out}")


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file, or raise TD-ENV-… and leave none half written."""
    from thidua_desktop.services.files import write_whole

    write_whole(path, content)


@cli.group()
def card() -> None:
    """Thẻ đơn vị: xã và tỉnh làm quen với nhau trước khi gửi gói."""


@card.command("export")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
def card_export(file: Path, password_file: Path, login: str | None, out: Path) -> None:
    """Ghi thẻ của đơn vị này ra thư mục."""
    from thidua_desktop.services.handoff import cards

    with opened(file, password_file, login) as session:
        path = cards.export_card(session, out)
        say(f"Đã ghi thẻ {path}\nVân tay để đối chiếu trên giấy: {cards.own_card(session).fingerprint}")


@card.command("accept")
@click.argument("card_file", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ nhận thẻ.")
@office_options
@click.option("--fingerprint", required=True, help="Dãy vân tay đọc từ phiếu giấy của đơn vị kia.")
def card_accept(card_file: Path, file: Path, password_file: Path, login: str | None, fingerprint: str) -> None:
    """Nhận thẻ của đơn vị khác sau khi đối chiếu vân tay."""
    from thidua_desktop.services.handoff import cards

    with opened(file, password_file, login) as session:
        known = cards.accept_card(session, cards.read_card(card_file), fingerprint)
    say(f"Đã nhận thẻ của {known.name} ({known.code})")


@cli.group()
def package() -> None:
    """Gói gửi tỉnh (.tdp)."""


@package.command("make")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
@json_option
def package_make(file: Path, password_file: Path, login: str | None, out: Path, as_json: bool) -> None:
    """Lập gói mọi thay đổi tỉnh chưa xác nhận, ghi vào thư mục hoặc USB, đọc lại."""
    from thidua_desktop.services.handoff import outgoing

    with opened(file, password_file, login) as session:
        made = outgoing.make_package(session, out)
    if as_json:
        say_json({"path": made.path, "number": made.number, "sha256": made.sha256, "records": made.records})
    else:
        say(f"Đã ghi {made.path}: gói {made.number}, {made.records} bản ghi, {made.size} byte. Rút USB được rồi.")


@package.command("inspect")
@click.argument("tdp", type=EXISTING_FILE)
@json_option
def package_inspect(tdp: Path, as_json: bool) -> None:
    """Gói tự nói gì về mình (chưa kiểm chứng)."""
    from thidua_desktop.services.handoff import incoming

    claimed = incoming.inspect(tdp)
    if as_json:
        say_json(asdict(claimed))
        return
    say(f"Gói số {claimed.number} của {claimed.office_name} ({claimed.office_code}), lập {claimed.created}")
    say(f"Thay đổi {claimed.changes_from}–{claimed.changes_to}; có {claimed.percent_present}% tệp; chưa kiểm chứng")


@package.command("verify")
@click.argument("tdp", type=EXISTING_FILE)
@click.option("--key", type=EXISTING_FILE, help="Khóa công khai của bên gửi (.pub, dạng minisign).")
@click.option("--identity", type=EXISTING_FILE, help="Khóa age của bên nhận (.age).")
@click.option("--into", "file", type=OFFICE_FILE, help="Hoặc tệp sổ của bên nhận.")
@click.option("--password-file", type=EXISTING_FILE, help="Mật khẩu của tệp sổ.")
@json_option
def package_verify(
    tdp: Path, key: Path | None, identity: Path | None, file: Path | None, password_file: Path | None, as_json: bool
) -> None:
    """Kiểm chứng cả gói: chữ ký, nơi nhận, từng byte; không nhập gì."""
    from thidua_desktop.services.handoff import incoming

    if file is not None and password_file is not None:
        with opened(file, password_file) as session:
            proved = incoming.verify_here(session, tdp)
    elif key is not None and identity is not None:
        proved = incoming.verify_with_files(tdp, key, identity)
    else:
        raise click.UsageError("Cần --key và --identity, hoặc --into và --password-file.")
    if as_json:
        say_json(asdict(proved))
    else:
        say(f"Gói số {proved.number} của {proved.office_name} ({proved.office_code}) nguyên vẹn, đúng người gửi.")


@package.command("receive")
@click.argument("tdp", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của tỉnh.")
@office_options
@click.option("--dry-run", is_flag=True, help="Chỉ xem kế hoạch nhập.")
@click.option("--confirm-deletions", is_flag=True, help="Cho phép xóa nhiều bản ghi.")
@json_option
def package_receive(
    tdp: Path, file: Path, password_file: Path, login: str | None, dry_run: bool, confirm_deletions: bool, as_json: bool
) -> None:
    """Tỉnh nhận gói: xem kế hoạch, nhập trong một lần."""
    from thidua_desktop.services.handoff import incoming

    with opened(file, password_file, login) as session:
        plan = incoming.plan_receive(session, tdp)
        outcome = None if dry_run else incoming.receive(session, plan, deletions_confirmed=confirm_deletions)
    if as_json:
        say_json({"plan": asdict(plan), "received": asdict(outcome) if outcome else None})
        return
    for register in plan.registers:
        say(
            f"{register.title}: {register.new} mới, {register.changed} sửa, {register.deleted} xóa, "
            f"{register.unchanged} như cũ, {register.conflicts} xung đột, {register.set_aside} để riêng"
        )
    for reason in (*plan.set_aside, *((plan.gap,) if plan.gap else ())):
        say(reason)
    if outcome is not None:
        say(f"Đã nhập gói {outcome.number} của {outcome.sender_name}")


@cli.group()
def province() -> None:
    """Bàn tỉnh."""


@province.command("figures")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--report", "report_name", default="movement_result", show_default=True, help="Báo cáo nào.")
@click.option("--period", required=True, help="Kỳ: 2026-11, 2026-Q3, 2026-H1, 2026.")
@click.option("--commune", help="Mã một xã; bỏ trống thì cộng mọi xã.")
@json_option
def province_figures(
    file: Path,
    password_file: Path,
    login: str | None,
    report_name: str,
    period: str,
    commune: str | None,
    as_json: bool,
) -> None:
    """Số liệu tổng hợp, đếm lại từ bản ghi các xã đã gửi."""
    from thidua_desktop.services.reports import build as reports
    from thidua_desktop.services.reports.figures import figures_of

    with opened(file, password_file, login) as session:
        spec = reports.report_spec(session, report_name)
        offices = [commune] if commune else None
        figures = figures_of(session, spec.indicators, reports.period_for(spec, period), offices)
    if as_json:
        say_json([asdict(figure) for figure in figures])
        return
    for figure in figures:
        say(f"{figure.label}: {figure.value} {figure.unit}")


@cli.group()
def forms() -> None:
    """Định nghĩa sổ sách trong forms/."""


@forms.command("check")
@click.option("--folder", type=FOLDER, help="Thư mục định nghĩa khác.")
def forms_check(folder: Path | None) -> None:
    """Kiểm tra mọi định nghĩa; lỗi nào cũng có mã, tệp, chỗ."""
    from thidua_desktop.formdef.check import check_forms

    faults = check_forms(folder)
    for fault in faults:
        say(str(fault))
    if faults:
        raise UserError("TD-CLI-009", count=len(faults))
    say("Mọi định nghĩa đều đúng.")


@forms.command("doc")
@click.option("--out", type=FOLDER, required=True, help="Thư mục ghi các trang (Markdown).")
def forms_doc(out: Path) -> None:
    """Ghi trang giải thích từng sổ, từng mục, từng chỉ tiêu."""
    from thidua_desktop.formdef.help_pages import documentation
    from thidua_desktop.formdef.loader import load_definitions

    out.mkdir(parents=True, exist_ok=True)
    pages = documentation(load_definitions())
    for name, text in pages.items():
        write_file(out / name, text.encode())
    say(f"Đã ghi {len(pages)} trang vào {out}")


@cli.command()
@json_option
def doctor(as_json: bool) -> None:
    """Xem máy có đủ điều kiện: phiên bản, phông chữ, thư mục, chỗ trống, đồng hồ."""
    from thidua_desktop.services import doctor as doctors

    findings = doctors.examine()
    if as_json:
        say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{'đạt ' if finding.good else 'hỏng'}  {finding.name}: {finding.text}")
    if not all(finding.good for finding in findings):
        raise UserError("TD-CLI-010")


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and give the exit status instead of leaving the process."""
    try:
        cli.main(args=arguments, prog_name="thidua", standalone_mode=False)
    except UserError as refused:
        click.echo(str(refused), err=True)
        return 1
    except click.exceptions.Abort:
        click.echo(str(UserError("TD-CLI-002")), err=True)
        return 1
    except click.ClickException as wrong_use:
        wrong_use.show()
        return 2
    return 0
