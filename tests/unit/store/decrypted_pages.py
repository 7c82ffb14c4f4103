"""What stands in the pages of an office file once its cipher is taken off: used places, free ones, the log of writes.

SQLCipher 4 with a raw key: AES-256-CBC of each page, at its end an IV of 16 and an HMAC of 64 bytes; the first page
begins with 16 bytes of salt in clear.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from thidua_desktop.store.connection import PAGE_SIZE
from thidua_desktop.store.open_file import OfficeFile

_RESERVED, _SALT, _WAL_HEAD, _FRAME_HEAD = 80, 16, 32, 24


def decrypted_pages(office: OfficeFile) -> bytes:
    """All pages of the file and of its log, one after the other."""
    key = office._access.key
    content = office.path.read_bytes()
    found = [_decrypted(key, content[:PAGE_SIZE], _SALT)]
    found += [_decrypted(key, content[at : at + PAGE_SIZE], 0) for at in range(PAGE_SIZE, len(content), PAGE_SIZE)]
    log = office.path.with_name(office.path.name + "-wal").read_bytes()
    for at in range(_WAL_HEAD, len(log), PAGE_SIZE + _FRAME_HEAD):
        first = int.from_bytes(log[at : at + 4], "big") == 1
        page = log[at + _FRAME_HEAD : at + _FRAME_HEAD + PAGE_SIZE]
        found.append(_decrypted(key, page, _SALT if first else 0))
    return b"".join(found)


def _decrypted(key: bytes, page: bytes, skipped: int) -> bytes:
    body, iv = page[skipped:-_RESERVED], page[-_RESERVED : -_RESERVED + 16]
    reader = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return reader.update(body) + reader.finalize()
