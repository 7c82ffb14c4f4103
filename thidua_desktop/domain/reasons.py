"""Whether a reason that somebody typed says anything, and which warning it was given for."""

from __future__ import annotations

from collections.abc import Mapping

from thidua_desktop.domain.problems import Problem

_LETTERS = 3


def told_reason(text: str) -> str:
    """The reason as it is kept, or "" when it says nothing: a letter, a dash, a key held down only to get on.

    Words are not judged: "ghi bù", "nhầm" are whole reasons.
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    return text.strip() if len(letters) >= _LETTERS and len(set(letters)) > 1 else ""


def reason_for(problem: Problem, reasons: Mapping[str, str] | None) -> str:
    """The reason that was given for a warning: for itself, for its code, its field, or for all ("*")."""
    if not reasons:
        return ""
    given = (reasons.get(key, "") for key in (problem.key, problem.code, problem.field, "*"))
    return next((text.strip() for text in given if text.strip()), "")
