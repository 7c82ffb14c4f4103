"""The wizard's window: the steps at the left, one step at the right, back and on at the foot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.services import offices, recovery
from thidua_desktop.services.offices import CreatedOffice, KeyCost
from thidua_desktop.services.own_places import documents_folder
from thidua_desktop.services.session import Clock
from thidua_desktop.services.setup_flow import STEP_TITLES, SetupFlow, Step
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.labels import IconLabel, caption, hairline_widget, set_ink
from thidua_desktop.ui.components.long_work import LongWork
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.scrolling import scrolling
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.tasks import CancelledError, TaskControl
from thidua_desktop.ui.wizard.areas_step import AreasStep
from thidua_desktop.ui.wizard.letterhead_step import LetterheadStep
from thidua_desktop.ui.wizard.notice_step import NoticeStep
from thidua_desktop.ui.wizard.person_step import PersonStep
from thidua_desktop.ui.wizard.sheet_step import SheetStep
from thidua_desktop.ui.wizard.step_page import StepPage
from thidua_desktop.ui.wizard.unit_step import UnitStep

_ON = {Step.NOTICE: "Bắt đầu", Step.PERSON: "Lập sổ", Step.SHEET: "Mở sổ"}


class StepList(QWidget):
    """The steps with what is done, where one is, and what comes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        look.margins(column, 16, 20, 16, 16, 12)
        column.addWidget(IconLabel(look, "landmark", "Thi đua", "text-2", TextRole.CARD_TITLE, 24, "text"))
        column.addWidget(caption("Phong trào toàn dân bảo vệ an ninh Tổ quốc", wrap=True))
        column.addSpacing(look.px(8))
        self._lines = {
            step: IconLabel(look, "circle-dashed", title, "muted", TextRole.BASE, 16, "text-2")
            for step, title in STEP_TITLES.items()
        }
        for line in self._lines.values():
            column.addWidget(line)
        column.addStretch(1)
        look.follow(self, lambda: self.setFixedWidth(look.px(232)))

    def show_step(self, flow: SetupFlow) -> None:
        """Marks the steps of the flow."""
        for step, line in self._lines.items():
            line.setVisible(step in flow.steps())
            icon, ink = ("circle-check", "ok") if step < flow.step else ("circle-dashed", "muted")
            if step == flow.step:
                icon, ink = "circle-dot", "accent-ink"
            line.set_content(icon, STEP_TITLES[step], ink)
            set_ink(line._words, "text" if step == flow.step else "text-2")


