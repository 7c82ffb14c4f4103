"""The words of Hôm nay: due lines, first steps and dangers as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from thidua_desktop.services.due import Waiting, in_words
from thidua_desktop.services.safety import Danger, SafetyLine
from thidua_desktop.services.today import (
    AWARDS,
    DRAFT,
    MEETING_REGISTER,
    RETURNED,
    RETURNED_REPORT,
    UNIT,
    WAITING,
    DueLine,
    Target,
    Urgency,
)
from thidua_desktop.text import lower_first, upper_first
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.pages.today.line_list import Line

MOST_LINES = 8
MOST_TASKS = 3
_OF_THE_PROVINCE = {
    UNIT: StateText(State.WARN, "Theo chỉ đạo của tỉnh"),
    AWARDS: StateText(State.INBOX, "Chờ ghi vào sổ"),
}
_MOST_OF_A_REGISTER = (2, 1, 0)
_VERBS = {"report": "Soạn báo cáo", "meeting": "Xem các tổ", "task": "Mở cuộc họp", "step": "Mở sổ", "duty": "Ghi",
          DRAFT: "Gõ tiếp"}  # fmt: skip
_STATES = {Urgency.LATE: State.LATE, Urgency.SOON: State.SOON, Urgency.CALM: State.LATER}
_DANGERS = {
    Danger.BACKUP: (State.SOON, "database-backup"),
    Danger.UNSENT: (State.WAITING, ""),
    Danger.CLOCK: (State.SOON, "clock-alert"),
    Danger.FILE: (State.BAD, ""),
    Danger.PEOPLE: (State.WAITING, "users"),
    Danger.SHEET: (State.SOON, "key-round"),
}


class RoomLead(NamedTuple):
    """A line that leads to a room as a whole."""

    room: str


class AllLines:
    """What the last row leads to where there are more: all of them, in the same place."""


ALL_LINES = AllLines()
_Row: TypeAlias = tuple[str, Line]  # what it is of: rows of one kind leave room for others


def due_rows(lines: Sequence[DueLine], *, whole: bool = False) -> list[Line]:
    """Due lines as rows, worst first; what waits for a package stands among the dangers instead.

    Tasks of meetings can be many: the worst three have a row each, the others one together. So have the records of a
    register that wait: two of each, fewer where that would leave no room for something else. Where there is still more,
    the worst of every kind stand before the second of any, and a last row opens the others; ``whole``: all of them.
    """
    shown = [line for line in lines if line.kind != "package"]
    for most in _MOST_OF_A_REGISTER:
        rows = _rows(_folded(shown, most))
        if len(rows) <= MOST_LINES or whole:
            break
    return [row for _, row in rows] if whole else _with_room_for_each(rows)


def _with_room_for_each(rows: Sequence[_Row]) -> list[Line]:
    if len(rows) <= MOST_LINES:
        return [row for _, row in rows]
    turns = Counter[str]()
    order = []
    for at, (kind, _) in enumerate(rows):
        order.append((turns[kind], at))
        turns[kind] += 1
    chosen = {at for _, at in sorted(order)[: MOST_LINES - 1]}
    hidden = [row for at, (_, row) in enumerate(rows) if at not in chosen]
    late = any(row.state.state is State.LATE for row in hidden)
    state = StateText(State.LATE, "Có việc quá hạn") if late else StateText(State.LATER, "Chưa quá hạn")
    more = Line(f"Còn {len(hidden)} việc khác", state, "", "Xem hết", ALL_LINES)
    return [*(row for at, (_, row) in enumerate(rows) if at in chosen), more]


def _rows(shown: Sequence[DueLine]) -> list[_Row]:
    tasks = [line for line in shown if line.kind == "task"]
    others = tasks[MOST_TASKS:]
    rows = [(_kind_of(line), _due_row(line)) for line in shown if line not in others]
    if others:
        rows.insert(min(len(rows), shown.index(tasks[MOST_TASKS - 1]) + 1), ("other tasks", _other_tasks(others)))
    return rows


def _kind_of(line: DueLine) -> str:
    return f"{line.kind} {line.target.register} {line.of}" if line.kind == WAITING else line.kind


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
    counted = [line for line in lines if line.kind not in {"package", AWARDS, DRAFT, RETURNED, RETURNED_REPORT}]
    late = sum(line.more or 1 for line in counted if line.urgency is Urgency.LATE)
    soon = sum(line.more or 1 for line in counted if line.urgency is Urgency.SOON)
    parts = [f"{late} quá hạn"] if late else []
    return ", ".join([*parts, f"{soon} trong tuần này"] if soon else parts)


def _folded(lines: Sequence[DueLine], most: int) -> list[DueLine]:
    """``lines`` with the records of a register that wait told in one line after the first ``most``."""
    waiting: dict[tuple[str, str], list[DueLine]] = {}
    for line in lines:
        if line.kind == WAITING:
            waiting.setdefault((line.target.register, line.of), []).append(line)
    told: dict[int, DueLine | None] = {}
    for found in waiting.values():
        rest = found[most:]
        if sum(line.more or 1 for line in rest) > 1:
            told |= {id(line): None for line in rest} | {id(rest[0]): _together(rest, bool(most))}
    return [shown for line in lines if (shown := told.get(id(line), line)) is not None]


def _together(rest: Sequence[DueLine], after_others: bool) -> DueLine:
    """Records that wait as one line, which leads to their list."""
    first, count = rest[0], sum(line.more or 1 for line in rest)
    # a register without a room: the first of them opens; what is not recorded yet waits in no list
    listed = first.target.page != "form" and first.target.query is None
    target = Target("register", first.target.register, due=Waiting.OPEN) if listed else first.target
    return first._replace(title=f"{'Còn ' * after_others}{count} {first.of}", detail="", target=target, more=count)


def _other_tasks(others: Sequence[DueLine]) -> Line:
    late = any(line.urgency is Urgency.LATE for line in others)
    state = StateText(State.LATE, "Quá hạn") if late else StateText(State.SOON, "Trong tuần này")
    return Line("Các việc khác giao sau họp", state, "ghi xong hoặc gia hạn trong cuộc họp", "Xem sổ họp",
                Target("register", MEETING_REGISTER))  # fmt: skip


def _due_row(line: DueLine) -> Line:
    if line.kind == DRAFT:
        return Line(line.title, StateText(State.DRAFT, "Chưa lưu"), line.detail, _VERBS[DRAFT], line.target)
    if line.kind == RETURNED_REPORT:
        return Line(line.title, StateText(State.LATE, "Chờ sửa, chốt lại"), line.detail, _VERBS["report"], line.target)
    if line.kind in _OF_THE_PROVINCE:
        return Line(line.title, _OF_THE_PROVINCE[line.kind], line.detail, "Xem", line.target)
    if line.kind == RETURNED:
        verb = "Gửi – nhận" if line.more else "Mở"
        return Line(line.title, StateText(State.LATE, "Tỉnh chờ sửa"), line.detail, verb, line.target)
    words = in_words(line.days) if line.days is not None else "chưa có hạn"
    if line.more:
        shown = StateText(_STATES[line.urgency], "Quá hạn" if line.urgency is Urgency.LATE else "Sắp đến hạn")
        return Line(line.title, shown, line.detail or _worst(line), "Mở sổ", line.target)
    detail = line.detail.removesuffix(words).removesuffix(", ")
    shown = StateText(_STATES[line.urgency], upper_first(words))
    return Line(line.title, shown, lower_first(detail) if line.kind == "report" else detail,
                _VERBS.get(line.kind, "Mở"), line.target)  # fmt: skip


def _worst(line: DueLine) -> str:
    """Of several in one line, the days of the first: "lâu nhất 230 ngày", "gần nhất còn 3 ngày"."""
    if line.days is None:
        return ""
    return f"lâu nhất {-line.days} ngày" if line.days < 0 else f"gần nhất {in_words(line.days)}"


def is_new_office(steps: Sequence[DueLine], has_dated_records: bool) -> bool:
    """Whether the five first steps stand in place of what is due."""
    return bool(steps) and not has_dated_records


__all__ = [
    "ALL_LINES",
    "Line",
    "RoomLead",
    "Target",
    "danger_rows",
    "due_caption",
    "due_rows",
    "is_new_office",
    "step_rows",
]
