"""Everything in the program that reads bytes of another office, each as one function from bytes to an outcome.

An outcome is a word or a code of the error table. Any other exception, or a file that is taken in although it is none
of the good ones, is a fault of the program; whoever calls a reader lets it through. Readers past signature and
encryption get their bytes put into a package that is rightly packed and signed, so that the bytes arrive there.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from tests.unit.sync.crafting import COMMUNE, FACTS, PROVINCE, TRUST, compressed, outer, plain_payload
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.added_definitions import kind_of, read_added_set, read_more_codes
from thidua_desktop.formdef.calendar_files import read_calendar_file
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.formdef.reading_surveys import read_survey
from thidua_desktop.formdef.travel import travelling_fields
from thidua_desktop.services.handoff.incoming import misfit
from thidua_desktop.services.session import Session
from thidua_desktop.sync.canonical import NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.card import card_from_bytes
from thidua_desktop.sync.directive import DirectiveError, directive_bytes, parse_directive
from thidua_desktop.sync.envelope import read_header, verify_envelope
from thidua_desktop.sync.header import PackageKind, trusted_comment
from thidua_desktop.sync.key_change import change_from_bytes
from thidua_desktop.sync.members import MemberError, RecordLine, manifest_bytes, parse_manifest, record_line
from thidua_desktop.sync.merge_plan import KnownRecord, plan_merge
from thidua_desktop.sync.office_part import OfficePartError, parse_part, part_bytes
from thidua_desktop.sync.paper_codes import PART_BYTES, joined, read_part
from thidua_desktop.sync.payload import Limits, PayloadError, check_payload, lines_of, walk_payload
from thidua_desktop.sync.receipt import ReceiptError, parse_receipt, receipt_bytes
from thidua_desktop.sync.sealed_spool import SealedSpool
from thidua_desktop.sync.verify import verify

VECTORS = Path(__file__).parents[1] / "fixtures" / "packages"
MIB = 1024 * 1024
LIMITS = Limits(
    payload_bytes=4 * MIB, plain_bytes=16 * MIB, member_bytes=8 * MIB, members=1000, manifest_bytes=MIB,
    figures_bytes=MIB, line_bytes=64 * 1024, ratio_from=4 * MIB,
)  # fmt: skip
"""Small ones, so that a bomb is found by its outcome and not by the machine's memory."""
READ = "read"
REFUSED = "refused"
BETWEEN = b"\n\0\n"
"""Between the members of ``members``; a member is its name, a newline, its content."""
KINDS = (PackageKind.REPORT, PackageKind.RECEIPT, PackageKind.DIRECTIVE, PackageKind.ENROLMENT)

Reader = Callable[[bytes], str]


class FalseAcceptance(AssertionError):
    """Something was taken as right that nobody had made so."""


@cache
def definitions() -> Definitions:
    """Those of the program."""
    return load_definitions()


def coded(read: Callable[[], object]) -> str:
    """READ, or the code with which the program's own words refuse."""
    try:
        read()
    except UserError as refusal:
        if not refusal.sentence or not refusal.remedy:
            raise FalseAcceptance(f"{refusal.code} has no words") from refusal
        return refusal.code
    return READ


@cache
def right_files() -> frozenset[str]:
    """Hashes of the files that were made by someone who holds the keys."""
    return frozenset(sha256(path.read_bytes()).hexdigest() for path in VECTORS.glob("*.tdp"))


def whole(data: bytes) -> str:
    """A package as it lies on a stick; nothing is taken in but a vector, to the byte."""

    def read() -> None:
        with verify(BytesIO(data), TRUST, [PROVINCE.age_identity], LIMITS) as package:
            for _ in package.all_records():
                pass
            if package.sha256 != sha256(data).hexdigest() or package.sha256 not in right_files():
                raise FalseAcceptance("a file that nobody made")

    return coded(read)


def header(data: bytes) -> str:
    """``header.json``, signed by a known sender where it can be read at all."""

    def read() -> None:
        claimed = read_header(BytesIO(outer(data, b"", b"x")))
        signature = COMMUNE.signing_key.sign(data, trusted_comment(claimed.header))
        verify_envelope(BytesIO(outer(data, signature, b"x")), TRUST, MIB)

    return coded(read)


def packed(data: bytes) -> str:
    """The decrypted payload as it came: zstd frames. The first byte says of which kind the package is."""
    kind = KINDS[data[0] % len(KINDS)] if data else KINDS[0]
    with SealedSpool() as spool:
        spool.write(data[1:])
        try:
            check_payload(spool, LIMITS, FACTS.definitions, kind)
        except PayloadError:
            return REFUSED
        for entry, pieces in walk_payload(spool, LIMITS):
            if sha256(b"".join(pieces)).hexdigest() != entry.sha256:
                raise FalseAcceptance(entry.name)
    return READ


def plain(data: bytes) -> str:
    """The payload's tar, compressed here."""
    return packed(data[:1] + compressed(data[1:]))


def members(data: bytes) -> str:
    """Members with a true manifest around them, in the right order."""
    parts = [part.partition(b"\n") for part in data[1:].split(BETWEEN)]
    content = {name.decode("ascii", "replace").replace("\ufffd", "?")[:100] or "?": body for name, _, body in parts}
    try:
        return plain(data[:1] + plain_payload(dict(sorted(content.items()))))
    except NotCanonicalError:
        return REFUSED


