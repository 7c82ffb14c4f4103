"""``thidua receipt``: the province confirms what has come, the commune takes the confirmation in."""

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
def receipt() -> None:
    """Biên nhận của tỉnh cho xã (.tdp)."""


@receipt.command("make")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
@click.option("--office", "offices", multiple=True, help="Mã xã; không ghi thì mọi xã có điều mới để báo.")
@json_option
def receipt_make(
    file: Path, password_file: Path, login: str | None, out: Path, offices: tuple[str, ...], as_json: bool
) -> None:
    """Tỉnh lập biên nhận cho từng xã."""
    from thidua_desktop.services.handoff import answers

    with opened(file, password_file, login) as session:
        made = answers.make_receipts(session, made_folder(out), offices or None)
    if as_json:
        say_json([asdict(one) for one in made])
        return
    for one in made:
        say(f"Đã ghi {one.path}: biên nhận cho {one.office_name} ({one.office}), trả lại {one.returned} bản ghi")
    if not made:
        say("Không xã nào có điều mới cần báo.")


@receipt.command("take")
@click.argument("tdp", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của xã.")
@office_options
@click.option("--dry-run", is_flag=True, help="Chỉ xem biên nhận nói gì.")
@json_option
def receipt_take(tdp: Path, file: Path, password_file: Path, login: str | None, dry_run: bool, as_json: bool) -> None:
    """Xã nhận biên nhận: gói nào tỉnh đã nhận, bản ghi nào phải sửa."""
    from thidua_desktop.services.handoff import receipts

    with opened(file, password_file, login) as session:
        view = receipts.look_at_receipt(session, tdp)
        if not dry_run:
            receipts.take_receipt(session, view)
    if as_json:
        say_json(asdict(view))
        return
    numbers = ", ".join(map(str, view.newly))
    say(
        f"Biên nhận số {view.number} của {view.sender}: "
        + (f"đã nhận gói {numbers}" if numbers else "không có gói mới")
    )
    for record in view.records:
        say(f"{record.title}: {record.reason}")
    for words in view.reports:
        say(words)


@receipt.command("return")
@click.argument("register")
@click.argument("record")
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của tỉnh.")
@office_options
@click.option("--reason", required=True, help="Cần sửa gì; xã thấy đúng câu này.")
@click.option("--field", default="", help="Tên trường cần xem.")
def receipt_return(
    register: str, record: str, file: Path, password_file: Path, login: str | None, reason: str, field: str
) -> None:
    """Tỉnh trả lại một bản ghi của xã để sửa."""
    from thidua_desktop.services.handoff import answers

    with opened(file, password_file, login) as session:
        answers.return_record(session, register, record, reason, field)
    say("Đã ghi trả lại; xã thấy ở biên nhận kế tiếp.")
