"""Backups are complete, sound and restorable; the check finds what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.store.made_up import FORMS, FULL_EVENT, NOW, PASSWORD, event
from thidua_desktop.errors import UserError
from thidua_desktop.store import backup, key_slots
from thidua_desktop.store.key_slots import slots_path
from thidua_desktop.store.office_file import Created, open_office, open_with_recovery
from thidua_desktop.store.open_file import OfficeFile

WHO = {"actor": "dao", "now": NOW}


def test_a_backup_is_the_whole_office(created: Created, tmp_path: Path) -> None:
    office, target = created.file, tmp_path / "sao luu" / "xa.thidua"
    target.parent.mkdir()
    saved = office.records.save("event", FULL_EVENT, **WHO)
    office.backup_to(target)
    office.records.delete("event", saved.id, **WHO)
    assert sorted(path.name for path in target.parent.iterdir()) == ["xa.thidua", "xa.thidua.keys"]
    with open_office(target, FORMS, PASSWORD) as copy:
        assert copy.records.get("event", saved.id) == saved
        assert copy.check() == [] and len(copy.search("phat dong")) == 1
    open_with_recovery(target, FORMS, created.recovery).close()


def test_a_backup_replaces_the_one_before_only_when_it_is_sound(
    office: OfficeFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.thidua"
    office.backup_to(target)
    before = target.read_bytes(), slots_path(target).read_bytes()
    connect = backup.connect

    def damaged(path: Path, key: bytes, **more: bool) -> object:
        content = bytearray(path.read_bytes())
        content[9000] ^= 1
        path.write_bytes(content)
        return connect(path, key, **more)

    monkeypatch.setattr(backup, "connect", damaged)
    with pytest.raises(UserError) as refused:
        office.backup_to(target)
    assert refused.value.code == "TD-STORE-019"
    assert (target.read_bytes(), slots_path(target).read_bytes()) == before
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_has_key_slots_that_can_be_read(office: OfficeFile, tmp_path: Path) -> None:
    slots = key_slots.read_slots(office.path)
    key_slots.write_slots(office.path, slots)
    key_slots.slots_path(office.path).write_bytes(b"damaged; the second one serves")
    target = tmp_path / "b.thidua"
    office.backup_to(target)
    assert key_slots.read_slots(target) == slots


def test_a_backup_where_nothing_can_be_written(office: OfficeFile, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="TD-ENV-003"):
        office.backup_to(tmp_path / "khong" / "b.thidua")


def test_a_sound_office_has_no_findings(office: OfficeFile) -> None:
    place = office.records.save("place", {"name": "Thôn Một"}, **WHO)
    saved = office.records.save("event", {**FULL_EVENT, "place": place.id}, **WHO)
    office.records.save("event", event(NOW.date()), id=saved.id, **WHO)
    office.changes.undo("dao", NOW)
    assert office.check() == [] == office.page_faults()


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE event SET place = 'lost'", "TD-STORE-033"),
        ("DELETE FROM search", "TD-STORE-034"),
        ("UPDATE event SET changed_seq = 99", "TD-STORE-035"),
        ("UPDATE event SET id = 'other'", "TD-STORE-035"),
    ],
)
def test_what_does_not_fit_is_found(office: OfficeFile, sql: str, code: str) -> None:
    office.records.save("event", event(NOW.date()), **WHO)
    office._database.run(sql)
    assert [finding[:12] for finding in office.check()] == [code]


def test_a_broken_structure_is_found(office: OfficeFile) -> None:
    office.records.save("event", event(NOW.date()), **WHO)
    connection = office._database.connection
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'held_on', 'present') WHERE name = 'event__day'")
    connection.execute("PRAGMA writable_schema = RESET")
    office.records.save("event", event(NOW.date(), present=4), **WHO)
    assert any(finding.startswith("TD-STORE-031") for finding in office.check())


def test_a_backup_can_stand_for_the_office(office: OfficeFile, tmp_path: Path) -> None:
    saved = office.records.save("event", event(NOW.date()), **WHO)
    target = tmp_path / "b.thidua"
    office.backup_to(target)
    office.close()
    target.replace(office.path)
    slots_path(target).replace(slots_path(office.path))
    with open_office(office.path, FORMS, PASSWORD) as restored:
        assert restored.records.get("event", saved.id) == saved
        restored.records.save("event", event(NOW.date(), present=1), id=saved.id, **WHO)
        assert restored.check() == []
