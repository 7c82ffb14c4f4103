"""The matrix of permissions: every service asks first what permissions.toml says, and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import thidua_desktop
from tests.unit.services.handoff.two_offices import TwoOffices, two_offices
from tests.unit.services.permissions import all_services, reached_from_desk_and_command_line, without
from thidua_desktop.services.session import PERMISSIONS, Permission, Role, User

MATRIX = tomllib.loads(Path(__file__).with_name("permissions.toml").read_text(encoding="utf-8"))
EXPLAINED: dict[str, str] = MATRIX.pop("without")


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoOffices]:
    with two_offices(tmp_path_factory.mktemp("pair")) as both:
        yield both


@pytest.mark.parametrize("permission", list(Permission))
def test_a_person_who_lacks_one_permission_is_stopped_at_its_services(
    offices: TwoOffices, permission: Permission, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [without(one, permission, monkeypatch) for one in (offices.commune, offices.province)]
    stopped = {one.name for one in all_services() if any(one.asks(office, permission) for office in both)}
    assert sorted(stopped) == sorted(MATRIX[permission.value])


def test_whoever_may_do_all_is_stopped_nowhere(offices: TwoOffices) -> None:
    both = [replace(one, user=User("x", "X", Role.ADMINISTRATOR)) for one in (offices.commune, offices.province)]
    assert [one.name for one in all_services() if any(one.asks(o, Permission.VIEW) for o in both)] == []


def test_what_writes_asks_first_or_says_why_not() -> None:
    asking = {name for names in MATRIX.values() for name in names}
    reached = reached_from_desk_and_command_line()
    silent = {one.name for one in all_services() if one.name in reached and one.writes} - asking
    assert silent == EXPLAINED.keys()
    assert all(len(why) > 10 for why in EXPLAINED.values())


def test_what_it_goes_through_exists() -> None:
    known = {one.name for one in all_services()}
    through = {why.removeprefix("through ") for why in EXPLAINED.values() if why.startswith("through ")}
    assert through and through <= {name for names in MATRIX.values() for name in names} <= known


def test_values_that_are_not_masked_stay_in_services() -> None:
    program = Path(thidua_desktop.__file__).parent
    texts = [path.read_text(encoding="utf-8") for part in ("ui", "cli") for path in (program / part).rglob("*.py")]
    assert texts and not [text for text in texts if "records.whole" in text or "records import whole" in text]


def test_what_the_roles_may_do() -> None:
    everyday = {"view", "record", "print", "hand_over", "close_period"}
    assert {role: {one.value for one in may} for role, may in PERMISSIONS.items()} == {
        Role.OFFICER: everyday | {"sees_sensitive"},
        Role.LEADER: {"view", "print", "close_period"},
        Role.ADMINISTRATOR: {one.value for one in Permission},
        Role.PROVINCE: everyday | {"receive", "manage"},
    }
