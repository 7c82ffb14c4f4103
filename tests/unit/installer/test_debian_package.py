"""The Debian package's own files: facts, menu entry, kinds of files, man page."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from xml.etree import ElementTree

from installer import bundle
from installer.debian import build
from installer.windows import lock
from thidua_desktop.app import OPENED


def test_the_menu_entry_opens_every_kind_of_file() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(build.desktop_entry())
    kinds = entry["Desktop Entry"]["MimeType"].strip(";").split(";")
    names = {element.get("type") for element in ElementTree.fromstring(build.mime_types())}
    assert names == set(kinds)
    assert {f".{kind.partition('x-')[2]}" for kind in kinds} == set(OPENED)


def test_windows_associates_kinds_that_the_program_opens() -> None:
    script = (bundle.ROOT / "installer" / "windows" / "setup.nsi").read_text(encoding="utf-8")
    made = {f".{ending}": title for ending, title in re.findall(r'Associate "(\w+)" "\w+" "([^"]+)"', script)}
    assert made == OPENED
    assert {f".{ending}" for ending in re.findall(r'insertmacro Dissociate "(\w+)"', script)} == set(OPENED)


def test_control_names_pythons_that_have_wheels() -> None:
    fields = dict(line.split(": ", 1) for line in build.control("1.2.3", 7).splitlines() if ": " in line)
    assert fields["Version"] == "1.2.3" and fields["Installed-Size"] == "7"
    assert f"python3 (>= {build.PYTHONS[0]})" in fields["Depends"]
    assert "python3 (<< 3.14)" in fields["Depends"] and build.PYTHONS[-1] == "3.13"


def test_the_one_lock_has_the_hash_of_every_wheel_that_is_shipped() -> None:
    lines = lock.locked()
    shipped = {*lock.closure(lock.WINDOWS), *lock.closure(build.LINUX)}
    assert all("--hash=sha256:" in line for line in lines.values()) and shipped <= lines.keys()
    for wheel in bundle.read_wheels_lock(lock.LOCK):
        assert f"--hash=sha256:{wheel.sha256}" in lines[wheel.name], wheel.name


def test_a_rehearsal_changes_the_version_of_the_copy_alone(tmp_path: Path) -> None:
    bundle.copy_own_files(tmp_path)
    bundle.call_it(tmp_path, "9.8.7")
    text = (tmp_path / "thidua_desktop" / "__init__.py").read_text(encoding="utf-8")
    assert '__version__ = "9.8.7"' in text
    assert bundle.program_version() != "9.8.7"
