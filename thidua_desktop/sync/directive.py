"""What a directive says beside its records: definitions, settings, revoked cards, changes of units.

The content of ``directive.json`` in a package of kind ``directive`` (FORMAT.md, "Directives"): canonical JSON, read
strictly. What a definition means, and whether it can be taken in, is judged by the layers that read definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from thidua_desktop.sync.canonical import NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.header import is_installation, is_office_code, is_office_name

LONGEST_ABOUT = 200
MOST_UNITS = 99
LONGEST_TEXT = 2_000
LARGEST_DEFINITION = 256 * 1024
MOST_DEFINITIONS = 200

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COMMUNE = re.compile(r"[0-9]{5}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")
_SETTING = re.compile(r"[a-z][a-z0-9_.]{0,63}")


class DirectiveError(ValueError):
    """The bytes, or the facts, are not a directive as FORMAT.md says."""


class DefinitionKind(StrEnum):
    """What a definition defines."""

    SURVEY = "survey"
    CALENDAR = "calendar"
    CATALOG = "catalog"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class SentDefinition:
    """A definition as the text of its file."""

    kind: DefinitionKind
    text: str


@dataclass(frozen=True, slots=True)
class RevokedCard:
    """An installation from which nothing is taken in any more."""

    office: str
    installation: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A change of administrative units, in the province's words; people carry it out."""

    on: date
    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str = ""


