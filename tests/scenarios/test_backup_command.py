"""``thidua backup``: made, listed, looked into and verified from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.scenarios.conftest import Answer
from thidua_desktop.services.demo.build import DemoOffice


def test_copies_from_the_command_line(thidua: Callable[..., Answer], own_demo: DemoOffice, tmp_path: Path) -> None:
    office, keys = str(own_demo.commune), ("--password-file", str(own_demo.password_file))
    assert "Đã sao lưu vào" in thidua("backup", "now", office, *keys).out
    assert "Không có gì mới" in thidua("backup", "now", office, *keys).out
    stick = tmp_path / "usb"
    stick.mkdir()
    thidua("backup", "now", office, *keys, "--to", str(stick))
    listed = thidua("backup", "list", office, *keys, "--json").json()
    [made] = [one for one in listed if one["why"] == "trong lúc làm việc"]
    assert Path(made["path"]).is_file() and sum(one["why"] == "sao lưu bằng tay" for one in listed) == 1
    view = thidua("backup", "show", office, made["path"], *keys, "--json").json()
    assert view["newer"] == 0 and view["changes"] > 100 and all(count for _, count in view["counts"])
    assert "đọc lại đúng" in thidua("backup", "verify", office, made["path"], *keys).out
    bad = bytearray(Path(made["path"]).read_bytes())
    bad[-2000] ^= 1
    Path(made["path"]).write_bytes(bad)
    refused = thidua("backup", "verify", office, made["path"], *keys)
    assert refused.status == 1 and "TD-STORE-019" in refused.err
