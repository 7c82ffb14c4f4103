"""Key slots: the file's random 256-bit key, wrapped once per password, for the recovery sheet, for the province.

SQLCipher needs the key before the first page can be read, so the slots lie in a small JSON file beside the office file
(``<name>.keys``). It holds nothing secret in clear: salts, Argon2id costs, hashed logins, AES-wrapped keys (RFC 3394).
A second one of it (``<name>.keys.old``) is used when the first cannot be read. It is never an earlier version: there a
password that was taken away, a sheet that was replaced or a way in that was taken back would still open the file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.store.durable_files import write_durably

KEY_BYTES = 32
RECOVERY, ESCROW = "recovery", "escrow"
_FORMAT = "thidua-keys"
_VERSION = 1
_MOST_MEMORY_KIB = 4 * 1024 * 1024
_MOST_PASSES = 1000


class KeyCost(NamedTuple):
    """What one guess of a password costs: Argon2id memory (KiB), passes and lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 2


class KeySlot(NamedTuple):
    """One way to the key. ``kind`` is "password", "recovery" or "escrow"; byte strings are hex; only passwords cost."""

    kind: str
    login_hash: str
    salt: str
    wrapped: str
    memory_kib: int = 0
    passes: int = 0
    lanes: int = 0


def slots_path(path: Path) -> Path:
    """Where the key slots of the office file ``path`` lie."""
    return path.with_name(path.name + ".keys")


def second_slots_path(path: Path) -> Path:
    """Where the key slots lie a second time."""
    return path.with_name(path.name + ".keys.old")


def password_slot(key: bytes, login: str, password: str, cost: KeyCost) -> KeySlot:
    """Wrap ``key`` for the user ``login``."""
    salt = secrets.token_bytes(16)
    wrapped = _wrap(_stretched(password, salt, cost), key)
    return KeySlot("password", login_hash(login, salt), salt.hex(), wrapped.hex(), **cost._asdict())


def recovery_slot(key: bytes, secret: bytes) -> KeySlot:
    """Wrap ``key`` for the recovery sheet; its secret is random, so it needs no stretching."""
    return _secret_slot(RECOVERY, key, secret)


def escrow_slot(key: bytes, secret: bytes) -> KeySlot:
    """Wrap ``key`` for the secret that the province keeps sealed; as random as that of the recovery sheet."""
    return _secret_slot(ESCROW, key, secret)


def _secret_slot(kind: str, key: bytes, secret: bytes) -> KeySlot:
    salt = secrets.token_bytes(16)
    return KeySlot(kind, "", salt.hex(), _wrap(_derived(secret, salt), key).hex())


def unlock_with_password(slots: Sequence[KeySlot], password: str, login: str | None) -> tuple[bytes, KeySlot] | None:
    """The key and the slot that gave it, or None. Without a login every password slot is tried."""
    for slot in slots:
        if slot.kind != "password" or (login is not None and not belongs_to(slot, login)):
            continue
        cost = KeyCost(slot.memory_kib, slot.passes, slot.lanes)
        key = _unwrap(_stretched(password, bytes.fromhex(slot.salt), cost), bytes.fromhex(slot.wrapped))
        if key is not None:
            return key, slot
    return None


def unlock_with_secret(slots: Sequence[KeySlot], secret: bytes) -> tuple[bytes, KeySlot] | None:
    """The key by the secret of a recovery sheet or of a rescue sheet, and the slot that gave it; or None."""
    for slot in slots:
        if slot.kind in (RECOVERY, ESCROW):
            key = _unwrap(_derived(secret, bytes.fromhex(slot.salt)), bytes.fromhex(slot.wrapped))
            if key is not None:
                return key, slot
    return None


def belongs_to(slot: KeySlot, login: str) -> bool:
    """Whether the slot was made for the user ``login``."""
    return hmac.compare_digest(slot.login_hash, login_hash(login, bytes.fromhex(slot.salt)))


