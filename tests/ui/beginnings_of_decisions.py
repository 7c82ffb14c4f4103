"""How two records are made one, conflicts decided and codes on paper read, for the table of long operations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.ui.beginnings import MONTHLY, REGISTER, Act, Place
from tests.ui.working import all_done
from thidua_desktop.services import records


def merged(place: Place) -> Act:
    """A person that was written twice."""
    from thidua_desktop.ui.pages.people.duplicates_page import DuplicatesPage

    for _ in range(2):
        values = {"name": "Đỗ Thị Hòa", "sex": "female", "birth_year": 1984}
        assert isinstance(records.save(place.session, "person", values, reasons={"*": "thử"}), records.Saved)
    page: Any = place.alone(DuplicatesPage(place.session, place.look, place.desk.maker.navigate))
    all_done()
    return page.merge  # type: ignore[no-any-return]


def decided(place: Place) -> Act:
    """A conflict that another window has decided meanwhile."""
    from thidua_desktop.services.handoff.conflicts import Conflict
    from thidua_desktop.ui.pages.handoff.conflicts_page import ConflictsPage

    page: Any = place.alone(ConflictsPage(place.session, place.look, place.desk.maker.navigate))

    def act() -> None:
        page._show_found([Conflict(REGISTER, "Sổ", "0", "Tuần tra", ())])
        page.reason.setText("hỏi trưởng thôn")
        page.decide()

    return act


def paper_codes(act: str) -> Callable[[Place], Act]:
    """A report that came on paper: ``read`` from a picture, ``take`` what was typed, ``keep``."""

    def ready(place: Place) -> Act:
        from thidua_desktop.services.handoff.paper_figures import PaperScan, ScannedReport
        from thidua_desktop.sync.paper_codes import CodePart, PaperFigures

        view = place.room("inbox").paper
        paper = PaperFigures("22319", "0123", MONTHLY, "2026-10", "2026-10-01", "2026-10-31", 1, 0, ())

        def take() -> None:
            view.scan = PaperScan({1: CodePart("1", 1, 1, b"")})
            view._take([])

        def keep() -> None:
            view.scanned = ScannedReport(paper, "Xã", "Báo cáo", "Tháng 10", "", (), False)
            view.keep()

        acts: dict[str, Act] = {"read": partial(view.read_pictures, [place.folder / "mã.pdf"]), "take": take}
        return acts.get(act, keep)

    return ready
