"""``thidua province succession``: communes merged, split, renamed: looked at, written, taken back, listed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thidua_desktop.cli.opening import OFFICE_FILE, json_option, office_options, opened, say, say_json
from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from thidua_desktop.services.commune_changes import AskedChange
    from thidua_desktop.services.session import Session


@click.group("succession")
def commune_changes() -> None:
    """Sắp xếp đơn vị hành chính: xã sáp nhập, chia tách, đổi tên hoặc đổi mã."""


def _asked_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.argument("kind", type=click.Choice(["merge", "split", "rename"])),
        click.argument("file", type=OFFICE_FILE),
        click.option("--day", "day_text", required=True, help="Ngày hiệu lực."),
        click.option("--old", "olds", multiple=True, required=True, help="Mã đơn vị cũ; nhiều lần được."),
        click.option("--new", "news", multiple=True, required=True, metavar="MÃ[;TÊN]", help="Đơn vị mới; nhiều lần."),
        click.option("--decision", required=True, help="Số nghị quyết."),
        click.option("--decided-on", default="", help="Ngày nghị quyết."),
        click.option("--decided-by", default="", help="Cơ quan ban hành."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@commune_changes.command("plan")
@_asked_options
@office_options
@json_option
def changes_plan(file: Path, password_file: Path, login: str | None, as_json: bool, **asked: object) -> None:
    """Xem thay đổi sẽ có nghĩa gì; chưa ghi gì."""
    from thidua_desktop.services import commune_changes as services

    with opened(file, password_file, login) as session:
        found = services.plan(session, _asked(session, asked))
    if as_json:
        say_json({"steps": list(found.steps), "problems": [one._asdict() for one in found.problems]})
        return
    for line in (*found.steps, *(f"{one.code}: {one.text}" for one in found.problems)):
        say(line)


@commune_changes.command("apply")
@_asked_options
@office_options
def changes_apply(file: Path, password_file: Path, login: str | None, **asked: object) -> None:
    """Ghi thay đổi."""
    from thidua_desktop.services import commune_changes as services
    from thidua_desktop.services.change_words import told

    with opened(file, password_file, login) as session:
        written = services.apply(session, _asked(session, asked))
    say(f"Đã ghi {written.id}: {told(written)}")


@commune_changes.command("undo")
@click.argument("change")
@click.argument("file", type=OFFICE_FILE)
@office_options
def changes_undo(change: str, file: Path, password_file: Path, login: str | None) -> None:
    """Bỏ một thay đổi đã ghi; CHANGE là mã nêu trong danh sách."""
    from thidua_desktop.services import commune_changes as services
    from thidua_desktop.services.change_words import told

    with opened(file, password_file, login) as session:
        back = services.undo(session, change)
    say(f"Đã bỏ: {told(back)}")


@commune_changes.command("list")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def changes_list(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Những thay đổi máy này biết."""
    from thidua_desktop.services import commune_changes as services
    from thidua_desktop.services.change_words import told

    with opened(file, password_file, login) as session:
        found = services.written(session)
    if as_json:
        say_json([asdict(one) for one in found])
        return
    for one in found:
        say(f"{one.id} {'' if one.stands else '(đã bỏ) '}{told(one)}")


def _asked(session: Session, given: dict[str, object]) -> AskedChange:
    from thidua_desktop.services.commune_changes import AskedChange, typed_unit

    olds, news = given["olds"], given["news"]
    assert isinstance(olds, tuple) and isinstance(news, tuple)
    decided = str(given["decided_on"])
    return AskedChange(
        kind=str(given["kind"]), effective_on=_day(session, str(given["day_text"])), before=tuple(map(str, olds)),
        after=tuple(typed_unit(str(text)) for text in news), decision=str(given["decision"]),
        decided_on=_day(session, decided) if decided else None, decided_by=str(given["decided_by"]),
    )  # fmt: skip


def _day(session: Session, text: str) -> date:
    from thidua_desktop.text import parse_date

    day = parse_date(text, session.today)
    if day is None:
        raise UserError("TD-CLI-008", text=text, reason="không phải ngày")
    return day
