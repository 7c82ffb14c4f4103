"""Vietnamese text: the one place that knows its letters, their order, old encodings, and typed numbers and days.

Leaf module, standard library only; pure functions. Letters: Unicode TCVN 6909:2001 (NFC). Order: CLDR "vi" (ă â đ ê ô ơ
ư are letters of their own; tones weigh after all letters, in the order ngang, huyền, hỏi, ngã, sắc, nặng), with whole
numbers compared by value ("Tổ 2" before "Tổ 10").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import TypeAlias

Number: TypeAlias = int | Decimal
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins so is a formula to some spreadsheet; also full width, which East Asian ones read alike."""

UNTOLD = "–"
"""What stands where a zero would say something that nobody has counted."""

# --- letters ------------------------------------------------------------------------------------------------------

_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def nfc(text: str) -> str:
    """``text`` in Unicode normal form C, the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def _split_letter(letter: str) -> tuple[str, int]:
    """A lower-case letter as (letter without tone, tone rank 0..5); other characters as they are."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONE_RANK[mark] for mark in parts if mark in _TONE_RANK), 0)
    return nfc("".join(mark for mark in parts if mark not in _TONE_RANK)), tone


def _fold_table() -> dict[str, str]:
    """Every small Latin letter with marks to its plain letter; combining marks to nothing."""
    table = {chr(code): "" for code in range(0x300, 0x370)} | {"đ": "d"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        if letter.isascii() and letter.islower():
            table[chr(code)] = letter
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Search key: lower case, no diacritics, đ as d. "Hoà", "HÒA" and "hòa" in NFD all give "hoa"."""
    if text.isascii():
        return text.lower()
    lowered = nfc(text).lower()
    for letter in set(lowered):  # some 130 kinds of letter at most; three times as fast as str.translate
        plain = _FOLD.get(letter)
        if plain is not None:
            lowered = lowered.replace(letter, plain)
    return lowered


_APOSTROPHE_SIGNS = dict.fromkeys(map(ord, "'’‘ʼ`´"))


def without_apostrophes(text: str) -> str:
    """Names as people type them, who leave apostrophes out: "M’Drắk" gives "MDrắk"."""
    return text.translate(_APOSTROPHE_SIGNS)


def fold_joined(text: str) -> str:
    """Like ``fold`` with apostrophes left out: "K'Si" gives "ksi"."""
    return without_apostrophes(fold(text))


_DROPPED = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000))),
    **dict.fromkeys(map(ord, _DROPPED)),
    **dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **{ord(sign): "\n" for sign in "\n\u0085\u2028\u2029"},
}
_SPACES = re.compile(" {2,}")


def clean(text: str) -> str:
    """What is stored for one line of typed text: NFC, no control or invisible characters, single spaces, trimmed."""
    return " ".join(clean_long(text).split())


def clean_long(text: str) -> str:
    """Like ``clean`` for text of several lines: line breaks (always ``\\n``) and empty lines between them stay."""
    plain = nfc(text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN))
    if "\u00ad" in plain and not looks_like_tcvn3(plain):  # soft hyphen; in TCVN3 it is the letter ư
        plain = plain.replace("\u00ad", "")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in plain.split("\n")).strip("\n")


_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-"})
_AROUND_HYPHEN = re.compile(r"\s*-\s*")
_LONE_Y = r"(?<=[bcdđghklmnpqrstvx])y\b|(?<=qu)y\b"
_WORD = re.compile(r"[^\W_]+")


def lower_first(text: str) -> str:
    """``text`` as it stands within a sentence: its first letter small, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """``text`` as it begins a sentence."""
    return text[:1].upper() + text[1:]


def without_kind(name: str, kind: str) -> str:
    """A place's own name, without its kind before it ("Thôn 1" of a "Thôn" is "1"); else ``name`` itself.

    With marks they count: "Lăng Cô" is no "Làng", "lang Co" is one. ``name`` is clean.
    """
    head, rest = name[: len(kind)], name[len(kind) :]
    if not kind or rest[:1] not in (" ", ":"):
        return name
    alike = fold(head) == fold(kind) if head.isascii() else match_key(head) == match_key(kind)
    return (rest.strip(" :-.") or name) if alike else name


def match_key(text: str) -> str:
    """Key that is equal for two spellings of one name of a place, and keeps diacritics otherwise.

    Equal: NFD and NFC, upper and lower case, tone position (hòa, hoà), a lone y or i at a syllable's end (Mỹ, Mĩ; Quy,
    Qui), kinds of apostrophe and dash, spaces. Tones follow their syllable as digits: "Thủy" gives "thuy2".
    """
    lowered = _AROUND_HYPHEN.sub("-", clean(text).lower().translate(_APOSTROPHES))
    return _WORD.sub(lambda found: _syllable_key(found[0]), lowered)


@lru_cache(maxsize=8192)  # names are put together from the same few thousand syllables and numbers
def _syllable_key(word: str) -> str:
    letters, tones = _letters_and_tones(word)
    return re.sub(_LONE_Y, "i", letters) + tones.replace("0", "")


def _letters_and_tones(word: str) -> tuple[str, str]:
    """The letters of a lower-case word without tones, and the ranks of its tones ("0" for a level word)."""
    marked = _marked_letters()
    pairs = [marked.get(letter) or (letter, 0) for letter in word]
    return "".join(letter for letter, _ in pairs), "".join(str(tone) for _, tone in pairs if tone) or "0"


@cache  # made when the first name is compared: no start needs it
def _marked_letters() -> dict[str, tuple[str, int]]:
    """Every small Latin letter with marks as (letter without tone, tone rank)."""
    signs = map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))
    return {sign: _split_letter(sign) for sign in signs if sign == sign.lower()}


