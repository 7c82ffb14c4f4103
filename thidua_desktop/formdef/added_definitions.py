"""Code lists and sets of criteria that come to an office as files: more codes for a list, a set of a directive's own.

The file is the TOML of ``forms/catalogs/`` or ``forms/assessments/`` with ``format = 1``. Codes and names that come so
begin with ``directive_``, so that no later program can ever bring the same ones.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from thidua_desktop.domain.assessments.sets import AssessmentSpec
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.comparer import compare
from thidua_desktop.formdef.crosscheck_assessments import check_assessment
from thidua_desktop.formdef.faults import Fault
from thidua_desktop.formdef.lock import image
from thidua_desktop.formdef.model import CatalogSpec, Definitions
from thidua_desktop.formdef.reading import read_catalog
from thidua_desktop.formdef.reading_assessments import read_assessment
from thidua_desktop.formdef.surveys import is_survey
from thidua_desktop.formdef.toml_table import TomlTable
from thidua_desktop.text import nfc

FORMAT = 1
LARGEST = 256 * 1024
PREFIX = "directive_"
_FAULTS_TOLD = 3


def kind_of(text: str, file: str) -> str:
    """Which kind of definition a file holds: survey, calendar, catalog or assessment; TD-FORM-080 when it is none."""
    raw = _parsed(text, file)
    if isinstance(raw.get("name"), str) and is_survey(raw["name"]):
        return "survey"
    for key, kind in (("criteria", "assessment"), ("items", "catalog"), ("rules", "calendar"), ("spans", "calendar")):
        if key in raw:
            return kind
    raise UserError("TD-FORM-080", file=file, reason="không có criteria, items, rules, spans hay phiếu khảo sát")


def read_more_codes(text: str, definitions: Definitions, file: str = "danh mục") -> CatalogSpec:
    """A code list of the program with what the file adds to it: new codes, and days from or until which codes stand.

    Raises TD-FORM-080 for a file that cannot be read, 081 for a list that the program does not have, 082 for a code
    that may not be added.
    """
    faults: list[Fault] = []
    spec = read_catalog(_table(text, file, faults))
    _refuse(faults, file)
    known = definitions.catalogs.get(spec.name)
    if known is None:
        raise UserError("TD-FORM-081", name=spec.name)
    here = {item.code: item for item in known.items}
    added = [item for item in spec.items if item.code not in here]
    wrong = [item.code for item in added if not item.code.startswith(PREFIX)]
    if wrong or len({item.code for item in spec.items}) != len(spec.items):
        raise UserError("TD-FORM-082", name=spec.name, codes=", ".join(wrong) or "(lặp lại)")
    dated = {item.code: item for item in spec.items if item.code in here}
    items = tuple(
        item._replace(since=dated[item.code].since, until=dated[item.code].until) if item.code in dated else item
        for item in known.items
    )
    return replace(known, items=(*items, *added))


def read_added_set(text: str, definitions: Definitions, file: str = "bộ tiêu chí") -> AssessmentSpec:
    """A set of criteria of a directive; a newer version of one that came so earlier may only say more.

    Raises TD-FORM-080, 083 for a name of the program's own, 084 for a version that recorded sheets do not survive.
    """
    faults: list[Fault] = []
    spec = read_assessment(_table(text, file, faults))
    _refuse(faults or check_assessment(spec, definitions, file), file)
    if not spec.name.startswith(PREFIX):
        raise UserError("TD-FORM-083", name=spec.name, prefix=PREFIX)
    before = definitions.assessments.get(spec.name)
    if before is not None and before != spec:
        _require_harmless(before, spec, definitions)
    return spec


def _require_harmless(before: AssessmentSpec, after: AssessmentSpec, definitions: Definitions) -> None:
    old, new = (
        image(replace(definitions, assessments=MappingProxyType({before.name: one}))) for one in (before, after)
    )
    broken = [one.text for one in compare(old, new) if not one.harmless]
    if after.version < before.version or broken:
        reason = "; ".join(broken[:_FAULTS_TOLD]) or f"phiên bản {after.version} cũ hơn {before.version}"
        raise UserError("TD-FORM-084", title=before.title, reason=reason)


def _table(text: str, file: str, faults: list[Fault]) -> TomlTable:
    raw = _parsed(text, file)
    form = raw.pop("format", None)
    if isinstance(form, int) and not isinstance(form, bool) and form > FORMAT:
        raise UserError("TD-FORM-080", file=file, reason=f"tệp kiểu mới (kiểu {form}), cập nhật chương trình rồi nhận")
    if form != FORMAT or isinstance(form, bool):
        raise UserError("TD-FORM-080", file=file, reason="thiếu format = 1")
    return TomlTable(raw, file, "", faults)


def _parsed(text: str, file: str) -> dict[str, Any]:
    if len(text.encode("utf-8")) > LARGEST:
        raise UserError("TD-FORM-080", file=file, reason=f"tệp lớn hơn {LARGEST // 1024} KB")
    try:
        return tomllib.loads(nfc(text))
    except tomllib.TOMLDecodeError as fault:
        raise UserError("TD-FORM-080", file=file, reason=str(fault)) from fault


def _refuse(faults: Iterable[Fault], file: str) -> None:
    told = "; ".join(f"{one.code} [{one.place}] {one.text}".rstrip(".") for one in list(faults)[:_FAULTS_TOLD])
    if told:
        raise UserError("TD-FORM-080", file=file, reason=told)
