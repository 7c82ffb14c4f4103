"""Before the first number of a series: what has the paper book used? Asked once a year for each series."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QInputDialog, QWidget

from thidua_desktop.services import paper_numbers
from thidua_desktop.services.paper_numbers import FirstNumberError
from thidua_desktop.services.session import Session

_MOST = 99_999

Given = TypeVar("Given")


def asking_first(parent: QWidget, session: Session, take: Callable[[], Given]) -> Given | None:
    """What ``take`` gives once every series it begins is known; None when the person would rather not say.

    Raises what ``take`` and ``set_before`` raise.
    """
    while True:
        try:
            return take()
        except FirstNumberError as error:
            label = (
                f"Dãy {error.series} năm {error.year} lần đầu lấy số ở đây.\n"
                "Số cuối cùng sổ giấy đã cấp (chưa cấp số nào thì để 0):"
            )
            last, given = QInputDialog.getInt(parent, "Số cuối của sổ giấy", label, 0, 0, _MOST)
            if not given:
                return None
            paper_numbers.set_before(session, error.series, error.year, last)