class CreateOfficeWizard(QWidget):
    """Makes an office; ``created`` carries its open session once the recovery sheet is put away.

    ``cancelled`` when the person leaves before the office is made; ``open_asked`` when there is a file already.
    """

    created = Signal(object)
    cancelled = Signal()
    open_asked = Signal()

    def __init__(
        self, look: Look, clock: Clock | None = None, documents: Path | None = None, cost: KeyCost | None = None
    ) -> None:
        super().__init__()
        self._look, self._cost = look, cost
        look.dress(self)
        clock = clock or Clock()
        self.flow = SetupFlow(documents or documents_folder(), clock)
        self.setWindowTitle("Lập sổ mới")
        self.list = StepList(look)
        self.pages: dict[Step, StepPage] = {
            Step.NOTICE: NoticeStep(look, self.flow),
            Step.UNIT: UnitStep(look, self.flow),
            Step.LETTERHEAD: LetterheadStep(look, self.flow, clock),
            Step.AREAS: AreasStep(look, self.flow),
            Step.PERSON: PersonStep(look, self.flow),
            Step.SHEET: SheetStep(look, self.flow),
        }
        self.stack = QStackedWidget()
        self._areas: dict[Step, QScrollArea] = {}
        for step, page in self.pages.items():
            self._areas[step] = scrolling(page, STEP_TITLES[step])
            self._areas[step].setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.stack.addWidget(self._areas[step])
            page.changed.connect(self._on_changed)
        self._assemble()
        self._handed_over = self._elsewhere = False
        notice = self.pages[Step.NOTICE]
        assert isinstance(notice, NoticeStep)
        notice.open_asked.connect(self._go_elsewhere)
        self.resize(min(1280, look.px(1000)), min(680, look.px(660)))
        self.setMinimumSize(760, 480)
        self._show_step()

    def _assemble(self) -> None:
        look = self._look
        self.back_button = bordered(look, "Quay lại", "chevron-left")
        self.next_button = filled(look, "Tiếp tục", key_hint="Ctrl+Enter")
        self.next_button.setDefault(True)
        self.counter = caption("", "text-2")
        foot = QWidget()
        foot.setProperty("kind", "surface")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(foot)
        look.margins(row, 24, 10, 24, 10, 8)
        row.addWidget(self.back_button)
        row.addWidget(self.counter)
        row.addStretch(1)
        row.addWidget(self.next_button)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        strip = ProgressStrip(look)
        look.follow(strip, lambda: strip.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(8)))
        right.addWidget(strip)
        right.addWidget(hairline_widget())
        right.addWidget(foot)
        self.making = LongWork(look, self, strip)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.list)
        outer.addLayout(right, 1)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        for keys, act in (
            ("Ctrl+Return", self.go_on),
            ("Ctrl+Enter", self.go_on),
            ("Alt+Left", self.go_back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)
        look.give_keys(self)
        for field in (self.pages[Step.UNIT], self.pages[Step.LETTERHEAD], self.pages[Step.PERSON]):
            for form_row in field.rows.values():
                form_row.field.returnPressed.connect(self.go_on)  # type: ignore[attr-defined]

    def has_begun(self) -> bool:
        """Whether something would be lost with this window: answers, or a recovery sheet that is shown once."""
        return self.flow.made is not None or self.flow.step is not Step.NOTICE

    @property
    def page(self) -> StepPage:
        """The step that is shown."""
        return self.pages[self.flow.step]

    def go_on(self) -> None:
        """The next step, the making of the office, or (from the last step) its opening."""
        if self.making.busy:
            return
        page = self.page
        page.leave()
        problems = self.flow.problems()
        page.show_problems(problems)
        if problems:
            self._show_problem_place()
            return
        if self.flow.step is Step.SHEET:
            self._hand_over()
        elif self.flow.step is Step.PERSON:
            self._create()
        elif self.flow.next():
            self._show_step()

    def go_back(self) -> None:
        """The step before; answers stay."""
        if self.making.busy:
            return
        self.page.leave()
        if self.flow.back():
            self._show_step()

    def _go_elsewhere(self) -> None:
        """The person goes to the log-in window: closing this one afterwards is no cancelling."""
        self._elsewhere = True
        self.open_asked.emit()

    def _create(self) -> None:
        """Makes the office on another thread; stopped or closed meanwhile, nothing of it is left."""

        def make(control: TaskControl) -> CreatedOffice:
            made = self.flow.make(self._cost)
            if control.cancelled:
                offices.unmake_office(made)
                raise CancelledError
            made.session.let_go()
            return made

        def then(made: CreatedOffice) -> None:
            made.session.take_up()
            self.flow.take(made)
            self._show_step()

        if self.making.start("Đang lập sổ", make, then, at_end=lambda: self._bar(False), stoppable=True):
            self._bar(True)

    def _bar(self, busy: bool) -> None:
        self.stack.setEnabled(not busy)
        for button in (self.back_button, self.next_button):
            button.set_reason("Đang lập sổ" if busy else "")

    def _hand_over(self) -> None:
        made = self.flow.made
        if made is not None and not self._handed_over:
            self._handed_over = True
            recovery.sheet_kept(made.session)  # one does not get here without the tick
            self.created.emit(made.session)

    def _show_step(self) -> None:
        flow = self.flow
        self.page.enter()
        self.stack.setCurrentWidget(self._areas[flow.step])
        self._areas[flow.step].verticalScrollBar().setValue(0)
        self.list.show_step(flow)
        steps = flow.steps()
        self.counter.setText(f"Bước {steps.index(flow.step) + 1}/{len(steps)}")
        self.back_button.setVisible(flow.step is not Step.NOTICE and flow.made is None)
        self.next_button.set_content(_ON.get(flow.step, "Tiếp tục"))
        self.setWindowTitle(f"{STEP_TITLES[flow.step]} – Lập sổ mới")
        QTimer.singleShot(0, self._focus_first)

    def _focus_first(self) -> None:
        (self.page.first_field() or self.next_button).setFocus()

    def _on_changed(self) -> None:
        self.list.show_step(self.flow)

    def _show_problem_place(self) -> None:
        focused = self.focusWidget()
        if focused is not None and self.page.isAncestorOf(focused):
            self._areas[self.flow.step].ensureWidgetVisible(focused)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.flow.made is not None and not self._handed_over:
            self.page.show_problems(self.flow.problems(Step.SHEET))
            if not self.flow.sheet_kept:
                event.ignore()  # the sheet is shown once; without it a forgotten password loses the office
                return
            self._hand_over()
        elif self.flow.made is None and not self._elsewhere:
            self.making.cancel()
            self.cancelled.emit()
        super().closeEvent(event)
