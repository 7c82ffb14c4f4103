"""The access log read: by person, deed, time and register; as a table, as Excel, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.services import access
from thidua_desktop.services.access import Act
from thidua_desktop.services.files import write_whole
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.spreadsheets import ScreenTable
from thidua_desktop.store.access_log import Access, AccessQuery
from thidua_desktop.text import FORMULA_SIGNS, format_date, format_moment, format_number

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

TITLE = "Nhật ký truy cập"
SHOWN = 2_000
LARGEST_PAPER = 5_000
HEADS = ("Lúc", "Người", "Tên đăng nhập", "Máy", "Việc", "Sổ, nội dung", "Mã bản ghi", "Số lượng")
_NUMBERS = (7,)
_OF_A_LOGIN = frozenset({Act.USER_ADDED, Act.USER_REMOVED, Act.ROLE, Act.RESET})


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines: "" for any; days inclusive."""

    login: str = ""
    what: str = ""
    register: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One access as it is shown; ``about``: the register's title, or what a deed was about."""

    access: Access
    deed: str
    about: str

    @property
    def cells(self) -> tuple[str, ...]:
        """A row, see ``HEADS``."""
        one = self.access
        return (
            f"{format_moment(one.at)}:{one.at:%S}", one.actor, one.login, one.installation[-4:], self.deed, self.about,
            one.record_id if one.register else "", format_number(one.records),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogChoices:
    """What can be asked for: (value, words) of the people, deeds and registers that are in the log."""

    people: tuple[tuple[str, str], ...]
    deeds: tuple[tuple[str, str], ...]
    registers: tuple[tuple[str, str], ...]


def log_page(session: Session, asked: LogFilter, limit: int = SHOWN) -> list[LogLine]:
    """The lines asked for, the newest first; raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    return [line_of(session, one) for one in session.file.accesses.find(_query(asked), limit)]


def count(session: Session, asked: LogFilter) -> int:
    """How many lines that are; raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    return session.file.accesses.count(_query(asked))


def choices(session: Session) -> LogChoices:
    """What the filters offer; raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    people, deeds, registers = session.file.accesses.kinds()
    titles = [(name, _title(session, name)) for name in registers if name]
    known = [(what, words) for what, words in access.WORDS.items() if what in deeds]
    return LogChoices(tuple(people), tuple(known), tuple(sorted(titles, key=lambda one: one[1])))


def line_of(session: Session, one: Access) -> LogLine:
    """An access in words: "In" and "Sổ người được quản lý"."""
    deed = access.WORDS.get(one.what, one.what)
    if one.register:
        return LogLine(one, deed, _title(session, one.register))
    about = one.record_id
    if one.what in _OF_A_LOGIN:
        login, _, more = about.partition(":")
        user = session.file.users.get(login)
        about = f"{user.name} ({login})" if user is not None else login
        about = f"{about}: {more}" if more else about
    return LogLine(one, deed, about)


def words_of(session: Session, one: Access) -> str:
    """What was done in one sentence: "In: Sổ người được quản lý, 12 bản ghi"."""
    line = line_of(session, one)
    if not one.register:
        counted = f" {one.records} lần" if one.what == access.FAILED else ""
        return f"{line.deed}{counted}" + (f": {line.about}" if line.about else "")
    return f"{line.deed}: {line.about}" + ("" if one.record_id else f", {one.records} bản ghi")


def log_document(session: Session, asked: LogFilter) -> Document:
    """The lines asked for on paper, the oldest first; raises TD-STORE-220."""
    from thidua_desktop.printing.blocks import Align, Column
    from thidua_desktop.printing.contents import RegisterContent
    from thidua_desktop.printing.official import register
    from thidua_desktop.services.letterhead import issuer
    from thidua_desktop.services.signers import OFFICE, signature, who_signs

    session.require(Permission.MANAGE)
    lines = log_page(session, asked, LARGEST_PAPER)[::-1]
    whole = count(session, asked)
    columns = (
        Column("TT", 0.5, Align.CENTER), Column(HEADS[0], 1.6), Column("Người", 1.8), Column("Máy", 0.6),
        Column("Việc", 1.7), Column(HEADS[5], 3.0), Column(HEADS[7], 0.8, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (str(place), one.cells[0], f"{one.access.actor} ({one.access.login})", one.cells[3], one.deed,
         _printed(one), one.cells[7])
        for place, one in enumerate(lines, start=1)
    )  # fmt: skip
    left_out = f"Chỉ in {format_number(len(lines))} dòng mới nhất." if whole > len(lines) else ""
    notes = (f"Tổng số: {format_number(whole)} dòng.", *((left_out,) if left_out else ()))
    content = RegisterContent(
        issuer=issuer(session), title=TITLE.upper(), columns=columns, rows=rows,
        subtitle=filter_words(session, asked), notes=notes, date=session.today,
        signer=signature(session, who_signs(session, OFFICE)),
    )  # fmt: skip
    return register(content)


def log_table(session: Session, asked: LogFilter) -> ScreenTable:
    """The lines asked for as a sheet, the oldest first; raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    rows = [line_of(session, one).cells for one in session.file.accesses.each(_query(asked))]
    return ScreenTable(TITLE, HEADS, rows, _NUMBERS)


def filter_words(session: Session, asked: LogFilter) -> str:
    """The filter in words; "" when nothing is left out."""
    parts = []
    if asked.start is not None and asked.end is not None:
        parts.append(f"Từ ngày {format_date(asked.start)} đến ngày {format_date(asked.end)}")
    if asked.login:
        parts.append(f"người: {asked.login}")
    if asked.what:
        parts.append(f"việc: {access.WORDS.get(asked.what, asked.what).lower()}")
    if asked.register:
        parts.append(_title(session, asked.register))
    return "; ".join(parts)


def log_lines(session: Session) -> Iterator[str]:
    """The whole log, a line each, cells with ";" between; the first line is the heading. Raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    return _lines(session)


def write_log(session: Session, path: Path) -> int:
    """The whole log as a table for the office's own supervision (.csv); how many lines. Raises TD-STORE-220."""
    session.require(Permission.MANAGE)
    lines = list(_lines(session))
    write_whole(path, ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8"))
    access.note_paper(session, access.EXPORT, TITLE)
    return len(lines) - 1


def _lines(session: Session) -> Iterator[str]:
    yield ";".join(HEADS)
    for one in session.file.accesses.each(AccessQuery()):
        yield ";".join(map(_cell, line_of(session, one).cells))


def _printed(line: LogLine) -> str:
    """The end of a record's id is enough beside its register to find it."""
    one = line.access
    return f"{line.about}, mã …{one.record_id[-8:]}" if one.register and one.record_id else line.about


def _query(asked: LogFilter) -> AccessQuery:
    until = asked.end + timedelta(days=1) if asked.end is not None else None
    return AccessQuery(asked.login, asked.what, asked.register, asked.start, until)


def _title(session: Session, register: str) -> str:
    spec = session.definitions.registers.get(register)
    return spec.title if spec else register


def _cell(text: str) -> str:
    """A text that neither breaks the table nor is taken for a formula."""
    plain = text.replace(";", ",").replace('"', "'")
    return f"'{plain}" if plain.startswith(FORMULA_SIGNS) else plain
