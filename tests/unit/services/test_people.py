"""People of an office: reset and changed passwords, roles, the last who manages, the advice about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.services.conftest import CHEAP, PASSWORD
from thidua_desktop.cli import run
from thidua_desktop.errors import UserError
from thidua_desktop.services import access, offices, people, recovery, restoring
from thidua_desktop.services.backups import backup_now
from thidua_desktop.services.offices import CreatedOffice
from thidua_desktop.services.password_rules import check_password, password_rules
from thidua_desktop.services.safety import Danger, safety
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.store.key_slots import slots_path

OLD, OWN = "mưa nắng gió sương", "sương sớm đầu làng"


@pytest.fixture
def path(created: CreatedOffice) -> Path:
    """An office with a second person, still open."""
    people.add_user(created.session, name="Lò Văn Bình", login="lovanbinh", role=Role.OFFICER, password=OLD, cost=CHEAP)
    return created.session.file.path


def refusal(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.raises(UserError, match=code)


def test_a_reset_password_opens_nothing_but_its_change(session: Session, path: Path) -> None:
    given = people.reset_password(session, "lovanbinh", CHEAP)
    assert given.user.name == "Lò Văn Bình"
    session.close()
    with refusal("TD-STORE-001"):
        offices.open_office(path, OLD)
    for _ in range(2):
        with refusal("TD-STORE-376"):
            offices.open_office(path, given.password)
    for password, code in (
        (given.password, "TD-STORE-372"), ("ngắn", "TD-STORE-203"), ("Lò Văn Bình", "TD-STORE-204"),
        ("matkhau1", "TD-STORE-205"),
    ):  # fmt: skip
        with refusal(code):
            people.open_with_temporary(path, given.password, password, cost=CHEAP)
    with people.open_with_temporary(path, given.password, OWN, "lovanbinh", cost=CHEAP).file as file:
        assert file.login == "lovanbinh"
        noted = [(one.what, one.records) for one in file.accesses.all()]
        assert noted == [("user_added", 1), ("reset", 1), ("failed", 1), ("login", 1), ("password", 1)]
    with refusal("TD-STORE-001"):
        offices.open_office(path, given.password)
    offices.open_office(path, OWN).close()


def test_a_wrong_temporary_password_is_a_guess(session: Session, path: Path) -> None:
    people.reset_password(session, "lovanbinh", CHEAP)
    session.close()
    with refusal("TD-STORE-001"):
        people.open_with_temporary(path, "không phải đâu", OWN, cost=CHEAP)


def test_a_restored_copy_keeps_who_must_change(session: Session, path: Path, tmp_path: Path) -> None:
    copy = backup_now(session, tmp_path)
    given = people.reset_password(session, "lovanbinh", CHEAP)
    recovery.sheet_kept(session)
    restored = restoring.restore(session, copy.path)
    assert recovery.state(restored).is_safe
    restored.close()
    with refusal("TD-STORE-376"):
        offices.open_office(path, given.password)


def test_temporary_passwords_differ_and_keep_the_rules() -> None:
    made = {people.temporary_password() for _ in range(20)}
    assert len(made) == 20 and all(len(one) == 14 for one in made)
    for one in made:
        check_password(one, "lovanbinh", "Lò Văn Bình", "Xã Phú Hòa")


def test_somebody_always_manages(session: Session, path: Path) -> None:
    with refusal("TD-STORE-373"):
        people.remove_user(session, session.user.login)
    with refusal("TD-STORE-371"):
        people.change_role(session, session.user.login, Role.OFFICER)
    with refusal("TD-STORE-371"):
        people.reset_password(session, session.user.login)
    people.change_role(session, "lovanbinh", Role.ADMINISTRATOR)
    other = replace(session, user=User("lovanbinh", "Lò Văn Bình", Role.ADMINISTRATOR))
    people.change_role(other, session.user.login, Role.OFFICER)
    with refusal("TD-STORE-373"):
        people.remove_user(other, "lovanbinh")
    assert [one.login for one in people.managers(session)] == ["lovanbinh"]
    for login, role in (("khong-co", Role.OFFICER), (session.user.login, Role.PROVINCE)):
        with refusal("TD-STORE-375"):
            people.change_role(other, login, role)


def test_a_changed_role_holds_from_the_next_log_in(session: Session, path: Path) -> None:
    people.change_role(session, "lovanbinh", Role.LEADER)
    assert session.file.accesses.newest(1)[0].record_id == "lovanbinh:lãnh đạo"
    session.close()
    with offices.open_office(path, OLD).file as file:
        assert next(one.role for one in file.users.all() if one.login == "lovanbinh") == "leader"


def test_a_login_is_given_to_one_person(session: Session, path: Path) -> None:
    with refusal("TD-STORE-374"):
        people.add_user(session, name="Lò Văn Bình", login="LoVanBinh ", role=Role.OFFICER, password=OWN, cost=CHEAP)
    people.remove_user(session, "lovanbinh")
    people.add_user(session, name="Lò Văn Bình", login="lovanbinh", role=Role.LEADER, password=OWN, cost=CHEAP)


def test_a_removed_person_with_an_older_key_file_is_nobody(session: Session, path: Path) -> None:
    """They keep a copy of the key file: they get in as nobody, least of all as the administrator."""
    theirs = slots_path(path).read_bytes()
    people.remove_user(session, "lovanbinh")
    session.close()
    slots_path(path).unlink()
    with refusal("TD-STORE-001"):  # the second key file is no older one
        offices.open_office(path, OLD)
    slots_path(path).write_bytes(theirs)
    for login in (None, "lovanbinh"):
        with refusal("TD-STORE-392"):
            offices.open_office(path, OLD, login)
        with refusal("TD-STORE-392"):
            people.open_with_temporary(path, OLD, OWN, login, cost=CHEAP)
    with offices.open_office(path, PASSWORD).file as file:
        assert not next(one.active for one in file.users.all() if one.login == "lovanbinh")


def test_a_former_administrator_is_not_back_with_an_older_copy(session: Session, path: Path, tmp_path: Path) -> None:
    people.change_role(session, "lovanbinh", Role.ADMINISTRATOR)
    copy = backup_now(session, tmp_path).path
    people.change_role(session, "lovanbinh", Role.OFFICER)
    session.close()
    with refusal("TD-STORE-220"):
        restoring.restore_damaged(path, copy, OLD)
    restoring.restore_damaged(path, copy, PASSWORD).close()


def test_who_came_after_the_copy_that_was_taken_back_is_nobody(session: Session, path: Path, tmp_path: Path) -> None:
    copy = backup_now(session, tmp_path).path
    people.add_user(session, name="Lê Thị Mới", login="moi", role=Role.OFFICER, password=OWN, cost=CHEAP)
    session.close()
    path.write_bytes(path.read_bytes()[:8192])
    restoring.restore_damaged(path, copy, PASSWORD, session.user.login).close()
    with refusal("TD-STORE-392"):
        offices.open_office(path, OWN)
    with refusal("TD-STORE-304"):
        restoring.restore_damaged(path, copy, OWN)


def test_the_advice_goes_when_there_is_a_second_manager_and_a_sheet(session: Session, path: Path) -> None:
    assert [one.danger for one in safety(session).lines][-2:] == [Danger.SHEET, Danger.PEOPLE]
    recovery.sheet_kept(session)
    people.change_role(session, "lovanbinh", Role.ADMINISTRATOR)
    assert not {Danger.SHEET, Danger.PEOPLE} & {one.danger for one in safety(session).lines}
    officer = replace(session, user=User("x", "X", Role.OFFICER))
    recovery.new_recovery_sheet(session)
    assert Danger.SHEET in {one.danger for one in safety(session).lines}
    assert Danger.SHEET not in {one.danger for one in safety(officer).lines}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("bảy ký", "203"), ("Lò Văn Bình", "204"), ("lovanbinh2026", "204"), ("Xã Phú Hòa", "204"),
        ("phuhoa123", "204"),
        ("UBND xã Phú Hòa", "204"), ("hnibnavol", "204"), ("congan@2026", "205"), ("matkhau123", "205"),
        ("12345678", "205"), ("abcabcabc", "205"), ("aaaaaaaa", "205"), ("qwerty2026", "205"), ("A1B2C3D4", "205"),
        ("sương sớm đầu làng", ""), ("bốn-từ-dễ-nhớ", ""), ("phú hòa mưa nắng gió", ""),
    ],
)  # fmt: skip
def test_the_rules_say_what_the_services_hold(password: str, code: str) -> None:
    about = ("lovanbinh", "Lò Văn Bình", "Xã Phú Hòa")
    try:
        check_password(password, *about)
    except UserError as refused:
        assert refused.code == f"TD-STORE-{code}"
    else:
        assert not code
    assert all(rule.kept for rule in password_rules(password, password, *about)) is not bool(code)


def test_the_same_rules_at_each_place(created: CreatedOffice, path: Path, tmp_path: Path) -> None:
    session, bad = created.session, "Phường Buôn Ma Thuột"
    office = session.file.identity.name
    new = offices.NewOffice(unit_code="24412", user_name="A B", password=office)
    for place in (
        lambda: offices.create_office(tmp_path / "khac.thidua", new, cost=CHEAP),
        lambda: offices.change_password(session, office, CHEAP),
        lambda: people.add_user(session, name="A B", login="ab", role=Role.OFFICER, password=office, cost=CHEAP),
    ):
        with refusal("TD-STORE-204"):
            place()
    assert bad and not (tmp_path / "khac.thidua").exists()
    session.close()
    with refusal("TD-STORE-204"):
        people.open_with_temporary(path, PASSWORD, office, cost=CHEAP)


def test_the_command_line_changes_a_password(session: Session, path: Path, tmp_path: Path) -> None:
    given = people.reset_password(session, "lovanbinh", CHEAP).password
    session.close()
    old, new = tmp_path / "cũ.txt", tmp_path / "mới.txt"
    old.write_text(given, encoding="utf-8")
    new.write_text(OWN, encoding="utf-8")
    keys = ["--password-file", str(old)]
    assert run(["office", "info", str(path), *keys]) == 1
    assert run(["office", "password", str(path), *keys, "--new-password-file", str(new)]) == 0
    with offices.open_office(path, OWN).file as file:
        assert file.login == "lovanbinh" and access.Act.PASSWORD in {one.what for one in file.accesses.all()}
