"""Key changes and keys in two parts: read as written, refused where a byte or a person is wrong."""

from __future__ import annotations

import pytest

from tests.unit.sync.crafting import COMMUNE, COMMUNE_CARD, INSTALLATION, OTHER_INSTALLATION, STRANGER
from thidua_desktop.sync.card import OfficeKind, card_of
from thidua_desktop.sync.key_change import change_from_bytes, change_name, change_to_bytes
from thidua_desktop.sync.key_parts import joined_keys, open_part, split_keys
from thidua_desktop.sync.refusals import Code, Refusal

NEW_CARD = card_of(STRANGER, COMMUNE_CARD.office_code, COMMUNE_CARD.office_name, INSTALLATION, OfficeKind.COMMUNE)
PHRASES = ("tre xanh làng cũ", "sông dài biển rộng")


def refused(data: bytes) -> Code:
    """Why these bytes are no key change."""
    with pytest.raises(Refusal) as error:
        change_from_bytes(data)
    return error.value.reason


def test_a_key_change_is_read_as_it_was_written() -> None:
    data = change_to_bytes(NEW_CARD, STRANGER, INSTALLATION, COMMUNE)
    change = change_from_bytes(data)
    assert (change.card, change.installation, change.verify_key) == (NEW_CARD, INSTALLATION, COMMUNE.verify_key)
    assert change_name(NEW_CARD) == "THIDUA_00123_12ab.tdkey"


def test_every_flipped_byte_of_a_key_change_is_refused() -> None:
    data = change_to_bytes(NEW_CARD, STRANGER, INSTALLATION, COMMUNE)
    for place in range(0, len(data), 7):
        assert refused(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]) in {
            Code.NOT_A_KEY_CHANGE, Code.BAD_KEY_CHANGE, Code.NEWER_KEY_CHANGE,
        }  # fmt: skip
    assert refused(data + b"\n") is Code.BAD_KEY_CHANGE
    assert refused(data[:-5]) is Code.BAD_KEY_CHANGE


def test_both_keys_must_sign() -> None:
    line, _, rest = change_to_bytes(NEW_CARD, STRANGER, INSTALLATION, COMMUNE).partition(b"\n")
    signatures = rest.split(b"\n")
    only_new = b"\n".join([line, *signatures[4:8], *signatures[4:8], b""])
    assert refused(only_new) is Code.BAD_KEY_CHANGE


def test_other_files_are_no_key_change() -> None:
    newer = b'{"age":"x","before":{},"change":2}\n'
    bad = b'{"age":"x","before":{},"change":1}\n'
    assert [refused(data) for data in (b"hello\n", bad, newer)] == ["TD-SYNC-020", "TD-SYNC-021", "TD-SYNC-022"]


def test_nothing_changed_is_not_written() -> None:
    with pytest.raises(ValueError, match="nothing changes"):
        change_to_bytes(COMMUNE_CARD, COMMUNE, INSTALLATION, COMMUNE)
    moved = card_of(COMMUNE, "00123", "Xã Thử Nghiệm", OTHER_INSTALLATION, OfficeKind.COMMUNE)
    assert change_from_bytes(change_to_bytes(moved, COMMUNE, INSTALLATION, COMMUNE)).installation == INSTALLATION


def test_two_persons_together_have_the_keys() -> None:
    first, second = split_keys(COMMUNE, "00123", INSTALLATION, PHRASES)
    assert COMMUNE.age_identity.encode() not in first + second
    parts = open_part(first, PHRASES[0]), open_part(second, PHRASES[1])
    assert joined_keys(*parts).to_bytes() == COMMUNE.to_bytes()
    assert all(COMMUNE.to_bytes()[:8] not in part.share for part in parts)


def test_parts_that_do_not_open_or_do_not_belong_together() -> None:
    first, second = split_keys(COMMUNE, "00123", INSTALLATION, PHRASES)
    other = split_keys(COMMUNE, "00123", INSTALLATION, PHRASES)[1]
    for data, phrase, code in (
        (first, PHRASES[1], Code.WRONG_PASSPHRASE),
        (b"x" * 100, PHRASES[0], Code.NOT_A_KEY_PART),
        (first[:-3], PHRASES[0], Code.WRONG_PASSPHRASE),
    ):
        with pytest.raises(Refusal) as error:
            open_part(data, phrase)
        assert error.value.reason is code
    for pair in ((first, first), (first, other)):
        opened = [open_part(data, PHRASES[0 if data == first else 1]) for data in pair]
        with pytest.raises(Refusal) as differ:
            joined_keys(opened[0], opened[1])
        assert differ.value.reason is Code.PARTS_DIFFER
    assert open_part(second, PHRASES[1]).part == 2


def test_a_machine_too_slow_to_try_says_so_and_not_that_the_word_is_wrong() -> None:
    part = split_keys(COMMUNE, "00123", INSTALLATION, PHRASES)[0]
    line, rest = part.split(b"\n", 2)[1], part.split(b"\n", 2)[2]
    slow = b"\n".join([b"age-encryption.org/v1", line.rsplit(b" ", 1)[0] + b" 40", rest])  # 2 to the 40th turns
    with pytest.raises(Refusal) as error:
        open_part(slow, PHRASES[0])
    assert error.value.reason == "TD-SYNC-246"


@pytest.mark.parametrize("phrases", [("ngắn", "sông dài biển rộng"), ("tre xanh làng cũ", "tre xanh làng cũ")])
def test_passphrases_are_long_and_different(phrases: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="passphrases"):
        split_keys(COMMUNE, "00123", INSTALLATION, phrases)
