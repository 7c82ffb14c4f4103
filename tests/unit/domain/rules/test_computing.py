"""Fields that nobody types: what the general functions give, in order, and that names are taken once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.rules import RuleContext, computation, computed_values, known_computations
from thidua_desktop.domain.rules.registry import ParameterKind

CONTEXT = RuleContext(date(2026, 11, 23))
ROWS = ({"points": 3, "weight": Decimal("1.5")}, {"points": None}, {"points": 4, "weight": Decimal("0.5")})


@pytest.mark.parametrize(
    ("function", "args", "values", "expected"),
    [
        ("sum_of_rows", ("scores.points",), {"scores": ROWS}, 7),
        ("sum_of_rows", ("scores.weight",), {"scores": ROWS}, Decimal("2.0")),
        ("sum_of_rows", ("scores.points",), {}, None),
        ("sum_of_rows", ("scores.points",), {"scores": ({"points": 0},)}, 0),
        ("count_of_rows", ("scores",), {"scores": ROWS}, 3),
        ("count_of_rows", ("scores",), {}, None),
        ("sum_of_fields", ("a", "b"), {"a": 2, "b": 5}, 7),
        ("sum_of_fields", ("a", "b"), {"b": 0}, 0),
        ("sum_of_fields", ("a", "b"), {"a": "2"}, None),
    ],
)
def test_general_functions(function: str, args: tuple[str, ...], values: dict[str, object], expected: object) -> None:
    assert computed_values([("total", function, args)], values, CONTEXT).get("total") == expected


def test_later_functions_see_what_earlier_ones_gave_and_old_values_go() -> None:
    calls = [("sum", "sum_of_rows", ("scores.points",)), ("all", "sum_of_fields", ("sum", "bonus"))]
    assert computed_values(calls, {"scores": ROWS, "bonus": 1}, CONTEXT)["all"] == 8
    assert computed_values(calls, {"sum": 9, "all": 9}, CONTEXT) == {}


def test_a_name_is_taken_once_and_described() -> None:
    assert known_computations()["sum_of_rows"].kind_at(0) is ParameterKind.FIELD
    assert known_computations()["sum_of_fields"].max_args is None
    with pytest.raises(ValueError, match="twice"):
        computation("sum_of_rows", params="column")(lambda values, args, context: None)
