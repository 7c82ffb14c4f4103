"""``forms/forms.lock.json``: the released definitions, as far as recorded data and reported figures depend on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from thidua_desktop.formdef.comparer import Image
from thidua_desktop.formdef.model import AssessmentSpec, Calendar, Definitions, FieldSpec, IndicatorSpec, RegisterSpec

LOCK_NAME = "forms.lock.json"
FORMAT = 1


def image(definitions: Definitions) -> dict[str, Any]:
    """The part of the definitions that must not change silently, as plain values."""
    return {
        "format": FORMAT,
        "registers": {name: _register_image(spec) for name, spec in sorted(definitions.registers.items())},
        "catalogs": {
            name: {"items": {item.code: item.label for item in spec.items}}
            for name, spec in sorted(definitions.catalogs.items())
        },
        "indicators": {name: _indicator_image(spec) for name, spec in sorted(definitions.indicators.items())},
        "reports": {name: {"version": spec.version} for name, spec in sorted(definitions.reports.items())},
        "assessments": {name: _assessment_image(spec) for name, spec in sorted(definitions.assessments.items())},
        "calendars": {name: _calendar_image(one) for name, one in sorted(definitions.calendars.items())},
    }


def _register_image(register: RegisterSpec) -> dict[str, Any]:
    return {
        "version": register.version,
        "date_field": register.date_field,
        "area_field": register.area_field,
        "valid_from": register.valid_from,
        "valid_to": register.valid_to,
        "travels": register.travels,
        "fields": {field.name: _field_image(field) for field in register.fields},
    }


def _field_image(field: FieldSpec) -> dict[str, Any]:
    return {
        "type": field.type.value,
        "required": field.required,
        "minimum": None if field.minimum is None else str(field.minimum),
        "maximum": None if field.maximum is None else str(field.maximum),
        "max_length": field.max_length or None,
        "digits": field.digits,
        "catalog": field.catalog,
        "register": field.register,
        "travels": field.travels,
        "retired": field.retired,
        "fields": {child.name: _field_image(child) for child in field.fields},
    }


def _indicator_image(indicator: IndicatorSpec) -> dict[str, Any]:
    counted = indicator._asdict()
    for wording in ("name", "label", "help", "basis", "told_by"):
        del counted[wording]
    for later in ("opening", "every", "date_field", "plus", "area_types"):
        if not counted[later]:  # not in the image of figures released before the key
            del counted[later]
        elif isinstance(counted[later], tuple):
            counted[later] = list(counted[later])
    counted["where"] = {condition.field: list(condition.values) for condition in indicator.where}
    counted["row_where"] = {condition.field: list(condition.values) for condition in indicator.row_where}
    if indicator.plus:
        counted["plus"] = list(indicator.plus)
    counted["aggregate"] = indicator.aggregate.value
    return counted


def _assessment_image(spec: AssessmentSpec) -> dict[str, Any]:
    """What the points and results of recorded sheets depend on."""
    return {
        "version": spec.version,
        "method": spec.method,
        "window": f"{spec.window_start} {spec.window_end}",
        "subjects": list(spec.subjects),
        "criteria": {one.code: str(one.maximum) for one in spec.criteria},
        "bands": {band.code: str(band.minimum) for band in spec.bands},
    }


def _calendar_image(calendar: Calendar) -> dict[str, Any]:
    """What the days and codes of periods depend on."""
    return {
        "version": calendar.version,
        "mark": calendar.mark,
        "rules": [
            [rule.valid_from.isoformat(), *(f"{kind} {' '.join(days)}" for kind, days in rule.closings)]
            for rule in calendar.rules
        ],
        "spans": {span.code: f"{span.first} {span.last}" for span in calendar.spans},
    }


def lock_text(definitions: Definitions) -> str:
    """The lock file's text: stable, one fact per line, so that a change is read in a review."""
    return json.dumps(image(definitions), ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def read_lock(folder: Path) -> Image | None:
    """The image in the lock file of ``folder``; None when there is none or it cannot be read."""
    try:
        found = json.loads((folder / LOCK_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("format") == FORMAT else None


def write_lock(folder: Path, definitions: Definitions) -> Path:
    """Write the lock file of ``folder``: done at a release, after the differences were looked at."""
    path = folder / LOCK_NAME
    path.write_text(lock_text(definitions), encoding="utf-8", newline="\n")
    return path
