"""A paper as it will look, made of the sample values of its fields, before an office has any record of the kind.

The samples lie in an office file of their own for as long as the paper is being made; nothing of them reaches the
office's file.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import Condition, FieldSpec, FieldType, RegisterSpec, Value
from thidua_desktop.formdef.records import sample_values
from thidua_desktop.services import offices, signers
from thidua_desktop.services.documents.printing import document_spec, print_documents
from thidua_desktop.services.offices import KeyCost, NewOffice
from thidua_desktop.services.session import Clock, Permission, Session
from thidua_desktop.services.units import Unit

if TYPE_CHECKING:
    from thidua_desktop.printing.marks import Rendered

_EACH = 3
_QUICK = KeyCost(memory_kib=16, passes=1, lanes=1)
_PERSON, _SECRET = "Giấy Tờ Mẫu", "giấy-tờ-mẫu-không-giữ"
_SOMEWHERE = Unit("00000", "Xã Mẫu", "xã", "00", "Tỉnh Mẫu")


def print_sample(document: str, like: Session | None = None, clock: Clock | None = None) -> Rendered:
    """The paper of a definition from the samples of its fields, under the head and with the signers of an office.

    Raises TD-CLI-004 (no such paper), TD-STORE-220 (permission), and what rendering raises.
    """
    if like is not None:
        like.require(Permission.PRINT)
        document_spec(like, document)
    with TemporaryDirectory() as folder:
        new = NewOffice(unit_code=_SOMEWHERE.code, user_name=_PERSON, password=_SECRET)
        moment = like.clock if like is not None else clock
        session = offices.create_office(Path(folder) / "mau.thidua", new, moment, _QUICK, _SOMEWHERE).session
        try:
            spec = document_spec(session, document)
            _look_like(session, like)
            for register in session.definitions.registers.values():
                _fill(session, register, spec.where if register.name == spec.register else ())
            ids = [_id(spec.register, number) for number in range(1 if spec.scope == "record" else _EACH)]
            return print_documents(session, document, ids)
        finally:
            session.close()


def _look_like(session: Session, like: Session | None) -> None:
    """Head lines and signers of the office that asks."""
    if like is None:
        return
    identity = like.file.identity
    offices.set_letterhead(
        session, header_parent=identity.header_parent, header_issuer=identity.header_issuer, place=identity.place,
        symbol_suffix=identity.symbol_suffix,
    )  # fmt: skip
    signers.keep(session, signers.signers(like))


def _fill(session: Session, register: RegisterSpec, where: Iterable[Condition]) -> None:
    """A few records of samples that meet the paper's conditions; links lead to the first sample of their register."""
    values: dict[str, Value] = {**sample_values(session.definitions, register), **_links(register.fields)}
    for field in register.living_fields:
        if field.type is FieldType.ROWS:
            links = _links(field.fields)
            values[field.name] = tuple({**row, **links} for row in rows_of(values.get(field.name)))
    for condition in where:
        wanted = condition.values[0]
        kind = register.field(condition.field).type
        if wanted == "":
            values.pop(condition.field, None)
        elif wanted != "*":
            values[condition.field] = wanted == "1" if kind is FieldType.BOOLEAN else wanted
    made = [(_id(register.name, number), values) for number in range(_EACH)]
    session.file.records.save_many(register.name, made, actor=_PERSON, now=session.now())


def _links(fields: Iterable[FieldSpec]) -> dict[str, str]:
    return {field.name: _id(field.register, 0) for field in fields if field.type is FieldType.LINK}


def _id(register: str, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{register}/sample/{number}"))
