"""Slabs onto pages: what is tied stays together, what does not fit goes to the next page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from thidua_desktop.errors import UserError
from thidua_desktop.printing.press import Press, Slab


def stacked_height(slabs: Iterable[Slab], fresh: bool) -> float:
    """Height of slabs one under the other; at the top of a page the first gap falls away."""
    total = 0.0
    for slab in slabs:
        total += slab.height + (0.0 if fresh else slab.before)
        fresh = False
    return total


def place(press: Press, slabs: list[Slab], following: float = 0.0) -> None:
    """Draw tied slabs: on this page if they fit with ``following`` points under them, else on the next.

    A group higher than a page is cut between its slabs. Raises ``UserError`` TD-PRINT-003 when one slab alone is higher
    than a page.
    """
    needed = stacked_height(slabs, press.fresh) + following
    whole_page = stacked_height(slabs, fresh=True) + following <= press.frame.height + 0.01
    if needed > press.room + 0.01 and whole_page and not press.fresh:
        press.open_page(press.frame)
    for slab in slabs:
        _place_one(press, slab)


def _place_one(press: Press, slab: Slab) -> None:
    gap = 0.0 if press.fresh else slab.before
    if gap + slab.height > press.room + 0.01:
        if slab.height > press.frame.height:
            raise UserError("TD-PRINT-003", what=slab.label or "…")
        press.open_page(press.frame)
        gap = 0.0
    press.y += gap
    slab.draw(press, press.y)
    press.y += slab.height
    press.fresh = False


def groups(slabs: Iterable[Slab]) -> Iterable[list[Slab]]:
    """Slabs in groups that are tied together; the last group may be tied to what comes later."""
    group: list[Slab] = []
    for slab in slabs:
        group.append(slab)
        if not slab.keep_next:
            yield group
            group = []
    if group:
        yield group


def tied_tail(slabs: list[Slab], count: int) -> list[Slab]:
    """The same slabs with the last ``count`` tied to what follows, so that a signature never stands alone on a page."""
    head, tail = slabs[: len(slabs) - count], slabs[len(slabs) - count :]
    return head + [replace(slab, keep_next=True) for slab in tail]
