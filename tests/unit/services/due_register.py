"""Movement activities that wait for something, for tests of everything that says so."""

from __future__ import annotations

from dataclasses import replace

from thidua_desktop.formdef.model import DueSpec
from thidua_desktop.services.session import Session

REGISTER, TEXT = "movement_activity", "hoạt động chưa có kết quả"


def with_due(session: Session, done: str = "result", soon: int = 7, *, hidden: bool = False) -> Session:
    """The same office, where an activity waits until ``done`` is filled, by the day it was held."""
    spec = session.definitions.registers[REGISTER]
    changed = replace(spec, due=DueSpec("held_on", done, TEXT, soon), hidden=hidden)
    registers = {**session.definitions.registers, REGISTER: changed}
    return replace(session, definitions=replace(session.definitions, registers=registers))
