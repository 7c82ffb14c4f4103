"""How far the province has confirmed what this office sent, as its newest receipts say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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

NOT_MERGED = frozenset({RecordState.SET_ASIDE, RecordState.CONFLICT})


def acknowledged(session: Session) -> int:
    """The last change that the province has confirmed, be it that another installation of this office sent it."""
    return max(int(session.file.settings.get(ACKNOWLEDGED, 0)), confirmed_through_others(session))


def unmerged(session: Session, register: str) -> tuple[str, ...]:
    """Records that came to the province and were not merged: they go again with every package until they are."""
    answers = session.file.answers.of(session.file.identity.code, NOT_MERGED)
    return tuple(answer.record_id for answer in answers if answer.register == register)


def report_answers(session: Session) -> Mapping[str, Mapping[str, Any]]:
    """What the newest receipt says of the closed reports, by "report period"."""
    return dict(session.file.settings.get(REPORTS_ANSWERED) or {})


def received_figures(session: Session) -> dict[tuple[str, str], str]:
    """The digest of the figures that the province has, of the reports that it has and does not return."""
    found = {}
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