_JOINER = "\u2060"  # no width, and no line may end there; ``clean`` takes it away again
_UNBROKEN = r"TD-[A-Z]+-\d{3}|\d+/(?:\d{4}/)?[A-ZĐ][A-ZĐa-z0-9]*(?:[-–][A-ZĐ0-9]+)*(?!\w)"
"""Error codes, and numbers of papers with their symbols: 215/QĐ-UBND, 59/2023/NĐ-CP, 30/2023/QH15."""


def unbroken(text: str) -> str:
    """For a screen that ends lines after a slash or a hyphen: numbers of papers and error codes stay on one line."""
    return re.sub(_UNBROKEN, lambda found: re.sub("([-–/])", rf"\1{_JOINER}", found[0]), text)


def split_at_firm_hyphens(text: str) -> list[str]:
    """The parts of a text between the hyphens at which no line may end, for who has a sign of its own for them."""
    return [rejoined(part) for part in unbroken(text).split(f"-{_JOINER}")]


def rejoined(text: str) -> str:
    """The text without what ``unbroken`` put into it."""
    return text.replace(_JOINER, "")


# --- order --------------------------------------------------------------------------------------------------------
# A key is ASCII apart from foreign letters, so that bytewise order in SQL (COLLATE BINARY) is the order meant. Its
# signs rise: end of a name's part " " < tones "!" < space '"' < punctuation "#" < digits < letters < foreign "~".

_LETTER_KEY = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_KEY_PARTS = re.compile(r"[0-9]+|.", re.DOTALL)
_RUNS = re.compile(r"[^\W_]+|[\W_]")


def sort_key(text: str) -> str:
    """Text whose bytewise order is the Vietnamese dictionary order of ``text``; usable as a sort column in SQL."""
    return _words_key(clean(text).lower().split(" "))


def _words_key(words: list[str]) -> str:
    """The key of clean lower-case words."""
    keys = [_word_key(word) for word in words]
    primary = '"'.join(key for key, _ in keys)
    tones = "".join(tone for _, tone in keys).rstrip("0")
    return f"{primary}!{tones}" if tones else primary


