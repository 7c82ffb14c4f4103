"""Figures that a commune's package carries: checked before anything of the package is taken in.

A signature says who wrote them, not that they make sense; kept unread, they would stop the board of every commune.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from thidua_desktop.domain.figures import parse_number
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.applied import DIRECTIVES_APPLIED, check_applied
from thidua_desktop.services.reports.private_counts import MEMBER, check_counts
from thidua_desktop.sync.verify import VerifiedPackage

_NUMBERS = ("value", "last", "last_year", "year", "out_of", "target")


def check_sent_figures(package: VerifiedPackage) -> None:
    """TD-SYNC-065 when a closed report's figures, or the counts beside them, are not what this program reads."""
    facts = package.header.facts
    for name in package.reports:
        content: Any = package.figures(name)
        if name == MEMBER:
            check_counts(facts.office_code, facts.number, content)
        elif name == DIRECTIVES_APPLIED:
            check_applied(facts.office_code, content, facts.number)
        else:
            _check_report(facts.office_code, facts.number, content)


def _check_report(office: str, number: int, content: Any) -> None:
    try:
        for day in (content["from"], content["to"]) if "from" in content or "to" in content else ():
            date.fromisoformat(day)
        for row in content["figures"]:
            words = (row["indicator"], row.get("reason", ""), row.get("unrecorded", ""))
            if not all(isinstance(one, str) for one in words):
                raise ValueError("indicator")
            parse_number(row["value"])
            for name in _NUMBERS:
                if row.get(name) is not None:
                    parse_number(row[name])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError("TD-SYNC-065", office=office, number=number) from None
