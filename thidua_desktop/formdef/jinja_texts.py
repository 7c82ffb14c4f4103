"""Texts with figures in them: which names they may use, how they are checked and how they are filled.

The environment is sandboxed and strict; a text can read the names below and nothing else. jinja2 is imported only
when a text is checked or filled, never at start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from thidua_desktop.formdef.faults import Fault, fault

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

OFFICE_NAMES = {
    "name": "xã Phú Hòa",
    "name_capital": "Xã Phú Hòa",
    "kind": "xã, phường hoặc đặc khu",
    "committee": "Ủy ban nhân dân xã Phú Hòa",
    "province": "tỉnh Hòa Giang",
    "superior": "Ủy ban nhân dân tỉnh Hòa Giang",
}
PERIOD_NAMES = {
    "kind": "month, quarter, half hoặc year",
    "year": "2026",
    "number": "11",
    "label": "Tháng 11/2026: 15/10 – 14/11",
    "name": "Tháng 11/2026",
    "paper_name": "tháng 11 năm 2026",
    "start_text": "ngày 15 tháng 10 năm 2026",
    "end_text": "ngày 14 tháng 11 năm 2026",
}
FIGURE_NAMES = {
    "value": "21 (số để so sánh)",
    "last": "14 (kỳ trước; không có thì None)",
    "last_year": "12 (cùng kỳ năm trước; không có thì None)",
    "label": "Cuộc tuyên truyền",
    "unit": "cuộc",
    "number": "21 (số dưới 10 viết 01 đến 09)",
    "text": "21 cuộc",
    "named": "21 cuộc tuyên truyền",
    "phrase": "21 cuộc tuyên truyền, tăng 9 cuộc (75%) so với cùng kỳ",
    "change": "tăng 9 cuộc (75%) so với cùng kỳ",
    "change_last": "tăng 7 cuộc (50%) so với kỳ trước",
    "total": "86 (số chung của out_of)",
    "share": "84/86 tổ (97,7%)",
    "missing": "2 (số chung trừ số này)",
    "missing_text": "02 tổ",
}
REPORT_NAMES: Mapping[str, Mapping[str, str]] = {"office": OFFICE_NAMES, "period": PERIOD_NAMES}
"""Names of report texts and their attributes with an example each; besides, ``fig("indicator")`` with FIGURE_NAMES."""

DOCUMENT_NAMES: Mapping[str, Mapping[str, str]] = {"office": OFFICE_NAMES}
"""Names of document texts; besides, ``record.<field>`` (as shown, "" when empty) and ``rows("field")`` (shown rows)."""


@cache
def environment() -> SandboxedEnvironment:
    """The one environment: sandboxed, unknown names are errors, no loader, no file access."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=False, autoescape=False)
    for name in ("range", "dict", "lipsum", "cycler", "joiner", "namespace"):
        made.globals.pop(name, None)
    return made


def fill(text: str, names: Mapping[str, object]) -> str:
    """``text`` with ``names`` filled in, one paragraph per line, empty lines and surplus spaces dropped.

    Raises jinja2.TemplateError when a name is missing or the text reaches for something forbidden.
    """
    filled = environment().from_string(text).render(names)
    lines = (" ".join(line.split()) for line in filled.splitlines())
    return "\n".join(line for line in lines if line)


def report_text_faults(text: str, file: str, place: str, indicators: frozenset[str]) -> list[Fault]:
    """Faults of a report text: syntax, names, attributes, and indicators that the report does not list."""
    return _text_faults(text, file, place, REPORT_NAMES, {"fig": indicators}, FIGURE_NAMES)


def document_text_faults(
    text: str, file: str, place: str, fields: frozenset[str], row_fields: Mapping[str, frozenset[str]]
) -> list[Fault]:
    """Faults of a document text: syntax, names, fields that the register does not have."""
    names = {**DOCUMENT_NAMES, "record": dict.fromkeys(fields, "")}
    children = dict.fromkeys((child for found in row_fields.values() for child in found), "")
    return _text_faults(text, file, place, names, {"rows": frozenset(row_fields)}, {}, children)


def _text_faults(
    text: str,
    file: str,
    place: str,
    names: Mapping[str, Mapping[str, str]],
    calls: Mapping[str, frozenset[str]],
    call_names: Mapping[str, str],
    loop_names: Mapping[str, str] | None = None,
) -> list[Fault]:
    from jinja2 import TemplateSyntaxError, meta, nodes

    try:
        tree = environment().parse(text)
    except TemplateSyntaxError as error:
        return [fault("TD-FORM-030", file, place, reason=error.message or "")]
    unknown = meta.find_undeclared_variables(tree) - set(names) - set(calls)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in calls:
            unknown |= _unknown_call(call, calls[call.node.name])
    for reach in tree.find_all(nodes.Getattr):
        unknown |= _unknown_attribute(reach, names, call_names, loop_names)
    return [fault("TD-FORM-031", file, place, name=name) for name in sorted(unknown)]


def _unknown_call(call: object, allowed: frozenset[str]) -> set[str]:
    """``fig("name")`` takes one literal that is allowed."""
    from jinja2 import nodes

    assert isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name)
    if len(call.args) == 1 and isinstance(call.args[0], nodes.Const):
        value = call.args[0].value
        return set() if value in allowed else {f"{call.node.name}({value!r})"}
    return {f"{call.node.name}(…)"}


def _unknown_attribute(
    reach: object,
    names: Mapping[str, Mapping[str, str]],
    call_names: Mapping[str, str],
    loop_names: Mapping[str, str] | None,
) -> set[str]:
    """``period.year``, ``fig(…).value``, ``row.subject``: the attribute must be one of the list."""
    from jinja2 import nodes

    assert isinstance(reach, nodes.Getattr)
    owner = reach.node
    if isinstance(owner, nodes.Call):
        return set() if reach.attr in call_names else {f"….{reach.attr}"}
    if not isinstance(owner, nodes.Name) or owner.name == "loop":
        return set()
    allowed = names.get(owner.name, loop_names if loop_names is not None else {})
    return set() if reach.attr in allowed else {f"{owner.name}.{reach.attr}"}
