"""Prints how large files and functions are beside the aims of ARCHITECTURE.md; the hard limits are in rules.py."""

from __future__ import annotations

import statistics

import pytest

from tests.house.tree import length, modules

AIMS = {"file": (150, 450, 600), "function": (8, 40, 60)}


def spread(sizes: list[int]) -> tuple[int, int, int]:
    """Median, 95th percentile and maximum."""
    ranked = sorted(sizes)
    return round(statistics.median(ranked)), ranked[max(0, -(-len(ranked) * 95 // 100) - 1)], ranked[-1]


def table() -> str:
    """Sizes of the program and of its tests, and how much test there is per line of program."""
    lines = [f"{'':<22}{'count':>7}{'median':>8}{'p95':>6}{'max':>6}   aim"]
    totals = {}
    for name, folder in (("program", "thidua_desktop/"), ("tests", "tests/")):
        chosen = [module for module in modules() if module.path.startswith(folder)]
        files = [module.text.count("\n") for module in chosen if module.text.strip()]
        functions = [length(node) for module in chosen for node in module.functions()]
        totals[name] = sum(files)
        for kind, sizes in (("file", files), ("function", functions)):
            row = "".join(f"{value:>{width}}" for value, width in zip(spread(sizes), (8, 6, 6), strict=True))
            lines.append(f"{name + ' ' + kind:<22}{len(sizes):>7}{row}   {' / '.join(map(str, AIMS[kind]))}")
    ratio = totals["tests"] / totals["program"]
    return "\n".join(
        [*lines, f"lines: program {totals['program']}, tests {totals['tests']}, ratio {ratio:.2f} (aim 1.0-1.5)"]
    )


def test_sizes_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print("\n" + table())


def test_spread_of_known_sizes() -> None:
    assert spread(list(range(1, 101))) == (50, 95, 100)
    assert spread([7]) == (7, 7, 7)
