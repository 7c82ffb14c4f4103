"""What ``thidua forms check`` runs: everything that loading leaves out because it is slow or only a matter of care."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from thidua_desktop.domain.problems import Severity
from thidua_desktop.formdef.comparer import compare
from thidua_desktop.formdef.document_texts import document_text_faults
from thidua_desktop.formdef.faults import Fault, fault
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.jinja_texts import report_text_faults
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.lock import LOCK_NAME, image, read_lock
from thidua_desktop.formdef.model import Definitions, FieldSpec, RegisterSpec, ReportSpec
from thidua_desktop.paths import forms_path


def check_forms(folder: Path | None = None) -> list[Fault]:
    """Every finding about the definitions of ``folder`` (default: the program's own), faults of loading first."""
    root = folder or forms_path()
    definitions, faults = read_definitions(root)
    found = list(faults)
    found += _check_letters(root)
    for register in definitions.registers.values():
        found += _check_register(definitions, register)
    for report in definitions.reports.values():
        found += check_report_texts(report)
    for document in definitions.documents.values():
        found += document_text_faults(definitions, document, f"documents/{document.name}.toml")
    found += _repeated_indicator_labels(definitions)
    return found + check_lock(definitions, root)


def _check_letters(root: Path) -> list[Fault]:
    """Every file is NFC: what people read and search must be the letters they type."""
    return [
        fault("TD-FORM-032", path.relative_to(root).as_posix(), "")
        for path in sorted(root.rglob("*.toml"))
        if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8", errors="replace"))
    ]


def _check_register(definitions: Definitions, register: RegisterSpec) -> list[Fault]:
    file = f"registers/{register.name}.toml"
    found = _check_field_texts(register.living_fields, file, "fields")
    for field in register.living_fields:
        for child in (field, *field.fields):
            found += _check_sample(definitions, child, file)
    return found


def _check_field_texts(fields: tuple[FieldSpec, ...], file: str, place: str) -> list[Fault]:
    """Labels that a person can tell apart, and help for every field."""
    found = [fault("TD-FORM-033", file, place, label=label) for label in _repeated(field.label for field in fields)]
    for field in fields:
        if not field.help:
            found.append(fault("TD-FORM-034", file, f"{place}[{field.name}]", field=field.name))
        found += _check_field_texts(field.fields, file, f"{place}[{field.name}].fields")
    return found


def _check_sample(definitions: Definitions, field: FieldSpec, file: str) -> list[Fault]:
    """Samples stand in templates and help, so they must be values that the program would take."""
    kind = field_type(field)
    try:
        value = kind.sample(field, definitions.catalogs)
        typed = kind.show(field, value, definitions.catalogs)
        kind.parse(field, typed, date(2026, 11, 23), definitions.catalogs)
        problems = kind.check(field, value, definitions.catalogs)
    except (ArithmeticError, ValueError) as error:
        return [fault("TD-FORM-038", file, f"fields[{field.name}].sample", field=field.name, reason=str(error))]
    return [
        fault("TD-FORM-038", file, f"fields[{field.name}].sample", field=field.name, reason=problem.text)
        for problem in problems
        if problem.severity is Severity.ERROR and value is not None
    ]


def check_report_texts(report: ReportSpec) -> list[Fault]:
    """Faults of a report's texts."""
    file = f"reports/{report.name}.toml"
    listed = frozenset(report.indicators)
    texts = [("subject", report.subject), ("opening", report.opening), ("to", report.to)]
    texts += [(f"recipients[{number}]", line) for number, line in enumerate(report.recipients)]
    texts += [(f"narrative[{paragraph.name}]", paragraph.text) for paragraph in report.narrative]
    return [found for place, text in texts for found in report_text_faults(text, file, place, listed)]


def _repeated_indicator_labels(definitions: Definitions) -> list[Fault]:
    labels = [indicator.label for indicator in definitions.indicators.values()]
    return [fault("TD-FORM-033", "indicators", "", label=label) for label in _repeated(labels)]


def check_lock(definitions: Definitions, root: Path) -> list[Fault]:
    """Harmful changes against the lock file are TD-FORM-035, the others TD-FORM-037 (write the lock anew)."""
    locked = read_lock(root)
    if locked is None:
        return [fault("TD-FORM-036", LOCK_NAME, "")]
    now = image(definitions)
    found = [
        fault("TD-FORM-037" if difference.harmless else "TD-FORM-035", LOCK_NAME, "", change=difference.text)
        for difference in compare(locked, now)
    ]
    if not found and locked != now:
        found.append(fault("TD-FORM-037", LOCK_NAME, "", change="số phiên bản"))
    return found


def _repeated(labels: Iterable[str]) -> list[str]:
    return [label for label, count in Counter(labels).items() if count > 1]
