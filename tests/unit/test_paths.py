"""What is there, asked of a system that may refuse to say."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.paths import is_there


def test_what_the_system_refuses_to_look_at_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "xã.thidua"
    file.write_bytes(b"x")
    assert is_there(file) and is_there(file, Path.is_file) and not is_there(file, Path.is_dir)
    assert is_there(tmp_path, Path.is_dir) and not is_there(tmp_path / "không có")
    assert not is_there(tmp_path / ("a" * 300)) and not is_there(tmp_path / ("a" * 300), Path.is_file)
