"""What the program loads before it does anything: measured in a fresh process, so that indirect imports count too."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.rules import HEAVY
from tests.house.tree import ROOT, modules

NOT_NEEDED_TO_OPEN = {
    "thidua_desktop.domain.rules", "thidua_desktop.formdef.loader", "thidua_desktop.formdef.reading",
    "thidua_desktop.formdef.crosscheck", "thidua_desktop.store.undo", "thidua_desktop.store.migrations.adding",
    "thidua_desktop.store.merge", "thidua_desktop.store.record_versions", "thidua_desktop.store.package_traces",
}  # fmt: skip
"""What an office is opened and Hôm nay shown without: it comes with the first record, survey, undo or upgrade."""

COMES_WITH_THE_LINES = {
    "thidua_desktop.services.handoff.receipts", "thidua_desktop.services.handoff.incoming",
    "thidua_desktop.services.report_checks.told", "thidua_desktop.services.reports.build",
    "thidua_desktop.services.standing", "thidua_desktop.services.surveys", "thidua_desktop.sync.receipt",
    "thidua_desktop.charts.model", "thidua_desktop.services.today", "thidua_desktop.services.safety",
    "thidua_desktop.services.due", "thidua_desktop.services.people", "thidua_desktop.services.recovery",
    "thidua_desktop.services.backups", "thidua_desktop.services.report_periods", "thidua_desktop.domain.periods",
    "thidua_desktop.services.reports.unrecorded", "thidua_desktop.ui.pages.today.lines",
    "thidua_desktop.ui.pages.today.areas_card", "thidua_desktop.ui.pages.today.figures_card",
    "thidua_desktop.ui.pages.today.parts_card", "thidua_desktop.ui.pages.today.targets_card",
}  # fmt: skip
"""What the lines and figures of Hôm nay need: they are read on another thread when the page has been painted."""

READ_WITH_THE_LINES = {"thidua_desktop.domain.rules", "thidua_desktop.charts.layout", "thidua_desktop.charts.grid_map"}
"""What even the lines and figures do without: some twenty modules of rules, and charts of other pages."""

MOST_DATA_CLASSES = 25
"""What an office is opened with makes so many classes by ``dataclass``, half a millisecond each; plain values are
``NamedTuple``, a fifth of that."""


OPENING = [
    "thidua_desktop.services.offices", "thidua_desktop.ui.desk.start", "thidua_desktop.ui.desk.desk",
    "thidua_desktop.ui.pages.today.page",
]  # fmt: skip
"""What an office is opened and first painted with."""


def loaded_by(names: list[str]) -> set[str]:
    """The top-level modules present after importing the named ones in a new Python."""
    return {name.partition(".")[0] for name in modules_after(names)}


def modules_after(names: list[str]) -> set[str]:
    """Every module present after importing the named ones in a new Python."""
    return after(names, "print(*sys.modules)")


def after(names: list[str], told: str) -> set[str]:
    """The words that a new Python tells after importing the named modules."""
    code = f"import sys, importlib\nfor name in {names!r}: importlib.import_module(name)\n{told}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def names_under(*prefixes: str) -> list[str]:
    """Dotted names of the program's modules under some paths."""
    paths = [module.path for module in modules() if module.path.startswith(prefixes)]
    return [path.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".") for path in paths]


@pytest.mark.parametrize("prefix", ["thidua_desktop/services/", "thidua_desktop/cli"])
def test_no_heavy_library_is_loaded_at_start(prefix: str) -> None:
    assert not loaded_by(names_under(prefix)) & HEAVY


def test_nothing_below_ui_loads_qt() -> None:
    above = ("thidua_desktop.ui", "thidua_desktop.app", "thidua_desktop.__main__")
    names = [name for name in names_under("thidua_desktop/") if not name.startswith(above)]
    assert not loaded_by(names) & {"PySide6", "shiboken6"}


def test_opening_an_office_loads_no_rules_and_no_reading_of_definitions() -> None:
    assert not modules_after(OPENING) & (NOT_NEEDED_TO_OPEN | COMES_WITH_THE_LINES)


def test_what_hom_nay_says_needs_no_rules_and_no_charts_of_other_pages() -> None:
    cards = [f"thidua_desktop.ui.pages.today.{name}" for name in ("lines", "areas_card", "figures_card", "parts_card")]
    read = ["thidua_desktop.services.standing", "thidua_desktop.services.assessments.overview"]
    small = ["thidua_desktop.ui.components.small_chart"]
    assert not modules_after([*OPENING, *cards, *read, *small]) & READ_WITH_THE_LINES


def test_opening_an_office_makes_few_data_classes() -> None:
    told = (
        "import inspect\n"
        "for name, module in list(sys.modules.items()):\n"
        "    for one in vars(module).values() if name.startswith('thidua_desktop') else ():\n"
        "        if inspect.isclass(one) and one.__module__ == name and hasattr(one, '__dataclass_fields__'):\n"
        "            print(f'{name}.{one.__name__}')\n"
    )
    found = after(OPENING, told)
    assert "thidua_desktop.formdef.model.RegisterSpec" in found
    assert len(found) <= MOST_DATA_CLASSES, sorted(found)


def test_the_window_that_asks_for_a_password_loads_no_desk_and_no_store() -> None:
    first = ["thidua_desktop.app", "thidua_desktop.ui.desk.start", "thidua_desktop.ui.unlock.window"]
    later = {"thidua_desktop.ui.desk.desk", "thidua_desktop.services.offices", "thidua_desktop.store.office_file"}
    assert not modules_after(first) & {*NOT_NEEDED_TO_OPEN, *later}


def test_a_heavy_library_would_be_noticed() -> None:
    assert "openpyxl" in loaded_by(["openpyxl"]) & HEAVY
