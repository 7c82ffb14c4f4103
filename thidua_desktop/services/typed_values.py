"""Typed texts as the values of a record: what a form and ``thidua record add`` have before they can save."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.kind import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.services import links
from thidua_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Typed:
    """The values that were understood, over those there were, and a problem for each text that was not."""

    values: Values
    problems: tuple[Problem, ...]


def from_texts(session: Session, register: str, texts: Mapping[str, str], base: Values | None = None) -> Typed:
    """Read ``texts`` by field name (links by id, title, name or number); an empty text empties its field.

    Raises TD-STORE-225 for an unknown register; a name that the register does not have is a problem (TD-DATA-207).
    """
    spec = session.register(register)
    known = {field.name: field for field in spec.living_fields}
    values = dict(base or {})
    problems: list[Problem] = []
    ordered = sorted(texts, key=lambda name: name not in {spec.date_field, spec.area_field})
    for name in ordered:
        field = known.get(name)
        if field is None:
            problems.append(finding("TD-DATA-207", name, name=name, known=", ".join(known)))
            continue
        value, found = _value(session, spec, field, texts[name], values)
        problems += found
        values[name] = value
    return Typed({name: value for name, value in values.items() if value is not None}, tuple(problems))


def _value(
    session: Session, spec: RegisterSpec, field: FieldSpec, text: str, values: Values
) -> tuple[Value, list[Problem]]:
    if field.type is FieldType.LINK:
        return _link(session, spec, field, text.strip(), values)
    try:
        return field_type(field).parse(field, text, session.today, session.definitions.catalogs), []
    except NotUnderstood as refusal:
        return None, [refusal.problem(field.name)]


def _link(
    session: Session, spec: RegisterSpec, field: FieldSpec, text: str, values: Values
) -> tuple[Value, list[Problem]]:
    if not text:
        return None, []
    area = values.get(spec.area_field) if spec.area_field not in {"", "id", field.name} else None
    day = values.get(spec.date_field) if spec.date_field else None
    found = links.matching(session, field.register, text, str(area or ""), day if isinstance(day, date) else None)
    if len(found) == 1:
        return found[0].id, []
    code = "TD-DATA-209" if found else "TD-DATA-208"
    return None, [finding(code, field.name, label=field.label, typed=text, count=len(found))]
