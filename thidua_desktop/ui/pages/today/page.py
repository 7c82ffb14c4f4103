"""Hôm nay: three questions answered without a click; read on another thread after the first paint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.buttons import Button, bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.in_turns import InTurns
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.showing import ANY_WIDTH
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.today.line_list import LineList
from thidua_desktop.ui.pages.today.steps_card import StepsCard
from thidua_desktop.ui.shell.page import LayoutClass, Navigate, Page
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.tasks import Task, TaskControl, run_task

if TYPE_CHECKING:  # what the lines are made of comes when they are read: the page is painted without it
    from thidua_desktop.services.safety import Safety
    from thidua_desktop.services.standing import Standing
    from thidua_desktop.services.today import Target, Today
    from thidua_desktop.ui.pages.today.areas_card import AreasCard
    from thidua_desktop.ui.pages.today.figures_card import FiguresView, YearsLegend
    from thidua_desktop.ui.pages.today.parts_card import PartsView
    from thidua_desktop.ui.pages.today.targets_card import TargetsCard

ACTIVITY, MEETING, TIP = "movement_activity", "resident_meeting", "tip"
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_RELOAD_AFTER = 400  # milliseconds: many writes in a row are read once


class Picture(NamedTuple):
    """Everything the page shows, read in one go."""

    today: Today
    safety: Safety
    standing: Standing | None


def read_picture(session: Session) -> Picture:
    """Read the page's content; ``session`` may be a reader. A new office has no figures to show."""
    from thidua_desktop.services.safety import safety
    from thidua_desktop.services.standing import standing
    from thidua_desktop.services.today import today
    from thidua_desktop.ui.pages.today.lines import is_new_office

    due = today(session)
    dated = (name for name, spec in session.definitions.registers.items() if spec.date_field)
    empty = is_new_office(due.first_steps, any(map(session.file.records.holds_any, dated)))
    return Picture(due, safety(session), None if empty else standing(session))


