"""The header of a package: who sends what to whom, signed, readable without any key. See FORMAT.md, "header.json"."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.sync.canonical import JsonValue, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.strict_tar import MAX_SIZE

FORMAT_VERSION = 1
NO_PREVIOUS = "0" * 64
MAX_HEADER_SIZE = 64 * 1024
MAX_NUMBER = 999_999

_OFFICE_CODE = re.compile(r"[0-9A-Za-z]{1,16}")
_INSTALLATION = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9a-f]{16}")
_CREATED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.ASCII)
_DEFINITION = re.compile(r"[a-z][a-z0-9_]{0,63}")


class HeaderError(ValueError):
    """The bytes are not a header of this format version."""


class NewerFormatError(ValueError):
    """The header says that a later program wrote it; ``version`` is the version it names."""

    def __init__(self, version: int) -> None:
        super().__init__(f"format {version}")
        self.version = version


class PackageKind(StrEnum):
    """What a package is for."""

    REPORT = "report"  # commune to province: everything changed since the last acknowledged package
    RECEIPT = "receipt"
    DIRECTIVE = "directive"
    ENROLMENT = "enrolment"


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the sender decides; the rest of the header follows from payload and keys.

    ``office_code``: 1–16 ASCII letters or digits. ``installation``: lower-case UUID text. ``number``: 1…999,999.
    ``previous``: ``header_hash`` of package number - 1 of this installation, NO_PREVIOUS for number 1.
    ``created``: local time with offset to the second, informative. ``definitions``: name -> version (≥ 1) of every
    definition used. ``changes_from``/``changes_to``: first and last change sequence number covered, both included
    (``from == to + 1`` when nothing changed). ``audit_head``: 64 hex digits.
    """

    kind: PackageKind
    office_code: str
    office_name: str
    installation: str
    number: int
    previous: str
    created: str
    definitions: Mapping[str, int]
    changes_from: int
    changes_to: int
    audit_head: str


@dataclass(frozen=True, slots=True)
class Header:
    """A complete, well-formed header. Whether it is true, only the verifier can say."""

    facts: HeaderFacts
    recipients: tuple[str, ...]  # key ids of age recipients, sorted
    payload_size: int
    payload_sha256: str

    @property
    def sender(self) -> str:
        """Office for a sentence: name and code."""
        return f"{self.facts.office_name} ({self.facts.office_code})"


def header_hash(header: bytes) -> str:
    """The SHA-256 of ``header.json``, 64 hex digits: names the package in its chain."""
    return hashlib.sha256(header).hexdigest()


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def is_office_code(value: object) -> bool:
    """Whether the value can stand in a header and a file name as an office code."""
    return _matches(_OFFICE_CODE, value)


def is_installation(value: object) -> bool:
    """Whether the value is an installation id (lower-case UUID text)."""
    return _matches(_INSTALLATION, value)


def is_office_name(value: object) -> bool:
    """Whether the value is one printable line of 1–200 characters."""
    return isinstance(value, str) and 1 <= len(value) <= 200 and value.isprintable() and value.strip() == value


def _faults(header: Header) -> list[str]:
    facts = header.facts
    checks = {
        "office code": is_office_code(facts.office_code),
        "office name": is_office_name(facts.office_name),
        "installation": is_installation(facts.installation),
        "number": 1 <= facts.number <= MAX_NUMBER,
        "previous": _matches(_DIGEST, facts.previous) and (facts.number == 1) == (facts.previous == NO_PREVIOUS),
        "created": _matches(_CREATED, facts.created),
        "definitions": all(
            _matches(_DEFINITION, name) and type(version) is int and version >= 1
            for name, version in facts.definitions.items()
        ),
        "changes": 1 <= facts.changes_from <= facts.changes_to + 1,
        "audit head": _matches(_DIGEST, facts.audit_head),
        "recipients": bool(header.recipients)
        and list(header.recipients) == sorted(set(header.recipients))
        and all(_matches(_KEY_ID, recipient) for recipient in header.recipients),
        "payload": 1 <= header.payload_size <= MAX_SIZE and _matches(_DIGEST, header.payload_sha256),
    }
    return [name for name, right in checks.items() if not right]


def header_bytes(header: Header) -> bytes:
    """``header.json``; raises HeaderError when a field is outside its rule."""
    facts = header.facts
    if faults := _faults(header):
        raise HeaderError(", ".join(faults))
    try:
        data = canonical_bytes(
            {
                "audit_head": facts.audit_head,
                "changes": {"from": facts.changes_from, "to": facts.changes_to},
                "created": facts.created,
                "definitions": dict(facts.definitions),
                "format": FORMAT_VERSION,
                "installation": facts.installation,
                "kind": str(facts.kind),
                "number": facts.number,
                "office": {"code": facts.office_code, "name": facts.office_name},
                "payload": {"sha256": header.payload_sha256, "size": header.payload_size},
                "previous": facts.previous,
                "recipients": list(header.recipients),
            }
        )
    except NotCanonicalError as error:
        raise HeaderError(str(error)) from error
    if len(data) > MAX_HEADER_SIZE:
        raise HeaderError("longer than any reader takes")
    return data


def parse_header(data: bytes) -> Header:
    """The header that these bytes spell.

    Raises NewerFormatError when ``format`` is above FORMAT_VERSION (other fields may then be anything), HeaderError
    when the bytes are not to the byte what ``header_bytes`` writes.
    """
    try:
        value = parse_canonical(data)
    except NotCanonicalError as error:
        raise HeaderError(str(error)) from error
    version = value.get("format") if isinstance(value, dict) else None
    if type(version) is int and version > FORMAT_VERSION:
        raise NewerFormatError(version)
    try:
        header = _header_of(value)
        again = header_bytes(header)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise HeaderError(f"field missing or of the wrong type: {error}") from error
    if again != data:
        raise HeaderError("unknown or wrongly typed fields")
    return header


def _header_of(value: JsonValue) -> Header:
    # Any type confusion here ends in an exception or in bytes that differ when written again; both are refused.
    fields: dict[str, object] = dict(value)  # type: ignore[arg-type]
    office: dict[str, str] = fields["office"]  # type: ignore[assignment]
    changes: dict[str, int] = fields["changes"]  # type: ignore[assignment]
    payload: dict[str, object] = fields["payload"]  # type: ignore[assignment]
    facts = HeaderFacts(
        kind=PackageKind(str(fields["kind"])),
        office_code=office["code"],
        office_name=office["name"],
        installation=str(fields["installation"]),
        number=_integer(fields["number"]),
        previous=str(fields["previous"]),
        created=str(fields["created"]),
        definitions=dict(fields["definitions"]),  # type: ignore[call-overload]
        changes_from=_integer(changes["from"]),
        changes_to=_integer(changes["to"]),
        audit_head=str(fields["audit_head"]),
    )
    recipients: list[str] = fields["recipients"]  # type: ignore[assignment]
    return Header(facts, tuple(recipients), _integer(payload["size"]), str(payload["sha256"]))


def _integer(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not an integer")
    return value


def package_name(header: Header | HeaderFacts) -> str:
    """``THIDUA_<office code>_<last 4 hex of the installation>_<number, 6 digits>.tdp``."""
    facts = header.facts if isinstance(header, Header) else header
    return f"THIDUA_{facts.office_code}_{facts.installation[-4:]}_{facts.number:06d}.tdp"


def trusted_comment(header: Header) -> str:
    """The trusted comment that the signature of this header carries."""
    return f"thidua-package-1 {package_name(header)}"