@lru_cache(maxsize=20_000)  # words come again and again in names; a list of 100,000 rows is keyed in half a second
def _word_key(word: str) -> tuple[str, str]:
    """Primary key and tone ranks of what stands between two spaces, lower case."""
    runs = [_letters_and_tones(run) if run[0].isalnum() else (run, "") for run in _RUNS.findall(word)]
    primary = "".join(_key_part(sign) for letters, _ in runs for sign in _KEY_PARTS.findall(letters))
    return primary, "".join(tones for _, tones in runs)


def _key_part(part: str) -> str:
    known = _LETTER_KEY.get(part)
    if known:
        return known
    if part.isascii() and part.isdigit():
        digits = part.lstrip("0") or "0"
        return f"{len(digits)}{digits}" if len(digits) < 9 else f"9{len(digits):04d}{digits}"
    return f"~{part}" if part.isalnum() else f"#{part}"


def person_sort_key(name: str) -> str:
    """Sort column for names of persons: by the given name (last word), then family name (first), then the middle."""
    words = clean(name).lower().split(" ")
    if len(words) == 1:
        return _words_key(words)
    return " ".join((_words_key(words[-1:]), _words_key(words[:1]), _words_key(words[1:-1])))


# --- old encodings ------------------------------------------------------------------------------------------------
# TCVN 5712 (fonts ".Vn…") as its bytes look in Latin-1; ư is the invisible U+00AD. The same as glibc's
# TCVN5712-1 but for capitals with tones, which those fonts do not have.

