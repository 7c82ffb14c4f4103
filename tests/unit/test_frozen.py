"""What ``frozen.dataclass`` makes behaves as what the standard library makes of the same class."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from thidua_desktop import frozen

QUICK: Any = frozen.dataclass  # for type checkers it is the standard one


def made_by(decorator: Callable[..., Any]) -> type[Any]:
    """One class with every kind of field that the program declares."""

    class Thing:
        """With words of its own."""

        name: str
        number: int = 3
        tags: list[str] = dataclasses.field(default_factory=list)
        secret: str = dataclasses.field(default="s", repr=False)
        passed_over: int = dataclasses.field(default=0, compare=False)
        counted: dict[str, int] = dataclasses.field(default_factory=dict, init=False)
        fixed: int = dataclasses.field(default=7, init=False)
        length: int = dataclasses.field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.name))

        def doubled(self) -> int:
            """A method."""
            return self.number * 2

    Thing.__qualname__ = "Thing"
    return decorator(frozen=True, slots=True)(Thing)  # type: ignore[no-any-return]


@QUICK(frozen=True, slots=True)
class Hashed:
    """Of values that can be hashed; at the top of the module, so that it can be pickled."""

    name: str
    number: int = 3


@QUICK(frozen=True, slots=True, kw_only=True)
class Named(Hashed):
    """Takes its own fields by name alone."""

    day: str
    after: str = ""

    def __post_init__(self) -> None:
        if not self.day:
            raise ValueError("no day")


OURS, THEIRS = made_by(QUICK), made_by(dataclasses.dataclass)


@pytest.mark.parametrize(
    "arguments",
    [("a",), ("a", 4), ("a", 4, ["x"]), ("a", 3, [], "t", 9)],
)
def test_it_shows_compares_and_turns_into_plain_data_like_the_standard_one(arguments: tuple[Any, ...]) -> None:
    ours, theirs = OURS(*arguments), THEIRS(*arguments)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert ours.doubled() == theirs.doubled()
    assert (ours == OURS("a")) == (theirs == THEIRS("a"))
    assert ours != theirs and OURS.__match_args__ == THEIRS.__match_args__ and OURS.__slots__ == THEIRS.__slots__


def test_it_takes_the_same_parameters() -> None:
    ours, theirs = inspect.signature(OURS.__init__).parameters, inspect.signature(THEIRS.__init__).parameters
    assert [(one.name, one.kind) for one in ours.values()] == [(one.name, one.kind) for one in theirs.values()]
    with pytest.raises(TypeError, match="name"):
        OURS()


def test_every_one_gets_its_own_default() -> None:
    one, other = OURS("a"), OURS("a")
    one.tags.append("x")
    assert other.tags == [] and one.counted == {} and one.counted is not other.counted and one.fixed == 7
    assert one.length == 1


def test_nothing_can_be_set_taken_away_or_added() -> None:
    one = Hashed("a")
    for change in (lambda: setattr(one, "name", "b"), lambda: delattr(one, "name"), lambda: setattr(one, "new", 1)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert one == Hashed("a") and not hasattr(one, "__dict__")


def test_equal_ones_hash_alike_and_what_is_passed_over_counts_for_nothing() -> None:
    assert {Hashed("a"), Hashed("a", 3), Hashed("b")} == {Hashed("b"), Hashed("a")}
    assert OURS("a", passed_over=1) == OURS("a", passed_over=2)


def test_copies_and_replacements_are_equal_and_of_the_same_class() -> None:
    one = Named(name="a", day="d")
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == copy.deepcopy(one) == one
    assert dataclasses.replace(one, day="e") == Named(name="a", day="e") != one


def test_a_class_may_build_on_another_and_check_itself() -> None:
    assert repr(Named("a", 4, day="d")) == "Named(name='a', number=4, day='d', after='')"
    with pytest.raises(ValueError, match="no day"):
        Named("a", day="")
    with pytest.raises(TypeError):
        Named("a", 4, "d")


def test_a_match_takes_it_apart() -> None:
    match Hashed("a", 5):
        case Hashed(name, number):
            assert (name, number) == ("a", 5)


def test_only_frozen_classes_with_slots_are_made() -> None:
    with pytest.raises(TypeError, match="frozen"):
        QUICK(frozen=False, slots=True)


def test_a_class_with_words_of_its_own_for_what_is_made_is_left_to_the_standard_one() -> None:
    class Spoken:
        def __repr__(self) -> str:
            return "spoken"

    with pytest.raises(TypeError, match="Spoken"):
        QUICK(frozen=True, slots=True)(Spoken)
