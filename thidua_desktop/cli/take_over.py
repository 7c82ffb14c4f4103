"""``thidua office take-over``: a new commune takes over what stands of an old one; looked at with ``--dry-run``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    OFFICE_FILE,
    json_option,
    office_options,
    opened,
    read_password,
    say,
    say_json,
)
from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from thidua_desktop.services.take_over import TakeOverPlan

_PART = "Của đơn vị chia tách: tên khu dân cư, hoặc tên sổ cho bản ghi không ghi khu dân cư; nhiều lần được."


@click.command("take-over")
@click.argument("old", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của đơn vị mới.")
@office_options
@click.option("--old-password-file", type=EXISTING_FILE, help="Tệp chứa mật khẩu của sổ cũ.")
@click.option("--old-sheet-file", type=EXISTING_FILE, help="Tệp chứa dãy chữ trên phiếu khôi phục của sổ cũ.")
@click.option("--here", "heres", multiple=True, help=f"Phần về đơn vị này. {_PART}")
@click.option("--elsewhere", "theres", multiple=True, help=f"Phần về nơi khác. {_PART}")
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ nhận những gì.")
@json_option
def office_take_over(
    old: Path, file: Path, password_file: Path, login: str | None, old_password_file: Path | None,
    old_sheet_file: Path | None, heres: tuple[str, ...], theres: tuple[str, ...], dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Nhận phần đang có từ tệp sổ hay bản sao lưu OLD của đơn vị cũ; tệp cũ không thay đổi."""
    from thidua_desktop.services import take_over as services

    if (old_password_file is None) == (old_sheet_file is None):
        raise UserError("TD-CLI-008", text="--old-password-file", reason="chọn mật khẩu hoặc phiếu khôi phục của sổ cũ")
    password = read_password(old_password_file) if old_password_file else ""
    sheet = read_password(old_sheet_file) if old_sheet_file else ""
    with opened(file, password_file, login) as session, services.old_office(session, old, password, sheet) as before:
        found = services.plan(session, before)
        said = {part.key: part.said for part in found.parts if part.said is not None}
        here, there = _keys(found, heres), _keys(found, theres)
        both = next((one.title for one in found.parts if one.key in {*here} & {*there}), None)
        if both is not None:
            raise UserError("TD-CLI-008", text=both, reason="vừa về đơn vị này vừa về nơi khác")
        said |= dict.fromkeys(here, True) | dict.fromkeys(there, False)
        done = services.plan(session, before, said) if dry_run else services.apply(session, before, said)
    if as_json:
        say_json({"office": done.office, "name": done.name, "coming": done.coming, "waiting": done.waiting,
                  "files": done.files, "applied": not dry_run, "parts": [asdict(one) for one in done.parts],
                  "lines": [asdict(one) for one in done.lines], "waiting_titles": done.waiting_titles})  # fmt: skip
        return
    for line in done.lines:
        words = "người được xem sổ này mới nhận được" if line.closed else (
            f"đang có {line.standing}, nhận {line.coming}, đã nhận {line.here}, chờ phân {line.waiting}"
        )  # fmt: skip
        say(f"{line.title}: {words}")
    for one in done.waiting_titles:
        say(f"Chờ phân: {one}")
    say(f"{'Sẽ nhận' if dry_run else 'Đã nhận'} {done.coming} bản ghi, {done.files} tệp đính kèm từ {done.name}.")


def _keys(plan: TakeOverPlan, names: tuple[str, ...]) -> list[str]:
    """Keys of the parts that are named; TD-CLI-008 for a name that is not one part's."""
    from thidua_desktop.text import fold

    found = []
    for name in names:
        keys = [one.key for one in plan.parts if fold(name) == fold(one.title)]  # "Thôn 1" beside "Thôn 10"
        keys = keys or [one.key for one in plan.parts if fold(name) in fold(one.title)]
        if len(keys) != 1:
            raise UserError("TD-CLI-008", text=name, reason=f"có {len(keys)} phần mang tên này")
        found += keys
    return found
