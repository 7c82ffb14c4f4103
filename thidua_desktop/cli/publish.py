"""``thidua province publish``: the province's tables on a PostgreSQL server."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, json_option, office_options, opened, say, say_json


@click.command("publish")
@click.argument("file", type=OFFICE_FILE)
@click.argument("address", metavar="postgresql://…")
@office_options
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ đưa lên bao nhiêu, không ghi gì vào máy chủ.")
@click.option(
    "--partitions",
    type=click.IntRange(1, 256),
    default=8,
    show_default=True,
    help="Số phần của mỗi bảng, chia theo đơn vị; chỉ chọn ở lần đầu.",
)
@json_option
def province_publish(
    file: Path, address: str, password_file: Path, login: str | None, dry_run: bool, partitions: int, as_json: bool
) -> None:  # fmt: skip
    """Đưa số liệu tổng hợp của tỉnh lên máy chủ PostgreSQL, chỉ phần thay đổi từ lần trước.

    Địa chỉ có dạng postgresql://người-dùng@máy-chủ:5432/cơ-sở-dữ-liệu và KHÔNG chứa mật khẩu, vì ai dùng chung máy
    cũng đọc được dòng lệnh. Mật khẩu của máy chủ đặt trong tệp mà biến PGPASSFILE chỉ tới (mặc định ~/.pgpass, chỉ
    mình đọc được), mỗi dòng: máy-chủ:cổng:cơ-sở-dữ-liệu:người-dùng:mật-khẩu. Bị ngắt giữa chừng thì chạy lại đúng
    lệnh này. Sổ giữ lại ở xã, trường nhạy cảm và sổ hạn chế không bao giờ được đưa lên.
    """
    from thidua_desktop.services import publishing

    with opened(file, password_file, login) as session:
        done = publishing.publish(
            session, address, dry_run=dry_run, partitions=partitions, on_progress=_progress if not as_json else _silent
        )
    if as_json:
        say_json(asdict(done))
        return
    what = "sẽ đưa lên" if dry_run else "đã đưa lên"
    say(f"Thay đổi số {done.after + 1}–{done.through}: {what} {done.rows} bản ghi" if done.through > done.after else
        "Máy chủ đã có mọi thay đổi")  # fmt: skip
    say(f"Ở lại, không đưa lên: {', '.join(done.staying)}")


def _progress(done: int, total: int) -> None:
    """On the screen only, in one line."""
    if sys.stderr.isatty() and total:
        click.echo(f"\r{done * 100 // total}% ({done}/{total})", nl=done == total, err=True)


def _silent(_done: int, _total: int) -> None:
    """A JSON document comes alone."""
