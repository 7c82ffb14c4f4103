"""``thidua``: everything the desk does, without a window, for support, scripts and tests.

Exit status: 0 done, 1 refused with a coded reason on standard error (``TD-…: sentence``), 2 wrong use.
``--json`` prints one JSON document on standard output. Services are imported inside the commands: a help page should
not pay for the database.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from thidua_desktop import __version__
from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from thidua_desktop.services.session import Session

P = ParamSpec("P")
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
        return path.read_text(encoding="utf-8").splitlines()[0].strip()
    except (OSError, IndexError, UnicodeDecodeError):
        raise UserError("TD-CLI-001", path=path) from None


@contextmanager
def opened(path: Path, password_file: Path, login: str | None = None) -> Iterator[Session]:
    """The office in ``path``, closed at the end."""
    from thidua_desktop.services import offices
    from thidua_desktop.services.session import system_clock

    session = offices.open_office(path, read_password(password_file), login=login, clock=system_clock())
    try:
        yield session
    finally:
        session.close()


def office_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--password-file`` and ``--login`` for commands that open an office."""
    command = click.option("--password-file", type=EXISTING_FILE, required=True, help="Tệp chứa mật khẩu ở dòng đầu.")(command)
    return click.option("--login", default=None, help="Tên đăng nhập; bỏ trống thì thử mọi người dùng.")(command)


json_option = click.option("--json", "as_json", is_flag=True, help="In một tài liệu JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="thidua")
def cli() -> None:
    """Ghi sổ, in giấy tờ và gửi tỉnh phong trào toàn dân bảo vệ an ninh Tổ quốc."""


def run(arguments: list[str] | None = None) -> int:
    """Runs the command line and gives the exit status instead of leaving the process."""
    try:
        cli.main(args=arguments, prog_name="thidua", standalone_mode=False)
    except UserError as refused:
        click.echo(str(refused), err=True)
        return 1
    except click.exceptions.Abort:
        click.echo("TD-CLI-002: Đã dừng theo yêu cầu.", err=True)
        return 1
    except click.ClickException as wrong_use:
        wrong_use.show()
        return 2
    return 0
