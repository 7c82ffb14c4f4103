"""What an office file holds, without what only its own machine knows: for telling whether two files are equal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from thidua_desktop.formdef.travel import package_row
from thidua_desktop.services.session import Session
from thidua_desktop.store.cells import canonical_json


def records_of(session: Session, registers: Iterable[str] | None = None, office: str | None = None) -> dict[str, str]:
    """Everything of every record, tombstones included, by "register id"; without local numbers, times and persons."""
    found: dict[str, str] = {}
    for name in registers if registers is not None else session.definitions.registers.keys() - session.closed:
        for record in session.file.records.plain_changed_since(name, 0):
            if office in (None, record.office):
                plain = {} if record.deleted else dict(record.plain)
                row = [record.office, record.revision, record.deleted, plain]
                found[f"{name} {record.id}"] = canonical_json(row)
    return found


def travelling_of(session: Session, office: str) -> dict[str, str]:
    """What a commune and its province must both have of that commune's records; what only the commune knows is left."""
    found: dict[str, str] = {}
    for name, spec in session.definitions.registers.items():
        if spec.travels != "full":
            continue
        for record in session.file.records.plain_changed_since(name, 0):
            if record.office == office:
                plain = {} if record.deleted else package_row(spec, record.plain)
                found[f"{name} {record.id}"] = canonical_json([record.revision, record.deleted, plain])
    return found


def reports_of(session: Session) -> list[tuple[str, str, str]]:
    """The closed reports as they count now."""
    return [
        (report, period, canonical_json(session.file.reports.last_figures(report, period)))
        for report, period, _ in session.file.reports.all_frozen()
    ]


def digest_of(session: Session) -> str:
    """One digest over all registers and closed reports."""
    facts = [sorted(records_of(session).items()), reports_of(session)]
    return hashlib.sha256(canonical_json(facts).encode()).hexdigest()
