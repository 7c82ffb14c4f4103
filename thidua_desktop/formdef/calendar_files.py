"""A reporting calendar that comes as a file: a directive's own, or a later closing day of one that the program has.

The file is the TOML of ``forms/calendars/`` with ``format = 1``. Names of new ones begin with ``directive_`` and their
codes hold a digit: no calendar that a later program brings can ever have the same.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua_desktop.domain.calendars import Calendar
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.crosscheck_calendars import check_calendar
from thidua_desktop.formdef.faults import Fault
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.formdef.reading_calendars import read_calendar
from thidua_desktop.formdef.toml_table import TomlTable
from thidua_desktop.text import nfc

FORMAT = 1
LARGEST = 64 * 1024
PREFIX = "directive_"
_FAULTS_TOLD = 3


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar as read, and the bytes it was read from."""

    calendar: Calendar
    content: bytes


def read_calendar_file(content: bytes, definitions: Definitions, file: str = "lịch") -> CalendarFile:
    """The calendar of a file's bytes, checked beside those of ``definitions``.

    Raises TD-FORM-062 with every fault's own code in it.
    """
    raw = _parsed(content, file)
    faults: list[Fault] = []
    calendar = read_calendar(TomlTable(raw, file, "", faults), definitions.assessments)
    faults = faults or check_calendar(calendar, definitions, file)
    if faults:
        told = "; ".join(f"{one.code} [{one.place}] {one.text}" for one in faults[:_FAULTS_TOLD])
        raise _malformed(file, told)
    if calendar.name not in definitions.calendars or calendar.name.startswith(PREFIX):
        _check_own_names(calendar, file)
    return CalendarFile(calendar, content)


def check_following(before: Calendar, after: Calendar, today: date, released: bool) -> None:
    """Whether ``after`` may stand in for ``before``, which has its name.

    A calendar that cuts time keeps its mark and every rule that has begun, a released one all its rules; a released one
    of named spans is never replaced. Raises TD-FORM-063, or TD-FORM-064 when ``after`` is no newer version.
    """
    if after.version <= before.version:
        raise UserError("TD-FORM-064", name=before.name, version=after.version, known=before.version)
    kept = tuple(rule for rule in before.rules if released or rule.valid_from <= today)
    same_kind = bool(before.rules) == bool(after.rules)
    if not same_kind or before.mark != after.mark or after.rules[: len(kept)] != kept or (released and before.spans):
        raise UserError("TD-FORM-063", name=before.name, title=before.title)


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise _malformed(file, f"tệp lớn hơn {LARGEST // 1024} KB")
    try:
        raw = tomllib.loads(nfc(content.decode("utf-8-sig")))
    except UnicodeDecodeError as fault:
        raise _malformed(file, "tệp không phải văn bản UTF-8") from fault
    except tomllib.TOMLDecodeError as fault:
        raise _malformed(file, str(fault)) from fault
    form = raw.pop("format", None)
    if isinstance(form, int) and not isinstance(form, bool) and form > FORMAT:
        raise _malformed(file, f"tệp kiểu mới (kiểu {form}), cập nhật chương trình rồi nhận lại")
    if form != FORMAT or isinstance(form, bool):
        raise _malformed(file, "thiếu format = 1")
    return raw


def _check_own_names(calendar: Calendar, file: str) -> None:
    if not calendar.name.startswith(PREFIX):
        raise _malformed(file, f"name phải bắt đầu bằng {PREFIX}")
    codes = [*((calendar.mark,) if calendar.rules else ()), *(span.code for span in calendar.spans)]
    for code in codes:
        if not any(letter.isdigit() for letter in code):
            what = f"mã {code}" if code else "mark"
            raise _malformed(file, f"{what} phải có chữ số để không trùng mã của chương trình, ví dụ TET27, KV2")


def _malformed(file: str, reason: str) -> UserError:
    return UserError("TD-FORM-062", file=file, reason=reason)
