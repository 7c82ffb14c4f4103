"""Receipts for all communes that wait for one, off the window's thread: what came of it, also when it was stopped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import answers
from thidua_desktop.services.handoff.answers import MadeReceipt
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.tasks import CancelledError, TaskControl


class Written(NamedTuple):
    """What is written stands on the stick whole; ``left`` were not come to, because of ``fault`` or a stop."""

    made: list[MadeReceipt]
    left: int = 0
    fault: UserError | None = None


def write_all(session: Session, folder: Path, control: TaskControl) -> Written:
    """One receipt after the other, each with its own number."""
    made: list[MadeReceipt] = []
    total = 0

    def tell(done: Sequence[MadeReceipt], whole: int) -> None:
        nonlocal total
        made[:], total = done, whole
        control.progress(len(done), whole)

    try:
        with session.worker(lambda: control.cancelled) as working:
            return Written(answers.make_receipts(working, folder, on_progress=tell))
    except CancelledError:
        return Written(made, total - len(made))
    except UserError as fault:
        return Written(made, total - len(made), None if control.cancelled else fault)


def told(outcome: Written) -> str:
    """What became of it in one line for the bar at the foot of the window."""
    words = f"Đã ghi {format_number(len(outcome.made))} biên nhận"
    return f"{words}, còn {format_number(outcome.left)} chưa ghi" if outcome.left else f"{words}. Rút USB được rồi."
