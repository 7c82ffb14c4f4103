"""Records whose time of keeping is over, and erasing them for good.

Law on personal data (Law 91/2025/QH15 art. 14): what is no longer needed, or must not be kept any longer, is erased.
Outside of an erasure: earlier copies of the file, printed papers, packages already handed over (``store.erasure``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import BEFORE, Condition, RegisterSpec
from thidua_desktop.services import access
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.services.titles import title_with_links
from thidua_desktop.store.queries import ListQuery, SortKey

ATTACHMENTS = "attachment"
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Outdated:
    """A record to be erased: since when its time is counted, and the day that it ended on."""

    register: str
    id: str
    title: str
    since: date
    years: int

    @property
    def until(self) -> date:
        """The last day of keeping."""
        return years_after(self.since, self.years)


def years_after(day: date, years: int) -> date:
    """The same day so many years on (before: negative); 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def outdated(session: Session, limit: int = SHOWN) -> list[Outdated]:
    """Records whose time of keeping is over, deleted ones too, those of longest ago first. Raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    found: list[Outdated] = []
    for spec in session.definitions.registers.values():
        if spec.retention_years and spec.retention_from and session.opens(spec.name):
            found += _outdated_of(session, spec, limit)
    return sorted(found, key=lambda one: one.until)[:limit]


def is_erasable(spec: RegisterSpec) -> bool:
    """Whether records of a register can be erased: what was written about them is kept beside the change log."""
    return spec.restricted or spec.retention_years > 0


def erase(session: Session, register: str, ids: Sequence[str], reason: str) -> int:
    """Erase records for good; how many were there. The reason stays in the log: it must name nobody.

    Raises TD-STORE-220 (permission), 241 (no reason), 242 (no such register), 226 (others point at a record). Nothing
    is erased then.
    """
    session.require(Permission.MANAGE)
    spec = session.register(register)
    if not is_erasable(spec):
        raise UserError("TD-STORE-242", register=spec.title)
    if not told_reason(reason):
        raise UserError("TD-STORE-241")
    for record_id in ids:
        _refuse_needed(session, spec, record_id)
    gone = session.file.records.erase(
        register, ids, actor=session.user.name, now=session.now(), reason=reason.strip()
    )  # fmt: skip
    for key in gone:
        access.note(session, spec, access.ERASE, key.id)
    session.announce(Changes(frozenset({register})))
    return len(gone)


def count_outdated(session: Session) -> int:
    """How many records ``outdated`` has, without opening one of them. Raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    kept = [spec for spec in session.definitions.registers.values() if spec.retention_years and spec.retention_from]
    queries = [_query(session, spec) for spec in kept if session.opens(spec.name)]
    return sum(session.file.records.totals(query).count for query in queries)


def _query(session: Session, spec: RegisterSpec) -> ListQuery:
    last = years_after(session.today, -spec.retention_years)
    return ListQuery(
        spec.name, conditions=(Condition(spec.retention_from, (f"{BEFORE}{last.isoformat()}",)),),
        sort=(SortKey(spec.retention_from),), include_deleted=True,
    )  # fmt: skip


def _outdated_of(session: Session, spec: RegisterSpec, limit: int) -> list[Outdated]:
    keys = session.file.records.ids(_query(session, spec))
    found = []
    for record in session.file.records.window(spec.name, keys[:limit]):
        since = record.values.get(spec.retention_from)
        if isinstance(since, date):
            title = title_with_links(session, spec, record.values)
            found.append(Outdated(spec.name, record.id, title, since, spec.retention_years))
    if found:
        access.note(session, spec, access.LIST, records=len(found))
    return found


def _refuse_needed(session: Session, spec: RegisterSpec, record_id: str) -> None:
    users = [key for key in session.file.records.backlinks(spec.name, record_id) if key.register != ATTACHMENTS]
    if users:
        named = "; ".join(dict.fromkeys(session.definitions.registers[key.register].title for key in users))
        raise UserError("TD-STORE-226", singular=spec.singular, count=len(users), examples=named)
