"""``thidua province check|accept|reopen|return|remind``, and what the commune hears of it by the receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.scenarios.conftest import Answer
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]


def desk(demo: DemoOffice, code: str = "99001") -> tuple[object, ...]:
    return (demo.province, "--password-file", demo.password_file, "--commune", code, "--period", "2026-11")


def test_checked_accepted_heard_and_opened_again(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path) -> None:
    written = ("--set", "attendance_total=14.700", "--note", "attendance_total=Một phiếu trùng", "--remark", "Tốt")
    outs = ("--out", tmp_path / "phieu.pdf", "--report-out", tmp_path / "bao-cao.pdf")
    found = thidua("province", "check", *desk(own_demo), *written, *outs, "--json").json()
    line = next(one for one in found["figures"] if one["indicator"] == "attendance_total")
    assert (line["counted"], line["checked"], line["difference"]) == (line["reported"], 14700, 14700 - line["reported"])
    assert all(path.read_bytes().startswith(b"%PDF") for path in outs[1::2] if isinstance(path, Path))
    assert thidua("province", "accept", *desk(own_demo)).status == 0
    assert thidua("province", "accept", *desk(own_demo)).err.startswith("TD-SYNC-132")
    heard = taken(thidua, own_demo, tmp_path / "mot")
    assert any("tỉnh đã chấp nhận ngày" in words and "1 chỉ tiêu có nhận xét" in words for words in heard)
    reason = ("--reason", "Bổ sung danh sách")
    assert thidua("province", "reopen", *desk(own_demo), *reason, "--json").json()["state"] == "reopened"
    assert any("tỉnh mở lại: Bổ sung danh sách" in words for words in taken(thidua, own_demo, tmp_path / "hai"))
    told = thidua("province", "check", *desk(own_demo)).out
    assert "chờ kiểm tra" in told and "Một phiếu trùng" in told


def taken(thidua: Thidua, demo: DemoOffice, folder: Path) -> list[str]:
    """The receipt goes down; what it says of reports."""
    keys = ("--password-file", demo.password_file, "--json")
    (made,) = thidua("receipt", "make", demo.province, "--out", folder, *keys).json()
    told: list[str] = thidua("receipt", "take", made["path"], "--into", demo.commune, *keys).json()["reports"]
    return told


def test_a_return_has_its_slip_and_nobody_is_reminded_in_vain(
    thidua: Thidua, own_demo: DemoOffice, tmp_path: Path
) -> None:
    slip = tmp_path / "tra-lai.pdf"
    assert thidua("province", "return", *desk(own_demo), "--reason", "Số chưa khớp", "--out", slip).status == 0
    assert slip.read_bytes().startswith(b"%PDF")
    keys = (own_demo.province, "--password-file", own_demo.password_file)
    letter = tmp_path / "don-doc.pdf"
    reminded = thidua("province", "remind", *keys, "--number", "--out", letter, "--json")
    late = {cell["receipt"] for cell in thidua("province", "board", *keys, "--json").json()["rows"][0]["cells"]}
    said = thidua("province", "board", *keys).out  # in words that people read
    assert "trả lại" in said and not any(state in said for state in late)
    assert letter.exists() == ("overdue" in late) == (reminded.status == 0), reminded.err


def test_wrong_words_are_refused(thidua: Thidua, demo: DemoOffice) -> None:
    assert thidua("province", "check", *desk(demo), "--set", "attendance_total").err.startswith("TD-CLI-008")
    assert thidua("province", "check", *desk(demo), "--set", "attendance_total=ba").err.startswith("TD-DATA-540")
    assert thidua("province", "check", *desk(demo), "--set", "so_khong=1").err.startswith("TD-SYNC-139")
    assert thidua("province", "check", *desk(demo, "99999")).err.startswith("TD-SYNC-130")
