"""The pane beside the list: the record in words, its history, the papers printed from it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.reasons import told_reason
from thidua_desktop.formdef.model import RegisterSpec
from thidua_desktop.services import records
from thidua_desktop.services.documents.printing import documents_of, waits_for
from thidua_desktop.services.handoff import receipts
from thidua_desktop.services.records import Record
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.buttons import Button, bordered, danger
from thidua_desktop.ui.components.detail_pane import DetailPane, Figure, HistoryView
from thidua_desktop.ui.components.fields import ASKED_REASON, ProblemLine
from thidua_desktop.ui.components.labels import caption, hairline_widget, label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.lists.attachments_tab import AttachmentsTab
from thidua_desktop.ui.pages.lists.award_box import AwardBox
from thidua_desktop.ui.pages.lists.list_columns import is_state, states_of
from thidua_desktop.ui.pages.lists.record_content import (
    NUMBERS,
    RecordContent,
    history_entries,
    shown,
    title_without_day,
)
from thidua_desktop.ui.pages.lists.related_view import RelatedView
from thidua_desktop.ui.pages.lists.return_box import ReturnBox


class RecordPane(DetailPane):
    """Signals name what was asked for; the page does it. ``delete_asked`` carries the reason."""

    open_asked = Signal()
    told = Signal(str)
    copy_asked = Signal()
    gather_asked = Signal()
    print_asked = Signal(str)
    delete_asked = Signal(str)
    undo_asked = Signal()

    def __init__(self, look: Look, session: Session, spec: RegisterSpec) -> None:
        super().__init__(look)
        self._session, self._spec = session, spec
        self.record: Record | None = None
        self._content = RecordContent(look, session)
        self.history = HistoryView(look)
        self.history.undo_requested.connect(self.undo_asked)
        self.paper_buttons: dict[str, Button] = {}
        self._papers = QWidget()
        self._paper_lines = QVBoxLayout(self._papers)
        look.margins(self._paper_lines, 16, 10, 16, 12, 8)
        self.related = RelatedView(look, session)
        self.add_tab("Nội dung", self._with_relations())
        self.add_tab("Lịch sử", self.history)
        self._fill_papers()
        self._add_attachments()
        self._make_delete_box()
        self.award_box = AwardBox(look, session)
        self.award_box.told.connect(self.told)
        self.award_box.gather_asked.connect(self.gather_asked)
        self.body.addWidget(self.award_box)
        self.return_box = ReturnBox(look, session, spec)
        self.body.addWidget(self.return_box)
        self._make_actions()

    def _add_attachments(self) -> None:
        place = self._files_tab = self.tabs.count()
        self.attachments = AttachmentsTab(
            self._look, self._session, self, lambda name: self.tabs.setTabText(place, name)
        )  # fmt: skip
        self.attachments.view.told.connect(self.told)
        self.attachments.view.refusal_told.connect(self.show_files)
        self.add_tab("Tệp", self.attachments)
        self.tabs.setTabToolTip(place, "Tệp đính kèm: ảnh, bản quét, PDF, Word, Excel")

    def _with_relations(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._why, self._why_place = label("", ink="accent-ink", wrap=True), QWidget()
        around = QVBoxLayout(self._why_place)
        self._look.margins(around, 16, 10, 16, 0, 0)
        around.addWidget(self._why)
        column.addWidget(self._why_place)
        column.addWidget(self._content)
        column.addWidget(self.related)
        column.addStretch(1)
        return page

    def _make_actions(self) -> None:
        self.open_button = bordered(self._look, "Mở", "pencil")
        self.copy_button = bordered(self._look, "Chép", "copy")
        self.delete_button = danger(self._look, "Xóa")
        self.open_button.clicked.connect(self.open_asked)
        self.copy_button.clicked.connect(self.copy_asked)
        self.delete_button.clicked.connect(self.ask_reason)
        buttons = [self.open_button]
        if self.paper_buttons:
            self.print_button = bordered(self._look, "In…", "printer")
            self.print_button.clicked.connect(lambda: self.print_asked.emit(next(iter(self._papers_here()), "")))
            buttons.append(self.print_button)
        self.add_actions(*buttons, self.copy_button, self.delete_button)
        if not self._session.may(Permission.RECORD):
            for button in (self.copy_button, self.delete_button):
                button.set_reason("Quyền của bạn chỉ xem sổ")

    def _make_delete_box(self) -> None:
        self.delete_box = QWidget()
        column = QVBoxLayout(self.delete_box)
        self._look.margins(column, 16, 10, 16, 10, 8)
        self._delete_words = label("", wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Lý do xóa, một dòng")
        self.reason.setAccessibleName("Lý do xóa")
        row = QHBoxLayout()
        self.confirm_button = danger(self._look, "Xóa", "trash-2")
        self._never_mind = bordered(self._look, "Thôi")
        row.addWidget(self.confirm_button)
        row.addWidget(self._never_mind)
        row.addStretch(1)
        column.addWidget(self._delete_words)
        column.addWidget(self.reason)
        self._says_nothing = ProblemLine(self._look)
        column.addWidget(self._says_nothing)
        column.addLayout(row)
        self.confirm_button.clicked.connect(self._confirm)
        self.reason.returnPressed.connect(self._confirm)
        self.reason.textChanged.connect(lambda: self._says_nothing.set_problem(""))
        self._never_mind.clicked.connect(self.close_delete_box)
        self._delete_line = hairline_widget()
        self.body.addWidget(self._delete_line)
        self.body.addWidget(self.delete_box)
        self.close_delete_box()

    # Showing

    def show_record(self, record: Record, why: str = "") -> None:
        """Shows a record; the tab stays. ``why`` it is listed, where its row does not show that."""
        self.close_delete_box()
        self.record = record
        self.set_head(
            self._title_of(record),
            self._when_and_where(record),
            self._tag(record),
            self._figures_of(record),
        )
        more = [] if self._session.is_province else [self._standing_line(record)]
        self._content.show_record(record, *more)
        self._why.setText(why)
        set_shown(self._why_place, bool(why))
        self._fill_history(record)
        self._offer_papers()
        self.attachments.show_record(record)
        self.award_box.show_record(record)
        self.return_box.show_record(record)
        self._bar_foreign(record)
        self.related.show_record(record)

    def _bar_foreign(self, record: Record) -> None:
        """A record of another office is looked at here, and changed only there."""
        if not self._session.may(Permission.RECORD):
            return
        owner = records.owner_of(self._session, record)
        self.delete_button.set_reason(f"Bản ghi của {owner}, chỉ nơi đó xóa được" if owner else "")

    def close_delete_box(self) -> None:
        """Puts the question about deleting away."""
        self.delete_box.hide()
        self._delete_line.hide()
        self.reason.clear()

    def show_files(self) -> None:
        """Goes to the files of the record."""
        self.tabs.setCurrentIndex(self._files_tab)

    def next_tab(self) -> None:
        """Ctrl+Tab."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _title_of(self, record: Record) -> str:
        """The record's title without its day, which stands in the caption."""
        return title_without_day(self._session, self._spec, record)

    def _when_and_where(self, record: Record) -> str:
        names = [self._spec.date_field, "starts_at", "ends_at", self._spec.area_field, "place"]
        known = {field.name for field in self._spec.living_fields}
        day, start, end, area, place = (
            self._shown(record, name) if name in known else "" for name in names
        )  # fmt: skip
        hours = f"{start} – {end}" if start and end else start
        first = f"{day} {hours}".strip() if not hours else f"{day}, {hours}".strip(", ")
        title = self._title_of(record)
        where = dict.fromkeys((area if area not in title else "", place))  # the same place is said once
        return ", ".join(part for part in (first, *where) if part)

    def _tag(self, record: Record) -> Tag | None:
        field = next((f for f in self._spec.living_fields if is_state(f) and record.values.get(f.name)), None)
        if field is None:
            return None
        words = self._shown(record, field.name)
        shown = states_of(self._session, field).get(words)
        return Tag(self._look, shown.state, shown.text) if shown else None

    def _figures_of(self, record: Record) -> list[Figure]:
        fields = [f for f in self._spec.living_fields if f.total and f.type in NUMBERS]
        filled = [f for f in fields if record.values.get(f.name) is not None and self._session.sees(f)]
        figures = [Figure(f.label, self._shown(record, f.name), f" {f.unit}".rstrip()) for f in filled[:3]]
        while len(figures) > 1 and sum(map(self._figure_width, figures)) > self.width() - self._look.px(34):
            figures.pop()
        return figures

    def _figure_width(self, figure: Figure) -> int:
        look = self._look
        number = look.text_width(figure.number, TextRole.RECORD_TITLE) + look.text_width(figure.rest)
        return max(look.text_width(figure.name, TextRole.CAPTION), number) + look.px(12)

    def _shown(self, record: Record, name: str) -> str:
        return shown(self._session, record, name)

    def _standing_line(self, record: Record) -> QWidget:
        """How far the record has come on its way to the province."""
        standing = receipts.standing_of(self._session, self._spec.name, record.id)
        words = f"{standing.words}: {standing.reason}" if standing.reason else standing.words
        return caption(words, "warn" if standing.reason else "muted", wrap=True)

    def _fill_history(self, record: Record) -> None:
        entries, undoable = history_entries(self._session, self._spec.name, record.id)
        self.history.set_entries(entries, undoable and self._session.may(Permission.RECORD))
        self.tabs.setTabText(1, f"Lịch sử {len(entries)}")

    def _fill_papers(self) -> None:
        documents = documents_of(self._session, self._spec.name)
        if not documents:
            return
        for document in documents:
            button = bordered(self._look, document.title, "printer")
            button.set_tip(document.title)
            button.setMinimumWidth(1)  # a long title is elided where a scroll bar stands beside it
            button.clicked.connect(lambda _checked=False, name=document.name: self.print_asked.emit(name))
            self.paper_buttons[document.name] = button
            self._paper_lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            if document.basis:
                self._paper_lines.addWidget(caption(document.basis, wrap=True))
        self._paper_lines.addStretch(1)
        self.add_tab(f"Bản in {len(documents)}", self._papers)

    def _papers_here(self) -> list[str]:
        """The papers that are made for the shown record."""
        values = self.record.values if self.record else {}
        return [document.name for document in documents_of(self._session, self._spec.name, values=values)]

    def _offer_papers(self) -> None:
        """A paper that is not made for the shown record says what it waits for."""
        here = self._papers_here()
        for name, button in self.paper_buttons.items():
            button.set_reason("" if name in here else waits_for(self._session, name))
        if self.paper_buttons:
            self.print_button.set_reason("" if here else "Chưa có giấy nào in được cho bản ghi này")

    # Deleting

    def ask_reason(self) -> None:
        """Asks why the shown record is to be deleted."""
        if not self.delete_button.isEnabled():
            return
        self._delete_words.setText(f"Xóa {self._spec.singular} này khỏi sổ? Lịch sử vẫn giữ, có thể hoàn tác.")
        self._delete_line.show()
        self.delete_box.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        said = told_reason(self.reason.text())
        if said:
            self.delete_asked.emit(said)
        else:
            self._says_nothing.set_problem(ASKED_REASON if self.reason.text().strip() else "")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
