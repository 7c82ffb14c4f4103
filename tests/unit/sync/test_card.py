"""Office cards: strict files whose fingerprint people compare with paper."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.sync.crafting import COMMUNE, COMMUNE_CARD, OTHER_INSTALLATION, PROVINCE, PROVINCE_CARD
from thidua_desktop.sync.canonical import canonical_bytes
from thidua_desktop.sync.card import card_from_bytes, card_name, card_of, card_to_bytes
from thidua_desktop.sync.refusals import Refusal


def resigned(**fields: Any) -> bytes:
    """The commune's card with fields set, signed again with its own key: only the fields can be wrong."""
    line = canonical_bytes(json.loads(card_to_bytes(COMMUNE_CARD, COMMUNE).split(b"\n")[0]) | fields) + b"\n"
    return line + COMMUNE.signing_key.sign(line, f"thidua-card-1 {card_name(COMMUNE_CARD)}")


def code_of(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        card_from_bytes(data)
    assert caught.value.sentence and caught.value.remedy
    return caught.value.code


def test_cards_come_back_as_they_were() -> None:
    for card, keys in ((COMMUNE_CARD, COMMUNE), (PROVINCE_CARD, PROVINCE)):
        assert card_from_bytes(card_to_bytes(card, keys)) == card
    assert card_from_bytes(resigned()) == COMMUNE_CARD


@pytest.mark.parametrize(
    "fields",
    [
        {"extra": 1},
        {"card": 0},
        {"kind": "ministry"},
        {"office_code": "00 123"},
        {"office_name": ""},
        {"installation": "1"},
        {"age": "age1xyz"},
        {"minisign": PROVINCE.verify_key.line},
        {"minisign": "RWQ"},
    ],
    ids=str,
)
def test_rightly_signed_cards_outside_the_rules_are_refused(fields: dict[str, Any]) -> None:
    assert code_of(resigned(**fields)) == "TD-SYNC-018"


def test_a_card_without_a_field_or_of_another_version() -> None:
    assert code_of(b'{"age":"x"}\n') == "TD-SYNC-018"
    assert code_of(resigned(card=2)) == "TD-SYNC-019"
    assert code_of(b"") == code_of(b'{"age":' * 5000) == "TD-SYNC-017"


def test_a_card_is_signed_with_its_own_key() -> None:
    with pytest.raises(ValueError, match="own key"):
        card_to_bytes(COMMUNE_CARD, PROVINCE)
    with pytest.raises(ValueError, match="outside its rule"):
        card_of(COMMUNE, "00123", " Xã", COMMUNE_CARD.installation, COMMUNE_CARD.kind)


def test_the_fingerprint_covers_every_fact() -> None:
    others = [
        replace(COMMUNE_CARD, office_code="00124"),
        replace(COMMUNE_CARD, office_name="Xã Khác"),
        replace(COMMUNE_CARD, installation=OTHER_INSTALLATION),
        replace(COMMUNE_CARD, kind=PROVINCE_CARD.kind),
        replace(COMMUNE_CARD, verify_key=PROVINCE.verify_key),
        replace(COMMUNE_CARD, age_recipient=PROVINCE.age_recipient),
    ]
    assert len({card.fingerprint for card in [COMMUNE_CARD, *others]}) == 7
    groups = COMMUNE_CARD.fingerprint.split(" ")
    assert len(groups) == 8 and all(len(group) == 4 for group in groups)
