"""Keys that sign: a file (.p12, .pfx) with its password, or a token behind its PKCS#11 driver with its PIN."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError


@dataclass(frozen=True, slots=True)
class FileKey:
    """A key in a file."""

    path: Path
    password: str


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key on a token; ``label`` picks one of several tokens, ``certificate`` one of several certificates on it."""

    driver: Path
    pin: str
    label: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """An opened key: ``inner`` is pyHanko's signer, ``name`` the owner's common name."""

    inner: Any
    name: str


def require_library() -> None:
    """TD-PRINT-050 where the program was installed without the extra ``signing``."""
    try:
        import pyhanko.sign
    except ImportError as fault:
        raise UserError("TD-PRINT-050") from fault
    assert pyhanko.sign


@contextmanager
def opened(key: FileKey | TokenKey, now: datetime) -> Iterator[Signer]:
    """The signer of a key, for as long as the ``with`` lasts.

    Raises TD-PRINT-050 (library), 051 (file or password), 052 (driver, token), 053 (PIN), 054 (expired or not yet
    valid), 057 (no signing key there).
    """
    require_library()
    if isinstance(key, FileKey):
        yield _checked(_from_file(key), now)
        return
    session = _token_session(key)
    try:
        yield _checked(_from_token(session, key), now)
    finally:
        session.close()


def _from_file(key: FileKey) -> Any:
    from pyhanko.sign import signers

    loader: Any = signers.SimpleSigner
    try:
        if not key.path.is_file():
            raise UserError("TD-PRINT-051", path=key.path.name)
        signer = loader.load_pkcs12(str(key.path), passphrase=key.password.encode("utf-8"))
    except (OSError, ValueError, TypeError) as fault:
        raise UserError("TD-PRINT-051", path=key.path.name) from fault
    if signer is None:
        raise UserError("TD-PRINT-051", path=key.path.name)
    return signer


def _token_session(key: TokenKey) -> Any:
    import pkcs11

    try:
        library = pkcs11.lib(str(key.driver))
        tokens = [one for one in library.get_tokens() if not key.label or one.label == key.label]
        if not tokens:
            raise UserError("TD-PRINT-052", driver=key.driver.name)
        return tokens[0].open(user_pin=key.pin)
    except (pkcs11.exceptions.PinIncorrect, pkcs11.exceptions.PinLenRange, pkcs11.exceptions.PinInvalid) as fault:
        raise UserError("TD-PRINT-053") from fault
    except pkcs11.exceptions.PinLocked as fault:
        raise UserError("TD-PRINT-058") from fault
    except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError) as fault:
        raise UserError("TD-PRINT-052", driver=key.driver.name) from fault


def _from_token(session: Any, key: TokenKey) -> Any:
    import pkcs11
    from asn1crypto import x509
    from pyhanko.sign.pkcs11 import PKCS11Signer

    found = []
    for each in list(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE})):
        certificate, key_id = x509.Certificate.load(each[pkcs11.Attribute.VALUE]), each[pkcs11.Attribute.ID]
        label = each[pkcs11.Attribute.LABEL]
        private = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY, pkcs11.Attribute.ID: key_id}
        if (not key.certificate or label == key.certificate) and list(session.get_objects(private)):
            found.append((certificate, key_id))
    if not found:
        raise UserError("TD-PRINT-057", driver=key.driver.name)
    certificate, key_id = found[0]
    return PKCS11Signer(session, signing_cert=certificate, key_id=key_id)


def _checked(inner: Any, now: datetime) -> Signer:
    """Refuses a certificate outside its days."""
    certificate = inner.signing_cert
    first, last = certificate.not_valid_before, certificate.not_valid_after
    name = owner(certificate)
    if not first <= now <= last:
        days = f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
        raise UserError("TD-PRINT-054", name=name, days=days)
    return Signer(inner, name)


def owner(certificate: Any) -> str:
    """The common name of a certificate's owner, else the whole name."""
    names = certificate.subject.native
    return str(names.get("common_name") or certificate.subject.human_friendly)
