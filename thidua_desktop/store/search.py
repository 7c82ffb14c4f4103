"""Search without diacritics over the text of all registers.

One contentless FTS5 table: rowid = register number * 2^40 + row, so a register is a range of rowids and a row is
replaced without knowing its old text. Texts and typed words go through ``text.fold`` (đ as d, NFD, òa/oà), every word
is a prefix. The index holds prefixes of up to three letters; of a longer one FTS5 would put all matches together before
the first is seen, so it is replaced by the few words that begin so (``temp.search_word``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from thidua_desktop import text
from thidua_desktop.formdef.model import FieldSpec, FieldType, Row, Value, Values
from thidua_desktop.store.change_content import ATTACHMENTS, OWNER
from thidua_desktop.store.open_database import OpenDatabase
from thidua_desktop.store.queries import RecordKey
from thidua_desktop.store.register_table import RegisterTable, quoted
from thidua_desktop.store.titles import Titles

ROW_BITS = 40
_ROW_MASK = (1 << ROW_BITS) - 1
_MOST_WORDS = 12
_INDEXED_PREFIX = 3
_MOST_SPELLINGS = 16
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word USING fts5vocab(main, search, row)"
_BEGUN_SO = "SELECT term FROM search_word WHERE term >= ? AND term < ? LIMIT ?"
_PUT = "INSERT OR REPLACE INTO search (rowid, body) VALUES (?, ?)"
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = frozenset("'’‘ʼ`´")
_WITH_APOSTROPHE = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)+")
_AS_THEY_ARE = frozenset((FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NAME))
_ALWAYS = frozenset((FieldType.PHONE, FieldType.CHOICE, FieldType.CHOICES, FieldType.LINK))


def list_words(database: OpenDatabase) -> None:
    """Make the words of the index readable over this connection; before it is kept from writing."""
    database.run(_WORDS)


def match_expression(database: OpenDatabase, typed: str) -> str | None:
    """The FTS5 expression for typed words, all of which must begin a word of the record; None for no word."""
    words = typed_words(typed)
    return " AND ".join(_begun_with(database, word) for word in words) or None


def _begun_with(database: OpenDatabase, word: str) -> str:
    """The words of the index that begin with ``word``, if they are few; FTS5 may split one of other letters."""
    if len(word) > _INDEXED_PREFIX and word.isascii():
        found = database.all(_BEGUN_SO, (word, f"{word}\U0010ffff", _MOST_SPELLINGS + 1))
        if 0 < len(found) <= _MOST_SPELLINGS:
            return "(" + " OR ".join(f'"{term}"' for (term,) in found) + ")"
    return f'"{word}"*'


def with_joined_words(folded: str) -> str:
    """``folded`` and, after it, each word with an apostrophe written as one: "k'si" is also found by "ksi"."""
    if _APOSTROPHES.isdisjoint(folded):
        return folded
    joined = dict.fromkeys(text.fold_joined(word) for word in _WITH_APOSTROPHE.findall(folded))
    return " ".join((folded, *joined)) if joined else folded


def rowid_range(table: RegisterTable) -> tuple[int, int]:
    """First and last search rowid of a register."""
    first = table.number << ROW_BITS
    return first, first + (1 << ROW_BITS) - 1


def searched_text(table: RegisterTable, values: Values, titles: Titles) -> str:
    """Everything of a record that search looks at, as people read it; sensitive fields only when declared so.

    A title of a restricted record stands in restricted records alone: others must not find it elsewhere.
    """
    return " \n".join(filter(None, _pieces(titles.searched_fields(table.spec), values, titles)))


def touches(table: RegisterTable, changed: Iterable[str]) -> bool:
    """Whether search looks at one of the changed fields."""
    looked_at = _AS_THEY_ARE | _ALWAYS | {FieldType.ROWS}
    names = set(changed)
    return any(spec.search or spec.type in looked_at for spec in table.spec.fields if spec.name in names)


def put(database: OpenDatabase, table: RegisterTable, row: int, values: Values, titles: Titles) -> None:
    """Enter or replace a record in the index, inside the running transaction."""
    put_all(database, table, [(row, values)], titles)


def put_all(
    database: OpenDatabase, table: RegisterTable, records: Iterable[tuple[int, Values]], titles: Titles
) -> None:  # fmt: skip
    """Enter or replace records of one register: (row, values)."""
    first = table.number << ROW_BITS
    found = [
        (first + row, with_joined_words(text.fold(searched_text(table, values, titles)))) for row, values in records
    ]
    if found:
        database.run_many(_PUT, found)


def put_folded(database: OpenDatabase, table: RegisterTable, row: int, bodies: Iterable[str]) -> None:
    """Enter new records with the rows from ``row`` on: what ``put_all`` makes of their texts."""
    first = table.number << ROW_BITS
    database.run_many(_PUT, list(enumerate(bodies, start=first + row)))


def looks_at(spec: FieldSpec) -> bool:
    """Whether search may look at a field."""
    return spec.search or spec.type is FieldType.ROWS or (spec.type in _AS_THEY_ARE | _ALWAYS and not spec.sensitive)


def words_of(spec: FieldSpec, value: Value, titles: Titles) -> str:
    """What search looks at of one field, as people read it."""
    return " \n".join(filter(None, _pieces((spec,), {spec.name: value}, titles)))


def texts_by_field(
    database: OpenDatabase, register: str, values: Values, closed: frozenset[str] = frozenset()
) -> list[tuple[FieldSpec, str]]:
    """The fields of a record that search looks at, each with its words as people read them; those that have some."""
    titles = Titles(database, closed)
    fields = titles.searched_fields(database.table(register).spec)
    told = ((field, words_of(field, values.get(field.name), titles)) for field in fields)
    return [(field, words) for field, words in told if words]


def typed_words(typed: str) -> list[str]:
    """The words of what was typed, folded: each is looked for as the beginning of a word."""
    return _WORD.findall(text.fold(typed))[:_MOST_WORDS]


def looked_up_words(words: str) -> list[str]:
    """The words under which the index has a text."""
    return _WORD.findall(with_joined_words(text.fold(words)))


def remove(database: OpenDatabase, table: RegisterTable, row: int) -> None:
    """Take a record out of the index."""
    remove_all(database, table, [row])


def remove_all(database: OpenDatabase, table: RegisterTable, rows: Sequence[int]) -> None:
    """Take records of one register out of the index: best all of an action at once, in the order of their rows.

    Each time FTS5 is given a lower row than the one before, or begins anew, it writes out and merges what was deleted,
    which takes fifteen times the deleting.
    """
    if rows:
        first = table.number << ROW_BITS
        database.run_many("DELETE FROM search WHERE rowid = ?", [(first + row,) for row in rows])


def find(database: OpenDatabase, typed: str, limit: int, closed: frozenset[str] = frozenset()) -> list[RecordKey]:
    """Records that hold all words, the newest of each register first; every register keeps its share of ``limit``.

    Registers in ``closed`` are passed over.
    """
    expression = match_expression(database, typed)
    if expression is None or limit <= 0:
        return []
    passed_over = [database.table(register).number for register in closed if register in database.definitions.registers]
    found = _newest_rows(database, expression, limit, passed_over)
    while sum(map(len, found.values())) > limit:
        max(found.values(), key=len).pop()
    tables = [table for table in database.tables() if table.number in found]
    return [key for table in tables for key in _keys(database, table, found[table.number], closed)]


def holding_together(
    database: OpenDatabase, typed: str, keys: Iterable[RecordKey], closed: frozenset[str] = frozenset()
) -> set[RecordKey]:  # fmt: skip
    """Those of ``keys`` that hold the typed words one after the other, as they were typed.

    The index knows no places of words, so the records are read: ask for some hundred at most.
    """
    phrase = " " + " ".join(_WORD.findall(text.fold(typed)))
    titles = Titles(database, closed)
    by_register: dict[str, list[str]] = {}
    for register, record_id in keys:
        by_register.setdefault(register, []).append(record_id)
    found = set[RecordKey]()
    for register, ids in by_register.items():
        table = database.table(register)
        rows = database.all(f"{table.select} WHERE id IN ({', '.join('?' * len(ids))})", ids)
        for record in map(table.record, rows):
            words = _WORD.findall(text.fold(searched_text(table, record.values, titles)))
            if phrase in " " + " ".join(words):
                found.add(RecordKey(register, record.id))
    return found


def _newest_rows(database: OpenDatabase, expression: str, limit: int, passed_over: list[int]) -> dict[int, list[int]]:
    """Register number -> rows of its newest matches, at most ``limit`` each.

    Asks from the last register to the first, and again only where there may be more: every asking costs FTS5 all
    matches.
    """
    others = "".join(f" AND rowid >> {ROW_BITS} <> {number}" for number in passed_over)
    sql = f"SELECT rowid FROM search WHERE search MATCH ? AND rowid <= ?{others} ORDER BY rowid DESC LIMIT ?"
    found: dict[int, list[int]] = {}
    last, full = (1 << 62), True
    while full:
        rowids = [row[0] for row in database.all(sql, (expression, last, limit))]
        for rowid in rowids:
            found.setdefault(rowid >> ROW_BITS, []).append(rowid & _ROW_MASK)
        full = len(rowids) == limit
        last = ((rowids[-1] >> ROW_BITS) << ROW_BITS) - 1 if full else 0
    return found


def rebuild(database: OpenDatabase) -> None:
    """Make the whole index again from the records."""
    titles = Titles(database)
    with database.atomic():
        database.run("DELETE FROM search")
        for table in database.tables():
            for row in database.all(f"{table.select} WHERE deleted = 0"):
                record = table.record(row)
                put(database, table, record.row, record.values, titles)


def _pieces(fields: tuple[FieldSpec, ...], values: Values | Row, titles: Titles) -> Iterator[str]:
    for spec in fields:
        value = values.get(spec.name)
        if value is None:
            continue
        if spec.type in _AS_THEY_ARE and not spec.sensitive:
            yield str(value)
        elif spec.type is FieldType.ROWS and isinstance(value, tuple) and (spec.search or not spec.sensitive):
            texts = _own_texts(spec)
            for row in value:
                if not isinstance(row, str):
                    yield from _pieces(texts, row, titles)
        elif spec.search or (spec.type in _ALWAYS and not spec.sensitive):
            yield titles.shown(spec, value)


def _own_texts(rows: FieldSpec) -> tuple[FieldSpec, ...]:
    """Child fields that search looks at: no links, as such rows carry the name themselves."""
    return tuple(child for child in rows.fields if child.type is not FieldType.LINK and looks_at(child))


def _keys(
    database: OpenDatabase, table: RegisterTable, rows: list[int], closed: frozenset[str]
) -> Iterator[RecordKey]:  # fmt: skip
    """The records of ``rows`` in their order; of attached files only those that hang on records of open registers."""
    owner = quoted(OWNER) if table.name == ATTACHMENTS else "NULL"
    sql = f"SELECT row, id, {owner} FROM {quoted(table.name)} WHERE row IN ({', '.join('?' * len(rows))})"
    read = {row: (record_id, of_register) for row, record_id, of_register in database.all(sql, rows)}
    return (RecordKey(table.name, read[row][0]) for row in rows if read[row][1] not in closed)
