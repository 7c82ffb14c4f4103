"""How far the province has confirmed what this office sent, as its newest receipts say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from thidua_desktop.services.handoff.exchange_state import confirmed_through_others
from thidua_desktop.services.session import Session
from thidua_desktop.sync.canonical import canonical_bytes
from thidua_desktop.sync.receipt import RecordState, ReportState

ACKNOWLEDGED = "handoff.acknowledged"
"""Setting: the last change that a receipt has confirmed; 0 before the first receipt."""
REPORTS_ANSWERED = "handoff.reports_answered"
"""Setting: of each closed report what the newest receipt says: {"report period": {"figures", "state", "reason"}}."""
ANSWERS_FROM = "handoff.reports_answered_in"
"""Setting: the number of the receipt that ``REPORTS_ANSWERED`` came with, wherever in this office it was taken in."""

BEFORE_RESTORE = "handoff.before_restore"
"""Setting: [installation, its last change that is in this file, how far the province has confirmed it] of each one
that this file was before it was restored: what they sent up to there is what stands here."""

NOT_MERGED = frozenset({RecordState.SET_ASIDE, RecordState.CONFLICT})


def acknowledged(session: Session) -> int:
    """The last change that the province has confirmed, be it that another installation of this office sent it."""
    return max(int(session.file.settings.get(ACKNOWLEDGED, 0)), confirmed_through_others(session))


def received(session: Session) -> int:
    """The last change here that the province has, be it from before this file was restored; for what people are told.

    What the next package carries follows ``acknowledged`` alone: a restored office sends everything once more.
    """
    return max(acknowledged(session), *(int(row[2]) for row in _before(session)), 0)


def keep_for_restored(session: Session) -> None:
    """Inside the transaction that makes this file another installation: what the province has is not forgotten."""
    head = session.file.changes.head()[0]
    row = [session.file.installation_id, head, min(acknowledged(session), head)]
    session.file.settings.put(BEFORE_RESTORE, [*_before(session), row])
    session.file.settings.put(ACKNOWLEDGED, 0)


def confirmed_before(session: Session, told: Mapping[str, int]) -> list[list[str | int]]:
    """How far a receipt confirms what this file sent before it was restored, in the form of ``BEFORE_RESTORE``."""
    return [[name, last, min(int(last), told.get(str(name), 0))] for name, last, _ in _before(session)]


def _before(session: Session) -> Sequence[Sequence[str | int]]:
    return session.file.settings.get(BEFORE_RESTORE) or ()


def unmerged(session: Session, register: str) -> tuple[str, ...]:
    """Records that came to the province and were not merged: they go again with every package until they are."""
    answers = session.file.answers.of(session.file.identity.code, NOT_MERGED)
    return tuple(answer.record_id for answer in answers if answer.register == register)


def report_answers(session: Session) -> Mapping[str, Mapping[str, Any]]:
    """What the newest receipt says of the closed reports, by "report period"."""
    return dict(session.file.settings.get(REPORTS_ANSWERED) or {})


def received_figures(session: Session) -> dict[tuple[str, str], str]:
    """The digest of the figures that the province has, of the reports that it has and does not return.

    None while no change is confirmed: of a restored office the province may have later figures than the answers say.
    """
    found: dict[tuple[str, str], str] = {}
    if not acknowledged(session):
        return found
    for key, answer in report_answers(session).items():
        report, _, period = key.partition(" ")
        if answer["state"] != ReportState.RETURNED:
            found[(report, period)] = str(answer["figures"])
    return found


def received_report(office: str, report: str) -> str:
    """Under which name the frozen reports of another office lie among this office's own."""
    return f"{office}:{report}"


def figures_digest(figures: Any) -> str:
    """SHA-256 of the canonical form of a report's figures, 64 hex digits."""
    return hashlib.sha256(canonical_bytes(figures)).hexdigest()
