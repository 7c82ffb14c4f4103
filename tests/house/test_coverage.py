"""docs/coverage.md says where each of the eighteen works lives; nothing in it may be untrue or missing."""

from __future__ import annotations

import re
from functools import cache

from tests.house.tree import ROOT
from thidua_desktop.formdef.loader import load_definitions

PAGE = ROOT / "docs" / "coverage.md"
ITEMS = 18


@cache
def rows() -> list[list[str]]:
    """The cells of the table's rows."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| \d+\. ", line)]


def names(cell: str) -> set[str]:
    """The names in backticks."""
    return set(re.findall(r"`([a-z0-9_]+)`", cell))


def test_all_items_stand_in_their_order() -> None:
    assert [int(row[0].partition(".")[0]) for row in rows()] == list(range(1, ITEMS + 1))


def test_every_register_has_its_item_and_no_other_is_named() -> None:
    assert set().union(*(names(row[1]) for row in rows())) == set(load_definitions().registers)


def test_every_report_and_set_of_criteria_has_its_item() -> None:
    definitions = load_definitions()
    assert set().union(*(names(row[2]) for row in rows())) == {*definitions.reports, *definitions.assessments}


def test_every_picture_is_there() -> None:
    for row in rows():
        (place,) = re.findall(r"\]\(([^)]+)\)", row[4])
        assert (PAGE.parent / place).read_bytes().startswith(b"\x89PNG"), place
