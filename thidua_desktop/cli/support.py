"""``thidua support``: what support needs to see, without anything of any person."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import EXISTING_FILE, OFFICE_FILE, office_options, opened, say


@click.group()
def support() -> None:
    """Hỗ trợ kỹ thuật."""


@support.command("bundle")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi tệp .zip.")
@click.option("--package", type=EXISTING_FILE, help="Gói bị từ chối, để ghi mã từ chối.")
@click.option("--log", type=EXISTING_FILE, help="Tệp nhật ký của chương trình (thidua.log).")
def support_bundle(
    file: Path, password_file: Path, login: str | None, out: Path, package: Path | None, log: Path | None
) -> None:
    """Ghi tệp gửi người hỗ trợ: phiên bản, số đếm, mã lỗi, dấu kiểm; không có dữ liệu về người."""
    from thidua_desktop.services import support as services

    for line in services.CONTENTS:
        say(line)
    say(services.LEFT_OUT)
    with opened(file, password_file, login) as session:
        made = services.write_bundle(session, out, package, log)
    say(f"Đã ghi {made.path}: {', '.join(made.members)}")
