"""Whether this machine has what the program needs: versions, fonts, folders, space, clock."""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from thidua_desktop import __version__
from thidua_desktop.errors import UserError
from thidua_desktop.paths import resource_path
from thidua_desktop.services.session import Clock
from thidua_desktop.text import format_date, format_number

LEAST_FREE = 200 * 1024 * 1024
RELEASED = date(2026, 11, 1)
_NEWEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One thing looked at: its name, whether it is good, and what was seen."""

    name: str
    good: bool
    text: str


def examine(clock: Clock | None = None, folder: Path | None = None) -> list[DoctorFinding]:
    """Everything that is looked at; ``folder`` is where offices are kept (default: the person's documents)."""
    return [
        _version(),
        _database(),
        _fonts(),
        _definitions(),
        _folder(folder or Path.home()),
        _space(folder or Path.home()),
        _clock(clock or Clock()),
    ]


def _version() -> DoctorFinding:
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return DoctorFinding(
        "Phiên bản",
        good,
        f"thidua {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}",
    )


def _database() -> DoctorFinding:
    from thidua_desktop.store.connection import cipher_version

    found = cipher_version()
    return DoctorFinding("Mã hóa sổ", bool(found), f"SQLCipher {found}" if found else "thiếu thư viện mã hóa")


def _fonts() -> DoctorFinding:
    from thidua_desktop.printing.fonts import load_typeface

    try:
        load_typeface(None)
    except UserError as fault:
        return DoctorFinding("Phông chữ in", False, str(fault))
    return DoctorFinding("Phông chữ in", True, f"đủ chữ tiếng Việt trong {resource_path('fonts').name}/")


def _definitions() -> DoctorFinding:
    from thidua_desktop.formdef.faults import DefinitionFaults
    from thidua_desktop.formdef.loader import load_definitions

    try:
        definitions = load_definitions()
    except DefinitionFaults as faults:
        return DoctorFinding("Định nghĩa sổ", False, str(faults))
    return DoctorFinding(
        "Định nghĩa sổ", True, f"{len(definitions.registers)} sổ, {len(definitions.indicators)} chỉ tiêu"
    )


def _folder(folder: Path) -> DoctorFinding:
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError:
        return DoctorFinding("Thư mục lưu sổ", False, f"không ghi được vào {folder}")
    return DoctorFinding("Thư mục lưu sổ", True, f"ghi được vào {folder}")


def _space(folder: Path) -> DoctorFinding:
    free = shutil.disk_usage(folder).free
    return DoctorFinding("Chỗ trống", free >= LEAST_FREE, f"còn {format_number(free // 1024**2)} MB")


def _clock(clock: Clock) -> DoctorFinding:
    today = clock.today()
    good = today >= RELEASED and today.year <= RELEASED.year + _NEWEST_YEARS
    return DoctorFinding(
        "Đồng hồ", good, f"hôm nay là {format_date(today)}" + ("" if good else ", không hợp lý: chỉnh lại giờ máy")
    )
