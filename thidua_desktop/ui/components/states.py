"""States: one meaning, one icon, one ink. A state is always shown as icon and word (look.md, rule 3)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What a row, report, package or field is in; decides icon and ink, never the word."""

    OK = "ok"  # done, received, reached
    DONE_QUIETLY = "done-quietly"  # as it should be, nothing to say
    QUIET = "quiet"  # neutral remark without urgency
    LATER = "later"  # due, not soon
    SOON = "soon"  # due soon or a little late
    WARN = "warn"  # odd, close, keep with a reason
    LATE = "late"  # overdue
    BAD = "bad"  # damaged, refused, does not count
    ERROR = "error"  # a fault in a field
    WAITING = "waiting"  # for the other side
    RETURNED = "returned"
    MISSING = "missing"  # not begun, not there
    DRAFT = "draft"
    UNSIGNED = "unsigned"
    LOCKED = "locked"  # frozen, stays on this machine
    FILED = "filed"  # papers complete
    TOO_FEW = "too-few"  # not enough people
    RUNNING = "running"  # happening now
    BEHIND = "behind"  # a target not kept up with
    INFO = "info"
    INBOX = "inbox"  # arrived, not yet read


class StateLook(NamedTuple):
    """Icon name, ink token and soft tint token of a state."""

    icon: str
    ink: str
    soft: str


_LOOKS: dict[State, StateLook] = {
    State.OK: StateLook("circle-check", "ok", "ok-soft"),
    State.DONE_QUIETLY: StateLook("check", "muted", "raised"),
    State.QUIET: StateLook("layers", "muted", "raised"),
    State.LATER: StateLook("clock", "text-2", "raised"),
    State.SOON: StateLook("clock-alert", "warn", "warn-soft"),
    State.WARN: StateLook("triangle-alert", "warn", "warn-soft"),
    State.LATE: StateLook("triangle-alert", "bad", "bad-soft"),
    State.BAD: StateLook("triangle-alert", "bad", "bad-soft"),
    State.ERROR: StateLook("circle-alert", "bad", "bad-soft"),
    State.WAITING: StateLook("hourglass", "text-2", "raised"),
    State.RETURNED: StateLook("corner-up-left", "bad", "bad-soft"),
    State.MISSING: StateLook("circle-dashed", "muted", "raised"),
    State.DRAFT: StateLook("file-pen", "text-2", "raised"),
    State.UNSIGNED: StateLook("pen-line", "warn", "warn-soft"),
    State.LOCKED: StateLook("lock", "text-2", "raised"),
    State.FILED: StateLook("file-check", "ok", "ok-soft"),
    State.TOO_FEW: StateLook("user-x", "bad", "bad-soft"),
    State.RUNNING: StateLook("circle-dot", "warn", "warn-soft"),
    State.BEHIND: StateLook("trending-down", "warn", "warn-soft"),
    State.INFO: StateLook("info", "accent-ink", "accent-soft"),
    State.INBOX: StateLook("inbox", "accent-ink", "accent-soft"),
}


def state_look(state: State) -> StateLook:
    """Icon, ink and tint of a state."""
    return _LOOKS[state]


class StateText(NamedTuple):
    """A state with its word, as a cell, tag or line shows it; ``icon`` overrides the state's own icon, ``short`` is
    what a cell shows that has no room for the text."""

    state: State
    text: str
    icon: str = ""
    short: str = ""

    @property
    def icon_name(self) -> str:
        """The icon to draw."""
        return self.icon or state_look(self.state).icon

    @property
    def ink(self) -> str:
        """The ink token to draw with."""
        return state_look(self.state).ink

    @property
    def soft(self) -> str:
        """The tint token behind it, where a tint is wanted."""
        return state_look(self.state).soft
