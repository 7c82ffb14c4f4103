"""How the columns of a register's list look: kinds, longest words, states, and which give way when room is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.services.lists import DECIDED, OFFICE, OWN_DECISION, UNDECIDED, ListColumn, ListRow, column_field
from thidua_desktop.services.session import Session
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import Column, ColumnKind
from thidua_desktop.ui.look.theme import Look

_NUMBERS = {FieldType.INTEGER, FieldType.DECIMAL}
STATES = {
    "draft": State.DRAFT,
    "running": State.RUNNING,
    "ended": State.UNSIGNED,
    "signed": State.FILED,
    "sent": State.OK,
    "self_assessed": State.DRAFT,
    "submitted": State.WAITING,
    "appraised": State.FILED,
    "recognised": State.OK,
    "refused": State.BAD,
    "collecting": State.INBOX,
    "appraising": State.RUNNING,
    "voted": State.DONE_QUIETLY,
    "decided": State.FILED,
    "presented": State.OK,
    "planned": State.LATER,
    "held": State.DONE_QUIETLY,
    "cancelled": State.MISSING,
}
"""How the codes of state fields are shown; a test holds that no code of any register is left out."""
DECIDED_STATES = {"awarded": State.OK, "rejected": State.RETURNED, "postponed": State.LATER}
"""The same of what the province decided on a record."""
_STATE_FIELDS = ("status", "state")
_WIDEST = 170  # px at 100 %: longer words are elided, their whole text is the tooltip
_WIDEST_DUE = 225
"""Of a day from which the last one is counted: red alone would make it the last day, "quá hạn 127 ngày" says it. Where
the last day itself stands, names have the room first."""
_STRETCH_WISHED = 340  # names longer than the least get this before the last columns stay
_STRETCH_NARROW = 220  # so much it keeps when a column that must stay has no room
_STRETCH_CODE_LEAST = 110  # labels of a catalog repeat themselves: a beginning is enough
_ALIKE = 10  # letters
_SAMPLES = {FieldType.DATE: "00/00/0000", FieldType.TIME: "00:00", FieldType.BOOLEAN: "không"}


@dataclass(frozen=True, slots=True)
class ListLook:
    """The columns of one list: looks, which one stretches, and states by the words of state columns."""

    columns: tuple[Column, ...]
    stretch: int
    states: Mapping[int, Mapping[str, StateText]]
    numbers: frozenset[int]
    due: int = -1  # the column that says how a record stands which waits for something
    wished: int = 0  # pixels that the stretching column needs for its longest words
    alike: frozenset[int] = frozenset()  # columns whose words begin in the same way and lose their middle


def is_state(field: FieldSpec) -> bool:
    """Whether a field says how a record stands."""
    said = field.name in _STATE_FIELDS or field.name.startswith(DECIDED)
    return said and field.type is FieldType.CHOICE


def states_of(session: Session, field: FieldSpec) -> dict[str, StateText]:
    """The catalog's words as states, each with its icon."""
    items = session.definitions.catalogs[field.catalog].items
    decided = field.name.startswith(DECIDED)
    known = DECIDED_STATES if decided else STATES
    states = {item.label: StateText(known.get(item.code, State.QUIET), item.label) for item in items}
    if not decided:
        return states
    return {
        **{label: state for label, state in states.items() if state.state is not State.QUIET},
        UNDECIDED: StateText(State.MISSING, UNDECIDED), OWN_DECISION: StateText(State.QUIET, OWN_DECISION),
    }  # fmt: skip


def list_look(
    session: Session, look: Look, spec: RegisterSpec, columns: Sequence[ListColumn], rows: Sequence[ListRow],
    sorted_by: str = "",
) -> ListLook:  # fmt: skip
    """Looks of all columns, wide enough for what ``rows`` (the first ones) hold, and for the arrow where it stands."""
    fields = [column_field(spec, column.name) for column in columns]
    stretch = _stretching(look, spec, fields, rows)
    states = {place: states_of(session, field) for place, field in enumerate(fields) if is_state(field)}
    numbers = frozenset(place for place, field in enumerate(fields) if field.type in _NUMBERS)
    waiting = _due_column(spec, fields, stretch)
    looks = []
    for place, field in enumerate(fields):
        shows_state = place in states or place == waiting
        kind = ColumnKind.STATE if shows_state else ColumnKind.NUMBER if place in numbers else ColumnKind.TEXT
        cells = [due_text(row, place).text if place == waiting and row.due else row.cells[place] for row in rows]
        counted = place == waiting != stretch and spec.due is not None and bool(spec.due.within)
        needed, widest = (cells, _WIDEST_DUE) if counted else ([row.cells[place] for row in rows], _WIDEST)
        sample = _sample(look, field, needed, states.get(place, {}), widest)
        arrow = (sorted_by or spec.sort or spec.date_field).lstrip("-") == field.name
        whole = max(cells, key=look.text_width, default="")
        looks.append(Column(field.heading, kind, sample, place == stretch, arrow, whole))
    said = [due_text(row, stretch).text if stretch == waiting and row.due else row.cells[stretch] for row in rows]
    wished = max(map(look.text_width, said), default=0) + look.px(22 if stretch != waiting else 43)
    alike = frozenset(place for place, _ in enumerate(fields) if begin_alike([row.cells[place] for row in rows]))
    return ListLook(tuple(looks), stretch, states, numbers, waiting, wished, alike)


