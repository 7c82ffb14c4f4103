"""Folding text for search, against the one-pass fold that Python has built in."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.measure import Measurement
from thidua_desktop.text import fold

NAMES = ("Nguyễn Thị Đông Hoà", "K'Nớ Ê Ban", "Tổ nhân dân tự quản số 7", "Khu dân cư Bình Đẳng", "Lễ phát động 2026")


def names(size: int, folder: Path) -> list[str]:
    """So many titles as a search index gets."""
    return [f"{NAMES[number % len(NAMES)]} {number}" for number in range(size)]


def fold_all(titles: list[str]) -> int:
    """Our way."""
    return sum(len(fold(title)) for title in titles)


def casefold_all(titles: list[str]) -> int:
    """The floor: it keeps diacritics, so no fold can be cheaper."""
    return sum(len(title.casefold()) for title in titles)


MEASUREMENTS = (Measurement("fold titles for search", 10.0, names, fold_all, casefold_all, "str.casefold"),)
