"""Handing over: making a package and merging one, against the standard parts alone."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import uuid_utils

from tests.benchmarks.made_offices import ACTIVITY, CLOCK, Offices, activities, area_ids, both, fill
from tests.benchmarks.measure import Measurement
from thidua_desktop.formdef.records import plain_values
from thidua_desktop.services.handoff import cards, outgoing
from thidua_desktop.store.cells import plain_of
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.store.record_versions import VersionLine
from thidua_desktop.sync.versions import Write, unknown_origin, version_json

SIZES = (1_000, 10_000, 100_000)


@dataclass(slots=True)
class Handover:
    """Two offices, and the records that travel as plain values."""

    offices: Offices
    lines: list[dict[str, object]]
    rows: list[Record]
    folder: Path
    number: count[int] = field(default_factory=lambda: count(1))


def handover(size: int, folder: Path) -> Handover:
    """A commune with ``size`` changes to hand over."""
    offices = both(folder)
    here = offices.commune
    fill(here, ACTIVITY, activities(area_ids(here)), size)
    spec = here.register(ACTIVITY)
    rows = list(here.file.records.every(ListQuery(ACTIVITY)))
    lines: list[dict[str, object]] = [
        {"id": row.id, "office": row.office, "revision": 1, "values": plain_values(spec, row.values)} for row in rows
    ]
    stick = offices.folder / "stick"
    stick.mkdir()
    return Handover(offices, lines, rows, stick)


def make(state: Handover) -> int:
    """A package on the stick, read back."""
    return outgoing.make_package(state.offices.commune, state.folder).size


def standard_parts(state: Handover) -> int:
    """json, zstd and age, nothing else."""
    import pyrage
    from zstandard import ZstdCompressor

    recipients = [pyrage.x25519.Recipient.from_str(one) for one in cards.recipients(state.offices.commune)]
    plain = "\n".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for line in state.lines
    )
    out = io.BytesIO()
    pyrage.encrypt_io(io.BytesIO(ZstdCompressor(level=3).compress(plain.encode())), out, recipients)
    return out.tell()


def merge(state: Handover) -> int:
    """The same records under new ids, merged: log, chain, search and all."""
    file, office = state.offices.province.file, state.offices.commune.file.identity.code
    lines = (
        RecordLine(register=ACTIVITY, id=str(uuid_utils.uuid7()), office=office, revision=1, values=line["values"])  # type: ignore[arg-type]
        for line in state.lines
    )
    return file.merge(lines, office, f"gói {next(state.number)}", actor="khoa", now=CLOCK.now()).new


def exchange(state: Handover) -> int:
    """The same records under new ids, merged as those of a second machine are: with how each stands."""
    file, office = state.offices.province.file, state.offices.commune.file.identity.code
    write = Write("2026-11-16T08:30:00+07:00", "khoa")
    lines = (
        VersionLine(
            RecordLine(register=ACTIVITY, id=str(uuid_utils.uuid7()), office=office, revision=1, values=line["values"]),  # type: ignore[arg-type]
            version_json(unknown_origin(1, line["values"], True, write)),  # type: ignore[arg-type]
            False,
        )
        for line in state.lines
    )
    return file.merge_versions(lines, f"gói {next(state.number)}", actor="khoa", now=CLOCK.now()).new


def insert(state: Handover) -> int:
    """Raw inserts of the same rows into the same table and its indexes."""
    database = state.offices.province.file._database
    table = database.table(ACTIVITY)
    with database.atomic():
        for row in state.rows:
            cells = table.parameters(row, plain_of(table.spec, row.values), 0, None)
            cells[0] = str(uuid_utils.uuid7())
            database.connection.execute(table.insert, cells)
    return len(state.rows)


def close(state: Handover) -> None:
    """Close both offices."""
    state.offices.close()


MEASUREMENTS = (
    Measurement("make a package", 1.5, handover, make, standard_parts, "json+zstd+age", SIZES, 1, close),
    Measurement("merge records", 3.0, handover, merge, insert, "raw inserts", SIZES, 1, close),
    Measurement("merge of a second machine", 4.0, handover, exchange, insert, "raw inserts", SIZES, 1, close),
)