class ChangeKind(StrEnum):
    """What a resolution does to communes."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class SentUnit:
    """A commune; ``begins``: it is there from the day of the change on."""

    code: str
    name: str
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SentChange:
    """A change of communes that a program can read. Of one ``id`` the one written last (``at``) counts; one that does
    not stand was taken back."""

    id: str
    at: str
    kind: ChangeKind
    on: date
    before: tuple[SentUnit, ...]
    after: tuple[SentUnit, ...]
    decision: str
    decided_on: date | None = None
    decided_by: str = ""
    note: str = ""
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Directive:
    """``about`` names it ("Chương trình công tác năm 2027"); ``order`` is the paper that it follows, "" for none."""

    about: str
    order: str = ""
    definitions: tuple[SentDefinition, ...] = ()
    settings: Mapping[str, int | str] = field(default_factory=dict)
    revoked: tuple[RevokedCard, ...] = ()
    units: tuple[UnitChange, ...] = ()
    communes: tuple[SentChange, ...] = ()


def directive_bytes(directive: Directive) -> bytes:
    """``directive.json``; DirectiveError when a fact is outside its rule."""
    _check(directive)
    changes = {"communes": [_plain_change(one) for one in directive.communes]} if directive.communes else {}
    return canonical_bytes(
        {
            **changes,
            "about": directive.about,
            "definitions": [{"kind": str(one.kind), "text": one.text} for one in directive.definitions],
            "order": directive.order,
            "revoked": [
                {"installation": one.installation, "office": one.office, "reason": one.reason}
                for one in directive.revoked
            ],
            "settings": dict(directive.settings),
            "units": [
                {"after": list(one.after), "before": list(one.before), "note": one.note, "on": one.on.isoformat()}
                for one in directive.units
            ],
        }
    )


def parse_directive(data: bytes) -> Directive:
    """The directive; DirectiveError unless the bytes are exactly what ``directive_bytes`` writes."""
    try:
        value: Any = parse_canonical(data)
        directive = Directive(
            value["about"],
            value["order"],
            tuple(SentDefinition(DefinitionKind(row["kind"]), row["text"]) for row in value["definitions"]),
            dict(value["settings"]),
            tuple(RevokedCard(row["office"], row["installation"], row["reason"]) for row in value["revoked"]),
            tuple(
                UnitChange(date.fromisoformat(row["on"]), tuple(row["before"]), tuple(row["after"]), row["note"])
                for row in value["units"]
            ),
            tuple(_read_change(row) for row in value.get("communes", ())),
        )
        again = directive_bytes(directive)
    except (NotCanonicalError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise DirectiveError(f"directive: {error}") from error
    if again != data:
        raise DirectiveError("directive with unknown fields")
    return directive


def _check(directive: Directive) -> None:
    checks = {
        "about": _is_text(directive.about, 1, LONGEST_ABOUT),
        "order": _is_text(directive.order, 0, LONGEST_ABOUT),
        "definitions": len(directive.definitions) <= MOST_DEFINITIONS
        and all(0 < len(one.text.encode("utf-8")) <= LARGEST_DEFINITION for one in directive.definitions),
        "settings": all(map(_is_setting, directive.settings.items())),
        "revoked": all(map(_is_revoked, directive.revoked)),
        "units": all(map(_is_unit_change, directive.units)),
        "communes": all(map(_is_change, directive.communes)),
    }
    wrong = [name for name, right in checks.items() if not right]
    if wrong:
        raise DirectiveError(f"directive outside its rule: {', '.join(wrong)}")


def _plain_change(one: SentChange) -> dict[str, Any]:
    return {
        "after": [_plain_unit(unit) for unit in one.after],
        "at": one.at,
        "before": [_plain_unit(unit) for unit in one.before],
        "decided_by": one.decided_by,
        "decided_on": one.decided_on.isoformat() if one.decided_on else "",
        "decision": one.decision,
        "id": one.id,
        "kind": str(one.kind),
        "note": one.note,
        "on": one.on.isoformat(),
        "stands": one.stands,
    }


def _plain_unit(unit: SentUnit) -> dict[str, Any]:
    return {"begins": unit.begins, "code": unit.code, "name": unit.name}


def _read_change(row: Any) -> SentChange:
    units = {part: tuple(SentUnit(one["code"], one["name"], one["begins"]) for one in row[part])
             for part in ("before", "after")}  # fmt: skip
    return SentChange(
        id=row["id"], at=row["at"], kind=ChangeKind(row["kind"]), on=date.fromisoformat(row["on"]),
        decision=row["decision"], decided_by=row["decided_by"], note=row["note"], stands=row["stands"],
        decided_on=date.fromisoformat(row["decided_on"]) if row["decided_on"] else None, **units,
    )  # fmt: skip


def _is_change(one: SentChange) -> bool:
    codes = [[unit.code for unit in units] for units in (one.before, one.after)]
    return (
        isinstance(one.id, str) and _UUID.fullmatch(one.id) is not None
        and isinstance(one.at, str) and _MOMENT.fullmatch(one.at) is not None
        and all(0 < len(some) == len(set(some)) <= MOST_UNITS for some in codes)
        and all(map(_is_unit, (*one.before, *one.after)))
        and not any(unit.begins for unit in one.before)
        and _is_text(one.decision, 1, LONGEST_ABOUT) and _is_text(one.decided_by, 0, LONGEST_ABOUT)
        and _is_text(one.note, 0, LONGEST_TEXT) and type(one.stands) is bool
    )  # fmt: skip


def _is_unit(unit: SentUnit) -> bool:
    right = isinstance(unit.code, str) and _COMMUNE.fullmatch(unit.code) is not None
    return right and is_office_name(unit.name) and type(unit.begins) is bool


def _is_text(value: object, least: int, most: int) -> bool:
    return isinstance(value, str) and least <= len(value) <= most and value.strip() == value


def _is_setting(item: tuple[Any, Any]) -> bool:
    name, value = item
    return isinstance(name, str) and _SETTING.fullmatch(name) is not None and type(value) in (int, str)


def _is_revoked(one: RevokedCard) -> bool:
    return is_office_code(one.office) and is_installation(one.installation) and _is_text(one.reason, 1, LONGEST_TEXT)


def _is_unit_change(one: UnitChange) -> bool:
    return _are_names(one.before) and _are_names(one.after) and _is_text(one.note, 0, LONGEST_TEXT)


def _are_names(names: Iterable[object]) -> bool:
    listed = list(names)
    return bool(listed) and all(map(is_office_name, listed))
