"""Every Python file keeps the house rules, and every rule notices when it is broken."""

from __future__ import annotations

import pytest

from tests.house import rules
from tests.house.tree import modules, parse

DOC = '"""What it is for."""\n'
BROKEN = [
    (rules.file_size, "thidua_desktop/a.py", DOC + "x = 1\n" * 600),
    (rules.function_size, "thidua_desktop/a.py", "def long() -> None:\n" + "    x = 1\n" * 60),
    (rules.function_size, "tests/unit/test_a.py", "def test_long() -> None:\n" + "    x = 1\n" * 40),
    (rules.ascii_names, "thidua_desktop/a.py", "số = 1\n"),
    (rules.telling_names, "thidua_desktop/store/utils.py", DOC),
    (rules.telling_names, "thidua_desktop/base/records.py", DOC),
    (rules.telling_names, "thidua_desktop/store/record_manager.py", DOC),
    (rules.no_leftovers, "thidua_desktop/a.py", "x = 1  # TO" + "DO: more\n"),
    (rules.no_leftovers, "thidua_desktop/a.py", "raise NotImplemented" + "Error\n"),
    (rules.no_leftovers, "tests/unit/test_a.py", "@pytest.mark.sk" + "ip\ndef test_a() -> None: ...\n"),
    (rules.no_print, "thidua_desktop/store/a.py", "print(1)\n"),
    (rules.no_layout_items, "thidua_desktop/ui/a.py", "x = layout.itemAt(0)\n"),
    (rules.safe_looks, "thidua_desktop/services/a.py", "try:\n    x = 1\nexcept OSError:\n    y = path.is_dir()\n"),
    (rules.stated_encoding, "thidua_desktop/a.py", "open(path)\n"),
    (rules.stated_encoding, "thidua_desktop/a.py", "open(path, 'w')\n"),
    (rules.stated_encoding, "thidua_desktop/a.py", "path.open('w')\n"),
    (rules.stated_encoding, "thidua_desktop/a.py", "path.read_text()\n"),
    (rules.stated_encoding, "thidua_desktop/a.py", "path.write_text(text)\n"),
    (rules.late_heavy_imports, "thidua_desktop/services/a.py", "import openpyxl\n"),
    (
        rules.late_heavy_imports,
        "thidua_desktop/cli.py",
        "try:\n    from reportlab.lib import colors\nfinally:\n    x = 1\n",
    ),
    (rules.docstrings, "thidua_desktop/a.py", "x = 1\n"),
    (rules.docstrings, "thidua_desktop/a.py", DOC + "def count() -> int:\n    return 1\n"),
    (rules.docstrings, "thidua_desktop/a.py", DOC + "class Store:\n    x = 1\n"),
]
KEPT = [
    (rules.no_print, "thidua_desktop/cli.py", "print(1)\n"),
    (rules.safe_looks, "thidua_desktop/ui/a.py", "with suppress(OSError):\n    x = [one.exists() for one in all]\n"),
    (rules.stated_encoding, "thidua_desktop/a.py", "path.open('rb')\nopen(path, 'wb')\ndialog.open()\n"),
    (rules.stated_encoding, "thidua_desktop/a.py", "path.write_text(text, encoding='utf-8')\ntarfile.open(path)\n"),
    (rules.late_heavy_imports, "thidua_desktop/cli.py", "def out() -> None:\n    import openpyxl\n"),
    (rules.late_heavy_imports, "thidua_desktop/cli.py", "if TYPE_CHECKING:\n    import openpyxl\n"),
    (rules.docstrings, "thidua_desktop/a.py", DOC + "def _own() -> int:\n    return 1\n"),
]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_tree_keeps_rule(rule: rules.Rule) -> None:
    findings = [finding for module in modules() for finding in rule(module)]
    assert not findings, (rule.__doc__ or "") + "\n" + "\n".join(findings)


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_rule_notices(rule: rules.Rule, path: str, text: str) -> None:
    assert list(rule(parse(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), KEPT)
def test_rule_lets_pass(rule: rules.Rule, path: str, text: str) -> None:
    assert not list(rule(parse(path, text)))
