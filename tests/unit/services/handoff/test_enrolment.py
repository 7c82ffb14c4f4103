"""Registering a key with paper: the sheet, what was typed off it, what differs, and the list of revoked cards."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import cards, enrolment_papers, fingerprints, key_care

PAPER = "0A1B 22CD DDEE F015 5AA7 1234 9876 EE00"


def words(pdf: bytes) -> str:
    """The text of every page, white space as one blank."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


@pytest.mark.parametrize(
    "typed",
    [
        PAPER.lower().replace(" ", ""),
        "OA1B-22CD-DDEE-FOI5-5AA7-l234-9876-EEOO",
        "0a1b 22cd đee f0|5 5â7 1z34 9876 ê00",
        f"TDKEY1/24412/0000-aa/{PAPER.replace(' ', '')}\n",
    ],
)
def test_what_people_and_scanners_write_is_forgiven(typed: str) -> None:
    assert fingerprints.compare(PAPER, typed).same


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "mới có 0/32 ký tự"),
        (PAPER[:17], "mới có 14/32 ký tự"),
        (PAPER.replace("22CD", "22CE").replace("1234", "1334"), "nhóm 2, 6 không khớp"),
        (PAPER + " 7", "thừa 1 ký tự"),
        ("1", "nhóm 1 không khớp"),
    ],
)
def test_what_differs_is_named(typed: str, said: str) -> None:
    found = fingerprints.compare(PAPER, typed)
    assert (found.same, found.words) == (False, said)


def test_a_wrong_group_is_named_and_the_card_not_taken(pair: TwoOffices) -> None:
    card = cards.own_card(pair.province)
    groups = card.fingerprint.split()
    groups[4] = "0000" if groups[4] != "0000" else "1111"
    with pytest.raises(UserError) as refused:
        cards.accept_card(pair.commune, card, " ".join(groups))
    assert refused.value.code == "TD-SYNC-051" and "nhóm 5 không khớp" in refused.value.sentence


def test_the_sheet_holds_what_is_compared(pair: TwoOffices) -> None:
    card = cards.own_card(pair.commune)
    text = words(enrolment_papers.enrolment_sheet(pair.commune))
    for part in ("PHIẾU ĐĂNG KÝ KHÓA", card.office_code, card.installation, *card.fingerprint.split()):
        assert part in text
    assert fingerprints.compare(card.fingerprint, fingerprints.scanned_text(card)).same


def test_revoked_cards_are_listed(pair: TwoOffices) -> None:
    with pytest.raises(UserError) as none:
        enrolment_papers.revoked_list(pair.province)
    assert none.value.code == "TD-SYNC-160"
    card = cards.own_card(pair.commune)
    key_care.revoke(pair.province, card.office_code, card.installation, "Mất máy")
    text = words(enrolment_papers.revoked_list(pair.province))
    assert "Mất máy" in text and "16/11/2026" in text and card.office_name in text
