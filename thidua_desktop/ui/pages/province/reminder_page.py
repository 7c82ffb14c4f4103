"""Letters that remind late communes, looked at before they are numbered and printed."""

from __future__ import annotations

from thidua_desktop.services.board import Board
from thidua_desktop.services.report_checks import reminders
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, file_of
from thidua_desktop.ui.shell.page import Navigate


def reminder_page(
    session: Session, look: Look, navigate: Navigate, found: Board, offices: tuple[str, ...]
) -> MadePaperPage:
    """The letters to ``offices``, or to every late commune of the board; raises TD-SYNC-138 when nobody is late."""
    wanted = reminders.reminders(session, found, offices)

    def number() -> str:
        wanted[:] = reminders.take_numbers(session, wanted, ask_first=True)
        numbers = [one.taken.text for one in wanted if one.taken is not None]
        return f"Đã lấy số {numbers[0]}{f' đến {numbers[-1]}' if len(numbers) > 1 else ''}"

    name = wanted[0].name if len(wanted) == 1 else f"{len(wanted)} đơn vị"
    return MadePaperPage(
        session,
        look,
        navigate,
        f"Công văn đôn đốc, {name}",
        "Bảng theo dõi",
        file_of(lambda reading: reminders.reminders_document(reading, wanted)),
        number=number,
    )
