"""Values that the official layouts take: plain dataclasses, filled by services, without a trace of tables or forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from thidua_desktop.printing.blocks import (
    Block,
    Column,
    Field,
    HeadCell,
    Orientation,
    SignatureBlock,
    TableRow,
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The office whose paper it is: header lines, place name before the date, code for the symbol (``UBND``)."""

    issuer_lines: tuple[str, ...]
    place: str
    code: str = "UBND"
    parent_line: str | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: title, blocks, direction; ``word``: whether "Phụ lục" stands over its title."""

    title: str
    body: tuple[Block, ...]
    orientation: Orientation = Orientation.PORTRAIT
    word: bool = True


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A paper with a named type, sample layout 1.4 of Decree 30 (report, plan, proposal, notice …).

    ``type_name`` and ``type_code`` go together: ``BÁO CÁO`` / ``BC``, ``KẾ HOẠCH`` / ``KH``, ``TỜ TRÌNH`` / ``TTr``.
    ``number=None`` and ``date=None`` leave blanks. ``recipients`` are the lines of ``Nơi nhận``.
    """

    issuer: Issuer
    subject: str
    body: tuple[Block, ...]
    signer: SignatureBlock
    recipients: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    number: str | None = None
    date: date | None = None
    type_name: str = "BÁO CÁO"
    type_code: str = "BC"
    annexes: tuple[Annex, ...] = ()
    attached_to: str = ""
    foot_note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A name with the position that the paper gives beside it."""

    name: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class HandVote:
    """A vote by raised hands, counted in household representatives."""

    agree: int
    disagree: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class BallotVote:
    """A secret ballot: papers issued, returned, valid, invalid; the votes are counted on the valid ones."""

    issued: int
    returned: int
    valid: int
    invalid: int
    agree: int
    disagree: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One matter of a meeting. ``needed`` is the number of households that carries it, None where no vote is due;
    with it and without ``vote`` the minutes say that no vote was held.

    ``passed`` is the recorded outcome; None compares the votes with ``needed``.
    """

    title: str
    discussion: str = ""
    vote: HandVote | BallotVote | None = None
    needed: int | None = None
    conclusion: str = ""
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class MinutesContent:
    """Minutes of a residential area's meeting, form 03 of Decree 59/2023/NĐ-CP.

    ``commune_line`` (``UBND XÃ PHÚ HÒA``) and ``area_line`` (``THÔN TÂN LẬP``) are the header; the paper has no number.
    ``area_name`` is the area in running text (``thôn Tân Lập``); ``subject`` is the matter without "Về việc".
    Percentages are computed here, on all households and on those present. ``tasks`` are finished
    sentences (what, who, until when); ``women_present`` is printed where it was counted. What is not known (an hour, a
    name, who came) is left open on the paper, never printed as midnight or none.
    """

    commune_line: str
    area_line: str
    area_name: str
    place_name: str
    subject: str
    opened: datetime
    venue: str
    chair: Person
    secretary: Person
    households_total: int
    households_present: int | None
    items: tuple[AgendaItem, ...]
    absent_reason: str = ""
    guests: tuple[Person, ...] = ()
    closed: datetime | None = None
    head_position: str = "TRƯỞNG THÔN"
    head_name: str = ""
    front_name: str = ""
    household_representatives: tuple[str, ...] = ()
    kind: str = "BIÊN BẢN"
    women_present: int | None = None
    tasks: tuple[str, ...] = ()
    hour_known: bool = True
    closing: str = "Biên bản được đọc lại cho những người dự họp cùng nghe, thống nhất ký tên."


MINUTES_LINES = ("started", "venue", "attendants", "chair", "secretary")
"""What minutes of an office begin with, each a line (or several) of its own."""


@dataclass(frozen=True, slots=True)
class OfficialMinutesContent:
    """Minutes of an office's meeting, sample layout 1.9 of Decree 30: numbered, without a place-date line.

    ``opened`` and ``closed`` are moments, or finished words; empty words leave the place open. ``lines`` are those of
    ``MINUTES_LINES`` that are printed; ``before`` stands above them, ``closing`` instead of the hour of the end.
    ``type_code`` "" leaves the number out. ``signers`` are the words over the signatures, left and right.
    """

    issuer: Issuer
    subject: str
    opened: datetime | str
    venue: str
    attendants: tuple[Person, ...]
    chair: Person
    secretary: Person
    body: tuple[Block, ...]
    closed: datetime | str | None = None
    number: str | None = None
    recipients: tuple[str, ...] = ("Như thành phần tham dự", "Lưu: VT, Hồ sơ")
    type_name: str = "BIÊN BẢN"
    type_code: str = "BB"
    before: tuple[Block, ...] = ()
    lines: tuple[str, ...] = MINUTES_LINES
    closing: str = ""
    signers: tuple[str, str] = ("THƯ KÝ", "CHỦ TỌA")


@dataclass(frozen=True, slots=True)
class RegisterContent:
    """A printed register or list: columns and finished cells, with the period or filter in ``subtitle``.

    ``fits``: columns by what stands in them, and smaller letters where they are many (``blocks.Table``). ``foot_note``
    stands on every page; ``annexes`` after the signature.
    """

    issuer: Issuer
    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    subtitle: str = ""
    head_rows: tuple[tuple[HeadCell, ...], ...] = ()
    totals: tuple[TableRow, ...] = ()
    notes: tuple[str, ...] = ()
    orientation: Orientation = Orientation.LANDSCAPE
    date: date | None = None
    left_signer: SignatureBlock | None = None
    signer: SignatureBlock | None = None
    size: float = 11.0
    fits: bool = False
    foot_note: str = ""
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A plain sheet of the program (recovery sheet, handover slip, fingerprint): fields, code, table, signers.

    ``code`` is printed large, in groups, to be copied by hand; ``paragraphs`` stand before it, ``closing`` at the end.
    """

    issuer: Issuer
    title: str
    subtitle: str = ""
    fields: tuple[Field, ...] = ()
    paragraphs: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    code_caption: str = ""
    qr_payloads: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[TableRow, ...] = ()
    totals: tuple[TableRow, ...] = ()
    closing: tuple[str, ...] = ()
    date: date | None = None
    signers: tuple[SignatureBlock, ...] = field(default_factory=tuple)
