"""The subset of POSIX ustar that packages use: every header byte follows from name and size, so a reader can rebuild
and compare it, and nothing can hide in owner fields, modes, padding or the end of the archive.
"""

from __future__ import annotations

BLOCK = 512
END = bytes(2 * BLOCK)
MAX_NAME = 100
MAX_SIZE = 8**11 - 1


class TarError(ValueError):
    """The bytes are not a header of this subset."""


def tar_header(name: str, size: int) -> bytes:
    """The 512 bytes before a member: regular file, mode 0644, owner 0/0 without names, time 0."""
    encoded = name.encode("ascii")
    if not 0 < len(encoded) <= MAX_NAME or not 0 <= size <= MAX_SIZE:
        raise TarError("name or size does not fit in a ustar header")
    front = encoded.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" + b"0000000\0"
    front += b"%011o\0" % size + b"00000000000\0"
    back = b"0" + bytes(100) + b"ustar\0" + b"00" + bytes(32) + bytes(32) + b"0000000\0" + b"0000000\0"
    back = back.ljust(BLOCK - 156, b"\0")
    checksum = sum(front) + 8 * 0x20 + sum(back)
    return front + b"%06o\0 " % checksum + back


def parse_tar_header(block: bytes) -> tuple[str, int]:
    """Name and size; TarError unless ``tar_header`` would give exactly this block."""
    try:
        name = block[:100].rstrip(b"\0").decode("ascii")
        size = int(block[124:135].decode("ascii"), 8)
        expected = tar_header(name, size)
    except ValueError as error:
        raise TarError("not a ustar header") from error
    if block != expected:
        raise TarError("not a ustar header of the prescribed form")
    return name, size


def padding(size: int) -> bytes:
    """The zero bytes after a member of ``size`` bytes, up to the next block."""
    return bytes(-size % BLOCK)
