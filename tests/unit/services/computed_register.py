"""Movement activities with a field that the program computes, for tests of everything that meets such a field."""

from __future__ import annotations

from dataclasses import replace

from thidua_desktop.formdef.model import Computation
from thidua_desktop.services.session import Session

REGISTER = "movement_activity"
FIELD = "messages_received"
PARTS = ("documents_handed_out", "households_signed")


def with_computed_field(session: Session, required: bool = False) -> Session:
    """The same office, where ``FIELD`` is the sum of ``PARTS`` and nobody types it."""
    spec = session.definitions.registers[REGISTER]
    fields = tuple(field._replace(required=required) if field.name == FIELD else field for field in spec.fields)
    changed = replace(spec, fields=fields, computed=(Computation(FIELD, "sum_of_fields", PARTS),))
    registers = {**session.definitions.registers, REGISTER: changed}
    return replace(session, definitions=replace(session.definitions, registers=registers))
