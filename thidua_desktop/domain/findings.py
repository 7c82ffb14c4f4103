"""One way to make a finding about a record: its sentence comes from the error table, never from a rule's code."""

from __future__ import annotations

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.errors import error_table
from thidua_desktop.text import upper_first


def finding(code: str, field: str, severity: Severity = Severity.ERROR, **values: object) -> Problem:
    """The problem ``code`` (TD-DATA-NNN) at ``field``, with the table's sentence and remedy filled from ``values``.

    Raises KeyError when the code has no row in ``resources/errors.toml`` or a placeholder has no value.
    """
    row = error_table()[code]
    text = f"{row.sentence} {row.remedy}".format_map(values).strip()
    return Problem(code, field, upper_first(text), severity)
