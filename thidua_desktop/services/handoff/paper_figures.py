"""Figures that come on paper: codes scanned or photographed, put together, verified, kept beside packages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thidua_desktop.domain.figures import Number
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.handoff.acknowledged import received_report
from thidua_desktop.services.report_periods import period_name
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.sync.paper_codes import CodePart, PaperFigures, joined, read_part
from thidua_desktop.text import upper_first

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS = 200 / 72  # of a PDF page, as a scanner would give it
_MOST_PAGES = 60
_MOST_PIXELS = 80_000_000


@dataclass(slots=True)
class PaperScan:
    """The codes of one report as they come in, in any order, each as often as it likes."""

    parts: dict[int, CodePart] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Take one code. Raises TD-SYNC-070 for what is none, TD-SYNC-072 for one of another report."""
        part = read_part(text)
        if any(known.name != part.name or known.total != part.total for known in self.parts.values()):
            raise UserError("TD-SYNC-072")
        self.parts[part.number] = part

    @property
    def total(self) -> int:
        """How many codes the report has; 0 before the first."""
        return next((part.total for part in self.parts.values()), 0)

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the codes that are still to come."""
        return tuple(number for number in range(1, self.total + 1) if number not in self.parts)

    @property
    def whole(self) -> bool:
        """Whether every code is here."""
        return bool(self.parts) and not self.missing


@dataclass(frozen=True, slots=True)
class ScannedFigure:
    """One figure of the paper; ``known`` is what a package brought before, None when there was none."""

    label: str
    unit: str
    value: Number
    known: Number | None

    @property
    def differs(self) -> bool:
        """Whether paper and package say different things."""
        return self.known is not None and self.known != self.value


@dataclass(frozen=True, slots=True)
class ScannedReport:
    """A verified report from paper, before it is kept. ``known``: figures of this report are here already."""

    paper: PaperFigures
    office_name: str
    title: str
    period_name: str
    digest: str
    figures: tuple[ScannedFigure, ...]
    known: bool

    @property
    def differing(self) -> int:
        """How many figures are others than those known."""
        return sum(figure.differs for figure in self.figures)


def read_scan(session: Session, scan: PaperScan) -> ScannedReport:
    """What the codes say, proved; nothing is kept. Raises TD-STORE-220, TD-SYNC-070…074, 076."""
    session.require(Permission.RECEIVE)
    paper = joined(scan.parts.values(), cards.trust(session))
    spec = session.definitions.reports.get(paper.report)
    if spec is None:
        raise UserError("TD-SYNC-076", report=paper.report)
    names = {office.code: office.name for office in cards.known_offices(session)}
    before = _known(session, paper)
    indicators = session.definitions.indicators
    places = {name: place for place, name in enumerate(spec.indicators)}
    figures = tuple(
        ScannedFigure(indicators[name].label, indicators[name].unit, _number(value), before.get(name))
        for name, value in sorted(paper.figures, key=lambda row: places.get(row[0], len(places)))
        if name in indicators
    )
    period = period_name(session.definitions, spec, paper.period)
    period = upper_first(period)
    return ScannedReport(
        paper, names.get(paper.office, paper.office), spec.title, period, paper.digest, figures, bool(before)
    )


def keep_scan(session: Session, scanned: ScannedReport) -> bool:
    """Keep the figures as the commune's report, beside those of packages; False when they are known to the number."""
    session.require(Permission.RECEIVE)
    paper = scanned.paper
    if scanned.known and not scanned.differing:
        return False
    figures: dict[str, Any] = {
        "report": paper.report, "office": paper.office, "period": paper.period, "from": paper.first_day,
        "to": paper.last_day, "edition": paper.edition, "source": "paper",
        "figures": [{"indicator": name, "value": value} for name, value in paper.figures],
    }  # fmt: skip
    name = received_report(paper.office, paper.report)
    session.file.reports.freeze(name, paper.period, figures, None, actor=session.user.name, now=session.now())
    session.announce(Changes(frozenset()))
    return True


def codes_in_file(path: Path) -> list[str]:
    """The codes on a photograph, a scan or a PDF. Raises TD-SYNC-050 unreadable file, TD-SYNC-075 no code found."""
    import zxingcpp

    texts = [barcode.text for picture in _pictures(path) for barcode in zxingcpp.read_barcodes(picture)]
    if not texts:
        raise UserError("TD-SYNC-075", path=path.name)
    return list(dict.fromkeys(texts))


def scan_of(texts: Iterable[str]) -> PaperScan:
    """A scan of these codes; other codes on the same sheet are passed over. Raises TD-SYNC-070 when all are others."""
    scan, refused = PaperScan(), None
    for text in texts:
        try:
            scan.add(text)
        except UserError as fault:
            if fault.code != "TD-SYNC-070":
                raise
            refused = fault
    if not scan.parts and refused is not None:
        raise refused
    return scan


def _known(session: Session, paper: PaperFigures) -> dict[str, Number]:
    kept = session.file.reports.frozen(received_report(paper.office, paper.report), paper.period)
    rows = kept.figures.get("figures", ()) if kept is not None and isinstance(kept.figures, dict) else ()
    return {row["indicator"]: _number(row["value"]) for row in rows}


def _number(value: int | str) -> Number:
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else number


def _pictures(path: Path) -> Iterator[Image]:
    """A picture file as it is, a PDF page by page."""
    from PIL import Image, UnidentifiedImageError

    try:
        if path.suffix.lower() == ".pdf":
            yield from _pages(path)
            return
        with Image.open(path) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise UserError("TD-SYNC-075", path=path.name)
            yield picture.convert("L")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault


def _pages(path: Path) -> Iterator[Image]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as pdf:
            for number in range(min(len(pdf), _MOST_PAGES)):
                yield pdf[number].render(scale=_DOTS).to_pil().convert("L")
    except pypdfium2.PdfiumError as fault:
        raise UserError("TD-SYNC-050", path=path.name) from fault
