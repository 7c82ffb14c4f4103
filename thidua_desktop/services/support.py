"""A bundle for support: how this machine and this office stand, without anything of any person.

It is built from what is allowed, never from what is forbidden: versions, yes and no, numbers, codes, digests. Names,
texts, titles, file names and folders of people are not read at all, but for lines of the log, of which only time,
module and error code are kept.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.services.session import Permission, Session

CONTENTS = (
    "Phiên bản chương trình, thư viện, hệ điều hành",
    "Máy đạt hay không đạt từng điều kiện (lệnh doctor)",
    "Mã đơn vị, mã máy, số bản ghi của từng sổ, số người dùng theo vai trò",
    "Số hiệu, loại, dấu kiểm của các gói đã lập, đã nhận; mã từ chối của gói đang hỏi",
    "Dấu kiểm của nhật ký thay đổi; giờ, mô-đun và mã lỗi trong nhật ký chương trình",
)
"""What the bundle holds, told before it is written."""
LEFT_OUT = "Không có tên người, giấy tờ, nội dung bản ghi, tiêu đề, tên tệp, thư mục."
_DAY = (2026, 1, 1, 0, 0, 0)  # time in the zip says nothing
_LOG_LINE = re.compile(
    r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\S* (DEBUG|INFO|WARNING|ERROR|CRITICAL) (thidua_desktop[\w.]*): "
)
_CODE = re.compile(r"\bTD-[A-Z]{2,8}-\d{3}\b")


@dataclass(frozen=True, slots=True)
class SupportBundle:
    """A bundle that was written: where, and the names of what is in it."""

    path: Path
    members: tuple[str, ...]


def write_bundle(session: Session, path: Path, package: Path | None = None, log: Path | None = None) -> SupportBundle:
    """Write the bundle; ``package``: one that was refused, ``log``: the program's log file.

    Raises TD-STORE-220 without permission, TD-ENV-… for faults of the folder.
    """
    from thidua_desktop.services.files import write_whole

    session.require(Permission.HAND_OVER)
    parts: dict[str, Any] = {
        "chuong-trinh.json": _program(), "don-vi.json": _office(session), "goi.json": list(_packages(session)),
    }  # fmt: skip
    if package is not None:
        parts["goi-bi-tu-choi.json"] = _refused(session, package)
    if log is not None and is_there(log, Path.is_file):
        parts["nhat-ky.json"] = list(_log_lines(log))
    write_whole(path, _zipped(parts))
    return SupportBundle(path, tuple(parts))


def _zipped(parts: Mapping[str, Any]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            text = json.dumps(content, ensure_ascii=False, indent=1)
            archive.writestr(zipfile.ZipInfo(name, _DAY), text.encode("utf-8"))
    return written.getvalue()


def _program() -> dict[str, Any]:
    from thidua_desktop.services import about, doctor

    return {
        "program": about.program_version(),
        "parts": {one.name: one.version for one in about.components()},
        "doctor": {one.name: one.good for one in doctor.examine()},  # its words name folders
    }


def _office(session: Session) -> dict[str, Any]:
    file = session.file
    seq, digest = file.changes.head()
    due = file.settings.get(DUE_DAYS)
    registers = session.definitions.registers
    return {
        "code": file.identity.code,
        "kind": file.identity.kind,
        "installation": file.installation_id,
        "records": {name: file.records.count(name) for name in registers if session.opens(name)},
        "versions": {name: spec.version for name, spec in registers.items()},
        "calendars": {name: one.version for name, one in session.definitions.calendars.items()},
        "users": dict(Counter(str(one.role) for one in file.users.all() if one.active)),
        "due_days": due if isinstance(due, int) else None,
        "changes": seq,
        "digest": digest,
        "first_broken": file.changes.verify_chain(),
    }


def _packages(session: Session) -> Iterator[dict[str, Any]]:
    for entry in session.file.packages.all():
        yield {
            "direction": entry.direction, "kind": str(entry.kind), "office": entry.office,
            "installation": entry.installation, "number": entry.number, "state": entry.state,
            "header": entry.header_hash, "sha256": entry.sha256, "changes": [entry.first_seq, entry.last_seq],
            "at": entry.at.isoformat(),
        }  # fmt: skip


def _refused(session: Session, package: Path) -> dict[str, Any]:
    """What a file claims that can be no text of a person, and the code with which it is refused ("" when it is not)."""
    from thidua_desktop.services.handoff import incoming

    try:
        claimed = incoming.inspect(package)
    except UserError as refusal:
        return {"code": refusal.code}
    found: dict[str, Any] = {
        "code": "", "office": claimed.office_code, "installation": claimed.installation, "number": claimed.number,
        "kind": claimed.kind, "size": claimed.payload_size, "percent": claimed.percent_present,
    }  # fmt: skip
    try:
        incoming.verify_here(session, package)
    except UserError as refusal:
        found["code"] = refusal.code
    return found


def _log_lines(log: Path) -> Iterator[list[str]]:
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LOG_LINE.match(line)
        codes = _CODE.findall(line)
        if found is not None:
            yield [*found.groups(), *codes]
        elif codes:
            yield codes
