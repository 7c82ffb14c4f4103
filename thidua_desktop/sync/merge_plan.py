"""What merging a package would do, line by line, without doing it. Pure: what is here comes in through a lookup.

The rule for one record: the higher revision wins; the same revision with the same content is the same; the same
revision with other content is a conflict that people decide. So order and repetition of packages do not matter.
Deleted records stay as tombstones with their revision, otherwise an older package would bring them back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from thidua_desktop.sync.members import MemberError, RecordLine, content_hash, record_line
from thidua_desktop.sync.refusals import Code, Refusal

BATCH = 500


class Outcome(StrEnum):
    """What becomes of one record line."""

    NEW = "new"
    CHANGED = "changed"
    DELETED = "deleted"
    UNCHANGED = "unchanged"  # the same or a higher revision is here
    CONFLICT = "conflict"  # same revision, other content
    SET_ASIDE = "set_aside"  # does not fit; kept with its reason, the rest goes on


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """What is here of a record, tombstones included. ``content``: ``members.content_hash`` of its state."""

    office: str
    revision: int
    content: str


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One line's fate. ``record`` is None only for a line that cannot be read; ``line`` is the line as signed.

    ``reason`` (code, words) is given only for SET_ASIDE. ``known`` is what is here, None when nothing is.
    """

    register: str
    outcome: Outcome
    line: bytes
    record: RecordLine | None
    known: KnownRecord | None = None
    reason: Refusal | None = None


@dataclass(slots=True)
class PlanSummary:
    """Counts per register and outcome, grown by ``add`` while a plan is walked."""

    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)

    def add(self, entry: PlanEntry) -> None:
        """Count one entry."""
        self.counts.setdefault(entry.register, Counter())[entry.outcome] += 1

    def total(self, outcome: Outcome) -> int:
        """Number of lines of all registers with this outcome."""
        return sum(counter[outcome] for counter in self.counts.values())

    @classmethod
    def of(cls, entries: Iterable[PlanEntry]) -> PlanSummary:
        """Of a whole plan; consumes the iterable."""
        summary = cls()
        for entry in entries:
            summary.add(entry)
        return summary


Lookup: TypeAlias = Callable[[str, Sequence[str]], Mapping[str, KnownRecord]]
"""(register, up to BATCH ids) -> what is here, by id; ids that are not here are left out."""

Fit: TypeAlias = Callable[[str, RecordLine], str | None]
"""(register, live record) -> None when it fits this program's definitions, else what is wrong, in Vietnamese."""


def _fits(_register: str, _record: RecordLine) -> str | None:
    return None


def plan_merge(
    lines: Iterable[tuple[str, bytes]],
    office: str,
    lookup: Lookup,
    registers: Iterable[str],
    fit: Fit = _fits,
) -> Iterator[PlanEntry]:
    """The fate of every record line of one package, in the package's order, ``BATCH`` lines at a time.

    ``lines``: (register, line) as ``VerifiedPackage.all_records`` gives them. ``office``: the sender's code; records
    of other offices are set aside. ``registers``: those that this program knows. Never raises for a bad line.
    """
    reader = LineReader(office, frozenset(registers), fit)
    batch: list[PlanEntry] = []
    for register, line in lines:
        if batch and (register != batch[0].register or len(batch) >= BATCH):
            yield from _decided(batch, lookup)
            batch = []
        batch.append(reader.read(register, line))
    yield from _decided(batch, lookup)


class LineReader:
    """Reads and checks lines by themselves; keeps the place in the register to see repeated records.

    ``office``: whose records they must be; None where records of any office may come.
    """

    def __init__(self, office: str | None, registers: frozenset[str], fit: Fit) -> None:
        self._office = office
        self._registers = registers
        self._fit = fit
        self._register = ""
        self._last_id = ""
        self._number = 0

    def read(self, register: str, line: bytes) -> PlanEntry:
        """SET_ASIDE with its reason, or UNCHANGED, which stands for "not decided yet"."""
        if register != self._register:
            self._register, self._last_id, self._number = register, "", 0
        self._number += 1
        try:
            record = record_line(line)
        except MemberError:
            return _aside(register, line, None, Refusal(Code.ASIDE_UNREADABLE, register=register, line=self._number))
        reason = self._fault(register, record)
        self._last_id = max(self._last_id, record.id)
        if reason is not None:
            return _aside(register, line, record, reason)
        return PlanEntry(register, Outcome.UNCHANGED, line, record)

    def _fault(self, register: str, record: RecordLine) -> Refusal | None:
        if register not in self._registers:
            return Refusal(Code.ASIDE_UNKNOWN_REGISTER, register=register)
        if record.id <= self._last_id:
            return Refusal(Code.ASIDE_ORDER, register=register, record=record.id)
        if self._office is not None and record.office != self._office:
            return Refusal(Code.ASIDE_OFFICE, register=register, record=record.id)
        misfit = None if record.deleted else self._fit(register, record)
        if misfit is not None:
            return Refusal(Code.ASIDE_MISFIT, register=register, record=record.id, detail=misfit)
        return None


def _aside(register: str, line: bytes, record: RecordLine | None, reason: Refusal) -> PlanEntry:
    return PlanEntry(register, Outcome.SET_ASIDE, line, record, reason=reason)


def _decided(batch: Sequence[PlanEntry], lookup: Lookup) -> Iterator[PlanEntry]:
    ids = [entry.record.id for entry in batch if entry.record and entry.outcome is not Outcome.SET_ASIDE]
    here = lookup(batch[0].register, ids) if ids else {}
    for entry in batch:
        if entry.record is None or entry.outcome is Outcome.SET_ASIDE:
            yield entry
        else:
            yield _decide(entry.register, entry.line, entry.record, here.get(entry.record.id))


def _decide(register: str, line: bytes, record: RecordLine, known: KnownRecord | None) -> PlanEntry:
    if known is not None and known.office != record.office:
        reason = Refusal(Code.ASIDE_OWNER, register=register, record=record.id)
        return _aside(register, line, record, reason)
    if known is None or record.revision > known.revision:
        outcome = Outcome.DELETED if record.deleted else Outcome.NEW if known is None else Outcome.CHANGED
    elif record.revision < known.revision or content_hash(record) == known.content:
        outcome = Outcome.UNCHANGED
    else:
        outcome = Outcome.CONFLICT
    return PlanEntry(register, outcome, line, record, known)
