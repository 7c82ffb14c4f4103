"""Mẫu ghi sẵn: filled forms kept under a name, from which a new record of the register starts.

They belong to the office, not to one person. Days are not kept, nor what the register marks as sensitive: a template is
no record, it is not erased with one and nobody's data shall stay in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldType, RegisterSpec, Value, Values
from thidua_desktop.formdef.records import plain_values, values_from_plain
from thidua_desktop.services import records
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.text import clean, fold, sort_key

LONGEST_NAME = 60
MOST = 30


@dataclass(frozen=True, slots=True)
class Template:
    """A name and what is filled in."""

    name: str
    values: Values


def templates_of(session: Session, register: str) -> list[Template]:
    """The templates of a register by name; one that a newer form cannot read any more is left out."""
    spec = session.register(register)
    found = []
    for name, plain in _kept(session, register).items():
        try:
            found.append(Template(name, values_from_plain(spec, plain)))
        except (KeyError, ValueError):
            continue
    return sorted(found, key=lambda one: sort_key(one.name))


def keep_template(session: Session, register: str, name: str, values: Values) -> Template:
    """Keep a filled form; one of that name (case and marks aside) is replaced.

    Raises TD-STORE-220 (permission), TD-UI-075 for a name that is empty or too long, 076 for a form with nothing to
    keep, 077 when there are too many.
    """
    session.require(Permission.RECORD)
    spec = session.register(register)
    wanted = clean(name)
    if not wanted or len(wanted) > LONGEST_NAME:
        raise UserError("TD-UI-075", most=LONGEST_NAME)
    filled = kept_values(spec, values)
    if not filled:
        raise UserError("TD-UI-076")
    others = {one: plain for one, plain in _kept(session, register).items() if fold(one) != fold(wanted)}
    if len(others) >= MOST:
        raise UserError("TD-UI-077", most=MOST)
    _keep(session, register, {**others, wanted: plain_values(spec, filled)})
    return Template(wanted, filled)


def drop_template(session: Session, register: str, name: str) -> None:
    """Forget a template; records that were made from it are not touched. Raises TD-STORE-220."""
    session.require(Permission.RECORD)
    _keep(session, register, {one: plain for one, plain in _kept(session, register).items() if one != name})


def started_from(session: Session, register: str, template: Template) -> Values:
    """The values of a new record that starts from a template: its own before the usual ones, the day as usual."""
    return {**records.blank(session, register), **template.values}


def kept_values(spec: RegisterSpec, values: Values) -> dict[str, Value]:
    """What of a form a template holds."""
    left_out = {
        field.name
        for field in spec.living_fields
        if field.type is FieldType.DATE or field.runs_in or any(one.sensitive for one in (field, *field.fields))
    }
    known = {field.name for field in spec.living_fields} - left_out - set(spec.computed_fields)
    return {name: value for name, value in values.items() if name in known and value not in (None, "", ())}


def _kept(session: Session, register: str) -> dict[str, Mapping[str, Any]]:
    session.register(register)
    return dict(session.file.settings.get(_setting(register)) or {})


def _keep(session: Session, register: str, templates: Mapping[str, Mapping[str, Any]]) -> None:
    session.file.settings.put(_setting(register), dict(templates) or None)
    session.announce(Changes(frozenset()))


def _setting(register: str) -> str:
    return f"templates.{register}"
