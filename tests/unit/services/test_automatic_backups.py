"""Copies made by themselves: only when something is new, before risky steps, thinned afterwards, refused aloud."""

from __future__ import annotations

import shutil
from collections import namedtuple
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.services.conftest import NOW, PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.services import automatic_backups as automatic
from thidua_desktop.services import drafts, offices, records, transfer
from thidua_desktop.services.automatic_backups import Step
from thidua_desktop.services.safety import safety
from thidua_desktop.services.session import Clock, Role, Session, User

DISK = namedtuple("DISK", "total used free")


def later(session: Session, **time: float) -> Session:
    return replace(session, clock=Clock(NOW + timedelta(**time)))


def note(session: Session, number: int) -> None:
    """Something is written."""
    values = {"kind": "thon", "name": f"Thôn Mới {number}", "households": 10 + number}
    assert isinstance(records.save(session, "residential_area", values, reasons={"*": "thử"}), records.Saved)


def names(session: Session) -> list[str]:
    return [one.path.name for one in automatic.kept_in(automatic.folder_of(session), session.file.path)]


def test_a_copy_is_made_only_when_something_is_new(session: Session) -> None:
    made = automatic.take(session)
    assert made is not None and made.name == "xa-20261123-083000-tu-dong.thidua"
    drafts.keep(session, "residential_area", None, {"name": "Dở"})
    kept = dict(session.file.settings.get(automatic.LAST))
    assert automatic.take(later(session, hours=1)) is None  # neither a draft nor the copy itself is worth one
    assert session.file.settings.get(automatic.LAST) == kept  # nor is a line in the file that nothing was new
    assert automatic.is_due(later(session, hours=1.2))
    looked = later(session, hours=1).now()
    assert not automatic.is_due(later(session, hours=1.2), looked) and automatic.is_due(
        later(session, hours=1.5), looked
    )
    note(session, 1)
    assert automatic.take(later(session, hours=2)) is not None and len(names(session)) == 2
    offices.set_letterhead(session, header_parent="", header_issuer="UBND XÃ", place="Ea", symbol_suffix="UBND")
    assert automatic.take(later(session, hours=3), Step.CLOSING) is not None
    assert names(session)[0].endswith("-khi-dong.thidua")
    with offices.open_office(automatic.folder_of(session) / names(session)[1], PASSWORD).file as copy:
        assert copy.records.count("residential_area") == 3


def test_a_lost_copy_is_made_again(session: Session) -> None:
    made = automatic.take(session)
    assert made is not None
    made.unlink()
    assert automatic.take(session) == made and made.is_file()


def test_it_works_over_a_connection_of_its_own_and_not_in_a_transaction(session: Session) -> None:
    with session.worker() as own:
        assert automatic.take(own) is not None
    note(session, 1)
    with session.file.atomic():
        automatic.copy_before(later(session, hours=1), Step.SUCCESSION)
    assert len(names(session)) == 1


def test_before_risky_steps(session: Session) -> None:
    automatic.copy_before(session, Step.PACKAGE)
    note(session, 1)
    automatic.copy_before(later(session, minutes=9), Step.PACKAGE)
    assert len(names(session)) == 1  # the one of nine minutes ago stands for it
    automatic.copy_before(later(session, minutes=9), Step.SUCCESSION)
    note(session, 2)
    automatic.copy_before(later(session, minutes=19), Step.PACKAGE)
    assert [name.split("-", 3)[3] for name in names(session)] == [
        "truoc-nhan-goi.thidua", "truoc-sap-nhap.thidua", "truoc-nhan-goi.thidua",
    ]  # fmt: skip


@pytest.mark.parametrize(("rows", "copies"), [(automatic.MANY_ROWS - 1, 0), (automatic.MANY_ROWS, 1)])
def test_before_a_table_of_many_rows(session: Session, rows: int, copies: int) -> None:
    spec = session.register("residential_area")
    head = "\t".join(spec.field(name).label for name in ("kind", "name", "households"))
    text = "\n".join([head, *(f"Thôn\tThôn Số {number}\t{number + 20}" for number in range(rows))])
    plan = transfer.preview_paste(session, "residential_area", text)
    assert len(plan.rows) == rows
    transfer.apply_import(session, plan)
    assert len(names(session)) == copies


def test_old_ones_go_after_a_good_new_one(session: Session) -> None:
    for hours in range(0, 96, 8):
        note(session, hours)
        automatic.take(later(session, hours=hours))
    kept = names(session)
    assert len(kept) < 12 and sum("20261123" in name for name in kept) == 1
    assert not [one for one in automatic.folder_of(session).iterdir() if one.name.removesuffix(".keys") not in kept]


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: DISK(10**9, 10**9, 1000))


def test_a_full_disk_is_told_and_costs_no_older_copy(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    automatic.take(session)
    note(session, 1)
    with monkeypatch.context() as patch:
        full(patch)
        with pytest.raises(UserError, match="TD-STORE-300"):
            automatic.take(later(session, days=400))
        automatic.at_closing(later(session, days=400))
    assert len(names(session)) == 1
    failed = automatic.failure(session)
    assert failed is not None and "chưa sao lưu được" in failed.text
    assert safety(session).lines[0].title == "Chưa tự sao lưu được"
    automatic.take(later(session, days=400))
    assert automatic.failure(session) is None and "Chưa tự sao lưu được" not in safety(session).lines[0].title


def test_what_was_cut_short_is_cleaned_up(session: Session) -> None:
    folder = automatic.folder_of(session)
    folder.mkdir()
    (folder / "xa-20261122-083000-tu-dong.thidua.part").write_bytes(b"half")
    (folder / "thu.part").write_bytes(b"of somebody else")
    automatic.take(session)
    assert sorted(one.name for one in folder.iterdir()) == [
        "thu.part", "xa-20261123-083000-tu-dong.thidua", "xa-20261123-083000-tu-dong.thidua.keys",
    ]  # fmt: skip


def test_settings_and_the_usual_limit(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: DISK(10**12, 10**9, 10**11))
    assert automatic.settings(session).minutes == 30 and automatic.limit_bytes(session) == 10**10
    automatic.set_settings(session, 60, 500)
    assert automatic.limit_bytes(session) == 500_000_000
    automatic.take(session)
    assert not automatic.is_due(later(session, minutes=59)) and automatic.is_due(later(session, minutes=60))
    for wrong in ((4, None), (481, None), (30, 49)):
        with pytest.raises(UserError, match="TD-STORE-301"):
            automatic.set_settings(session, *wrong)
    leader = replace(session, user=User("x", "X", Role.LEADER))
    with pytest.raises(UserError, match="TD-STORE-220"):
        automatic.set_settings(leader, 60, None)


def test_a_table_of_copies_knows_its_own(session: Session, tmp_path: Path, add: Callable[..., str]) -> None:
    for name in ("xa-20261123-083000.thidua", "xa-2026-tu-dong.thidua", "xab-20261123-083000.thidua", "xa.thidua",
                 "xa-20269923-083000.thidua", "xa-20261120-083000-truoc-khoi-phuc.thidua"):  # fmt: skip
        (tmp_path / name).touch()
    found = automatic.kept_in(tmp_path, session.file.path)
    assert [(one.at.day, one.why) for one in found] == [(23, "sao lưu bằng tay"), (20, "trước khi khôi phục")]
    assert automatic.kept_in(tmp_path / "khong", session.file.path) == []
