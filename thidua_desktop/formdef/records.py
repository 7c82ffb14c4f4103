"""What is true of every record whatever its register: cleaning, checking, plain form, title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import Definitions, FieldSpec, FieldType, RegisterSpec, Row, Value, Values

if TYPE_CHECKING:
    from thidua_desktop.domain.rules import RuleContext

_NAMES = {FieldType.TEXT, FieldType.NAME}
_PYTHON_TYPES: Mapping[FieldType, tuple[type, ...]] = {
    FieldType.INTEGER: (int,),
    FieldType.DECIMAL: (Decimal,),
    FieldType.DATE: (date,),
    FieldType.BOOLEAN: (bool,),
    FieldType.CHOICES: (tuple,),
    FieldType.ROWS: (tuple,),
}


def normalise(register: RegisterSpec, values: Values) -> Values:
    """``values`` in NFC, trimmed, without empty ones and without names that the register does not know."""
    return _normalise_fields(register.fields, values)


def _normalise_fields(fields: tuple[FieldSpec, ...], values: Mapping[str, Any]) -> dict[str, Value]:
    given = ((field, value) for field in fields if (value := values.get(field.name)) is not None)
    return {field.name: tidy for field, value in given if (tidy := normalise_value(field, value)) is not None}


def normalise_value(field: FieldSpec, value: Any) -> Value:
    """One value as ``normalise`` leaves it."""
    if isinstance(value, str):
        return (text.clean_long(value) if field.type is FieldType.LONG_TEXT else text.clean(value)) or None
    if field.type is FieldType.ROWS and isinstance(value, (tuple, list)):
        rows = (_normalise_fields(field.fields, row) for row in value if isinstance(row, Mapping))
        return cast(Value, tuple(row for row in rows if row) or None)
    if field.type is FieldType.CHOICES and isinstance(value, (tuple, list)):
        return tuple(dict.fromkeys(text.nfc(code) for code in value if isinstance(code, str))) or None
    if field.type is FieldType.DECIMAL and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return cast(Value, value)


def with_computed(register: RegisterSpec, values: Values, context: RuleContext) -> Values:
    """``values`` with the register's computed fields as their functions give them."""
    if not register.computed:
        return values
    from thidua_desktop.domain.rules import computed_values

    calls = ((one.field, one.function, one.args) for one in register.computed)
    return cast(Values, computed_values(calls, values, context))


def field_labels(register: RegisterSpec) -> dict[str, str]:
    """Labels by "name" and "rows.column", as rules name fields in their sentences."""
    labels = {}
    for field in register.fields:
        labels[field.name] = field.label
        labels.update({f"{field.name}.{child.name}": child.label for child in field.fields})
    return labels


def check_record(
    definitions: Definitions, register: RegisterSpec, values: Values, context: RuleContext
) -> list[Problem]:
    """All problems of a record: declared checks field by field, then the register's named rules; each once.

    A field whose value has the wrong Python type gets TD-DATA-125, and the rules are then not run.
    """
    from thidua_desktop.domain.rules import run_rules

    problems: list[Problem] = []
    for field in register.living_fields:
        problems += check_field(definitions, field, values.get(field.name))
    if any(problem.code == "TD-DATA-125" for problem in problems):
        return problems
    named = context if context.labels else replace(context, labels=field_labels(register))
    problems += run_rules(((check.rule, check.args) for check in register.checks), values, named)
    return each_once(problems)


def sentence_of(register: RegisterSpec, problem: Problem) -> str:
    """What a problem says where the record is not seen: one of a child row names the row."""
    rows = register.by_name.get(problem.field.partition("[")[0])
    if problem.row is None or rows is None:
        return problem.text
    return f"“{rows.label}”, dòng {problem.row + 1}: {problem.text}"


def each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Each code at each field once, and no day both "after today" and "too far ahead": the first says it all."""
    found = list({(problem.code, problem.field): problem for problem in reversed(list(problems))}.values())[::-1]
    told = {(problem.code, problem.field) for problem in found}
    return [one for one in found if one.code != "TD-DATA-007" or ("TD-DATA-005", one.field) not in told]


def check_field(definitions: Definitions, field: FieldSpec, value: Value) -> list[Problem]:
    """The declared checks of one value, and whether it is of its field's type (TD-DATA-125)."""
    if value is None and not field.required:  # most fields of most lines of an import
        return []
    if value is not None and not _has_type(field, value):
        return [finding("TD-DATA-125", field.name, label=field.label)]
    for number, row in enumerate(rows_of(value)):
        for child in field.fields:
            cell = row.get(child.name)
            if cell is not None and not _has_type(child, cell):
                return [finding("TD-DATA-125", f"{field.name}[{number}].{child.name}", label=child.label)]
    return field_type(field).check(field, value, definitions.catalogs)


def _has_type(field: FieldSpec, value: Value) -> bool:
    types = _PYTHON_TYPES.get(field.type, (str,))
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


def plain_values(register: RegisterSpec, values: Values) -> dict[str, Any]:
    """``values`` as JSON can hold them, in the order of the register's fields, empty ones left out."""
    return {
        field.name: field_type(field).to_plain(field, values[field.name])
        for field in register.fields
        if values.get(field.name) is not None
    }


def values_from_plain(register: RegisterSpec, plain: Mapping[str, Any]) -> Values:
    """The values that ``plain_values`` made ``plain`` of; unknown names are left out.

    Raises ValueError, with the field's name, when a value has a foreign shape.
    """
    values: dict[str, Value] = {}
    for field in register.fields:
        found = plain.get(field.name)
        value = None if found is None else field_type(field).from_plain(field, found)
        if value is not None:
            values[field.name] = value
    return values


def joined_title(parts: Iterable[tuple[FieldSpec, str]]) -> str:
    """Shown title fields joined by ", ", empty ones left out; a kind before a name belongs to it: "Thôn Tân Lập"."""
    words: list[str] = []
    before: FieldSpec | None = None
    for field, shown in parts:
        kind_before_name = before is not None and before.type is FieldType.CHOICE and field.type in _NAMES
        if shown and words and kind_before_name:
            words[-1] = f"{words[-1]} {shown}"
        elif shown:
            words.append(shown)
        before = field if shown else None
    return ", ".join(words)


def show_field(definitions: Definitions, field: FieldSpec, values: Values | Row) -> str:
    """One value for the eye; a link shows nothing here, for its title needs the other record."""
    if field.type is FieldType.LINK:
        return ""
    return field_type(field).show(field, values.get(field.name), definitions.catalogs)


def sample_values(definitions: Definitions, register: RegisterSpec) -> Values:
    """A record of samples: what help pages, templates and tests show."""
    return {
        field.name: value
        for field in register.living_fields
        if (value := field_type(field).sample(field, definitions.catalogs)) is not None
    }
