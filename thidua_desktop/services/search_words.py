"""Further words by which Ctrl+K finds rooms, books, reports, sets of criteria and settings (``search_words.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from thidua_desktop.paths import resource_path


@cache
def search_words() -> Mapping[str, Mapping[str, str]]:
    """Kind (rooms, reports, assessments, settings) -> name of one of them -> what people call it."""
    return tomllib.loads(resource_path("search_words.toml").read_text(encoding="utf-8"))


def called(kind: str, name: str) -> str:
    """The further words for one of them; "" for none."""
    return search_words().get(kind, {}).get(name, "")