class TodayPage(Page):
    """The home of the commune desk. The cards of figures, at the right, are made when the first figures are read."""

    parts_card: Card
    parts: PartsView
    targets_card: TargetsCard
    figures_card: Card
    legend: YearsLegend
    figures: FiguresView
    areas_card: AreasCard
    empty_card: Card

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.picture: Picture | None = None
        self._task: Task | None = None
        self._turns = InTurns(self)
        self._stale = False
        self._whole = False  # all that is due, not only as much as has room beside the rest
        self._left_width = 450
        self._bar_width = 168
        self._figure_cards: tuple[Card, ...] = ()
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_AFTER)
        self._timer.timeout.connect(self.reload)
        QTimer.singleShot(0, self, self._read_after_paint)

    # Building

    def _build(self) -> None:
        look = self.look
        self._day = caption(long_day(self.session.today))
        quick = self._quick_buttons()
        self.head = PageHead(
            look, "Hôm nay", scope=(self._day,), actions=quick, movable=(self.tip_button, self.receive_button)
        )
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(self.head)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        look.margins(self._columns, 0, 0, 0, 0, 12)
        self._left, self._right = QWidget(self), QWidget(self)
        self._columns.addWidget(self._left)
        self._columns.addWidget(self._right, 1)
        outer.addLayout(self._columns)
        outer.addStretch(1)
        self._fill_left()
        look.follow(self, self._set_widths)

    def _quick_buttons(self) -> list[Button]:
        """What is done most often, one click away."""
        look, session = self.look, self.session
        self.meeting_button = bordered(look, "Ghi cuộc họp", "users")
        self.activity_button = bordered(look, "Ghi hoạt động", "megaphone")
        self.tip_button = bordered(look, "Ghi tin báo", "siren")
        self.receive_button = bordered(look, "Nhận gói của tỉnh", "package")
        recording = ((self.meeting_button, MEETING), (self.activity_button, ACTIVITY), (self.tip_button, TIP))
        for button, register in recording:
            button.clicked.connect(lambda _=False, name=register: self._push_form(name))
        self.receive_button.clicked.connect(lambda: self.navigate.open_room("handoff", "receive"))
        may = session.may(Permission.RECORD)
        return [*(button for button, register in recording if may and session.opens(register)), self.receive_button]

    def _fill_left(self) -> None:
        look = self.look
        column = QVBoxLayout(self._left)
        look.margins(column, 0, 0, 0, 0, 12)
        self.due_card = Card(look, "Việc đến hạn", flush=True)
        column.addWidget(self.due_card)
        self.due = LineList(look, "Việc đến hạn")
        self._nothing = StateLabel(look, State.OK, "Không có việc nào đến hạn")
        self._nothing_row = _padded(look, self._nothing)
        self._nothing_row.hide()  # nobody knows yet
        self.due_card.add(self.due)
        self.due_card.add(self._nothing_row)
        self.steps = StepsCard(look)
        column.addWidget(self.steps)
        self.steps.put_away.connect(self.put_steps_away)
        self.safety_card = Card(look, "An toàn dữ liệu", flush=True)
        column.addWidget(self.safety_card)
        self.dangers = LineList(look, "An toàn dữ liệu")
        self.calm = WrapRow(look, 16)
        self.safety_card.add(self.dangers)
        self._calm_row = _padded(look, self.calm)
        self.safety_card.add(self._calm_row)
        for listed in (self.due, self.steps.lines, self.dangers):
            listed.opened.connect(self.lead)
        column.addStretch(1)

    def _fill_right(self) -> None:
        from thidua_desktop.ui.pages.today.areas_card import AreasCard
        from thidua_desktop.ui.pages.today.figures_card import FiguresView, YearsLegend
        from thidua_desktop.ui.pages.today.parts_card import PartsView
        from thidua_desktop.ui.pages.today.targets_card import TargetsCard

        look = self.look
        column = QVBoxLayout(self._right)
        look.margins(column, 0, 0, 0, 0, 12)
        self.parts_card = Card(look, "Kết quả trong kỳ", "vạch đứng là kỳ trước", flush=True)
        self.parts = PartsView(look)
        self.parts.opened.connect(self._open_indicator)
        self.parts_card.add(self.parts)
        self.targets_card = TargetsCard(look)
        self.targets_card.opened.connect(lambda target: self.navigate.open_room("target", target))
        self.figures_card = Card(look, "Tháng", head_line=False)
        self.legend = YearsLegend(look)
        assert self.figures_card.head is not None
        self.figures_card.head.add(self.legend)
        self.figures = FiguresView(look)
        self.figures.opened.connect(self._open_pictures)
        self.figures_card.add(self.figures)
        self.areas_card = AreasCard(look)
        self.areas_card.opened.connect(self._open_area)
        self.areas_card.pictures_wanted.connect(self._open_pictures)
        self.empty_card = Card(look, "Kết quả trong kỳ")
        self.empty_card.add_padded(
            label(
                "Số liệu và biểu đồ hiện ở đây sau khi ghi hoạt động hoặc cuộc họp đầu tiên.", ink="text-2", wrap=True
            )
        )
        self._figure_cards = (self.parts_card, self.targets_card, self.figures_card, self.areas_card)
        for card in (*self._figure_cards, self.empty_card):
            card.hide()
            column.addWidget(card)
        column.addStretch(1)
        self._set_bar_widths()

    def _set_bar_widths(self) -> None:
        if self._figure_cards:
            for bars in (self.parts, self.targets_card.bars):
                bars.set_bar_width(self._bar_width)

    def _set_widths(self) -> None:
        if self._columns.direction() == QBoxLayout.Direction.LeftToRight:
            self._left.setFixedWidth(self.look.px(self._left_width))
        else:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(ANY_WIDTH)

    # Content

    def _read_after_paint(self) -> None:
        """One turn later than what shows the window: reading would take the interpreter from the first paint."""
        QTimer.singleShot(0, self, self.reload)

    def reload(self) -> None:
        """Reads everything again on another thread; a change meanwhile makes it read once more."""
        if self._task is not None:
            self._stale = True
            return
        session = self.session

        def work(control: TaskControl) -> Picture:
            reader = session.reader()
            try:
                return read_picture(reader)
            finally:
                reader.close()

        self._task = run_task(self, work)
        self._task.succeeded.connect(self.show_picture)
        self._task.failed.connect(lambda error: show_error(self.look, error, self))
        self._task.finished.connect(self._on_finished)

    def show_picture(self, picture: Picture) -> None:
        """Puts what was read on the page."""
        self.picture = picture
        self._day.setText(long_day(self.session.today))
        self._turns.do(self._pieces(picture))

    def _pieces(self, picture: Picture) -> Iterator[Callable[[], object]]:
        """The page card by card, from the left."""
        yield partial(self._show_due, picture)
        yield partial(self._show_safety, picture)
        if not self._figure_cards:
            yield self._fill_right
        yield from self._standing_pieces(picture.standing)
        yield partial(order_tabs, self)  # what was made anew would come behind all that the page has

    def _show_safety(self, picture: Picture) -> None:
        from thidua_desktop.ui.pages.today.lines import danger_rows

        rows = danger_rows(picture.safety.lines)
        self.dangers.set_lines(rows)
        self.dangers.setVisible(bool(rows))
        if self.safety_card.head is not None:
            self.safety_card.head.set_caption(f"{len(rows)} việc cần làm" if rows else "")
        for old in self.calm.widgets():
            self.calm.remove(old)
        for words in picture.safety.calm:
            self.calm.add(StateLabel(self.look, State.OK, words))
        self._calm_row.setVisible(bool(picture.safety.calm))

    def _show_due(self, picture: Picture) -> None:
        from thidua_desktop.ui.pages.today import lines

        new = picture.standing is None
        due = picture.today.due
        rows = lines.step_rows(picture.today.first_steps) if new else lines.due_rows(due, whole=self._whole)
        other = tuple(rows) != tuple(self.due.lines())
        self.due.set_lines(rows)
        if new and other:  # the next step is the one that is not done
            self.due.go_to(next((at for at, one in enumerate(picture.today.first_steps) if not one.done), 0))
        self.due.setVisible(bool(rows))
        self._nothing_row.setVisible(not rows)
        head = self.due_card.head
        if head is not None:
            done = sum(line.done for line in picture.today.first_steps)
            head.set_title("Năm bước đầu" if new else "Việc đến hạn")
            head.set_caption(f"xong {done}/{len(rows)}" if new else lines.due_caption(picture.today.due))
        self.steps.set_steps(() if new else picture.today.steps_left)

    def _show_all(self) -> None:
        """All that is due, until the page is left; the cursor is at the first that was not shown."""
        shown = self.due.lines()
        self._whole = True
        if self.picture is not None:
            self._show_due(self.picture)
        self.due.go_to(next((at for at, line in enumerate(self.due.lines()) if line not in shown), 0))

    def put_steps_away(self) -> None:
        """This person wants to hear no more of the first steps."""
        from thidua_desktop.services.today import put_steps_away

        put_steps_away(self.session)
        self.steps.set_steps(())
        self.due.setFocus()
        self.navigate.show_message("Không nhắc các bước đầu nữa. Các sổ vẫn ở cột bên trái.", "info", "text-2")

    def _standing_pieces(self, found: Standing | None) -> Iterator[Callable[[], object]]:
        """The figures at the right, one card after the other; a new office has none."""
        if found is None:
            yield self._show_no_figures
            return
        yield self.empty_card.hide
        yield partial(self._show_parts, found)
        yield partial(self._show_figures, found)
        yield partial(self.areas_card.set_choices, found.choices)
        yield partial(self.areas_card.setVisible, any(choice.areas for choice in found.choices))

    def _show_no_figures(self) -> None:
        for card in self._figure_cards:
            card.hide()
        self.empty_card.show()

    def _show_parts(self, found: Standing) -> None:
        self.parts.set_parts(found.parts, found.days_left)
        self.parts_card.setVisible(bool(found.parts))
        self.targets_card.set_targets(found.targets, self.session.today)
        self.targets_card.setVisible(bool(found.targets))

    def _show_figures(self, found: Standing) -> None:
        from thidua_desktop.services.due import in_words

        if self.figures_card.head is not None:
            self.figures_card.head.set_title(found.period.label)
            self.figures_card.head.set_caption(in_words(found.days_left))
        self.legend.set_year(found.period.year)
        self.figures.set_figures(found.key_figures, found.period.number)
        self.figures_card.show()

    def _on_finished(self) -> None:
        self._task = None
        if self._stale:
            self._stale = False
            self.reload()

    # Where lines lead

    def lead(self, target: object) -> None:
        """Opens the place where a line is done."""
        from thidua_desktop.services.today import Target
        from thidua_desktop.ui.pages.today.lines import ALL_LINES, RoomLead

        if target is ALL_LINES:
            self._show_all()
        elif isinstance(target, RoomLead):
            self.navigate.open_room(target.room)
        elif isinstance(target, Target):
            self._open_target(target)

    def _open_target(self, target: Target) -> None:
        from thidua_desktop.services.due import FILTER

        if target.page == "report":
            self.navigate.open_room("report", (target.report, target.period))
        elif target.page == "record":
            self.navigate.open_room(target.register, target.record_id)
        elif target.page == "form":
            self.navigate.push(self._form(target.register, target.record_id or None))
        elif target.page == "round" and target.round is not None:
            from thidua_desktop.ui.pages.entry.page import EntryPage

            self.navigate.push(EntryPage(self.session, self.look, self.navigate, target.register, turn=target.round))
        elif target.page == "register":
            wanted = {"period": ""} if self._is_dated(target.register) else {}
            self.navigate.open_room(target.register, {**wanted, **({FILTER: target.due} if target.due else {})})
        else:
            self.navigate.open_room(target.page, *([target.part] if target.part else []))

    def _is_dated(self, register: str) -> bool:
        return bool(self.session.register(register).date_field)

    def _open_pictures(self, name: str) -> None:
        """The page of an indicator, of the running month."""
        from thidua_desktop.ui.pages.indicator.page import IndicatorPage

        period = self.picture.standing.period if self.picture and self.picture.standing else None
        self.navigate.push(IndicatorPage(self.session, self.look, self.navigate, name, period, "Hôm nay"))

    def _open_indicator(self, name: str) -> None:
        self._open_list(name, {})

    def _open_area(self, name: str, area: str) -> None:
        spec = self.session.register(self.session.definitions.indicators[name].register)
        self._open_list(name, {spec.area_field: area})

    def _open_list(self, name: str, more: dict[str, str]) -> None:
        if self.picture is None or self.picture.standing is None:
            return
        from thidua_desktop.services.reports.contributions import list_filter

        wanted = list_filter(self.session, name, self.picture.standing.period)
        self.navigate.open_room(self.session.definitions.indicators[name].register, {**wanted, **more})

    def _push_form(self, register: str) -> None:
        try:
            self.navigate.push(self._form(register))
        except UserError as error:
            show_error(self.look, error, self)

    def _form(self, register: str, record_id: str | None = None) -> QWidget:
        if self.session.register(register).page == "meeting":
            from thidua_desktop.ui.pages.meeting.page import MeetingPage

            return MeetingPage(self.session, self.look, self.navigate, record_id=record_id)
        from thidua_desktop.ui.pages.entry.page import EntryPage

        return EntryPage(self.session, self.look, self.navigate, register, record_id)

    # Page protocol

    def title(self) -> str:
        return "Hôm nay"

    def refresh(self, changes: object = None) -> None:
        self._timer.start()

    def regions(self) -> list[QWidget]:
        figures = [self.parts, self.targets_card.bars, self.figures, self.areas_card] if self._figure_cards else []
        return [self.due, self.steps, self.dangers, *figures, self.head]

    def focus_first(self) -> None:
        self._whole = False
        self.due.setFocus()
        if self.picture is not None:  # shown again: what was read may be old
            self._timer.start()

    def set_layout_class(self, kind: LayoutClass) -> None:
        wide = kind is LayoutClass.WIDE
        self._left_width = 450 if wide else 404
        one = kind is LayoutClass.COMPACT
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if one else QBoxLayout.Direction.LeftToRight)
        self._bar_width = 168 if wide else 96
        self._set_bar_widths()
        self._set_widths()


def _padded(look: Look, content: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    look.margins(column, 16, 10, 16, 10, 0)
    column.addWidget(content)
    return holder


def long_day(day: date) -> str:
    """ "Thứ Hai, 09/11/2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {format_date(day)}"
