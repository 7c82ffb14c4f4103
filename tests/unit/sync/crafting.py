"""Packages made by hand for tests: right ones, and wrong ones that the program itself would never write.

Keys are made up and public; nothing here protects anything.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256

import pyrage
import zstandard

from thidua_desktop.sync.card import OfficeCard, OfficeKind, card_of
from thidua_desktop.sync.envelope import Trust
from thidua_desktop.sync.header import (
    NO_PREVIOUS,
    Header,
    HeaderFacts,
    PackageKind,
    header_bytes,
    trusted_comment,
)
from thidua_desktop.sync.keys import OfficeKeys, recipient_key_id
from thidua_desktop.sync.members import (
    ManifestEntry,
    Member,
    RecordLine,
    figures_member,
    file_member,
    manifest_bytes,
    records_member,
    report_member,
)
from thidua_desktop.sync.pack import PackedPackage, write_package
from thidua_desktop.sync.strict_tar import END, padding, tar_header

COMMUNE = OfficeKeys(
    bytes.fromhex("c0c0c0c0c0c0c0c0") + bytes(range(32)),
    "AGE-SECRET-KEY-1MAE33HZCCF3ZDW9MD6RSM82DWFEZC092XXDAMNFDMZT4SHLLXVTQPJ2QAV",
)
PROVINCE = OfficeKeys(
    bytes.fromhex("d1d1d1d1d1d1d1d1") + bytes(range(32, 64)),
    "AGE-SECRET-KEY-1AQS4P6NGS9ETENWX8H4VXDD2S847X0H3P4ES9ER5YL5ZAF9NALMSXDNNDK",
)
STRANGER = OfficeKeys(
    bytes.fromhex("e2e2e2e2e2e2e2e2") + bytes(range(64, 96)),
    "AGE-SECRET-KEY-17D4NC8TDE42796JQADURSPAWTCQLHM0RSVSWGH6XHEH94DZVL9DSRGZE0A",
)
INSTALLATION = "01931f00-0000-7000-8000-0000000012ab"
OTHER_INSTALLATION = "01931f00-0000-7000-8000-00000000cafe"
COMMUNE_CARD = card_of(COMMUNE, "00123", "Xã Thử Nghiệm", INSTALLATION, OfficeKind.COMMUNE)
PROVINCE_CARD = card_of(PROVINCE, "01", "Tỉnh Thử Nghiệm", "01931f00-0000-7000-8000-00000000beef", OfficeKind.PROVINCE)
STRANGER_CARD = card_of(STRANGER, "00999", "Xã Không Quen", OTHER_INSTALLATION, OfficeKind.COMMUNE)
TRUST = Trust.of_cards([COMMUNE_CARD, PROVINCE_CARD])

FACTS = HeaderFacts(
    kind=PackageKind.REPORT,
    office_code="00123",
    office_name="Xã Thử Nghiệm",
    installation=INSTALLATION,
    number=1,
    previous=NO_PREVIOUS,
    created="2026-11-23T08:00:00+07:00",
    definitions={"resident_meeting": 1, "residential_area": 2},
    changes_from=1,
    changes_to=5,
    audit_head="a" * 64,
)


def meeting(number: int, revision: int = 1, *, deleted: bool = False, note: str = "Họp khu dân cư") -> RecordLine:
    """A made-up record line; ids rise with ``number``."""
    values = {} if deleted else {"held_on": "2026-11-09", "note": note, "present": number}
    return RecordLine(f"01931f00-0000-7000-8000-{number:012x}", "00123", revision, deleted, values)


def members(count: int = 3) -> list[Member]:
    """One member of each kind, not in the order of names."""
    return [
        records_member("resident_meeting", (meeting(number) for number in range(1, count + 1))),
        records_member("residential_area", ()),
        report_member("movement_2026-11", b"%PDF-1.4 made up"),
        figures_member("movement_2026-11", {"meetings": count, "period": "2026-11"}),
        file_member(b"an attached file"),
    ]


def packed(
    facts: HeaderFacts = FACTS,
    content: Iterable[Member] | None = None,
    keys: OfficeKeys = COMMUNE,
    recipient: OfficeCard = PROVINCE_CARD,
) -> tuple[bytes, PackedPackage]:
    """A package as the program writes it."""
    out = io.BytesIO()
    result = write_package(out, facts, members() if content is None else content, keys, [recipient.age_recipient])
    return out.getvalue(), result


def chained(count: int) -> list[tuple[bytes, PackedPackage]]:
    """Packages 1…count of one installation, five changes each."""
    made: list[tuple[bytes, PackedPackage]] = []
    for number in range(1, count + 1):
        previous = made[-1][1].header_hash if made else NO_PREVIOUS
        first = 5 * (number - 1) + 1
        facts = replace(FACTS, number=number, previous=previous, changes_from=first, changes_to=first + 4)
        made.append(packed(facts))
    return made


def tar_member(name: str, data: bytes) -> bytes:
    """Header, content, padding."""
    return tar_header(name, len(data)) + data + padding(len(data))


def entry(name: str, data: bytes) -> ManifestEntry:
    """The true manifest row of a member."""
    return ManifestEntry(name, len(data), sha256(data).hexdigest())


def plain_payload(content: Mapping[str, bytes], manifest: bytes | None = None, end: bytes = END) -> bytes:
    """A payload tar before compression; the manifest is the true one unless given."""
    if manifest is None:
        manifest = manifest_bytes(entry(name, data) for name, data in content.items())
    return (
        tar_member("manifest.json", manifest) + b"".join(tar_member(name, data) for name, data in content.items()) + end
    )


def sealed(compressed: bytes, facts: HeaderFacts = FACTS, keys: OfficeKeys = COMMUNE) -> bytes:
    """A package around any compressed bytes: rightly encrypted, hashed and signed, whatever lies inside."""
    recipients = [PROVINCE.age_recipient, keys.age_recipient]
    payload = pyrage.encrypt(compressed, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
    return signed_around(payload, facts, keys, recipients)


def signed_around(payload: bytes, facts: HeaderFacts, keys: OfficeKeys, recipients: Iterable[str]) -> bytes:
    """A package around any payload.age bytes."""
    names = tuple(sorted({recipient_key_id(text) for text in recipients}))
    header = Header(facts, names, len(payload), sha256(payload).hexdigest())
    data = header_bytes(header)
    return outer(data, keys.signing_key.sign(data, trusted_comment(header)), payload)


def outer(header: bytes, signature: bytes, payload: bytes) -> bytes:
    """The outer tar around three members."""
    return (
        tar_member("header.json", header)
        + tar_member("header.json.minisig", signature)
        + tar_member("payload.age", payload)
        + END
    )


def compressed(plain: bytes) -> bytes:
    """One zstd frame."""
    return zstandard.ZstdCompressor(level=3).compress(plain)
