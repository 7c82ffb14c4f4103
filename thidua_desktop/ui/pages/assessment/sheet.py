"""The sheet as it stands on the page: one place for its values; the table and the pane show it and change it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from thidua_desktop.domain.assessments.scoring import Answer, Outcome, heading_sums
from thidua_desktop.domain.assessments.sets import CHECKLIST, MEASURES, POINTS, AssessmentSpec
from thidua_desktop.domain.rules.assessments import STAGES, answer_of
from thidua_desktop.formdef.model import Row, Scalar, Value, Values
from thidua_desktop.services.assessments import sheets
from thidua_desktop.services.assessments.sheets import Books, Suggestion
from thidua_desktop.services.session import Session


class CriteriaSheet(QObject):
    """Values of one assessment. ``changed`` after every change by the person."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.values: dict[str, Value] = {}
        self.spec: AssessmentSpec | None = None
        self.books: Books | None = None

    def load(self, values: Values) -> None:
        """Shows a sheet, with the incidents of the log as they stand now; emits nothing."""
        self.spec = self.session.definitions.assessments.get(str(values.get("criteria_set") or ""))
        self.values = dict(values)
        self.read_books()

    def read_books(self) -> None:
        """Reads the log and the office's books again: facts may have changed with the fields of the dossier."""
        self.books = sheets.books_of(self.session, self.values)
        self.values = dict(sheets.with_incidents(self.session, self.values, self.books))

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines in their order."""
        found = self.values.get("criteria")
        return tuple(row for row in found if isinstance(row, Mapping)) if isinstance(found, tuple) else ()

    @property
    def method(self) -> str:
        """How the set is answered."""
        return self.spec.method if self.spec else CHECKLIST

    def is_heading(self, place: int) -> bool:
        """Whether a line only gathers those below it."""
        return self.spec is not None and bool(self.spec.children(str(self.rows[place].get("criterion") or "")))

    def suggestion(self, place: int) -> Suggestion | None:
        """What the books say of a line."""
        return sheets.suggest(self.books, self.rows[place]) if self.books else None

    def field_of(self, stage: str) -> str:
        """The field of a row that a stage answers in."""
        if self.method == MEASURES:
            return "value"
        return f"{stage}_points" if self.method == POINTS else f"{stage}_met"

    def answer(self, place: int, stage: str, value: bool | Decimal | None) -> None:
        """One answer; None takes it away. Headings are not answered."""
        if not self.is_heading(place):
            self.change(place, self.field_of(stage), value)

    def change(self, place: int, name: str, value: Scalar) -> None:
        """One cell of a line; None or "" empties it."""
        rows = [dict(row) for row in self.rows]
        if value is None or value == "":
            rows[place].pop(name, None)
        else:
            rows[place][name] = value
        self.values["criteria"] = tuple(rows)
        self.changed.emit()

    def set_fields(self, values: Mapping[str, Value]) -> None:
        """Fields of the dossier."""
        self.values |= values
        self.read_books()
        self.changed.emit()

    def sums(self, stage: str) -> Mapping[str, Decimal | None]:
        """Points of the headings at one stage."""
        if self.spec is None or self.method != POINTS:
            return {}
        answers: list[Answer] = [a for row in self.rows if (a := answer_of(self.spec, row, stage))]
        return heading_sums(self.spec, answers)

    def outcome(self, stage: str = "") -> Outcome | None:
        """Where the sheet stands: at one stage, or as it is decided."""
        found = sheets.outcome(self.session, self.values)
        if found is None:
            return None
        return found.stages[stage] if stage in STAGES else found.deciding

    def for_saving(self) -> dict[str, Value]:
        """The values without empty ones, headings with their sums."""
        kept: dict[str, Value] = {name: value for name, value in self.values.items() if value is not None}
        if self.spec is not None:
            kept["criteria"] = sheets.with_heading_sums(self.spec, self.rows)
        return kept
