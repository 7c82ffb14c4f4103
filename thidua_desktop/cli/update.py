"""Commands about updates by stick."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import EXISTING_FILE, OFFICE_FILE, opened, say
from thidua_desktop.errors import UserError


@click.group()
def update() -> None:
    """Cập nhật chương trình từ USB: xem, cài, trở về bản trước."""


@update.command("check")
@click.argument("file", type=EXISTING_FILE)
def update_check(file: Path) -> None:
    """Tệp cập nhật có gì mới; kiểm tra chữ ký và từng byte."""
    from thidua_desktop.services import updates

    facts = updates.look_at(file)
    say(f"Bản {facts.version}, tệp nguyên vẹn, đúng chữ ký nơi phát hành. Có gì mới:")
    for line in facts.changes:
        say(f"  – {line}")


@update.command("apply")
@click.argument("file", type=EXISTING_FILE)
@click.option("--office", type=OFFICE_FILE, help="Tệp sổ, được sao lưu trước khi cập nhật.")
@click.option("--password-file", type=EXISTING_FILE, help="Tệp chứa mật khẩu của sổ ở dòng đầu.")
@click.option("--start/--no-start", default=True, help="Chạy tệp cài đặt ngay, hoặc chỉ chuẩn bị.")
def update_apply(file: Path, office: Path | None, password_file: Path | None, start: bool) -> None:
    """Kiểm tra tệp, sao lưu sổ, rồi chạy tệp cài đặt bản mới."""
    from thidua_desktop.services import updates

    if office is None:
        prepared = updates.prepare(file)
    elif password_file is None:
        raise UserError("TD-CLI-020")
    else:
        with opened(office, password_file) as session:
            prepared = updates.prepare(file, session)
    if prepared.backup is not None:
        say(f"Đã sao lưu sổ vào {prepared.backup}")
    _begin(prepared.command, start)
    if start:
        updates.start_setup(prepared)


@update.command("back")
@click.option("--start/--no-start", default=True, help="Chạy tệp cài đặt ngay, hoặc chỉ chuẩn bị.")
def update_back(start: bool) -> None:
    """Trở về bản trước: đặt lại bản sao của sổ, sổ hiện tại giữ bên cạnh, rồi chạy tệp cài đặt bản trước."""
    from thidua_desktop.services import updates

    prepared = updates.go_back()
    say(f"Trở về bản {prepared.version}.")
    _begin(prepared.command, start)
    if start:
        updates.start_setup(prepared)


def _begin(command: tuple[str, ...], start: bool) -> None:
    words = " ".join(f'"{word}"' if " " in word else word for word in command)
    say(f"Chạy tệp cài đặt: {words}" if start else f"Chạy lệnh này để cài: {words}")
