"""Keeps lines of packages that are not taken in, while the package is taken in; people settle them afterwards."""

from __future__ import annotations

import hashlib

from thidua_desktop.services.handoff.recomputed import COMPUTED_STATE
from thidua_desktop.services.session import Session
from thidua_desktop.store.aside_lines import AsideLine
from thidua_desktop.store.merge import RecordLine as StoreLine
from thidua_desktop.store.queries import Record
from thidua_desktop.sync.merge_plan import Outcome, PlanEntry
from thidua_desktop.sync.verify import VerifiedPackage

NO_RECORD = "?"
"""First sign of the key of a line that could not be read as a record."""
CONFLICT = "Bản ghi có cùng lần sửa nhưng nội dung khác với bản tỉnh đang có."


class AsideKeeper:
    """Of one package, inside the transaction that takes it in."""

    def __init__(self, session: Session, package: VerifiedPackage) -> None:
        facts = package.header.facts
        self._session, self._office, self._number = session, facts.office_code, facts.number
        self._package = package.header_hash
        waiting = session.file.aside_lines.all()
        self._waiting = {(one.register, one.record_id): one for one in waiting if one.office == self._office}

    def note(self, entry: PlanEntry) -> None:
        """One line's fate: what is not taken in is kept, what is taken in settles what waited."""
        if entry.outcome in (Outcome.SET_ASIDE, Outcome.CONFLICT):
            reason = str(entry.reason or CONFLICT)
            self._keep(entry.register, *_content(entry), str(entry.outcome), reason)
        elif entry.record is not None:
            self._settle((entry.register, entry.record.id), entry.record.revision)

    def note_unwritten(self, line: StoreLine, reason: str) -> None:
        """A line that the store could not write after all."""
        came = None if line.deleted else dict(line.values)
        self._keep(line.register, line.id, line.revision, came, str(Outcome.SET_ASIDE), reason)

    def note_computed(self, record: Record, reason: str) -> None:
        """A record that was taken in, of which a computed field comes out otherwise here."""
        self._keep(record.register, record.id, record.revision, {}, COMPUTED_STATE, reason)

    def _keep(
        self, register: str, record_id: str, revision: int, came: dict[str, object] | None, state: str, reason: str
    ) -> None:
        session = self._session
        waiting = self._waiting.get((register, record_id))
        if waiting is not None and waiting.revision > revision:
            return
        session.file.aside_lines.put(
            AsideLine(
                office=self._office, register=register, record_id=record_id, revision=revision, state=state,
                reason=reason, came=came, package=self._package, number=self._number, at=session.now(),
                actor=session.user.name,
            )
        )  # fmt: skip

    def _settle(self, key: tuple[str, str], revision: int) -> None:
        waiting = self._waiting.get(key)
        least = 0 if waiting is None else waiting.revision + (waiting.state == COMPUTED_STATE)  # the same says the same
        if waiting is not None and revision >= least:
            session, remark = self._session, f"Xã đã gửi lại, nhập được ở gói {self._number}"
            session.file.aside_lines.settle(waiting, session.user.name, session.now(), remark, self._package)
            del self._waiting[key]


def _content(entry: PlanEntry) -> tuple[str, int, dict[str, object] | None]:
    """(id, revision, plain values or None for a deletion) of a line; one that is no record is named by its hash."""
    record = entry.record
    if record is None:
        return f"{NO_RECORD}{hashlib.sha256(entry.line).hexdigest()[:16]}", 0, {}
    return record.id, record.revision, None if record.deleted else dict(record.values)
