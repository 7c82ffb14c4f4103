"""The search box: records of all registers that hold the typed words, grouped by register."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.services.session import Session
from thidua_desktop.services.titles import entries_for


@dataclass(frozen=True, slots=True)
class Found:
    """One record found: its title, where it belongs, and the piece of text around the first word."""

    register: str
    id: str
    title: str
    detail: str
    snippet: str


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found in one register."""

    register: str
    title: str
    icon: str
    records: tuple[Found, ...]


def search(session: Session, text: str, limit: int = 40) -> list[FoundGroup]:
    """Records that hold every word of ``text`` (as the beginning of a word, without diacritics), by register.

    Registers come in the order of the definitions; nothing is found for an empty text.
    """
    if not text.strip():
        return []
    by_register: dict[str, list[Found]] = {}
    hits = session.file.search(text, limit)
    for register in dict.fromkeys(hit.register for hit in hits):
        entries = entries_for(session, register, [hit.id for hit in hits if hit.register == register])
        for hit in hits:
            if hit.register == register and hit.id in entries:
                entry = entries[hit.id]
                found = Found(register, hit.id, entry.label, entry.detail, hit.snippet)
                by_register.setdefault(register, []).append(found)
    return [
        FoundGroup(name, spec.title, spec.icon, tuple(by_register[name]))
        for name, spec in session.definitions.registers.items()
        if name in by_register
    ]
