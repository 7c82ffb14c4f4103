"""Offices know each other only after people compared fingerprints; every wrong card has its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import cards


def refusal(act: object, *arguments: object) -> UserError:
    with pytest.raises(UserError) as caught:
        act(*arguments)  # type: ignore[operator]
    assert caught.value.sentence
    assert caught.value.remedy
    return caught.value


def test_a_card_goes_out_and_in_by_its_fingerprint(tmp_path: Path) -> None:
    commune = make_office(tmp_path / "xa.thidua", "24412")
    province = make_office(tmp_path / "tinh.thidua", "66", province=True)
    path = cards.export_card(province, tmp_path)
    card = cards.read_card(path)
    known = cards.accept_card(commune, card, card.fingerprint.lower().replace(" ", "-"))
    assert known.code == province.file.identity.code
    assert [office.fingerprint for office in cards.known_offices(commune)] == [card.fingerprint]
    assert cards.recipients(commune) == [card.age_recipient]
    commune.close()
    province.close()


def test_keys_are_made_once_and_stay(pair: TwoOffices) -> None:
    assert cards.own_card(pair.commune) == cards.own_card(pair.commune)
    assert cards.office_keys(pair.commune).to_bytes() == pair.commune.file.office_keys


def test_a_wrong_fingerprint_is_refused_and_changes_nothing(pair: TwoOffices) -> None:
    card = cards.own_card(pair.province)
    wrong = ("0" if card.fingerprint[0] != "0" else "1") + card.fingerprint[1:]
    before = cards.known_offices(pair.commune)
    assert refusal(cards.accept_card, pair.commune, card, wrong).code == "TD-SYNC-051"
    assert cards.known_offices(pair.commune) == before


def test_own_card_and_a_card_of_the_same_kind_are_refused(pair: TwoOffices, tmp_path: Path) -> None:
    own = cards.own_card(pair.commune)
    assert refusal(cards.accept_card, pair.commune, own, own.fingerprint).code == "TD-SYNC-052"
    neighbour = make_office(tmp_path / "xa-khac.thidua", "24373")
    card = cards.own_card(neighbour)
    assert refusal(cards.accept_card, pair.commune, card, card.fingerprint).code == "TD-SYNC-053"
    neighbour.close()


def test_a_missing_a_foreign_and_a_changed_card_file(pair: TwoOffices, tmp_path: Path) -> None:
    assert refusal(cards.read_card, tmp_path / "không-có.tdcard").code == "TD-SYNC-050"
    foreign = tmp_path / "thư.tdcard"
    foreign.write_bytes(b"%PDF-1.7")
    assert refusal(cards.read_card, foreign).code == "TD-SYNC-017"
    path = cards.export_card(pair.commune, tmp_path)
    code = pair.commune.file.identity.code.encode()
    path.write_bytes(path.read_bytes().replace(code, b"24413", 1))
    assert refusal(cards.read_card, path).code == "TD-SYNC-018"


def test_without_a_card_of_the_province_there_is_nobody_to_send_to(tmp_path: Path) -> None:
    commune = make_office(tmp_path / "xa.thidua", "24412")
    assert refusal(cards.recipients, commune).code == "TD-SYNC-054"
    commune.close()
