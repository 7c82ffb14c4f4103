"""A pytest plugin that proves the core needs no window: with it, nothing can import Qt.

Loaded by ``python -m tests unit``. It stands in for a machine on which Qt is not installed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

QT_PACKAGES = frozenset({"PySide6", "shiboken6", "pytestqt"})


class QtRefuser(MetaPathFinder):
    """Answers every search for a Qt package as Python does when the package is not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in QT_PACKAGES:
            raise ModuleNotFoundError(f"{fullname}: tests/unit runs where Qt is not installed", name=fullname)
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Stand in for pytest-qt, whose settings stand in pyproject.toml."""
    parser.addini("qt_api", "read by pytest-qt, which is not loaded here")
    parser.addini("qt_log_level_fail", "read by pytest-qt, which is not loaded here")


def pytest_configure() -> None:
    """Refuse Qt from now on; what came in before would make the proof worthless."""
    loaded = sorted(QT_PACKAGES & set(sys.modules))
    if loaded:
        raise pytest.UsageError(f"already imported before the tests: {', '.join(loaded)}")
    sys.meta_path.insert(0, QtRefuser())
