"""Charts of reports: what cannot be drawn, or not be read, is a fault of the definition."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, faults_of, write_folder
from thidua_desktop.formdef.loader import load_definitions

EVENT, FIGURES, REPORT = "registers/event.toml", "indicators/figures.toml", "reports/result.toml"


def folder_with(tmp_path: Path, chart: str, *, both: bool = True) -> Path:
    """The sound folder with one chart more; ``both``: its report has both figures."""
    folder = write_folder(tmp_path)
    if both:
        change(folder, REPORT, 'indicators = ["events"]', 'indicators = ["events", "patrols"]')
    change(folder, REPORT, "[[narrative]]", f'[[charts]]\ntitle = "Hình"\n{chart}\n\n[[narrative]]')
    return folder


@pytest.mark.parametrize(
    ("code", "chart"),
    [
        ("TD-FORM-022", 'kind = "bars"\nindicators = ["dances"]'),
        ("TD-FORM-065", 'kind = "grid"\nindicators = ["events", "events"]'),
        ("TD-FORM-065", 'kind = "shares"\nindicators = ["events"]'),
        ("TD-FORM-065", 'kind = "months"\nindicators = ["events", "events", "events", "events", "events"]'),
        ("TD-FORM-065", 'kind = "bars"\nindicators = []'),
        ("TD-FORM-066", 'kind = "months"\nindicators = ["events", "patrols"]'),
        ("TD-FORM-066", 'kind = "shares"\nby = "area"\nindicators = ["events", "patrols"]'),
        ("TD-FORM-068", 'kind = "bars"\nby = "area"\nindicators = ["events"]'),
        ("TD-FORM-068", 'kind = "grid"\nby = "period"\nindicators = ["events"]'),
        ("TD-FORM-006", 'kind = "pie"\nindicators = ["events"]'),
        ("TD-FORM-006", 'kind = "shares"\nby = "moon"\nindicators = ["events", "events"]'),
    ],
)
def test_what_a_kind_cannot_show(code: str, chart: str, tmp_path: Path) -> None:
    assert [fault.code for fault in faults_of(folder_with(tmp_path, chart))] == [code]


def test_a_figure_that_the_report_does_not_have(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, 'kind = "bars"\nindicators = ["patrols"]', both=False)
    (found,) = faults_of(folder)
    assert (found.code, found.file, found.place) == ("TD-FORM-069", REPORT, "charts[Hình]")
    assert "patrols" in str(found)


@pytest.mark.parametrize("kind", ["grid", "panels"])
def test_a_figure_without_places(kind: str, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, f'kind = "{kind}"\nindicators = ["events"]')
    change(folder, EVENT, 'area_field = "place"\n', "")
    assert [fault.code for fault in faults_of(folder)] == ["TD-FORM-067"]


def test_what_is_added_needs_places_too(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, 'kind = "grid"\nindicators = ["events"]')
    change(folder, FIGURES, 'unit = "ca"\nregister = "event"', 'unit = "việc"\nregister = "other"')
    change(folder, FIGURES, 'where = { kind = ["patrol"] }\nout_of = "events"\n', "")
    change(folder, FIGURES, 'name = "events"', 'name = "events"\nplus = ["patrols"]')
    text = (folder / EVENT).read_text(encoding="utf-8")
    other = text.replace('name = "event"', 'name = "other"', 1).replace('area_field = "place"\n', "")
    (folder / "registers/other.toml").write_text(other.replace('documents = ["slip"]\n', ""), encoding="utf-8")
    assert [fault.code for fault in faults_of(folder)] == ["TD-FORM-067"]


def test_the_usual_side_of_maps_and_panels_is_the_area(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, 'kind = "panels"\nindicators = ["events"]')
    (chart,) = load_definitions(folder).reports["result"].charts
    assert (chart.kind, chart.by, chart.indicators) == ("panels", "area", ("events",))
