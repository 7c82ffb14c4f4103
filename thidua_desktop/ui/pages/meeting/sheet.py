"""The meeting as it stands on the page: one place for its values, everything else shows it and asks it to change."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from thidua_desktop.formdef.model import Row, Value, Values
from thidua_desktop.services import meetings
from thidua_desktop.services.meetings import MeetingState
from thidua_desktop.services.session import Session
from thidua_desktop.ui.pages.meeting import meeting_values as on


class MeetingSheet(QObject):
    """Values of one meeting. ``changed`` carries what changed: ``facts``, ``attendance``, ``agenda`` or ``tasks``.

    Present households, women among them and conclusions of passed items follow by themselves; a number or a sentence
    that somebody wrote is left alone.
    """

    changed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.values: dict[str, Value] = {}
        self.sexes: Mapping[str, str] = {}
        self._state: MeetingState | None = None

    def load(self, values: Values) -> None:
        """Shows a meeting; emits nothing."""
        self.values = dict(values)
        self.sexes = meetings.sexes_of(self.session, self.attendance)
        self._state = None

    @property
    def state(self) -> MeetingState:
        """Where the meeting stands now."""
        if self._state is None:
            self._state = meetings.state(self.values, self.session.today)
        return self._state

    @property
    def attendance(self) -> tuple[Row, ...]:
        """One row per household; none where the meeting has only counts."""
        return on.rows(self.values, "attendance")

    @property
    def agenda(self) -> tuple[Row, ...]:
        """The items, blank ones too."""
        return on.rows(self.values, "agenda")

    def for_saving(self) -> dict[str, Value]:
        """The values without blank items, with what follows from them."""
        items, _ = on.written_items(self.agenda)
        kept = {**self.values, "agenda": items or None}
        return dict(meetings.with_results({k: v for k, v in kept.items() if v is not None}, self.session.today))

    def shown_item(self, saved: int) -> int:
        """The place on the page of an item of ``for_saving``."""
        places = on.written_items(self.agenda)[1]
        return places[saved] if 0 <= saved < len(places) else 0

    # Facts

    def set_facts(self, values: Mapping[str, Value]) -> None:
        """Changes facts; None takes one away."""
        changed = {name: value for name, value in values.items() if self.values.get(name) != value}
        if changed:
            self._put(changed)
            self._conclude()
            self.changed.emit("facts")

    def load_households(self) -> int:
        """Takes the households of area and group, keeping ticks of those that were there; how many there are."""
        area, group, day = (self.values.get(name) for name in ("residential_area", "group", "held_on"))
        if not isinstance(area, str):
            return 0
        fresh = meetings.attendance_for(self.session, area, group if isinstance(group, str) else None, day)  # type: ignore[arg-type]
        self.sexes = meetings.sexes_of(self.session, fresh)
        before = self._women()
        self._put({"attendance": on.merged(fresh, self.attendance) or None})
        self._count(before)
        self.changed.emit("attendance")
        return len(fresh)

    def same_households(self) -> bool:
        """Whether the list is that of the area and group now chosen."""
        area, group, day = (self.values.get(name) for name in ("residential_area", "group", "held_on"))
        if not isinstance(area, str):
            return True
        found = meetings.attendance_for(self.session, area, group if isinstance(group, str) else None, day, carry=False)  # type: ignore[arg-type]
        return {row["household"] for row in found} == {row.get("household") for row in self.attendance}

    # Attendance

    def toggle(self, at: int) -> bool:
        """Ticks or unticks a household; whether it is present now."""
        present = not self.attendance[at].get("present")
        self.set_row(at, present=present)
        return present

    def set_row(self, at: int, **values: Value) -> None:
        """Changes a household's row."""
        before = self._women()
        self._put({"attendance": on.with_row(self.attendance, at, **values)})
        self._count(before)
        self.changed.emit("attendance")

    def counted_women(self) -> int | None:
        """Women among those present by the register of households; None where it does not tell."""
        return self._women()

    def _women(self) -> int | None:
        return on.women_among(self.attendance, self.sexes)

    def _count(self, women_before: int | None) -> None:
        came = sum(1 for row in self.attendance if row.get("present"))
        women = on.following(self.values.get("women_present"), women_before, self._women())
        self._put({"households_present": came if self.attendance else None, "women_present": women})
        self._conclude()

    # Agenda

    def set_item(self, at: int, **values: Value) -> None:
        """Changes an item; a conclusion that the page wrote follows the votes."""
        self._put({"agenda": on.with_row(self.agenda, at, **values)})
        self._conclude()
        self.changed.emit("agenda")

    def vote(self, at: int, name: str, number: int) -> None:
        """Writes one count of votes or ballots."""
        self.set_item(at, **on.with_vote(self.agenda[at], name, number))

    def vote_again(self, at: int) -> None:
        """Takes the votes of an item away."""
        self.set_item(at, **on.unvoted())

    def add_item(self) -> int:
        """A blank item at the end, or the blank one that is there already; its place."""
        agenda = self.agenda
        if agenda and on.is_blank(agenda[-1]):
            return len(agenda) - 1
        self._put({"agenda": (*agenda, {"method": "hands"})})
        self.changed.emit("agenda")
        return len(agenda)

    def remove_item(self, at: int) -> None:
        """Takes an item away."""
        self._put({"agenda": (*self.agenda[:at], *self.agenda[at + 1 :])})
        self.changed.emit("agenda")

    def move_item(self, at: int, by: int) -> int:
        """Moves an item up (-1) or down (1); its new place."""
        items = list(self.agenda)
        to = min(len(items) - 1, max(0, at + by))
        items.insert(to, items.pop(at))
        self._put({"agenda": tuple(items)})
        self.changed.emit("agenda")
        return to

    def set_tasks(self, value: Value) -> None:
        """Replaces the tasks."""
        self._put({"tasks": value})
        self.changed.emit("tasks")

    # Within

    def _conclude(self) -> None:
        """Lets every conclusion that is empty, or the page's own, follow the votes."""
        agenda, total = self.agenda, self.state.total
        for at, (item, state) in enumerate(zip(self.agenda, self.state.items, strict=True)):
            now, has = on.own_conclusion(item, state, total), str(item.get("conclusion") or "")
            if has != now and (not has or on.is_own_conclusion(has)):
                agenda = on.with_row(agenda, at, conclusion=now or None)
        if agenda != self.agenda:
            self._put({"agenda": agenda})

    def _put(self, changed: Mapping[str, Value]) -> None:
        for name, value in changed.items():
            if value is None:
                self.values.pop(name, None)
            else:
                self.values[name] = value
        self._state = None
