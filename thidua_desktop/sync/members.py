"""What may lie inside a payload: names, their rules, and the manifest that lists them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from thidua_desktop.sync.canonical import MAX_INTEGER, NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.directive import Directive, directive_bytes
from thidua_desktop.sync.header import is_office_code
from thidua_desktop.sync.office_part import OfficePart, part_bytes
from thidua_desktop.sync.receipt import Receipt, receipt_bytes
from thidua_desktop.sync.versions import Version, VersionError, parse_version, version_json

MANIFEST = "manifest.json"
MANIFEST_FORMAT = 1
RECEIPT = "receipt.json"
OFFICE = "office.json"
DIRECTIVE = "directive.json"
MAX_LINE = 1024 * 1024
MAX_FIGURES = 16 * 1024 * 1024

_RECORDS = re.compile(r"records/([a-z][a-z0-9_]{0,63})\.jsonl")
_FIGURES = re.compile(r"figures/([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.json")
_REPORT = re.compile(r"reports/([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.pdf")
_FILE = re.compile(r"files/([0-9a-f]{64})")
_RECORD_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


class MemberError(ValueError):
    """A member, a manifest or a record line is not as FORMAT.md says."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the payload; ``chunks`` is read once, while the package is written."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One row of the manifest."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One line of ``records/<register>.jsonl``: the state of a record at ``revision`` (≥ 1).

    ``values`` holds only canonical JSON values (no floats); it is empty when ``deleted``. ``line`` is the line itself
    without its newline, as signed.
    """

    id: str
    office: str
    revision: int
    deleted: bool
    values: dict[str, object]
    version: Version | None = None

    def to_bytes(self) -> bytes:
        """The canonical line without newline; raises NotCanonicalError (a ValueError) or MemberError."""
        if not _is_right(self.id, self.office, self.revision) or (self.deleted and self.values):
            raise MemberError("record line outside its rule")
        # Put together by hand, as every field but the values is plain ASCII by its rule: this is the inner loop.
        return b'{"deleted":%b,"id":"%b","office":"%b","revision":%d,"values":%b%b}' % (
            b"true" if self.deleted else b"false",
            self.id.encode("ascii"),
            self.office.encode("ascii"),
            self.revision,
            canonical_bytes(self.values),
            b"" if self.version is None else b',"version":' + canonical_bytes(version_json(self.version)),
        )


def _is_right(record: str, office: str, revision: int) -> bool:
    return _RECORD_ID.fullmatch(record) is not None and is_office_code(office) and 1 <= revision <= MAX_INTEGER


def record_line(data: bytes) -> RecordLine:
    """The record of one line without its newline; MemberError when it is not to the byte what ``to_bytes`` writes."""
    try:
        value = parse_canonical(data)
    except NotCanonicalError as error:
        raise MemberError(str(error)) from error
    if not isinstance(value, dict) or set(value) - {"version"} != {"deleted", "id", "office", "revision", "values"}:
        raise MemberError("not a record")
    deleted, record, office = value["deleted"], value["id"], value["office"]
    revision, values = value["revision"], value["values"]
    if type(deleted) is not bool or type(revision) is not int or not isinstance(values, dict):
        raise MemberError("record field of the wrong type")
    if not isinstance(record, str) or not isinstance(office, str) or not _is_right(record, office, revision):
        raise MemberError("record field outside its rule")
    if deleted and values:
        raise MemberError("deleted record with values")
    line = RecordLine(record, office, revision, deleted, dict(values))
    return replace(line, version=_version_of(line, value["version"])) if "version" in value else line


def _version_of(line: RecordLine, value: object) -> Version:
    """The line's version; MemberError unless the line says what the version says."""
    try:
        version = parse_version(value)
    except VersionError as error:
        raise MemberError(str(error)) from error
    shown = version.values if version.living else {}
    if (version.revision, not version.living, shown) != (line.revision, line.deleted, line.values):
        raise MemberError("a record that is not what its version says")
    return version


def content_hash(line: RecordLine) -> str:
    """SHA-256 over what two desks must agree on for one revision: deleted and values. 64 hex digits."""
    return hashlib.sha256(canonical_bytes({"deleted": line.deleted, "values": line.values})).hexdigest()


