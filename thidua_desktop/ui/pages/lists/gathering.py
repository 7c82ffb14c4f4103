"""At the province: chosen proposals of communes come into one of its own rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thidua_desktop.errors import UserError
from thidua_desktop.services.awards import own_rounds
from thidua_desktop.services.awards.own_rounds import Gathered
from thidua_desktop.text import format_number
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.show_error import show_error

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.page import ListPage

_NAMED = 3
NO_ROUND = "Tỉnh chưa có đợt xét nào chưa quyết định: ghi đợt xét trước (Ctrl+K, gõ “ghi đợt xét”)."


def gather_into_round(page: ListPage, ids: Sequence[str]) -> None:
    """Asks which round where there are several, and puts the proposals into it."""
    if not ids or not page.may_record():
        return
    rounds = own_rounds.open_rounds(page.session)
    if not rounds:
        page.navigate.show_message(NO_ROUND, "triangle-alert", "warn")
        return
    title = f"Đưa {format_number(len(ids))} đề nghị vào đợt xét của tỉnh"
    dialog = PickDialog(page.look, title, rounds, (rounds[0][0],), page, single=True)
    if not dialog.ask() or not dialog.chosen():
        return
    (round_id,) = dialog.chosen()
    page.work(
        "Đang đưa vào đợt xét",
        lambda working, _tell: own_rounds.gather(working, ids, round_id),
        lambda done: _told(page, done),
    )


def _told(page: ListPage, done: Gathered) -> None:
    page.session.announce(done.changes)  # nobody hears what is written on another thread
    words = f"Đã đưa {format_number(done.count)} đề nghị vào đợt xét; kết quả ghi ở đó về xã theo biên nhận."
    page.navigate.show_message(f"{words} Ctrl+Z để hoàn tác.")
    if done.left_out:
        named = "; ".join(f"{title}: {why}" for title, why in done.left_out[:_NAMED])
        show_error(page.look, UserError("TD-STORE-353", count=len(done.left_out), examples=named), page)
