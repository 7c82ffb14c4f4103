"""Letters, order and old encodings of Vietnamese text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.text import (
    clean,
    clean_long,
    fold,
    from_tcvn3,
    from_vni,
    looks_like_tcvn3,
    looks_like_vni,
    lower_first,
    match_key,
    nfc,
    person_sort_key,
    rejoined,
    sort_key,
    unbroken,
    upper_first,
)

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
SENTENCE = "Phát động phong trào toàn dân bảo vệ an ninh Tổ quốc; những kỹ sư ở Lũng Phình đã ký kết"
words = st.text(alphabet=LETTERS + LETTERS.upper() + " 0123456789-'.,", max_size=40)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("HOÀ BÌNH", "hoa binh"),
        (unicodedata.normalize("NFD", "Hòa Bình"), "hoa binh"),
        ("K'Nớ", "k'no"),
        ("Ước", "uoc"),
        ("ABC 12", "abc 12"),
    ],
)
def test_fold_drops_case_and_every_mark(text: str, key: str) -> None:
    assert fold(text) == key


@given(words)
def test_fold_is_ascii_idempotent_and_the_same_for_nfd(text: str) -> None:
    key = fold(text)
    assert key.isascii()
    assert fold(key) == key
    assert fold(unicodedata.normalize("NFD", text)) == key
    assert fold(text.upper()) == key


def test_clean_makes_one_line_of_stored_text() -> None:
    assert clean("  Trần\u00a0 Văn\tBình\u200b\r\n") == "Trần Văn Bình"
    assert clean(unicodedata.normalize("NFD", "Đặng")) == "Đặng"
    assert clean("a\x00\x1fb\ufeff\u202ec") == "abc"
    assert clean("an\u00adninh") == "anninh"


def test_clean_long_keeps_paragraphs() -> None:
    assert clean_long("\n Một \r\n\r\n hai   ba \u2028bốn\n\n") == "Một\n\nhai ba\nbốn"


def test_clean_keeps_the_letter_of_tcvn3_that_looks_like_a_soft_hyphen() -> None:
    assert from_tcvn3(clean("Nh\u00ad ®éng phong trµo")) == "Như động phong trào"


@given(words)
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_long(clean_long(text)) == clean_long(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khánh Hòa", "Khánh Hoà"),
        ("Thủy Nguyên", "THUỶ NGUYÊN"),
        ("Xã Mỹ Lý", "xã Mĩ Lí"),
        ("Quy Nhơn", "Qui Nhơn"),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa–Vũng Tàu"),
        ("Đưng K'Nớ", "Đưng K’Nớ"),
        (unicodedata.normalize("NFD", "Đồng Nai"), "Đồng Nai"),
    ],
)
def test_match_key_joins_spellings_of_one_place(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Thúy", "Thúi"), ("Hòa", "Hóa"), ("Đông", "Dông"), ("Tân", "Tấn"), ("Tay", "Tai")]
)
def test_match_key_keeps_different_places_apart(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


def in_order(*texts: str) -> bool:
    keys = [sort_key(text).encode() for text in texts]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


def test_tones_weigh_in_the_order_of_the_dictionary() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ", "man")


def test_marked_letters_are_letters_of_their_own() -> None:
    assert in_order("an", "ăn", "ân", "ban", "dan", "đan", "em", "ên", "on", "ôn", "ơn", "un", "ưn", "yên")
    assert in_order("An", "Ánh", "Ân", "Bình", "Dung", "Đào", "Em", "Ê")


def test_letters_weigh_before_tones_and_words_before_longer_words() -> None:
    assert in_order("má", "mai", "mái", "man", "mân")
    assert in_order("An Bình", "An Đạt", "Anh", "Anh Ba")
    assert in_order("Lê Văn A", "Lê Vân A")


def test_whole_numbers_are_compared_by_value() -> None:
    assert in_order("Tổ 1", "Tổ 2", "Tổ 10", "Tổ 100", "Tổ 1234567890123", "Tổ A")
    assert sort_key("Tổ 07") == sort_key("Tổ 7")


def test_tone_position_and_case_do_not_change_the_order() -> None:
    assert sort_key("hòa") == sort_key("HOÀ")


@given(st.lists(st.text(alphabet=LETTERS, min_size=1, max_size=3), max_size=8))
def test_sort_key_orders_letters_first_then_tones(syllables: list[str]) -> None:
    ranks = {letter: place for place, letter in enumerate("aăâbcdđeêghiklmnoôơpqrstuưvxy")}
    tones = {mark: rank for rank, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", 1)}

    def reference(word: str) -> tuple[list[int], list[int]]:
        split = [unicodedata.normalize("NFD", letter) for letter in word]
        plain = [nfc("".join(mark for mark in parts if mark not in tones)) for parts in split]
        found = [tones[mark] for parts in split for mark in parts if mark in tones]
        return [ranks[letter] for letter in plain], found

    assert sorted(syllables, key=sort_key) == sorted(syllables, key=reference)


def test_persons_sort_by_given_name_then_family_name_then_middle() -> None:
    names = ["Trần Thị An", "Nguyễn Văn Ánh", "Lê Bình", "Lê Văn Bình", "Nguyễn An Bình", "K'Nớ", "Y Bhĩu Êban"]
    expected = ["Trần Thị An", "Nguyễn Văn Ánh", "Lê Bình", "Lê Văn Bình", "Nguyễn An Bình", "Y Bhĩu Êban", "K'Nớ"]
    assert sorted(names, key=lambda name: person_sort_key(name).encode()) == expected
    assert sorted(["Lê Hà", "Lê Ha", "Bùi Hà"], key=person_sort_key) == ["Lê Ha", "Bùi Hà", "Lê Hà"]


def test_tcvn3_table_is_that_of_the_standard() -> None:
    assert from_tcvn3("§¶ng uû x·, ph\u00adêng triÓn khai c«ng t¸c") == "Đảng uỷ xã, phường triển khai công tác"


def test_vni_text_becomes_unicode() -> None:
    assert from_vni("Nguyeãn Vaên Ñöùc, aáp Myõ Thôùi, ñöôøng soá 5") == "Nguyễn Văn Đức, ấp Mỹ Thới, đường số 5"
    assert from_vni("UÛY BAN NHAÂN DAÂN XAÕ") == "ỦY BAN NHÂN DÂN XÃ"


VNI_SIGNS = "áàâåãäéèêëíìîïóòôõöúùûüøñæ"
VNI_PAIRS = [base + sign for base in "aeouyôö" for sign in VNI_SIGNS] + list("ñôöæóòîíì")
TO_VNI = {from_vni(old): old for old in VNI_PAIRS if len(from_vni(old)) == 1}


def test_every_letter_comes_back_from_vni() -> None:
    assert set(LETTERS) - set("abcdeghiklmnopqrstuvxy") == set(TO_VNI)
    assert from_vni("".join(TO_VNI.get(letter, letter) for letter in SENTENCE)) == SENTENCE


TO_TCVN3 = {from_tcvn3(chr(code)): chr(code) for code in range(0xA1, 0x100) if from_tcvn3(chr(code)) != chr(code)}


def test_round_trip_and_suspicion_of_tcvn3() -> None:
    old = "".join(TO_TCVN3.get(letter, letter) for letter in SENTENCE)
    assert from_tcvn3(old) == SENTENCE
    assert looks_like_tcvn3(old)
    assert len(TO_TCVN3) == 7 + 7 + 60 - 1  # capitals and small letters without tones, with tones; ý stands for itself


@pytest.mark.parametrize(
    "text",
    ["", "Tran Van Binh", SENTENCE, "Hòa Bình", "«Vui, khỏe»", "30°C, 5 m²", "Garçon Müller", "Già làng xã Hà", "±5 %"],
)
def test_ordinary_text_is_not_suspected(text: str) -> None:
    assert not looks_like_tcvn3(text)
    assert not looks_like_vni(text)


def test_suspicion_names_the_right_encoding() -> None:
    assert looks_like_vni("Toå töï quaûn soá 5") and not looks_like_tcvn3("Toå töï quaûn soá 5")
    assert looks_like_tcvn3("Tæ tù qu¶n sè 5") and not looks_like_vni("Tæ tù qu¶n sè 5")


@pytest.mark.parametrize(
    ("alone", "within"),
    [("Ủy ban nhân dân xã", "ủy ban nhân dân xã"), ("Đội dân phòng", "đội dân phòng"), ("UBND xã", "UBND xã"),
     ("Sổ hòa giải: Phần II", "sổ hòa giải: Phần II"), ("", "")],
)  # fmt: skip
def test_a_name_within_a_sentence_keeps_the_names_in_it(alone: str, within: str) -> None:
    assert lower_first(alone) == within
    assert upper_first(within) == alone


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("số 215/QĐ-UBND ngày 20/12/2026", "số 215/~QĐ-~UBND ngày 20/12/2026"),
        ("Nghị định 59/2023/NĐ-CP", "Nghị định 59/~2023/~NĐ-~CP"),
        ("Luật 30/2023/QH15; báo TD-ENV-003", "Luật 30/~2023/~QH15; báo TD-~ENV-~003"),
        ("12/15 khu dân cư, 3/4 hộ", "12/15 khu dân cư, 3/4 hộ"),
        ("quý 3/Năm 2026, km/giờ, Ba-na", "quý 3/Năm 2026, km/giờ, Ba-na"),
    ],
)
def test_numbers_of_papers_and_codes_are_kept_on_one_line(words: str, joined: str) -> None:
    made = unbroken(words)
    assert made == joined.replace("~", "\u2060")
    assert rejoined(made) == words == clean(made)
