"""Whether this machine has what the program needs, and how the open office stands on it.

The same findings for ``thidua doctor``, for the page in Quản trị and (yes or no alone) for the support bundle.
"""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from thidua_desktop import __version__
from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there, resource_path
from thidua_desktop.services import file_places
from thidua_desktop.services.own_places import documents_folder, settings_folder
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.text import format_date, format_moment, format_number

LEAST_FREE = 200 * 1024 * 1024
RELEASED = date(2026, 11, 1)
_NEWEST_YEARS = 10
_SCREEN_FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")
_PRINTERS_KEY = r"Software\Microsoft\Windows NT\CurrentVersion\Devices"
_SHOWN_FINDINGS = 3


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One thing looked at: its name, whether it is good, what was seen, and what to do when it is not good."""

    name: str
    good: bool
    text: str
    advice: str = ""


def examine(clock: Clock | None = None, folder: Path | None = None) -> list[DoctorFinding]:
    """This machine; ``folder`` is where offices are kept (default: the person's documents)."""
    place = folder or documents_folder()
    return [
        _version(),
        _database(),
        _fonts(),
        _definitions(),
        _folder("Thư mục lưu sổ", place),
        _folder("Thiết lập, nhật ký", settings_folder()),
        _space(place),
        _clock(clock or Clock()),
        _printers(printers()),
    ]


def examine_office(session: Session) -> list[DoctorFinding]:
    """The open office on this machine: its folder, its file looked through whole, its copies, its clock.

    Reads the whole file, so call it over a connection of its own (``session.reader()``).
    """
    folder = session.file.path.parent
    return [
        _folder("Thư mục của sổ đang mở", folder),
        _space(folder, "Chỗ trống ở ổ của sổ"),
        _file_check(session),
        _copies(session),
        _clock_of_office(session),
    ]


def as_text(findings: Sequence[DoctorFinding]) -> str:
    """Lines to copy: "đạt" or "hỏng", name, what was seen."""
    lines = [f"{'đạt ' if one.good else 'hỏng'}  {one.name}: {one.text}" for one in findings]
    return "\n".join(lines) + "\n"


def printers() -> list[str]:
    """Names of the printers that this person can use, without asking any of them."""
    if sys.platform == "win32":
        return _windows_printers()
    import subprocess

    asked = shutil.which("lpstat")
    if asked is None:
        return []
    try:
        done = subprocess.run([asked, "-e"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.split() if done.returncode == 0 else []


def _windows_printers() -> list[str]:
    if sys.platform != "win32":
        return []
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _PRINTERS_KEY) as key:
            return [winreg.EnumValue(key, at)[0] for at in range(winreg.QueryInfoKey(key)[1])]
    except OSError:
        return []


def _version() -> DoctorFinding:
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    seen = f"thidua {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"
    return DoctorFinding("Phiên bản", good, seen, "" if good else "Chạy lại tệp cài đặt.")


def _database() -> DoctorFinding:
    from thidua_desktop.store.connection import cipher_version

    found = cipher_version()
    if found:
        return DoctorFinding("Mã hóa sổ", True, f"SQLCipher {found}")
    return DoctorFinding("Mã hóa sổ", False, "thiếu thư viện mã hóa", "Chạy lại tệp cài đặt.")


def _fonts() -> DoctorFinding:
    from thidua_desktop.printing.fonts import load_typeface

    missing = [name for name in _SCREEN_FONTS if not is_there(resource_path("fonts", name), Path.is_file)]
    try:
        load_typeface(None)
    except UserError as fault:
        return DoctorFinding("Phông chữ", False, str(fault), "Chạy lại tệp cài đặt.")
    if missing:
        return DoctorFinding("Phông chữ", False, f"thiếu {', '.join(missing)}", "Chạy lại tệp cài đặt.")
    return DoctorFinding("Phông chữ", True, "đủ chữ tiếng Việt để hiện và để in")


def _definitions() -> DoctorFinding:
    from thidua_desktop.formdef.faults import DefinitionFaults
    from thidua_desktop.formdef.loader import load_definitions

    try:
        definitions = load_definitions()
    except DefinitionFaults as faults:
        return DoctorFinding("Định nghĩa sổ", False, str(faults), "Chạy lại tệp cài đặt.")
    seen = f"{len(definitions.registers)} sổ, {len(definitions.indicators)} chỉ tiêu"
    return DoctorFinding("Định nghĩa sổ", True, seen)


def _folder(name: str, folder: Path) -> DoctorFinding:
    standing = next(one for one in (folder, *folder.parents) if is_there(one, Path.is_dir))  # made when first needed
    try:
        file_places.require_writing(standing)
    except OSError:
        advice = "Bỏ thuộc tính chỉ đọc, rút chốt chống ghi, hoặc chuyển sổ sang thư mục khác."
        return DoctorFinding(name, False, f"không ghi được vào {standing}", advice)
    return DoctorFinding(name, True, f"ghi được vào {folder}")


def _space(folder: Path, name: str = "Chỗ trống") -> DoctorFinding:
    standing = next(one for one in (folder, *folder.parents) if is_there(one, Path.is_dir))
    free = shutil.disk_usage(standing).free
    good = free >= LEAST_FREE
    least = f"Dọn bớt tệp: sổ và bản sao lưu cần ít nhất {format_number(LEAST_FREE // 1024**2)} MB."
    return DoctorFinding(name, good, f"còn {format_number(free // 1024**2)} MB", "" if good else least)


_CLOCK_ADVICE = "Chỉnh lại ngày giờ của máy: hạn nộp, số văn bản và chữ ký số đều theo giờ máy."


def _clock(clock: Clock) -> DoctorFinding:
    today = clock.today()
    if today >= RELEASED and today.year <= RELEASED.year + _NEWEST_YEARS:
        return DoctorFinding("Đồng hồ", True, f"hôm nay là {format_date(today)}")
    return DoctorFinding("Đồng hồ", False, f"hôm nay là {format_date(today)}, không hợp lý", _CLOCK_ADVICE)


def _clock_of_office(session: Session) -> DoctorFinding:
    changes = session.file.changes
    newest = next((change.at for change in changes.since(changes.head()[0] - 1)), None)
    if newest is None or newest <= session.now():
        return DoctorFinding("Đồng hồ so với sổ", True, "không có gì ghi ở ngày sau hôm nay")
    seen = f"sổ có thay đổi ghi lúc {format_moment(newest)}, sau giờ máy"
    return DoctorFinding("Đồng hồ so với sổ", False, seen, _CLOCK_ADVICE)


def _printers(found: Sequence[str]) -> DoctorFinding:
    """Without a printer nothing is broken: every paper can be kept as PDF."""
    seen = ", ".join(found) if found else "không thấy máy in nào; giấy tờ vẫn lưu được thành PDF"
    return DoctorFinding("Máy in", True, seen)


def _file_check(session: Session) -> DoctorFinding:
    wrong = session.file.check()
    if not wrong:
        return DoctorFinding("Tệp sổ", True, "đọc cả tệp, lành lặn")
    more = f"; và {len(wrong) - _SHOWN_FINDINGS} điều khác" if len(wrong) > _SHOWN_FINDINGS else ""
    seen = "; ".join(wrong[:_SHOWN_FINDINGS]) + more
    return DoctorFinding("Tệp sổ", False, seen, "Khôi phục bản sao lưu mới nhất: Quản trị, Bản sao lưu.")


def _copies(session: Session) -> DoctorFinding:
    from thidua_desktop.services.restoring import known_copies

    newest = max((copy.at for copy in known_copies(session)), default=None)
    if newest is None:
        return DoctorFinding("Bản sao lưu", False, "chưa có bản nào", "Quản trị, ô Sao lưu: bấm Sao lưu ngay.")
    return DoctorFinding("Bản sao lưu", True, f"bản mới nhất {format_moment(newest)}")
