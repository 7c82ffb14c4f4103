"""What the meeting page knows without a window: finding a household, counting votes, words for an item.

Everything works on a meeting's values as records hold them; rows are never changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from thidua_desktop.domain.problems import Severity
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.model import Row, Value, Values
from thidua_desktop.services import links
from thidua_desktop.services.meetings import ItemState
from thidua_desktop.services.session import Session
from thidua_desktop.text import fold, lower_first
from thidua_desktop.ui.components.states import State, StateText

REGISTER = "resident_meeting"
VOTES = ("yes", "no", "other")
BALLOTS = ("issued", "returned", "valid", "invalid")
OVER = ("ended", "signed", "sent")
"""States of a meeting that no longer goes on."""

_FEMALE = "female"
_OWN_CONCLUSION = re.compile(r"Thông qua với \d+/\d+ hộ tán thành\.")
_PLACE = re.compile(r"^(\w+)\[(\d+)\](?:\.(\w+))?$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem belongs: ``agenda[2].yes`` is row 2, column ``yes`` of field ``agenda``."""

    field: str
    row: int = -1
    column: str = ""


def place_of(field: str) -> Place:
    """The place that a problem's field names."""
    found = _PLACE.match(field)
    return Place(found[1], int(found[2]), found[3] or "") if found else Place(field)


# Attendance


def matching(rows: Sequence[Row], text: str) -> list[int]:
    """Places of the rows that a typed text means: digits the number's beginning, words any part of the name."""
    typed = text.strip()
    if typed.isdigit():
        return [at for at, row in enumerate(rows) if str(row.get("number", "")).startswith(typed.lstrip("0") or "0")]
    words = fold(typed).split()
    return [at for at, row in enumerate(rows) if all(word in fold(_names(row)) for word in words)]


def meant(rows: Sequence[Row], text: str) -> int | None:
    """The one row that the text names, so that Space may tick it: an exact number, or the only match.

    None while several remain, and before the last word of the name: Space is then a letter of it ("Nguyễn Thị"). Of a
    name that is alone after two words the rest would else be typed as another name, and find somebody who is not here.
    """
    typed = text.strip()
    if not typed:
        return None
    found = matching(rows, typed)
    if typed.isdigit():
        return next((at for at in found if rows[at].get("number") == int(typed)), None)
    if len(found) != 1:
        return None
    named = (fold(str(rows[found[0]].get(name) or "")).split() for name in ("name", "stand_in"))
    return found[0] if {words[-1] for words in named if words} & {*fold(typed).split()} else None


def _names(row: Row) -> str:
    return f"{row.get('name') or ''} {row.get('stand_in') or ''}"


def with_row(rows: Sequence[Row], at: int, **values: Value) -> tuple[Row, ...]:
    """``rows`` with some values of one row changed; None takes a value away."""
    changed: dict[str, Value] = {**rows[at], **values}
    kept = {name: value for name, value in changed.items() if value is not None}
    return (*rows[:at], kept, *rows[at + 1 :])  # type: ignore[arg-type]


def remark(row: Row) -> str:
    """What stands at the right of a household: who came for it, or why nobody did."""
    stand_in, note = str(row.get("stand_in") or ""), str(row.get("note") or "")
    if not row.get("present") and stand_in:
        stand_in = f"dự thay: {stand_in}"
    return "; ".join(part for part in (stand_in, note) if part)


def women_among(rows: Sequence[Row], sexes: Mapping[str, str]) -> int | None:
    """Women among the representatives present, by the register of households; stand-ins are not known there."""
    if not sexes:
        return None
    came = (row for row in rows if row.get("present") and not row.get("stand_in"))
    return sum(sexes.get(str(row.get("household"))) == _FEMALE for row in came)


def following(current: Value, counted_before: int | None, counted_now: int | None) -> Value:
    """A number that follows the count until somebody types another one."""
    return counted_now if current is None or current == counted_before else current


def merged(fresh: Sequence[Row], old: Sequence[Row]) -> tuple[Row, ...]:
    """A newly loaded list of households with ticks and remarks of the old one kept by household."""
    known = {row.get("household"): row for row in old if row.get("household")}
    kept = ("present", "stand_in", "note")
    return tuple(
        {**row, **{name: known[row["household"]][name] for name in kept if name in known.get(row["household"], {})}}
        for row in fresh
    )


# Agenda


def is_blank(item: Row) -> bool:
    """Whether nothing was written about an item yet; such an item is not saved."""
    said = ("subject", "matter", "discussion", "conclusion", *VOTES, *BALLOTS)
    return all(item.get(name) in (None, "") for name in said)


