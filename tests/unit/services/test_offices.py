"""Making and opening an office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.services.conftest import CHEAP, OFFICE, PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, people
from thidua_desktop.services.offices import CreatedOffice, NewArea
from thidua_desktop.services.session import Clock, Permission, Role, Session


def test_a_new_office_has_its_areas_letterhead_and_user(session: Session) -> None:
    info = offices.office_info(session)
    assert (info.code, info.name, info.province_name) == ("24412", "Xã M’Drắk", "Tỉnh Đắk Lắk")
    assert dict(info.counts)["Khu dân cư"] == 2
    identity = session.file.identity
    assert identity.header_issuer == "ỦY BAN NHÂN DÂN XÃ M’DRẮK"
    assert identity.header_parent == ""
    assert (identity.place, identity.symbol_suffix) == ("M’Drắk", "UBND")
    assert session.user.role is Role.ADMINISTRATOR
    assert session.may(Permission.SEES_SENSITIVE)


def test_the_recovery_sheet_opens_the_office_again(created: CreatedOffice, clock: Clock) -> None:
    assert created.recovery_sheet_pdf.startswith(b"%PDF")
    path = created.session.file.path
    created.session.close()
    again = offices.open_with_recovery(path, created.recovery.lower(), clock)
    assert again.user.name == "Y Bhăm Niê"
    offices.change_password(again, "mật khẩu thứ hai", CHEAP)
    again.close()
    third = offices.open_office(path, "mật khẩu thứ hai", clock=clock)
    assert offices.check_office(third) == []
    third.close()


def test_a_wrong_password_is_refused(created: CreatedOffice) -> None:
    created.session.close()
    with pytest.raises(UserError) as refusal:
        offices.open_office(created.session.file.path, PASSWORD + "x")
    assert refusal.value.code == "TD-STORE-001"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit_code": "99999"}, "TD-STORE-201"),
        ({"unit_code": "66"}, "TD-STORE-202"),
        ({"province": True}, "TD-STORE-202"),
        ({"password": "ngắn"}, "TD-STORE-203"),
        ({"password": "Y Bhăm Niê"}, "TD-STORE-204"),
        ({"password": "12345678"}, "TD-STORE-205"),
        ({"password": "aaaaaaaaaa"}, "TD-STORE-205"),
        ({"password": "matkhau1"}, "TD-STORE-205"),
        ({"user_name": "  "}, "TD-STORE-206"),
        ({"login": "có dấu"}, "TD-STORE-207"),
    ],
)
def test_what_cannot_be_is_refused_before_a_file_exists(tmp_path: Path, change: dict[str, object], code: str) -> None:
    path = tmp_path / "moi.thidua"
    with pytest.raises(UserError) as refusal:
        offices.create_office(path, OFFICE._replace(**change), cost=CHEAP)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert str(refusal.value)
    assert not path.exists()


def test_an_area_that_cannot_be_recorded_names_its_line_and_leaves_no_file(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "moi.thidua"
    bad = OFFICE._replace(areas=(NewArea("thon", "Tân Lập"), NewArea("không có", "Tân An")))
    with pytest.raises(UserError) as refusal:
        offices.create_office(path, bad, clock, CHEAP)
    assert refusal.value.code == "TD-STORE-209"
    assert "dòng 2" in refusal.value.sentence
    assert not path.exists()


def test_a_province_office_has_no_parent_line(tmp_path: Path, clock: Clock) -> None:
    new = OFFICE._replace(unit_code="75", province=True, areas=())
    made = offices.create_office(tmp_path / "tinh.thidua", new, clock, CHEAP)
    assert made.session.file.identity.header_issuer == "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐỒNG NAI"
    assert made.session.file.identity.header_parent == ""
    assert made.session.is_province
    assert made.session.may(Permission.RECEIVE)
    made.session.close()


def test_only_who_may_changes_the_letterhead(session: Session) -> None:
    lines = {"header_parent": "A", "header_issuer": "B", "place": "C", "symbol_suffix": "D"}
    officer = replace(session, user=replace(session.user, role=Role.OFFICER))
    with pytest.raises(UserError) as refusal:
        offices.set_letterhead(officer, **lines)
    assert refusal.value.code == "TD-STORE-220"
    offices.set_letterhead(session, **lines)
    assert session.file.identity.header_issuer == "B"


def test_a_login_is_suggested_from_the_name() -> None:
    assert offices.suggested_login("Nguyễn Đức Ánh") == "nguyenducanh"


def test_people_come_and_go_but_one_password_stays(session: Session) -> None:
    user = people.add_user(session, name="Lò Thị Ánh", login="", role=Role.OFFICER, password="một mật khẩu", cost=CHEAP)
    assert user.login == "lothianh"
    assert [known.login for known in offices.office_info(session).users] == ["lothianh", "ybham"]
    path = session.file.path
    session.close()
    second = offices.open_office(path, "một mật khẩu", "lothianh")
    assert (second.user.name, second.user.role) == ("Lò Thị Ánh", Role.OFFICER)
    with pytest.raises(UserError) as refusal:
        people.remove_user(second, "ybham")
    assert refusal.value.code == "TD-STORE-220"
    second.close()
    first = offices.open_office(path, PASSWORD, "ybham")
    people.remove_user(first, "lothianh")
    with pytest.raises(UserError):
        people.remove_user(first, "ybham")
    first.close()
