"""Updates by stick: only what the publisher signed, whole and newer; a backup first, and the way back with it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.services.conftest import PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, own_places, updates
from thidua_desktop.services.session import Session
from thidua_desktop.sync import update
from thidua_desktop.sync.keys import SigningKey

KEY = SigningKey(b"release1", bytes(range(32)))
CONTENT = b"MZ" + bytes(range(256)) * 5000
CHANGES = ("In nhanh hơn", "Thêm sổ mới")


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(own_places.MOVED, str(tmp_path / "máy"))
    monkeypatch.setattr(updates, "release_keys", lambda: [SigningKey.generate().verify_key, KEY.verify_key])
    monkeypatch.setattr(updates, "platform_name", lambda: "windows")
    monkeypatch.setattr(updates, "__version__", "0.1.0")


def made(folder: Path, version: str = "0.2.0", platform: str = "windows", key: SigningKey = KEY) -> Path:
    setup = folder / f"thidua-{version}-setup.exe"
    setup.write_bytes(CONTENT)
    target = folder / f"thidua-{version}.tdupdate"
    update.write_update(setup, update.facts_of(setup, version, platform, CHANGES), key, target)
    return target


def test_a_good_file_says_what_it_brings(tmp_path: Path) -> None:
    facts = updates.look_at(made(tmp_path))
    assert (facts.version, facts.changes, facts.size) == ("0.2.0", CHANGES, len(CONTENT))


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("TD-ENV-062", {"key": SigningKey(b"release1", bytes(32))}),
        ("TD-ENV-064", {"platform": "debian"}),
        ("TD-ENV-065", {"version": "0.1.0"}),
        ("TD-ENV-065", {"version": "0.0.9"}),
    ],
)
def test_a_file_that_must_not_be_installed(tmp_path: Path, code: str, given: dict[str, object]) -> None:
    path = made(tmp_path, **given)  # type: ignore[arg-type]
    with pytest.raises(UserError) as refused:
        updates.prepare(path)
    assert refused.value.code == code
    assert not (own_places.settings_folder() / updates.SETUPS / "thidua-0.2.0-setup.exe").exists()


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("TD-ENV-060", b'{"changes"', b'{"Changes"'),
        ("TD-ENV-061", b'"update":1', b'"update":2'),
        ("TD-ENV-062", b'"version":"0.2.0"', b'"version":"0.3.0"'),
        ("TD-ENV-060", b'"version":"0.2.0"', b'"version":"0.2.0" '),
        ("TD-ENV-063", CONTENT[-300:], CONTENT[-300:-1] + b"!"),
        ("TD-ENV-063", CONTENT[-300:], CONTENT[-300:] + b"!"),
        ("TD-ENV-063", CONTENT[-300:], b""),
    ],
)
def test_altered_and_cut_files_are_told_apart(tmp_path: Path, code: str, old: bytes, new: bytes) -> None:
    path = made(tmp_path)
    before, found, after = path.read_bytes().rpartition(old)
    assert found
    path.write_bytes(before + new + after)
    with pytest.raises(UserError) as refused:
        updates.prepare(path)
    assert refused.value.code == code
    folder = own_places.settings_folder() / updates.SETUPS
    assert not folder.exists() or not list(folder.iterdir())


def test_an_update_backs_up_first_and_the_way_back_restores(session: Session, tmp_path: Path) -> None:
    prepared = updates.prepare(made(tmp_path), session)
    assert prepared.setup.read_bytes() == CONTENT
    office = session.file.path
    assert prepared.command == (str(prepared.setup), "/UPDATE", f"/OPEN={office}")
    assert updates.way_back() is None  # the set-up of the version before is not kept here
    (prepared.setup.parent / "thidua-0.1.0-setup.exe").write_bytes(b"MZ")
    session.file.settings.put("note", "of the later version")
    session.close()
    back = updates.go_back()
    assert back.version == "0.1.0" and back.setup.name == "thidua-0.1.0-setup.exe"
    with offices.open_office(office, PASSWORD).file as file:
        assert file.settings.get("note") is None
    with offices.open_office(office.with_name(f"{office.stem} (bản 0.2.0).thidua"), PASSWORD).file as later:
        assert later.settings.get("note") == "of the later version"


def test_a_folder_is_searched_for_what_this_pc_can_use(tmp_path: Path) -> None:
    for version in ("0.2.0", "0.10.0", "0.1.0"):
        made(tmp_path, version)
    made(tmp_path, "0.3.0", "debian").rename(tmp_path / "other.tdupdate")
    made(tmp_path, "0.4.0", key=SigningKey(b"release1", bytes(32))).rename(tmp_path / "foreign.tdupdate")
    found = updates.find_updates(tmp_path)
    assert [one.facts.version for one in found if one.facts] == ["0.10.0", "0.2.0"]
    assert [one.refusal.code for one in found if one.refusal] == ["TD-ENV-062"]
    with pytest.raises(UserError, match="TD-ENV"):
        updates.find_updates(tmp_path / "none")


def test_a_set_up_that_does_not_start_is_told(tmp_path: Path) -> None:
    prepared = replace(updates.prepare(made(tmp_path)), command=(str(tmp_path / "none.exe"), "/UPDATE"))
    with pytest.raises(UserError) as refused:
        updates.start_setup(prepared)
    assert refused.value.code == "TD-ENV-080" and "thidua-0.2.0-setup.exe" in refused.value.remedy


def test_on_debian_the_package_before_is_the_way_back(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "platform_name", lambda: "debian")
    updates.prepare(made(tmp_path, platform="debian"), session)
    package = own_places.settings_folder() / updates.SETUPS / "thidua-desktop_0.1.0_amd64.deb"
    package.write_bytes(b"!<arch>\n")
    back = updates.way_back()
    assert back is not None and Path(back.setup) == package and back.backed_up is not None


def test_without_a_way_back_nothing_is_touched(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError) as none:
        updates.go_back()
    assert none.value.code == "TD-ENV-067"
    prepared = updates.prepare(made(tmp_path), session)
    (prepared.setup.parent / "thidua-0.1.0-setup.exe").write_bytes(b"MZ")
    session.close()
    assert prepared.backup is not None
    prepared.backup.unlink()
    before = session.file.path.read_bytes()
    with pytest.raises(UserError) as gone:
        updates.go_back()
    assert gone.value.code == "TD-ENV-068" and session.file.path.read_bytes() == before


def test_a_portable_program_is_not_updated_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "portable_folder", lambda: tmp_path)
    with pytest.raises(UserError) as refused:
        updates.prepare(made(tmp_path))
    assert refused.value.code == "TD-ENV-066"


def test_facts_outside_their_rule_are_not_written(tmp_path: Path) -> None:
    setup = tmp_path / "thidua-setup.exe"
    setup.write_bytes(CONTENT)
    facts = update.facts_of(setup, "0.2.0", "windows", CHANGES)
    for wrong in (replace(facts, file="../x.exe"), replace(facts, version="0.2"), replace(facts, platform="mac")):
        with pytest.raises(ValueError, match="rule"):
            update.write_update(setup, wrong, KEY, tmp_path / "x.tdupdate")


def test_the_program_holds_a_release_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert updates.release_keys()
    assert update.is_later("0.10.0", "0.9.9") and not update.is_later("0.2.0", "0.2.0")


def test_on_debian_the_program_comes_back_at_its_office_even_when_nothing_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "platform_name", lambda: "debian")
    told = tmp_path / "told"
    for name, script in (("pkexec", "exit 126"), ("thidua", f'printf "%s|" "$@" > "{told}"')):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    office = str(tmp_path / "xã Hòa Phú.thidua")
    subprocess.run(updates._command(tmp_path / "bản mới.deb", office), check=True)
    assert told.read_text(encoding="utf-8") == f"window|{office}|"
