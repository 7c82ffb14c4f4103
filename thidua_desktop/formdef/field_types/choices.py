"""``choices``: several codes of a catalog, a tuple in the catalog's order without repeats; typed with ``;`` between."""

from __future__ import annotations

import re
from datetime import date

from thidua_desktop import text
from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem
from thidua_desktop.formdef.field_types.codes import code_of, known, label_of
from thidua_desktop.formdef.field_types.kind import Catalogs, FieldKind, NotUnderstood, Plain, expect_type
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

_STRONG = re.compile(r"[;\n|]")


def in_catalog_order(spec: FieldSpec, codes: list[str], catalogs: Catalogs) -> tuple[str, ...]:
    """``codes`` once each, in the catalog's order, codes that it does not know last."""
    catalog = catalogs.get(spec.catalog)
    order = {item.code: number for number, item in enumerate(catalog.items)} if catalog else {}
    return tuple(sorted(dict.fromkeys(codes), key=lambda code: (order.get(code, len(order)), code)))


def parse_choices(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> Value:
    """Codes by code or label. Labels may hold commas, so the longest run of pieces that is an entry counts as one."""
    codes: list[str] = []
    for part in _STRONG.split(typed):
        if part.strip():
            codes += _codes_of_part(spec, part, today, catalogs)
    return in_catalog_order(spec, codes, catalogs) or None


def _codes_of_part(spec: FieldSpec, part: str, today: date, catalogs: Catalogs) -> list[str]:
    pieces = [piece for piece in part.split(",") if piece.strip()]
    codes: list[str] = []
    start = 0
    while start < len(pieces):
        for end in range(len(pieces), start, -1):
            try:
                codes.append(code_of(spec, ",".join(pieces[start:end]), today, catalogs))
            except NotUnderstood:
                if end == start + 1:
                    raise
            else:
                start = end
                break
    return codes


def show_choices(spec: FieldSpec, value: Value, catalogs: Catalogs) -> str:
    """Labels with ``; `` between, so that they can be read back."""
    if not isinstance(value, tuple):
        return ""
    return "; ".join(label_of(spec, code, catalogs) for code in value if isinstance(code, str))


def choices_to_plain(spec: FieldSpec, value: Value) -> Plain:
    """A list of codes."""
    return list(value) if isinstance(value, tuple) else None


def choices_from_plain(spec: FieldSpec, plain: Plain) -> Value:
    """The codes; raises ValueError for anything but a list of texts."""
    if plain is None:
        return None
    expect_type(spec, plain, list)
    for code in plain:
        expect_type(spec, code, str)
    return tuple(dict.fromkeys(text.nfc(code) for code in plain)) or None


def check_choices(spec: FieldSpec, value: Value, catalogs: Catalogs) -> list[Problem]:
    """Codes that the catalog holds."""
    if not isinstance(value, tuple):
        return []
    return [
        finding("TD-DATA-122", spec.name, label=spec.label, typed=code)
        for code in value if isinstance(code, str) and not known(spec, code, catalogs)
    ]  # fmt: skip


def sample_choices(spec: FieldSpec, catalogs: Catalogs) -> Value:
    """The declared sample (codes with ``;`` between), else the first entry."""
    if spec.sample:
        return in_catalog_order(spec, [code.strip() for code in spec.sample.split(";")], catalogs)
    catalog = catalogs.get(spec.catalog)
    return (catalog.items[0].code,) if catalog else None


KIND = FieldKind(
    FieldType.CHOICES, "TEXT", parse_choices, show_choices, choices_to_plain, choices_from_plain, check_choices,
    sample_choices,
)  # fmt: skip
