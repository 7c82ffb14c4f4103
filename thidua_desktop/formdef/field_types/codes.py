"""What ``choice`` and ``choices`` share: finding an entry of a catalog by what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from thidua_desktop import text
from thidua_desktop.formdef.field_types.kind import Catalogs, NotUnderstood
from thidua_desktop.formdef.model import CatalogItem, CatalogSpec, FieldSpec

_DENIALS = frozenset(("khong", "chua"))
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def valid_items(catalog: CatalogSpec, today: date) -> tuple[CatalogItem, ...]:
    """The entries that may be chosen on ``today``."""
    return tuple(
        item for item in catalog.items
        if (item.since is None or item.since <= today) and (item.until is None or today <= item.until)
    )  # fmt: skip


def code_of(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> str:
    """The code of the entry whose code or label was typed; the beginning of one label is enough.

    Typed without diacritics it answers to all letters alike, typed with them only to the same ones ("Cơ" is not the
    Co people). The whole label of an entry that has ended is not the beginning of another one. Raises NotUnderstood
    when no entry, or more than one, answers.
    """
    catalog = catalogs.get(spec.catalog)
    if catalog is None:
        return typed.strip()
    items = valid_items(catalog, today)
    if any(item.code == typed.strip() for item in items):
        return typed.strip()
    key = text.match_key if has_diacritics(typed) else text.fold
    wanted = words_of(key(typed))
    labels = [(item.code, words_of(key(item.label))) for item in items]
    found = _called_so(items, wanted, key)
    if not found and not _called_so(catalog.items, wanted, key):
        found = [code for code, label in labels if wanted and label.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotUnderstood("TD-DATA-121", label=spec.label, typed=typed.strip())
    raise NotUnderstood("TD-DATA-120", label=spec.label, typed=typed.strip(), catalog=catalog.title)


def code_within(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs) -> str | None:
    """The code of the one entry whose label holds what was typed, two words at least, somewhere within: "Định kỳ" of
    "Họp định kỳ". None where that would be a guess: also of a label that denies it.
    """
    catalog = catalogs.get(spec.catalog)
    key = text.match_key if has_diacritics(typed) else text.fold
    wanted = words_of(key(typed))
    if catalog is None or " " not in wanted:
        return None
    labels = [(item.code, words_of(key(item.label))) for item in valid_items(catalog, today)]
    found = [(code, label) for code, label in labels if f" {wanted} " in f" {label} "]
    ending = [one for one in found if one[1].endswith(wanted)]
    code, label = (ending or found)[0] if 1 in (len(ending), len(found)) else (None, "")
    before = label.partition(wanted)[0]
    return None if _DENIALS.intersection(text.fold(before).split()) else code


def names_like(spec: FieldSpec, typed: str, today: date, catalogs: Catalogs, most: int) -> list[str]:
    """Labels to choose from instead of what was typed, the nearest first: those that share most words with it, then
    those whose letters are most alike ("trung bình khá" near "TB khá", "Dột xuất" near "Đột xuất")."""
    from difflib import SequenceMatcher

    catalog = catalogs.get(spec.catalog)
    wanted = words_of(text.fold(typed))
    said, letters = set(wanted.split()), SequenceMatcher(None, b=wanted, autojunk=False)

    def near(label: str) -> tuple[int, float]:
        own = words_of(text.fold(label))
        letters.set_seq1(own)
        return -len(said.intersection(own.split())), -letters.ratio()

    labels = [item.label for item in valid_items(catalog, today)] if catalog else []
    return sorted(labels, key=near)[:most]


def _called_so(items: Iterable[CatalogItem], wanted: str, key: Callable[[str], str]) -> list[str]:
    """The codes whose label is just that, else those that are also called so."""
    same = [item.code for item in items if words_of(key(item.label)) == wanted]
    return same or [item.code for item in items if any(words_of(key(one)) == wanted for one in item.called)]


def has_diacritics(typed: str) -> bool:
    """Whether a text was typed with Vietnamese marks."""
    return text.fold(typed).split() != text.nfc(typed).lower().split()


def words_of(key: str) -> str:
    """A key with punctuation as spaces."""
    return " ".join(_BETWEEN_WORDS.sub(" ", key).split())


def known(spec: FieldSpec, code: str, catalogs: Catalogs) -> bool:
    """Whether the catalog holds ``code``, valid or not; an absent catalog knows everything."""
    catalog = catalogs.get(spec.catalog)
    return catalog is None or code in catalog.labels


def label_of(spec: FieldSpec, code: str, catalogs: Catalogs) -> str:
    """The label of ``code``."""
    catalog = catalogs.get(spec.catalog)
    return catalog.label(code) if catalog else code
