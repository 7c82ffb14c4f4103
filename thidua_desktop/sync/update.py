"""An update file (``.tdupdate``): signed facts, then the set-up file that they describe. See FORMAT.md, "Updates".

One line of canonical JSON, the four lines of its minisign signature by a release key, then the set-up file's bytes.
The program holds the public release keys; who signs, decides what may be installed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from thidua_desktop.sync.canonical import NotCanonicalError, canonical_bytes, parse_canonical
from thidua_desktop.sync.keys import BadSignatureError, SigningKey, VerifyKey

UPDATE_FORMAT = 1
LONGEST_HEAD = 65_536
ENDING = ".tdupdate"
_BLOCK = 1024 * 1024
_VERSION = re.compile(r"(0|[1-9]\d{0,3})(\.(0|[1-9]\d{0,3})){2}")
_FILE = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_SIGNATURE_LINES = 4


class NotAnUpdateError(ValueError):
    """The file does not begin like an update."""


class NewerUpdateError(ValueError):
    """The update is written in a later format."""


class ForeignUpdateError(ValueError):
    """No release key of this program signed these facts."""


class DamagedUpdateError(ValueError):
    """The set-up file inside is cut or altered."""


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    """``platform`` is "windows" or "debian"; ``file`` the set-up file's name; ``changes`` Vietnamese lines."""

    version: str
    platform: str
    file: str
    size: int
    sha256: str
    changes: tuple[str, ...]


def facts_of(setup: Path, version: str, platform: str, changes: Sequence[str]) -> UpdateFacts:
    """The facts of a set-up file."""
    with setup.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return UpdateFacts(version, platform, setup.name, setup.stat().st_size, digest, tuple(changes))


def write_update(setup: Path, facts: UpdateFacts, key: SigningKey, target: Path) -> None:
    """The update file of a set-up file; ValueError when a fact is outside its rule."""
    _check(facts)
    line = _line(facts)
    with target.open("wb") as out, setup.open("rb") as stream:
        out.write(line + key.sign(line, _trusted_comment(facts)))
        while block := stream.read(_BLOCK):
            out.write(block)


def read_facts(stream: BinaryIO, keys: Sequence[VerifyKey]) -> UpdateFacts:
    """The facts, their signature checked; the stream then stands at the set-up file.

    Raises NotAnUpdateError, NewerUpdateError, ForeignUpdateError.
    """
    line = stream.readline(LONGEST_HEAD)
    if not line.startswith(b'{"changes":') or not line.endswith(b"\n"):
        raise NotAnUpdateError("no facts in front")
    signature = b"".join(stream.readline(1024) for _ in range(_SIGNATURE_LINES))
    try:
        value = parse_canonical(line[:-1])
        version = value.get("update") if isinstance(value, dict) else None
        if type(version) is int and version > UPDATE_FORMAT:
            raise NewerUpdateError(str(version))
        facts = _facts(dict(value))  # type: ignore[arg-type]
        if _line(facts) != line:
            raise NotAnUpdateError("unknown facts")
    except NewerUpdateError:
        raise
    except (NotCanonicalError, KeyError, TypeError, ValueError) as error:
        raise NotAnUpdateError(str(error)) from error
    for key in keys:
        try:
            key.verify(line, signature, _trusted_comment(facts))
        except BadSignatureError:
            continue
        return facts
    raise ForeignUpdateError("no release key signed this")


def copy_setup(stream: BinaryIO, facts: UpdateFacts, out: BinaryIO | None) -> None:
    """The set-up file from a stream that stands at it into ``out`` (None: only checked); DamagedUpdateError."""
    digest, size = hashlib.sha256(), 0
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
        if out is not None and size <= facts.size:
            out.write(block)
    if size != facts.size or digest.hexdigest() != facts.sha256:
        raise DamagedUpdateError("size or digest differ")


def is_later(one: str, other: str) -> bool:
    """Whether version ``one`` comes after ``other``."""
    return tuple(map(int, one.split("."))) > tuple(map(int, other.split(".")))


def _facts(fields: dict[str, object]) -> UpdateFacts:
    changes = fields["changes"]
    if not isinstance(changes, list):
        raise TypeError("changes are a list")
    size = fields["size"]
    if type(size) is not int:
        raise TypeError("size is a number")
    texts = [fields[name] for name in ("version", "platform", "file", "sha256")]
    if not all(isinstance(text, str) for text in [*texts, *changes]):
        raise TypeError("facts are texts")
    version, platform, file, digest = map(str, texts)
    facts = UpdateFacts(version, platform, file, size, digest, tuple(map(str, changes)))
    _check(facts)
    return facts


def _check(facts: UpdateFacts) -> None:
    good = (
        _VERSION.fullmatch(facts.version) is not None
        and facts.platform in ("windows", "debian")
        and _FILE.fullmatch(facts.file) is not None
        and facts.size > 0
        and re.fullmatch(r"[0-9a-f]{64}", facts.sha256) is not None
    )
    if not good:
        raise ValueError("facts of an update outside their rule")


def _line(facts: UpdateFacts) -> bytes:
    fields = {
        "changes": list(facts.changes),
        "file": facts.file,
        "platform": facts.platform,
        "sha256": facts.sha256,
        "size": facts.size,
        "update": UPDATE_FORMAT,
        "version": facts.version,
    }
    return canonical_bytes(fields) + b"\n"


def _trusted_comment(facts: UpdateFacts) -> str:
    return f"thidua-update-1 {facts.platform} {facts.version}"
