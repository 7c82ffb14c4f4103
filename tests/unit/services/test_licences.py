"""Every package of the locks, fonts, icons and Python itself come with their licence text, in one file."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer.debian import build as debian
from installer.windows import lock
from thidua_desktop.services import licences
from thidua_desktop.services.licences import LicenceText

ONLY_ON_WINDOWS = {"colorama"}


def test_every_package_that_is_shipped_has_its_licence() -> None:
    shipped = {*lock.closure(lock.WINDOWS), *lock.closure(debian.LINUX)} - ONLY_ON_WINDOWS
    without = [name for name in shipped if len(licences.of_distribution(distribution(name)).text) < 300]
    assert not without


def test_what_is_no_package_has_its_licence() -> None:
    found = {one.name: one for one in licences.licences()}
    for name in ("thidua_desktop", "Python", "Lucide", "Noto Sans", "Liberation Serif", "OpenSSL", "NSIS", "MinGW-w64"):
        assert len(found[name].text) > 300, name
    assert "SIL OPEN FONT LICENSE" in found["Noto Sans"].text.upper()


def test_qt_comes_with_its_licence_and_what_is_inside() -> None:
    text = licences.of_distribution(distribution("PySide6-Essentials")).text
    for part in ("GNU LESSER GENERAL PUBLIC LICENSE", "GNU GENERAL PUBLIC LICENSE", "FreeType Project", "HarfBuzz"):
        assert part in text


def test_the_file_reads_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [LicenceText("một 1.0", "MIT", "Chữ\n\n====\nchữ"), LicenceText("hai 2.0", "", "x")]
    (tmp_path / licences.FILE).write_text(licences.compose(given), encoding="utf-8")
    monkeypatch.setattr(licences, "program_root", lambda: tmp_path)
    assert licences.licences() == given


def test_a_build_without_lists_of_files_finds_the_same(tmp_path: Path) -> None:
    info = tmp_path / "Small_Part-1.2.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: small-part\nVersion: 1.2\nLicense-Expression: MIT\n", encoding="utf-8"
    )
    (info / "licenses" / "COPYING").write_text("Permission is granted", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("own", encoding="utf-8")
    found = {one.name: one for one in licences.collect(tmp_path, tmp_path / "none")}
    assert found["small-part 1.2"] == LicenceText("small-part 1.2", "MIT", "Permission is granted")
    assert found["Python"].text == "" and found["thidua_desktop"].text == "own"
