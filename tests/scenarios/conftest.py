"""The made-up offices, built once: scenarios read them, or copy them before they write."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults import layer as fault_layer
from tests.scenarios import real_postgres
from thidua_desktop.cli import run
from thidua_desktop.services.demo.build import USUAL_DAY, DemoOffice, build_demo

NEEDS_POSTGRES = ["test_publish.py", "test_published_figures.py"]
NEEDS_FAULT_LAYER = ["test_fault_points.py"]
collect_ignore = NEEDS_POSTGRES if real_postgres.missing() and not real_postgres.required() else []
collect_ignore += NEEDS_FAULT_LAYER if fault_layer.missing() else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What this machine could not test stands at the end of the run, in plain words."""
    for names, reason in ((NEEDS_POSTGRES, real_postgres.missing()), (NEEDS_FAULT_LAYER, fault_layer.missing())):
        if set(names) <= set(collect_ignore):
            terminalreporter.write_line(f"NOT TESTED: {', '.join(names)}: {reason}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[real_postgres.Cluster]:
    """A PostgreSQL server of this test run alone."""
    with real_postgres.cluster() as running:
        yield running


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoOffice:
    """``thidua demo`` at scale 1; not to be written to."""
    return build_demo(tmp_path_factory.mktemp("demo"), today=USUAL_DAY)


@pytest.fixture
def own_demo(demo: DemoOffice, tmp_path: Path) -> DemoOffice:
    """A copy of the demo that a test may change."""
    folder = tmp_path / "demo"
    shutil.copytree(demo.folder, folder)

    def there(path: Path) -> Path:
        return folder / path.relative_to(demo.folder)

    return DemoOffice(
        folder,
        there(demo.commune),
        there(demo.province),
        there(demo.password_file),
        tuple(map(there, demo.reports)),
        tuple(map(there, demo.packages)),
        demo.records,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@pytest.fixture
def thidua(capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs a command line in this process."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return call
