"""Beside the tree: where the sheet stands, and the chosen criterion with its incidents, points, reason, evidence."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QAbstractListModel, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListView, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.domain.assessments.incidents import Incident
from thidua_desktop.domain.assessments.scoring import MET
from thidua_desktop.domain.assessments.sets import CHECKLIST, MEASURES, POINTS
from thidua_desktop.text import format_date, format_number, parse_number
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.delegates import Index, RowDelegate
from thidua_desktop.ui.components.fields import ProblemLine
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.assessment.sheet import CriteriaSheet


class IncidentModel(QAbstractListModel):
    """The incidents that a criterion meets, the excused ones last."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.incidents: tuple[Incident, ...] = ()
        self.excused: frozenset[str] = frozenset()

    def show_incidents(self, broken: tuple[Incident, ...], excused: tuple[Incident, ...]) -> None:
        """Those of another criterion."""
        self.beginResetModel()
        self.incidents, self.excused = (*broken, *excused), frozenset(one.id for one in excused)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.incidents)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.incidents[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            spared = " (không tính)" if one.id in self.excused else ""
            return f"{format_date(one.day)} {one.title}{spared}"
        return None


class SidePane(QWidget):
    """``opened`` carries an incident's id; ``moved_on`` after points were taken; ``stage`` is set by the page."""

    opened = Signal(str)
    moved_on = Signal()

    def __init__(self, look: Look, sheet: CriteriaSheet) -> None:
        super().__init__()
        self.look, self.sheet = look, sheet
        self.stage = "self"
        self.place = -1
        self._build()
        self.incidents.activated.connect(self._open)
        self.points.returnPressed.connect(self.take_points)
        self.reason.editingFinished.connect(self.take_words)
        self.evidence.editingFinished.connect(self.take_words)

    def _build(self) -> None:
        look = self.look
        self.total = label("", TextRole.PAGE_TITLE, wrap=True)
        self.standing = StateLabel(look, State.MISSING, "")
        self.left = caption("", wrap=True)
        result = Card(look, "Kết quả")
        inner = QVBoxLayout()
        for part in (self.total, self.standing, self.left):
            inner.addWidget(part)
        result.add_padded(inner)
        self.criterion = label("", TextRole.STRONG, wrap=True)
        self.basis = caption("", wrap=True)
        self.books = label("", ink="text-2", wrap=True)
        self.points = _line("Điểm của tiêu chí đang chọn")
        self.problem = ProblemLine(look)
        self.reason = _line("Lý do chấm khác sổ")
        self.evidence = _line("Căn cứ")
        self.incidents = QListView()
        self.incidents.setAccessibleName("Vụ việc chạm tiêu chí")
        self.incidents.setMinimumHeight(look.px(34))
        self.incidents.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.incidents.setItemDelegate(RowDelegate(look, self.incidents))
        self.incident_model = IncidentModel(self)
        self.incidents.setModel(self.incident_model)
        self.points_label = caption("Điểm")
        self.reason_label = caption("Lý do chấm khác sổ")
        chosen = Card(look, "Tiêu chí đang chọn")
        body = QVBoxLayout()
        body.setSpacing(look.px(6))
        for widget in (self.criterion, self.basis, self.books, self.points_label, self.points, self.problem):
            body.addWidget(widget)
        body.addWidget(self.incidents, 1)
        for widget in (self.reason_label, self.reason, caption("Căn cứ"), self.evidence):
            body.addWidget(widget)
        body.addStretch(0)
        chosen.add_padded(body)
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 12)
        outer.addWidget(result)
        outer.addWidget(chosen, 1)

    def forget(self) -> None:
        """Another sheet comes: what is typed belongs to no line of it."""
        self.place = -1
        for field in (self.points, self.reason, self.evidence):
            field.setModified(False)

    def take_typed(self) -> bool:
        """What is typed and was not left with Enter or Tab yet goes to the line it was typed for; False for points that
        do not fit, which are told and stay."""
        if self.reason.isModified() or self.evidence.isModified():
            self.take_words()
        return not self.points.isModified() or self._take_points()

    def show_line(self, place: int) -> None:
        """Another criterion, or the same one told anew; the keys may still be in a field (F8, Ctrl+Enter)."""
        unfit = not self.take_typed() and place == self.place
        self.place = place
        row = self.sheet.rows[place] if 0 <= place < len(self.sheet.rows) else {}
        heading = not row or self.sheet.is_heading(place)
        known = self.sheet.spec.criterion(str(row.get("criterion") or "")) if self.sheet.spec else None
        self.criterion.setText(f"{row.get('criterion', '')}. {row.get('text', '')}" if row else "")
        self.basis.setText(known.basis if known else "")
        self.basis.setVisible(bool(known and known.basis))
        suggestion = self.sheet.suggestion(place) if row else None
        self.books.setText(suggestion.sentence if suggestion else "")
        self.books.setVisible(suggestion is not None)
        broken, excused = (suggestion.incidents, suggestion.excused) if suggestion else ((), ())
        self.incident_model.show_incidents(broken, excused)
        self.incidents.setVisible(bool(broken or excused))
        scored = not heading and self.sheet.method != CHECKLIST
        self.points.setVisible(scored)
        self.points_label.setVisible(scored)
        unit = known.unit if known and known.unit else "điểm"
        self.points_label.setText(f"Số đo, {unit}" if self.sheet.method == MEASURES else "Điểm")
        value = row.get(self.sheet.field_of(self.stage))
        if not unfit:
            self.points.setText(format_number(value) if isinstance(value, Decimal) else "")
            self.problem.set_problem("")
        for field, name in ((self.reason, "override_reason"), (self.evidence, "evidence")):
            field.setText(str(row.get(name) or ""))
            field.setEnabled(not heading)
        against = bool(broken) or row.get("books_met") is False
        self.reason.setVisible(against)
        self.reason_label.setVisible(against)

    def retell(self) -> None:
        """Total, band and what is still open."""
        outcome = self.sheet.outcome()
        if outcome is None:
            return
        spec, bands = self.sheet.spec, self.sheet.session.definitions.catalogs["assessment_band"]
        if self.sheet.method == POINTS and spec is not None:
            total = "chưa chấm" if outcome.total is None else format_number(outcome.total)
            self.total.setText(f"{total} / {format_number(spec.full_points)} điểm")
        else:
            done = len(spec.leaves) - len(outcome.unanswered) if spec else 0
            self.total.setText(f"{done}/{len(spec.leaves) if spec else 0} tiêu chí đã đánh giá")
        if outcome.result:
            words = bands.label(outcome.band) if outcome.band else "Đạt" if outcome.result == MET else "Chưa đạt"
            self.standing.set_state(State.OK if outcome.result == MET else State.BAD, words)
        else:
            self.standing.set_state(State.MISSING, f"Còn {len(outcome.unanswered)} tiêu chí chưa đánh giá")
        failed = [*outcome.unmet, *outcome.zeros]
        parts = [f"Chưa đạt: {', '.join(failed)}."] if failed else []
        if outcome.bonus or outcome.minus:
            parts.append(f"Thưởng {format_number(outcome.bonus)}, trừ {format_number(outcome.minus)}.")
        self.left.setText(" ".join(parts))

    def begin_points(self, typed: str) -> None:
        """A digit was typed in the tree: it goes into the field, which takes the focus."""
        self.points.setText(typed)
        self.points.setModified(True)
        self.points.setFocus(Qt.FocusReason.OtherFocusReason)
        self.points.end(False)

    def take_points(self) -> bool:
        """Enter: the points go into the sheet and the next line is chosen; False with a problem."""
        taken = self._take_points()
        if taken:
            self.moved_on.emit()
        return taken

    def _take_points(self) -> bool:
        if not 0 <= self.place < len(self.sheet.rows):
            return True
        typed = self.points.text().strip()
        number = parse_number(typed) if typed else None
        if typed and (number is None or number < 0):
            self.problem.set_problem("Gõ số, ví dụ 7,5.")
            return False
        row = self.sheet.rows[self.place]
        maximum = row.get("maximum")
        if number is not None and isinstance(maximum, Decimal) and number > maximum:
            self.problem.set_problem(f"Không quá điểm chuẩn {format_number(maximum)}.")
            return False
        exact = None if number is None else Decimal(number).quantize(Decimal("0.001" if self._measured else "0.01"))
        self.points.setModified(False)
        self.sheet.answer(self.place, self.stage, exact)
        return True

    @property
    def _measured(self) -> bool:
        return self.sheet.method == MEASURES

    def take_words(self) -> None:
        """The reason and the evidence go into the sheet."""
        for field, name in ((self.reason, "override_reason"), (self.evidence, "evidence")):
            field.setModified(False)
            self._take(name, field.text())

    def _take(self, name: str, text: str) -> None:
        at = self.place
        if 0 <= at < len(self.sheet.rows) and str(self.sheet.rows[at].get(name) or "") != text.strip():
            self.sheet.change(at, name, text.strip())

    def _open(self, index: Index) -> None:
        self.opened.emit(self.incident_model.incidents[index.row()].id)


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(300)
    return made