def begin_alike(words: Sequence[str]) -> bool:
    """Whether words of a column begin in the same way: cut at their end, nobody could tell them apart."""
    different = sorted(set(words))
    pairs = [*pairwise(different)]
    short = sum(one[:_ALIKE] == other[:_ALIKE] for one, other in pairs)
    long = sum(one[: 2 * _ALIKE] == other[: 2 * _ALIKE] for one, other in pairs)
    return len(pairs) > 1 and (2 * short > len(pairs) or 4 * long > len(pairs))


def due_text(row: ListRow, column: int) -> StateText:
    """The cell of a record that is late or due soon: what stands there and the words, with an icon."""
    state = State.LATE if row.due is not None and row.due.late else State.SOON
    words = (row.cells[column], row.due.text if row.due is not None else "")
    return StateText(state, ", ".join(filter(None, words)), short=row.cells[column])


def giving_way(
    look: Look, shown: ListLook, width: int, spec: RegisterSpec, columns: Sequence[ListColumn],
    by_hand: Mapping[int, bool] = MappingProxyType({}),
) -> set[int]:  # fmt: skip
    """The columns to hide so that the stretching one keeps its room.

    First those in which nothing stands, then from the right, never day, area or state. What the definition wants to
    stay goes last, from the right too, and not before the stretching one has given of its room.

    ``by_hand``: place -> hidden, in the order of choosing. What was hidden takes no room; what was chosen stays while
    the room holds it, the one chosen last in any case.
    """
    kept = {spec.date_field, spec.area_field, OFFICE}
    widths = [column.width(look) for column in shown.columns]
    least = _stretch_least(look, shown, spec, columns)
    gone = {place for place, hidden in by_hand.items() if hidden}
    chosen = [place for place, hidden in by_hand.items() if not hidden]
    needed = sum(w for place, w in enumerate(widths) if place != shown.stretch and place not in gone) + least
    names = [column.name for column in columns]
    first_number = [min(shown.numbers)] if shown.numbers else []
    stays = [names.index(name) for name in spec.list.stays if name in names] or first_number
    spare = max(0, least - max(look.px(_STRETCH_NARROW), shown.columns[shown.stretch].least_width(look)))
    hidden: set[int] = set()
    empty = {place for place, column in enumerate(shown.columns) if not column.whole} - {*chosen}
    others = [place for place in range(1, len(widths)) if place not in by_hand]
    others.sort(key=lambda place: (place not in empty, place in stays, -place))
    for place in (*others, *chosen[:-1]):
        if needed <= width + (spare if place in stays or place in chosen else 0):
            break
        if place in (shown.stretch, shown.due) or place in shown.states or columns[place].name in kept:
            continue
        hidden.add(place)
        needed -= widths[place]
    for place in sorted(hidden - empty):  # a narrow one may fit where a wide one did not
        if needed + widths[place] <= width:
            hidden.discard(place)
            needed += widths[place]
    return hidden


def _stretch_least(look: Look, shown: ListLook, spec: RegisterSpec, columns: Sequence[ListColumn]) -> int:
    """The room that the stretching column wants before others stay."""
    column = shown.columns[shown.stretch]
    field = column_field(spec, columns[shown.stretch].name)
    words = field.type in {FieldType.TEXT, FieldType.NAME} or shown.stretch == shown.due
    own = max(column.width(look), min(shown.wished, look.px(_STRETCH_WISHED)))
    least = min(look.px(_STRETCH_WISHED if words else _STRETCH_CODE_LEAST), own)
    return max(least, column.least_width(look))


def _stretching(look: Look, spec: RegisterSpec, fields: Sequence[FieldSpec], rows: Sequence[ListRow]) -> int:
    """The column of words that needs most: a number such as 15/KH-UBND names a record too, and needs little."""
    texts = [
        place
        for place, field in enumerate(fields)
        if field.type in {FieldType.TEXT, FieldType.NAME} and field.name != OFFICE
    ]
    titles = [place for place in texts if fields[place].name in spec.title_fields]
    if titles or texts:
        needs = {at: max((look.text_width(row.cells[at]) for row in rows), default=0) for at in titles or texts}
        return max(needs, key=lambda at: needs[at])
    wide = [p for p, f in enumerate(fields) if f.type in {FieldType.CHOICE, FieldType.LINK} and not is_state(f)]
    return wide[-1] if wide else 0


def _due_column(spec: RegisterSpec, fields: Sequence[FieldSpec], stretch: int) -> int:
    """Where the day stands by which a record is due; without such a column, the column that names the record."""
    if spec.due is None:
        return -1
    return next((place for place, field in enumerate(fields) if field.name == spec.due.field), stretch)


def _sample(look: Look, field: FieldSpec, cells: Sequence[str], states: Mapping[str, StateText], widest: int) -> str:
    words = [*cells, *states, _SAMPLES.get(field.type, "")]
    longest = max(words, key=look.text_width, default="")
    while longest and look.text_width(longest) > look.px(widest):
        longest = longest[:-1]
    return longest
