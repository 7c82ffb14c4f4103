"""Changes of communes (merged, split, renamed) as the file holds them, and the days on which each commune is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from thidua_desktop.store.cells import compact_json
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import Arrival, OfficeWindow

_ARRIVED = "0d2c3f58-6b7e-5f0a-8d13-2f6a1be0c9d4"
_COLUMNS = "id, number, effective_on, content, stands, at, actor"


@dataclass(frozen=True, slots=True)
class CommuneUnit:
    """A commune by its code and full name; ``begins``: it is there from the day of the change on."""

    code: str
    name: str
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneChange:
    """What a resolution does to communes from a day on; ``at``: when the province wrote it or took it back.

    ``number``: of the directive that brought it, 0 of what was written here.
    """

    id: str
    kind: str
    effective_on: date
    before: tuple[CommuneUnit, ...]
    after: tuple[CommuneUnit, ...]
    decision: str
    decided_on: date | None
    decided_by: str
    at: datetime
    actor: str
    note: str = ""
    number: int = 0
    stands: bool = True

    @property
    def ending(self) -> tuple[CommuneUnit, ...]:
        """The communes that end on the day before: those that do not go on under their code."""
        going_on = {unit.code for unit in self.after}
        return tuple(unit for unit in self.before if unit.code not in going_on)

    @property
    def beginning(self) -> tuple[CommuneUnit, ...]:
        """The communes that are there from the day on, and were not before."""
        return tuple(unit for unit in self.after if unit.begins)

    @property
    def last_day(self) -> date:
        """The last day of the communes that end."""
        return self.effective_on - timedelta(days=1)


class CommuneChanges:
    """The changes in one office file."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def put(self, change: CommuneChange) -> None:
        """Write a change, or what became of it."""
        self._database.run(
            f"INSERT OR REPLACE INTO commune_change ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (change.id, change.number, change.effective_on.isoformat(), compact_json(_said(change)), int(change.stands),
             change.at.isoformat(timespec="seconds"), change.actor),
        )  # fmt: skip

    def all(self) -> list[CommuneChange]:
        """Each change as it was said last, also those taken back; the latest day first."""
        rows = self._database.all(f"SELECT {_COLUMNS} FROM commune_change ORDER BY at, number")
        newest = {row[0]: _change(row) for row in rows}
        return sorted(newest.values(), key=lambda one: (one.effective_on, one.id), reverse=True)

    def kept(self) -> list[CommuneChange]:
        """Every row: what each directive said of a change."""
        rows = self._database.all(f"SELECT {_COLUMNS} FROM commune_change ORDER BY id, number")
        return [_change(row) for row in rows]

    def drop(self, change_id: str, number: int) -> None:
        """Take one row out."""
        self._database.run("DELETE FROM commune_change WHERE id = ? AND number = ?", (change_id, number))

    def standing(self) -> list[CommuneChange]:
        """The changes that stand, the latest day first."""
        return [one for one in self.all() if one.stands]

    def forget(self, number: int, come_by: Collection[str] = ()) -> None:
        """Take out what a directive brought; what an earlier one said of the same change stands again.

        A change of ``come_by``, by which records came, stays as taken back where nobody else says it: what came must
        not count on all days.
        """
        said = [row for row in self.kept() if row.number == number]
        self._database.run("DELETE FROM commune_change WHERE number = ?", (number,))
        left = {row.id for row in self.kept()}
        for row in said:
            if row.id in come_by and row.id not in left:
                self.put(replace(row, stands=False))

    def days(self) -> tuple[tuple[OfficeWindow, ...], tuple[Arrival, ...]]:
        """On which days each commune is there, and since when it counts what it took over.

        What came by a change that was taken back counts since the day of the one that corrects it; without one never,
        as it counts with the old commune again.
        """
        changes = self.all()
        standing = [one for one in changes if one.stands]
        arrivals = tuple(
            Arrival(unit.code, arrival_ids(one.id), counts.effective_on if counts is not None else date.max)
            for one in changes
            if one.ending
            for unit in one.after
            for counts in (one if one.stands else correction(one, unit.code, standing),)
        )
        return tuple(windows_of(standing).values()), arrivals

    def windows(self) -> dict[str, OfficeWindow]:
        """The days of every commune that begins or ends by a change; others are there always."""
        return windows_of(self.standing())


