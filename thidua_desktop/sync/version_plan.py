"""What taking records of another installation of the same office would do, line by line, without doing it. Pure.

Unlike the one-way rule of ``merge_plan`` both sides may have written: their versions are merged field by field, and
what cannot be merged is a conflict that stays in the merged version until people decide it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from thidua_desktop.sync.members import RecordLine
from thidua_desktop.sync.merge_plan import BATCH, Fit, LineReader, Outcome, PlanEntry
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.versions import EMPTY, Version, is_newer, merged


class Meeting(StrEnum):
    """What becomes of one record when two installations exchange it."""

    NEW = "new"
    TAKEN = "taken"  # only the other installation has written since
    DELETED = "deleted"
    MERGED = "merged"  # both have, in different fields
    CONFLICT = "conflict"  # both have, and people must decide
    UNCHANGED = "unchanged"  # everything that it says is known here
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One line's fate; ``version`` is what stands here afterwards (None for SET_ASIDE). ``reason`` as in PlanEntry."""

    register: str
    meeting: Meeting
    record: RecordLine | None
    version: Version | None = None
    reason: Refusal | None = None


Versions: TypeAlias = Callable[[str, Sequence[str]], Mapping[str, Version | None]]
"""(register, up to BATCH ids) -> the version here, by id; None for one that was erased here for good."""


def plan_versions(
    lines: Iterable[tuple[str, bytes]],
    here: Versions,
    registers: Iterable[str],
    fit: Fit,
    settled: Mapping[str, Collection[str]],
) -> Iterator[VersionEntry]:
    """The fate of every record line of a package between two installations of one office, in its order.

    ``settled``: by register the fields that are never a conflict. Never raises for a bad line.
    """
    reader = LineReader(None, frozenset(registers), fit)
    batch: list[PlanEntry] = []
    for register, line in lines:
        if batch and (register != batch[0].register or len(batch) >= BATCH):
            yield from _decided(batch, here, settled)
            batch = []
        batch.append(reader.read(register, line))
    yield from _decided(batch, here, settled)


def _decided(
    batch: Sequence[PlanEntry], here: Versions, settled: Mapping[str, Collection[str]]
) -> Iterator[VersionEntry]:
    ids = [entry.record.id for entry in batch if entry.record and entry.outcome is not Outcome.SET_ASIDE]
    known = here(batch[0].register, ids) if ids else {}
    for entry in batch:
        if entry.record is None or entry.outcome is Outcome.SET_ASIDE:
            yield VersionEntry(entry.register, Meeting.SET_ASIDE, entry.record, reason=entry.reason)
            continue
        yield _met(entry.register, entry.record, known.get(entry.record.id, EMPTY), settled.get(entry.register, ()))


def _met(register: str, record: RecordLine, known: Version | None, settled: Collection[str]) -> VersionEntry:
    if record.version is None:
        reason = Refusal(Code.ASIDE_NO_VERSION, register=register, record=record.id)
        return VersionEntry(register, Meeting.SET_ASIDE, record, reason=reason)
    if known is None:
        reason = Refusal(Code.ASIDE_ERASED, register=register, record=record.id)
        return VersionEntry(register, Meeting.SET_ASIDE, record, reason=reason)
    if not is_newer(record.version, known):
        return VersionEntry(register, Meeting.UNCHANGED, record, known)
    together = merged(known, record.version)
    if together.conflicts(settled):
        meeting = Meeting.CONFLICT
    elif is_newer(known, record.version):
        meeting = Meeting.MERGED
    elif not together.living:
        meeting = Meeting.DELETED
    else:
        meeting = Meeting.NEW if known is EMPTY else Meeting.TAKEN
    return VersionEntry(register, meeting, record, together)
