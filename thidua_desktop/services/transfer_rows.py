"""The lines of a foreign table as values of records: what was meant is rescued, what is not understood is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from thidua_desktop.domain.identity_number import rescue_leading_zero
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.errors import error_table
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.field_types.codes import code_within, label_of, names_like
from thidua_desktop.formdef.field_types.day import year_alone
from thidua_desktop.formdef.field_types.kind import NotUnderstood
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec, Value, Values
from thidua_desktop.services import links
from thidua_desktop.services.money_scale import is_money, scaled
from thidua_desktop.services.month_first import month_first
from thidua_desktop.services.raw_lines import InOldFont, RawLines, ReachedDown
from thidua_desktop.services.session import Entry, Session
from thidua_desktop.services.transfer_columns import ImportColumn
from thidua_desktop.text import (
    fold,
    format_number,
    from_tcvn3,
    from_vni,
    looks_like_tcvn3,
    looks_like_vni,
    marked_syllables,
    match_key,
    parse_number,
)

_EXCEL_DAY_ONE = date(1899, 12, 30)
_SERIAL = re.compile(r"[2-6]\d{4}")
_MOMENT = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s+(\d{1,2}:\d{2})(?::\d{2})?")
_SAID_MOMENT = re.compile(
    r"(?:(?:lúc|hồi)\s+)?(\d{1,2}\s*(?:[hg:]|giờ)\s*(?:\d{1,2})?(?:\s*(?:phút|p))?)\s*,?\s*(?:ngày\s+)?"
    r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})",
    re.IGNORECASE,
)
_WITH_SECONDS = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*(AM|PM|SA|CH))?", re.IGNORECASE)
_WHOLE_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]((?:19|20)\d\d)")
_OF_YEARS = "năm"
_AFTERNOON = frozenset(("PM", "CH"))
_ESCAPED = re.compile(r"'[=+\-@\t\r]")
_KNOWN_OR_NOT = frozenset((FieldType.PHONE, FieldType.IDENTITY_NUMBER, FieldType.DATE, FieldType.TIME))
_SAID_UNKNOWN = frozenset(("?", "khong", "khong co", "khong ro", "chua co", "chua ro"))
_COUNT = re.compile(r"(\d[\d.]*)\s*(?:nhân khẩu|khẩu|người|hộ|lượt|cuộc|buổi|tổ|vụ|lần)", re.IGNORECASE)
_NOTHING = frozenset("-–—")
_FORMULA_ERRORS = frozenset(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))
_COUNTED = frozenset((FieldType.INTEGER, FieldType.DECIMAL))
_PEOPLE = frozenset((FieldType.NAME, FieldType.LINK))
TAKEN_FOR, YEAR_ALONE, MONTH_FIRST, SCALED = "TD-XFER-034", "TD-XFER-072", "TD-XFER-073", "TD-XFER-074"
GUESSES = frozenset((TAKEN_FOR, YEAR_ALONE, MONTH_FIRST, SCALED))
"""What was meant, but not written so: a person looks at it before anything is recorded."""
_NO_SUCH_NAME, _CHOICES_TOLD = "TD-XFER-035", 4
_WITH_ZEROS = frozenset((FieldType.IDENTITY_NUMBER, FieldType.PHONE))
_DAY_OR_HOUR = {FieldType.DATE: 0, FieldType.TIME: 1}
_CONVERTERS: dict[str, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A finding about one cell (or one row, ``column`` ""): number of the row in the file, code, sentence, weight.

    ``sheet``: where the row stands, "" for the records' own.
    """

    row: int
    column: str
    code: str
    text: str
    severity: Severity = Severity.ERROR
    sheet: str = ""


