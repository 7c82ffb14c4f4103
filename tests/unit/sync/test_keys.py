"""Keys: minisign's formats, exactly one spelling, secrets that do not show themselves."""

from __future__ import annotations

import pytest

from tests.unit.sync.crafting import COMMUNE, PROVINCE
from thidua_desktop.sync.keys import (
    BadSignatureError,
    OfficeKeys,
    SigningKey,
    VerifyKey,
    check_recipient,
    fingerprint_groups,
    recipient_key_id,
    recipient_of,
)

MESSAGE = "Biên bản họp".encode()
# Written by hand after minisign's manual: the id in the comment is the little-endian number of the id's bytes.
# A key really made by minisign is read in test_public_tools.
MINISIGN_PUBLIC = (
    "untrusted comment: minisign public key 9C0D1A2B3C4D5E6F\n"
    "RWRvXk08KxoNnAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"
)


def test_a_signature_holds_for_message_key_and_comment_only() -> None:
    signature = COMMUNE.signing_key.sign(MESSAGE, "thử")
    COMMUNE.verify_key.verify(MESSAGE, signature, "thử")
    other_key = VerifyKey(COMMUNE.verify_key.key_id, PROVINCE.verify_key.public)
    for key, message, comment in (
        (COMMUNE.verify_key, MESSAGE + b"x", "thử"),
        (COMMUNE.verify_key, MESSAGE, "khác"),
        (PROVINCE.verify_key, MESSAGE, "thử"),
        (other_key, MESSAGE, "thử"),
    ):
        with pytest.raises(BadSignatureError):
            key.verify(message, signature, comment)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n", b"\r\n"),
        (b"THIDUA", b"THIDUa"),
        (b"==\n", b"\n"),
        (b"trusted comment: t", b"trusted comment:  t"),
        (b"untrusted", b"Untrusted"),
    ],
)
def test_other_spellings_of_a_signature_are_refused(old: bytes, new: bytes) -> None:
    signature = COMMUNE.signing_key.sign(MESSAGE, "thu")
    assert old in signature
    with pytest.raises(BadSignatureError):
        COMMUNE.verify_key.verify(MESSAGE, signature.replace(old, new), "thu")


def test_a_comment_of_two_lines_is_not_signed() -> None:
    with pytest.raises(ValueError, match="one line"):
        COMMUNE.signing_key.sign(MESSAGE, "one\ntwo")


def test_a_public_key_file_is_read_as_minisign_writes_it() -> None:
    key = VerifyKey.from_text(MINISIGN_PUBLIC)
    assert key.key_id.hex() == "6f5e4d3c2b1a0d9c"
    assert key.public == bytes(range(32))
    assert key.to_text() == MINISIGN_PUBLIC


@pytest.mark.parametrize("text", ["", "RWQ=\n", "x\n" + COMMUNE.verify_key.line, "untrusted comment: a\nAAAA\n"])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        VerifyKey.from_text(text)


def test_office_keys_survive_the_store_and_differ_each_time() -> None:
    keys = OfficeKeys.generate()
    again = OfficeKeys.from_bytes(keys.to_bytes())
    assert again == keys and again.verify_key == keys.verify_key and again.age_recipient == keys.age_recipient
    assert OfficeKeys.generate() != keys
    for broken in (keys.to_bytes()[:-1], b"", keys.to_bytes()[:39]):
        with pytest.raises(ValueError):
            OfficeKeys.from_bytes(broken)


def test_secrets_do_not_show_in_repr() -> None:
    shown = repr(COMMUNE) + repr(COMMUNE.signing_key)
    assert "AGE-SECRET" not in shown and COMMUNE.signing_key.seed.hex() not in shown
    assert repr(COMMUNE.signing_key.seed)[2:-1] not in shown


def test_recipients_and_fingerprints() -> None:
    check_recipient(PROVINCE.age_recipient)
    assert recipient_of(PROVINCE.age_identity) == PROVINCE.age_recipient
    assert len(recipient_key_id(PROVINCE.age_recipient)) == 16
    for wrong in ("age1", PROVINCE.age_recipient.upper(), "Đ"):
        with pytest.raises(ValueError):
            check_recipient(wrong)
    with pytest.raises(ValueError, match="age identity"):
        recipient_of("AGE-SECRET-KEY-1")
    assert fingerprint_groups(b"abc") == "BA78 16BF 8F01 CFEA 4141 40DE 5DAE 2223"


def test_signing_secret_has_forty_bytes() -> None:
    with pytest.raises(ValueError, match="40"):
        SigningKey.from_bytes(b"x" * 39)