def written_items(agenda: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """The items worth saving, and the place of each in the list that the page shows."""
    places = tuple(at for at, item in enumerate(agenda) if not is_blank(item))
    return tuple(agenda[at] for at in places), places


def counted(item: Row) -> int:
    """Votes of all three kinds."""
    return sum(whole(item.get(name)) for name in VOTES)


def is_voted(item: Row) -> bool:
    """Whether votes were written, be they all zero."""
    return any(isinstance(item.get(name), int) for name in VOTES)


def with_vote(item: Row, name: str, number: int) -> dict[str, Value]:
    """The values that change when one count is written: the other votes become 0, so that nothing stays unsaid."""
    changed: dict[str, Value] = {name: number}
    if name in VOTES:
        changed |= {other: whole(item.get(other)) for other in VOTES if other != name}
    return changed


def unvoted() -> dict[str, Value]:
    """The values that "Biểu quyết lại" takes away."""
    return dict.fromkeys((*VOTES, *BALLOTS, "outcome"), None)


def silent(item: Row, present: int) -> int:
    """Representatives without a voice yet: of those present, or of the valid ballots."""
    voters = whole(item.get("valid")) if item.get("method") == "secret" else present
    return max(0, voters - counted(item))


def own_conclusion(item: Row, state: ItemState, total: int) -> str:
    """The conclusion that the page writes by itself: only when the number needed is reached by counts that add up."""
    if not state.passed or not is_voted(item) or not state.needed or impossible(state):
        return ""
    return f"Thông qua với {whole(item.get('yes'))}/{total} hộ tán thành."


def impossible(state: ItemState) -> bool:
    """Whether the counts cannot be: more voices than representatives, ballots that do not add up."""
    return any(problem.severity is Severity.ERROR for problem in state.problems)


def is_own_conclusion(text: str) -> bool:
    """Whether a conclusion is one that the page wrote and nobody changed."""
    return _OWN_CONCLUSION.fullmatch(text) is not None


def item_words(item: Row, state: ItemState, total: int, current: bool, over: bool = False) -> StateText:
    """State and words of an item in the list; ``over``: the meeting has ended, so nothing of it goes on."""
    if is_voted(item) and state.needed:
        return _voted_words(item, state, total, current and not over)
    if item.get("matter") == "no_vote" and (over or item.get("discussion") or item.get("conclusion")):
        return StateText(State.OK, "Xong, không biểu quyết")
    if over and item.get("subject") and not is_voted(item):
        return StateText(State.MISSING, "Chưa biểu quyết")
    if item.get("discussion") or (current and item.get("subject")):
        return StateText(State.RUNNING, "Đang bàn")
    return StateText(State.MISSING, "Chưa bàn")


def _voted_words(item: Row, state: ItemState, total: int, current: bool) -> StateText:
    if impossible(state):
        return StateText(State.ERROR, "Số phiếu chưa khớp")
    if state.passed:
        return StateText(State.OK, f"Thông qua, {whole(item.get('yes'))}/{total} hộ")
    if current:
        return StateText(State.RUNNING, "Đang biểu quyết")
    return StateText(State.BAD, f"Chưa đạt, thiếu {state.missing} hộ")


def whole(value: object) -> int:
    """A count; 0 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


# The meeting


def rows(values: Values, name: str) -> tuple[Row, ...]:
    """Child rows of a field."""
    return rows_of(values.get(name))


def meeting_title(session: Session, values: Values) -> str:
    """ "Họp tổ tự quản số 3, thôn Đông Hạ"."""
    spec = session.register(REGISTER)
    names = [_link_name(session, spec.field(name), values.get(name)) for name in ("group", "residential_area")]
    known = [lower_first(name) for name in names if name]
    return f"Họp {', '.join(known)}" if known else "Cuộc họp mới"


def _link_name(session: Session, spec: object, value: Value) -> str:
    return links.label(session, spec, value) if value else ""  # type: ignore[arg-type]


def copied(values: Values) -> dict[str, Value]:
    """A meeting to start from another one: its agenda without votes, nobody present, nothing decided."""
    left = {"attendance", "households_present", "women_present", "ethnic_present", "tasks", "status", "sent_on"}
    kept = {name: value for name, value in values.items() if name not in {*left, "absence_reason", "notice_on"}}
    items = tuple(
        {name: item[name] for name in ("subject", "matter", "method") if name in item}
        for item in rows(values, "agenda")
    )
    return {**kept, **({"agenda": items} if items else {})}
