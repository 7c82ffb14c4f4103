"""Cleaning, checking, plain form and title of records, on a small made-up register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, write_folder
from thidua_desktop.domain.rules import RuleContext
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.model import Definitions, RegisterSpec, Values
from thidua_desktop.formdef.records import (
    check_record,
    field_labels,
    normalise,
    plain_values,
    sample_values,
    sentence_of,
    values_from_plain,
)

CONTEXT = RuleContext(today=date(2026, 11, 23))


@pytest.fixture
def definitions(tmp_path: Path) -> Definitions:
    """The made-up definitions."""
    folder = write_folder(tmp_path)
    change(folder, "registers/event.toml", 'catalog = "kind"', 'catalog = "kind"\ndefault = "talk"')
    return read_definitions(folder)[0]


@pytest.fixture
def event(definitions: Definitions) -> RegisterSpec:
    """The register of events."""
    return definitions.registers["event"]


def codes(definitions: Definitions, event: RegisterSpec, values: Values) -> list[tuple[str, str]]:
    """Code and place of each problem."""
    return [(problem.code, problem.field) for problem in check_record(definitions, event, values, CONTEXT)]


def test_normalise_cleans_and_drops(event: RegisterSpec) -> None:
    typed: Values = {
        "place": "  a  ", "kind": "", "unknown": "x", "people": 0,
        "things": ({"what": " Pha\u0301o ", "amount": 2}, {"what": " "}),
    }  # fmt: skip
    assert normalise(event, typed) == {"place": "a", "people": 0, "things": ({"what": "Pháo", "amount": Decimal(2)},)}


def test_normalise_twice_is_once(definitions: Definitions, event: RegisterSpec) -> None:
    once = normalise(event, sample_values(definitions, event))
    assert normalise(event, once) == once


def test_declared_checks_and_rules_are_joined(definitions: Definitions, event: RegisterSpec) -> None:
    values: Values = {"kind": "dance", "people": 3, "women": 5, "things": ({"amount": Decimal("1.0")},)}
    assert codes(definitions, event, values) == [
        ("TD-DATA-101", "held_on"),
        ("TD-DATA-122", "kind"),
        ("TD-DATA-103", "things[0].what"),
        ("TD-DATA-001", "women"),
    ]


def test_a_sentence_away_from_the_form_names_the_child_row(definitions: Definitions, event: RegisterSpec) -> None:
    values: Values = {"held_on": date(2026, 11, 9), "things": ({"what": "Pháo"}, {"amount": Decimal("1.0")})}
    found = check_record(definitions, event, values, CONTEXT)
    assert [sentence_of(event, problem) for problem in found] == [
        f"“{event.field('things').label}”, dòng 2: Chưa nhập “Tên hiện vật”. Nhập mục này hoặc xóa cả dòng."
    ]
    whole = check_record(definitions, event, {}, CONTEXT)[0]
    assert sentence_of(event, whole) == whole.text


def test_sound_record_has_no_problem(definitions: Definitions, event: RegisterSpec) -> None:
    assert codes(definitions, event, {"held_on": date(2026, 11, 9), "people": 5, "women": 3}) == []


def test_rules_speak_of_fields_by_their_labels(definitions: Definitions, event: RegisterSpec) -> None:
    found = check_record(definitions, event, {"held_on": date(2026, 11, 9), "people": 3, "women": 5}, CONTEXT)
    assert "“Nữ”" in found[0].text
    assert "“Người dự”" in found[0].text
    assert field_labels(event)["things.what"] == "Tên hiện vật"


@pytest.mark.parametrize(
    ("name", "value"), [("people", "5"), ("people", True), ("held_on", "2026-11-09"), ("kind", 3), ("things", "x")]
)
def test_foreign_types_are_told(name: str, value: object, definitions: Definitions, event: RegisterSpec) -> None:
    values: Values = {"held_on": date(2026, 11, 9), name: value}  # type: ignore[dict-item]
    assert codes(definitions, event, values) == [("TD-DATA-125", name)]


def test_foreign_types_in_rows_are_told(definitions: Definitions, event: RegisterSpec) -> None:
    values: Values = {"held_on": date(2026, 11, 9), "things": ({"what": "a"}, {"what": "b", "amount": "2"})}
    assert codes(definitions, event, values) == [("TD-DATA-125", "things[1].amount")]


def test_plain_values_come_back(event: RegisterSpec) -> None:
    values: Values = {
        "held_on": date(2026, 11, 9), "people": 0, "things": ({"what": "Pháo", "amount": Decimal("1.5")},),
    }  # fmt: skip
    plain = plain_values(event, values)
    assert plain == {"held_on": "2026-11-09", "people": 0, "things": [{"what": "Pháo", "amount": "1.5"}]}
    assert values_from_plain(event, {**plain, "later": 1}) == values


def test_foreign_plain_values_are_refused(event: RegisterSpec) -> None:
    with pytest.raises(ValueError, match="people"):
        values_from_plain(event, {"people": "5"})
