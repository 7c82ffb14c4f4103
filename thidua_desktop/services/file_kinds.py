"""What a file really is, told by its content and never by its name; what must not be kept; names made clean.

Nothing is unpacked or run here: of archives only the list of names is read, of pictures only pixels are decoded, and
only when their size is sane.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from thidua_desktop.errors import UserError
from thidua_desktop.services.whole_files import decoded_text, has_open_quote, is_whole_compound, is_whole_heif
from thidua_desktop.text import clean, fold

_PICTURES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg"), "GIF": ("image/gif", ".gif"),
             "BMP": ("image/bmp", ".bmp"), "TIFF": ("image/tiff", ".tif"), "WEBP": ("image/webp", ".webp")}  # fmt: skip
_PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_BITMAP_HEADS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
"""How long the second head of a .bmp may be: one length for each of its versions."""
_RUNS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0", b"MSCF", b"dex\n",
)  # fmt: skip
_RUNNING_TEXT = ("<script", "<html", "<!doctype html", "<?php", "@echo off", "createobject(", "powershell", "<job")
_RUNNING_ENDINGS = frozenset(
    {
        "exe", "com", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "msp", "scr",
        "lnk", "jar", "dll", "sys", "cpl", "reg", "inf", "url", "chm", "docm", "xlsm", "pptm", "dotm", "xltm", "xlam",
        "sh", "py", "apk", "app", "html", "htm", "svg", "iso",
    }
)  # fmt: skip
_OFFICE = {
    "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "ppt/": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
}
_OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
_OLD_OFFICE = (
    ("WordDocument", "application/msword", ".doc"),
    ("Workbook", "application/vnd.ms-excel", ".xls"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint", ".ppt"),
)
_WORDS = {
    ".pdf": "PDF", ".docx": "bản Word", ".doc": "bản Word", ".odt": "bản OpenDocument", ".xlsx": "bảng Excel",
    ".xls": "bảng Excel", ".ods": "bảng OpenDocument", ".csv": "bảng CSV", ".pptx": "bản PowerPoint",
    ".ppt": "bản PowerPoint", ".odp": "bản trình chiếu OpenDocument",
}  # fmt: skip
_LARGEST_NAME = 100
_MOST_ENTRIES = 5_000
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_UNSAFE = re.compile(r'[\\/:*?"<>|%$`\x00-\x1f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A media type and the ending that files of it get."""

    media_type: str
    ending: str

    @property
    def is_picture(self) -> bool:
        """Whether the program itself can show it."""
        return self.media_type.startswith("image/") and self.ending != ".heic"

    @property
    def words(self) -> str:
        """What it is called in a sentence: "ảnh PNG", "bản Word"."""
        if self.media_type.startswith("image/"):
            return f"ảnh {self.media_type.removeprefix('image/').upper()}"
        return _WORDS.get(self.ending, "văn bản thường")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A content that may be kept, under a name that no system misreads.

    ``sha256`` (hex) names the content, ``given`` is the ending that it came with.
    """

    name: str
    kind: FileKind
    content: bytes
    sha256: str
    given: str

    @property
    def told_falsely(self) -> bool:
        """Whether its name said another kind than its content is."""
        same = {self.kind.ending.lstrip("."), *_SAME_ENDINGS.get(self.kind.ending, ())}
        return self.given in _KNOWN_ENDINGS and self.given not in same


def check_file(name: str, content: bytes, most_pixels: int) -> CheckedFile:
    """The file as it may be kept.

    Raises TD-XFER-061 (it would run), 062 (no kind that is known), 063 (cut or damaged), 064 (a picture of more than
    ``most_pixels``), 065 (empty).
    """
    shown = _last_part(name) or "tệp"
    if not content:
        raise UserError("TD-XFER-065", name=shown)
    if _would_run(content):
        raise UserError("TD-XFER-061", name=shown)
    kind = next((found for look in _LOOKS if (found := look(shown, content, most_pixels)) is not None), None)
    if kind is None:
        raise UserError("TD-XFER-062", name=shown)
    given = _ENDING.search(shown)
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(clean_name(name, kind.ending), kind, content, digest, given[1].lower() if given else "")


def clean_name(name: str, ending: str) -> str:
    """``name`` without folders, signs that systems misread and endings that lie; it ends as its content is."""
    stem = clean(_UNSAFE.sub(" ", _last_part(name)))
    same = {ending.lstrip("."), *_SAME_ENDINGS.get(ending, ())}
    while (found := _ENDING.search(stem)) and found[1].lower() in same | _RUNNING_ENDINGS | _KNOWN_ENDINGS:
        stem = stem[: found.start()].rstrip()
    stem = stem.strip(". ")[:_LARGEST_NAME].rstrip(". ")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"tệp {stem}".strip()
    return f"{stem}{ending}"


def renamed(before: str, wanted: str) -> str:
    """``wanted`` as the name of a file that was called ``before``: its ending stays."""
    ending = before[before.rindex(".") :] if "." in before else ""
    return clean_name(wanted, ending)


def _last_part(name: str) -> str:
    return clean(name.replace("\\", "/").rpartition("/")[2])


def _would_run(content: bytes) -> bool:
    """Whether it begins as a program does. Two or four letters alone do not say so: "MZ" begins sentences too."""
    if content.startswith(b"#!"):
        return True
    try:
        return content.startswith(_RUNS) and _as_text(content) is None
    except EOFError:
        return False  # a text that was cut


def _as_text(content: bytes) -> str | None:
    """The text of a plain text file; None for anything with signs that no text has. EOFError where a letter is cut."""
    text = decoded_text(content)
    return None if text is None or any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text) else text


def _begins_as_picture(content: bytes) -> bool:
    if content.startswith(b"RIFF"):
        return content[8:12] == b"WEBP"
    if content.startswith(b"BM") and len(content) >= 18:  # "BM 01" begins a form as well
        pixels_at, head = struct.unpack_from("<2I", content, 10)
        return head in _BITMAP_HEADS and pixels_at >= 14 + head
    return content.startswith(_PICTURE_STARTS)


def _picture(name: str, content: bytes, most_pixels: int) -> FileKind | None:
    if not _begins_as_picture(content):
        return None
    import warnings

    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # measured here, against the office's own limit, before anything is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it warns of is measured here
        try:
            with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as picture:
                width, height = picture.size
                if width * height > most_pixels:
                    raise UserError("TD-XFER-064", name=name, width=width, height=height)
                kind = FileKind(*_PICTURES[picture.format or ""])
                picture.draft("L", (max(1, width // 8), max(1, height // 8)))  # a photograph need not be decoded whole
                picture.load()
        except UserError:
            raise
        except Exception as fault:  # a decoder fed with damage raises whatever it likes
            raise UserError("TD-XFER-063", name=name) from fault
    return kind


def _phone_picture(name: str, content: bytes, most_pixels: int) -> FileKind | None:
    if content[4:8] != b"ftyp" or content[8:12] not in (b"heic", b"heix", b"mif1", b"msf1"):
        return None
    if not is_whole_heif(content):
        raise UserError("TD-XFER-063", name=name)
    return FileKind("image/heic", ".heic")


def _pdf(name: str, content: bytes, most_pixels: int) -> FileKind | None:
    if not content[:1024].lstrip().startswith(b"%PDF-"):
        return None
    if b"%%EOF" not in content[-2048:]:
        raise UserError("TD-XFER-063", name=name)
    if re.search(rb"/(?:JavaScript|JS|Launch)\b", content):
        raise UserError("TD-XFER-061", name=name)
    return FileKind("application/pdf", ".pdf")


def _zipped(name: str, content: bytes, most_pixels: int) -> FileKind | None:
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            declared = archive.read("mimetype")[:200].decode("ascii", "replace") if _is_small(archive) else ""
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as fault:
        raise UserError("TD-XFER-063", name=name) from fault
    if len(names) > _MOST_ENTRIES:
        return None
    if any(part.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) for part in names):
        raise UserError("TD-XFER-061", name=name)
    if "[Content_Types].xml" in names:
        found = next((kind for start, kind in _OFFICE.items() if any(part.startswith(start) for part in names)), None)
        return FileKind(*found) if found else None
    return FileKind(declared, _OPEN_DOCUMENTS[declared]) if declared in _OPEN_DOCUMENTS else None


def _is_small(archive: zipfile.ZipFile) -> bool:
    """Whether the archive names its type as open documents do: a few bytes, not compressed."""
    try:
        return archive.getinfo("mimetype").file_size <= 200
    except KeyError:
        return False


def _old_office(name: str, content: bytes, most_pixels: int) -> FileKind | None:
    if not content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return None
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise UserError("TD-XFER-061", name=name)
    if not is_whole_compound(content):
        raise UserError("TD-XFER-063", name=name)
    for stream, media_type, ending in _OLD_OFFICE:
        if stream.encode("utf-16-le") in content:
            return FileKind(media_type, ending)
    return None


def _plain_text(name: str, content: bytes, most_pixels: int) -> FileKind | None:
    try:
        text = _as_text(content)
    except EOFError as fault:
        raise UserError("TD-XFER-063", name=name) from fault
    if text is None:
        return None
    ending = name.rpartition(".")[2].lower()
    if ending in _RUNNING_ENDINGS or any(word in fold(text[:4096]) for word in _RUNNING_TEXT):
        raise UserError("TD-XFER-061", name=name)
    if ending == "csv" and has_open_quote(text):
        raise UserError("TD-XFER-063", name=name)
    return FileKind("text/csv", ".csv") if ending == "csv" else FileKind("text/plain", ".txt")


_Look = Callable[[str, bytes, int], FileKind | None]
_LOOKS: tuple[_Look, ...] = (_picture, _phone_picture, _pdf, _zipped, _old_office, _plain_text)
_SAME_ENDINGS = {".jpg": ("jpeg", "jfif", "jpe"), ".tif": ("tiff",), ".heic": ("heif",)}
_KNOWN_ENDINGS = frozenset(
    ending.lstrip(".")
    for ending in (
        *(kind[1] for kind in _PICTURES.values()), *(kind[1] for kind in _OFFICE.values()), *_OPEN_DOCUMENTS.values(),
        *(kind[2] for kind in _OLD_OFFICE), ".pdf", ".heic", ".txt", ".csv", ".jpeg", ".tiff", ".zip",
    )
)  # fmt: skip
