"""``thidua update`` and ``thidua where``: look, prepare with a backup, and what refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_desktop.cli import run
from thidua_desktop.services import own_places, updates
from thidua_desktop.sync import update
from thidua_desktop.sync.keys import SigningKey

KEY = SigningKey(b"release1", bytes(range(32)))


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(own_places.MOVED, str(tmp_path / "máy"))
    monkeypatch.setattr(updates, "release_keys", lambda: [KEY.verify_key])
    setup = tmp_path / "thidua_9.0.0_amd64.deb"
    setup.write_bytes(b"!<arch>\n" * 99)
    facts = update.facts_of(setup, "9.0.0", updates.platform_name(), ["In nhanh hơn"])
    update.write_update(setup, facts, KEY, tmp_path / "thidua.tdupdate")
    return tmp_path / "thidua.tdupdate"


def test_check_and_prepare(stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["update", "check", str(stick)]) == 0
    assert "Bản 9.0.0" in capsys.readouterr().out
    assert run(["update", "apply", str(stick), "--no-start"]) == 0
    assert "thidua_9.0.0_amd64.deb" in capsys.readouterr().out
    assert run(["update", "apply", str(stick), "--office", str(stick)]) == 1
    assert "TD-CLI-020" in capsys.readouterr().err
    assert run(["update", "back", "--no-start"]) == 1
    assert "TD-ENV-067" in capsys.readouterr().err


def test_where_writes_what_the_uninstaller_reads(stick: Path, tmp_path: Path) -> None:
    assert run(["where", "--out", str(tmp_path / "nơi.txt")]) == 0
    assert (tmp_path / "nơi.txt").read_text(encoding="utf-16").strip().endswith("máy (thiết lập, nhật ký)")
