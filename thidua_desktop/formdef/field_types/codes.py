"""What ``choice`` and ``choices`` share: finding an entry of a catalog by what was typed."""

from __future__ import annotations

from datetime import date

from thidua_desktop import text
from thidua_desktop.formdef.field_types.kind import Catalogs, NotUnderstood
from thidua_desktop.formdef.model import CatalogItem, CatalogSpec, FieldSpec


def valid_items(catalog: CatalogSpec, today: date) -> tuple[CatalogItem, ...]:
    """The entries that may be chosen on ``today``."""
    return tuple(
        item for item in catalog.items
        if (item.since is None or item.since <= today) and (item.until is None or today <= item.until)
    )  # fmt: skip


def code_of(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> str:
    """The code whose code or label was typed, with or without diacritics; a unique beginning of a label is enough.

    Raises NotUnderstood when no entry, or more than one, answers.
    """
    catalog = catalogs.get(spec.catalog)
    if catalog is None:
        return typed.strip()
    items = valid_items(catalog, today)
    folded = text.fold(typed).strip()
    exact = [item.code for item in items if item.code == typed.strip() or text.fold(item.label) == folded]
    begun = exact or [item.code for item in items if text.fold(item.label).startswith(folded)]
    if len(begun) == 1:
        return begun[0]
    same = [item.code for item in items if text.nfc(item.label).casefold() == text.nfc(typed).strip().casefold()]
    if len(same) == 1:
        return same[0]
    if begun:
        raise NotUnderstood("TD-DATA-121", label=spec.label, typed=typed.strip())
    raise NotUnderstood("TD-DATA-120", label=spec.label, typed=typed.strip(), catalog=catalog.title)


def known(spec: FieldSpec, code: str, catalogs: Catalogs) -> bool:
    """Whether the catalog holds ``code``, valid or not; an absent catalog knows everything."""
    catalog = catalogs.get(spec.catalog)
    return catalog is None or any(item.code == code for item in catalog.items)


def label_of(spec: FieldSpec, code: str, catalogs: Catalogs) -> str:
    """The label of ``code``."""
    catalog = catalogs.get(spec.catalog)
    return catalog.label(code) if catalog else code
