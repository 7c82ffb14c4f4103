"""Made-up people with realistic names: every letter and tone, ethnic names, one-word names. Nobody here exists."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from thidua_desktop.paths import resource_path

KINH = "kinh"
ETHNIC_SHARE = 0.12
"""Share of people of ethnic minorities in the made-up commune."""


@cache
def demo_facts() -> dict[str, Any]:
    """The parts of names and places in ``resources/demo/names.toml``."""
    with resource_path("demo", "names.toml").open("rb") as stream:
        return tomllib.load(stream)


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person; ``sex`` and ``ethnicity`` are catalog codes."""

    name: str
    sex: str
    ethnicity: str
    birth_year: int

    @property
    def is_woman(self) -> bool:
        """Whether the person counts among the women."""
        return self.sex == "female"


def make_person(rng: Random, youngest: int = 2006, oldest: int = 1948) -> Person:
    """A person born between ``oldest`` and ``youngest`` (years)."""
    parts = demo_facts()["people"]
    birth_year = rng.randint(oldest, youngest)
    if rng.random() < ETHNIC_SHARE:
        chosen = rng.choice(parts["ethnic"])
        return Person(chosen["name"], chosen["sex"], chosen["group"], birth_year)
    sex = rng.choice(("male", "female"))
    words = (rng.choice(parts["families"]), rng.choice(parts[f"middle_{sex}"]), rng.choice(parts[f"given_{sex}"]))
    return Person(" ".join(word for word in words if word), sex, KINH, birth_year)


def make_identity_number(rng: Random, person: Person) -> str:
    """Twelve digits that agree with sex and birth year; the province code 000 marks them as made up."""
    century = (person.birth_year - 1900) // 100 * 2 + (1 if person.is_woman else 0)
    return f"000{century}{person.birth_year % 100:02d}{rng.randrange(1_000_000):06d}"


def make_phone(rng: Random) -> str:
    """A mobile number that begins with 000, which no network hands out."""
    return f"000{rng.randrange(10_000_000):07d}"
