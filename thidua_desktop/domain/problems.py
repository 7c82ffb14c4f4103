"""Problems found in data: values, never exceptions, so that a form can show all of them beside their fields."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

_ROW = re.compile(r"\[(\d+)\]")


class Severity(StrEnum):
    """How much a problem weighs when a record is saved."""

    ERROR = "error"  # the record is not saved
    WARNING = "warning"  # saved only with a reason written by the officer
    HINT = "hint"  # shown, asks for nothing


class Problem(NamedTuple):
    """One finding: ``code`` (TD-DATA-NNN), ``field`` (name, ``list[3].name`` in child rows, or ""), text, severity.

    The text never names the child row: who shows it knows how the row is counted there.
    ``remedy``: the code that a choice would be right with, and its label, where the finding knows it; the form offers
    it by one key.
    """

    code: str
    field: str
    text: str
    severity: Severity = Severity.ERROR
    remedy: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """Which finding it is among those of one record: a code is found at each field once."""
        return f"{self.code} {self.field}".rstrip()

    @property
    def row(self) -> int | None:
        """The place of the child row that it is about, from 0; None for what is about no single row."""
        found = _ROW.search(self.field)
        return int(found[1]) if found else None


def blocking(problems: list[Problem]) -> list[Problem]:
    """The problems that forbid saving whatever the reason."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
