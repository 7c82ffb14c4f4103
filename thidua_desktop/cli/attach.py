"""``thidua attach``: a file for a record, or what is attached to it."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import EXISTING_FILE, OFFICE_FILE, json_option, office_options, opened, say, say_json


@click.command()
@click.argument("file", type=OFFICE_FILE)
@click.argument("paths", type=EXISTING_FILE, nargs=-1)
@office_options
@click.option("--register", "-r", "register", required=True, help="Sổ nào.")
@click.option("--record", "record_id", required=True, help="Mã bản ghi.")
@click.option("--description", default="", help="Tệp cho thấy điều gì.")
@click.option("--save-to", type=OFFICE_FILE, help="Ghi nội dung tệp đầu tiên của bản ghi ra đây.")
@json_option
def attach(
    file: Path, paths: tuple[Path, ...], password_file: Path, login: str | None, register: str, record_id: str,
    description: str, save_to: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Đính kèm các tệp PATHS vào một bản ghi; không có PATHS thì liệt kê tệp của bản ghi."""
    from thidua_desktop.services import attachments

    with opened(file, password_file, login) as session:
        for path in paths:
            attachments.attach(session, register, record_id, path, description=description)
        found = attachments.of_record(session, register, record_id)
        if save_to is not None and found:
            attachments.save_as(session, found[0].id, save_to)
    if as_json:
        say_json(
            [
                {"id": one.id, "name": one.name, "type": one.media_type, "size": one.size, "sha256": one.sha256,
                 "here": one.is_here}
                for one in found
            ]
        )  # fmt: skip
        return
    for one in found:
        say(f"{one.name}\t{one.size_text}\t{one.description}")
    say(f"{len(found)} tệp đính kèm")
