"""The words of Hôm nay: due lines, first steps and dangers as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.services.safety import Danger, SafetyLine
from thidua_desktop.services.today import DRAFT, MEETING_REGISTER, DueLine, Target, Urgency, in_words
from thidua_desktop.text import format_date
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.pages.today.line_list import Line

MOST_LINES = 8
MOST_TASKS = 3
_VERBS = {"report": "Soạn báo cáo", "meeting": "Xem các tổ", "task": "Mở cuộc họp", "step": "Mở sổ", DRAFT: "Gõ tiếp"}
_STATES = {Urgency.LATE: State.LATE, Urgency.SOON: State.SOON, Urgency.CALM: State.LATER}
_DANGERS = {
    Danger.BACKUP: (State.SOON, "database-backup"),
    Danger.UNSENT: (State.WAITING, ""),
    Danger.CLOCK: (State.SOON, "clock-alert"),
    Danger.FILE: (State.BAD, ""),
}
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class RoomLead:
    """A line that leads to a room as a whole."""

    room: str


def due_rows(lines: Sequence[DueLine]) -> list[Line]:
    """Due lines as rows, worst first; what waits for a package stands among the dangers instead.

    Tasks of meetings can be many: the worst three have a row each, the others one together.
    """
    shown = [line for line in lines if line.kind != "package"]
    tasks = [line for line in shown if line.kind == "task"]
    others = tasks[MOST_TASKS:]
    rows = [_due_row(line) for line in shown if line not in others]
    if others:
        rows.insert(min(len(rows), shown.index(tasks[MOST_TASKS - 1]) + 1), _other_tasks(others))
    return rows[:MOST_LINES]


def step_rows(lines: Sequence[DueLine]) -> list[Line]:
    """The first steps as rows with what is done."""
    done, waiting = StateText(State.OK, "Đã xong"), StateText(State.MISSING, "Chưa có")
    return [
        Line(line.title, done if line.done else waiting, line.detail, _VERBS["step"], line.target) for line in lines
    ]


def danger_rows(lines: Sequence[SafetyLine]) -> list[Line]:
    """Dangers as rows."""
    rows = []
    for line in lines:
        state, icon = _DANGERS[line.danger]
        rows.append(Line(line.title, StateText(state, line.state, icon), line.detail, line.verb, RoomLead(line.room)))
    return rows


def due_caption(lines: Sequence[DueLine]) -> str:
    """ "1 quá hạn, 3 trong tuần này"; empty when nothing presses."""
    counted = [line for line in lines if line.kind not in {"package", DRAFT}]
    late = sum(line.urgency is Urgency.LATE for line in counted)
    soon = sum(line.urgency is Urgency.SOON for line in counted)
    parts = [f"{late} quá hạn"] if late else []
    return ", ".join([*parts, f"{soon} trong tuần này"] if soon else parts)


def long_day(day: date) -> str:
    """ "Thứ Hai, 09/11/2026"."""
    return f"{_WEEKDAYS[day.weekday()]}, {format_date(day)}"


def _other_tasks(others: Sequence[DueLine]) -> Line:
    late = any(line.urgency is Urgency.LATE for line in others)
    state = StateText(State.LATE, "Quá hạn") if late else StateText(State.SOON, "Trong tuần này")
    return Line("Các việc khác giao sau họp", state, "ghi xong hoặc gia hạn trong cuộc họp", "Xem sổ họp",
                Target("register", MEETING_REGISTER))  # fmt: skip


def _due_row(line: DueLine) -> Line:
    if line.kind == DRAFT:
        return Line(line.title, StateText(State.DRAFT, "Chưa lưu"), line.detail, _VERBS[DRAFT], line.target)
    words = in_words(line.days) if line.days is not None else "chưa có hạn"
    detail = line.detail.removesuffix(words).removesuffix(", ")
    shown = StateText(_STATES[line.urgency], words[:1].upper() + words[1:])
    return Line(line.title, shown, detail[:1].lower() + detail[1:] if line.kind == "report" else detail,
                _VERBS.get(line.kind, "Mở"), line.target)  # fmt: skip


def is_new_office(steps: Sequence[DueLine], dated_records: int) -> bool:
    """Whether the five first steps stand in place of what is due."""
    return bool(steps) and dated_records == 0


__all__ = [
    "Line",
    "RoomLead",
    "Target",
    "danger_rows",
    "due_caption",
    "due_rows",
    "is_new_office",
    "long_day",
    "step_rows",
]
