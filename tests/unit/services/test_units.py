"""The national list of units."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.services import units

ALL = [found for province in units.provinces() for found in units.communes(province.code)]


def test_the_country_has_34_provinces_and_3321_communes_of_the_known_kinds() -> None:
    assert Counter(found.kind for found in units.provinces()) == {"tỉnh": 27, "thành phố": 7}
    assert Counter(found.kind for found in ALL) == {"xã": 2611, "phường": 697, "đặc khu": 13}
    assert len({found.code for found in ALL}) == 3321


def test_names_are_clean() -> None:
    for found in (*ALL, *units.provinces()):
        assert unicodedata.is_normalized("NFC", found.name)
        assert found.name == " ".join(found.name.split())
        assert found.name[0].isupper()


def test_dong_nai_is_a_city_and_its_ten_communes_are_wards() -> None:
    assert units.unit("75").name == "Thành phố Đồng Nai"
    assert {units.unit(code).kind for code in ("26368", "26248", "25270", "26485")} == {"phường"}
    assert units.unit("26368").name == "Phường Long Thành"


def test_the_lower_case_name_is_mended() -> None:
    assert units.unit("06325").name == "Xã Bắc Sơn"


def test_codes_are_those_of_the_statistics_office_and_old_ones_are_understood() -> None:
    assert units.unit("00082").name == "Phường Cửa Nam"
    assert units.unit("00073").code == "00082"
    assert units.unit("31207").name == "Phường Thốt Nốt"


@pytest.mark.parametrize("typed", ["trang bom", "Phường Trảng Bom", "TRẢNG BOM dong nai", "26248", "trảng bom"])
def test_a_unit_is_found_however_it_is_typed(typed: str) -> None:
    assert units.find(typed)[0].code == "26248"


def test_a_province_comes_before_communes_and_equal_names_are_told_apart() -> None:
    assert units.find("dak lak")[0].code == "66"
    same = units.find("Xã Tân Tiến")
    assert len({found.province_name for found in same[:7]}) == 7
    assert units.find("m'drak")[0].name == "Xã M’Drắk"
    assert units.find("") == []


def test_an_unknown_code_is_refused() -> None:
    for wrong in ("", "5", "99", "99999"):
        with pytest.raises(UserError) as refusal:
            units.unit(wrong)
        assert refusal.value.code == "TD-STORE-201"
        assert wrong in refusal.value.sentence
    with pytest.raises(UserError):
        units.communes("99")
