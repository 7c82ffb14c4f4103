"""The declared checks of each type, and what every type refuses to read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.domain.problems import Severity
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.rows import MOST_ROWS
from thidua_desktop.formdef.model import CatalogItem, CatalogSpec, FieldSpec, FieldType, Value

CATALOGS = {
    "list": CatalogSpec(name="list", title="Danh mục thử", items=(CatalogItem("a", "A"), CatalogItem("b", "B")))
}
CHILDREN = (
    FieldSpec(name="what", type=FieldType.TEXT, label="Tên", required=True, max_length=5),
    FieldSpec(name="amount", type=FieldType.INTEGER, label="Số lượng", maximum=Decimal(9)),
)


def codes(spec: FieldSpec, value: Value) -> list[str]:
    """Codes of the problems of a value."""
    return [problem.code for problem in field_type(spec).check(spec, value, CATALOGS)]


def field(kind: FieldType, **keys: object) -> FieldSpec:
    """A field of the type with some keys."""
    return FieldSpec(name="f", type=kind, label="Mục", **keys)  # type: ignore[arg-type]


CHECKED = [
    (field(FieldType.TEXT, required=True), None, ["TD-DATA-101"]),
    (field(FieldType.TEXT), None, []),
    (field(FieldType.CHOICES, catalog="list", required=True), (), ["TD-DATA-101"]),
    (field(FieldType.TEXT, max_length=3), "bốn chữ", ["TD-DATA-104"]),
    (field(FieldType.LONG_TEXT), "x" * 20_001, ["TD-DATA-104"]),
    (field(FieldType.NAME), "K'Nớ", []),
    (field(FieldType.INTEGER), -1, ["TD-DATA-105"]),
    (field(FieldType.INTEGER, minimum=Decimal(-5)), -1, []),
    (field(FieldType.INTEGER, minimum=Decimal(1)), 0, ["TD-DATA-105"]),
    (field(FieldType.INTEGER, maximum=Decimal(10)), 11, ["TD-DATA-106"]),
    (field(FieldType.DECIMAL, digits=1), Decimal("1.25"), ["TD-DATA-109"]),
    (field(FieldType.DECIMAL, digits=2, maximum=Decimal(1)), Decimal("1.25"), ["TD-DATA-106"]),
    (field(FieldType.PHONE), "912345678", ["TD-DATA-111"]),
    (field(FieldType.PHONE), "0912345", ["TD-DATA-112"]),
    (field(FieldType.PHONE), "0912345678", []),
    (field(FieldType.PHONE), "113", []),
    (field(FieldType.IDENTITY_NUMBER), "001099000123", []),
    (field(FieldType.IDENTITY_NUMBER), "00109900012", ["TD-DATA-009"]),
    (field(FieldType.DATE), date(1899, 12, 31), ["TD-DATA-117"]),
    (field(FieldType.DATE), date(2026, 11, 9), []),
    (field(FieldType.TIME), "24:00", ["TD-DATA-118"]),
    (field(FieldType.BOOLEAN), False, []),
    (field(FieldType.CHOICE, catalog="list"), "c", ["TD-DATA-122"]),
    (field(FieldType.CHOICES, catalog="list"), ("a", "c"), ["TD-DATA-122"]),
    (field(FieldType.LINK, register="r"), "có dấu cách", ["TD-DATA-123"]),
]


@pytest.mark.parametrize(("spec", "value", "expected"), CHECKED)
def test_check(spec: FieldSpec, value: Value, expected: list[str]) -> None:
    assert codes(spec, value) == expected


def test_odd_phone_numbers_can_be_kept() -> None:
    spec = field(FieldType.PHONE)
    assert [problem.severity for problem in field_type(spec).check(spec, "912345678")] == [Severity.WARNING]


def test_rows_name_the_cell() -> None:
    spec = field(FieldType.ROWS, fields=CHILDREN)
    found = field_type(spec).check(spec, ({"what": "Pháo"}, {"amount": 12}), CATALOGS)
    assert [(problem.code, problem.field) for problem in found] == [
        ("TD-DATA-103", "f[1].what"),
        ("TD-DATA-106", "f[1].amount"),
    ]


def test_too_many_rows() -> None:
    spec = field(FieldType.ROWS, fields=CHILDREN)
    assert codes(spec, ({"what": "Pháo"},) * (MOST_ROWS + 1)) == ["TD-DATA-124"]


FOREIGN = [
    (FieldType.TEXT, 5), (FieldType.INTEGER, "5"), (FieldType.INTEGER, True), (FieldType.DECIMAL, 1.5),
    (FieldType.DECIMAL, "NaN"), (FieldType.DECIMAL, "x"), (FieldType.DATE, "09/11/2026"), (FieldType.BOOLEAN, 1),
    (FieldType.CHOICES, "a"), (FieldType.CHOICES, [1]), (FieldType.ROWS, [["a"]]), (FieldType.ROWS, {"a": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "plain"), FOREIGN)
def test_foreign_shapes_are_refused(kind: FieldType, plain: object) -> None:
    spec = field(kind, fields=CHILDREN if kind is FieldType.ROWS else ())
    with pytest.raises(ValueError, match=r"f|what"):
        field_type(spec).from_plain(spec, plain)
