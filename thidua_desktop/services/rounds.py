"""Records that the same thing is owed for, done one after the other without going back to a list between them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from thidua_desktop.formdef.model import Scalar


@dataclass(frozen=True, slots=True)
class Round:
    """``field`` of each of ``records`` is to be filled; of child rows (``adds_row``) by one more row."""

    heading: str  # what is owed: "Nhận xét tháng 11"
    register: str
    field: str
    records: tuple[str, ...]
    adds_row: bool = False
    row: tuple[tuple[str, Scalar], ...] = ()  # what the row is about, in place of what it would begin with
    at: int = 0

    @property
    def record_id(self) -> str:
        """The record whose turn it is."""
        return self.records[self.at]

    @property
    def left(self) -> int:
        """How many come after it."""
        return len(self.records) - self.at - 1

    def next(self) -> Round | None:
        """With the turn at the following record; None after the last."""
        return replace(self, at=self.at + 1) if self.left else None
