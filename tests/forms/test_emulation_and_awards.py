"""What emulation and awards declare agrees with the indicators, rules and dated tables that it names."""

from __future__ import annotations

from tests.forms.every_definition import DEFINITIONS


def test_targets_can_be_counted_by_area() -> None:
    for item in DEFINITIONS.catalogs["target_indicator"].items:
        register = DEFINITIONS.registers[DEFINITIONS.indicators[item.code].register]
        assert register.area_field, item.code
        assert register.travels == "full", item.code
