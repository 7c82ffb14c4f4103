"""Survey forms: pure data in a closed vocabulary; what is not well-formed, clashes or is newer is said by code."""

from __future__ import annotations

import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import add_survey, office_definitions
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.reading_surveys import read_survey
from thidua_desktop.formdef.surveys import LARGEST
from thidua_desktop.paths import resource_path

FORM = resource_path("demo", "survey_fire.toml").read_text(encoding="utf-8")
PROGRAM = load_definitions()


def test_what_the_form_leaves_out_follows_from_its_fields() -> None:
    form = read_survey(FORM, PROGRAM)
    spec = form.spec
    assert (spec.name, spec.travels, spec.group) == ("survey_fire_2026", "full", "plans")
    assert spec.list.columns == ("residential_area", "houses", "with_second_exit", "source", "team")
    assert spec.list.filters == ("residential_area", "source", "team")
    assert [name for line in spec.sections[0].lines for name in line] == [field.name for field in spec.fields]
    assert spec.survey is not None and spec.survey.asked_by == "Công an tỉnh"
    assert [item.code for item in form.catalogs[0].items] == ["hydrant", "pond", "none"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("format = 1\n", "", "format"),
        ('name = "survey_fire_2026"\nversion', 'name = "fire_2026"\nversion', "survey_"),
        ("deadline = 2026-12-15\n", "", "deadline"),
        ("deadline = 2026-12-15", "deadline = 2026-12-15T08:00:00", "deadline"),
        ('title = "Khảo sát', 'titel = "Khảo sát', "titel"),
        ('rule = "not_more_than"', 'rule = "import os"', "import os"),
        ('catalog = "survey_fire_2026_source"', 'catalog = "nowhere"', "nowhere"),
        ('name = "survey_fire_2026_source"\n', 'name = "severity"\n', "severity"),
        ('register = "residential_area"', 'register = "person"', "person"),
        ('type = "boolean"', 'type = "formula"', "formula"),
        ("required = true\nunit", "computed = true\nunit", "computed"),
        ('help = "Mỗi khu', 'documents = ["x"]\nhelp = "Mỗi khu', "documents"),
        ("[[checks]]", "[[checks", "TOML"),
        ('code = "pond"', 'code = "hydrant"', "mã lặp"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_place(old: str, new: str, reason: str) -> None:
    assert old in FORM
    with pytest.raises(UserError) as refused:
        read_survey(FORM.replace(old, new, 1), PROGRAM, "phiếu.toml")
    assert refused.value.code == "TD-FORM-050"
    assert reason in refused.value.sentence or reason == "TOML"


def test_a_name_of_the_program_is_refused() -> None:
    with pytest.raises(UserError, match="TD-FORM-051"):
        read_survey(FORM.replace('name = "survey_fire_2026"\n', 'name = "person"\n', 1), PROGRAM)


def test_a_newer_form_asks_for_a_newer_program() -> None:
    with pytest.raises(UserError, match="TD-FORM-052"):
        read_survey(FORM.replace("format = 1", "format = 2"), PROGRAM)


def test_an_enormous_form_is_not_read() -> None:
    with pytest.raises(UserError, match="TD-FORM-050"):
        read_survey(FORM + "#" * LARGEST, PROGRAM)


def test_no_register_of_the_program_can_meet_a_survey() -> None:
    assert [name for name in PROGRAM.registers if name.startswith("survey_")] == []


def test_definitions_grow_while_somebody_walks_over_them() -> None:
    office = office_definitions(PROGRAM)
    walk = iter(office.registers)
    next(walk)
    add_survey(office, read_survey(FORM, PROGRAM))
    assert len(list(walk)) == len(PROGRAM.registers) - 1
    assert "survey_fire_2026" in office.registers and "survey_fire_2026" not in PROGRAM.registers
    assert office.catalogs["survey_fire_2026_source"].label("pond") == "Ao, hồ"
