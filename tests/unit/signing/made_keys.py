"""Certificates with Vietnamese names, made in the test, and a token that SoftHSM 2 plays."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from thidua_desktop.signing.keys import FileKey, TokenKey

PASSWORD, PIN = "mật khẩu của tôi", "246810"
DRIVERS = (
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib/softhsm/libsofthsm2.so"),
)
NOW = datetime.now(UTC)


def make_certificate(name: str, days: int = 300) -> tuple[RSAPrivateKey, x509.Certificate]:
    """A self-signed certificate that ends ``days`` from now."""
    key = generate_private_key(65537, 2048)
    owner = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    made = (
        x509.CertificateBuilder().subject_name(owner).issuer_name(owner).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=days)).add_extension(usage, critical=True)
    )  # fmt: skip
    return key, made.sign(key, hashes.SHA256())


def file_key(folder: Path, name: str, days: int = 300) -> FileKey:
    """A key file with its password."""
    key, certificate = make_certificate(name, days)
    path = folder / f"khóa {name}.p12"
    locked = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, locked))
    return FileKey(path, PASSWORD)


def token(folder: Path, name: str) -> TokenKey:
    """A token with one key and its certificate; once in a process, as its driver reads where it lies only once."""
    import pkcs11

    driver = next(path for path in DRIVERS if path.exists())
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(
        f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n", encoding="utf-8"
    )
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    key, certificate = make_certificate(name)
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    for words in (
        ["--init-token", "--free", "--label", "UBND", "--so-pin", "13579086", "--pin", PIN],
        ["--import", str(folder / "key.pem"), "--token", "UBND", "--label", "ky", "--id", "a1", "--pin", PIN],
    ):
        subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
    with pkcs11.lib(str(driver)).get_token(token_label="UBND").open(rw=True, user_pin=PIN) as session:
        session.create_object({
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE, pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509, pkcs11.Attribute.ID: b"\xa1",
            pkcs11.Attribute.LABEL: "chung thu", pkcs11.Attribute.SUBJECT: certificate.subject.public_bytes(),
            pkcs11.Attribute.VALUE: certificate.public_bytes(Encoding.DER),
        })  # fmt: skip
    return TokenKey(driver, PIN, "UBND")
