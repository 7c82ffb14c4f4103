"""What stands under the last row of a printed table: the day line, who signs, and their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from thidua_desktop.services.raw_lines import RawLines, own_texts
from thidua_desktop.services.transfer_reading import plain_words
from thidua_desktop.text import from_tcvn3, from_vni

_LOOKED_AT = 20  # lines from the end; papers leave some of them for the signatures themselves
_DAY = re.compile(r"(?:.{1,60} )?ngay [\d ]*thang [\d ]*nam [\d ]*")
_OFFICE = "(?:cong an|ubnd|uy ban|xa|phuong|dac khu|tinh|don vi|thon|to|khu pho|ban|buon|ap|hoi|co quan)"
_CHIEF = "(?:pho )?(?:chu tich|truong cong an|truong (?:thon|ban|ap|buon)|to truong|truong phong|giam doc)"
_SIGNS = re.compile(
    rf"""(?:(?:tm|kt|tl|tuq|q)\ )?
    (?: nguoi\ (?:lap|tong\ hop|viet|ghi|bao\ cao|giao|nhan|kiem\ tra|thong\ ke)
        (?:\ (?:bieu|bang|bao\ cao|danh\ sach|thong\ ke|so))*
    |   can\ bo\ (?:lap|tong\ hop|thong\ ke)(?:\ (?:bieu|bang|bao\ cao|danh\ sach|thong\ ke))*
    |   thu\ truong(?:\ don\ vi|\ co\ quan)? | ke\ toan(?:\ truong)?
    |   {_CHIEF.replace(" ", "[ ]")}(?:\ {_OFFICE.replace(" ", "[ ]")}\b.*)?
    |   (?:ky|da\ ky)(?:\ (?:va|ghi|ro|ho|ten|dong|dau|cap|bac|chuc|vu))*
    |   xac\ nhan(?:\ cua\ .{{1,60}})? | noi\ nhan
    )""",
    re.VERBOSE,
)
_NOTE = re.compile(r"\s*(?:\*+\s*\w|\(\*+\)|(?:ghi chú|chú thích|chú giải|lưu ý)\s*[:.])", re.IGNORECASE)
_FOR = re.compile(r"(?:tm|kt|tl|tuq) \w.{1,60}")


def foot_of(lines: RawLines, required: Collection[int]) -> range:
    """The places of the lines from the first that is only a day line or says who signs, down to the last line.

    ``required``: the columns that each record fills. There is a foot only where nothing in it may be a record: lines
    without numbers, that leave out what records need or stand in the columns of those who sign.
    """
    for first in range(max(len(lines) - _LOOKED_AT, 0), len(lines)):
        if _only_signs(own_texts(lines[first].cells)) and _is_foot(lines, first, required):
            return range(first, len(lines))
    return range(len(lines), len(lines))


def notes_of(lines: RawLines, required: Collection[int]) -> list[int]:
    """The places of lines that are only a note under the table ("Ghi chú: …", "* …"): one cell says so, and nothing
    else stands there, though each record fills more than one column.
    """
    places = range(max(len(lines) - _LOOKED_AT, 0), len(lines)) if len(required) > 1 else ()
    return [place for place in places if _only_notes([cell for cell in own_texts(lines[place].cells) if cell])]


def _only_notes(filled: Sequence[str]) -> bool:
    return len(filled) == 1 and _NOTE.match(filled[0]) is not None


def _is_foot(lines: RawLines, first: int, required: Collection[int]) -> bool:
    signing: set[int] = set()
    for place in range(first, len(lines)):
        cells = own_texts(lines[place].cells)
        filled = {at for at, cell in enumerate(cells) if cell}
        if _only_signs(cells):
            signing |= filled
        elif any(sign.isdigit() for cell in cells for sign in cell) or not (
            filled <= signing or not filled.issuperset(required)
        ):
            return False
    return True


def _only_signs(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(_says_who_signs, filled))


def _says_who_signs(text: str) -> bool:
    """Also in the letters of old fonts: what is left out asks nobody whether they are to be converted."""
    readings = {plain_words(text), *(plain_words(read(text)) for read in (from_tcvn3, from_vni) if not text.isascii())}
    return any(form.fullmatch(words) for words in readings for form in (_DAY, _SIGNS, _FOR))
