"""The search box: records of all registers that hold the typed words, grouped by register."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from thidua_desktop.formdef.model import Values
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.titles import AREA_REGISTER, entries_for
from thidua_desktop.store.attached_files import REGISTER as ATTACHMENT
from thidua_desktop.store.queries import RecordKey
from thidua_desktop.store.search import looked_up_words, typed_words
from thidua_desktop.text import fold, nfc


@dataclass(frozen=True, slots=True)
class Found:
    """One record found: its title, and where it belongs."""

    register: str
    id: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found in one register; the first ``named`` are called so themselves."""

    register: str
    title: str
    icon: str
    records: tuple[Found, ...]
    named: int = 0


_SENTENCE = 3
"""So many words are a sentence: Vietnamese syllables are few, and long records hold three of any kind somewhere."""
_TOLD = 90  # letters of a field that are told around what was typed
_FURTHER = 4
"""Of a sentence so many times more records are looked at for those that hold it as it was typed."""


def search(session: Session, text: str, limit: int = 40) -> list[FoundGroup]:
    """Records that hold every word of ``text`` (as the beginning of a word, without diacritics), by register.

    Records whose own name holds the words come first, and registers that have such ones, residential areas (they give
    their name to much else) before all; then those that hold three words or more one after the other; then registers
    come in the order of the definitions. Nothing is found for an empty text.
    """
    if not text.strip():
        return []
    by_register: dict[str, list[Found]] = {}
    hits, together = _hits(session, text, limit)
    for found in _bearers(session, [hit.id for hit in hits if hit.register == ATTACHMENT]):
        by_register.setdefault(found.register, []).append(found)
    hits = [hit for hit in hits if hit.register != ATTACHMENT]
    for register in dict.fromkeys(hit.register for hit in hits):
        entries = entries_for(session, register, [hit.id for hit in hits if hit.register == register])
        for hit in hits:
            if hit.register == register and hit.id in entries:
                entry = entries[hit.id]
                found = Found(register, hit.id, entry.label, entry.detail)
                by_register.setdefault(register, []).append(found)
    words = fold(text).split()
    groups = [
        (named, FoundGroup(name, spec.title, spec.icon, (*named, *others), len(named)))
        for name, spec in session.definitions.registers.items()
        if name in by_register
        for named, others in [_named_first(by_register[name], words)]
    ]
    groups.sort(key=lambda group: (not group[0], group[1].register != AREA_REGISTER, group[1].register not in together))
    return [group for _, group in groups]


def held_elsewhere(
    session: Session, register: str, values: Values, text: str, seen: Collection[str]
) -> list[tuple[str, str]]:
    """Where a record holds those words of ``text`` that no field of ``seen`` holds: label of the field, and what stands
    there around them ("" where the person may not see it). Who sees the others alone would wonder why it was found."""
    left = typed_words(text)
    told = session.file.searched_texts(register, values)
    for field, words in told:
        if field.name in seen:
            left = [word for word in left if not _holds(words, word)]
    found = []
    for field, words in told:
        here = [word for word in left if _holds(words, word)]
        if here:
            left = [word for word in left if word not in here]
            found.append((field.label, _around(words, here[0]) if session.sees(field) else ""))
    return found


def why_found(session: Session, register: str, record_id: str, text: str) -> str:
    """Where a found record holds the words that its title does not show; "" for a restricted one, which is opened to be
    read."""
    spec = session.register(register)
    record = None if spec.restricted else next(iter(session.file.records.window(register, [record_id])), None)
    held = held_elsewhere(session, register, record.values, text, spec.title_fields) if record is not None else []
    return "; ".join(f"{label}: {words}" if words else label for label, words in held)


def _holds(words: str, typed: str) -> bool:
    return any(word.startswith(typed) for word in looked_up_words(words))


def _around(words: str, typed: str) -> str:
    """What stands about the word that begins with ``typed``; all of a short text."""
    plain = " ".join(nfc(words).split())
    folded = fold(plain)
    if len(plain) <= _TOLD or len(folded) != len(plain):
        return plain if len(plain) <= _TOLD else f"{plain[:_TOLD]}…"
    begun = re.search(rf"(?<![^\W_]){re.escape(typed)}", folded)
    at = max(0, (begun.start() if begun else 0) - _TOLD // 3)
    first = at if not at else plain.find(" ", at) + 1
    end = plain.rfind(" ", first, first + _TOLD) if first + _TOLD < len(plain) else len(plain)
    return f"{'…' if first else ''}{plain[first:end]}{'…' if end < len(plain) else ''}"


def is_sentence(text: str) -> bool:
    """Whether records are read to see if they hold ``text`` as it stands, which takes some ten milliseconds."""
    return len(fold(text).split()) >= _SENTENCE


def _hits(session: Session, text: str, limit: int) -> tuple[list[RecordKey], set[str]]:
    """At most ``limit`` records, and the registers of those that hold a whole sentence as it was typed.

    These come first in their register; every register keeps its share.
    """
    if not is_sentence(text):
        return session.file.search(text, limit), set()
    found = session.file.search(text, limit * _FURTHER)
    together = session.file.holding_together(text, found)
    by_register: dict[str, list[RecordKey]] = {}
    for key in sorted(found, key=lambda key: key not in together):
        by_register.setdefault(key.register, []).append(key)
    for _ in range(len(found) - limit):
        max(by_register.values(), key=len).pop()
    return [key for keys in by_register.values() for key in keys], {key.register for key in together}


def _named_first(found: list[Found], words: list[str]) -> tuple[list[Found], list[Found]]:
    """The records that are called so themselves (a household only lies in the area of that name), and the others."""
    named, others = list[Found](), list[Found]()
    folded = fold("\0".join(one.title for one in found)).replace("(", " ")  # of all at once: half of the time
    for one, title in zip(found, folded.split("\0"), strict=True):
        parts = title.split()
        called_so = all(any(part.startswith(word) for part in parts) for word in words)
        (named if called_so else others).append(one)
    return named, others


def _bearers(session: Session, attachments: list[str]) -> list[Found]:
    """The records that carry the found files: a file has no place of its own to be opened at."""
    found = []
    for line in session.file.records.window(ATTACHMENT, attachments) if attachments else ():
        register, record_id = str(line.values["of_register"]), str(line.values["of_record"])
        spec = session.definitions.registers.get(register)
        if spec is None or (spec.restricted and not session.may(Permission.SEES_SENSITIVE)):
            continue
        entry = entries_for(session, register, [record_id]).get(record_id)
        if entry is not None:
            name = str(line.values["file_name"])
            found.append(Found(register, record_id, entry.label, f"Tệp đính kèm: {name}"))
    return found
