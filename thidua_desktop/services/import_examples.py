"""What an import would record, shown by the first line that says it: a wrong column is seen before it is written."""

from __future__ import annotations

from typing import NamedTuple

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.services import links
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer import ImportPlan
from thidua_desktop.services.transfer_columns import typed_fields

_LOOKED_AT = 20


class Examples(NamedTuple):
    """``of_columns``: by field what a line would record of the column; ``added``: the label of a required field that
    the table has no column for and what the program records there, for the same lines."""

    of_columns: dict[str, str]
    added: tuple[tuple[str, str], ...]


def examples(session: Session, spec: RegisterSpec, plan: ImportPlan) -> Examples:
    """What the first lines to record become; nothing of fields that the person may not see."""
    fields = [field for field in typed_fields(spec) if session.sees(field) and field.type is not FieldType.ROWS]
    found: dict[str, str] = {}
    for row in plan.rows[:_LOOKED_AT]:
        for field in fields:
            value = row.values.get(field.name)
            if field.name not in found and value not in (None, ""):
                found[field.name] = links.label(session, field, value)
    brought = {column.field for column in plan.columns}
    said = brought | {fill.field for fill in plan.fills}
    added = tuple((field.label, found[field.name]) for field in fields if _is_added(field, said, found))
    return Examples({name: shown for name, shown in found.items() if name in brought}, added)


def _is_added(field: FieldSpec, said: set[str | None], found: dict[str, str]) -> bool:
    return field.required and field.name not in said and field.name in found
