"""Copies are looked into and brought back: what they hold, what they leave out, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.services.conftest import CHEAP, OFFICE
from tests.unit.services.test_automatic_backups import later, note
from thidua_desktop.errors import UserError
from thidua_desktop.services import automatic_backups, backups, offices, restoring
from thidua_desktop.services.session import Session


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
    session.file.identity = replace(session.file.identity, code="24415")
    with pytest.raises(UserError, match="TD-STORE-302"):
        restoring.look_at_copy(session, copy)
    copy.unlink()
    with pytest.raises(UserError, match="TD-STORE-020"):
        restoring.look_at_copy(session, copy)
