"""Faults of definitions: a stable code, the file, the place inside it, a Vietnamese sentence of the error table."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.errors import error_table


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: ``code`` (TD-FORM-NNN), ``file`` relative to the definitions' folder, ``place`` (dotted), ``text``."""

    code: str
    file: str
    place: str
    text: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{self.code} [{where}] {self.text}"


class DefinitionFaults(Exception):
    """The definitions cannot be used; ``faults`` holds every fault found, in the order of the files."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


def fault(code: str, file: str, place: str, /, **values: object) -> Fault:
    """A fault with the sentence and remedy of ``code`` filled from ``values``."""
    row = error_table()[code]
    return Fault(code, file, place, f"{row.sentence} {row.remedy}".strip().format(**values))
