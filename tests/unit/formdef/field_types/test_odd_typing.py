"""Days and numbers as tired people type them: each is understood, or refused in a sentence that says what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from thidua_desktop.formdef.field_types import NotUnderstood, field_type
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

TODAY = date(2026, 11, 25)  # a Wednesday

DAYS = [
    ("mai", date(2026, 11, 26)),
    ("hôm kia", date(2026, 11, 23)),
    ("sáng nay", TODAY),
    ("tối mai", date(2026, 11, 26)),
    ("hôm kìa", date(2026, 11, 22)),
    ("ngày kìa", date(2026, 11, 28)),
    ("tối qua", date(2026, 11, 24)),
    ("thứ hai tuần trước", date(2026, 11, 16)),
    ("thứ 2 tuần sau", date(2026, 11, 30)),
    ("t6 tuần này", date(2026, 11, 27)),
    ("CN tuần trước", date(2026, 11, 22)),
    ("chủ nhật tuần tới", date(2026, 12, 6)),
    ("Thứ Tư tuần này", TODAY),
    ("cuối tháng", date(2026, 11, 30)),
    ("đầu tháng", date(2026, 11, 1)),
    ("cuối tháng trước", date(2026, 10, 31)),
    ("đầu tháng sau", date(2026, 12, 1)),
    ("cuối tháng 2", date(2026, 2, 28)),
    ("cuối tháng 2/2024", date(2024, 2, 29)),
    ("cuối năm", date(2026, 12, 31)),
    ("đầu năm ngoái", date(2025, 1, 1)),
    ("1-3", date(2026, 3, 1)),
    ("01032026", date(2026, 3, 1)),
    ("1.3.26", date(2026, 3, 1)),
    ("1 3 2026", date(2026, 3, 1)),
    ("ngày 1-3-2026", date(2026, 3, 1)),
    ("2026/03/01", date(2026, 3, 1)),
    ("2026.3.1", date(2026, 3, 1)),
    ("01/03/2026 00:00:00", date(2026, 3, 1)),
    ("2026-03-01T00:00:00", date(2026, 3, 1)),
    ("29/2/24", date(2024, 2, 29)),
    ("１／３／２０２６", date(2026, 3, 1)),
    ("٠١/٠٣/٢٠٢٦", date(2026, 3, 1)),
]
NO_DAYS = [
    ("30/2", "TD-DATA-607"),
    ("31-11-2026", "TD-DATA-607"),
    ("thứ hai", "TD-DATA-615"),
    ("CN", "TD-DATA-615"),
    ("ngày 5", "TD-DATA-615"),
    ("5", "TD-DATA-615"),
    ("1950", "TD-DATA-616"),
    ("--/--/1950", "TD-DATA-616"),
    ("tháng 3", "TD-DATA-618"),
    ("3/2026", "TD-DATA-618"),
    ("rằm tháng 7", "TD-DATA-619"),
    ("15/7 âm", "TD-DATA-619"),
    ("45", "TD-DATA-116"),
    ("cuối tháng 13", "TD-DATA-116"),
    ("thứ 8 tuần trước", "TD-DATA-116"),
    ("mồng 1 tháng giêng", "TD-DATA-619"),
    ("46000", "TD-DATA-116"),
    ("2026-03/01", "TD-DATA-116"),
    ("01/03/2026 14:30", "TD-DATA-116"),
]
NUMBERS = [
    ("1,5 triệu", 1_500_000),
    ("12k", 12_000),
    ("12 K", 12_000),
    ("2 tr rưỡi", 2_500_000),
    ("2 triệu rưỡi", 2_500_000),
    ("2tr5", 2_500_000),
    ("2tr500", 2_500_000),
    ("1 tỷ 2", 1_200_000_000),
    ("1 triệu 200", 1_200_000),
    ("3 trăm", 300),
    ("5 chục", 50),
    ("12.000.000đ", 12_000_000),
    ("2 triệu rưỡi đồng", 2_500_000),
    ("1 234", 1234),
    ("1\u00a0234", 1234),
    ("１２", 12),
    ("1.234.567,5", Decimal("1234567.5")),
    ("½", Decimal("0.5")),
    ("1½", Decimal("1.5")),
    ("1,234.5", Decimal("1234.5")),
    ("12 000,5", Decimal("12000.5")),
    ("-2tr5", -2_500_000),
]
NO_NUMBERS = [
    "2tr50",
    "1,5tr5",
    "12 rưỡi",
    "12 5",
    "k",
    "1 1/2",
    "a½",
    "khoảng 12",
    "12-15",
    "1.2.3",
    "1..5",
    "ba mươi",
    "=1+2",
    "1e3",
    "k12",
    "12kk",
]


def parse(kind: FieldType, typed: str) -> Value:
    spec = FieldSpec(name="a", type=kind, label="Mục", digits=1)
    return field_type(kind).parse(spec, typed, TODAY, {})


@pytest.mark.parametrize(("typed", "day"), DAYS)
def test_days_that_are_understood(typed: str, day: date) -> None:
    assert parse(FieldType.DATE, typed) == day


@pytest.mark.parametrize(("typed", "code"), NO_DAYS)
def test_days_that_are_refused(typed: str, code: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(FieldType.DATE, typed)
    assert refused.value.code == code and typed in refused.value.text and refused.value.problem("a").remedy


@pytest.mark.parametrize(("typed", "number"), NUMBERS)
def test_numbers_that_are_understood(typed: str, number: int | Decimal) -> None:
    assert parse(FieldType.DECIMAL, typed) == number
    if isinstance(number, int):
        assert parse(FieldType.INTEGER, typed) == number


@pytest.mark.parametrize("typed", NO_NUMBERS)
@pytest.mark.parametrize("kind", [FieldType.DECIMAL, FieldType.INTEGER])
def test_numbers_that_are_refused(kind: FieldType, typed: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(kind, typed)
    assert refused.value.code == "TD-DATA-107" and typed in refused.value.text


def test_half_a_thing_is_no_count() -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse(FieldType.INTEGER, "1½")
    assert refused.value.code == "TD-DATA-108"


@pytest.mark.parametrize(
    ("unit", "typed", "meant"),
    [
        ("hộ", "12 hộ", 12),
        ("hộ", "1.250Hộ", 1250),
        ("người", "40 ngu\u031bo\u031b\u0300i", 40),
        ("%", "85%", 85),
        ("lượt", "45 người", 45),
        ("lượt", "45 lượt người", 45),
        ("lượt", "45 lượt", 45),
    ],
)
def test_a_field_takes_its_own_unit_behind_the_number(unit: str, typed: str, meant: int) -> None:
    spec = FieldSpec(name="count", type=FieldType.INTEGER, label="Số", unit=unit)
    assert field_type(spec).parse(spec, typed, TODAY, {}) == meant
    for wrong in (unit, f"mười {unit}", "12 vụ"):
        with pytest.raises(NotUnderstood) as refused:
            field_type(spec).parse(spec, wrong, TODAY, {})
        assert refused.value.code == "TD-DATA-107"


def test_the_two_days_that_may_be_meant_are_said_in_full() -> None:
    for typed, before, after in (
        ("chủ nhật", "22/11/2026", "29/11/2026"),
        ("thứ tư", "25/11/2026", "02/12/2026"),
        ("ngày 5", "05/11/2026", "05/12/2026"),
        ("31", "31/10/2026", "31/12/2026"),
    ):
        with pytest.raises(NotUnderstood) as refused:
            parse(FieldType.DATE, typed)
        assert f"là ngày {before} hay ngày {after}?" in refused.value.text


def test_a_birthday_of_which_the_year_is_known_leads_to_the_field_of_the_year() -> None:
    for register in ("person", "supervised_person"):
        spec = load_definitions().registers[register]
        born_on = spec.field("born_on")
        assert spec.field(born_on.born_year).label == "Năm sinh"  # the sentence says so
        for typed in ("1950", "năm 1950", "00/00/1950", "5/1950"):
            with pytest.raises(NotUnderstood) as refused:
                field_type(born_on).parse(born_on, typed, TODAY)
            assert refused.value.code == "TD-DATA-617" and "ghi 1950 ở “Năm sinh”" in refused.value.text


def test_a_day_that_stands_for_its_month_takes_the_month() -> None:
    spec = FieldSpec(name="a", type=FieldType.DATE, label="Tháng", takes_month=True)
    for typed, day in (("9/2026", date(2026, 9, 1)), ("tháng 9", date(2026, 9, 1)), ("15/9/2026", date(2026, 9, 15))):
        assert field_type(spec).parse(spec, typed, TODAY) == day
    with pytest.raises(NotUnderstood):
        field_type(spec).parse(spec, "13/2026", TODAY)
