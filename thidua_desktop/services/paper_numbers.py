"""Numbers of issued papers: one series for each issuer, type and year (Decree 30/2020/NĐ-CP, art. 15).

A number that was given is never given again: deleted papers keep theirs and show as gaps. Which paper of the program
has which record of the register is kept by its key, so that the same paper keeps its number however often it is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from thidua_desktop.domain.paper_types import LETTER, LETTER_CODE, series_of
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition
from thidua_desktop.services import records
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import decree_date

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

REGISTER = "issued_document"
TYPES = "paper_type"
OTHER = "other"
_KEPT = "paper.number."
_BEFORE = "paper.numbers_before"
_REASON = "Lấy số khi in để ký"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register says of a paper."""

    title: str
    symbol: str
    type: str
    subject: str
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The number of a paper: the record that holds it, and the sentence that names what it replaces ("" nothing)."""

    record_id: str
    number: int
    symbol: str
    day: date
    replaces: str = ""

    @property
    def text(self) -> str:
        """As the paper's head has it: 05/BC-UBND."""
        return f"{self.number:02d}/{self.symbol}"


class FirstNumberError(UserError):
    """Nothing is known yet of a series this year: the paper book may have used numbers that must not come twice."""

    def __init__(self, series: str, year: int) -> None:
        super().__init__("TD-DATA-645", series=series, year=year)
        self.series, self.year = series, year


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one series in one year. ``gaps`` are (first, last); ``doubled`` numbers with how often."""

    name: str
    year: int
    before: int
    last: int
    count: int
    gaps: tuple[tuple[int, int], ...]
    doubled: tuple[tuple[int, int], ...]

    @property
    def following(self) -> int:
        """The number that the next paper gets."""
        return self.last + 1

    @property
    def gaps_text(self) -> str:
        """03; 07–09."""
        return "; ".join(f"{a:02d}" if a == b else f"{a:02d}–{b:02d}" for a, b in self.gaps)

    @property
    def doubled_text(self) -> str:
        """04 (2 lần)."""
        return "; ".join(f"{number:02d} ({times} lần)" for number, times in self.doubled)


def facts_of(session: Session, document: Document, title: str) -> Facts:
    """What a paper says of itself; raises TD-PRINT-042 for one without a place for a number."""
    from thidua_desktop.printing.blocks import LetterHead, RecipientsList, Signature, Title

    head = next((block for block in document.blocks if isinstance(block, LetterHead)), None)
    if head is None or not head.symbol:
        raise UserError("TD-PRINT-042", title=title)
    named = next((block for block in document.blocks if isinstance(block, Title)), None)
    signing = next((block for block in document.blocks if isinstance(block, Signature)), None)
    lines = signing.left.lines if signing is not None and isinstance(signing.left, RecipientsList) else ()
    kind = LETTER_CODE if head.about or named is None else _type_code(session, named.type_name)
    subject = (named.subject if named is not None else "") or document.meta.subject or title
    return Facts(title, head.symbol, kind, subject, signing.right.full_name if signing else "", tuple(lines))


def kept(session: Session, key: str) -> Taken | None:
    """The number that a paper has; None while it has none or its record was deleted."""
    record_id = session.file.settings.get(_KEPT + key)
    if not record_id or not session.opens(REGISTER):
        return None
    record = session.file.records.get(REGISTER, record_id)
    return None if record is None or record.deleted else _taken(session, record)


def named(session: Session, taken: Taken) -> str:
    """A numbered paper as another one names it: Báo cáo số 15/BC-UBND ngày 20 tháng 11 năm 2026."""
    record = session.file.records.get(REGISTER, taken.record_id)
    return _replacing(session, record) if record is not None else ""


def take(
    session: Session, key: str, facts: Facts, replaced: Taken | None = None, day: date | None = None, *,
    ask_first: bool = False,
) -> Taken:  # fmt: skip
    """Give a paper the next number of its series, today or on its own ``day``, and write it into the register.

    A paper that has one keeps it. ``ask_first``: a person is there who can be asked what the paper book has used.

    Raises TD-STORE-220 (permission), TD-PRINT-045 when the register refuses the record, ``FirstNumberError`` when it is
    the first of its series and nobody has said (``set_before``) where the paper book stands.
    """
    session.require(Permission.PRINT)
    had = kept(session, key)
    if had is not None:
        return had
    issued_on = day or session.today
    series = series_of(facts.type, facts.symbol)
    if ask_first and not _begun(session, series, issued_on.year):
        raise FirstNumberError(series, issued_on.year)
    with session.file.atomic():
        saved = records.save(
            session,
            REGISTER,
            {
                "number": next_number(session, series, issued_on.year),
                "symbol": facts.symbol,
                "issued_on": issued_on,
                "type": facts.type,
                "subject": " ".join(facts.subject.split())[:300],
                "signer": facts.signer or None,
                "recipients": "\n".join(line.lstrip("- ").rstrip(" .;") for line in facts.recipients) or None,
                "replaces": replaced.record_id if replaced else None,
            },
            reasons={"*": _REASON},
        )
        if isinstance(saved, records.Refused):
            raise UserError("TD-PRINT-045", title=facts.title, reason=saved.problems[0].text)
        session.file.settings.put(_KEPT + key, saved.record.id)
    return _taken(session, saved.record)


def next_number(session: Session, series: str, year: int) -> int:
    """The next number of a series: after all that were used, before the program or in it, deleted ones too."""
    used = [_number(record) for record in _papers(session, year, series)]
    return max([before(session, series, year), *used]) + 1


def before(session: Session, series: str, year: int) -> int:
    """The last number of a series that was used on paper before the program; 0 when none was."""
    return int((session.file.settings.get(_BEFORE) or {}).get(f"{series} {year}", 0))


def _begun(session: Session, series: str, year: int) -> bool:
    """Whether the series has a number this year, or a person has said which ones the paper book used."""
    told = f"{series} {year}" in (session.file.settings.get(_BEFORE) or {})
    return told or not session.may(Permission.RECORD) or bool(_papers(session, year, series))


def set_before(session: Session, series: str, year: int, last: int) -> None:
    """Say which numbers of a series were used before the program; TD-PRINT-044 when the register has one of them."""
    session.require(Permission.RECORD)
    living = [_number(record) for record in _papers(session, year, series) if not record.deleted]
    first = min(living, default=0)
    if last < 0 or (living and last >= first):
        raise UserError("TD-PRINT-044", last=last, series=series, year=year, first=f"{first:02d}")
    kept_before = dict(session.file.settings.get(_BEFORE) or {})
    session.file.settings.put(_BEFORE, {**kept_before, f"{series} {year}": last})


def overview(session: Session, year: int) -> list[Series]:
    """Every series of a year, with its gaps and what stands in it twice."""
    by_series: dict[str, list[Record]] = {}
    for record in _papers(session, year):
        by_series.setdefault(str(record.values.get("series") or ""), []).append(record)
    for name, kept_year in (key.rsplit(" ", 1) for key in session.file.settings.get(_BEFORE) or {}):
        if int(kept_year) == year:
            by_series.setdefault(name, [])
    return [_series(name, year, before(session, name, year), found) for name, found in sorted(by_series.items())]


def years(session: Session) -> list[int]:
    """The years that have numbers, and this one, newest first."""
    days = (record.values.get("issued_on") for record in session.file.records.every(ListQuery(REGISTER)))
    found = {day.year for day in days if isinstance(day, date)}
    return sorted(found | {session.today.year}, reverse=True)


def _series(name: str, year: int, used_before: int, found: Sequence[Record]) -> Series:
    counted = Counter(_number(record) for record in found if not record.deleted)
    last = max([used_before, *(_number(record) for record in found)])
    doubled = tuple((number, times) for number, times in sorted(counted.items()) if times > 1)
    missing = (number for number in range(used_before + 1, last + 1) if number not in counted)
    return Series(name, year, used_before, last, counted.total(), tuple(_runs(missing)), doubled)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _papers(session: Session, year: int, series: str = "") -> list[Record]:
    """The papers of a year, deleted ones too."""
    conditions = (Condition("series", (series,)),) if series else ()
    query = ListQuery(REGISTER, date(year, 1, 1), date(year, 12, 31), conditions, include_deleted=True)
    keys = session.file.records.ids(query)
    return session.file.records.window(REGISTER, keys, ("number", "series", "issued_on"))


def _number(record: Record) -> int:
    value = record.values.get("number")
    return value if isinstance(value, int) else 0


def _type_code(session: Session, type_name: str) -> str:
    wanted = " ".join(type_name.upper().split())
    if wanted == LETTER:
        return LETTER_CODE
    items = session.definitions.catalogs[TYPES].items
    return next((item.code for item in items if item.label.upper() == wanted), OTHER)


def _taken(session: Session, record: Record) -> Taken:
    values = record.values
    day = values["issued_on"]
    assert isinstance(day, date)
    old_id = values.get("replaces")
    old = session.file.records.get(REGISTER, old_id) if isinstance(old_id, str) else None
    return Taken(record.id, _number(record), str(values["symbol"]), day, _replacing(session, old) if old else "")


def _replacing(session: Session, old: Record) -> str:
    """Báo cáo số 15/BC-UBND ngày 20 tháng 11 năm 2026."""
    kind = session.definitions.catalogs[TYPES].label(str(old.values["type"]))
    day = old.values["issued_on"]
    return f"{kind} số {old.values['designation']} {decree_date(day)}" if isinstance(day, date) else ""
