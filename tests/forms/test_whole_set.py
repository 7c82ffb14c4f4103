"""The definitions as a whole: no finding, figures that make sense together, words as an office writes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.forms.every_definition import CATALOGS, DEFINITIONS, INDICATORS, REGISTERS, REPORTS, name_of
from thidua_desktop.domain.meetings import Matter, Result, matter_rule
from thidua_desktop.formdef.check import check_forms
from thidua_desktop.formdef.lock import LOCK_NAME, lock_text
from thidua_desktop.formdef.model import CatalogSpec, FieldType, IndicatorSpec
from thidua_desktop.paths import forms_path, resource_path


def test_forms_check_finds_nothing() -> None:
    assert [str(finding) for finding in check_forms()] == []


def test_lock_file_is_up_to_date() -> None:
    assert forms_path(LOCK_NAME).read_text(encoding="utf-8") == lock_text(DEFINITIONS)


@pytest.mark.parametrize("catalog", CATALOGS, ids=name_of)
def test_catalog_is_used_and_clear(catalog: CatalogSpec) -> None:
    fields = [child for register in REGISTERS for field in register.fields for child in (field, *field.fields)]
    assert any(field.catalog == catalog.name for field in fields)
    labels = [item.label.casefold() for item in catalog.items]
    assert len(labels) == len(set(labels))
    assert all(item.label[0].isupper() or catalog.name == "item_unit" for item in catalog.items)


def test_ethnic_groups_are_fifty_four() -> None:
    assert len(DEFINITIONS.catalogs["ethnicity"].items) == 54
    assert not any(item.code.isdigit() for item in DEFINITIONS.catalogs["ethnicity"].items)


def test_meeting_codes_are_those_of_the_rules() -> None:
    codes = [item.code for item in DEFINITIONS.catalogs["meeting_matter"].items]
    assert codes == [matter.value for matter in Matter]
    assert {item.code for item in DEFINITIONS.catalogs["item_outcome"].items} == {result.value for result in Result}
    for code in codes:
        assert matter_rule(Matter(code), date(2026, 11, 9)).matter is Matter(code)


@pytest.mark.parametrize("indicator", INDICATORS, ids=name_of)
def test_indicator_is_explained(indicator: IndicatorSpec) -> None:
    assert indicator.help.endswith(".")
    assert indicator.label[0].isupper()
    assert indicator.unit == indicator.unit.lower()
    if indicator.stock:
        assert DEFINITIONS.registers[indicator.register].valid_to


def test_shares_have_the_unit_of_their_whole() -> None:
    for indicator in INDICATORS:
        if indicator.out_of:
            assert indicator.unit == DEFINITIONS.indicators[indicator.out_of].unit, indicator.name


def test_charts_show_figures_of_their_report() -> None:
    for report in REPORTS:
        assert 1 <= len(report.charts) <= 3, report.name  # more than three are not read
        for chart in report.charts:
            assert set(chart.indicators) <= set(report.indicators)
        titles = [chart.title for chart in report.charts]
        assert len(titles) == len(set(titles)), report.name


def test_every_figure_stands_in_a_report_or_is_part_of_one_that_does() -> None:
    shown = {name for report in REPORTS for name in report.indicators}
    parts = {name for one in INDICATORS if one.name in shown for name in one.plus}
    assert {one.name for one in INDICATORS} - shown - parts == set()


def test_figures_of_the_report_reach_the_province() -> None:
    for report in REPORTS:
        for name in report.indicators:
            assert DEFINITIONS.registers[DEFINITIONS.indicators[name].register].travels in {"full", "counts"}, name


def test_links_and_areas_are_consistent() -> None:
    for register in REGISTERS:
        if register.area_field and register.area_field != "id":
            assert register.field(register.area_field).register == "residential_area"
        for field in register.fields:
            assert field.type is not FieldType.LINK or field.register in DEFINITIONS.registers


def test_years_are_shown_as_years() -> None:
    for register in REGISTERS:
        for field in register.fields:
            if field.type is FieldType.INTEGER and field.name.split("_")[-1] == "year":
                assert field.unit == "năm", f"{register.name}.{field.name} would be shown as 2.026"


def test_icons_exist() -> None:
    for register in REGISTERS:
        assert resource_path("icons", f"{register.icon}.svg").is_file(), register.icon


def test_readme_names_every_key_and_every_name() -> None:
    from thidua_desktop.formdef.document_texts import PLACES, PLAIN_NAMES, SHOWN_NAMES
    from thidua_desktop.formdef.jinja_texts import FIGURE_NAMES, OFFICE_NAMES, PERIOD_NAMES

    text = Path(forms_path("README.md")).read_text(encoding="utf-8")
    for name in (*FIGURE_NAMES, *OFFICE_NAMES, *PERIOD_NAMES, *SHOWN_NAMES):
        assert f".{name}`" in text, name
    for name in (*PLAIN_NAMES, *{place for places in PLACES.values() for place in places}):
        assert f"`{name}`" in text, name
    for kind in FieldType:
        assert f"| `{kind.value}` |" in text, kind
