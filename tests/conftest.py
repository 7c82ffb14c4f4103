"""What holds for every test: no display, nobody's home folder, the same luck on every machine. Imports no Qt."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("PYTHONUTF8", "1")

# The same examples in every run, and no failure because a shared machine was slow for a moment.
settings.register_profile(
    "house", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own for the whole run, so that no test reads or writes the developer's settings."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache")):
            patch.setenv(name, str(home / folder))
        yield home


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits after wrong passwords are over at once; their own tests set the time themselves."""
    from thidua_desktop.services import password_waits

    seconds = itertools.count(1e6, 1_000.0)
    monkeypatch.setattr(password_waits, "now", lambda: password_waits.Moment(*[next(seconds)] * 2))
