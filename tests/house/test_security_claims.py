"""docs/security.md promises nothing that no test holds, and its table of roles is the program's."""

from __future__ import annotations

import re

from tests.house.tree import ROOT
from thidua_desktop.services.session import PERMISSIONS, Permission, Role

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROLES = (Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR, Role.PROVINCE)


def test_every_claim_names_tests_that_are_there() -> None:
    part = TEXT.partition("## Điều hứa và phép thử")[2].partition("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) > 12
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert named, row
        for path in named:
            assert (ROOT / path).is_file() and "def test_" in (ROOT / path).read_text(encoding="utf-8"), path


def test_the_table_of_roles_is_the_programs() -> None:
    rows = re.findall(r"\(`(\w+)`\) \| (.*) \|", TEXT)
    assert [name for name, _ in rows] == [one.value for one in Permission]
    for name, cells in rows:
        told = [cell.strip() == "có" for cell in cells.split(" | ")]
        assert told == [Permission(name) in PERMISSIONS[role] for role in ROLES], name
