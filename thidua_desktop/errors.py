"""Errors that a person sees: a stable code, what happened, and what to do next.

The texts stand in one table, ``resources/errors.toml``; code raises only codes and values. Problems with *data*
are not exceptions: see ``domain.problems``.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from thidua_desktop.paths import resource_path


class ErrorText(NamedTuple):
    """One row of the error table: ``sentence`` says what happened, ``remedy`` what to do; both may hold {names}."""

    code: str
    sentence: str
    remedy: str


@cache
def error_table() -> dict[str, ErrorText]:
    """All rows of ``resources/errors.toml`` by code."""
    import tomllib

    with resource_path("errors.toml").open("rb") as stream:
        rows = tomllib.load(stream)
    return {code: ErrorText(code, row["sentence"], row["remedy"]) for code, row in rows.items()}


class UserError(Exception):
    """A request that cannot be done, told to the person who made it.

    ``code`` must stand in the error table; ``values`` fill the placeholders of its sentence and remedy.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @property
    def sentence(self) -> str:
        """What happened, in Vietnamese."""
        return error_table()[self.code].sentence.format(**self.values)

    @property
    def remedy(self) -> str:
        """What the person can do next, in Vietnamese."""
        return error_table()[self.code].remedy.format(**self.values)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence} {self.remedy}".rstrip()
