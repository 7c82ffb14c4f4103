"""What a new record's form offers before anything is typed: numbers that run on, and values of ``[[proposed]]``.

A proposal comes from other fields of the record; when those change it is made anew, while nobody has written another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from thidua_desktop.formdef.model import RegisterSpec, Scalar, Value, Values
from thidua_desktop.services.records import completed, rule_context
from thidua_desktop.services.running_numbers import next_number
from thidua_desktop.services.session import Session


def sources_of(spec: RegisterSpec) -> Mapping[str, tuple[str, ...]]:
    """The fields that are proposed, each with those that it is proposed from; what is computed from the field itself
    does not count: whoever empties the field wants it empty. What new child rows begin with is not among them."""
    whole = [one for one in spec.proposed if "." not in one.field]
    own = {one.field: {one.field, *(it.field for it in spec.computed if one.field in it.args)} for one in whole}
    found = {
        one.field: tuple(name for name in one.args if name in spec.by_name and name not in own[one.field])
        for one in whole
    }
    return found | {field.name: field.runs_in for field in spec.running_fields}  # a book may be proposed itself


def standing_of(spec: RegisterSpec, name: str, values: Values) -> tuple[Value, ...]:
    """What a proposal rests on; of a running number also the year of an event: the same again is the same proposal."""
    day = values.get(spec.date_field) if spec.date_field and spec.field(name).runs_in else None
    return (*map(values.get, sources_of(spec)[name]), day.year if isinstance(day, date) else None)


def proposed(session: Session, spec: RegisterSpec, name: str, values: Values) -> Scalar:
    """What is offered for one field; None where there is nothing to offer yet."""
    field = spec.field(name)
    if field.runs_in:
        return next_number(session, spec, field, values)
    from thidua_desktop.domain.rules import compute

    one = next(one for one in spec.proposed if one.field == name)
    return cast(Scalar, compute(one.function, values, one.args, rule_context(session, spec)))


def row_proposals(session: Session, spec: RegisterSpec, rows: str, values: Values) -> dict[str, Scalar]:
    """What a new child row of ``rows`` begins with, beside the rows that ``values`` has, by column."""
    from thidua_desktop.domain.rules import compute

    context = rule_context(session, spec)
    offered = {
        one.field.removeprefix(f"{rows}."): cast(Scalar, compute(one.function, values, one.args, context))
        for one in spec.proposed
        if one.field.startswith(f"{rows}.")
    }
    return {column: value for column, value in offered.items() if value not in (None, "")}


def with_proposals(session: Session, spec: RegisterSpec, values: Values) -> dict[str, Value]:
    """The values of a new record with what is proposed for it, where nothing stands yet."""
    filled, sources = dict(values), sources_of(spec)
    computes = bool(spec.computed_fields & {one for names in sources.values() for one in names})
    if computes:
        values = completed(session, spec.name, values)
    for name in sources:
        if filled.get(name) in (None, "") and (offered := proposed(session, spec, name, values)) is not None:
            filled[name] = offered
            values = {**values, name: offered}
            if computes:  # the next ones may rest on what comes from this one
                values = completed(session, spec.name, values)
    return filled
