"""Words to find and kinds to choose over a table whose rows are all here: of 170 communes one sees three at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from thidua_desktop.text import fold_joined, format_number
from thidua_desktop.ui.components.chips import count_chip
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.tables import RecordTable
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look


class NarrowRow(WrapRow):
    """``changed`` after the words or the kind; ``kinds`` are names and icons, the first one leaves everything."""

    changed = Signal()

    def __init__(self, look: Look, hint: str, kinds: Sequence[tuple[str, str]]) -> None:
        super().__init__(look)
        self.names = tuple(name for name, _ in kinds)
        self.field = SearchField(look, hint, small=True)
        self.add(self.field)
        self.chips = [count_chip(look, name, icon, checked=not at) for at, (name, icon) in enumerate(kinds)]
        for chip in self.chips:
            self.add(chip)
            chip.clicked.connect(lambda _=False: self.changed.emit())
        self.field.textChanged.connect(lambda _text: self.changed.emit())

    def serve(self, table: RecordTable) -> None:
        """What is typed in the table goes into the field, Enter there leads back to the rows."""
        table.filter_by(self.field)

    def chosen(self) -> int:
        """The place of the kind that is chosen."""
        return next((at for at, chip in enumerate(self.chips) if chip.isChecked()), 0)

    def choose(self, at: int) -> None:
        """Another kind."""
        self.chips[at].click()

    def clear(self) -> None:
        """Everything is left again."""
        self.field.clear()
        self.choose(0)

    def set_counts(self, counts: Sequence[int]) -> None:
        """How many rows each kind leaves."""
        for chip, name, count in zip(self.chips, self.names, counts, strict=True):
            chip.set_value(f"{name} {format_number(count)}")

    def fits(self, said: str) -> bool:
        """Whether a row that says this has every word that was typed, without marks, wherever."""
        words = fold_joined(self.field.text()).split()
        return not words or all(word in fold_joined(said) for word in words)
