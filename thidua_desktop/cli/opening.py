"""What every command shares: opening an office, speaking, writing a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from thidua_desktop.services.session import Session

OFFICE_FILE = click.Path(path_type=Path, dir_okay=False)


EXISTING_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


FOLDER = click.Path(path_type=Path, file_okay=False)


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


def made_folder(folder: Path) -> Path:
    """``folder``, made when only its last part is missing; what cannot be made is told by the work that needs it."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return folder


def office_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--password-file`` and ``--login`` for commands that open an office."""
    shown = "Tệp chứa mật khẩu ở dòng đầu."
    command = click.option("--password-file", type=EXISTING_FILE, required=True, help=shown)(command)
    return click.option("--login", default=None, help="Tên đăng nhập; bỏ trống thì thử mọi người dùng.")(command)


json_option = click.option("--json", "as_json", is_flag=True, help="In một tài liệu JSON.")


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file, or raise TD-ENV-… and leave none half written."""
    from thidua_desktop.services.files import write_whole

    write_whole(path, content)


def write_private(path: Path, content: bytes) -> None:
    """``write_file``, on POSIX readable by this account alone from the first byte on."""
    before = os.umask(0o077)
    try:
        write_file(path, content)
    finally:
        os.umask(before)


def write_paper(path: Path, session: Session, paper: Callable[[Session], Any]) -> None:
    """Write a paper as its ending says: Word, Excel of its tables, else PDF; raises as ``paper_file`` and above."""
    from thidua_desktop.services.paper_files import paper_file

    write_file(path, paper_file(session, paper, path.suffix.lower()))
