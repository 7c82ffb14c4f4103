"""Signing keys in minisign's formats, age identities, and the two together as an office's keys.

Ed25519 (RFC 8032) over BLAKE2b-512 of the message: minisign's prehashed mode "ED", so that ``minisign -V`` verifies.
Secrets are bytes and text for the store to keep inside the encrypted office file; nothing here writes to disk.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thidua_desktop.sync import strict_base64

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_ID_SIZE = 8
SEED_SIZE = 32
SIGNATURE_SIZE = 64
_PUBLIC_COMMENT = "untrusted comment: minisign public key "
_SIGNATURE_COMMENT = "untrusted comment: THIDUA"
_TRUSTED = "trusted comment: "


class BadSignatureError(ValueError):
    """The signature text is not exactly what the key's owner would have written for this message."""


def _prehash(message: bytes) -> bytes:
    return hashlib.blake2b(message, digest_size=64).digest()


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A minisign public key: 8 bytes of key id, 32 bytes of Ed25519 point."""

    key_id: bytes
    public: bytes

    @property
    def line(self) -> str:
        """The base64 line of a minisign public key file, as ``minisign -V -P`` takes it."""
        return strict_base64.encode(b"Ed" + self.key_id + self.public)

    @classmethod
    def from_line(cls, line: str) -> VerifyKey:
        """Raises ValueError when the line is not a minisign public key."""
        data = strict_base64.decode(line, 2 + KEY_ID_SIZE + 32)
        if data[:2] != b"Ed":
            raise ValueError("not a minisign public key")
        return cls(data[2:10], data[10:])

    def to_text(self) -> str:
        """A minisign public key file (``*.pub``): comment line and key line."""
        shown_id = int.from_bytes(self.key_id, "little")  # a number, as minisign shows it: no leading noughts
        return f"{_PUBLIC_COMMENT}{shown_id:X}\n{self.line}\n"

    @classmethod
    def from_text(cls, text: str) -> VerifyKey:
        """Raises ValueError when the text is not a minisign public key file."""
        lines = text.splitlines()
        if len(lines) != 2 or not lines[0].startswith("untrusted comment:"):
            raise ValueError("not a minisign public key file")
        return cls.from_line(lines[1])

    def verify(self, message: bytes, signature_text: bytes, trusted_comment: str) -> None:
        """Raises BadSignatureError unless ``signature_text`` is to the byte this key's signature of the message.

        The comments are not taken from the text: both must be the ones that FORMAT.md prescribes.
        """
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        signature, whole = parse_signature(signature_text, self.key_id, trusted_comment)
        try:
            public = Ed25519PublicKey.from_public_bytes(self.public)
            public.verify(signature, _prehash(message))
            public.verify(whole, signature + trusted_comment.encode("utf-8"))
        except (InvalidSignature, ValueError) as error:
            raise BadSignatureError("the signature does not belong to this message and key") from error

    def verifies_raw(self, message: bytes, signature: bytes) -> bool:
        """Whether ``signature`` (64 bytes of ``SigningKey.sign_raw``) is this key's for the message."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def signature_text(key_id: bytes, signature: bytes, whole: bytes, trusted_comment: str) -> bytes:
    """The four lines of a ``.minisig`` file."""
    first = strict_base64.encode(b"ED" + key_id + signature)
    return f"{_SIGNATURE_COMMENT}\n{first}\n{_TRUSTED}{trusted_comment}\n{strict_base64.encode(whole)}\n".encode()


def parse_signature(text: bytes, key_id: bytes, trusted_comment: str) -> tuple[bytes, bytes]:
    """Both signatures of a ``.minisig`` file; BadSignatureError unless every other byte is as prescribed."""
    try:
        lines = text.decode("utf-8").split("\n")
        if len(lines) != 5:
            raise ValueError("not four lines")
        signature = strict_base64.decode(lines[1], 2 + KEY_ID_SIZE + SIGNATURE_SIZE)[2 + KEY_ID_SIZE :]
        whole = strict_base64.decode(lines[3], SIGNATURE_SIZE)
    except ValueError as error:
        raise BadSignatureError(str(error)) from error
    if text != signature_text(key_id, signature, whole, trusted_comment):
        raise BadSignatureError("comments, algorithm or key id differ from the prescribed ones")
    return signature, whole


