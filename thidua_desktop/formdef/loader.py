"""Reads the definitions of a folder once: every file, every fault, or one frozen ``Definitions``.

Jinja texts are not looked at here (``formdef.check`` does it), so that starting the program stays quick.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from thidua_desktop.formdef.crosscheck import cross_check
from thidua_desktop.formdef.faults import DefinitionFaults, Fault, fault
from thidua_desktop.formdef.model import (
    AssessmentSpec,
    Calendar,
    CatalogSpec,
    Definitions,
    DocumentSpec,
    IndicatorSpec,
    RegisterSpec,
    ReportSpec,
)
from thidua_desktop.formdef.reading import (
    read_catalog,
    read_document,
    read_indicator,
    read_register,
    read_report,
)
from thidua_desktop.formdef.reading_assessments import CRITERIA_SETS, catalog_of_sets, read_assessment
from thidua_desktop.formdef.reading_calendars import read_calendar
from thidua_desktop.formdef.toml_table import TomlTable
from thidua_desktop.paths import forms_path
from thidua_desktop.text import sort_key


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Spec = TypeVar("Spec", bound=_Named)


@cache
def load_definitions(folder: Path | None = None) -> Definitions:
    """The checked definitions of ``folder`` (default: the program's own), read once per run.

    Raises DefinitionFaults with every fault when there is one.
    """
    definitions, faults = read_definitions(folder or forms_path())
    if faults:
        raise DefinitionFaults(faults)
    return definitions


def read_definitions(folder: Path) -> tuple[Definitions, list[Fault]]:
    """The definitions of ``folder`` as far as they can be understood, and all faults; nothing is cached."""
    faults: list[Fault] = []
    registers: dict[str, RegisterSpec] = {}
    catalogs: dict[str, CatalogSpec] = {}
    indicators: dict[str, IndicatorSpec] = {}
    reports: dict[str, ReportSpec] = {}
    documents: dict[str, DocumentSpec] = {}
    assessments: dict[str, AssessmentSpec] = {}
    calendars: dict[str, Calendar] = {}
    files: dict[str, str] = {}
    _read_folder(folder, "registers", read_register, registers, files, faults)
    _read_folder(folder, "catalogs", read_catalog, catalogs, files, faults)
    _read_indicators(folder, indicators, files, faults)
    _read_folder(folder, "reports", read_report, reports, files, faults)
    _read_folder(folder, "documents", read_document, documents, files, faults)
    _read_folder(folder, "assessments", read_assessment, assessments, files, faults)
    _read_folder(folder, "calendars", partial(read_calendar, assessments=assessments), calendars, files, faults)
    if assessments:
        catalogs[CRITERIA_SETS] = catalog_of_sets(assessments)
        files[f"catalogs/{CRITERIA_SETS}"] = "assessments"
    if not registers:
        faults.append(fault("TD-FORM-026", "registers", "", folder=str(folder)))
    definitions = Definitions(
        MappingProxyType(registers),
        MappingProxyType(catalogs),
        MappingProxyType(indicators),
        MappingProxyType(dict(sorted(reports.items(), key=_reminded_first))),
        MappingProxyType(documents),
        MappingProxyType(assessments),
        MappingProxyType(calendars),
    )
    faults.extend(cross_check(definitions, files))
    return definitions, faults


def _reminded_first(named: tuple[str, ReportSpec]) -> tuple[bool, str]:
    """The report that every office owes stands before the thematic ones, which are offered by their titles."""
    return not named[1].reminded, sort_key(named[1].title)


def _read_folder(
    folder: Path,
    kind: str,
    read: Callable[[TomlTable], Spec],
    found: dict[str, Spec],
    files: dict[str, str],
    faults: list[Fault],
) -> None:
    """One definition per file, named as its file."""
    for path in sorted((folder / kind).glob("*.toml")):
        file = f"{kind}/{path.name}"
        raw = _parse(path, file, faults)
        if raw is None:
            continue
        spec = read(TomlTable(raw, file, "", faults))
        if spec.name != path.stem:
            faults.append(fault("TD-FORM-007", file, "name", name=spec.name, file=path.name))
        found[spec.name] = spec
        files[f"{kind}/{spec.name}"] = file


def _read_indicators(folder: Path, found: dict[str, IndicatorSpec], files: dict[str, str], faults: list[Fault]) -> None:
    """Many indicators per file, grouped as people read them."""
    for path in sorted((folder / "indicators").glob("*.toml")):
        file = f"indicators/{path.name}"
        raw = _parse(path, file, faults)
        if raw is None:
            continue
        table = TomlTable(raw, file, "", faults)
        for inner in table.tables("indicators", required=True):
            spec = read_indicator(inner)
            if spec.name in found:
                inner.report("TD-FORM-008", "name", name=spec.name)
                continue
            found[spec.name] = spec
            files[f"indicators/{spec.name}"] = file
        table.close()


def _parse(path: Path, file: str, faults: list[Fault]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(fault("TD-FORM-001", file, "", reason=str(error)))
        return None