def _record_chunks(lines: Iterable[RecordLine]) -> Iterator[bytes]:
    last = ""
    for line in lines:
        if line.id <= last:
            raise MemberError(f"records must come in ascending order of id, each once: {line.id} after {last}")
        last = line.id
        data = line.to_bytes()
        if len(data) > MAX_LINE:
            raise MemberError(f"record {line.id} is longer than any reader takes")
        yield data + b"\n"


def records_member(register: str, lines: Iterable[RecordLine]) -> Member:
    """``records/<register>.jsonl``; the lines must come in ascending order of id (plain text order), each id once."""
    return Member(f"records/{register}.jsonl", _record_chunks(lines))


def figures_member(report: str, figures: object) -> Member:
    """``figures/<report>.json``: any value with a canonical form. ``report``: ASCII letters, digits, ``_``, ``-``."""
    data = canonical_bytes(figures)
    if len(data) > MAX_FIGURES:
        raise MemberError(f"figures of {report} are larger than any reader takes")
    return Member(f"figures/{report}.json", (data,))


def report_member(report: str, pdf: bytes) -> Member:
    """``reports/<id>.pdf``: the printed report as closed."""
    return Member(f"reports/{report}.pdf", (pdf,))


def receipt_member(receipt: Receipt) -> Member:
    """``receipt.json``: the one member of a receipt; ReceiptError when a fact is outside its rule."""
    return Member(RECEIPT, (receipt_bytes(receipt),))


def office_member(part: OfficePart) -> Member:
    """``office.json``: what installations of one office tell each other."""
    return Member(OFFICE, (part_bytes(part),))


def directive_member(directive: Directive) -> Member:
    """``directive.json``, beside records; DirectiveError when a fact is outside its rule."""
    return Member(DIRECTIVE, (directive_bytes(directive),))


def file_member(data: bytes) -> Member:
    """``files/<sha256>``: an attached file, named by its content."""
    return Member(f"files/{hashlib.sha256(data).hexdigest()}", (data,))


def register_of(name: str) -> str | None:
    """The register whose records this member holds, or None."""
    match = _RECORDS.fullmatch(name)
    return match[1] if match else None


def report_of_figures(name: str) -> str | None:
    """The report whose figures this member holds, or None."""
    match = _FIGURES.fullmatch(name)
    return match[1] if match else None


def check_name(name: str) -> None:
    """MemberError unless the name is one of the six kinds; nothing else can reach a reader, so no path can escape."""
    if name not in (RECEIPT, DIRECTIVE, OFFICE) and not any(
        pattern.fullmatch(name) for pattern in (_RECORDS, _FIGURES, _REPORT, _FILE)
    ):
        raise MemberError(f"member name {name[:80]!r}")


def manifest_bytes(entries: Iterable[ManifestEntry]) -> bytes:
    """``manifest.json``; the entries must be in ascending order of name."""
    rows = [{"name": entry.name, "sha256": entry.sha256, "size": entry.size} for entry in entries]
    return canonical_bytes({"format": MANIFEST_FORMAT, "members": rows})


def parse_manifest(data: bytes) -> tuple[ManifestEntry, ...]:
    """The rows; MemberError when names are outside the rules, unsorted or repeated (also but for case), or when the
    bytes are not to the byte what ``manifest_bytes`` writes."""
    try:
        value = parse_canonical(data)
        rows = value["members"]  # type: ignore[index, call-overload]
        entries = tuple(ManifestEntry(row["name"], row["size"], row["sha256"]) for row in rows)  # type: ignore
        again = manifest_bytes(entries)
    except (KeyError, TypeError, ValueError) as error:
        raise MemberError(f"manifest: {error}") from error
    if again != data:
        raise MemberError("manifest with unknown fields")
    for entry in entries:
        _check_entry(entry)
    names = [entry.name for entry in entries]
    if names != sorted(names) or len({name.casefold() for name in names}) != len(names):
        raise MemberError("manifest unsorted or with repeated names")
    return entries


def _check_entry(entry: ManifestEntry) -> None:
    if type(entry.name) is not str or type(entry.size) is not int or type(entry.sha256) is not str:
        raise MemberError("manifest row of the wrong type")
    check_name(entry.name)
    if entry.size < 0 or re.fullmatch(r"[0-9a-f]{64}", entry.sha256) is None:
        raise MemberError("manifest row outside its rule")
    if entry.name.startswith("files/") and entry.name != f"files/{entry.sha256}":
        raise MemberError("attached file under a name that is not its hash")
