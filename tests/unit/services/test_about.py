"""What the program is made of."""

from __future__ import annotations

from importlib.metadata import version

from thidua_desktop.services import about


def test_every_part_has_the_version_that_is_installed() -> None:
    told = {part.name: part.version for part in about.components()}
    for name, package, _licence in about._PARTS:
        assert told[name] == version(package) != "", package


def test_a_part_that_is_not_there_has_no_version() -> None:
    assert about._version("no-such-package") == ""
