"""``thidua backup``: copies of an office file, listed, made, looked into, verified, taken back."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    FOLDER,
    OFFICE_FILE,
    json_option,
    office_options,
    opened,
    read_password,
    say,
    say_json,
)


@click.group()
def backup() -> None:
    """Bản sao lưu của tệp sổ."""


@backup.command("list")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def backup_list(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Các bản sao lưu, bản mới nhất ở trên."""
    from thidua_desktop.services import restoring

    with opened(file, password_file, login) as session:
        copies = restoring.known_copies(session)
    if as_json:
        say_json([{"path": one.path, "at": one.at.isoformat(), "why": one.why, "size": one.size} for one in copies])
        return
    for one in copies:
        say(f"{one.at:%d/%m/%Y %H:%M:%S}  {one.size / 1_000_000:.1f} MB  {one.why}  {one.path}")
    if not copies:
        say("Chưa có bản sao lưu nào.")


@backup.command("now")
@click.argument("file", type=OFFICE_FILE)
@click.option("--to", "folder", type=FOLDER, help="Thư mục khác (USB, ổ khác); bỏ trống thì vào thư mục sao lưu.")
@office_options
def backup_now(file: Path, folder: Path | None, password_file: Path, login: str | None) -> None:
    """Sao lưu tệp sổ FILE ngay."""
    from thidua_desktop.services import automatic_backups, backups

    with opened(file, password_file, login) as session:
        made = backups.backup_now(session, folder).path if folder is not None else automatic_backups.take(session)
    say(f"Đã sao lưu vào {made}" if made is not None else "Không có gì mới từ bản sao lưu trước.")


@backup.command("show")
@click.argument("file", type=OFFICE_FILE)
@click.argument("copy", type=EXISTING_FILE)
@office_options
@json_option
def backup_show(file: Path, copy: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Bản sao lưu COPY của sổ FILE có gì, và thiếu bao nhiêu thay đổi mới hơn."""
    from dataclasses import asdict

    from thidua_desktop.services import restoring

    with opened(file, password_file, login) as session:
        view = restoring.look_at_copy(session, copy)
    if as_json:
        say_json(asdict(view))
        return
    made = f", lúc {view.at:%H:%M:%S ngày %d/%m/%Y} ({view.why})" if view.at is not None else ""
    say(f"{view.office}{made}; {view.changes} thay đổi đã ghi")
    for title, count in view.counts:
        say(f"  {title}: {count}")
    newer = f"{view.newer} thay đổi của sổ đang dùng không có trong bản này."
    say(newer if view.newer is not None else "Bản này không phải trạng thái trước đây của sổ đang dùng.")


@backup.command("verify")
@click.argument("file", type=OFFICE_FILE)
@click.argument("copy", type=EXISTING_FILE)
@office_options
def backup_verify(file: Path, copy: Path, password_file: Path, login: str | None) -> None:
    """Đọc lại từng trang của bản sao lưu COPY của sổ FILE."""
    from thidua_desktop.services import restoring

    with opened(file, password_file, login) as session:
        restoring.verify_copy(session, copy)
    say(f"{copy} đọc lại đúng.")


@backup.command("restore")
@click.argument("file", type=OFFICE_FILE)
@click.argument("copy", type=EXISTING_FILE)
@click.option("--damaged", is_flag=True, help="Sổ FILE hỏng, không mở được: giữ nguyên tệp hỏng rồi thay.")
@office_options
def backup_restore(file: Path, copy: Path, damaged: bool, password_file: Path, login: str | None) -> None:
    """Thay sổ FILE bằng bản sao lưu COPY; sổ đang dùng được giữ thành một bản sao lưu."""
    from thidua_desktop.services import restoring

    if damaged:
        restored = restoring.restore_damaged(file, copy, read_password(password_file), login)
    else:
        with opened(file, password_file, login) as session:
            restored = restoring.restore(session, copy)
    changes = restored.file.changes.head()[0]
    restored.close()
    say(f"Đã khôi phục từ {copy}: {changes} thay đổi. Đây là một máy mới của đơn vị: gửi tỉnh tệp đổi khóa.")