class _Named(NamedTuple):
    """The records that a text names; ``taken_for``: which one it is where it was named by its area alone."""

    ids: tuple[str, ...]
    taken_for: str = ""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What one text of a column means: its value, its zeros put back, the entry that it was taken for, or why none."""

    value: Value = None
    rescued: str = ""
    refusal: Problem | None = None
    taken_for: str = ""


class TableReader:
    """Reads the lines of one table column by column: each text of a column is understood once.

    ``columns``: the values by field; ``problems``: by place of the line what was found on the way. ``fills``: one value
    for a field wherever its cells are empty, or there is no column for it; ``filled``: by field the places of these.
    """

    def __init__(
        self,
        session: Session,
        register: RegisterSpec,
        columns: Sequence[ImportColumn],
        lines: RawLines,
        convert_legacy: bool = False,
        fills: Values | None = None,
    ) -> None:
        self.columns: dict[str, list[Value]] = {}
        self.filled: dict[str, list[int]] = {}
        self._fills = fills or {}
        self.problems: dict[int, list[RowProblem]] = {}
        self._session, self._register, self._lines, self._convert = session, register, lines, convert_legacy
        self._today = session.today
        self._names: dict[str, links.Names] = {}
        chosen = [(column, register.field(column.field)) for column in columns if column.field]
        self._fields = sorted(chosen, key=lambda pair: pair[1].type is FieldType.LINK and not self._is_area(pair[1]))

    def read(self) -> Iterator[None]:
        """Reads one column at each step; the area comes before other links, which are told apart by it."""
        lines = self._lines
        encodings = _encodings(lines)
        brought = {spec.name for _, spec in self._fields}
        for name in self._fills.keys() - brought:
            self.columns[name] = [self._fills[name]] * len(lines)
            self.filled[name] = list(range(len(lines)))
        for column, spec in self._fields:
            texts = lines.columns[column.index] if column.index < len(lines.columns) else [""] * len(lines)
            if encodings:
                texts = self._converted(column, texts, encodings)
            if spec.type in _COUNTED and spec.shown_unit:  # what is counted for three villages counts once
                texts = ["" if isinstance(text, ReachedDown) else text for text in texts]
            if spec.type is FieldType.DATE:
                texts = self._day_first(column, texts)
            if is_money(spec):
                texts = self._in_dong(column, texts)
            if spec.born_year:
                texts = self._without_years(column, spec, texts)
            values = (self._linked if spec.type is FieldType.LINK else self._parsed)(column, spec, texts)
            before = self.columns.get(spec.name)
            self.columns[spec.name] = _either(values, before) if before else values
            if spec.name in self._fills:
                self._fill(spec.name, texts)
            yield

    def _day_first(self, column: ImportColumn, texts: Sequence[str]) -> Sequence[str]:
        """A column of days; what another program wrote month first as it is written here."""
        meant = month_first(texts)
        if not meant:
            return texts
        places = [place for place, text in enumerate(texts) if text in meant]
        sure = next(texts[place] for place in places if meant[texts[place]][:2] > "12")
        shown = next((text for text in map(texts.__getitem__, places) if meant[text][:2] <= "12"), sure)
        told = {"text": shown, "meant": meant[shown], "sure": sure, "count": len(places)}
        self._tell(places[0], MONTH_FIRST, column, Severity.WARNING, **told)
        return [meant.get(text, text) for text in texts]

    def _in_dong(self, column: ImportColumn, texts: Sequence[str]) -> Sequence[str]:
        """A column of money; what its head says to be millions as so many."""
        meant = scaled(column.heading, texts)
        if not meant:
            return texts
        places = [place for place, text in enumerate(texts) if text in meant]
        shown = texts[places[0]]
        sum_meant = format_number(parse_number(meant[shown]) or 0)
        self._tell(places[0], SCALED, column, Severity.WARNING, text=shown, meant=sum_meant, count=len(places))
        return [meant.get(text, text) for text in texts]

    def _without_years(self, column: ImportColumn, spec: FieldSpec, texts: Sequence[str]) -> Sequence[str]:
        """A column of birthdays: the field of the year takes what is a year alone, where it has nothing else."""
        years = {text: year for text in set(texts) if (year := year_alone(_unescaped(text)))}
        if not years:
            return texts
        alone: list[Value] = list(map(years.get, texts))
        before = self.columns.get(spec.born_year)
        self.columns[spec.born_year] = _either(before, alone) if before else alone
        places = [place for place, text in enumerate(texts) if text in years]
        told = {"text": texts[places[0]], "label": self._register.field(spec.born_year).label, "count": len(places)}
        self._tell(places[0], YEAR_ALONE, column, Severity.WARNING, **told)
        return ["" if text in years else text for text in texts]

    def _fill(self, name: str, texts: Sequence[str]) -> None:
        """The one value into the empty cells of a column; a cell that is not understood is not empty."""
        column, value = self.columns[name], self._fills[name]
        places = [at for at, text in enumerate(texts) if not text and column[at] is None]
        for place in places:
            column[place] = value
        self.filled[name] = places

    def _is_area(self, spec: FieldSpec) -> bool:
        return spec.name == self._register.area_field

    def _converted(self, column: ImportColumn, texts: Sequence[str], encodings: Mapping[int, str]) -> list[str]:
        """The texts of lines in an old encoding as they were meant, where a person has said so; else told of."""
        converted = list(texts)
        for place, said in encodings.items():
            typed = texts[place]
            encoding = typed.encoding if isinstance(typed, InOldFont) else said
            meant = typed if not encoding or _is_unicode(typed) else _meant(typed, encoding)
            if self._convert:
                converted[place] = meant
            elif meant != typed:
                told = {"text": typed, "encoding": encoding, "converted": meant}
                self._tell(place, "TD-XFER-011", column, Severity.ERROR, **told)
        return converted

    def _parsed(self, column: ImportColumn, spec: FieldSpec, texts: Sequence[str]) -> list[Value]:
        meanings = {text: self._meaning(spec, text) for text in set(texts)}
        odd = {text: one for text, one in meanings.items() if one.rescued or one.refusal or text in _FORMULA_ERRORS}
        for place, text in enumerate(texts) if odd else ():
            one = odd.get(text)
            if one and one.rescued:
                told = {"text": _unescaped(text), "rescued": one.rescued}
                self._tell(place, "TD-XFER-012", column, Severity.WARNING, **told)
            if text in _FORMULA_ERRORS:
                self._tell(place, "TD-XFER-032", column, Severity.ERROR, text=text)
            if one and one.refusal:
                problem = cell_problem(self._lines.numbers[place], column.heading, one.refusal)
                self.problems.setdefault(place, []).append(problem)
        for text in [text for text, one in meanings.items() if one.taken_for]:
            meant, count = meanings[text].taken_for, texts.count(text)
            self._tell_taken_for(texts.index(text), column, text, meant, count)
        values = {text: one.value for text, one in meanings.items()}
        return list(map(values.__getitem__, texts))

    def _tell_taken_for(self, place: int, column: ImportColumn, text: str, meant: str, count: int) -> None:
        told = {"text": _unescaped(text), "taken_for": meant, "count": count}
        self._tell(place, TAKEN_FOR, column, Severity.WARNING, **told)

    def _tell(self, place: int, code: str, column: ImportColumn, severity: Severity, **told: object) -> None:
        problem = row_problem(code, self._lines.numbers[place], column.heading, severity, **told)
        self.problems.setdefault(place, []).append(problem)

    def _meaning(self, spec: FieldSpec, text: str) -> _Meaning:
        typed = _unescaped(text)
        if not typed or typed in _NOTHING or typed in _FORMULA_ERRORS:
            return _Meaning()
        if spec.type in _KNOWN_OR_NOT and fold(typed).strip(" .") in _SAID_UNKNOWN:
            return _Meaning()
        whole = with_leading_zero(spec, typed, self._today)
        rescued = whole if whole != typed else ""
        catalogs = self._session.definitions.catalogs
        try:
            value = field_type(spec).parse(spec, as_typed(spec, whole), self._today, catalogs)
        except NotUnderstood as refusal:
            value = self._said_before(spec, whole)
            is_one = value is None and spec.type is FieldType.CHOICE
            code = code_within(spec, whole, self._today, catalogs) if is_one else None
            if code is not None:
                return _Meaning(code, taken_for=label_of(spec, code, catalogs))
            return _Meaning(value, rescued, self._refusal(spec, whole, refusal) if value is None else None)
        return _Meaning(value, rescued)

    def _refusal(self, spec: FieldSpec, typed: str, refusal: NotUnderstood) -> Problem:
        """Why a text is no value; in a table nobody can choose from a list, so it says what there is."""
        problem = refusal.problem(spec.name)
        catalogs = self._session.definitions.catalogs
        names = names_like(spec, typed, self._today, catalogs, _CHOICES_TOLD + 1) if spec.catalog else []
        if not names:
            return problem
        told = "; ".join(names[:_CHOICES_TOLD]) + ("; …" if len(names) > _CHOICES_TOLD else ".")
        sentence = error_table()[_NO_SUCH_NAME].sentence
        return problem._replace(
            code=_NO_SUCH_NAME, text=sentence.format(text=typed, catalog=catalogs[spec.catalog].title, names=told)
        )

    def _said_before(self, spec: FieldSpec, typed: str) -> Value:
        """What a text written out meant while its entry of the catalog was valid: tables tell of the past too."""
        catalogs, kind = self._session.definitions.catalogs, field_type(spec)
        catalog = catalogs.get(spec.catalog)
        for until in {item.until for item in catalog.items if item.until} if catalog else ():
            with suppress(NotUnderstood):
                value = kind.parse(spec, typed, until, catalogs)
                if match_key(kind.show(spec, value, catalogs)) == match_key(typed):
                    return value
        return None

    def _linked(self, column: ImportColumn, spec: FieldSpec, texts: Sequence[str]) -> list[Value]:
        """The one record that a text names, by its area and day where there are several of that name."""
        nothing: list[Value] = [None] * len(texts)
        areas = nothing if self._is_area(spec) else self.columns.get(self._register.area_field, nothing)
        days = self.columns.get(self._register.date_field, nothing)
        asked = list(zip(texts, areas, days, strict=True))
        found = {one: self._named(spec, *one) for one in set(asked)}
        odd = {one for one in found if one[0] and one[0] not in _NOTHING and len(found[one].ids) != 1}
        for place, one in enumerate(asked) if odd else ():
            if one in odd:
                self._tell_unlinked(place, column, spec, _unescaped(one[0]), found[one].ids)
        taken = [(one[0], found[one].taken_for) for one in asked]
        for text, meant in dict.fromkeys(one for one in taken if one[1]):
            self._tell_taken_for(taken.index((text, meant)), column, text, meant, taken.count((text, meant)))
        ids = {one: named.ids[0] if len(named.ids) == 1 else None for one, named in found.items()}
        return list(map(ids.__getitem__, asked))

    def _named(self, spec: FieldSpec, text: str, area: Value, day: Value) -> _Named:
        typed = _unescaped(text)
        if not typed or typed in _FORMULA_ERRORS:
            return _Named(())
        on = day if isinstance(day, date) else None
        found = self._names_of(spec.register).matching(typed, str(area or ""), on)
        if found:
            return _Named(tuple(entry.id for entry in found))
        found = self._of_area(spec, typed, on)
        return _Named(tuple(entry.id for entry in found), found[0].label if len(found) == 1 else "")

    def _of_area(self, spec: FieldSpec, typed: str, on: date | None) -> list[Entry]:
        """What stands in the area that a text names ("Tân Lập" for its team), of registers that name no people."""
        target = self._session.register(spec.register)
        area = target.by_name.get(target.area_field)
        of_people = any(target.field(name).type in _PEOPLE for name in target.title_fields)
        if area is None or area.type is not FieldType.LINK or of_people:
            return []
        meant = {entry.id for entry in self._names_of(area.register).matching(typed, "", on)}
        every = self._names_of(spec.register).entries.values()
        return links.narrowed((one for one in every if one.area in meant), "", on)

    def _names_of(self, register: str) -> links.Names:
        if register not in self._names:
            self._names[register] = links.names_of(self._session, register)
        return self._names[register]

    def _tell_unlinked(
        self, place: int, column: ImportColumn, spec: FieldSpec, typed: str, ids: tuple[str, ...]
    ) -> None:
        if typed in _FORMULA_ERRORS:
            self._tell(place, "TD-XFER-032", column, Severity.ERROR, text=typed)
            return
        if not ids:
            target, own = self._session.register(spec.register).title, spec.register == self._register.name
            code = "TD-XFER-031" if own else "TD-XFER-010"  # it may stand on another line of this very table
            self._tell(place, code, column, Severity.ERROR, text=typed, target=target)
            return
        entries = self._session.entries.get(spec.register, {})
        named = "; ".join(_distinct(entries[key].label, entries[key].detail) for key in ids[:3] if key in entries)
        self._tell(place, "TD-XFER-009", column, Severity.ERROR, text=typed, count=len(ids), choices=named)


def _meant(text: str, encoding: str) -> str:
    return text.meant() if isinstance(text, InOldFont) else _CONVERTERS[encoding](text)


def _encodings(lines: RawLines) -> dict[int, str]:
    """By place of the line the old encoding that its cells seem to be in, where no font says it: the one in which most
    of their words are Vietnamese, on this line or, where both give as many, on all.
    """
    suspects = [text for text in lines.texts if not _is_unicode(text) and _looks_old(text)]
    gains = {text: marked_syllables(from_vni(text)) - marked_syllables(from_tcvn3(text)) for text in suspects}
    gained: dict[int, int] = {}
    by_font = set[int]()
    for column in lines.columns:
        if any(issubclass(one, InOldFont) for one in set(map(type, column))):
            by_font.update(place for place, text in enumerate(column) if isinstance(text, InOldFont))
        for place, text in enumerate(column) if gains else ():
            if text in gains:
                gained[place] = gained.get(place, 0) + gains[text]
    of_all = sum(gained.values())
    return {place: "VNI" if (gain or of_all) > 0 else "TCVN3" for place, gain in sorted(gained.items())
            if place not in by_font} | dict.fromkeys(sorted(by_font), "")  # fmt: skip


def _looks_old(text: str) -> bool:
    return looks_like_tcvn3(text) or looks_like_vni(text)


def _is_unicode(text: str) -> bool:
    """Whether a text has letters that no old encoding has, or none beyond ASCII: there is nothing to convert."""
    return text.isascii() or max(text) > "ÿ"


def _either(values: Sequence[Value], before: Sequence[Value]) -> list[Value]:
    """The later of two columns that one field takes, where it has something."""
    return [old if new is None else new for new, old in zip(values, before, strict=True)]


def _unescaped(text: str) -> str:
    """A text without the apostrophe that keeps it from being a formula."""
    return text[1:] if _ESCAPED.match(text) else text


def with_leading_zero(spec: FieldSpec, typed: str, today: date) -> str:
    """An identity number or telephone number with the zeros that a spreadsheet took away; any other text as it is.

    Identity numbers have 12 digits and begin with 0 (codes of birth places: 001 to 096), so 10 or 11 digits have lost
    two or one, unless they begin with one: then nothing was taken away, and a digit is missing elsewhere. Mobile
    numbers without their zero have nine digits and begin with 3, 5, 7, 8, 9; landlines ten, with 2.
    """
    if spec.type not in _WITH_ZEROS or not (typed.isascii() and typed.isdecimal()):
        return typed
    if spec.type is FieldType.IDENTITY_NUMBER and len(typed) in {10, 11} and typed[0] != "0":
        return rescue_leading_zero(typed, today) or typed
    if spec.type is FieldType.PHONE and (
        (len(typed) == 9 and typed[0] in "35789") or (len(typed) == 10 and typed[0] == "2")
    ):
        return "0" + typed
    return typed


def as_typed(spec: FieldSpec, typed: str) -> str:
    """A spreadsheet's date number, or a day with an hour, as the part that the field asks for, as the year of a whole
    birthday; an hour without the seconds that spreadsheets copy with it; a count without what is counted.
    """
    if spec.type is FieldType.DATE and _SERIAL.fullmatch(typed):
        return f"{_EXCEL_DAY_ONE + timedelta(days=int(typed)):%d/%m/%Y}"
    if spec.type in _DAY_OR_HOUR and (parts := _day_and_hour(typed)):
        return parts[_DAY_OR_HOUR[spec.type]]
    if spec.type is FieldType.TIME and (clock := _WITH_SECONDS.fullmatch(typed)):
        hour, minute, half = clock.groups()
        return f"{int(hour) % 12 + 12 * (half.upper() in _AFTERNOON)}:{minute}" if half else f"{hour}:{minute}"
    if spec.type is FieldType.INTEGER:
        found = (_WHOLE_DAY if spec.unit == _OF_YEARS else _COUNT).fullmatch(typed)
        return found[1] if found else typed
    if spec.type is FieldType.BOOLEAN and fold(typed) in {"x", "v", "✓"}:
        return "có"
    return typed


def _day_and_hour(typed: str) -> tuple[str, str] | None:
    """ "02/10/2026 08:30", and as people write it: "8h30 ngày 02/10/2026"."""
    if moment := _MOMENT.fullmatch(typed):
        return moment[1], moment[2]
    said = _SAID_MOMENT.fullmatch(typed)
    return (said[2], said[1]) if said else None


def row_problem(code: str, row: int, column: str, severity: Severity = Severity.ERROR, **values: object) -> RowProblem:
    """The problem ``code`` of the error table at one cell."""
    text = error_table()[code]
    return RowProblem(row, column, code, text.sentence.format(row=row, column=column, **values), severity)


def cell_problem(row: int, column: str, problem: Problem) -> RowProblem:
    """A finding about a record, placed at its cell: the same code, its sentence with row and column before it."""
    said = problem.text.removeprefix(f"“{column}”: ")
    told = said if problem.row is None else f"dòng con {problem.row + 1}: {said}"
    text = error_table()["TD-XFER-008"].sentence.format(row=row, column=column, text=told)
    return RowProblem(row, column, problem.code, text, problem.severity)


def _distinct(label: str, detail: str) -> str:
    return f"{label} ({detail})" if detail else label
