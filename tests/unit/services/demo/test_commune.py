"""The made-up year: same seed, same records; plausible, and covering what tests and pictures need."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest

from thidua_desktop.domain.rules import RuleContext
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import FieldType
from thidua_desktop.formdef.records import check_record, normalise, with_computed
from thidua_desktop.services.demo.build import demo_clock
from thidua_desktop.services.demo.calendar import DemoCalendar
from thidua_desktop.services.demo.commune import commune_records
from thidua_desktop.services.demo.world import Made
from thidua_desktop.services.session import Clock

CALENDAR = DemoCalendar(date(2026, 11, 16))


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(commune_records(5, 1, CALENDAR))


def test_the_calendar_is_thirteen_closed_months_and_the_running_one() -> None:
    months = list(CALENDAR.months())
    assert (months[0][0], months[-1]) == (date(2025, 10, 15), (date(2026, 11, 15), date(2026, 12, 14)))
    assert len(months) == 14
    assert list(CALENDAR.festivals()) == [(date(2026, 7, 20), date(2026, 8, 19))]


def test_the_same_seed_gives_the_same_records() -> None:
    first, again, other = (list(islice(commune_records(seed, 1, CALENDAR), 500)) for seed in (5, 5, 6))
    assert first == again != other


def test_an_ordinary_commune(made: list[Made]) -> None:
    count = {register: sum(1 for one in made if one.register == register) for register in {m.register for m in made}}
    assert count["residential_area"] == 15 and count["self_managed_group"] == 150 + 3  # and three that closed
    assert 4_500 < count["household"] < 5_600
    assert 3_700 < count["movement_activity"] + count["resident_meeting"] < 4_400
    assert len({one.id for one in made}) == len(made)


def test_links_point_backwards(made: list[Made]) -> None:
    seen: set[object] = set()
    registers = load_definitions().registers
    links = {
        name: [field.name for field in spec.fields if field.type is FieldType.LINK] for name, spec in registers.items()
    }
    for one in made:
        for name in links[one.register]:
            assert one.values.get(name) is None or one.values[name] in seen, (one, name)
        seen.add(one.id)


def test_no_record_breaks_a_rule(made: list[Made]) -> None:
    definitions = load_definitions()
    by_id = {(one.register, one.id): one.values for one in made}
    context = RuleContext(CALENDAR.today, lambda register, key: by_id.get((register, key)), {})
    for one in made[::17]:
        spec = definitions.registers[one.register]
        values = with_computed(spec, normalise(spec, one.values), context)
        problems = check_record(definitions, spec, values, context)
        assert not [problem for problem in problems if problem.severity == "error"], (one, problems)


def test_nothing_of_the_year_before_waits_for_a_decision(made: list[Made]) -> None:
    sheets = [
        one.values for one in made if one.register == "assessment" and one.values["year"] == CALENDAR.today.year - 1
    ]
    assert {str(values["status"]) for values in sheets} == {"recognised", "refused"}
    titles = [
        one.values for one in made if one.register == "culture_title" and one.values["year"] == CALENDAR.today.year - 1
    ]
    assert titles and all("decision" in values for values in titles)
    tasks = [one.values for one in made if one.register in ("plan_task", "reform_task")]
    late = [values["due_on"] for values in tasks if "done_on" not in values]
    assert min(day for day in late if isinstance(day, date)) > CALENDAR.today - timedelta(days=60)


def test_every_letter_and_awkward_names_occur(made: list[Made]) -> None:
    names = {str(one.values["representative"]) for one in made if one.register == "household"}
    letters = set("".join(names).lower())
    vowels = "àáảãạăằắẳẵặâầấẩẫậèẻêềểễệìíỉĩịòóỏõọôồốổỗộơờớởợùúủũụưừứửữựỳýỷỹỵđ"
    assert not set(vowels) - letters
    assert "K'Nớ" in names and "Phia" in names


def test_nothing_is_recorded_later_than_now() -> None:
    now = Clock().now()
    assert demo_clock(now.date()).now() <= now
    assert (demo_clock(date(2026, 1, 5)).now().hour, demo_clock(date(2026, 1, 5)).now().minute) == (10, 24)
