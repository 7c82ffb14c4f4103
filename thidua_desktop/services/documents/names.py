"""What document texts may read: the office, the record as shown, its child rows (``formdef.jinja_texts``)."""

from __future__ import annotations

from collections.abc import Mapping

from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.jinja_texts import fill
from thidua_desktop.formdef.model import DocumentSpec, FieldSpec, RegisterSpec, Row, Values
from thidua_desktop.services.lists import cell_text
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Session


def document_texts(session: Session, spec: DocumentSpec, values: Values) -> dict[str, str]:
    """Every text of the definition, filled from one record."""
    register = session.register(spec.register)
    names = _names(session, register, values)
    return {place: fill(text, names) for place, text in spec.texts.items()}


def _names(session: Session, register: RegisterSpec, values: Values) -> dict[str, object]:
    def rows(name: str) -> list[Mapping[str, str]]:
        field = register.field(name)
        return [_shown(session, field.fields, row) for row in rows_of(values.get(name))]

    return {"office": office_names(session), "record": _shown(session, register.fields, values), "rows": rows}


def _shown(session: Session, fields: tuple[FieldSpec, ...], values: Values | Row) -> dict[str, str]:
    return {field.name: cell_text(session, field, values.get(field.name)) for field in fields}
