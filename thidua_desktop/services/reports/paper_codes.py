"""The codes at the end of a closed report's paper: the figures as reported, signed by this installation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from thidua_desktop.domain.figures import Number
from thidua_desktop.domain.periods import Period
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.session import Session
from thidua_desktop.sync.paper_codes import PaperFigures, codes_of


def paper_figures(
    session: Session, report: str, period: Period, edition: int, reported: Mapping[str, Number], package: int = 0
) -> PaperFigures:
    """What the codes of a report say; ``package``: number of the package that carries it, 0 while there is none."""
    return PaperFigures(
        office=session.file.identity.code,
        installation=session.file.installation_id,
        report=report,
        period=period.code,
        first_day=period.start.isoformat(),
        last_day=period.end.isoformat(),
        edition=edition,
        package=package,
        figures=tuple((name, _plain(value)) for name, value in sorted(reported.items())),
    )


def paper_codes(session: Session, paper: PaperFigures) -> tuple[str, ...]:
    """The texts of the codes."""
    return codes_of(paper, cards.office_keys(session))


def _plain(value: Number) -> int | str:
    return str(value) if isinstance(value, Decimal) else value
