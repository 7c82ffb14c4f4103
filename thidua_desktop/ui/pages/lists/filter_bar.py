"""The row under the page head: type to filter, the period, and a chip for each filter of the register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QVBoxLayout, QWidget

from thidua_desktop.domain.periods import Period
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import RegisterSpec, Values
from thidua_desktop.services import due, lists, periods
from thidua_desktop.services.due import Waiting
from thidua_desktop.services.lists import ListQuery
from thidua_desktop.services.search import held_elsewhere
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_number
from thidua_desktop.ui.asking import Asker, Found
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.pick_dialog import PickDialog
from thidua_desktop.ui.components.showing import ANY_WIDTH, clear_layout, clear_menu
from thidua_desktop.ui.components.tab_order import order_tabs
from thidua_desktop.ui.look.theme import Look

TYPING_PAUSE = 180  # milliseconds
_KINDS = (("month", ""), ("quarter", "Theo quý"), ("half", "Theo 6 tháng"), ("year", "Theo năm"))
_COUNTED_UP_TO = 5_000
_ALL = "Tất cả"
_GAP = 8  # px at 100 %
_OFFICE, _DUE = "@office", "@due"  # beside the names of fields


class FilterBar(QWidget):
    """Emits ``changed`` with nothing; ``apply`` puts what is chosen on a query."""

    changed = Signal()

    def __init__(self, look: Look, session: Session, spec: RegisterSpec, size: Callable[[], int]) -> None:
        super().__init__()
        self._look, self._session, self._spec, self._size = look, session, spec, size
        self._chosen: dict[str, tuple[str, str]] = {}  # field -> value, label
        self._moved: list[str] = []
        self._period = periods.current(session) if spec.date_field else None
        self._standing = bool(spec.valid_from) and not spec.date_field
        self._waiting: Waiting | None = None
        self._office = ""
        self._fresh_query = lists.default_query(session, spec.name)
        lines = self._lines = QVBoxLayout(self)
        row = self._row = QHBoxLayout()
        self._second = QHBoxLayout()
        look.margins(lines, 0, 0, 0, 0, _GAP)
        for line in (row, self._second):
            lines.addLayout(line)
            look.margins(line, 0, 0, 0, 0, _GAP)
        self._second.addStretch(1)
        self._ends: list[QWidget] = []
        self.field = SearchField(look, "Gõ để lọc", "list-filter", small=True)
        self.field.setToolTip("Gõ để lọc (Ctrl+F): tìm trong mọi mục của bản ghi, cả mục không có cột")
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self._on_pause)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        row.addWidget(self.field)
        self._chips_place, self._below = QWidget(), False
        self._chips_row = QHBoxLayout(self._chips_place)
        look.margins(self._chips_row, 0, 0, 0, 0, _GAP)
        row.addWidget(self._chips_place)
        lines.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._chips_row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._more_menu = QMenu()
        self._more_menu.aboutToShow.connect(self._fill_more)
        self.more = link(look, "Điều kiện", "plus", leads=False)
        self.more.setMenu(self._more_menu)
        row.addWidget(self.more)
        row.addStretch(1)
        self.chips: list[Chip] = []
        self._chip_of: dict[str, Chip] = {}
        self._asker = Asker(session, self)
        self._tell_slow: Callable[[], None] = lambda: None
        self._asker.slow_changed.connect(lambda slow: self._tell_slow() if slow else None)
        self._make_chips()
        look.follow(self, self._give_way)

    # What is chosen

    def apply(self, query: ListQuery) -> ListQuery:
        """``query`` with period, filters and text; its order stays."""
        plain = self._fresh_query._replace(sort=query.sort, text=self.field.text().strip())
        if self._period is not None:
            plain = plain._replace(start=self._period.start, end=self._period.end)
        elif not self._standing:
            plain = plain._replace(start=None, end=None)
        if self._spec.valid_from and not self._spec.date_field and not self._standing:
            plain = plain._replace(valid_on=None)
        for field, (value, _label) in self._chosen.items():
            plain = lists.with_condition(plain, field, (value,))
        if self._office:
            plain = plain._replace(office=self._office)
        if self._waiting is not None:
            plain = due.narrowed(self._session, plain, self._waiting)
        self._shown_query = plain
        return plain

    def is_narrowed(self) -> bool:
        """Whether anything but the period is chosen."""
        return bool(self._chosen or self._waiting or self._office or self.field.text().strip())

    def why_listed(self, values: Values, seen: Collection[str]) -> str:
        """Where a record holds what was typed, when no column that is ``seen`` does."""
        typed = self.field.text().strip()
        places = held_elsewhere(self._session, self._spec.name, values, typed, seen) if typed else []
        told = "; ".join(f"{label}: {words}" if words else label for label, words in places)
        return f"Có “{typed}” ở mục {told}" if told else ""

    def words_of_nothing(self, earlier: tuple[Period, int] | None) -> tuple[str, str]:
        """Why nothing is listed, and what to do; ``earlier``: the period before that has records, and how many."""
        singular = self._spec.singular
        if self.is_narrowed():
            return "Không có bản ghi nào hợp bộ lọc", "Bỏ bớt bộ lọc, đổi kỳ, hoặc gõ ít chữ hơn."
        first = f"Ghi {singular} đầu tiên bằng Ctrl+N, hoặc"
        if earlier is not None:
            period, count = earlier
            there = f"{period.label} có {format_number(count)} {singular}, Enter để xem."
            return f"Kỳ này chưa có {singular} nào", f"{there} Ghi {singular} mới bằng Ctrl+N."
        if self.in_period():
            return f"Kỳ này chưa có {singular} nào", f"{first} chọn kỳ khác ở trên."
        if self.hides_ended():
            return f"Không có {singular} nào đang hoạt động", "Sổ chỉ còn bản ghi đã thôi, đã hết hiệu lực."
        return f"Sổ chưa có {singular} nào", f"{first} nhập từ Excel."

    def clear(self) -> None:
        """Takes every filter and the text away; the period stays."""
        self._chosen.clear()
        self._waiting, self._office = None, ""
        self.field.clear()
        self._rebuild()

    def set_condition(self, field: str, value: str) -> None:
        """Chooses a filter by value (a drill-down from another page)."""
        self._chosen[field] = (value, lists.filter_label(self._session, self._spec.name, field, value))
        self._rebuild()

    def set_office(self, code: str) -> None:
        """Chooses whose records, at the province; "" for all."""
        self._office = code if self._session.is_province else ""
        self._rebuild()

    def pick_office(self) -> None:
        """Asks whose records, among the offices that have any under the other filters."""
        query = self.apply(self._fresh_query)._replace(office=None)
        counted = not self._office and self._size() <= _COUNTED_UP_TO
        self._ask(lambda session: lists.offices(session, query, counted), self._choose_office, counted)

    def _choose_office(self, offered: list[lists.ChipValue]) -> None:
        choices = [("", _ALL), *((one.value, _words(one)) for one in offered)]
        dialog = PickDialog(self._look, "Đơn vị", choices, (self._office,), self, single=True)
        if dialog.ask():
            self.set_office(next(iter(dialog.chosen()), ""))

    def _ask(self, question: Callable[[Session], Found], then: Callable[[Found], None], reads: bool = True) -> None:
        """Answers at once where the register is small or not read at all (``reads``), else beside the window."""
        if not reads or lists.is_quick(self._session, self._fresh_query):
            then(question(self._session))
        else:
            self._asker.ask(question, then)

    def set_waiting(self, waiting: Waiting | None) -> None:
        """Only records that wait for something, or only the late ones; None for all."""
        self._waiting = waiting if self._spec.due is not None else None
        self._rebuild()

    def set_period_code(self, code: str) -> None:
        """Chooses a period by code; an empty code means all time."""
        self._period = periods.parse_for(self._session, code) if code else None
        self._rebuild()

    def in_period(self) -> bool:
        """Whether only the records of some period are shown, while the register has any."""
        return self._period is not None and lists.holds_any(self._session, self._spec.name)

    def looking_back(self) -> Callable[[Session], tuple[Period, int] | None]:
        """What finds the last period before the chosen one that has records, and how many, while nothing else is
        chosen. Safe in any thread, and as things stand now.
        """
        period, query = self._period, self._shown_query
        if period is None or self.is_narrowed():
            return lambda _reading: None
        return lambda reading: lists.filled_before(reading, query, period)

    def hides_ended(self) -> bool:
        """Whether only what holds today is shown, while the register has records: those of members who left."""
        return self._standing and lists.holds_any(self._session, self._spec.name)

    def show_earlier(self) -> None:
        """Chooses the last period before that has records."""
        earlier = self.looking_back()(self._session)
        if earlier is not None:
            self._period = earlier[0]
            self._rebuild()

    def show_all_time(self) -> None:
        """Takes the period away."""
        self._period, self._standing = None, False
        self._rebuild()

    def focus_chips(self) -> None:
        """Ctrl+Shift+L."""
        if self.chips:
            self.chips[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def state(self) -> dict[str, Any]:
        """What is chosen, to be kept under a name; the current period is kept as "now" and moves on with time."""
        now = periods.current(self._session).code if self._spec.date_field else ""
        code = self._period.code if self._period is not None else ""
        return {
            "text": self.field.text().strip(),
            "period": "now" if code and code == now else code,
            "standing": self._standing,
            "waiting": str(self._waiting or ""),
            **({"office": self._office} if self._office else {}),
            "chosen": {name: list(chosen) for name, chosen in self._chosen.items()},
        }

    def set_state(self, state: Mapping[str, Any]) -> None:
        """Chooses what was kept; what the register or the calendar no longer has is left out."""
        self.field.setText(str(state.get("text", "")))
        code = str(state.get("period", ""))
        if self._spec.date_field:
            self._period = self._kept_period(code)
        self._standing = bool(state.get("standing")) and bool(self._spec.valid_from)
        waiting = str(state.get("waiting", ""))
        known_waiting = self._spec.due is not None and waiting in set(Waiting)
        self._waiting = Waiting(waiting) if known_waiting else None
        self._office = str(state.get("office", "")) if self._session.is_province else ""
        known = set(lists.filter_names(self._session, self._spec.name))
        chosen = state.get("chosen", {})
        self._chosen = {name: (str(one[0]), str(one[1])) for name, one in chosen.items() if name in known}
        self._rebuild()

    def _kept_period(self, code: str) -> Period | None:
        """The period of a kept code; that of now where the calendar has no such period any more."""
        if not code:
            return None
        try:
            return periods.current(self._session) if code == "now" else periods.parse_for(self._session, code)
        except UserError:
            return periods.current(self._session)

    def add_end(self, widget: QWidget) -> None:
        """One more tool at the right end."""
        self._ends.append(widget)
        self._row.addWidget(widget)
        order_tabs(self)

    # Chips

    def _rebuild(self) -> None:
        self._make_chips()
        self._pause.stop()
        self.changed.emit()

    def _on_pause(self) -> None:
        if self.field.composing():
            self._pause.start()
        else:
            self.changed.emit()

    def _make_chips(self) -> None:
        self._asker.drop()
        self._tell_slow = lambda: None
        at = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        clear_layout(self._chips_row)
        self.chips, self._chip_of = [], {}
        if self._spec.date_field:
            self._add_chip(self._period_chip())
        elif self._spec.valid_from:
            self._add_chip(self._validity_chip())
        for name, there, applied, make in (
            (_OFFICE, self._session.is_province, bool(self._office), self._office_chip),
            (_DUE, self._spec.due is not None, self._waiting is not None, self._due_chip),
        ):
            if there:
                chip = make()
                self._add_chip(chip)
                if not applied:
                    self._chip_of[name] = chip
        for name in lists.filter_names(self._session, self._spec.name):
            self._chip_of[name] = self._field_chip(name)
            self._add_chip(self._chip_of[name])
        self._give_way()
        order_tabs(self)  # made anew, they would come behind everything that the page has
        gone = {self._chip_of[name] for name in self._moved}
        if 0 <= at < len(self.chips) and self.chips[at] not in gone:
            self.chips[at].show()  # Qt shows it later, and it takes no keys before
            self.chips[at].setFocus(Qt.FocusReason.OtherFocusReason)  # where the person chose

    def _add_chip(self, chip: Chip) -> None:
        self.chips.append(chip)
        self._chips_row.addWidget(chip)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(420), self._look.px(30))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Filters that are not applied and have no room stand in the menu "Điều kiện", the last ones first; applied
        ones that have none beside a field that says what it is for take a second line."""
        gap = self._look.px(_GAP)
        others = self.more.sizeHint().width() + gap
        others += sum(widget.sizeHint().width() + gap for widget in self._ends)
        applied = [chip for chip in self.chips if chip not in self._unapplied().values()]
        least = sum(chip.least_width() + gap for chip in applied)
        below = self._least_field() + others + least > self.width()
        wished = sum(chip.sizeHint().width() + gap for chip in applied)
        room = self.width() if below else self.width() - self._field_width() - others
        self._moved = self._without_room(room - wished)
        shown = wished + sum(w for name, w in self._widths().items() if name not in self._moved)
        squeezed = not below and self._field_width() + others + shown > self.width()
        for chip in applied:
            chip.setMaximumWidth(chip.least_width() if squeezed else ANY_WIDTH)
        left = self.width() - others - (0 if below else least if squeezed else shown)
        self.field.setFixedWidth(max(self._least_field(), min(left, self._field_width())))
        for name, chip in self._chip_of.items():
            chip.setVisible(name not in self._moved)
        self.more.setVisible(bool(self._moved))
        self._put_chips(below)
        for layout in (self._chips_row, self._lines):
            layout.activate()  # at once: what gave way is not seen in its old width

    def _unapplied(self) -> dict[str, Chip]:
        return {name: chip for name, chip in self._chip_of.items() if name not in self._chosen}

    def _widths(self) -> dict[str, int]:
        gap = self._look.px(_GAP)
        return {name: chip.sizeHint().width() + gap for name, chip in self._unapplied().items()}

    def _without_room(self, room: int) -> list[str]:
        """Names of the filters that are not applied for which ``room`` is too little, in their order."""
        widths = self._widths()
        needed = sum(widths.values())
        hidden = set()
        for name in reversed(widths):
            if needed <= room:
                break
            hidden.add(name)
            needed -= widths[name]
        return [name for name in self._chip_of if name in hidden]

    def _field_width(self) -> int:
        return max(self.field.sizeHint().width(), self._least_field())

    def _least_field(self) -> int:
        """With its words uncut."""
        return self._look.text_width(self.field.placeholderText()) + self._look.px(26 + 20)

    def _put_chips(self, below: bool) -> None:
        """The chips between the field and its tools, or under them."""
        if below != self._below:
            self._below = below
            begin, end = (self._row, self._second) if below else (self._second, self._row)
            begin.removeWidget(self._chips_place)
            end.insertWidget(0 if below else 1, self._chips_place)
            order_tabs(self)
        self.setFixedHeight(self._look.px(30) * (2 if below else 1) + (self._look.px(_GAP) if below else 0))

    def _fill_more(self) -> None:
        clear_menu(self._more_menu)
        for name in self._moved:
            if name == _OFFICE:
                self._add_action(self._more_menu, "Đơn vị…", False, self.pick_office)
            elif name == _DUE:
                self._fill_due(self._more_menu.addMenu("Hạn"))
            else:
                menu = self._more_menu.addMenu(lists.column_field(self._spec, name).label)
                menu.aboutToShow.connect(partial(self._fill_in_place, name, menu))

    def _period_chip(self) -> Chip:
        menu = QMenu()
        shown = self._period.label if self._period else "mọi thời gian"
        menu.aboutToShow.connect(lambda: self._fill_periods(menu))
        short = self._period.name if self._period else ""
        chip = Chip(self._look, "Kỳ", shown, menu=menu, applied=self._period is not None, short=short)
        chip.setToolTip(shown if short else "")
        return chip

    def _fill_periods(self, menu: QMenu) -> None:
        clear_menu(menu)
        self._add_action(menu, "Mọi thời gian", self._period is None, lambda: self.set_period_code(""))
        for kind, title in _KINDS:
            place = menu.addMenu(title) if title else menu
            for period in periods.choices(self._session, kind)[: 12 if not title else None]:
                chosen = self._period is not None and period.code == self._period.code
                self._add_action(place, period.label, chosen, partial(self.set_period_code, period.code))

    def _validity_chip(self) -> Chip:
        menu = QMenu()
        self._add_action(menu, "Đang hoạt động", self._standing, lambda: self._set_standing(True))
        self._add_action(menu, "Tất cả, kể cả đã thôi", not self._standing, lambda: self._set_standing(False))
        shown = "Đang hoạt động" if self._standing else _ALL
        return Chip(self._look, "Hiệu lực", shown, menu=menu, applied=self._standing)

    def _due_chip(self) -> Chip:
        menu = QMenu()
        self._fill_due(menu)
        shown = due.LABELS[self._waiting] if self._waiting else _ALL
        return Chip(self._look, "Hạn", shown, menu=menu, applied=self._waiting is not None)

    def _fill_due(self, menu: QMenu) -> None:
        self._add_action(menu, _ALL, self._waiting is None, lambda: self.set_waiting(None))
        for waiting, words in due.LABELS.items():
            self._add_action(menu, words, self._waiting is waiting, partial(self.set_waiting, waiting))

    def _office_chip(self) -> Chip:
        names = lists.office_names(self._session) if self._office else {}
        shown = names.get(self._office, self._office) or _ALL
        chip = Chip(self._look, "Đơn vị", shown, removable=bool(self._office), applied=bool(self._office))
        chip.removed.connect(lambda: self.set_office(""))
        chip.clicked.connect(self.pick_office)
        return chip

    def _set_standing(self, standing: bool) -> None:
        self._standing = standing
        self._rebuild()

    def _field_chip(self, name: str) -> Chip:
        field = lists.column_field(self._spec, name)
        if name in self._chosen:
            chip = Chip(self._look, field.label, self._chosen[name][1], removable=True, applied=True)
            chip.removed.connect(lambda: self._choose(name, None, ""))
            chip.clicked.connect(lambda: self._open_menu(name, chip))
            return chip
        chip = Chip(self._look, field.label, _ALL)
        chip.clicked.connect(lambda: self._open_menu(name, chip))
        return chip

    def _open_menu(self, name: str, chip: Chip) -> None:
        """The values of a filter under its chip, as soon as they are known."""
        menu, shown = QMenu(chip), chip.value()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(lists.column_field(self._spec, name).label)

        def pop_up(offered: tuple[lists.Chip, ...]) -> None:
            chip.set_value(shown)
            self._fill_values(name, menu, offered)
            menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))

        self._ask_values(name, pop_up)
        if self._asker.busy:
            self._tell_slow = lambda: chip.set_value("Đang tìm…")

    def _fill_in_place(self, name: str, menu: QMenu) -> None:
        """The values of a filter in a menu that is shown already."""
        menu.clear()
        menu.addAction("Đang tìm…").setEnabled(False)
        self._ask_values(name, lambda offered: self._fill_values(name, menu, offered))

    def _ask_values(self, name: str, then: Callable[[tuple[lists.Chip, ...]], None]) -> None:
        """What a filter offers. Of a large register codes are those of the catalog, which are known without reading."""
        query, quick = self.apply(self._fresh_query), lists.is_quick(self._session, self._fresh_query)
        coded = lists.column_field(self._spec, name).type in lists.CODED
        counted = self._size() <= _COUNTED_UP_TO and (quick or not coded)
        self._ask(lambda session: lists.chips(session, query, counted, only=name), then, counted or not coded)

    def _fill_values(self, name: str, menu: QMenu, offered: tuple[lists.Chip, ...]) -> None:
        menu.clear()
        chosen = self._chosen.get(name, ("", ""))[0] if name in self._chosen else None
        self._add_action(menu, _ALL, chosen is None, lambda: self._choose(name, None, ""))
        for chip in offered:
            for value in chip.values:
                act = partial(self._choose, name, value.value, value.label)
                self._add_action(menu, _words(value), chosen == value.value, act)

    def _choose(self, name: str, value: str | None, label: str) -> None:
        if value is None:
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = (value, label)
        self._rebuild()

    def _add_action(self, menu: QMenu, text: str, chosen: bool, act: Callable[[], None]) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda _checked=False: QTimer.singleShot(0, self, act))
        menu.addAction(action)


def _words(value: lists.ChipValue) -> str:
    return f"{value.label}  ({value.count})" if value.count is not None else value.label