_TCVN3 = dict(
    zip(
        range(0xA1, 0xAF),
        "ĂÂÊÔƠƯĐăâêôơưđ",
        strict=True,
    )
) | {
    first + step: letter
    for first, letters in (
        (0xB5, "àảãáạ"),
        (0xBB, "ằẳẵắ"),
        (0xC6, "ặầẩẫấậè"),
        (0xCE, "ẻẽéẹềểễếệìỉ"),
        (0xDC, "ĩíịò"),
        (0xE1, "ỏõóọồổỗốộờởỡớợù"),
        (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
    )
    for step, letter in enumerate(letters)
}
_ONLY_UNICODE = "[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u036f]"
_OLD_WORD = re.compile(r"[A-Za-z\u00a1-\u00ff]+")
_SYLLABLE = (
    "(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    "(?:i[êe]|y[ê]|oa|oă|oe|oo|u[âêyô]|uyê|u[ơy]|ươ|[aăâeêioôơuưy])"
    "(?:ng|nh|ch|[cmnptiouy])?(?:[aiu])?"
)


def from_tcvn3(text: str) -> str:
    """Text in TCVN3 (ABC fonts such as .VnTime) to Unicode. Upper-case the result for fonts ending in H (capitals)."""
    return nfc(text.translate(_TCVN3))


def _vni_pairs() -> dict[str, str]:
    """VNI-Windows: a letter followed by one mark sign; both cases."""
    tones = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
    marked = {"á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}  # on â ê ô
    breve = {"é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}  # on ă
    pairs = {"aê": "ă", "ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    pairs |= {f"{base}â": nfc(base + "\u0302") for base in "aeo"}
    pairs |= {base + sign: nfc(base + mark) for base in "aeouy" for sign, mark in tones.items()}
    pairs |= {old + sign: nfc(new + mark) for old, new in (("ô", "ơ"), ("ö", "ư")) for sign, mark in tones.items()}
    pairs |= {base + sign: nfc(base + "\u0302" + mark) for base in "aeo" for sign, mark in marked.items()}
    pairs |= {f"a{sign}": nfc("ă" + mark) for sign, mark in breve.items()}
    upper = {old.upper(): new.upper() for old, new in pairs.items()}
    mixed = {old[0].upper() + old[1:]: new.upper() for old, new in pairs.items() if len(old) == 2}
    return pairs | upper | mixed


@cache  # made when the first such text comes: no start needs it
def _vni() -> tuple[dict[str, str], re.Pattern[str]]:
    """The pairs, and the pattern of any of them."""
    pairs = _vni_pairs()
    return pairs, re.compile("|".join(sorted(map(re.escape, pairs), key=len, reverse=True)))


def from_vni(text: str) -> str:
    """Text in VNI-Windows (fonts VNI-…) to Unicode."""
    pairs, sign = _vni()
    return nfc(sign.sub(lambda found: pairs[found[0]], text))


def looks_like_tcvn3(text: str) -> bool:
    """Whether ``text`` is likely TCVN3 read as Latin-1; a suspicion to show to a person, never a reason to convert."""
    return _old_encoding(text) is from_tcvn3


def looks_like_vni(text: str) -> bool:
    """Whether ``text`` is likely VNI read as Latin-1; a suspicion to show to a person."""
    return _old_encoding(text) is from_vni


def _old_encoding(text: str) -> Callable[[str], str] | None:
    """What makes Unicode of a text that seems to be of an old encoding; of both the one that gives more syllables."""
    if text.isascii():
        return None
    likely = [convert for convert in (from_tcvn3, from_vni) if _looks_converted(text, convert)]
    return max(likely, key=lambda convert: marked_syllables(convert(text)), default=None)


def _looks_converted(text: str, convert: Callable[[str], str]) -> bool:
    """No letter that only Unicode has; most words with signs are Vietnamese after conversion, one of them only then."""
    plain = nfc(text)
    if re.search(_ONLY_UNICODE, plain):
        return False
    words = [word for word in _OLD_WORD.findall(plain) if len(word) > 1 and not word.isascii()]
    converted = [_is_syllable(convert(word)) for word in words]
    better = any(good and not _is_syllable(word) for word, good in zip(words, converted, strict=True))
    return better and sum(converted) * 3 >= len(words) * 2


def marked_syllables(text: str) -> int:
    """How many words with signs could be Vietnamese syllables; tells which of several encodings a text is in."""
    return sum(not word.isascii() and _is_syllable(word) for word in _WORD.findall(text))


def _is_syllable(word: str) -> bool:
    """Whether a word could be one Vietnamese syllable: known onset, vowels and ending, at most one tone."""
    letters, tones = _letters_and_tones(word.lower())
    return len(tones) == 1 and re.fullmatch(_SYLLABLE, letters) is not None


# --- numbers ------------------------------------------------------------------------------------------------------

_LONGEST_NUMBER = 100  # letters; what is longer was pasted by mistake, and Python refuses to read 4,300 digits
_KEYED = {
    **dict.fromkeys(map(ord, _DROPPED)),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    **{ord(wide): narrow for wide, narrow in zip("．，／－：＋", ".,/-:+", strict=True)},
}


def _as_keyed(text: str) -> str:
    """A typed number, day or hour without what nobody sees in it (a web page's marks), wide digits as narrow ones."""
    return text if text.isascii() else text.translate(_KEYED)


_GROUP_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "–": "-"})
_DOT_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_SPACE_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+")
_COMMA_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_PLAIN = re.compile(r"[0-9]+")
_SCALES = {
    "chục": 10, "trăm": 10**2, "nghìn": 10**3, "ngàn": 10**3, "k": 10**3, "triệu": 10**6, "tr": 10**6,
    "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip
_SAID = (
    rf"(?P<number>[-+]?[0-9][0-9., ]*)(?P<scale>{'|'.join(_SCALES)})?\s*"
    r"(?P<more>rưỡi|[0-9]{3}|[0-9])?\s*(?P<money>đồng|đ|vnđ|vnd)?"
)
_HALVES = {"¼": "25", "½": "5", "¾": "75"}


def format_number(value: Number, digits: int | None = None) -> str:
    """1234567.89 as "1.234.567,89"; ``digits`` fixes the decimal places (half up), None keeps those that there are."""
    if digits is None and isinstance(value, int):  # most cells of most lists
        return f"{value:,d}".replace(",", ".")
    exact = Decimal(value)
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):,f}".partition(".")
    if digits is None:
        fraction = fraction.rstrip("0")
    sign = "-" if exact < 0 and (fraction.strip("0") or whole != "0") else ""
    return f"{sign}{whole.replace(',', '.')}{',' if fraction else ''}{fraction}"


def parse_number(text: str) -> Number | None:
    """The number that a person typed, or None. int when it has no decimal part, else an exact Decimal.

    "1.234" is 1234 and "1,5" is 1.5 as Vietnamese writes; "1 234", "1.234,5", and what Excel leaves ("1234.5",
    "1,234,567", "1,234.5") are read too. "1,234" is 1.234: a comma alone is a decimal comma, so that a count is
    refused, not misread. Money is read as people say it: "12,5 triệu", "500.000 đ", "12k", "2 triệu rưỡi", "2tr5";
    "2tr50" may be either of two sums and is refused.
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    if text.isdigit() and text.isascii():  # most cells of most tables
        return int(text)
    text = _as_keyed(text)
    said = re.fullmatch(_SAID, nfc(text).strip().lower())
    if said and (said["scale"] or said["money"]):
        return _said_number(said["number"], said["scale"] or "", said["more"] or "")
    halves = text.strip()
    if halves and halves[-1] in _HALVES:
        return Decimal(f"{halves[:-1].strip() or 0}.{_HALVES[halves[-1]]}") if _is_count(halves[:-1]) else None
    plain = text.strip().translate(_GROUP_SPACES)
    sign = -1 if plain.startswith("-") else 1
    plain = plain.removeprefix("-" if sign < 0 else "+").strip()
    dots, commas = plain.count("."), plain.count(",")
    english = (dots == 1 and commas >= 1 and plain.rfind(".") > plain.rfind(",")) or (commas > 1 and not dots)
    if english or (dots == 1 and not commas and not _DOT_GROUPS.fullmatch(plain)):
        whole, point, fraction = plain.partition(".")
        groups: tuple[re.Pattern[str], ...] = (_PLAIN, _COMMA_GROUPS)
    else:
        whole, point, fraction = plain.partition(",")
        groups = (_PLAIN, _DOT_GROUPS, _SPACE_GROUPS)
    if not any(group.fullmatch(whole) for group in groups) or (point and not _PLAIN.fullmatch(fraction)):
        return None
    digits = re.sub("[., ]", "", whole)
    return sign * Decimal(f"{digits}.{fraction}") if point else sign * int(digits)


def _is_count(text: str) -> bool:
    """Whether nothing, or nothing but digits, stands before a half."""
    return not text.strip() or bool(_PLAIN.fullmatch(text.strip()))


def _said_number(number: str, scale: str, more: str) -> Number | None:
    """ "2 triệu", "2 triệu rưỡi" and "2tr5" (a half of the scale, tenths of it), "2tr500" (thousandths)."""
    said, times = parse_number(number), _SCALES.get(scale, 1)
    if said is None or (more and (not scale or said != int(said))):
        return None
    part = Decimal("0.5") if more == "rưỡi" else Decimal(int(more or 0)).scaleb(-len(more))
    value = (Decimal(said) + (part if said >= 0 else -part)) * times
    return int(value) if value == int(value) else value


# --- days and hours -----------------------------------------------------------------------------------------------
# Patterns are texts: ``re`` understands each when it is first used and keeps it; all of them at once cost every start.

_DAY_WORDS = {"hom nay": 0, "nay": 0, "hom qua": -1, "qua": -1, "hom kia": -2, "ngay mai": 1, "mai": 1, "ngay kia": 2}
_PARTS = ("sang", "trua", "chieu", "toi", "dem", "bua")
_DAY_WORDS |= {f"{part} {word}": at for part in _PARTS for word, at in (("nay", 0), ("qua", -1), ("mai", 1))}
_WEEKDAYS = {
    **{word: at for at, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **{str(number): number - 2 for number in range(2, 8)}, "cn": 6, "chu nhat": 6,
}  # fmt: skip
_NEAR = {"truoc": -1, "roi": -1, "qua": -1, "ngoai": -1, "nay": 0, "": 0, "sau": 1, "toi": 1}
_WEEKDAY = r"(?:(?:thu ?|t)(?P<day>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat|cn)) tuan (?P<week>\w+)"
_EDGE = r"(?P<edge>dau|cuoi) (?P<span>thang|nam)(?: (?P<near>truoc|roi|qua|ngoai|nay|sau|toi))?"
_EDGE_OF_MONTH = r"(?P<edge>dau|cuoi) thang (?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?"
_SHORT_DAY = r"(?:ngay )?(\d{1,2})\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{4}|\d{2}))?"
_LONG_DAY = r"(?:ngay\s*)?(\d{1,2})\s*thang\s*(\d{1,2})(?:(?:\s*,?\s*nam|\s*,)?\s*(\d{4}))?"
_PACKED_DAY = r"(\d{2})(\d{2})(\d{4}|\d{2})?"
_ISO_DAY = r"(?P<year>\d{4})(?P<between>[-/.])(?P<month>\d{1,2})(?P=between)(?P<day>\d{1,2})"
_MIDNIGHT = r"[t ]0?0:00(?::00)?(?:\.0+)?z?$"
"""What other programs' tables hang on to a day."""
_NAMED_DAY = r"^(?:(?:thu ?|t)(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn),? (?=ngay|\d)"
_HOURS = r"(\d\d?)\s*(?:[:.hg]|gio|(?=[a-z]))\s*(?:(kem ?)?(\d\d?|ruoi)\s*(?:phut|p|')?)?\s*(sang|trua|chieu|toi|dem)?"
_PACKED_HOURS = r"(\d{1,2})()(\d{2})()"
_LATE = {"trua": range(1, 4), "chieu": range(1, 12), "toi": range(1, 13), "dem": range(7, 13)}  # 12h đêm is none


def format_date(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_moment(moment: datetime) -> str:
    """``16/11/2026, 10:24``: the one way in which the desk says a day with its hour."""
    return f"{format_date(moment.date())}, {moment:%H:%M}"


def with_unit(number: str, unit: str) -> str:
    """``40 hộ``, but ``40%``: a percent sign stands at its number."""
    return number + unit if unit == "%" else f"{number} {unit}".rstrip()


def unit_beside(name: str, unit: str) -> str:
    """The unit as it stands after the name of a figure: "" where the name begins with it (Hộ gia đình, hộ)."""
    return "" if f"{name.casefold()} ".startswith(f"{unit.casefold()} ") else unit


def parse_date(text: str, today: date) -> date | None:
    """The day that a person typed, or None: 1/3, 1-3-26, 01032026, 2026-03-01, hôm qua, ngày 5 tháng 3 năm 2026,
    thứ hai tuần trước, cuối tháng. A weekday alone may be the last or the next one, and is not taken.

    Without a year: this year, or last year when that day would be more than half a year ahead (28/12 typed in January).
    A year of two digits is the one from 89 years ago to 10 years ahead.
    """
    typed = re.sub(f"{_NAMED_DAY}|{_MIDNIGHT}", "", " ".join(fold(_as_keyed(text)).split()))
    if typed in _DAY_WORDS:  # "hôm kìa" is a day further than "hôm kia"
        return today + timedelta(days=_DAY_WORDS[typed]) * (1.5 if "kìa" in nfc(text).lower() else 1)
    if said := _said_day(typed, today):
        return said
    if iso := re.fullmatch(_ISO_DAY, typed):
        return _day(int(iso["year"]), int(iso["month"]), int(iso["day"]))
    for form in (_SHORT_DAY, _LONG_DAY, _PACKED_DAY):
        found = re.fullmatch(form, typed)
        if found:
            day, month, year = found.groups()
            return _day_near(int(day), int(month), year, today)
    return None


def _said_day(typed: str, today: date) -> date | None:
    """Thứ hai tuần trước (weeks begin on Monday), đầu tháng, cuối tháng trước, cuối tháng 3/2026, cuối năm."""
    if (found := re.fullmatch(_WEEKDAY, typed)) and found["week"] in _NEAR:
        weekday = _WEEKDAYS[found["day"] or found["sunday"]]
        return today + timedelta(days=weekday - today.weekday() + 7 * _NEAR[found["week"]])
    if found := re.fullmatch(_EDGE_OF_MONTH, typed):
        return _edge(found["edge"], int(found["year"] or today.year), int(found["month"]))
    if found := re.fullmatch(_EDGE, typed):
        near = _NEAR[found["near"] or ""]
        if found["span"] == "nam":
            return _edge(found["edge"], today.year + near, 1 if found["edge"] == "dau" else 12)
        year, month = divmod(today.year * 12 + today.month - 1 + near, 12)
        return _edge(found["edge"], year, month + 1)
    return None


def days_in_month(year: int, month: int) -> int:
    """How many days a month has, 28 to 31."""
    from calendar import monthrange  # it brings the machine's languages, which no start needs

    return monthrange(year, month)[1]


def _edge(edge: str, year: int, month: int) -> date | None:
    """The first or the last day of a month."""
    if not 1 <= month <= 12:
        return None
    return _day(year, month, 1 if edge == "dau" else days_in_month(year, month))


def days_of_typed_month(text: str, today: date) -> tuple[int, int, int] | None:
    """Of a day that no calendar has (31/11, 29/2/2026): month, year or 0, and how many days it has; None otherwise."""
    typed = " ".join(fold(_as_keyed(text)).split())
    found = next((one for form in (_SHORT_DAY, _LONG_DAY, _PACKED_DAY) if (one := re.fullmatch(form, typed))), None)
    if found is None:
        return None
    day, month, year = int(found[1]), int(found[2]), int(found[3]) if found[3] and len(found[3]) == 4 else 0
    if not 1 <= month <= 12 or (year and year < 1000):
        return None
    year = year or (today.year if (day, month) == (29, 2) else 0)
    most = days_in_month(year or 2024, month)
    return (month, year, most) if most < day <= 31 else None


def _day_near(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is None:
        near = _day(today.year, month, day)
        too_far = near is None or (near - today).days > 183
        return (_day(today.year - 1, month, day) or near) if too_far else near
    if len(year) == 4:
        return _day(int(year), month, day)
    full = today.year - today.year % 100 + int(year) + 100  # the latest such year that is not far ahead
    while full > today.year + 10:
        full -= 100
    return _day(full, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= 1000 else None
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """The hour that a person typed, or None: 19h30, 19:30, 1930, 7h, 7 giờ 15 phút, 7 rưỡi tối, 8h kém 15."""
    typed = fold(_as_keyed(text)).strip()
    if not (found := re.fullmatch(_HOURS, typed) or re.fullmatch(_PACKED_HOURS, typed)):
        return None
    hour, minute = int(found[1]), 30 if found[3] == "ruoi" else int(found[3] or 0)
    at = 60 * (hour + 12 * (hour in _LATE.get(found[4] or "", ()))) + (-minute if found[2] else minute)
    return time(*divmod(at, 60)) if 0 <= at < 1440 and minute < 60 else None


def decree_date(day: date) -> str:
    """A day as papers print it: "ngày 05 tháng 02 năm 2026", "ngày 15 tháng 8 năm 2026".

    Decree 30/2020/NĐ-CP, annex I: days below 10 and months 1 and 2 take a leading 0, other months do not.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def decree_number(number: int) -> str:
    """A number of a paper: below 10 with a leading 0 (Decree 30/2020/NĐ-CP, annex I)."""
    return f"{number:02d}"


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number of a part or an annex: 4 as "IV"."""
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)
