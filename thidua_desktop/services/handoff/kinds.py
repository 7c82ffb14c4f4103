"""What a file that came from somewhere is for: told by its name and, for packages, by what it claims inside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from thidua_desktop.errors import UserError

if TYPE_CHECKING:
    from thidua_desktop.services.session import Session

OFFICE_ENDING = ".thidua"
TABLES = frozenset({".xlsx", ".xls", ".xlsm", ".ods", ".csv", ".tsv", ".jsonl"})
CARDS = frozenset({".tdcard", ".tdkey", ".tdaccept"})
PACKAGE = ".tdp"
UPDATE = ".tdupdate"


class Came(StrEnum):
    """What may be done with a file."""

    OFFICE = "office"
    CARD = "card"
    KEY_CHANGE = "key_change"
    ACCEPTANCE = "acceptance"  # the own card, signed by the province
    RECORDS = "records"  # a commune's package, at its province
    RECEIPT = "receipt"
    DIRECTIVE = "directive"
    EXCHANGE = "exchange"  # of another machine of this office
    TABLE = "table"
    UPDATE = "update"  # a later version of the program


class Arrival(NamedTuple):
    """A file that was dropped, opened by double click or named at the start, and what it is here."""

    kind: Came
    path: Path


def is_known(path: Path) -> bool:
    """Whether the program has a place for files of this ending."""
    return path.suffix.lower() in {OFFICE_ENDING, PACKAGE, UPDATE, *CARDS, *TABLES}


def is_for_the_window(path: Path) -> bool:
    """Whether a file is the program's own kind: an office, a package, a card or an update, never an attachment."""
    return path.suffix.lower() in {OFFICE_ENDING, PACKAGE, UPDATE, *CARDS}


def is_update(path: Path) -> bool:
    """Whether a file is an update of the program, by its ending."""
    return path.suffix.lower() == UPDATE


def is_office(path: Path) -> bool:
    """Whether a file is an office, by its ending."""
    return path.suffix.lower() == OFFICE_ENDING


def came(session: Session, path: Path) -> Came:
    """What a file is to the open office.

    Raises TD-UI-060 (nothing the program knows), 061 (a package for others), TD-SYNC-… for one that cannot be read.
    """
    ending = path.suffix.lower()
    if ending == OFFICE_ENDING:
        return Came.OFFICE
    if ending in CARDS:
        return {".tdcard": Came.CARD, ".tdkey": Came.KEY_CHANGE}.get(ending, Came.ACCEPTANCE)
    if ending in TABLES:
        return Came.TABLE
    if ending == UPDATE:
        return Came.UPDATE
    if ending != PACKAGE:
        raise UserError("TD-UI-060", name=path.name)
    return _package(session, path)


def _package(session: Session, path: Path) -> Came:
    from thidua_desktop.services.handoff import incoming
    from thidua_desktop.sync.header import PackageKind

    claimed = incoming.inspect(path)
    down = {PackageKind.RECEIPT: Came.RECEIPT, PackageKind.DIRECTIVE: Came.DIRECTIVE}
    kind = PackageKind(claimed.kind)
    own = claimed.office_code == session.file.identity.code
    if own and kind not in down and claimed.installation != session.file.installation_id:
        return Came.EXCHANGE
    if own:
        raise UserError("TD-UI-061", name=path.name, office=claimed.office_name)
    if session.is_province == (kind in down):
        raise UserError("TD-UI-061", name=path.name, office=claimed.office_name)
    return down.get(kind, Came.RECORDS)
