"""A release: changes for officers, update files, and a list whose signature public tools verify."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from installer import release
from installer.bundle import BuildError
from thidua_desktop.sync import update
from thidua_desktop.sync.keys import SigningKey, VerifyKey

TEXT = (
    "# Có gì mới\n\n## 0.3.0\n\n- Bốn.\n\n## 0.2.0 (30/11/2026)\n\n- Một.\n- Hai (cả hai).\n\n"
    "## 0.1.0 (24/11/2026)\n\n- Ba.\n"
)


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(release, "PUBLIC", tmp_path / "thidua.pub")
    monkeypatch.setattr(release, "TRIAL", tmp_path / "trial_keys.txt")
    release.TRIAL.touch()
    monkeypatch.setattr(release, "ROOT", tmp_path)
    release.new_key(tmp_path / "secret.key")
    return tmp_path / "secret.key"


def test_changes_are_those_of_the_version() -> None:
    assert release.changes_of("0.2.0", TEXT) == ["Một.", "Hai (cả hai)."]
    assert release.changes_of("0.1.0", TEXT) == ["Ba."]
    with pytest.raises(BuildError, match=r"0\.4\.0"):
        release.changes_of("0.4.0", TEXT)


def test_public_tools_verify_a_release(secret: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    with pytest.raises(BuildError, match="make installer"):
        release.release(folder, secret, "0.2.0", TEXT)
    (folder / "thidua-0.2.0-setup.exe").write_bytes(b"MZ" * 1000)
    (folder / "thidua-0.1.0-setup.exe").write_bytes(b"old")
    release.release(folder, secret, "0.2.0", TEXT)
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)
    command = ["minisign", "-V", "-m", "SHA256SUMS", "-p", str(tmp_path / "thidua.pub")]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    assert "0.1.0" not in (folder / "SHA256SUMS").read_text(encoding="utf-8")
    key = VerifyKey.from_text((tmp_path / "thidua.pub").read_text(encoding="utf-8"))
    with (folder / "thidua-0.2.0-windows.tdupdate").open("rb") as stream:
        assert update.read_facts(stream, [key]).changes == ("Một.", "Hai (cả hai).")
        assert stream.read() == b"MZ" * 1000


def test_another_key_and_an_existing_key_are_refused(secret: Path, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        release.new_key(secret)
    other = tmp_path / "other.key"
    other.write_text(SigningKey.generate().to_bytes().hex(), encoding="ascii")
    with pytest.raises(BuildError, match=r"thidua\.pub"):
        release.release(tmp_path, other, "0.2.0", TEXT)


def test_a_trial_key_and_a_version_without_its_day_are_refused(secret: Path, tmp_path: Path) -> None:
    (tmp_path / "thidua-0.2.0-setup.exe").write_bytes(b"MZ")
    (tmp_path / "thidua-0.3.0-setup.exe").write_bytes(b"MZ")
    with pytest.raises(BuildError, match="ngày phát hành"):
        release.release(tmp_path, secret, "0.3.0", TEXT)
    assert release.release(tmp_path, secret, "0.3.0", TEXT, trial=True)
    trial = tmp_path / "trial.key"
    release.new_key(trial, trial=True)
    with pytest.raises(BuildError, match="--trial"):
        release.release(tmp_path, trial, "0.2.0", TEXT)
    made = release.release(tmp_path, trial, "0.2.0", TEXT, trial=True)
    assert "thidua-0.2.0-giay-phep.txt" in (tmp_path / "SHA256SUMS").read_text(encoding="utf-8") and made


def test_keys_are_numbered_as_minisign_shows_them() -> None:
    text = release.PUBLIC.read_text(encoding="utf-8")
    assert text.splitlines()[0].endswith(f" {release.key_id(VerifyKey.from_text(text))}")
    assert all(len(one) <= 16 for one in release.trial_keys())


def test_what_a_release_was_made_of_is_told() -> None:
    told = release.inputs()
    assert "  installer/windows/wheels.lock\n" in told and told.startswith("commit ")
