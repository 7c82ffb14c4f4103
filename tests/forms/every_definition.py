"""The program's own definitions, and stand-ins for what services hand to their texts."""

from __future__ import annotations

from types import SimpleNamespace

from thidua_desktop.formdef.jinja_texts import OFFICE_NAMES, PERIOD_NAMES
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import CatalogSpec, DocumentSpec, IndicatorSpec, RegisterSpec, ReportSpec

DEFINITIONS = load_definitions()
REGISTERS: list[RegisterSpec] = list(DEFINITIONS.registers.values())
CATALOGS: list[CatalogSpec] = list(DEFINITIONS.catalogs.values())
INDICATORS: list[IndicatorSpec] = list(DEFINITIONS.indicators.values())
REPORTS: list[ReportSpec] = list(DEFINITIONS.reports.values())
DOCUMENTS: list[DocumentSpec] = list(DEFINITIONS.documents.values())
OFFICE = SimpleNamespace(**OFFICE_NAMES)
PERIOD = SimpleNamespace(**PERIOD_NAMES)


def name_of(spec: object) -> str:
    """The name of a definition, for the ids of tests."""
    return str(getattr(spec, "name", spec))


def figure(name: str, value: int, recorded: bool = True) -> SimpleNamespace:
    """What ``fig(name)`` gives when the figure is ``value`` (and twice that the whole)."""
    spec = DEFINITIONS.indicators[name]
    whole = value * 2 if spec.out_of else None
    shown = f"{value:02d}"
    change = f"tăng {shown} {spec.unit} so với cùng kỳ"
    return SimpleNamespace(
        value=value,
        recorded=recorded,
        last=None,
        last_year=0,
        label=spec.label,
        unit=spec.unit,
        number=shown,
        text=f"{shown} {spec.unit}",
        named=f"{shown} {spec.label[0].lower()}{spec.label[1:]}",
        phrase=f"{shown} {spec.label[0].lower()}{spec.label[1:]}, {change}",
        change=change,
        change_last=change,
        total=whole,
        share=f"{value}/{whole} {spec.unit}" if whole is not None else "",
        missing=value if whole else 0,
        missing_text=f"{shown} {spec.unit}" if whole else "",
    )
