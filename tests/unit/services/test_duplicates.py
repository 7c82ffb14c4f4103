"""People written twice: found without comparing everybody, told from twins and namesakes, kept apart on a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from thidua_desktop.domain import likeness
from thidua_desktop.domain.likeness import Likeness, judge
from thidua_desktop.errors import UserError
from thidua_desktop.services import duplicates
from thidua_desktop.services.session import Role, Session, User

NUMBER, OTHER = "001184000123", "001184000456"


def person(name: str, **values: object) -> dict[str, object]:
    return {"name": name, **values}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (person("Đỗ Thị Hòa", birth_year=1984), person("Đỗ Thị Hoà", birth_year=1984), Likeness.LIKELY),
        (person("Đỗ Thị Hòa", birth_year=1984), person("Do Thi Hoa", birth_year=1984), Likeness.LIKELY),
        (person("Đỗ Thị Hòa", birth_year=1984), person("Đỗ Thị Hoa", birth_year=1984), Likeness.SAME_NAME),
        (person("K'Nớ", birth_year=1990), person("K’Nớ", birth_year=1990), Likeness.LIKELY),
        (person("Hoa", birth_year=1990), person("Hòa", birth_year=1990), Likeness.SAME_NAME),
        (person("Lê An", birth_year=1990), person("Lê An", birth_year=1991), None),
        (person("Lê An", birth_year=1990), person("Lê An"), Likeness.SAME_NAME),
        (person("Lê An", phone="0900000001"), person("Lê An", phone="0900000001"), Likeness.LIKELY),
        (person("Lê An", birth_year=1990, sex="male"), person("Lê An", birth_year=1990, sex="female"), None),
        (person("Lê An", born_on=date(1990, 5, 1)), person("Lê An", birth_year=1990), Likeness.LIKELY),
        (person("Lê An", born_on=date(1990, 5, 1)), person("Lê An", born_on=date(1990, 6, 1)), Likeness.SAME_NAME),
        (person("Lê An", identity_number=NUMBER), person("Lê Văn An", identity_number=NUMBER), Likeness.CERTAIN),
        (
            person("Lê An", birth_year=1990, identity_number=NUMBER),
            person("Lê An", birth_year=1990, identity_number=OTHER),
            Likeness.SAME_NAME,
        ),
        (person("Lê An", birth_year=1990), person("Lê Bình", birth_year=1990), None),
    ],
)
def test_how_alike_two_people_are(one: dict[str, object], other: dict[str, object], expected: Likeness | None) -> None:
    found = judge(one, other)
    assert (found[0] if found else None) is expected
    assert judge(other, one) == found


@pytest.fixture
def twice(add: Callable[..., str]) -> list[str]:
    """One person written twice, and twins."""
    return [
        add("person", name="Đỗ Thị Hòa", sex="female", birth_year=1984, identity_number=NUMBER),
        add("person", name="Đỗ Thị Hoà", sex="female", birth_year=1984),
        add("person", name="Lò Văn Sinh", sex="male", birth_year=1999, identity_number="001099000123"),
        add("person", name="Lò Văn Sinh", sex="male", birth_year=1999, identity_number="001099000456"),
    ]


def seen(session: Session) -> list[tuple[set[str], Likeness]]:
    return [({pair.first.id, pair.second.id}, pair.likeness) for pair in duplicates.find(session)]


def test_pairs_come_the_surest_first(session: Session, twice: list[str], add: Callable[..., str]) -> None:
    married = add("person", name="Đỗ Ngọc Hòa", sex="female", birth_year=1984, identity_number=NUMBER)
    assert seen(session) == [
        ({twice[0], married}, Likeness.CERTAIN),
        ({twice[0], twice[1]}, Likeness.LIKELY),
        ({twice[2], twice[3]}, Likeness.SAME_NAME),
    ]


def test_numbers_decide_only_for_who_may_see_them(session: Session, twice: list[str], add: Callable[..., str]) -> None:
    add("person", name="Đỗ Ngọc Hòa", sex="female", birth_year=1984, identity_number=NUMBER)
    leader = replace(session, user=User("huong", "Lê Hương", Role.LEADER))
    assert seen(leader) == [({twice[0], twice[1]}, Likeness.LIKELY), ({twice[2], twice[3]}, Likeness.LIKELY)]


def test_two_people_stay_two(session: Session, twice: list[str]) -> None:
    pair = duplicates.find(session)[0]
    duplicates.keep_apart(session, pair)
    assert {twice[0], twice[1]} not in [ids for ids, _ in seen(session)]
    duplicates.suspect_again(session, pair.second.id, pair.first.id)
    assert {twice[0], twice[1]} in [ids for ids, _ in seen(session)]
    with pytest.raises(UserError, match="TD-STORE-258"):
        duplicates.suspect_again(session, pair.first.id, pair.second.id)


def test_not_everybody_is_compared_with_everybody(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(None, {"name": f"Người Thứ {number}", "sex": "male", "birth_year": 1990}) for number in range(400)]
    session.file.records.save_many("person", rows, actor="x", now=session.now())
    asked: list[int] = []

    def counted(*args: object) -> None:
        asked.append(1)

    monkeypatch.setattr(duplicates, "judge", counted)
    assert duplicates.find(session) == [] and len(asked) == 0


def test_a_household_is_only_a_hint(
    session: Session, twice: list[str], area_ids: list[str], add: Callable[..., str]
) -> None:
    household = add("household", residential_area=area_ids[0], representative="Đỗ Thị Hoà", birth_year=1984, number=1)
    add("household", residential_area=area_ids[0], representative="Đỗ Thị Hoà", birth_year=1950, number=2)
    hints = duplicates.household_hints(session, twice)
    assert [hint.household.id for hint in hints] == [household]


def test_the_spelling_of_one_name() -> None:
    assert likeness.same_spelling("Hoà Thị Thuý", "hòa thị thúy")
    assert not likeness.same_spelling("Đào", "Dao")
