"""The set-up installs what the project asks for, at one version on every machine, and says what it cannot do."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.tree import ROOT


def pinned() -> dict[str, str]:
    """Normalised name and version of every line of the lock."""
    lines = (ROOT / "installer" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        requirement = line.partition(";")[0].strip()
        if requirement and not requirement.startswith("#"):
            name, version = requirement.split("==")
            found[normal(name)] = version
    return found


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture
def set_up() -> ModuleType:
    """The set-up script as a module."""
    spec = importlib.util.spec_from_file_location("setup_dev", ROOT / "installer" / "setup_dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_lock_holds_every_requirement_at_its_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in project["dependencies"] + project["optional-dependencies"]["dev"]:
        name, _, version = requirement.partition("==")
        assert normal(name) in pinned()
        assert version in {"", pinned()[normal(name)]}, requirement


def test_every_pin_has_hashes_and_nothing_else_has() -> None:
    """What is installed is what was locked, byte for byte: no index and no mirror can hand out something else."""
    content = (ROOT / "installer" / "hashes.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    hashed = {}
    for line in content.splitlines():
        requirement, *hashes = re.split(r"\s+--hash=sha256:", line.strip())
        name, version = requirement.partition(";")[0].strip().split("==")
        assert hashes and all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes), name
        hashed[normal(name)] = version
    assert hashed == pinned()


def test_only_hashed_files_are_installed(set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(set_up, "pip", lambda _python, *arguments: asked.append(arguments))
    monkeypatch.setattr(set_up, "version_of", lambda _python: set_up.ALLOWED[0])
    monkeypatch.setattr(set_up, "STAMP", tmp_path / "stamp")
    set_up.make_environment()
    assert "--require-hashes" in asked[0] and str(set_up.HASHES) in asked[0]
    assert asked[1][-2:] == ("-e", str(set_up.ROOT)) and len(asked) == 2


def test_exactly_one_sqlcipher() -> None:
    assert [name for name in pinned() if "sqlcipher" in name or name == "pysqlite3"] == ["sqlcipher3"]


def test_this_python_is_allowed(set_up: ModuleType) -> None:
    assert set_up.version_of(sys.executable) == sys.version_info[:2]
    assert sys.version_info[:2] in set_up.ALLOWED


def test_what_is_no_python_has_no_version(set_up: ModuleType) -> None:
    assert set_up.version_of(ROOT / "no-such-python") is None
    assert set_up.version_of("false") is None


def test_changed_lock_asks_for_a_new_set_up(
    set_up: ModuleType, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set_up.fingerprint()
    other = tmp_path_factory.mktemp("lock") / "requirements.lock"
    other.write_text("click==1.0\n", encoding="utf-8")
    monkeypatch.setattr(set_up, "LOCK", other)
    assert set_up.fingerprint() != before
    assert not set_up.is_ready()


def test_missing_libraries_are_named_with_their_command(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up.sys, "platform", "linux")
    monkeypatch.setattr(set_up, "library_loads", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(set_up.shutil, "which", lambda name: None if name in {"age", "sudo", "apt-get"} else name)
    with pytest.raises(set_up.SetupError, match=r"sudo apt-get .* libegl1$"):
        set_up.check_system(for_tests=True)
    assert re.search(r"sudo apt-get .* age$", capsys.readouterr().out, re.MULTILINE)


def test_missing_network_is_told_as_such(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 1, stdout=b"ERROR: No matching distribution found for click==8.5.1\n")
    monkeypatch.setattr(set_up.subprocess, "run", lambda *args, **kwargs: answer)
    with pytest.raises(set_up.SetupError, match="không có mạng"):
        set_up.pip("python", "install", "click")
