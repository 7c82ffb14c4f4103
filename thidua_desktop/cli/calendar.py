"""``thidua calendar``: reporting calendars of an office; looked at, taken in from a file, chosen."""

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
    say,
    say_json,
)
from thidua_desktop.text import format_date

if TYPE_CHECKING:
    from thidua_desktop.services.calendars import CalendarView


@click.group()
def calendar() -> None:
    """Lịch báo cáo: ngày chốt, đợt cao điểm, hạn nộp."""


@calendar.command("list")
@click.argument("file", type=OFFICE_FILE)
@office_options
@json_option
def calendar_list(file: Path, password_file: Path, login: str | None, as_json: bool) -> None:
    """Các lịch của tệp sổ."""
    from thidua_desktop.services import calendars

    with opened(file, password_file, login) as session:
        found = calendars.calendars(session)
    if as_json:
        say_json([asdict(one) for one in found])
        return
    for one in found:
        say(f"{one.name}\tbản {one.version}\t{one.title}" + ("\tnhận từ tệp" if one.added else ""))


@calendar.command("add")
@click.argument("file", type=OFFICE_FILE)
@click.argument("calendar_file", metavar="CALENDAR", type=EXISTING_FILE)
@office_options
@click.option("--look", is_flag=True, help="Chỉ xem các kỳ của lịch, không nhận.")
@json_option
def calendar_add(
    file: Path, calendar_file: Path, password_file: Path, login: str | None, look: bool, as_json: bool
) -> None:  # fmt: skip
    """Nhận lịch CALENDAR (.toml) vào tệp sổ FILE."""
    from thidua_desktop.services import calendars

    with opened(file, password_file, login) as session:
        content = calendars.content_of(calendar_file)
        act = calendars.look_at if look else calendars.take_in
        found = act(session, content, calendar_file.name)
    if as_json:
        say_json(asdict(found))
        return
    for line in _told(found):
        say(line)
    say("Chưa nhận." if look else f"Đã nhận lịch {found.name}, bản {found.version}.")


@calendar.command("use")
@click.argument("file", type=OFFICE_FILE)
@click.argument("name")
@office_options
def calendar_use(file: Path, name: str, password_file: Path, login: str | None) -> None:
    """Chọn lịch NAME làm lịch chung của đơn vị."""
    from thidua_desktop.services import calendars

    with opened(file, password_file, login) as session:
        calendars.choose_default(session, name)
    say(f"Lịch chung của đơn vị: {name}.")


@calendar.command("due")
@click.argument("file", type=OFFICE_FILE)
@click.argument("report_name", metavar="REPORT")
@click.argument("kind")
@click.argument("due")
@office_options
@click.option("--basis", default="", help="Văn bản quy định hạn nộp.")
def calendar_due(
    file: Path, report_name: str, kind: str, due: str, password_file: Path, login: str | None, basis: str
) -> None:  # fmt: skip
    """Hạn nộp báo cáo REPORT, kỳ KIND (month, quarter, half, year hoặc mã đợt).

    DUE viết "3 ngày làm việc", "ngày 25" hoặc "25/6; 25/12"; để "" là theo lịch.
    """
    from thidua_desktop.services import due_days, report_periods
    from thidua_desktop.services.reports.build import report_spec

    with opened(file, password_file, login) as session:
        group = report_periods.group_of(session, report_spec(session, report_name), kind)
        due_days.set_due(session, report_name, group.key, due, basis)
    say(f"{group.title}: {due or 'theo lịch'}")


def _told(found: CalendarView) -> list[str]:
    """The calendar and its periods, in lines."""
    lines = [f"{found.title} (bản {found.version}). Căn cứ: {found.basis}", f"Báo cáo: {'; '.join(found.reports)}"]
    return [*lines, *(f"{one.label}, hạn nộp {format_date(one.due)}" for one in found.periods)]
