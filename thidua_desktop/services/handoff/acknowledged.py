"""How far the province has confirmed what this office sent: one setting, asked for at every start."""

from __future__ import annotations

from thidua_desktop.services.session import Session

ACKNOWLEDGED = "handoff.acknowledged"


def acknowledged(session: Session) -> int:
    """The last change that the province has confirmed."""
    return int(session.file.settings.get(ACKNOWLEDGED, 0))
