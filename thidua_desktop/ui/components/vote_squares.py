"""The row of squares that is the village: yes, no, other, present and silent, absent, with the mark that is needed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from thidua_desktop.ui.look.theme import Look


@dataclass(frozen=True, slots=True)
class VoteShares:
    """Numbers of households; ``needed`` is the number of yes that decides, 0 for none."""

    total: int
    yes: int = 0
    no: int = 0
    other: int = 0
    silent: int = 0
    needed: int = 0

    def kinds(self) -> list[str]:
        """One kind per household, in the order drawn; never more than ``total``."""
        counted = ["yes"] * self.yes + ["no"] * self.no + ["other"] * self.other + ["silent"] * self.silent
        return (counted + ["absent"] * self.total)[: self.total]

    def spoken(self) -> str:
        """The row in words."""
        need = f", cần {self.needed} trong {self.total} hộ" if self.needed else f" trong {self.total} hộ"
        rest = f"{self.other} ý kiến khác, {self.silent} chưa biểu quyết"
        return f"{self.yes} tán thành, {self.no} không tán thành, {rest}{need}"


def draw_square(painter: QPainter, look: Look, rect: QRect, kind: str) -> None:
    """One household's square; the legend uses the same drawing."""
    painter.fillRect(rect, look.color({"yes": "accent-ink", "no": "text-2"}.get(kind, "surface")))
    if kind == "absent":
        painter.fillRect(rect, look.color("raised"))
        if look.high_contrast:
            painter.setPen(look.color("muted"))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    elif kind in ("silent", "other"):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.color("accent-ink" if kind == "silent" else "text-2"))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    if kind == "other":
        painter.save()
        painter.setClipRect(rect)
        for offset in range(0, rect.width() + rect.height(), 4):
            painter.drawLine(rect.left() + offset - rect.height(), rect.bottom(), rect.left() + offset, rect.top())
        painter.restore()


_NARROWEST = 6  # px of a household, the gap counted in: of narrower ones the edges would fill what is left white


class VoteSquares(QWidget):
    """All households in one row, whole pixels; where there are too many for squares, one block for each kind."""

    def __init__(self, look: Look, shares: VoteShares) -> None:
        super().__init__()
        self._look = look
        self._shares = shares
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_shares(shares)

    def set_shares(self, shares: VoteShares) -> None:
        """Changes the counts."""
        self._shares = shares
        self.setAccessibleDescription(shares.spoken())
        self.setToolTip(shares.spoken())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(528), self._look.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        shares, look = self._shares, self._look
        if shares.total <= 0:
            return
        painter = QPainter(self)
        tall = look.px(18)
        top = (self.height() - tall) // 2
        step = self.width() / shares.total
        single, done = step >= _NARROWEST, 0
        for kind, alike in groupby(shares.kinds()):
            number = len(list(alike))
            for many in [1] * number if single else [number]:
                left, right = round(done * step), round((done + many) * step)
                draw_square(painter, look, QRect(left, top, max(1, right - left - 2 * single), tall), kind)
                done += many
        if shares.needed:
            at = min(self.width() - 3, max(1, round(shares.needed * step) - 2))
            reach = look.px(6)
            painter.fillRect(QRect(at - 1, top - reach, 4, tall + 2 * reach), look.color("surface"))
            painter.fillRect(QRect(at, top - reach, 2, tall + 2 * reach), look.color("text"))
        painter.end()


class VoteLegend(QWidget):
    """The small square before a counter's caption."""

    def __init__(self, look: Look, kind: str) -> None:
        super().__init__()
        self._look, self._kind = look, kind
        look.follow(self, lambda: self.setFixedSize(look.px(10), look.px(12)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_square(painter, self._look, self.rect(), self._kind)
        painter.end()
