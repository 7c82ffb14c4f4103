"""Checks what papers point at: their register, and the columns, links and sums of their tables."""

from __future__ import annotations

from thidua_desktop.domain.assessments.sets import METHODS
from thidua_desktop.domain.paper_types import paper_type
from thidua_desktop.domain.signing_capacity import ISSUING_BODIES
from thidua_desktop.formdef.crosscheck import check_conditions
from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.model import Definitions, DocumentSpec, DocumentTable, FieldSpec, FieldType, RegisterSpec

WITH_TABLES = frozenset({"official", "sheet", "minutes_office"})
OFFICE = "office"
"""Last of a column's fields: where none is filled, the record is about this office itself."""
_MANIFOLD = frozenset({FieldType.ROWS, FieldType.CHOICES, FieldType.LONG_TEXT})
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL})


def check_document(document: DocumentSpec, definitions: Definitions, file: str) -> list[Fault]:
    """The register is there, and every table names columns of what it lists."""
    register = definitions.registers.get(document.register)
    if register is None:
        return [fault("TD-FORM-011", file, "register", register=document.register)]
    faults = check_conditions(
        document.where, {field.name: field for field in register.fields}, definitions, file, "where"
    )
    faults += [
        fault("TD-FORM-014", file, "methods", field=one)
        for one in document.methods
        if one not in METHODS or "criteria_set" not in register.by_name
    ]
    faults += _check_issuing(document, register, file)
    for number, table in enumerate(document.tables):
        faults += _check_table(document, table, register, definitions, file, f"tables[{number}]")
    return faults


def _check_issuing(document: DocumentSpec, register: RegisterSpec, file: str) -> list[Fault]:
    """Who issues the paper is said once; "Như trên" needs somebody above; a number goes where one can stand."""
    texts = document.texts
    faults = []
    if document.issued_by != ISSUING_BODIES[0] and {"issuer", "issuer_parent", "issuer_code"} & texts.keys():
        faults.append(fault("TD-FORM-070", file, "issued_by", body=document.issued_by))
    invites = paper_type(texts.get("type_name", ""), document.title) == "GIẤY MỜI"
    if "Như trên" in texts.get("recipients", "") and not texts.get("to") and not invites:
        faults.append(fault("TD-FORM-071", file, "texts.recipients"))
    for key, kind in (("number_into", FieldType.TEXT), ("day_into", FieldType.DATE)):
        name = getattr(document, key)
        if name and not any(field.name == name and field.type is kind for field in register.fields):
            faults.append(fault("TD-FORM-072", file, key, field=name, type=kind.value))
    return faults


def _check_table(
    document: DocumentSpec,
    table: DocumentTable,
    register: RegisterSpec,
    definitions: Definitions,
    file: str,
    place: str,
) -> list[Fault]:
    if document.layout not in WITH_TABLES or (document.scope == "selection" and (table.rows or table.register)):
        return [fault("TD-FORM-042", file, place, layout=document.layout, scope=document.scope)]
    listed = definitions.registers.get(table.register) if table.register else register
    if listed is None:
        return [fault("TD-FORM-011", file, f"{place}.register", register=table.register)]
    misplaced = [fault("TD-FORM-044", file, f"{place}.where")] if table.where and not table.register else []
    if misplaced or bool(table.register) != bool(table.link) or (table.rows and table.register):
        return misplaced or [fault("TD-FORM-044", file, place)]
    if table.link and not any(field.name == table.link and field.register == register.name for field in listed.fields):
        return [fault("TD-FORM-021", file, f"{place}.link", field=table.link, type="link")]
    fields = _listed_fields(listed, table.rows)
    if fields is None:
        return [fault("TD-FORM-014", file, f"{place}.rows", field=table.rows)]
    faults = [
        fault("TD-FORM-014", file, place, field=name)
        for column in table.columns
        for name in column_names(column)
        if column_field(definitions, fields, name) is None
    ]
    known = {field.name: field for field in listed.fields}
    faults += check_conditions(table.where, known, definitions, file, f"{place}.where")
    for key, names in (("totals", table.totals), ("subtotals", table.subtotals)):
        for name in names:
            field = column_field(definitions, fields, name)
            if name not in table.columns or field is None or field.type not in _NUMBERS:
                faults.append(fault("TD-FORM-043", file, f"{place}.{key}", field=name))
    return faults + _check_groups(definitions, table, fields, file, place)


def _check_groups(
    definitions: Definitions, table: DocumentTable, fields: tuple[FieldSpec, ...], file: str, place: str
) -> list[Fault]:
    """Rows are put together by a field of one value that is no column too; subtotals need groups."""
    if not table.group_by:
        return [fault("TD-PRINT-071", file, f"{place}.subtotals", field=table.subtotals[0])] if table.subtotals else []
    found = [column_field(definitions, fields, name) for name in column_names(table.group_by)]
    if any(field is None or field.type in _MANIFOLD for field in found) or table.group_by in table.columns:
        return [fault("TD-PRINT-071", file, f"{place}.group_by", field=table.group_by)]
    return []


def _listed_fields(listed: RegisterSpec, rows: str) -> tuple[FieldSpec, ...] | None:
    """The fields that columns may name: of the register, or of its child rows."""
    if not rows:
        return listed.fields
    return next((field.fields for field in listed.fields if field.name == rows and field.fields), None)


def column_names(name: str) -> tuple[str, ...]:
    """The fields of a column of which the first filled one is shown: "residential_area|organization|office"."""
    return tuple(part for part in name.split("|") if part != OFFICE)


def column_field(definitions: Definitions, fields: tuple[FieldSpec, ...], name: str) -> FieldSpec | None:
    """The field of a column: ``name``, or ``link.name`` of the record that a link points at; None: there is none."""
    outer, _, far = name.partition(".")
    field = next((field for field in fields if field.name == outer), None)
    if field is None or not far:
        return field
    target = definitions.registers.get(field.register)
    if target is None:
        return None
    return next((found for found in target.fields if found.name == far), None)
