"""The keys of this installation, kept inside the encrypted office file, and those that it had before."""

from __future__ import annotations

import json
from dataclasses import dataclass

from thidua_desktop.services.session import Session
from thidua_desktop.sync.keys import OfficeKeys


@dataclass(frozen=True, slots=True)
class OwnBefore:
    """What other offices know of this one until they hear of the change."""

    installation: str
    keys: OfficeKeys


def office_keys(session: Session) -> OfficeKeys:
    """The keys of this installation, made at first use."""
    stored = session.file.office_keys
    if stored:
        return OfficeKeys.from_bytes(stored)
    keys = OfficeKeys.generate()
    session.file.office_keys = keys.to_bytes()
    return keys


def earlier_keys(session: Session) -> list[OwnBefore]:
    """Keys and installations that this office had before, the oldest first."""
    stored = session.file.earlier_keys
    rows = json.loads(stored) if stored else []
    return [OwnBefore(str(row[0]), OfficeKeys.from_bytes(bytes.fromhex(row[1]))) for row in rows]


def remember(session: Session, before: OwnBefore) -> None:
    """Keep keys that are about to be replaced: what was encrypted to them can still be read."""
    rows = [*earlier_keys(session), before]
    text = json.dumps([[one.installation, one.keys.to_bytes().hex()] for one in rows])
    session.file.earlier_keys = text.encode("ascii")


def identities(session: Session) -> list[str]:
    """The age identities that packages for this office may be encrypted to: the present one and those before it."""
    before = [one.keys.age_identity for one in earlier_keys(session)]
    return list(dict.fromkeys([office_keys(session).age_identity, *before]))
