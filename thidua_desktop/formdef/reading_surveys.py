"""Reading survey forms (``surveys``): one TOML file, its own code lists, and never code.

The file says what is asked; where it says nothing about list, sections and title, they follow from the fields. The
vocabulary is the one of ``forms/registers``, without what a form of another office must not decide here (documents,
computed fields, travelling, restriction, periods).
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.crosscheck import check_register
from thidua_desktop.formdef.faults import Fault
from thidua_desktop.formdef.model import CatalogSpec, Definitions, FieldType, RegisterSpec, SurveySpec
from thidua_desktop.formdef.reading import read_catalog, read_register
from thidua_desktop.formdef.surveys import LARGEST, PREFIX, SurveyForm, is_survey
from thidua_desktop.formdef.toml_table import TomlTable
from thidua_desktop.text import nfc

FORMAT = 1
_MOST_FIELDS = 120
_KEYS = frozenset(
    {
        "format", "name", "version", "title", "singular", "short", "deadline", "asked_by", "help", "basis", "catalogs",
        "fields", "sections", "list", "title_fields", "checks", "area_field", "sort",
    }
)  # fmt: skip
_OWN_KEYS = ("format", "deadline", "asked_by", "catalogs")
_LISTED = 6
_LINKED = ("residential_area", "self_managed_group", "organization")
_BULKY = (FieldType.LONG_TEXT.value, FieldType.ROWS.value)


def read_survey(text: str, program: Definitions, file: str = "phiếu") -> SurveyForm:
    """The survey of a file's text.

    Raises TD-FORM-050 (not well-formed), 051 (a name that the program uses), 052 (of a newer program).
    """
    if len(text.encode("utf-8")) > LARGEST:
        raise _malformed(file, f"tệp lớn hơn {LARGEST // 1024} KB")
    try:
        raw = tomllib.loads(nfc(text))
    except tomllib.TOMLDecodeError as fault:
        raise _malformed(file, str(fault)) from fault
    form = raw.get("format")
    if isinstance(form, int) and not isinstance(form, bool) and form > FORMAT:
        raise UserError("TD-FORM-052", file=file, format=form)
    if form != FORMAT:
        raise _malformed(file, "thiếu format = 1")
    name = raw.get("name")
    if not isinstance(name, str) or (name in program.registers and not is_survey(name)):
        raise UserError("TD-FORM-051", name=name) if isinstance(name, str) else _malformed(file, "thiếu name")
    if not is_survey(name):
        raise _malformed(file, f"name phải bắt đầu bằng {PREFIX}")
    return _checked(raw, name, program, file, text)


def _checked(raw: dict[str, Any], name: str, program: Definitions, file: str, text: str) -> SurveyForm:
    faults: list[Fault] = []
    unknown = sorted(raw.keys() - _KEYS)
    if unknown:
        raise _malformed(file, f"không dùng được mục {', '.join(unknown)} trong phiếu khảo sát")
    deadline = raw.get("deadline")
    if type(deadline) is not date:
        raise _malformed(file, "thiếu deadline (hạn trả lời, một ngày)")
    if not isinstance(raw.get("fields"), list) or not 1 <= len(raw["fields"]) <= _MOST_FIELDS:
        raise _malformed(file, f"cần từ 1 đến {_MOST_FIELDS} câu hỏi ([[fields]])")
    catalogs = _catalogs(raw, name, file, faults)
    spec = read_register(TomlTable(_register_table(raw), file, "", faults))
    asked_by = raw.get("asked_by", "")
    spec = replace(spec, survey=SurveySpec(deadline, asked_by if isinstance(asked_by, str) else ""))
    if not faults:
        known = MappingProxyType({**program.catalogs, **{one.name: one for one in catalogs}})
        around = replace(program, catalogs=known, registers=MappingProxyType({**program.registers, name: spec}))
        faults += check_register(spec, around, file)
    if faults:
        raise _malformed(file, f"[{faults[0].place}] {faults[0].text}")
    _refuse_far_links(spec, file)
    return SurveyForm(spec, catalogs, text)


def _catalogs(raw: dict[str, Any], name: str, file: str, faults: list[Fault]) -> tuple[CatalogSpec, ...]:
    """The survey's own code lists; their names begin with the survey's, so that they can meet no other."""
    tables = TomlTable({"catalogs": raw.get("catalogs", [])}, file, "", faults).tables("catalogs")
    found = tuple(read_catalog(table) for table in tables)
    for one in found:
        if not one.name.startswith(f"{name}_"):
            raise _malformed(file, f"danh mục {one.name} phải có tên bắt đầu bằng {name}_")
        codes = [item.code for item in one.items]
        if len(set(codes)) != len(codes):
            raise _malformed(file, f"danh mục {one.name} có mã lặp lại")
    if len({one.name for one in found}) != len(found):
        raise _malformed(file, "có hai danh mục cùng tên")
    return found


def _register_table(raw: dict[str, Any]) -> dict[str, Any]:
    """The table of an ordinary register: what the survey leaves out follows from its fields."""
    fields = [one for one in raw["fields"] if isinstance(one, dict)]
    names = [str(one.get("name")) for one in fields]
    slim = [str(one.get("name")) for one in fields if one.get("type") not in _BULKY]
    coded = [str(one.get("name")) for one in fields if one.get("type") in ("choice", "boolean", "link")]
    made: dict[str, Any] = {
        "version": 1, "singular": "phiếu", "group": "plans", "icon": "clipboard-list", "page": "sections",
        "title_fields": slim[:1] or names[:1], "list": {"columns": slim[:_LISTED] or names[:1], "filters": coded[:4]},
        "sections": [{"title": "Câu hỏi", "lines": [[name] for name in names]}],
    }  # fmt: skip
    return {**made, **{key: value for key, value in raw.items() if key not in _OWN_KEYS}}


def _refuse_far_links(spec: RegisterSpec, file: str) -> None:
    """A link goes only to registers that both desks have."""
    for outer in spec.fields:
        for field in (outer, *outer.fields):
            if field.register and field.register not in _LINKED:
                raise _malformed(file, f"câu {field.label} trỏ tới sổ {field.register}: phiếu chỉ trỏ tới "
                                       f"{', '.join(_LINKED)}")  # fmt: skip


def _malformed(file: str, reason: str) -> UserError:
    return UserError("TD-FORM-050", file=file, reason=reason)
