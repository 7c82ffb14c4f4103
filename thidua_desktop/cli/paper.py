"""``thidua paper``: papers before there is a record."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import EXISTING_FILE, OFFICE_FILE, opened, say, write_file


@click.group()
def paper() -> None:
    """Giấy tờ mẫu."""


@paper.command("sample")
@click.argument("document")
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi tệp PDF.")
@click.option("--office", "file", type=EXISTING_FILE, help="In với đầu giấy tờ, người ký của đơn vị này.")
@click.option("--password-file", type=EXISTING_FILE, help="Cùng --office: tệp chứa mật khẩu ở dòng đầu.")
def paper_sample(document: str, out: Path, file: Path | None, password_file: Path | None) -> None:
    """In giấy tờ DOCUMENT từ giá trị mẫu của các mục, khi chưa có bản ghi nào."""
    from thidua_desktop.services.documents.samples import print_sample

    if file is not None and password_file is None:
        raise click.UsageError("--office cần --password-file.")
    if file is not None and password_file is not None:
        with opened(file, password_file) as session:
            printed = print_sample(document, session)
    else:
        printed = print_sample(document)
    write_file(out, printed.pdf)
    say(f"Đã in {printed.pages} trang ra {out}")
