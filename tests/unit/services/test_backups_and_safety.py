"""Copies and checks are remembered; what is unsafe is said with the room where it is mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.services.conftest import NOW, PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.services import backups, offices, records
from thidua_desktop.services.handoff.acknowledged import ACKNOWLEDGED
from thidua_desktop.services.safety import Danger, safety
from thidua_desktop.services.session import Clock, Role, Session, User
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.text import format_date


def at(session: Session, days: float) -> Session:
    return replace(session, clock=Clock(NOW + timedelta(days=days)))


def dangers(session: Session) -> list[Danger]:
    return [line.danger for line in safety(session).lines]


def test_a_copy_opens_with_the_same_password_and_is_remembered(session: Session, tmp_path: Path) -> None:
    assert backups.last_backup(session) is None and backups.backup_folder(session) is None
    heard: list[object] = []
    session.subscribe(heard.append)
    made = backups.backup_now(session, tmp_path)
    assert backups.last_backup(session) == made and backups.backup_folder(session) == tmp_path
    assert made.path.name == "xa-20261123-083000.thidua" and heard
    with offices.open_office(made.path, PASSWORD).file as copy:
        assert copy.records.count("residential_area") == 2


def test_a_full_disk_of_the_office_is_no_reason_against_a_copy_elsewhere(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserError("TD-ENV-001", path="xa.thidua")

    monkeypatch.setattr(type(session.file.settings), "put", refuse)
    made = backups.backup_now(session, tmp_path)
    assert not made.noted and backups.last_backup(session) is None
    with offices.open_office(made.path, PASSWORD).file as copy:
        assert copy.records.count("residential_area") == 2

    def break_off(*_: object) -> None:
        raise UserError("TD-ENV-003", path="xa.thidua")

    monkeypatch.setattr(type(session.file.settings), "put", break_off)
    with pytest.raises(UserError, match="TD-ENV-003"):
        backups.backup_now(session, tmp_path / "..")


def test_age_is_counted_by_the_calendar(session: Session, tmp_path: Path) -> None:
    made = backups.backup_now(session, tmp_path)
    assert made.days_old(NOW + timedelta(hours=16)) == 1


def test_no_copy_an_old_copy_and_a_fresh_one(session: Session, tmp_path: Path) -> None:
    assert Danger.BACKUP in dangers(session)
    backups.backup_now(session, tmp_path)
    assert Danger.BACKUP not in dangers(at(session, 2))
    old = next(line for line in safety(at(session, 3)).lines if line.danger is Danger.BACKUP)
    assert old.title == "Lần sao lưu ra USB, ổ khác cách đây 3 ngày" and old.room == "admin"


def test_when_to_be_reminded_is_chosen(session: Session, tmp_path: Path) -> None:
    backups.backup_now(session, tmp_path)
    backups.set_remind_after(session, 7)
    assert Danger.BACKUP not in dangers(at(session, 6)) and Danger.BACKUP in dangers(at(session, 7))
    for days in (0, 61):
        with pytest.raises(UserError, match="TD-STORE-301"):
            backups.set_remind_after(session, days)
    leader = replace(session, user=User("x", "X", Role.LEADER))
    with pytest.raises(UserError, match="TD-STORE-220"):
        backups.set_remind_after(leader, 3)


def test_a_stick_that_is_not_there(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TD-ENV-070"):
        backups.backup_now(session, tmp_path / "usb")
    assert backups.last_backup(session) is None and not backups.is_on_the_same_disk(session, tmp_path / "usb")
    assert backups.is_on_the_same_disk(session, tmp_path)


@pytest.mark.parametrize("what", ["page", "keys", "other"])
def test_the_copy_is_read_where_it_lies(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A stick that takes everything and gives back something else makes no copy."""
    write = OfficeFile.backup_to

    def worn_out(file: OfficeFile, target: Path) -> None:
        write(file, target)
        place = target.with_name(f"{target.name}.keys") if what == "keys" else target
        content = bytearray(place.read_bytes())
        content[len(content) // 2] ^= 1
        place.write_bytes(content if what != "other" else b"")

    monkeypatch.setattr(OfficeFile, "backup_to", worn_out)
    with pytest.raises(UserError, match="TD-STORE-391"):
        backups.backup_now(session, tmp_path)
    assert backups.last_backup(session) is None


def test_changes_that_the_province_has_not_confirmed(session: Session) -> None:
    line = next(line for line in safety(session).lines if line.danger is Danger.UNSENT)
    assert line.title == "2 thay đổi chưa được tỉnh xác nhận" and line.detail == "chưa gửi gói nào lên tỉnh"
    session.file.settings.put(ACKNOWLEDGED, 2)
    assert Danger.UNSENT not in dangers(session)


def test_a_clock_that_was_put_back_is_noticed(session: Session) -> None:
    assert Danger.CLOCK not in dangers(session) and "Đồng hồ máy đúng" in safety(session).calm
    back = at(session, -1)
    assert dangers(back)[0] is Danger.CLOCK and "Đồng hồ máy đúng" not in safety(back).calm


def test_a_clock_that_is_far_ahead_is_asked_about_for_a_day(session: Session) -> None:
    """As after two years of rest: nothing tells them apart, so it is asked, and what is done goes on."""
    assert Danger.CLOCK not in dangers(at(session, 300))
    ahead = at(session, 3_653)
    line = safety(ahead).lines[0]
    assert line.danger is Danger.CLOCK and line.title == f"Hôm nay là {format_date(ahead.today)} đúng không?"
    values = {"kind": "thon", "name": "Thôn Mới", "households": 10}
    assert isinstance(records.save(ahead, "residential_area", values, reasons={"*": "thôn mới lập"}), records.Saved)
    assert safety(ahead).lines[0] == line  # what was saved on that day proves nothing
    assert Danger.CLOCK not in dangers(at(session, 3_654))


def test_a_check_is_remembered_calm_or_loud(session: Session) -> None:
    assert backups.last_check(session) is None
    backups.remember_check(session, 0)
    assert "Tệp sổ đã kiểm tra 08:30" in safety(session).calm
    assert "Tệp sổ đã kiểm tra 08:30, 23/11/2026" in safety(at(session, 1)).calm
    backups.remember_check(session, 2)
    assert safety(session).lines[0].title == "Tệp sổ có 2 điều không đúng"
