"""Packages taken in one after the other, off the window's thread: what came of it, also when it was stopped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.paths import is_there
from thidua_desktop.services.handoff import incoming
from thidua_desktop.services.handoff.inbox import InboxPackage, look_at
from thidua_desktop.services.handoff.incoming import Received
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.tasks import CancelledError, TaskControl

_SHORT_OF_A_FAULT = "TD-SYNC-056"
"""Many deletions, which a person has to confirm: nothing is wrong with the machine, the next package is taken in."""

_STICK_GONE = "TD-SYNC-050"


class Taken(NamedTuple):
    """``received``: what is here now; ``refusals``: what was said of those that are not, by sender.

    ``left`` are packages that were not come to, because of a fault or because the person ``stopped``.
    """

    received: list[Received]
    refusals: list[tuple[str, UserError]]
    left: int = 0
    stopped: bool = False


def take_in(session: Session, packages: Sequence[InboxPackage], confirmed: bool, control: TaskControl) -> Taken:
    """Each is planned anew and is a transaction of its own: what was taken in before a stop stays.

    A package that is refused keeps no other out; a fault while one is taken in ends it.
    """
    received: list[Received] = []
    refusals: list[tuple[str, UserError]] = []
    whole = len(packages)
    with session.worker(lambda: control.cancelled) as working:
        for done, chosen in enumerate(packages):
            name = chosen.claimed.office_name if chosen.claimed is not None else chosen.path.name
            telling = control.progress if whole == 1 else partial(_tell, control, name, done, whole)
            try:
                telling(0, 0)
                taken, refusal = _take(working, chosen, confirmed, telling)
            except CancelledError:
                return Taken(received, refusals, whole - done, stopped=True)
            except UserError as fault:
                if control.cancelled:
                    return Taken(received, refusals, whole - done, stopped=True)
                return Taken(received, [*refusals, (name, fault)], whole - done - 1)
            received += [taken] if taken is not None else []
            refusals += [(name, refusal)] if refusal is not None else []
    return Taken(received, refusals)


def _tell(control: TaskControl, name: str, done: int, whole: int, _lines: int, _of_lines: int) -> None:
    """Of many packages it is told which one is being taken in, not which line of it."""
    control.progress(done, whole, f"Đang nhập {name}")


def _take(
    working: Session, chosen: InboxPackage, confirmed: bool, telling: incoming.Progress
) -> tuple[Received | None, UserError | None]:
    package = look_at(working, chosen.path)
    if package.plan is None:
        if not is_there(chosen.path.parent, Path.is_dir):
            raise UserError(_STICK_GONE, path=chosen.path.parent.name or str(chosen.path.parent))
        return None, package.refusal
    telling(0, 0)  # who pressed stop meanwhile is not made to wait for this one
    try:
        return incoming.receive(working, package.plan, deletions_confirmed=confirmed, on_progress=telling), None
    except UserError as refusal:
        if refusal.code != _SHORT_OF_A_FAULT:
            raise
        return None, refusal


def told(outcome: Taken) -> str:
    """What became of it in one line for the bar at the foot of the window."""
    words = f"Đã nhập {format_number(len(outcome.received))} gói"
    if outcome.refusals:
        words = f"{words}, {format_number(len(outcome.refusals))} gói không nhập được"
    return f"{words}, còn {format_number(outcome.left)} gói chưa nhập" if outcome.left else words
