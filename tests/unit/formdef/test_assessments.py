"""Sets of criteria as definitions: what a file may say, what is refused, and that they come along with the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from thidua_desktop.formdef.comparer import compare
from thidua_desktop.formdef.crosscheck_assessments import check_assessment
from thidua_desktop.formdef.help_assessments import criteria_page
from thidua_desktop.formdef.kept_definitions import keep, read_kept
from thidua_desktop.formdef.loader import load_definitions, read_definitions
from thidua_desktop.formdef.lock import image
from thidua_desktop.formdef.model import AssessmentSpec
from thidua_desktop.paths import forms_path

DEFINITIONS = load_definitions()
SETS = DEFINITIONS.assessments


@pytest.mark.parametrize("spec", SETS.values(), ids=lambda spec: spec.name)
def test_every_set_is_sound_and_explained(spec: AssessmentSpec) -> None:
    assert check_assessment(spec, DEFINITIONS, "f") == []
    assert spec.help.endswith(".")
    assert spec.basis and spec.title[0].isupper()
    assert len(spec.short) <= 40
    page = criteria_page(spec, DEFINITIONS)
    assert all(one.text in page for one in spec.criteria)


def test_every_kind_of_subject_has_a_set() -> None:
    used = {kind for spec in SETS.values() for kind in spec.subjects}
    assert used == {item.code for item in DEFINITIONS.catalogs["subject_kind"].items}


def test_the_circular_is_there_point_by_point() -> None:
    codes = {name: {one.code for one in SETS[name].leaves} for name in ("safe_area", "safe_unit", "safe_school")}
    assert codes["safe_area"] >= {*(f"3.{p}" for p in "abcdđeg"), *(f"4.{p}" for p in "abcd")}
    assert codes["safe_unit"] >= {f"3.{p}" for p in "abcdđegh"}
    assert {code for code in codes["safe_school"] if code.startswith("3.")} == {f"3.{p}" for p in "abcđeg"}
    excluded = {value for one in SETS["safe_unit"].exclusions for value in one.values}
    assert excluded == {"armed_unit", "micro", "small"}


def faults(spec: AssessmentSpec) -> list[tuple[str, str]]:
    return [(found.code, found.place) for found in check_assessment(spec, DEFINITIONS, "f")]


def test_a_broken_tree_and_wrong_sums_are_found() -> None:
    spec = SETS["movement_area"]
    first, second, *rest = spec.criteria
    orphan = second._replace(parent="9")
    assert ("TD-FORM-045", "criteria[1.1]") in faults(spec._replace(criteria=(first, orphan, *rest)))
    lighter = second._replace(maximum=Decimal(9))
    assert faults(spec._replace(criteria=(first, lighter, *rest))) == [("TD-FORM-046", "criteria[1]")]
    assert faults(spec._replace(criteria=(*spec.criteria, spec.criteria[-1])))[0][0] == "TD-FORM-008"
    assert ("TD-FORM-046", "bonus_cap") in faults(spec._replace(bonus_cap=Decimal(5)))


def test_wrong_bands_days_and_codes_are_found() -> None:
    spec = SETS["movement_area"]
    assert faults(spec._replace(bands=spec.bands[::-1])) == [("TD-FORM-047", "bands")]
    assert faults(spec._replace(bands=())) == [("TD-FORM-047", "bands")]
    for wrong in ("13-01", "02-30", "1-1", "x"):
        assert faults(spec._replace(window_end=wrong)) == [("TD-FORM-048", "window_end")]
    assert faults(spec._replace(window_start="")) == [("TD-FORM-048", "window_start")]
    assert faults(spec._replace(subjects=("planet",))) == [("TD-FORM-006", "subjects")]
    assert faults(spec._replace(vetoes=("late",))) == [("TD-FORM-006", "vetoes")]
    assert faults(spec._replace(tie_breaks=("9.9",))) == [("TD-FORM-006", "tie_breaks")]
    renamed = tuple(band._replace(code="superb") if band.code == "fair" else band for band in spec.bands)
    assert faults(spec._replace(bands=renamed)) == [("TD-FORM-006", "bands")]


def test_an_unknown_kind_of_incident_is_found() -> None:
    spec = SETS["safe_area"]
    at = next(place for place, one in enumerate(spec.criteria) if one.code == "4.b")
    match = spec.criteria[at].broken_by[0]._replace(kinds=("rain",), least_severity="huge")
    criteria = (*spec.criteria[:at], spec.criteria[at]._replace(broken_by=(match,)), *spec.criteria[at + 1 :])
    assert faults(spec._replace(criteria=criteria)) == [("TD-FORM-006", "criteria[4.b].broken_by")] * 2


def test_a_file_is_read_against_its_vocabulary(tmp_path: Path) -> None:
    folder = tmp_path / "assessments"
    folder.mkdir()
    text = forms_path("assessments", "safe_area.toml").read_text(encoding="utf-8")
    text = text.replace('standard = "safe"', 'standard = "safe"\ncolour = "red"')
    (folder / "safe_area.toml").write_text(text.replace('"force_majeure", ', '"rain", '), encoding="utf-8")
    _, found = read_definitions(tmp_path)
    places = {(one.code, one.place) for one in found if one.file == "assessments/safe_area.toml"}
    assert ("TD-FORM-002", "colour") in places
    assert any(code == "TD-FORM-006" and place.endswith("excused_by") for code, place in places)


def test_sets_are_a_catalog_and_are_kept_between_starts(tmp_path: Path) -> None:
    items = DEFINITIONS.catalogs["criteria_set"].items
    assert [item.code for item in items] == list(SETS)
    assert items[list(SETS).index("safe_area")].since == date(2022, 2, 10)
    keep(tmp_path / "kept.json", "mark", DEFINITIONS)
    kept = read_kept(tmp_path / "kept.json", "mark")
    assert kept is not None and kept.assessments == SETS


def test_a_set_that_scores_otherwise_is_noticed() -> None:
    old = image(DEFINITIONS)
    spec = SETS["movement_area"]
    heavier = spec._replace(bands=(spec.bands[0]._replace(minimum=Decimal(91)), *spec.bands[1:]))
    changed = replace(DEFINITIONS, assessments={**SETS, spec.name: heavier})
    raised = replace(DEFINITIONS, assessments={**SETS, spec.name: heavier._replace(version=2)})
    assert [(one.kind, one.harmless) for one in compare(old, image(changed))] == [("redefined", False)]
    assert [(one.kind, one.harmless) for one in compare(old, image(raised))] == [("redefined", True)]
    reworded = replace(DEFINITIONS, assessments={**SETS, spec.name: spec._replace(help="Khác.")})
    assert compare(old, image(reworded)) == []
