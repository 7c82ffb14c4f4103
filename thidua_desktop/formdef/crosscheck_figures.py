"""Checks indicators and reports: fields that exist and can be added up, conditions with known codes, no circles."""

from __future__ import annotations

from collections.abc import Mapping

from thidua_desktop.formdef.crosscheck import NUMBER_TYPES, check_conditions
from thidua_desktop.formdef.crosscheck_charts import check_chart
from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.model import (
    AREA_TYPES,
    Aggregate,
    Condition,
    Definitions,
    DutySpec,
    FieldSpec,
    FieldType,
    IndicatorSpec,
    RegisterSpec,
)


def check_indicators(definitions: Definitions, files: Mapping[str, str]) -> list[Fault]:
    """Faults of all indicators."""
    faults: list[Fault] = []
    for indicator in definitions.indicators.values():
        file = files[f"indicators/{indicator.name}"]
        place = f"indicators[{indicator.name}]"
        register = definitions.registers.get(indicator.register)
        if register is None:
            faults.append(fault("TD-FORM-011", file, place, register=indicator.register))
            continue
        faults += _check_indicator(indicator, register, definitions, file, place)
        faults += _check_plus(indicator, definitions, file, place)
        if indicator.out_of and (
            indicator.out_of not in definitions.indicators or definitions.indicators[indicator.out_of].out_of
        ):
            faults.append(fault("TD-FORM-022", file, f"{place}.out_of", indicator=indicator.out_of))
    return faults


def _check_indicator(
    indicator: IndicatorSpec, register: RegisterSpec, definitions: Definitions, file: str, place: str
) -> list[Fault]:
    faults: list[Fault] = []
    fields = {field.name: field for field in register.fields}
    rows = fields.get(indicator.rows) if indicator.rows else None
    if indicator.rows and (rows is None or rows.type is not FieldType.ROWS):
        faults.append(fault("TD-FORM-014", file, f"{place}.rows", field=indicator.rows))
    children = {field.name: field for field in rows.fields} if rows else {}
    faults += _check_aggregate(indicator, children if indicator.rows else fields, file, place)
    faults += check_conditions(indicator.where, fields, definitions, file, f"{place}.where")
    faults += check_conditions(indicator.row_where, children, definitions, file, f"{place}.row_where")
    faults += _check_area_types(indicator, register, definitions, file, f"{place}.area_types")
    if indicator.told_by and (indicator.told_by not in fields or indicator.rows):
        faults.append(fault("TD-FORM-085", file, f"{place}.told_by", field=indicator.told_by))
    if not indicator.stock and not (indicator.date_field or register.date_field):
        faults.append(fault("TD-FORM-024", file, place, register=register.name))
    days = {**fields, **{f"{indicator.rows}.{name}": child for name, child in children.items()}}
    return faults + _check_moment(indicator, days, file, place)


def _check_moment(indicator: IndicatorSpec, days: Mapping[str, FieldSpec], file: str, place: str) -> list[Fault]:
    """A day of its own is a date of the register or of its rows; what is said of a moment is said of a stock figure."""
    faults = []
    if indicator.date_field:
        dated = days.get(indicator.date_field)
        if dated is None or dated.type is not FieldType.DATE:
            faults.append(fault("TD-FORM-021", file, f"{place}.date_field", field=indicator.date_field, type="date"))
    distinct = indicator.aggregate is Aggregate.DISTINCT
    for key, given in (("opening", indicator.opening), ("every", bool(indicator.every))):
        if given and (not indicator.stock or distinct):
            faults.append(fault("TD-FORM-039", file, f"{place}.{key}", key=key))
    if indicator.stock and indicator.date_field:
        faults.append(fault("TD-FORM-039", file, f"{place}.date_field", key="date_field"))
    if indicator.opening and indicator.every:
        faults.append(fault("TD-FORM-039", file, f"{place}.every", key="every"))
    return faults


def _check_plus(indicator: IndicatorSpec, definitions: Definitions, file: str, place: str) -> list[Fault]:
    """What is added exists, adds nothing itself, has the same unit and can be added up."""
    faults = []
    for name in indicator.plus:
        other = definitions.indicators.get(name)
        if other is None or other.plus or other.unit != indicator.unit or _is_distinct(indicator, other):
            faults.append(fault("TD-FORM-049", file, f"{place}.plus", indicator=name))
    return faults


def _is_distinct(*indicators: IndicatorSpec) -> bool:
    return any(indicator.aggregate is Aggregate.DISTINCT for indicator in indicators)


def _check_aggregate(indicator: IndicatorSpec, fields: Mapping[str, FieldSpec], file: str, place: str) -> list[Fault]:
    """``sum`` needs a number, ``distinct`` a field, ``count`` none."""
    if indicator.aggregate is Aggregate.COUNT:
        return [fault("TD-FORM-023", file, f"{place}.field", field=indicator.field)] if indicator.field else []
    counted = fields.get(indicator.field)
    if counted is None:
        return [fault("TD-FORM-014", file, f"{place}.field", field=indicator.field)]
    fits = counted.type in NUMBER_TYPES if indicator.aggregate is Aggregate.SUM else counted.type is not FieldType.ROWS
    return [] if fits else [fault("TD-FORM-023", file, f"{place}.field", field=indicator.field)]


def _check_area_types(
    indicator: IndicatorSpec, register: RegisterSpec, definitions: Definitions, file: str, place: str
) -> list[Fault]:
    """The register's records lie in areas, and the areas know the types."""
    if not indicator.area_types:
        return []
    link = next((field for field in register.fields if field.name == register.area_field), None)
    areas = register if register.area_field == "id" else definitions.registers.get(link.register if link else "")
    if areas is None:
        return [fault("TD-FORM-014", file, place, field="area_field")]
    types = {field.name: field for field in areas.fields}
    return check_conditions((Condition(AREA_TYPES, indicator.area_types),), types, definitions, file, place)


def _tells_places_apart(definitions: Definitions, duty: DutySpec) -> bool:
    """Whether a duty's figure can be had by area, or by group: it then tells groups apart."""
    indicator = definitions.indicators.get(duty.indicator)
    if indicator is None:
        return False
    spec = definitions.registers[indicator.register]
    if duty.of == "area":
        return bool(spec.area_field)
    return indicator.aggregate is Aggregate.DISTINCT and any(
        field.name == indicator.field and field.register == "self_managed_group" for field in spec.fields
    )


def check_reports(definitions: Definitions, files: Mapping[str, str]) -> list[Fault]:
    """Faults of all reports: indicators that exist, paragraph names used once."""
    faults: list[Fault] = []
    for report in definitions.reports.values():
        file = files[f"reports/{report.name}"]
        faults += [
            fault("TD-FORM-022", file, "indicators", indicator=name)
            for name in report.indicators
            if name not in definitions.indicators
        ]
        for chart in report.charts:
            faults += check_chart(chart, report, definitions, file)
        faults += [
            fault("TD-FORM-022", file, "duties", indicator=duty.indicator)
            for duty in report.duties
            if not _tells_places_apart(definitions, duty)
        ]
        seen: set[str] = set()
        for paragraph in report.narrative:
            if paragraph.name in seen:
                faults.append(fault("TD-FORM-008", file, "narrative", name=paragraph.name))
            seen.add(paragraph.name)
    return faults