def login_hash(login: str, salt: bytes) -> str:
    """A login as it may lie in clear on the disk."""
    plain = unicodedata.normalize("NFC", login).strip().casefold()
    return hashlib.sha256(salt + plain.encode("utf-8")).hexdigest()[:32]


def write_slots(path: Path, slots: Sequence[KeySlot]) -> None:
    """Replace the key slots of the office file ``path``, one file after the other: one of them can always be read.

    The second file begins with the first change of the slots.
    """
    content, is_change = _slots_to_bytes(slots), slots_path(path).exists()
    write_durably(slots_path(path), content)
    if is_change or second_slots_path(path).exists():
        write_durably(second_slots_path(path), content)


def copy_slots(path: Path, copy: Path) -> None:
    """Put the key slots of ``path`` beside a copy of it, from whichever file can be read; raises as ``read_slots``."""
    write_durably(slots_path(copy), _slots_to_bytes(read_slots(path)))


def _slots_to_bytes(slots: Sequence[KeySlot]) -> bytes:
    document = {"format": _FORMAT, "version": _VERSION, "slots": [slot._asdict() for slot in slots]}
    return json.dumps(document, indent=1).encode("utf-8") + b"\n"


def read_slots(path: Path) -> tuple[KeySlot, ...]:
    """The key slots of the office file ``path``; UserError TD-STORE-006 missing, TD-STORE-007 unreadable, 003 newer."""
    candidates = [candidate for candidate in (slots_path(path), second_slots_path(path)) if candidate.is_file()]
    if not candidates:
        raise UserError("TD-STORE-006", path=str(path), keys=slots_path(path).name)
    problem: UserError | None = None
    for candidate in candidates:
        try:
            return parse_slots(candidate.read_bytes())
        except ValueError:
            problem = problem or UserError("TD-STORE-007", path=str(path), keys=slots_path(path).name)
    raise problem or UserError("TD-STORE-006", path=str(path), keys=slots_path(path).name)


def parse_slots(content: bytes) -> tuple[KeySlot, ...]:
    """The slots in the bytes of a key file; ValueError when they make no sense, UserError TD-STORE-003 when newer."""
    document: Any = json.loads(content.decode("utf-8"))
    if (
        not isinstance(document, dict)
        or document.get("format") != _FORMAT
        or not isinstance(document.get("slots"), list)
    ):
        raise ValueError("not a key file")
    if document.get("version") != _VERSION:
        raise UserError("TD-STORE-003", path="Tệp khóa (.keys) bên cạnh tệp sổ")
    try:
        slots = tuple(KeySlot(**slot) for slot in document["slots"])
    except TypeError as problem:
        raise ValueError("not a key slot") from problem
    for slot in slots:
        _check_slot(slot)
    if not slots:
        raise ValueError("no key slot")
    return slots


def _check_slot(slot: KeySlot) -> None:
    """Refuse costs that would take the machine's memory: the file lies in clear and anyone can write in it."""
    bytes.fromhex(slot.salt)
    bytes.fromhex(slot.wrapped)
    if slot.kind == "password":
        fits = 8 * slot.lanes <= slot.memory_kib <= _MOST_MEMORY_KIB and 1 <= slot.passes <= _MOST_PASSES
        if not fits or not 1 <= slot.lanes <= 64 or len(slot.salt) < 16:
            raise ValueError("impossible cost")


def _stretched(password: str, salt: bytes, cost: KeyCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    function = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return function.derive(unicodedata.normalize("NFC", password).encode("utf-8"))


def _derived(secret: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, b"thidua recovery slot 1").derive(secret)


def _wrap(wrapping_key: bytes, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(wrapping_key, key)


def _unwrap(wrapping_key: bytes, wrapped: bytes) -> bytes | None:
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        return aes_key_unwrap(wrapping_key, wrapped)
    except (InvalidUnwrap, ValueError):
        return None
