"""The ways into an office file that Quản trị hands out: own password, recovery sheets; and the sample of its papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.conftest import CHEAP, PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.services import letterhead, offices, people, recovery
from thidua_desktop.services.about import components, program_version
from thidua_desktop.services.offices import CreatedOffice
from thidua_desktop.services.session import Role, Session, User


def test_ones_own_password_is_told_from_others(session: Session) -> None:
    people.add_user(session, name="Lò Văn B", login="lovanb", role=Role.OFFICER, password="mưa-nắng-gió", cost=CHEAP)
    assert offices.is_own_password(session, PASSWORD)
    assert not offices.is_own_password(session, "mưa-nắng-gió")
    assert not offices.is_own_password(session, "")


def test_a_new_sheet_voids_the_old_one(created: CreatedOffice, tmp_path: Path) -> None:
    sheet = recovery.new_recovery_sheet(created.session)
    path = created.session.file.path
    assert sheet.pdf.startswith(b"%PDF") and sheet.text != created.recovery
    created.session.close()
    with pytest.raises(UserError, match="TD-STORE-021"):
        offices.open_with_recovery(path, created.recovery)
    offices.open_with_recovery(path, sheet.text.replace("-", " ").lower()).close()


def test_only_who_manages_makes_a_sheet(session: Session) -> None:
    from dataclasses import replace

    officer = replace(session, user=User("a", "A", Role.OFFICER))
    with pytest.raises(UserError, match="TD-STORE-220"):
        recovery.new_recovery_sheet(officer)


def test_a_sheet_is_read_without_a_file(created: CreatedOffice) -> None:
    recovery.read_recovery(created.recovery)
    with pytest.raises(UserError, match="TD-STORE-008"):
        recovery.read_recovery("ABCDE")


@pytest.mark.parametrize("login", ["", "x", "Có Dấu", "a b"])
def test_logins_that_will_not_do(login: str) -> None:
    with pytest.raises(UserError, match="TD-STORE-207"):
        offices.check_login(login)


def test_the_sample_of_papers_needs_no_parent_line() -> None:
    day = date(2026, 11, 9)
    with_parent = letterhead.sample_page("UBND TỈNH X", "ỦY BAN NHÂN DÂN XÃ Y", "Y", "UBND", day)
    without = letterhead.sample_page("", "ỦY BAN NHÂN DÂN XÃ Y", "Y", "UBND", day)
    assert with_parent.startswith(b"%PDF") and with_parent != without
    assert letterhead.sample_page("", "", "", "", day).startswith(b"%PDF")


def test_every_component_has_a_licence() -> None:
    assert program_version().startswith("thidua ")
    assert all(part.licence for part in components())
    assert {"Noto Sans", "Lucide"} <= {part.name for part in components()}
