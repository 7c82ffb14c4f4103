"""Records that are erased for good: not one of the file's pages speaks of them, and the change log still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.unit.store.decrypted_pages import decrypted_pages
from tests.unit.store.made_up import NOW
from tests.unit.store.restricted_office import make_restricted_office, reopen
from thidua_desktop.errors import UserError
from thidua_desktop.store import change_log
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import ListQuery

WHO: Any = {"actor": "Lò Thị Đào", "now": NOW}
WORDS = ("Xynvqa", "xynvqa", "Zkuthôn", "zkuthon")
SECRET = {"person": "Vàng Xynvqa", "note": "Ở bản Zkuthôn, đã về", "opened_on": date(2019, 1, 1)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeFile]:
    made = make_restricted_office(tmp_path / "xa.thidua")
    yield made
    made.close()


def lives_of_a_case(office: OfficeFile) -> str:
    """A record that was written, changed, moved about, drafted and deleted, among others like it."""
    kept = office.records.save("case", SECRET, **WHO, reason="Xynvqa khai lại")
    for number in range(60):
        office.records.save("case", {"person": f"Người {number}", "opened_on": date(2020, 1, 1)}, **WHO)
    office.records.save("case", {**SECRET, "note": "Zkuthôn, lần hai"}, id=kept.id, **WHO)
    office.drafts.put("case", kept.id, "dao", {"fields": {"person": "Xynvqa gõ dở"}}, NOW)
    office._database.all("ANALYZE")
    office.records.delete("case", kept.id, **WHO, reason="Xynvqa chuyển đi")
    return kept.id


def test_nothing_of_an_erased_record_is_in_the_file(office: OfficeFile) -> None:
    gone = lives_of_a_case(office)
    before = decrypted_pages(office)
    assert b"CREATE TABLE" in before
    assert all(word.encode() in before for word in ("Xynvqa", "xynvqa", "Zkuthôn"))
    erased = office.records.erase("case", [gone], **WHO, reason="Hết thời hạn lưu")
    assert [key.id for key in erased] == [gone]
    after = decrypted_pages(office)
    assert [word for word in WORDS if word.encode() in after] == []
    assert "Người 7".encode() in after
    assert office.path.with_name(office.path.name + "-wal").stat().st_size == 0


def test_the_chain_still_holds_and_tells_of_the_erasure(office: OfficeFile, tmp_path: Path) -> None:
    gone = lives_of_a_case(office)
    office.records.erase("case", [gone], **WHO, reason="Hết thời hạn lưu")
    changes = office.changes.history("case", gone)
    assert [change.operation for change in changes] == ["create", "update", "delete", "erase"]
    assert [dict(change.fields) for change in changes] == [{}, {}, {}, {}]
    assert [change.reason for change in changes] == ["", "", "", "Hết thời hạn lưu"]
    assert office.changes.verify_chain() is None and office.check() == []
    assert office.records.get("case", gone) is None
    office.close()
    again = reopen(tmp_path / "xa.thidua")
    assert again.check() == [] and again.search("Xynvqa") == []
    again.close()


def test_history_and_undo_read_what_is_kept_aside(office: OfficeFile) -> None:
    kept = office.records.save("case", SECRET, **WHO)
    office.records.save("case", {**SECRET, "note": "Lần hai"}, id=kept.id, **WHO, reason="khai lại")
    changes = office.changes.history("case", kept.id)
    assert changes[1].fields == {"note": (SECRET["note"], "Lần hai")} and changes[1].reason == "khai lại"
    raw = office._database.one("SELECT fields, reason FROM change WHERE record_id = ?", (kept.id,))
    assert "Xynvqa" not in str(raw)
    office.changes.undo(**WHO)
    record = office.records.get("case", kept.id)
    assert record is not None and record.values["note"] == SECRET["note"]


def test_an_erasure_is_never_undone(office: OfficeFile) -> None:
    first = office.records.save("event", {"held_on": date(2026, 1, 1), "title": "Trước"}, **WHO)
    gone = lives_of_a_case(office)
    office.records.erase("case", [gone], **WHO, reason="Hết hạn")
    with pytest.raises(UserError) as refused:
        office.changes.undo(**WHO)
    assert refused.value.code == "TD-STORE-016"  # the deletion of a record that is no more
    assert office.records.get("case", gone) is None and office.records.get("event", first.id) is not None


def test_a_changed_content_breaks_the_chain(office: OfficeFile) -> None:
    kept = office.records.save("case", SECRET, **WHO)
    database = office._database
    database.run("DROP TRIGGER change_content__fixed")
    database.run("UPDATE change_content SET content = replace(content, 'Xynvqa', 'Khác')")
    assert change_log.verify_chain(database) == office.changes.history("case", kept.id)[0].seq


def test_a_content_that_is_gone_without_erasure_is_told(office: OfficeFile) -> None:
    office.records.save("case", SECRET, **WHO)
    office._database.run("DELETE FROM change_content")
    (finding,) = office.check()
    assert "TD-STORE-243" in finding


def test_attachments_go_with_their_record(office: OfficeFile) -> None:
    assert office.records.erase("case", ["không có"], **WHO, reason="thử") == []
    assert list(office.records.every(ListQuery("case"))) == []
