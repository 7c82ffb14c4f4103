"""Small files of every kind, made here: whole ones, cut ones, and such as must not be kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture with some pattern in it."""
    image = Image.new("RGB", size)
    image.putdata([(x * 5 % 256, y * 7 % 256, 90) for y in range(size[1]) for x in range(size[0])])
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def pdf(extra: bytes = b"") -> bytes:
    """The least that is a PDF."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog" + extra + b">>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def office(part: str = "word/document.xml", *more: str) -> bytes:
    """A Word (Excel, PowerPoint) file as far as its names go."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return stream.getvalue()


def old_office(*streams: str) -> bytes:
    """A .doc or .xls of four sectors as far as its table of sectors and its stream names go."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<H", 9) + bytes(12)
    head += struct.pack("<I", 1) + bytes(28) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 3, 0xFFFFFFFE, *[0xFFFFFFFF] * 124)
    names = "".join(streams).encode("utf-16-le")
    return head + table + names.ljust(1536, b"\0")


def phone_picture() -> bytes:
    """A HEIC as far as its boxes go."""
    boxes = ((b"ftyp", b"heic" + bytes(12)), (b"meta", bytes(60)), (b"mdat", bytes(400)))
    return b"".join(struct.pack(">I", 8 + len(data)) + kind + data for kind, data in boxes)


def tiff(pages: int) -> bytes:
    """A scan of several sheets in black and white."""
    stream = io.BytesIO()
    sheets = [Image.new("1", (80, 120), number % 2) for number in range(pages)]
    sheets[0].save(stream, "TIFF", save_all=True, append_images=sheets[1:], compression="group4")
    return stream.getvalue()


def old_workbook(sheet: str, rows: Sequence[Sequence[tuple[str, str]]]) -> bytes:
    """An .xls (BIFF 8) of one sheet; each cell is a text and the name of its font."""
    fonts = list(dict.fromkeys(font for row in rows for _, font in row))
    numbers = [at if at < 4 else at + 1 for at in range(len(fonts))]  # no font is number 4
    cells = b"".join(
        _record(0x0204, struct.pack("<HHHHB", at, column, fonts.index(font), len(text), 1) + text.encode("utf-16-le"))
        for at, row in enumerate(rows)
        for column, (text, font) in enumerate(row)
    )
    globals_ = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    globals_ += b"".join(_record(0x31, bytes(14) + bytes((len(font), 0)) + font.encode("latin-1")) for font in fonts)
    globals_ += b"".join(_record(0xE0, struct.pack("<H", number) + bytes(18)) for number in numbers)
    name = bytes((len(sheet), 1)) + sheet.encode("utf-16-le")
    start = len(globals_) + len(_record(0x85, bytes(6) + name)) + 4
    globals_ += _record(0x85, struct.pack("<IH", start, 0) + name) + _record(0x0A, b"")
    book = globals_ + _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    return _compound("Workbook", book.ljust(4096, b"\0"))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: str, content: bytes) -> bytes:
    """A compound file of one stream: head, a sector of the allocation table, one of the directory, the stream."""
    sectors = -(-len(content) // 512)
    assert sectors < 126
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1)
    head += struct.pack("<IIIIII", 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1), _entry(stream, 2, 2, len(content), 0xFFFFFFFF)]
    return head + table + b"".join(entries).ljust(512, b"\0") + content.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    words = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    return words.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(words), kind, 1, none, none, child, start, size)
