"""People who may stand in the register twice, found by folded name, birth year and identity number.

Only people of one name (or of one identity number) are compared, never everybody with everybody. Nothing is decided
here: the program shows pairs, a person merges them or says that they are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from thidua_desktop.domain.likeness import Likeness, birth_year, judge
from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.queries import ListQuery, Record
from thidua_desktop.text import fold, fold_joined, match_key

PERSON, HOUSEHOLD = "person", "household"
MOST_PAIRS = 500
_LARGEST_BLOCK = 60
_READ = ("name", "sex", "birth_year", "born_on", "identity_number", "residential_area", "phone", "position")


LIKENESS_WORDS = {
    Likeness.CERTAIN: "Chắc chắn là một người",
    Likeness.LIKELY: "Nhiều khả năng là một người",
    Likeness.SAME_NAME: "Chỉ trùng tên",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person; ``first`` was written earlier. ``why`` in words."""

    first: Record
    second: Record
    likeness: Likeness
    why: str

    @property
    def of_one_office(self) -> bool:
        """Whether both were written by the same office, which alone can make them one."""
        return self.first.office == self.second.office


@dataclass(frozen=True, slots=True)
class HouseholdHint:
    """A household whose representative may be this person: only a hint, the two registers stay apart."""

    person: Record
    household: Record


def find(session: Session) -> list[Pair]:
    """The suspected pairs, those of one office and the surest first, without those that a person has kept apart.

    Identity numbers take part only for who may see them; to others such a pair looks like any other.
    """
    session.require(Permission.VIEW)
    people = list(_people(session))
    sees_numbers = session.may(Permission.SEES_SENSITIVE)
    apart = session.file.kept_apart.pairs(PERSON)
    found: dict[tuple[str, str], Pair] = {}
    for one, other in _candidates(people, sees_numbers):
        first, second = sorted((one, other), key=lambda record: record.id)
        if (first.id, second.id) in apart or (first.id, second.id) in found:
            continue
        judged = judge(first.values, second.values, sees_numbers)
        if judged is not None:
            found[first.id, second.id] = Pair(first, second, *judged)
    order = list(Likeness)
    pairs = sorted(
        found.values(),
        key=lambda pair: (not pair.of_one_office, order.index(pair.likeness), fold(str(pair.first.values["name"]))),
    )
    return pairs[:MOST_PAIRS]


def keep_apart(session: Session, pair: Pair) -> None:
    """These are two people; the pair is not shown again."""
    session.require(Permission.RECORD)
    session.file.kept_apart.put(PERSON, pair.first.id, pair.second.id, session.user.name, session.now())
    session.announce(Changes(frozenset()))


def ask_to_merge(session: Session, pair: Pair) -> None:
    """At the province: send the second record back to its commune, which is to make the two one.

    Raises TD-STORE-256 unless both are of one commune, TD-SYNC-080, TD-STORE-220, as ``answers.return_record``.
    """
    from thidua_desktop.services.handoff import answers
    from thidua_desktop.services.titles import title

    if not pair.of_one_office:
        raise UserError("TD-STORE-256", singular=session.register(PERSON).singular)
    other = title(session, PERSON, pair.first.id)
    reason = f"Có thể ghi trùng với {other}: {pair.why}. Là một người thì gộp ở Sổ người, Thêm, Tìm người trùng."
    answers.return_record(session, PERSON, pair.second.id, reason)


def suspect_again(session: Session, one: str, other: str) -> None:
    """Take back that two records are two people. Raises TD-STORE-258 when nobody said so."""
    session.require(Permission.RECORD)
    if tuple(sorted((one, other))) not in session.file.kept_apart.pairs(PERSON):
        raise UserError("TD-STORE-258")
    session.file.kept_apart.remove(PERSON, one, other)
    session.announce(Changes(frozenset()))


def household_hints(session: Session, person_ids: Iterable[str]) -> list[HouseholdHint]:
    """Households whose representative has the name and birth year of one of these people."""
    people = session.file.records.window(PERSON, list(person_ids), _READ)
    wanted = {
        (match_key(str(one.values.get("name"))), birth_year(one.values)): one
        for one in people
        if birth_year(one.values)
    }
    if not wanted:
        return []
    found = []
    for household in session.file.records.every(ListQuery(HOUSEHOLD)):
        key = (match_key(str(household.values.get("representative", ""))), household.values.get("birth_year"))
        if key in wanted:
            found.append(HouseholdHint(wanted[key], household))
    return found


def _people(session: Session) -> Iterator[Record]:
    keys = session.file.records.ids(ListQuery(PERSON))
    for start in range(0, len(keys), 1_000):
        yield from session.file.records.window(PERSON, keys[start : start + 1_000], _READ)


def _candidates(people: list[Record], sees_numbers: bool) -> Iterator[tuple[Record, Record]]:
    """Pairs worth a look: one number; one folded name and one birth year; one folded name where a year is missing."""
    by_number: dict[str, list[Record]] = defaultdict(list)
    by_name: dict[str, dict[int | None, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for one in people:
        number = one.values.get("identity_number")
        if sees_numbers and isinstance(number, str):
            by_number[number].append(one)
        by_name[fold_joined(str(one.values.get("name", "")))][birth_year(one.values)].append(one)
    for block in by_number.values():
        yield from combinations(block[:_LARGEST_BLOCK], 2)
    for years in by_name.values():
        nameless = years.get(None, [])[:_LARGEST_BLOCK]
        for year, block in years.items():
            yield from combinations(block[:_LARGEST_BLOCK], 2)
            if year is not None:
                yield from ((one, other) for one in nameless for other in block[:_LARGEST_BLOCK])
