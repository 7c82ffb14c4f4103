"""Verifying: only the verifier makes a VerifiedPackage, and nothing slips past limits, keys or a changing file."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.sync.crafting import (
    COMMUNE,
    COMMUNE_CARD,
    FACTS,
    OTHER_INSTALLATION,
    PROVINCE,
    STRANGER,
    TRUST,
    compressed,
    packed,
    plain_payload,
    sealed,
    signed_around,
)
from thidua_desktop.errors import UserError
from thidua_desktop.sync import verify as verify_module
from thidua_desktop.sync.envelope import Sender, SenderStatus, Trust, verify_envelope
from thidua_desktop.sync.payload import Limits
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.strict_tar import tar_header
from thidua_desktop.sync.verify import VerifiedPackage, verify

LINE = b'{"deleted":false,"id":"a","office":"00123","revision":1,"values":{}}\n'


def code_of(data: bytes, trust: Trust = TRUST, limits: Limits | None = None) -> Code:
    with pytest.raises(Refusal) as caught:
        verify(io.BytesIO(data), trust, [PROVINCE.age_identity], limits)
    assert caught.value.sentence and caught.value.remedy
    return caught.value.reason


def test_nobody_else_makes_a_verified_package() -> None:
    with pytest.raises(TypeError):
        VerifiedPackage(object(), *[None] * 4)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "limits",
    [
        Limits(payload_bytes=100),
        Limits(plain_bytes=1000),
        Limits(members=2),
        Limits(manifest_bytes=100),
        Limits(figures_bytes=5),
        Limits(member_bytes=10),
        Limits(line_bytes=20),
        Limits(ratio=1, ratio_from=0),
    ],
    ids=str,
)
def test_each_limit_holds(limits: Limits) -> None:
    assert code_of(packed()[0], limits=limits) is Code.TOO_LARGE


def test_a_lying_manifest_does_not_get_more_than_the_limits() -> None:
    small = Limits(ratio_from=1024 * 1024, ratio=10)
    bomb = sealed(compressed(plain_payload({"reports/a.pdf": bytes(8 * 1024 * 1024)})))
    assert code_of(bomb, limits=small) is Code.TOO_LARGE


def test_a_key_change_keeps_the_old_key_known_and_revoked() -> None:
    new = STRANGER.verify_key
    place = (COMMUNE_CARD.office_code, COMMUNE_CARD.installation)
    trust = Trust((Sender(*place, COMMUNE.verify_key, SenderStatus.REVOKED), Sender(*place, new)))
    assert code_of(packed()[0], trust) is Code.REVOKED_SENDER
    verify(io.BytesIO(packed(keys=STRANGER)[0]), trust, [PROVINCE.age_identity]).close()
    assert code_of(packed()[0], Trust(())) is Code.UNKNOWN_SENDER


def test_a_forged_signature_under_a_revoked_key_is_bad_not_revoked() -> None:
    data = packed()[0]
    place = data.index(b"untrusted comment") + 60
    forged = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    assert code_of(forged, Trust.of_cards([], [COMMUNE_CARD])) is Code.BAD_SIGNATURE


def test_own_packages_open_and_others_do_not() -> None:
    data = packed()[0]
    verify(io.BytesIO(data), TRUST, [COMMUNE.age_identity]).close()
    with pytest.raises(Refusal) as caught:
        verify(io.BytesIO(data), TRUST, [STRANGER.age_identity])
    assert caught.value.code == "TD-SYNC-008"


def test_a_payload_that_age_cannot_open_is_bad_content() -> None:
    recipients = [PROVINCE.age_recipient, COMMUNE.age_recipient]
    assert code_of(signed_around(b"age-encryption.org/v1\n", FACTS, COMMUNE, recipients)) is Code.BAD_CONTENT
    other = packed(recipient=COMMUNE_CARD)[0]
    payload = other[other.index(b"age-encryption.org") : -1024]
    assert code_of(signed_around(payload, FACTS, COMMUNE, recipients)) is Code.BAD_CONTENT


def before_decryption(monkeypatch: pytest.MonkeyPatch, change: Callable[[io.BytesIO], None]) -> None:
    """Do something to the file between the two readings."""
    decrypt = verify_module._decrypt

    def changed(stream: Any, *rest: Any) -> None:
        change(stream)
        decrypt(stream, *rest)

    monkeypatch.setattr(verify_module, "_decrypt", changed)


def test_a_file_that_changes_while_it_is_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def swap(stream: io.BytesIO) -> None:
        stream.getbuffer()[-1600] ^= 1

    before_decryption(monkeypatch, swap)
    assert code_of(packed()[0]) is Code.DAMAGED


def test_another_right_payload_swapped_in_is_refused_by_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    first, written = packed()
    size = written.header.payload_size
    # age adds a stanza of random length: take the first other package whose payload has the same
    second = next(data for data, other in (packed() for _try in range(5000)) if other.header.payload_size == size)

    def swap(stream: io.BytesIO) -> None:
        start = first.index(b"age-encryption.org")
        stream.getbuffer()[start:] = second[-(len(first) - start) :]

    before_decryption(monkeypatch, swap)
    assert code_of(first) is Code.DAMAGED


def test_the_stick_may_be_pulled_after_verifying(tmp_path: Path) -> None:
    path = tmp_path / "x.tdp"
    path.write_bytes(packed()[0])
    with verify(path, TRUST, [PROVINCE.age_identity]) as package:
        path.unlink()
        assert len(list(package.all_records())) == 3
        assert len(list(package.all_records())) == 3
        with pytest.raises(KeyError):
            package.figures("none")
        with pytest.raises(KeyError):
            package.member("reports/none.pdf")


def test_a_path_that_cannot_be_read_is_an_environment_error(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        verify(tmp_path / "none.tdp", TRUST, [PROVINCE.age_identity])
    assert caught.value.code == "TD-ENV-043"


def test_a_stick_pulled_while_reading_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def pull(stream: Any) -> None:
        monkeypatch.setattr(stream, "read", pulled)

    def pulled(*_size: int) -> bytes:
        raise OSError(5, "Input/output error")

    class Stick(io.BytesIO):
        """A stream whose methods can be replaced."""

    before_decryption(monkeypatch, pull)
    with pytest.raises(OSError, match="Input/output"):
        verify(Stick(packed()[0]), TRUST, [PROVINCE.age_identity])


def test_the_envelope_can_be_verified_without_any_identity() -> None:
    data, result = packed()
    signed = verify_envelope(io.BytesIO(data), TRUST, 1 << 20)
    assert (signed.header, signed.sha256, signed.size) == (result.header, result.sha256, len(data))


def test_a_changed_payload_is_seen_without_any_identity() -> None:
    data = bytearray(packed()[0])
    data[-1600] ^= 1
    with pytest.raises(Refusal) as caught:
        verify_envelope(io.BytesIO(data), TRUST, 1 << 20)
    assert caught.value.reason is Code.DAMAGED


def test_a_key_is_trusted_for_its_own_installation_only() -> None:
    elsewhere = replace(COMMUNE_CARD, installation=OTHER_INSTALLATION)
    assert code_of(packed()[0], Trust.of_cards([elsewhere])) is Code.UNKNOWN_SENDER
    other_office = replace(COMMUNE_CARD, office_code="00124")
    assert code_of(packed()[0], Trust.of_cards([other_office])) is Code.UNKNOWN_SENDER


def test_the_second_member_has_its_name_too() -> None:
    data = packed()[0]
    header = tar_header("header.json.minisig", 300)[:100]
    start = data.index(header)
    size = int(data[start + 124 : start + 135], 8)
    renamed = data[:start] + tar_header("header.json.minisi2", size) + data[start + 512 :]
    assert code_of(renamed) is Code.DAMAGED


def test_zeros_inside_the_payload_are_zeros() -> None:
    good = {"records/resident_meeting.jsonl": LINE}
    assert code_of(sealed(compressed(plain_payload(good, end=b"x" * 1024)))) is Code.BAD_CONTENT
    plain = bytearray(plain_payload(good))
    for place in (plain.index(b"\0records/") - 1, plain.index(LINE) + len(LINE)):
        dirty = bytearray(plain)
        dirty[place] = 1
        assert code_of(sealed(compressed(bytes(dirty)))) is Code.BAD_CONTENT


def test_names_that_differ_only_in_case_are_refused() -> None:
    twins = plain_payload({"figures/A.json": b"{}", "figures/a.json": b"{}"})
    assert code_of(sealed(compressed(twins))) is Code.BAD_CONTENT


def test_limits_leave_room_for_ordinary_repetitive_records() -> None:
    many = b"".join(LINE.replace(b'"a"', b'"a%06d"' % number) for number in range(20_000))
    data = sealed(compressed(plain_payload({"records/resident_meeting.jsonl": many})), replace(FACTS, number=1))
    with verify(io.BytesIO(data), TRUST, [PROVINCE.age_identity]) as package:
        assert sum(1 for _ in package.all_records()) == 20_000
