"""Values as people type them: what each type takes, and the code of what it does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.formdef.field_types import NotUnderstood, field_type
from thidua_desktop.formdef.model import CatalogItem, CatalogSpec, FieldSpec, FieldType, Value

TODAY = date(2026, 11, 23)
ITEMS = (
    CatalogItem("mong", "Mông"),
    CatalogItem("muong", "Mường"),
    CatalogItem("co", "Co"),
    CatalogItem("co_ho", "Cơ Ho"),
    CatalogItem("drugs", "Phòng, chống ma túy"),
    CatalogItem("fireworks", "Pháo"),
    CatalogItem("old", "Đã bỏ", until=date(2025, 12, 31)),
)
CATALOGS = {"list": CatalogSpec(name="list", title="Danh mục thử", items=ITEMS)}
CHILDREN = (
    FieldSpec(name="what", type=FieldType.TEXT, label="Tên", required=True),
    FieldSpec(name="amount", type=FieldType.DECIMAL, label="Số lượng", digits=1),
)


def spec_of(kind: str) -> FieldSpec:
    """A field of the type."""
    catalog = "list" if kind in ("choice", "choices") else ""
    fields = CHILDREN if kind == "rows" else ()
    return FieldSpec(name="a", type=FieldType(kind), label="Mục", catalog=catalog, fields=fields, digits=1)


def parse(kind: str, typed: str) -> Value:
    """What the type makes of a typed text."""
    return field_type(FieldType(kind)).parse(spec_of(kind), typed, TODAY, CATALOGS)


UNDERSTOOD = [
    ("text", "  Nhà  văn hóa ", "Nhà văn hóa"),
    ("name", " K'Nớ ", "K'Nớ"),
    ("long_text", "Một \n\nhai  ", "Một\n\nhai"),
    ("phone", "0912.345 678", "0912345678"),
    ("phone", "+84 912 345 678", "0912345678"),
    ("phone", "113", "113"),
    ("identity_number", "001 099 000-123", "001099000123"),
    ("integer", "1.250", 1250),
    ("integer", "0", 0),
    ("decimal", "1.234,5", Decimal("1234.5")),
    ("decimal", "12", Decimal("12.0")),
    ("date", "1/3", date(2026, 3, 1)),
    ("date", "01032026", date(2026, 3, 1)),
    ("date", "hôm qua", date(2026, 11, 22)),
    ("time", "19h30", "19:30"),
    ("time", "7h", "07:00"),
    ("time", "1930", "19:30"),
    ("boolean", "Có", True),
    ("boolean", "x", True),
    ("boolean", "không", False),
    ("choice", "muong", "muong"),
    ("choice", "mông", "mong"),
    ("choice", "Mong", "mong"),
    ("choice", "phong chong", "drugs"),
    ("choice", "Phao", "fireworks"),
    ("choices", "Pháo, Phòng, chống ma tuý", ("drugs", "fireworks")),
    ("choices", "fireworks;fireworks", ("fireworks",)),
    ("link", " 0193-a ", "0193-a"),
    ("rows", "Súng\t2\n\n", ({"what": "Súng", "amount": Decimal("2.0")},)),
    ("rows", "Pháo\nĐạn\t1,5\tthừa", ({"what": "Pháo"}, {"what": "Đạn", "amount": Decimal("1.5")})),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "value"), UNDERSTOOD)
def test_understood(kind: str, typed: str, value: Value) -> None:
    found = parse(kind, typed)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("kind", [kind.value for kind in FieldType])
def test_nothing_typed_is_empty(kind: str) -> None:
    assert parse(kind, "  ") is None
    assert field_type(FieldType(kind)).show(spec_of(kind), None, CATALOGS) == ""
    assert field_type(FieldType(kind)).to_plain(spec_of(kind), None) is None
    assert field_type(FieldType(kind)).from_plain(spec_of(kind), None) is None


NOT_UNDERSTOOD = [
    ("integer", "nhiều", "TD-DATA-107"),
    ("integer", "9" * 16, "TD-DATA-107"),
    ("integer", "12,5", "TD-DATA-108"),
    ("decimal", "nhiều", "TD-DATA-107"),
    ("decimal", "1,25", "TD-DATA-109"),
    ("phone", "số nhà 12", "TD-DATA-110"),
    ("identity_number", "00109900012A", "TD-DATA-113"),
    ("date", "32/1/2026", "TD-DATA-116"),
    ("date", "31/11/2026", "TD-DATA-607"),
    ("date", "31/11", "TD-DATA-607"),
    ("date", "29/2/2026", "TD-DATA-607"),
    ("date", "29/2", "TD-DATA-607"),
    ("date", "30/13/2026", "TD-DATA-116"),
    ("time", "25:00", "TD-DATA-118"),
    ("boolean", "có lẽ", "TD-DATA-119"),
    ("choice", "Tày", "TD-DATA-120"),
    ("choice", "Đã bỏ", "TD-DATA-120"),
    ("choice", "Cơ Lao", "TD-DATA-120"),
    ("choice", "m", "TD-DATA-121"),
    ("choices", "Pháo; Tày", "TD-DATA-120"),
    ("rows", "Súng\thai", "TD-DATA-107"),
]


@pytest.mark.parametrize(("kind", "typed", "code"), NOT_UNDERSTOOD)
def test_not_understood(kind: str, typed: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse(kind, typed)
    assert caught.value.code == code
    assert caught.value.problem("a").field == "a"
    assert caught.value.text.endswith(".")


def test_marks_decide_between_lookalikes() -> None:
    assert parse("choice", "Co") == "co"
    assert parse("choice", "Cơ") == "co_ho"


def test_decomposed_text_is_composed() -> None:
    assert parse("text", "To\u0302\u0309") == "Tổ"
    assert parse("choice", "Mo\u0302ng") == "mong"


def test_a_page_pasted_into_a_number_is_refused_in_a_short_sentence() -> None:
    for kind in ("integer", "decimal", "date", "time", "phone", "identity_number"):
        with pytest.raises(NotUnderstood) as refused:
            parse(kind, "trang " * 5_000)
        assert "trang trang" in refused.value.text and len(refused.value.text) < 300
