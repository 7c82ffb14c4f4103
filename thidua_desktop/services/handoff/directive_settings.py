"""Settings of a commune that its province may set by a directive, and which values they take."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thidua_desktop.errors import UserError
from thidua_desktop.services.periods import CALENDAR_SETTING
from thidua_desktop.services.report_periods import DUE_DAYS

PROGRAM = "program.version"
"""The version that the province wants on every PC; its update file lies beside the directive."""

SETTINGS: Mapping[str, str] = {
    DUE_DAYS: "Số ngày làm việc để gửi báo cáo sau khi hết kỳ",
    CALENDAR_SETTING: "Lịch báo cáo của đơn vị",
    PROGRAM: "Bản của chương trình",
}
"""Others in a directive are left alone and told."""

MOST_DUE_DAYS = 60
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){2}")


def check_settings(settings: Mapping[str, int | str]) -> None:
    """TD-SYNC-120 for a value that the program could not work with; settings that it does not know pass."""
    for name, value in settings.items():
        fits = {
            DUE_DAYS: type(value) is int and 1 <= value <= MOST_DUE_DAYS,
            CALENDAR_SETTING: isinstance(value, str),  # of a calendar that is not here the office keeps its own
            PROGRAM: isinstance(value, str) and _VERSION.fullmatch(value) is not None,
        }
        if not fits.get(name, True):
            raise UserError("TD-SYNC-120", title=SETTINGS[name], value=str(value)[:40])