def canonical(data: bytes) -> str:
    """Canonical JSON: what is read is written again to the same bytes."""
    try:
        value = parse_canonical(data)
    except NotCanonicalError:
        return REFUSED
    return _same(canonical_bytes(value), data)


def manifest(data: bytes) -> str:
    """``manifest.json``."""
    try:
        return _same(manifest_bytes(parse_manifest(data)), data)
    except MemberError:
        return REFUSED


def receipt(data: bytes) -> str:
    """``receipt.json``."""
    try:
        return _same(receipt_bytes(parse_receipt(data)), data)
    except ReceiptError:
        return REFUSED


def directive(data: bytes) -> str:
    """``directive.json``."""
    try:
        return _same(directive_bytes(parse_directive(data)), data)
    except DirectiveError:
        return REFUSED


def office_part(data: bytes) -> str:
    """``office.json``."""
    try:
        return _same(part_bytes(parse_part(data)), data)
    except OfficePartError:
        return REFUSED


def line(data: bytes) -> str:
    """One record line, with or without a version."""
    try:
        return _same(record_line(data).to_bytes(), data)
    except MemberError:
        return REFUSED


def records(data: bytes) -> str:
    """A register's name, a newline, its record lines: planned against nothing, held to the program's definitions."""
    register, _, lines = data.partition(b"\n")
    name = register.decode("ascii", "replace")
    here = cast(Session, SimpleNamespace(definitions=definitions()))

    def known(_register: str, _ids: object) -> Mapping[str, KnownRecord]:
        return {}

    def fit(of: str, record: RecordLine) -> str | None:
        spec = definitions().registers[of]
        return misfit(here, spec, record, travelling_fields(spec))

    try:
        plan = plan_merge(
            ((name, one) for one in lines_of([lines], LIMITS.line_bytes)), "00123", known, definitions().registers, fit
        )
        return " ".join(sorted({str(entry.reason.code) if entry.reason else str(entry.outcome) for entry in plan}))
    except PayloadError:
        return REFUSED


def card(data: bytes) -> str:
    """An office card as a file."""
    return coded(lambda: card_from_bytes(data))


def signed_card(data: bytes) -> str:
    """The line of an office card, signed by the commune's key."""
    return coded(lambda: card_from_bytes(data + b"\n" + _signed(data, "thidua-card-1", "tdcard")))


def key_change(data: bytes) -> str:
    """The line of a key change, signed twice by the commune's key."""
    signature = _signed(data, "thidua-keychange-1", "tdkey")
    return coded(lambda: change_from_bytes(data + b"\n" + signature + signature))


def paper(data: bytes) -> str:
    """Scanned codes, a line each."""
    codes = data.decode("ascii", "replace").split("\n")
    return coded(lambda: joined([read_part(code) for code in codes], TRUST))


def paper_content(data: bytes) -> str:
    """What the codes of a paper say, compressed, signed by the commune and cut into codes here."""
    whole_content = zlib.compress(data) + COMMUNE.signing_key.sign_raw(b"THIDUA figures on paper 1\0" + data)
    cut = [whole_content[at : at + PART_BYTES] for at in range(0, len(whole_content), PART_BYTES)]
    texts = []
    for number, part in enumerate(cut, start=1):
        data_digits = int.from_bytes(b"\1" + part, "big")
        digits = f"7041700000001{number:02d}{len(cut):02d}{data_digits}"
        texts.append(f"{digits}{zlib.crc32(digits.encode()) % 10_000:04d}")
    return coded(lambda: joined([read_part(text) for text in texts], TRUST))


def definition(data: bytes) -> str:
    """A definition as a directive carries it: a survey, a calendar, more codes, a set of criteria."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return REFUSED
    kind = ""

    def told() -> None:
        nonlocal kind
        kind = kind_of(text, "fuzz")

    outcome = coded(told)
    if outcome != READ:
        return outcome
    reads: dict[str, Callable[[], object]] = {
        "survey": lambda: read_survey(text, definitions()),
        "calendar": lambda: read_calendar_file(data, definitions(), "fuzz"),
        "catalog": lambda: read_more_codes(text, definitions()),
        "assessment": lambda: read_added_set(text, definitions()),
    }
    return f"{kind} {coded(reads[kind])}"


READERS: dict[str, Reader] = {
    one.__name__: one
    for one in (
        whole, header, packed, plain, members, canonical, manifest, receipt, directive, office_part, line, records,
        card, signed_card, key_change, paper, paper_content, definition,
    )
}  # fmt: skip
JSON = frozenset(
    {
        "header",
        "canonical",
        "manifest",
        "receipt",
        "directive",
        "office_part",
        "line",
        "signed_card",
        "key_change",
        "paper_content",
    }
)
"""Readers whose bytes are one piece of canonical JSON."""


def _same(again: bytes, data: bytes) -> str:
    if again != data:
        raise FalseAcceptance("read, and written again to other bytes")
    return READ


def _signed(data: bytes, words: str, ending: str) -> bytes:
    """The signature with the comment that the line's own office and installation prescribe."""
    try:
        value: Any = parse_canonical(data)
        office, installation = str(value["office_code"]), str(value["installation"])
    except (NotCanonicalError, KeyError, TypeError):
        office, installation = "00123", "0000"
    comment = f"{words} THIDUA_{office}_{installation[-4:]}.{ending}".replace("\n", " ")
    try:
        return COMMUNE.signing_key.sign(data + b"\n", comment)
    except UnicodeEncodeError:
        return b""
