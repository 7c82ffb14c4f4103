"""Checks what names inside definitions point at: fields, catalogs, registers, rules, indicators, documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from thidua_desktop.domain.law_table import law_table
from thidua_desktop.domain.rules import RuleSignature, known_computations, known_rules
from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.model import Condition, Definitions, FieldSpec, FieldType, RegisterSpec

NUMBER_TYPES = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
CODE_TYPES = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_OWN_KEYS = {
    "catalog": CODE_TYPES,
    "register": frozenset({FieldType.LINK}),
    "fields": frozenset({FieldType.ROWS}),
}
_LIMIT_KEYS = {
    "minimum": NUMBER_TYPES,
    "maximum": NUMBER_TYPES,
    "digits": frozenset({FieldType.DECIMAL}),
    "total": NUMBER_TYPES,
    "seldom": frozenset({FieldType.ROWS}),
    "known_by": frozenset({FieldType.ROWS}),
    "max_length": frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NAME}),
}


def cross_check(definitions: Definitions, files: Mapping[str, str]) -> list[Fault]:
    """Every fault of ``definitions``; ``files`` gives the file of "registers/name" and so on."""
    from thidua_desktop.formdef.crosscheck_assessments import check_assessments
    from thidua_desktop.formdef.crosscheck_calendars import check_calendars
    from thidua_desktop.formdef.crosscheck_documents import check_document
    from thidua_desktop.formdef.crosscheck_figures import check_indicators, check_reports

    faults: list[Fault] = []
    for register in definitions.registers.values():
        faults += check_register(register, definitions, files[f"registers/{register.name}"])
    for catalog in definitions.catalogs.values():
        for code in _repeated(item.code for item in catalog.items):
            faults.append(fault("TD-FORM-008", files[f"catalogs/{catalog.name}"], "items", name=code))
    faults += check_indicators(definitions, files)
    faults += check_reports(definitions, files)
    faults += check_calendars(definitions, files)
    faults += check_assessments(definitions, files)
    for document in definitions.documents.values():
        faults += check_document(document, definitions, files[f"documents/{document.name}"])
    return faults


def check_register(register: RegisterSpec, definitions: Definitions, file: str) -> list[Fault]:
    """Faults of one register."""
    faults = check_fields(register.fields, definitions, file, "fields")
    faults += _check_layout(register, file)
    faults += _check_roles(register, file)
    faults += _check_counts(register, definitions, file)
    faults += _check_asked(register, definitions, file)
    faults += check_rules(register, file)
    for name in register.documents:
        document = definitions.documents.get(name)
        if document is None or document.register != register.name:
            faults.append(fault("TD-FORM-017", file, "documents", document=name))
    return faults


def check_fields(fields: tuple[FieldSpec, ...], definitions: Definitions, file: str, place: str) -> list[Fault]:
    """Faults of fields: repeated names, keys that the type does not have, catalogs and registers that are not there."""
    faults = [fault("TD-FORM-008", file, place, name=name) for name in _repeated(field.name for field in fields)]
    for field in fields:
        where = f"{place}[{field.name}]"
        faults += _check_keys(field, file, where)
        if field.catalog and field.catalog not in definitions.catalogs:
            faults.append(fault("TD-FORM-010", file, where, catalog=field.catalog))
        if field.register and field.register not in definitions.registers:
            faults.append(fault("TD-FORM-011", file, where, register=field.register))
        if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
            faults.append(fault("TD-FORM-016", file, where))
        faults += _check_default(field, definitions, file, where)
        for child in field.fields:
            if child.type is FieldType.ROWS:
                faults.append(fault("TD-FORM-018", file, f"{where}.fields[{child.name}]"))
        faults += check_fields(field.fields, definitions, file, f"{where}.fields")
    return faults


def _check_keys(field: FieldSpec, file: str, where: str) -> list[Fault]:
    faults = []
    for key, types in _OWN_KEYS.items():
        if field.type in types and not getattr(field, key):
            faults.append(fault("TD-FORM-003", file, f"{where}.{key}", key=key))
    for key, types in {**_OWN_KEYS, **_LIMIT_KEYS}.items():
        if getattr(field, key) not in (None, "", 0, False, ()) and field.type not in types:
            faults.append(fault("TD-FORM-009", file, f"{where}.{key}", key=key, type=field.type.value))
    return faults


_DEFAULT_TYPES: dict[FieldType, type] = {FieldType.INTEGER: int, FieldType.BOOLEAN: bool, FieldType.CHOICE: str}


def check_conditions(
    conditions: tuple[Condition, ...],
    fields: Mapping[str, FieldSpec],
    definitions: Definitions,
    file: str,
    place: str,
) -> list[Fault]:
    """Conditions name fields that exist and codes that their catalogs hold."""
    faults: list[Fault] = []
    for condition in conditions:
        spec = fields.get(condition.field)
        if spec is None:
            faults.append(fault("TD-FORM-014", file, place, field=condition.field))
            continue
        catalog = definitions.catalogs.get(spec.catalog) if spec.type in CODE_TYPES else None
        if catalog is None or condition.values in (("",), ("*",)):
            continue
        known = {item.code for item in catalog.items}
        for value in condition.values:
            if value and value not in known:
                faults.append(fault("TD-FORM-025", file, place, value=value, catalog=catalog.name))
    return faults


def _check_asked(register: RegisterSpec, definitions: Definitions, file: str) -> list[Fault]:
    """What decides whether a field is asked for is another field of the record."""
    return [
        one
        for field in register.fields
        for one in check_conditions(field.asked_when, register.by_name, definitions, file, f"{field.name}.asked_when")
    ]


def _check_counts(register: RegisterSpec, definitions: Definitions, file: str) -> list[Fault]:
    """What is counted is a register, by a link of it that points here."""
    faults = []
    for field in register.fields:
        if not field.counts:
            continue
        counted = definitions.registers.get(field.counts[0])
        link = counted.by_name.get(field.counts[-1]) if counted else None
        if len(field.counts) != 2 or link is None or link.register != register.name:
            faults.append(fault("TD-FORM-014", file, f"{field.name}.counts", field=", ".join(field.counts)))
    return faults


def _check_default(field: FieldSpec, definitions: Definitions, file: str, where: str) -> list[Fault]:
    if field.default is None:
        return []
    expected = _DEFAULT_TYPES.get(field.type, str)
    fits = isinstance(field.default, expected) and (expected is bool or not isinstance(field.default, bool))
    catalog = definitions.catalogs.get(field.catalog) if field.type is FieldType.CHOICE else None
    if fits and (catalog is None or any(item.code == field.default for item in catalog.items)):
        return []
    return [fault("TD-FORM-015", file, f"{where}.default", value=field.default)]


def _check_layout(register: RegisterSpec, file: str) -> list[Fault]:
    """Sections place each living field once; lists, titles and sort name fields that exist."""
    known = {field.name for field in register.fields}
    placed = [name for section in register.sections for line in section.lines for name in line]
    faults = []
    for place, names in (
        ("sections", placed),
        ("list.columns", register.list.columns),
        ("list.filters", register.list.filters),
        ("title_fields", register.title_fields),
        ("known_by", register.known_by),
        ("sort", (register.sort.removeprefix("-"),) if register.sort else ()),
        *((f"{field.name}.runs_in", field.runs_in) for field in register.fields),
        *((f"{field.name}.born_year", (field.born_year,)) for field in register.fields if field.born_year),
    ):
        faults += [fault("TD-FORM-014", file, place, field=name) for name in names if name not in known]
    for field in register.fields:
        own = {child.name for child in field.fields}
        lost = [name for name in field.known_by if name not in own]
        faults += [fault("TD-FORM-014", file, f"{field.name}.known_by", field=name) for name in lost]
    lost = [name for name in register.list.stays if name not in register.list.columns]
    faults += [fault("TD-FORM-014", file, "list.stays", field=name) for name in lost]
    faults += [fault("TD-FORM-020", file, "sections", field=name) for name in _repeated(placed)]
    missing = [field.name for field in register.living_fields if field.name not in placed]
    return faults + [fault("TD-FORM-019", file, "sections", field=name) for name in missing]


def _check_roles(register: RegisterSpec, file: str) -> list[Fault]:
    """The fields with a role have the type that the role needs."""
    types = {field.name: field.type for field in register.fields}
    roles = [
        ("date_field", register.date_field, FieldType.DATE),
        ("valid_from", register.valid_from, FieldType.DATE),
        ("valid_to", register.valid_to, FieldType.DATE),
        ("retention_from", register.retention_from, FieldType.DATE),
        ("due", register.due.field if register.due else "", FieldType.DATE),
    ]
    if register.area_field != "id":
        roles.append(("area_field", register.area_field, FieldType.LINK))
    return [
        fault("TD-FORM-021", file, role, field=name, type=needed.value)
        for role, name, needed in roles
        if name and types.get(name) is not needed
    ]


def check_rules(register: RegisterSpec, file: str) -> list[Fault]:
    """Rules and computations that exist, with as many arguments as they take, and fields that exist."""
    faults: list[Fault] = []
    rules, computations = known_rules(), known_computations()
    for number, check in enumerate(register.checks):
        faults += _check_call(register, rules.get(check.rule), check.rule, check.args, file, f"checks[{number}]")
    called = [(f"computed[{number}]", one) for number, one in enumerate(register.computed)]
    called += [(f"proposed[{number}]", one) for number, one in enumerate(register.proposed)]
    for place, one in called:
        faults += _check_call(register, computations.get(one.function), one.function, one.args, file, place)
        is_row = "." in one.field and not place.startswith("proposed")  # a new child row may be proposed, not computed
        if not has_field(register, one.field) or is_row:
            faults.append(fault("TD-FORM-014", file, place, field=one.field))
    if register.due is not None and not has_field(register, register.due.done):
        faults.append(fault("TD-FORM-014", file, "due.done", field=register.due.done))
    if register.due is not None and register.due.within and not law_table(register.due.within):
        faults.append(fault("TD-FORM-014", file, "due.within", field=register.due.within))
    for condition in register.open_where:
        if not has_field(register, condition.field) or "." in condition.field:
            faults.append(fault("TD-FORM-014", file, "open_where", field=condition.field))
    return faults


def _check_call(
    register: RegisterSpec, signature: RuleSignature | None, name: str, args: tuple[str, ...], file: str, place: str
) -> list[Fault]:
    """One use of a rule or a computation."""
    if signature is None:
        return [fault("TD-FORM-012", file, place, rule=name)]
    if not signature.accepts(len(args)):
        return [fault("TD-FORM-013", file, place, rule=name, count=len(args))]
    fields = signature.field_args(args)
    return [fault("TD-FORM-014", file, place, field=field) for field in fields if not has_field(register, field)]


def has_field(register: RegisterSpec, name: str) -> bool:
    """Whether ``name`` (or ``rows.column``) is a field of the register."""
    outer, _, inner = name.partition(".")
    for field in register.fields:
        if field.name == outer:
            return not inner or any(child.name == inner for child in field.fields)
    return False


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
