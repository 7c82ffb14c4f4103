"""``python -m tests.migration_text REGISTER …``: the statements of registers' tables, to be pasted into a migration.

A migration holds them literally and is frozen once released; this only saves the typing.
"""

from __future__ import annotations

import sys
import textwrap

from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.store.register_table import creation_statements

WIDTH = 110


def statement_text(statement: str) -> str:
    """One statement as a Python literal, lines no longer than the house allows."""
    lines = [
        "\n  ".join(textwrap.wrap(line, WIDTH, break_long_words=False)) if line.startswith("CREATE INDEX") else line
        for line in statement.splitlines()
    ]
    return '    """' + "\n".join(lines) + '""",'


def main(names: list[str]) -> int:
    """Print the statements of the named registers."""
    registers = load_definitions().registers
    for name in names:
        for statement in creation_statements(registers[name]):
            print(statement_text(statement))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
