"""A small office where people named in books ("person") are for those alone who may see sensitive data."""

from __future__ import annotations

from dataclasses import replace

from thidua_desktop.formdef.growing import office_definitions
from thidua_desktop.services.session import Role, Session

REGISTER = "person"


def with_restricted(session: Session, role: Role | None = None) -> Session:
    """The same office with the restricted register, for the person at the desk in another role."""
    spec = replace(
        session.definitions.registers[REGISTER], restricted=True, travels="counts", retention_years=5,
        retention_from="until",
    )  # fmt: skip
    registers = {**session.definitions.registers, REGISTER: spec}
    definitions = office_definitions(replace(session.definitions, registers=registers))
    session.file._database.definitions = definitions  # the store reads the same definitions, in a worker too
    session.file._access = replace(session.file._access, definitions=definitions)
    user = replace(session.user, role=role or session.user.role)
    return replace(session, definitions=definitions, user=user, entries={}, whole_registers=set(), unread={})
