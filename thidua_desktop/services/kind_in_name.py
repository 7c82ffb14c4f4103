"""The kind of a place where people write it: before its name, as in "Buôn Ea Đar", in forms and in tables of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from thidua_desktop.formdef.model import CatalogItem, FieldSpec, RegisterSpec, Value
from thidua_desktop.services.session import Session
from thidua_desktop.text import without_kind

_RULE = "name_without_kind"


def kinds_and_names(spec: RegisterSpec) -> Iterator[tuple[FieldSpec, FieldSpec]]:
    """The field of a kind and that of the name which does not repeat it, as the register's checks declare them."""
    for check in spec.checks:
        if check.rule == _RULE:
            kind, name = check.args
            yield spec.field(kind), spec.field(name)


def kind_and_name(kinds: Sequence[CatalogItem], text: str) -> tuple[str, str]:
    """The code of the kind that a text begins with ("" for none) and the name after it. ``text`` is clean."""
    for item in sorted(kinds, key=lambda item: -len(item.label)):
        if (name := without_kind(text, item.label)) != text:
            return item.code, name
    return "", text


def taken_apart(session: Session, spec: RegisterSpec, name: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """What a kind and a name become when the kind was written before the name in the field ``name``; {} for nothing.

    Another kind than the one chosen is taken while that is only the one that forms begin with.
    """
    for kind, named in kinds_and_names(spec):
        written = values.get(named.name)
        if named.name != name or not isinstance(written, str):
            continue
        code, own = kind_and_name(session.definitions.catalogs[kind.catalog].items, written)
        if code and values.get(kind.name) in (None, code, kind.default):
            return {kind.name: code, named.name: own}
    return {}
