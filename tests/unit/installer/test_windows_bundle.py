"""What goes into the Windows set-up is pinned, complete and trimmed of nothing that the program imports."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

import pytest

from installer import bundle
from installer.windows import build, lock, rehearsal
from thidua_desktop import __version__
from thidua_desktop.sync import update

ROOT = bundle.ROOT


def test_every_wheel_has_the_pin_of_the_lock_and_a_hash() -> None:
    pins = lock.pins()
    wheels = bundle.read_wheels_lock(lock.LOCK)
    assert {one.name: one.version for one in wheels} == {name: pins[name] for name in lock.closure(lock.WINDOWS)}
    assert len({one.sha256 for one in wheels}) == len(wheels)


def test_a_wheel_without_a_hash_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wheels.lock"
    path.write_text("# ghi chú\npillow==13.0.0\n", encoding="utf-8")
    with pytest.raises(bundle.BuildError, match=r"pillow==13\.0\.0"):
        bundle.read_wheels_lock(path)


def test_the_module_for_every_import_of_qt_stays() -> None:
    kept = set(tomllib.loads(bundle.LEFT_OUT.read_text(encoding="utf-8"))["pyside"]["modules"])
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "thidua_desktop").rglob("*.py"))
    used = {name for text in texts for name in re.findall(r"(?:from|import) PySide6\.(\w+)", text)}
    assert used <= kept, used - kept


def test_trimming_takes_what_is_named_and_never_our_own() -> None:
    assert bundle.left_out_by("lxml/etree.h", ["*.h"]) == "*.h"
    assert bundle.left_out_by("lxml/etree.pyd", ["*.h"]) is None
    assert bundle.left_out_by("resources/tests/x.h", ["*.h"]) is None
    assert bundle.left_out_by("forms/registers/x.toml", ["*"]) is None


def test_trimming_tells_what_went(tmp_path: Path) -> None:
    for name in ("PySide6/QtGui.pyd", "PySide6/QtQuick.pyd", "PySide6/Qt6Quick.dll", "lxml/a.h", "lxml/a.pyd"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"12345")
    assert bundle.trim(tmp_path) == {"PySide6": 10, "*.h": 5}
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"QtGui.pyd", "a.pyd"}


def test_a_second_build_has_its_files_in_the_same_order_and_of_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tmp_path / "pkgs"
    for name in ("b/z.py", "b/a.py", "a/một.py", "c/d/e.py"):
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        (part / name).touch()
    assert bundle.files_of(part) == [("pkgs/a", ["một.py"]), ("pkgs/b", ["a.py", "z.py"]), ("pkgs/c/d", ["e.py"])]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    bundle.date_all(tmp_path, bundle.made_at())
    assert {path.stat().st_mtime for path in (tmp_path, *tmp_path.rglob("*"))} == {1_700_000_000.0}
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert bundle.made_at() == int(bundle.run("git", "log", "-1", "--format=%ct"))


def test_the_configuration_names_all_parts(tmp_path: Path) -> None:
    wheels = [tmp_path / "a-1-py3-none-any.whl", tmp_path / "b-2-py3-none-any.whl"]
    icon = tmp_path / "thidua.ico"
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.read_string(build.configuration("1.2.3", wheels, [tmp_path / "thidua.exe", icon], "x.exe", tmp_path))
    assert parsed["Application"]["version"] == "1.2.3"
    assert parsed["Include"]["local_wheels"].split() == [str(wheel) for wheel in wheels]
    assert parsed["Include"]["files"].splitlines()[-1] == f"{icon} > $INSTDIR"


def test_the_version_stands_in_one_place() -> None:
    assert bundle.program_version() == __version__
    assert "version" not in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_earlier_program_of_a_rehearsal_is_that_of_its_commit(tmp_path: Path) -> None:
    bundle.copy_own_files(tmp_path, "HEAD")
    listed = bundle.run("git", "ls-tree", "-r", "--name-only", "HEAD", *bundle.OWN_FOLDERS, *bundle.OWN_FILES)
    copied = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(copied) == sorted(listed.splitlines())
    bundle.call_it(tmp_path, rehearsal.version_before())
    text = (tmp_path / "thidua_desktop" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{rehearsal.version_before()}"' in text
    assert update.is_later(bundle.program_version(), rehearsal.version_before())
