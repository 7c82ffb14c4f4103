"""Values as a person types them outside the form (command line): parsed by the field's type, links found by name."""

from __future__ import annotations

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.kind import NotUnderstood
from thidua_desktop.formdef.model import FieldType, Value
from thidua_desktop.services import links
from thidua_desktop.services.session import Session


def typed(session: Session, register: str, name: str, text: str) -> Value:
    """The value of ``text`` for a field; raises TD-CLI-008 when field or text cannot be understood, TD-DATA-040
    for a field that the program computes.
    """
    spec = session.register(register)
    if name not in {field.name for field in spec.living_fields}:
        known = ", ".join(field.name for field in spec.living_fields)
        raise UserError("TD-CLI-008", text=name, reason=f"Các mục có: {known}.")
    field = spec.field(name)
    if name in spec.computed_fields:
        raise UserError("TD-DATA-040", label=field.label)
    if field.type is FieldType.LINK:
        return _linked(session, field.register, text, name)
    try:
        return field_type(field).parse(field, text, session.today, session.definitions.catalogs)
    except NotUnderstood as problem:
        raise UserError("TD-CLI-008", text=f"{name}={text}", reason=problem) from problem


def _linked(session: Session, register: str, text: str, name: str) -> str:
    """The id of the record that ``text`` names: an id as it is, else the one whose title it is, else the only match."""
    if session.file.records.get(register, text) is not None:
        return text
    found = links.matching(session, register, text)
    exact = [entry for entry in found if entry.label == text]
    chosen = exact or found
    if len(chosen) != 1:
        title = session.register(register).title
        named = "; ".join(entry.label for entry in found[:5])
        reason = f"nhiều bản ghi cùng tên trong {title}: {named}." if named else f"không có mục này trong {title}."
        raise UserError("TD-CLI-008", text=f"{name}={text}", reason=reason)
    return chosen[0].id
