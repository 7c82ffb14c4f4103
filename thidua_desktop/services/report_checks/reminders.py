"""Letters that remind communes of reports which are due and not here: one for each commune, by Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from thidua_desktop.domain.paper_types import LETTER
from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.services import paper_numbers
from thidua_desktop.services.board import Board, Receipt, board
from thidua_desktop.services.letterhead import issuer
from thidua_desktop.services.paper_numbers import Taken
from thidua_desktop.services.reports.names import office_names
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.signers import OFFICE, drafting_unit, signature, who_signs
from thidua_desktop.text import decree_date, format_date, lower_first

if TYPE_CHECKING:
    from thidua_desktop.printing.blocks import Document

TITLE = "Công văn đôn đốc báo cáo"


@dataclass(frozen=True, slots=True)
class LateReport:
    """A report that is due and not here; ``days`` late today."""

    title: str
    period: Period
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """Everything that one commune is reminded of. ``taken``: the letter's number, once it has one."""

    office: str
    name: str
    report: str
    late: tuple[LateReport, ...]
    taken: Taken | None = None


def reminders(session: Session, found: Board, offices: Sequence[str] = ()) -> list[Reminder]:
    """The communes with overdue reports on the board, those of ``offices`` alone where given.

    Raises TD-SYNC-138 when none of them has any.
    """
    made = []
    for row in found.rows:
        if offices and row.office not in offices:
            continue
        late = tuple(
            LateReport(found.title, column.period, column.due, cell.days)
            for column, cell in zip(found.periods, row.cells, strict=True)
            if cell.receipt is Receipt.OVERDUE
        )
        if late:
            taken = paper_numbers.kept(session, _key(session, found.report, row.office, late))
            made.append(Reminder(row.office, row.name, found.report, late, taken))
    if not made:
        why = "các kỳ đã quá hạn đều có báo cáo" if found.rows else "chưa nhận thẻ của xã nào"
        periods = ", ".join(one.period.name for one in found.periods)
        raise UserError("TD-SYNC-138", report=found.title, period=periods, why=why)
    return made


def reminders_of(session: Session, report: str, kind: str = "month", offices: Sequence[str] = ()) -> list[Reminder]:
    """The same from the board of a report as it stands now; raises TD-CLI-003, TD-TIME-004, TD-SYNC-138."""
    return reminders(session, board(session, report, kind), offices)


def take_numbers(session: Session, wanted: Sequence[Reminder], *, ask_first: bool = False) -> list[Reminder]:
    """Give each letter its number in the register of issued papers, in one transaction; one that has one keeps it.

    Raises TD-STORE-220, TD-PRINT-045, with ``ask_first`` FirstNumberError.
    """
    from dataclasses import replace

    session.require(Permission.PRINT)
    numbered = []
    with session.file.atomic():
        for one in wanted:
            facts = paper_numbers.facts_of(session, letter_document(session, one), f"{TITLE}, {one.name}")
            key = _key(session, one.report, one.office, one.late)
            taken = paper_numbers.take(session, key, facts, ask_first=ask_first)
            numbered.append(replace(one, taken=taken))
    return numbered


def reminders_document(session: Session, wanted: Sequence[Reminder]) -> Document:
    """The letters as blocks, one after the other."""
    from dataclasses import replace

    from thidua_desktop.printing.blocks import Block, PageBreak

    papers = [letter_document(session, one) for one in wanted]
    blocks: list[Block] = list(papers[0].blocks)
    for paper in papers[1:]:
        blocks += [PageBreak(paper.orientation, restart=True), *paper.blocks]
    return replace(papers[0], blocks=tuple(blocks))


def letter_document(session: Session, reminder: Reminder) -> Document:
    """One letter (sample 1.5 of Decree 30): which reports, when they were due, how late they are."""
    from dataclasses import replace

    from thidua_desktop.printing.blocks import Align, Column, Table
    from thidua_desktop.printing.letters import LetterContent, letter

    head = issuer(session)
    name = lower_first(reminder.name)
    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Báo cáo", 3.0), Column("Kỳ", 1.6),
        Column("Hạn nộp", 1.2, Align.CENTER), Column("Số ngày trễ", 1.0, Align.CENTER),
    )  # fmt: skip
    rows = tuple(
        (str(place), one.title, one.period.name, format_date(one.due), str(one.days))
        for place, one in enumerate(reminder.late, start=1)
    )
    committee = office_names(session)["committee"]
    taken = reminder.taken
    return letter(
        LetterContent(
            issuer=replace(head, code=f"{head.code}-{drafting_unit(session)}"),
            type_name=LETTER, type_code="", subject=f"đôn đốc gửi báo cáo của {name}",
            signer=signature(session, who_signs(session, OFFICE, LETTER)), issuer_name=committee,
            to=(f"Ủy ban nhân dân {name}",),
            opening=(
                f"Qua theo dõi tính đến {decree_date(session.today)}, {committee} chưa nhận được "
                f"{len(reminder.late):02d} báo cáo đã quá hạn của Ủy ban nhân dân {name}:",
            ),
            tables=(Table(columns, rows),),
            closing=(
                f"Đề nghị Ủy ban nhân dân {name} chốt và gửi ngay các báo cáo trên, nêu lý do chậm; báo cáo đã gửi mà "
                "chưa tới thì lập lại gói số liệu và gửi lại.",
            ),
            recipients=("Như trên", "Lưu: VT"),
            number=str(taken.number) if taken else None, date=taken.day if taken else None,
        )
    )  # fmt: skip


def _key(session: Session, report: str, office: str, late: Sequence[LateReport]) -> str:
    """The same letter of the same day keeps its number; another day's reminder is another letter."""
    return f"reminder.{report}.{office}.{'.'.join(one.period.code for one in late)}.{session.today:%Y%m%d}"
