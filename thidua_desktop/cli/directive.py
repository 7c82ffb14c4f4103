"""``thidua directive``: the province directs, the commune applies, takes back, and says so with its next package."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    FOLDER,
    OFFICE_FILE,
    json_option,
    made_folder,
    office_options,
    opened,
    say,
    say_json,
)


@click.group()
def directive() -> None:
    """Gói chỉ đạo của tỉnh cho các xã (.tdp)."""


@directive.command("make")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--about", required=True, help="Tên gói, ví dụ Chương trình công tác năm 2027.")
@click.option("--order", default="", help="Số văn bản mà gói theo.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=EXISTING_FILE,
    help="Tệp danh mục, bộ tiêu chí, lịch, khảo sát, cập nhật (.tdupdate).",
)
@click.option("--register", "registers", multiple=True, help="Sổ của tỉnh gửi xuống, ví dụ programme.")
@click.option("--due-days", type=int, help="Số ngày làm việc để xã gửi báo cáo sau khi hết kỳ.")
@click.option("--communes", is_flag=True, help="Cả những thay đổi đơn vị hành chính tỉnh đã ghi.")
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
def directive_make(
    file: Path, password_file: Path, login: str | None, about: str, order: str, files: tuple[Path, ...],
    registers: tuple[str, ...], due_days: int | None, communes: bool, out: Path,
) -> None:  # fmt: skip
    """Tỉnh ghi gói chỉ đạo cho mọi xã đã nhận thẻ."""
    from thidua_desktop.services.handoff import directives
    from thidua_desktop.services.report_periods import DUE_DAYS

    settings = {} if due_days is None else {DUE_DAYS: due_days}
    wish = directives.DirectiveWish(about, order, files, registers, settings, communes=communes)
    with opened(file, password_file, login) as session:
        made = directives.make_directive(session, wish, made_folder(out))
    say(f"Đã ghi {made.path}: gói chỉ đạo {made.number} cho {made.communes} máy, {made.records} bản ghi")


@directive.command("take")
@click.argument("tdp", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của xã.")
@office_options
@click.option("--dry-run", is_flag=True, help="Chỉ xem gói nói gì.")
@json_option
def directive_take(tdp: Path, file: Path, password_file: Path, login: str | None, dry_run: bool, as_json: bool) -> None:
    """Xã xem và áp dụng gói chỉ đạo."""
    from thidua_desktop.services.handoff import orders

    with opened(file, password_file, login) as session:
        view = orders.look_at_directive(session, tdp)
        if not dry_run:
            orders.take_directive(session, view)
    if as_json:
        say_json(asdict(view))
        return
    say(f"Gói chỉ đạo {view.number} của {view.sender}: {view.about}")
    for line in orders.view_lines(view):
        say(line)


@directive.command("reverse")
@click.argument("number", type=int)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của xã.")
@office_options
def directive_reverse(number: int, file: Path, password_file: Path, login: str | None) -> None:
    """Gỡ gói chỉ đạo đã áp dụng: thiết đặt về như trước, danh mục và bộ tiêu chí thôi dùng từ lần mở sau."""
    from thidua_desktop.services.handoff import orders

    with opened(file, password_file, login) as session:
        orders.reverse_directive(session, number)
    say(f"Đã gỡ gói chỉ đạo {number}")


@directive.command("list")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def directive_list(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Các gói chỉ đạo: ở tỉnh là gói đã ghi và xã đã áp dụng, ở xã là gói đã nhận."""
    from thidua_desktop.services.handoff import directives, orders

    with opened(file, password_file, login) as session:
        written, taken = directives.written(session), orders.taken_directives(session)
    if as_json:
        say_json({"written": [asdict(one) for one in written], "taken": [asdict(one) for one in taken]})
        return
    for row in written:
        say(f"{row.number}. {row.about}: {len(row.applied)}/{row.communes} đã áp dụng")
    for one in taken:
        say(f"{one.number}. {one.about}: {'đã áp dụng' if one.state == 'applied' else 'đã gỡ'}")
