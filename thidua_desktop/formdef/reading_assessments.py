"""From a file of ``forms/assessments/`` to a set of criteria, and the catalog that the sets make up together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from thidua_desktop.domain.assessments.sets import (
    COMPARISONS,
    EXCUSES,
    FACTS,
    METHODS,
    AssessmentSpec,
    Band,
    Ceiling,
    Criterion,
    Exclusion,
    IncidentMatch,
    Level,
)
from thidua_desktop.formdef.model import CatalogItem, CatalogSpec
from thidua_desktop.formdef.toml_table import TomlTable

CRITERIA_SETS = "criteria_set"
"""The catalog of sets: records name a set by its code."""

_CERTAINTIES = ("V", "M", "?")
_AUTHORITIES = ("commune", "province")


def catalog_of_sets(sets: Mapping[str, AssessmentSpec]) -> CatalogSpec:
    """Sets as a code list, so that records, lists, filters and figures name them as any other code."""
    items = tuple(CatalogItem(one.name, one.title, one.valid_from, one.valid_until) for one in sets.values())
    return CatalogSpec(name=CRITERIA_SETS, title="Bộ tiêu chí", items=items)


def read_assessment(table: TomlTable) -> AssessmentSpec:
    """A file of ``assessments/``."""
    spec = AssessmentSpec(
        name=table.name(),
        version=table.whole("version", 1, required=True),
        title=table.text("title", required=True),
        short=table.text("short", required=True),
        standard=table.text("standard", required=True),
        method=table.one_of("method", METHODS, required=True) or METHODS[0],
        subjects=table.texts("subjects", required=True),
        criteria=tuple(_read_criterion(inner) for inner in table.tables("criteria", required=True)),
        window_start=table.text("window_start", required=True),
        window_end=table.text("window_end", required=True),
        valid_from=table.day("valid_from"),
        valid_until=table.day("valid_until"),
        register_by=table.text("register_by"),
        self_assess_by=table.text("self_assess_by"),
        recognise_by=table.text("recognise_by"),
        bonus_cap=table.number("bonus_cap") or Decimal(0),
        minus_cap=table.number("minus_cap") or Decimal(0),
        bands=tuple(_read_band(inner) for inner in table.tables("bands")),
        ceilings=tuple(_read_ceiling(inner) for inner in table.tables("ceilings")),
        vetoes=table.texts("vetoes"),
        exclusions=tuple(_read_exclusion(inner) for inner in table.tables("exclusions")),
        tie_breaks=table.texts("tie_breaks"),
        authority=table.one_of("authority", _AUTHORITIES, _AUTHORITIES[0]),
        basis=table.text("basis", required=True),
        certainty=table.one_of("certainty", _CERTAINTIES, "V"),
        help=table.text("help"),
    )
    table.close()
    return spec


def _read_criterion(table: TomlTable) -> Criterion:
    criterion = Criterion(
        code=table.text("code", required=True),
        text=table.text("text", required=True),
        parent=table.text("parent"),
        maximum=table.number("maximum") or Decimal(0),
        deduction=table.number("deduction") or Decimal(0),
        zero_if_incident=table.flag("zero_if_incident"),
        broken_by=tuple(_read_match(inner) for inner in table.tables("broken_by")),
        comparison=table.one_of("comparison", COMPARISONS),
        fact=table.one_of("fact", FACTS),
        bonus=table.flag("bonus"),
        minus=table.flag("minus"),
        optional=table.flag("optional"),
        unit=table.text("unit"),
        levels=tuple(_read_level(inner) for inner in table.tables("levels")),
        basis=table.text("basis"),
    )
    table.close()
    return criterion


def _read_match(table: TomlTable) -> IncidentMatch:
    excused = table.texts("excused_by")
    for excuse in excused:
        if excuse not in EXCUSES:
            table.report("TD-FORM-006", "excused_by", value=excuse, allowed=", ".join(EXCUSES))
    match = IncidentMatch(
        kinds=table.texts("kinds", required=True),
        least_severity=table.text("least_severity"),
        deadly=table.flag("deadly"),
        excused_by=tuple(excuse for excuse in excused if excuse in EXCUSES),
    )
    table.close()
    return match


def _read_level(table: TomlTable) -> Level:
    level = Level(band=table.text("band", required=True), minimum=table.number("minimum") or Decimal(0))
    table.close()
    return level


def _read_band(table: TomlTable) -> Band:
    band = Band(
        code=table.text("code", required=True),
        minimum=table.number("minimum") or Decimal(0),
        no_zero=table.flag("no_zero"),
        each_percent=table.whole("each_percent"),
        reached_by=table.whole("reached_by"),
        passes=table.flag("passes", True),
    )
    table.close()
    return band


def _read_ceiling(table: TomlTable) -> Ceiling:
    ceiling = Ceiling(discipline=table.text("discipline", required=True), band=table.text("band", required=True))
    table.close()
    return ceiling


def _read_exclusion(table: TomlTable) -> Exclusion:
    exclusion = Exclusion(
        field=table.text("field", required=True),
        values=table.texts("values", required=True),
        reason=table.text("reason", required=True),
    )
    table.close()
    return exclusion
