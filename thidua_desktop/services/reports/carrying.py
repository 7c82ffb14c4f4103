"""What an officer wrote last period, offered again: figures filled with those of this period, old numbers pointed out.

Nothing is overwritten: a paragraph that was written in this period already keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from thidua_desktop.domain.periods import Period, previous
from thidua_desktop.errors import UserError
from thidua_desktop.services.report_periods import as_closed
from thidua_desktop.services.reports.build import Report, is_closed, paragraphs_of, set_paragraph
from thidua_desktop.services.reports.figure_columns import counted
from thidua_desktop.services.reports.figure_marks import Piece, draft_pieces, edited_pieces
from thidua_desktop.services.reports.figures import Figure, figures_of
from thidua_desktop.services.reports.names import number_text
from thidua_desktop.services.session import Session

_NUMBER = re.compile(r"(?<![\w.,/])\d+(?:[.,]\d+)*%?(?![\w/])")


@dataclass(frozen=True, slots=True)
class Offer:
    """A paragraph as written last period: ``text`` with this period's figures, ``stale`` numbers that are still old."""

    name: str
    heading: str
    text: str
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What last period (``period``) gives to this one. ``tasks``: what was planned then; ``stale``: old numbers that
    still stand in what was written in this period, by paragraph."""

    period: Period | None
    offers: Mapping[str, Offer]
    stale: Mapping[str, tuple[str, ...]]
    tasks: str


NOTHING = Carried(None, {}, {}, "")


def carried(session: Session, report: Report) -> Carried:
    """What the period before has for ``report``; nothing for a campaign."""
    if report.period.span is not None:
        return NOTHING
    spec = report.spec
    before = as_closed(session, spec.name, previous(report.period))
    written = session.file.reports.narrative(spec.name, before.code)
    frozen = session.file.reports.frozen(spec.name, before.code)
    closed = is_closed(session, spec.name, before)  # opened again it is written anew, over the figures of now
    said = frozen.content if closed and frozen is not None and frozen.content else {}
    kept: Mapping[str, Any] = {part["name"]: part for part in said.get("paragraphs", ())}
    tasks = _tasks(report, kept, {name: one.text for name, one in written.items()})
    edited = [part for part in report.paragraphs if part.edited]
    if not written and not edited:
        return Carried(before, {}, {}, tasks)
    mine = session.file.reports.narrative(spec.name, report.period.code)  # what was typed since ``report`` too
    drafts = {name: str(part["marked"]) for name, part in kept.items()} or {
        part.name: part.marked
        for part in paragraphs_of(session, spec, before, figures_of(session, spec.indicators, before))
    }
    figures = {figure.indicator: figure for figure in report.figures}
    offers = {
        part.name: _offer(part.name, part.heading, written[part.name].text, drafts.get(part.name, ""), figures)
        for part in report.paragraphs
        if part.name in written and part.name not in mine
    }
    stale = {
        part.name: found
        for part in edited
        if (found := _stale(edited_pieces(part.text, part.marked), drafts.get(part.name, ""), part.marked))
    }
    return Carried(before, offers, stale, tasks)


def take(session: Session, report: Report, names: Iterable[str] = ()) -> tuple[Offer, ...]:
    """Take the words of last period into this one: of ``names``, or of all that can be taken.

    Raises TD-PRINT-066 for a paragraph that was not written last period or was written in this one already, TD-DATA-302
    when the period is closed, TD-STORE-220 permission.
    """
    offers = carried(session, report).offers
    wanted = tuple(names) or tuple(offers)
    for name in wanted:
        if name not in offers:
            heading = next((part.heading for part in report.paragraphs if part.name == name), name)
            raise UserError("TD-PRINT-066", heading=heading or name)
    with session.file.atomic():
        for name in wanted:
            set_paragraph(session, report.spec.name, report.period, name, offers[name].text)
    return tuple(offers[name] for name in wanted)


def _tasks(report: Report, kept: Mapping[str, Any], written: Mapping[str, str]) -> str:
    """What was planned for this period: as written, or as the closed report said."""
    for part in report.spec.narrative:
        if part.tasks:
            closed = kept.get(part.name)
            return written.get(part.name) or (str(closed["text"]) if closed else "")
    return ""


def _offer(name: str, heading: str, text: str, draft: str, figures: Mapping[str, Figure]) -> Offer:
    lines = edited_pieces(text, draft)
    filled = "\n".join("".join(_now(piece, figures) for piece in line) for line in lines)
    return Offer(name, heading, filled, _stale(lines, draft, ""))


def _now(piece: Piece, figures: Mapping[str, Figure]) -> str:
    """The words of a figure with its value of this period, in the form that they had."""
    figure = figures.get(piece.indicator)
    if figure is None:
        return piece.text
    if "/" in piece.text.split(" ")[0]:
        return f"{counted(figure)} {figure.whole_unit or figure.unit}"
    return f"{number_text(figure.value)} {figure.unit}"


def _stale(lines: Iterable[Iterable[Piece]], old_draft: str, new_draft: str) -> tuple[str, ...]:
    """Numbers outside of figures that stood in the draft of last period and do not stand in this one's."""
    old = _numbers(old_draft) - _numbers(new_draft)
    words = (piece.text for line in lines for piece in line if not piece.indicator)
    found = (number for text in words for number in _NUMBER.findall(text))
    return tuple(dict.fromkeys(number for number in found if number in old))


def _numbers(draft: str) -> set[str]:
    plain = "\n".join("".join(piece.text for piece in draft_pieces(line)) for line in draft.splitlines())
    return set(_NUMBER.findall(plain))