def correction(change: CommuneChange, taker: str, standing: Sequence[CommuneChange]) -> CommuneChange | None:
    """The standing change by which ``taker`` has all that it took over by one that was taken back; None for none."""
    ended = {unit.code for unit in change.ending}
    found = (
        one for one in standing
        if ended <= {unit.code for unit in one.ending} and taker in {unit.code for unit in one.after}
    )  # fmt: skip
    return next(found, None)


def arrived_id(change_id: str, office: str, old_id: str) -> str:
    """The id that a record of an old unit has in the office that took it over: a UUID that tells by which change."""
    import uuid  # with ``platform`` two milliseconds of every start

    begins = arrival_ids(change_id)
    return begins + str(uuid.uuid5(uuid.UUID(_ARRIVED), f"{office}|{old_id}"))[len(begins) :]


def arrival_ids(change_id: str) -> str:
    """How the ids of records begin that are taken over by a change."""
    digest = hashlib.sha256(change_id.encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-5"


def windows_of(changes: Sequence[CommuneChange]) -> dict[str, OfficeWindow]:
    """The days of every commune that begins or ends by one of the changes."""
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for change in changes:
        for unit in change.beginning:
            first[unit.code] = min(first.get(unit.code, change.effective_on), change.effective_on)
        for unit in change.ending:
            last[unit.code] = max(last.get(unit.code, change.last_day), change.last_day)
    return {code: OfficeWindow(code, first.get(code), last.get(code)) for code in sorted(first.keys() | last.keys())}


def change_content(change: CommuneChange) -> dict[str, Any]:
    """Everything of a change as JSON-able values."""
    return {
        "id": change.id, "number": change.number, "effective_on": change.effective_on.isoformat(),
        "stands": change.stands, "at": change.at.isoformat(timespec="seconds"), "actor": change.actor,
        **_said(change),
    }  # fmt: skip


def change_from(content: Mapping[str, Any]) -> CommuneChange:
    """The change of ``change_content``."""
    return CommuneChange(
        id=content["id"], number=content["number"], effective_on=date.fromisoformat(content["effective_on"]),
        stands=content["stands"], at=datetime.fromisoformat(content["at"]), actor=content["actor"],
        **_heard(content),
    )  # fmt: skip


def _said(change: CommuneChange) -> dict[str, Any]:
    return {
        "kind": change.kind, "before": _plain(change.before), "after": _plain(change.after), "note": change.note,
        "decision": change.decision, "decided_by": change.decided_by,
        "decided_on": change.decided_on.isoformat() if change.decided_on else "",
    }  # fmt: skip


def _heard(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": content["kind"], "note": content["note"], "decision": content["decision"],
        "before": tuple(CommuneUnit(**unit) for unit in content["before"]),
        "after": tuple(CommuneUnit(**unit) for unit in content["after"]), "decided_by": content["decided_by"],
        "decided_on": date.fromisoformat(content["decided_on"]) if content["decided_on"] else None,
    }  # fmt: skip


def _plain(units: Sequence[CommuneUnit]) -> list[dict[str, Any]]:
    return [{"code": one.code, "name": one.name, "begins": one.begins} for one in units]


def _change(row: tuple[Any, ...]) -> CommuneChange:
    return CommuneChange(
        id=row[0], number=row[1], effective_on=date.fromisoformat(row[2]), stands=bool(row[4]),
        at=datetime.fromisoformat(row[5]), actor=row[6], **_heard(json.loads(row[3])),
    )  # fmt: skip
