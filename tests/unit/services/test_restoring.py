"""Copies are looked into and brought back: what they hold, what they leave out, what is refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fixtures.db.make_fixture import FOLDER
from tests.fixtures.db.make_fixture import PASSWORD as FIXTURE_PASSWORD
from tests.unit.services.conftest import CHEAP, OFFICE, PASSWORD
from tests.unit.services.test_automatic_backups import later, note
from thidua_desktop.errors import UserError
from thidua_desktop.paths import resource_path
from thidua_desktop.services import automatic_backups, backups, offices, people, restoring, surveys
from thidua_desktop.services.handoff import own_keys
from thidua_desktop.services.session import Role, Session, User


def copy_of(session: Session) -> Path:
    made = automatic_backups.take(session)
    assert made is not None
    return made


def test_what_a_copy_holds_and_what_it_leaves_out(session: Session, tmp_path: Path) -> None:
    copy = copy_of(session)
    note(session, 1)
    view = restoring.look_at_copy(session, copy)
    assert (view.office, view.newer, view.changes, view.why) == (session.file.identity.name, 1, 2, "trong lúc làm việc")
    assert dict(view.counts) == {session.register("residential_area").title: 2}
    (tmp_path / "usb").mkdir()
    backups.backup_now(later(session, hours=1), tmp_path / "usb")
    assert [one.why for one in restoring.known_copies(session)] == ["sao lưu bằng tay", "trong lúc làm việc"]


def test_what_is_no_copy_of_this_office(session: Session, tmp_path: Path) -> None:
    other = offices.create_office(tmp_path / "khac.thidua", OFFICE, session.clock, CHEAP).session
    stranger = copy_of(other)
    other.close()
    with pytest.raises(UserError, match="TD-STORE-002"):
        restoring.look_at_copy(session, stranger)
    copy = copy_of(session)
    session.file.identity = session.file.identity._replace(code="24415")
    with pytest.raises(UserError, match="TD-STORE-302"):
        restoring.look_at_copy(session, copy)
    copy.unlink()
    with pytest.raises(UserError, match="TD-STORE-020"):
        restoring.look_at_copy(session, copy)


def test_a_restore_is_another_installation_and_keeps_what_was_there(session: Session) -> None:
    copy = copy_of(session)
    before = session.file.installation_id
    note(session, 1)
    restored = restoring.restore(later(session, hours=1), copy)
    try:
        assert restored.file.records.count("residential_area") == 2 and restored.user == session.user
        assert restored.file.installation_id != before and own_keys.earlier_keys(restored)[-1].installation == before
        assert restored.file.check() == []
        note(restored, 2)
        [aside] = [one for one in restoring.known_copies(restored) if one.why == "trước khi khôi phục"]
        assert restoring.look_at_copy(restored, aside.path).counts[0][1] == 3
    finally:
        restored.close()
    assert not [one for one in session.file.path.parent.iterdir() if ".restoring" in one.name]
    offices.open_office(session.file.path, PASSWORD).close()


def test_a_restored_office_is_said_to_have_the_copies_that_there_are(session: Session, tmp_path: Path) -> None:
    """A copy on a stick is a copy of what was made from it; of an automatic one, the last on a stick is known."""
    usb, other = tmp_path / "usb", tmp_path / "o khac"
    usb.mkdir()
    other.mkdir()
    stick = backups.backup_now(session, usb)
    session.file.settings.put(backups.LAST_BACKUP, None)
    restored = restoring.restore(session, stick.path)
    known = backups.last_backup(restored)
    assert known is not None and (known.path, known.at) == (stick.path, stick.at.replace(microsecond=0))
    automatic = copy_of(restored)
    newer = backups.backup_now(later(restored, hours=1), other)
    again = restoring.restore(restored, automatic)
    assert backups.last_backup(again) == newer and backups.backup_folder(again) == other
    again.close()


def test_passwords_and_people_are_those_of_today(session: Session) -> None:
    copy = copy_of(session)
    offices.change_password(session, "mật-khẩu-mới-hơn", CHEAP)
    people.add_user(session, name="Hà", login="ha", role=Role.OFFICER, password="sông-dài-trời-rộng", cost=CHEAP)
    restoring.restore(session, copy).close()
    with pytest.raises(UserError, match="TD-STORE-001"):
        offices.open_office(session.file.path, PASSWORD)
    opened = offices.open_office(session.file.path, "sông-dài-trời-rộng")
    assert opened.user.role is Role.OFFICER
    opened.close()


def test_a_copy_of_before_a_survey_knows_nothing_of_it(session: Session) -> None:
    copy = copy_of(session)
    name = surveys.add_survey(session, resource_path("demo", "survey_fire.toml")).name
    restored = restoring.restore(session, copy)
    assert name not in restored.definitions.registers and restored.file.check() == []
    restored.close()


def test_what_is_written_meanwhile_is_not_lost(session: Session) -> None:
    ready = restoring.make_ready(session, copy_of(session))
    note(session, 1)
    with pytest.raises(UserError, match="TD-STORE-303"):
        restoring.put_in_place(session, ready)
    assert session.file.records.count("residential_area") == 3


def test_a_restore_that_the_disk_took_only_in_part_is_not_put_in_place(session: Session) -> None:
    ready = restoring.make_ready(session, copy_of(session))
    path = session.file.path
    path.with_name(f"{path.name}.restoring-wal").write_bytes(b"pages that found no room in the file")
    with pytest.raises(UserError, match="TD-STORE-390"):
        restoring.put_in_place(session, ready)
    assert session.file.is_open and session.file.records.count("residential_area") == 2


def test_a_disk_that_refuses_the_copy_aside_is_no_damaged_office(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copy_of(session)

    def refused(_session: Session, _step: object) -> None:
        raise UserError("TD-ENV-004", path="x", detail="EIO")

    monkeypatch.setattr(automatic_backups, "take", refused)
    with pytest.raises(UserError, match="TD-ENV-004"):
        restoring.restore(session, copy)
    assert not [one for one in copy.parent.iterdir() if one.is_dir()]


def test_a_copy_that_is_not_sound_changes_nothing(session: Session) -> None:
    copy = copy_of(session)
    damage(copy)
    with pytest.raises(UserError, match=r"TD-STORE-004|TD-STORE-019"):  # as the damaged page is one that is looked at
        restoring.restore(session, copy)
    assert session.file.records.count("residential_area") == 2
    assert not [one for one in session.file.path.parent.iterdir() if ".restoring" in one.name]


def test_only_who_manages_the_office_restores(session: Session) -> None:
    leader = replace(session, user=User("x", "X", Role.LEADER))
    with pytest.raises(UserError, match="TD-STORE-220"):
        restoring.restore(leader, copy_of(session))


def damage(path: Path, place: int = -2000) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_a_damaged_office_comes_back_from_the_newest_good_copy(session: Session) -> None:
    path, good = session.file.path, copy_of(session)
    note(session, 1)
    bad = automatic_backups.take(later(session, hours=1))
    assert bad is not None
    damage(bad)
    session.close()
    damage(path, 2000)
    with pytest.raises(UserError, match="TD-STORE-004"):
        offices.open_office(path, PASSWORD)
    found = restoring.newest_good(path, PASSWORD)
    assert found is not None and found.path == good
    with pytest.raises(UserError, match="TD-STORE-001"):
        restoring.newest_good(path, "sai mật khẩu")
    restored = restoring.restore_damaged(path, good, PASSWORD, clock=session.clock)
    assert restored.file.records.count("residential_area") == 2 and restored.user.login == "ybham"
    restored.close()
    [aside] = [one for one in good.parent.iterdir() if one.is_dir()]
    assert sorted(one.name for one in aside.iterdir()) == ["xa.thidua", "xa.thidua.keys"]


def test_who_came_after_the_copy_does_not_restore_a_damaged_office(session: Session) -> None:
    path, good = session.file.path, copy_of(session)
    people.add_user(session, name="Hà", login="ha", role=Role.OFFICER, password="sông-dài-trời-rộng", cost=CHEAP)
    session.close()
    damage(path, 2000)
    with pytest.raises(UserError, match="TD-STORE-304"):
        restoring.restore_damaged(path, good, "sông-dài-trời-rộng")


@pytest.mark.parametrize("folder", sorted(FOLDER.glob("version_*")), ids=lambda folder: folder.name)
def test_files_of_every_released_version_come_back(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "o")
    path, old = tmp_path / "o" / "office.thidua", folder / "office.thidua"
    copy = tmp_path / "office-20261124-090000.thidua"
    shutil.copy(old, copy)
    opened = offices.open_office(path, FIXTURE_PASSWORD)
    view = restoring.look_at_copy(opened, copy)
    assert view.newer == 0 and view.changes > 0
    restored = restoring.restore(opened, copy)
    assert restored.file.records.count("residential_area") == 2 and restored.file.check() == []
    assert not [one for one in path.parent.iterdir() if ".restoring" in one.name]
    restored.close()
