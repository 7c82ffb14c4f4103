"""Time in the room: how long the meeting has lasted, and how long each matter has been talked about.

An aid for who presides. It is written nowhere: not into the record, its draft or the minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from thidua_desktop.text import parse_time
from thidua_desktop.ui.components.buttons import Button, ButtonKind
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.meeting.sheet import MeetingSheet

_MINUTE = timedelta(minutes=1)
_UNWRITTEN = "chỉ để xem, không ghi vào biên bản"


def in_words(minutes: int) -> str:
    """ "48 phút", "1 giờ 5 phút"."""
    hours, rest = divmod(minutes, 60)
    parts = ([f"{hours} giờ"] if hours else []) + ([f"{rest} phút"] if rest or not hours else [])
    return " ".join(parts)


class MeetingClock(QObject):
    """``passed`` whenever a minute is over, while the meeting is shown and goes on today.

    At most one matter's clock goes: a meeting talks about one thing at a time.
    """

    passed = Signal()

    def __init__(self, sheet: MeetingSheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._spent: dict[int, timedelta] = {}  # of clocks that were stopped, by place in the agenda
        self._going: int | None = None
        self._since = sheet.session.now()
        self._shown = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_minute)

    # The meeting

    def lasted(self) -> int | None:
        """Whole minutes since the meeting began; None where it does not go on now, or its hour is still to come."""
        begun, now = self._begun(), self._sheet.session.now()
        return None if begun is None or begun > now else (now - begun) // _MINUTE

    def goes_on(self) -> bool:
        """Whether the meeting is one of today that has begun and not ended."""
        return self._begun() is not None

    def _begun(self) -> datetime | None:
        values, now = self._sheet.values, self._sheet.session.now()
        hour = parse_time(str(values.get("starts_at") or ""))
        if values.get("status") != "running" or values.get("held_on") != now.date() or hour is None:
            return None
        return datetime.combine(now.date(), hour, now.tzinfo)

    # When it is looked at

    def show(self) -> None:
        """The meeting is on the screen: what passed meanwhile is told, and every minute from now."""
        self._shown = True
        self._on_minute()

    def hide(self) -> None:
        """Nobody sees it; the office may be closed before the minute is over."""
        self._shown = False
        self._timer.stop()

    def follow(self) -> None:
        """Waits for the next minute, of the day or of the matter, or no longer where the meeting does not go on."""
        if not self._shown or not self.goes_on():
            self._timer.stop()
            return
        now = self._sheet.session.now()
        over = [now.second] + ([(now - self._since).seconds % 60] if self._going is not None else [])
        self._timer.start(1000 * (60 - max(over)))

    def waits(self) -> int | None:
        """Milliseconds until it looks again; None while it does not."""
        return self._timer.interval() if self._timer.isActive() else None

    def _on_minute(self) -> None:
        self.passed.emit()
        self.follow()

    # The matters

    def minutes_of(self, at: int) -> int | None:
        """Whole minutes that a matter has been talked about; None where its clock was never started."""
        if at == self._going:
            return max(timedelta(), self._sheet.session.now() - self._since) // _MINUTE
        spent = self._spent.get(at)
        return None if spent is None else spent // _MINUTE

    def goes(self, at: int) -> bool:
        """Whether the clock of this matter goes."""
        return at == self._going

    def open_matter(self, at: int) -> None:
        """Starts the clock of a matter that is taken up for the first time; one looked at again stays as it is."""
        if self.goes_on() and self.minutes_of(at) is None:
            self._start(at)

    def press(self, at: int) -> None:
        """Stops the clock of a matter, or starts it anew."""
        if at == self._going:
            self.rest()
        elif self.goes_on():
            self._start(at)

    def rest(self) -> None:
        """Stops the clock that goes, if one does."""
        if self._going is not None:
            self._spent[self._going] = max(timedelta(), self._sheet.session.now() - self._since)
            self._going = None
            self._on_minute()

    def reorder(self, places: Sequence[int]) -> None:
        """The agenda has changed: ``places`` are the places of before, in the new order."""
        if self._going is not None and self._going not in places:
            self._going = None
        self._spent = {new: self._spent[old] for new, old in enumerate(places) if old in self._spent}
        self._going = places.index(self._going) if self._going is not None else None

    def forget(self) -> None:
        """Another meeting, or this one read anew: its matters may be others."""
        self._spent, self._going = {}, None

    def _start(self, at: int) -> None:
        self.rest()
        self._going, self._since = at, self._sheet.session.now()
        self._on_minute()


class MatterClock(Button):
    """How long the matter on the screen has been talked about; pressing stops it, or starts it anew."""

    def __init__(self, look: Look, clock: MeetingClock) -> None:
        super().__init__(look, ButtonKind.BORDERLESS, "Bấm giờ", "clock")
        self._clock = clock
        self._at = 0
        self._room: int | None = None
        self.set_compact(28)
        self.clicked.connect(lambda: clock.press(self._at))
        clock.passed.connect(self.retell)

    def show_matter(self, at: int) -> None:
        """Shows the clock of another matter."""
        self._at = at
        self.retell()

    def fit(self, room: int) -> None:
        """How many pixels it may take; where its words have no room, the icon stands alone."""
        self._room = room
        self.retell()

    def _has_room(self, words: str) -> bool:
        look = self._look
        return self._room is None or look.text_width(words) + look.px(2 * 11 + 18 + 7) <= self._room

    def retell(self) -> None:
        """The time as it is now."""
        minutes, goes = self._clock.minutes_of(self._at), self._clock.goes(self._at)
        self.setVisible(self._clock.goes_on())
        if minutes is None:
            words, icon, name = "Bấm giờ", "clock", "Bấm giờ bàn việc này"
        elif goes:
            words, icon, name = in_words(minutes), "clock", f"Việc này đã bàn {in_words(minutes)}. Bấm để dừng"
        else:
            words, icon = f"{in_words(minutes)}, dừng", "rotate-ccw"
            name = f"Việc này đã bàn {in_words(minutes)}, đồng hồ đã dừng. Bấm để tính lại từ đầu"
        shown = words if self._has_room(words) else ""
        if (shown, icon) != (self.text(), self.icon_name):
            self.set_content(shown, icon)
        self.setAccessibleName(name)
        self.set_tip(f"{name}; {_UNWRITTEN}.")
