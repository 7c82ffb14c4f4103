"""The first start without a window: order of steps, rules of answers, the office that comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.conftest import CHEAP
from thidua_desktop.errors import UserError
from thidua_desktop.services import units
from thidua_desktop.services.area_lists import areas_from_text
from thidua_desktop.services.offices import open_with_recovery
from thidua_desktop.services.password_rules import password_rules
from thidua_desktop.services.session import Clock, Role
from thidua_desktop.services.setup_flow import (
    AreaAnswer,
    SetupFlow,
    Step,
    matching_units,
    path_problem,
    usual_kind,
)
from thidua_desktop.store.queries import ListQuery

SECRET = "cầu vồng bảy màu"


@pytest.fixture
def flow(tmp_path: Path, clock: Clock) -> SetupFlow:
    return SetupFlow(tmp_path, clock)


@pytest.fixture
def ready(flow: SetupFlow) -> SetupFlow:
    """All questions answered, standing at the last of them."""
    assert flow.next()
    flow.choose_unit(units.unit("24412"))
    assert flow.next() and flow.next()
    flow.change(areas=(AreaAnswer("thon", "Tân Lập", "48"), AreaAnswer("buon", "Ea M'Doal"), AreaAnswer("thon", "")))
    assert flow.next()
    flow.change(user_name="Y Bhăm Niê", password=SECRET, again=SECRET)
    return flow


def fields(flow: SetupFlow, step: Step) -> list[str]:
    return [problem.field for problem in flow.problems(step)]


def test_units_are_found_by_any_part_without_diacritics() -> None:
    names = [unit.name for unit in matching_units("an hoa gia lai", province=False)]
    assert "Xã An Hòa" in names
    assert len(matching_units("", province=True)) == 34
    assert matching_units("", province=False) == []
    assert all(unit.is_province for unit in matching_units("ha", province=True))


def test_one_cannot_go_on_without_a_unit(flow: SetupFlow) -> None:
    assert flow.next() and flow.step is Step.UNIT
    assert not flow.next()
    assert fields(flow, Step.UNIT) == ["unit"]
    flow.choose_unit(units.unit("24412"))
    assert flow.next() and flow.step is Step.LETTERHEAD


def test_the_unit_makes_letterhead_and_file_name(flow: SetupFlow) -> None:
    unit = units.unit("24412")
    flow.choose_unit(unit)
    answers = flow.answers
    assert answers.header_issuer == f"Ủy ban nhân dân {unit.name}".upper()
    assert answers.header_parent == ""
    assert answers.place == unit.bare_name
    assert answers.path.isascii() and answers.path.endswith(".thidua")


def test_a_typed_path_and_login_are_kept(flow: SetupFlow, tmp_path: Path) -> None:
    flow.change(path=str(tmp_path / "x.thidua"), login="toi")
    flow.choose_unit(units.unit("24412"))
    flow.change(user_name="Đặng Văn Ân")
    assert (flow.answers.path, flow.answers.login) == (str(tmp_path / "x.thidua"), "toi")
    flow.change(login="")
    flow.change(user_name="Đặng Văn Ân")
    assert flow.answers.login == "dangvanan"


def test_another_kind_of_desk_forgets_the_unit_and_the_areas_step(flow: SetupFlow) -> None:
    flow.choose_unit(units.unit("24412"))
    flow.choose_desk(province=True)
    assert flow.answers.unit is None
    assert Step.AREAS not in flow.steps()
    assert Step.AREAS in SetupFlow(Path()).steps()


def test_a_taken_file_name_gets_a_number(flow: SetupFlow) -> None:
    unit = units.unit("24412")
    first = flow.suggested_path(unit)
    first.parent.mkdir(parents=True)
    first.touch()
    assert flow.suggested_path(unit).stem == f"{first.stem}-2"


def test_letterhead_may_lack_only_its_parent(flow: SetupFlow) -> None:
    flow.choose_unit(units.unit("24412"))
    flow.change(header_parent="")
    assert flow.problems(Step.LETTERHEAD) == []
    flow.change(header_issuer=" ", place="", symbol_suffix="")
    assert fields(flow, Step.LETTERHEAD) == ["header_issuer", "place", "symbol_suffix"]


def test_each_wrong_row_of_areas_says_why(flow: SetupFlow) -> None:
    rows = [("Tân Lập", "48"), ("", "12"), ("Đông Hạ", "nhiều"), ("Tân lập", ""), ("", "")]
    flow.change(areas=tuple(AreaAnswer("thon", *row) for row in rows))
    assert flow.area_problems().keys() == {1, 2, 3}
    assert "dòng 1" in flow.area_problems()[3]
    assert fields(flow, Step.AREAS) == ["row[1]", "row[2]", "row[3]"]


def test_no_areas_at_all_is_no_problem(flow: SetupFlow) -> None:
    assert flow.problems(Step.AREAS) == []


def test_pasted_areas_join_those_typed_and_are_not_doubled(flow: SetupFlow) -> None:
    flow.change(areas=(AreaAnswer("thon", "Tân Lập", "48"),))
    came = flow.add_areas(areas_from_text("Thôn Tân lập\t50\nĐông Hạ\t1.250", "thon"))
    assert came == 1
    assert flow.answers.areas[-1] == AreaAnswer("thon", "Đông Hạ", "1250")


def test_bare_names_of_a_ward_become_its_usual_kind() -> None:
    ward = next(unit for unit in matching_units("an hoa", province=False) if unit.kind == "phường")
    drafts = areas_from_text("Bình An\nHòa Bình", usual_kind(ward))
    assert {area.kind for area in drafts.areas} == {"to_dan_pho"}
    assert usual_kind(None) == "thon"


@pytest.mark.parametrize(
    ("password", "again", "kept"),
    [
        ("", "", [False, False, False, False]),
        ("ngắn", "ngắn", [False, False, False, True]),
        ("maithusuong", "x", [True, False, True, False]),
        ("12345678", "12345678", [True, True, False, True]),
        (SECRET, SECRET, [True, True, True, True]),
    ],
)
def test_password_rules_are_sentences_that_follow_the_typing(password: str, again: str, kept: list[bool]) -> None:
    rules = password_rules(password, again, "maithusuong", "Mai Thu Sương")
    assert [rule.kept for rule in rules] == kept


def test_the_person_step_names_every_field_that_is_missing(flow: SetupFlow) -> None:
    assert fields(flow, Step.PERSON) == ["user_name", "login", "password", "path"]
    flow.change(user_name="Mai Thu Sương", password=SECRET, again="khác")
    assert fields(flow, Step.PERSON) == ["again", "path"]


def test_a_path_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "a.thidua"
    taken.touch()
    assert path_problem("") and path_problem("a.thidua") and path_problem(str(tmp_path / "a.txt"))
    assert taken.name in path_problem(str(taken))
    assert path_problem(str(taken / "b.thidua"))
    assert path_problem(str(tmp_path / f"{'a' * 300}.thidua"))
    assert "đường dẫn" in path_problem("~khong-co-nguoi-nay/a.thidua")
    assert path_problem(str(tmp_path / "new" / "a.thidua")) == ""


def test_a_folder_that_is_copied_to_a_cloud_is_warned_of(flow: SetupFlow) -> None:
    flow.change(path="/home/x/OneDrive - Xa/so.thidua")
    assert "đồng bộ" in flow.path_warning()
    flow.change(path="/home/x/Documents/so.thidua")
    assert flow.path_warning() == ""


def test_the_office_is_made_from_the_answers(ready: SetupFlow) -> None:
    ready.change(header_parent="CÔNG AN TỈNH ĐẮK LẮK")
    made = ready.create(CHEAP)
    session = made.session
    assert ready.step is Step.SHEET and ready.answers.password == ""
    assert session.user.role is Role.ADMINISTRATOR and session.user.name == "Y Bhăm Niê"
    assert session.file.identity.header_parent == "CÔNG AN TỈNH ĐẮK LẮK"
    areas = [record.values["name"] for record in session.file.records.every(ListQuery("residential_area"))]
    assert sorted(map(str, areas)) == ["Ea M'Doal", "Tân Lập"]
    assert ready.create(CHEAP) is made
    path = session.file.path
    session.close()
    with open_with_recovery(path, made.recovery.lower()).file as file:
        assert file.identity.code == "24412"


def test_nothing_is_made_twice_and_the_sheet_must_be_put_away(ready: SetupFlow) -> None:
    assert not ready.next()
    ready.create(CHEAP).session.close()
    assert fields(ready, Step.SHEET) == ["sheet_kept"]
    ready.sheet_kept = True
    assert ready.problems() == []
    assert not ready.back() and ready.step is Step.SHEET


def test_a_file_that_came_meanwhile_is_not_written_over(ready: SetupFlow) -> None:
    path = Path(ready.answers.path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    with pytest.raises(UserError, match="TD-STORE-017"):
        ready.create(CHEAP)
    assert path.read_bytes() == b"x" and ready.step is Step.PERSON


def test_a_folder_that_cannot_be_made_is_refused(ready: SetupFlow, tmp_path: Path) -> None:
    (tmp_path / "tep").touch()
    ready.change(path=str(tmp_path / "tep" / "a.thidua"))
    with pytest.raises(UserError, match="TD-ENV-002"):
        ready.create(CHEAP)


def test_a_province_gets_its_own_role_and_no_areas(flow: SetupFlow) -> None:
    flow.choose_desk(province=True)
    flow.choose_unit(matching_units("gia lai", province=True)[0])
    flow.change(user_name="Kpă H'Lan", password=SECRET, again=SECRET, areas=(AreaAnswer("thon", "X"),))
    made = flow.create(CHEAP)
    assert made.session.is_province and made.session.user.role is Role.PROVINCE
    assert made.session.file.records.count("residential_area") == 0
    made.session.close()


def test_going_back_keeps_answers(flow: SetupFlow) -> None:
    assert not flow.back()
    flow.next()
    flow.choose_unit(units.unit("24412"))
    flow.next()
    assert flow.back() and flow.step is Step.UNIT
    assert flow.answers.unit is not None
