"""What several installations of one office have written to one record, and how two such states become one. Pure.

Every write has a name: the installation and how many times that installation had written the record. For each field
a version holds the writes that stand there; ``seen`` says which writes it knows. Merging two versions keeps, field by
field, what both hold and what one holds and the other has not seen; it never asks for order, repetition or clocks.
Two writes with different values in one field are a conflict, until a later write that has seen both stands there.
See FORMAT.md, "Versions of a record".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from thidua_desktop.sync.canonical import NotCanonicalError, canonical_bytes
from thidua_desktop.sync.header import is_installation

Dot: TypeAlias = tuple[str, int]
"""A write: (installation, its how many-th write of the record). Installation "" stands for one that is not known."""

LIVING = ""
"""The field that is no field: whether the record lives. Every write of a record writes it, too."""
UNKNOWN = ""


class VersionError(ValueError):
    """A version is not as FORMAT.md says."""


@dataclass(frozen=True, slots=True)
class Write:
    """Who wrote, when (as the writer's clock said) and why; for people, nothing is decided by it."""

    at: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """``fields``: field -> the writes that stand there with their plain values; None where a field was emptied."""

    seen: Mapping[str, int]
    writes: Mapping[Dot, Write]
    fields: Mapping[str, Mapping[Dot, Any]]

    @property
    def revision(self) -> int:
        """The record's revision: all writes seen. What has seen more has a higher one."""
        return sum(self.seen.values())

    @property
    def living(self) -> bool:
        """Whether the record lives; where one deleted it and another changed it, it does until people decide."""
        return any(self.fields[LIVING].values())

    @property
    def values(self) -> dict[str, Any]:
        """The plain values that stand, empty ones left out; of a conflict the same one on every installation."""
        shown = {name: dots[max(dots, key=_strength)] for name, dots in self.fields.items() if name != LIVING}
        return {name: value for name, value in sorted(shown.items()) if value is not None}

    def has_seen(self, dot: Dot) -> bool:
        """Whether a write is known here, be it overwritten."""
        return self.seen.get(dot[0], 0) >= dot[1]

    def conflicts(self, settled: Collection[str] = ()) -> tuple[str, ...]:
        """The fields that people must decide, in order; ``settled`` never are (they follow from others).

        A record deleted everywhere has none; one that was deleted here and changed there has LIVING.
        """
        if not self.living:
            return ()
        return tuple(
            name
            for name, dots in sorted(self.fields.items())
            if name not in settled and len({canonical_bytes(value) for value in dots.values()}) > 1
        )


EMPTY = Version({}, {}, {})


def _strength(dot: Dot) -> tuple[int, str]:
    return dot[1], dot[0]


def written(version: Version, installation: str, values: Mapping[str, Any], living: bool, write: Write) -> Version:
    """The version after one write of ``installation``: ``values`` are the fields that it set (None: emptied)."""
    dot = (installation, version.seen.get(installation, 0) + 1)
    fields = {**version.fields, **{name: {dot: value} for name, value in values.items()}, LIVING: {dot: living}}
    return _version({**version.seen, installation: dot[1]}, {**version.writes, dot: write}, fields)


def unknown_origin(revision: int, values: Mapping[str, Any], living: bool, write: Write) -> Version:
    """The version of a record of which only its state is known: the same on every installation that has it."""
    dot = (UNKNOWN, revision)
    return Version(
        {UNKNOWN: revision},
        {dot: write},
        {**{name: {dot: value} for name, value in values.items()}, LIVING: {dot: living}},
    )


def merged(one: Version, other: Version) -> Version:
    """Both together; the same whichever comes first, and ``one`` itself when ``other`` says nothing new."""
    fields = {}
    for name in one.fields.keys() | other.fields.keys():
        mine, theirs = one.fields.get(name, {}), other.fields.get(name, {})
        kept = {dot: value for dot, value in mine.items() if dot in theirs or not other.has_seen(dot)}
        kept.update({dot: value for dot, value in theirs.items() if dot in mine or not one.has_seen(dot)})
        if kept:
            fields[name] = kept
    seen = {who: max(one.seen.get(who, 0), other.seen.get(who, 0)) for who in one.seen.keys() | other.seen.keys()}
    return _version(seen, {**other.writes, **one.writes}, fields)


def is_newer(one: Version, other: Version) -> bool:
    """Whether ``one`` has seen a write that ``other`` has not."""
    return any(other.seen.get(who, 0) < count for who, count in one.seen.items())


def _version(seen: Mapping[str, int], writes: Mapping[Dot, Write], fields: Mapping[str, Mapping[Dot, Any]]) -> Version:
    standing = {dot for dots in fields.values() for dot in dots}
    return Version(seen, {dot: write for dot, write in writes.items() if dot in standing}, fields)


def version_json(version: Version) -> dict[str, Any]:
    """The version as a package carries it."""
    dots = sorted(version.writes)
    place = {dot: number for number, dot in enumerate(dots)}
    return {
        "fields": {
            name: [[place[dot], value] for dot, value in sorted(standing.items(), key=lambda one: one[0])]
            for name, standing in version.fields.items()
        },
        "seen": dict(version.seen),
        "writes": [[*dot, version.writes[dot].at, version.writes[dot].by, version.writes[dot].reason] for dot in dots],
    }


def parse_version(value: object) -> Version:
    """The version of ``version_json``; VersionError for anything else."""
    try:
        if not isinstance(value, dict):
            raise VersionError("not an object")
        dots = [(row[0], row[1]) for row in value["writes"]]
        writes = {(row[0], row[1]): Write(row[2], row[3], row[4]) for row in value["writes"]}
        fields = {name: {dots[place]: one for place, one in rows} for name, rows in value["fields"].items()}
        version = Version(dict(value["seen"]), writes, fields)
        _check(version)
        if canonical_bytes(version_json(version)) != canonical_bytes(value):
            raise VersionError("unknown or repeated parts")
    except (NotCanonicalError, KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise VersionError(f"version: {error}") from error
    return version


def _check(version: Version) -> None:
    dots = {dot for standing in version.fields.values() for dot in standing}
    if (
        not _rightly_counted(version.seen.items())
        or not _rightly_counted(version.writes)
        or dots != set(version.writes)
    ):
        raise VersionError("writes outside their rule")
    if not all(version.has_seen(dot) for dot in dots) or not all(version.fields.values()):
        raise VersionError("a write that was not seen, or a field without one")
    if LIVING not in version.fields or any(type(one) is not bool for one in version.fields[LIVING].values()):
        raise VersionError("nothing says whether the record lives")
    for write in version.writes.values():
        if not all(isinstance(text, str) for text in (write.at, write.by, write.reason)):
            raise VersionError("who wrote is no text")


def _rightly_counted(dots: Iterable[tuple[object, object]]) -> bool:
    return all(
        isinstance(who, str) and (who == UNKNOWN or is_installation(who)) and type(count) is int and count >= 1
        for who, count in dots
    )