@dataclass(frozen=True, slots=True, repr=False)
class SigningKey:
    """The secret half: ``seed`` is the Ed25519 secret, ``key_id`` eight random bytes that name the pair."""

    key_id: bytes
    seed: bytes

    @classmethod
    def generate(cls) -> SigningKey:
        """A new pair from the system's randomness."""
        return cls(os.urandom(KEY_ID_SIZE), os.urandom(SEED_SIZE))

    @classmethod
    def from_bytes(cls, secret: bytes) -> SigningKey:
        """From ``to_bytes``; ValueError for any other length."""
        if len(secret) != KEY_ID_SIZE + SEED_SIZE:
            raise ValueError("a signing secret has 40 bytes")
        return cls(secret[:KEY_ID_SIZE], secret[KEY_ID_SIZE:])

    def to_bytes(self) -> bytes:
        """Key id and seed, 40 bytes; secret."""
        return self.key_id + self.seed

    def _private(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def verify_key(self) -> VerifyKey:
        """The public half."""
        return VerifyKey(self.key_id, self._private().public_key().public_bytes_raw())

    def sign_raw(self, message: bytes) -> bytes:
        """64 bytes of Ed25519 over the message itself, where no room is for more (codes on paper)."""
        return self._private().sign(message)

    def sign(self, message: bytes, trusted_comment: str) -> bytes:
        """A ``.minisig`` file for the message, prehashed mode; the trusted comment must be one line."""
        if "\n" in trusted_comment or "\r" in trusted_comment:
            raise ValueError("a trusted comment is one line")
        private = self._private()
        signature = private.sign(_prehash(message))
        whole = private.sign(signature + trusted_comment.encode("utf-8"))
        return signature_text(self.key_id, signature, whole, trusted_comment)


@dataclass(frozen=True, slots=True, repr=False)
class OfficeKeys:
    """All secrets of one installation: ``signing_secret`` (40 bytes) and ``age_identity`` (AGE-SECRET-KEY-1…)."""

    signing_secret: bytes
    age_identity: str

    @classmethod
    def generate(cls) -> OfficeKeys:
        """New keys from the system's randomness."""
        import pyrage

        return cls(SigningKey.generate().to_bytes(), str(pyrage.x25519.Identity.generate()))

    @classmethod
    def from_bytes(cls, data: bytes) -> OfficeKeys:
        """From ``to_bytes``; ValueError when the keys inside cannot be used."""
        keys = cls(data[: KEY_ID_SIZE + SEED_SIZE], data[KEY_ID_SIZE + SEED_SIZE :].decode("ascii"))
        SigningKey.from_bytes(keys.signing_secret)
        recipient_of(keys.age_identity)
        return keys

    def to_bytes(self) -> bytes:
        """Everything secret in one value; keep it only inside the encrypted office file."""
        return self.signing_secret + self.age_identity.encode("ascii")

    @property
    def signing_key(self) -> SigningKey:
        """The key that signs packages and cards."""
        return SigningKey.from_bytes(self.signing_secret)

    @property
    def verify_key(self) -> VerifyKey:
        """Its public half."""
        return self.signing_key.verify_key

    @property
    def age_recipient(self) -> str:
        """The public ``age1…`` text that others encrypt to."""
        return recipient_of(self.age_identity)


def recipient_of(age_identity: str) -> str:
    """The ``age1…`` recipient of an ``AGE-SECRET-KEY-1…`` identity; ValueError when it is not one."""
    import pyrage

    try:
        return str(pyrage.x25519.Identity.from_str(age_identity).to_public())
    except pyrage.IdentityError as error:
        raise ValueError("not an age identity") from error


def check_recipient(age_recipient: str) -> None:
    """ValueError unless the text is the canonical spelling of an age X25519 recipient."""
    import pyrage

    try:
        if str(pyrage.x25519.Recipient.from_str(age_recipient)) != age_recipient:
            raise ValueError("not the canonical spelling of an age recipient")
    except pyrage.RecipientError as error:
        raise ValueError("not an age recipient") from error


def recipient_key_id(age_recipient: str) -> str:
    """Name of a recipient inside headers: first 16 hex digits of the SHA-256 of its ``age1…`` text."""
    return hashlib.sha256(age_recipient.encode("ascii")).hexdigest()[:16]


def fingerprint_groups(data: bytes) -> str:
    """Eight groups of four capital hex digits (128 bits of SHA-256) to compare with paper by eye or by telephone."""
    digits = hashlib.sha256(data).hexdigest()[:32].upper()
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))
