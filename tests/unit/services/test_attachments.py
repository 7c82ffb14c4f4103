"""Files attached to records: one content lies once, undo brings it back, private copies are erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.unit.services.made_files import pdf, picture
from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments, backups, private_copies, records, search
from thidua_desktop.services.attached import Attached
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.store import attached_files


@pytest.fixture
def activity(add: Callable[..., str], area_ids: list[str]) -> str:
    return add(
        "movement_activity", held_on=date(2026, 11, 9), kind="propaganda", title="Phòng cháy", attendance_total=4,
        residential_area=area_ids[0],
    )  # fmt: skip


def put(session: Session, record: str, name: str = "ảnh họp.png", content: bytes | None = None) -> Attached:
    return attachments.attach_content(session, "movement_activity", record, name, content or picture())


def test_a_file_comes_back_as_it_was(session: Session, activity: str, tmp_path: Path) -> None:
    source = tmp_path / "Trang ký.PDF"
    source.write_bytes(pdf())
    one = attachments.attach(session, "movement_activity", activity, source, description=" Trang  ký ")
    assert (one.name, one.media_type, one.size) == ("Trang ký.pdf", "application/pdf", len(pdf()))
    assert one.description == "Trang ký" and one.is_here and one.size_text == "1 KB"
    assert attachments.of_record(session, "movement_activity", activity) == [one]
    assert attachments.save_as(session, one.id, tmp_path / "ra.pdf").read_bytes() == pdf()
    assert [entry.what for entry in records.history(session, "attachment", one.id)] == ["Ghi mới"]


def test_the_same_content_lies_once(
    session: Session, activity: str, add: Callable[..., str], area_ids: list[str]
) -> None:
    second_record = add(
        "movement_activity", held_on=date(2026, 11, 8), kind="patrol", title="Tuần tra", attendance_total=4,
        residential_area=area_ids[0],
    )  # fmt: skip
    first, second = put(session, activity), put(session, second_record, "bản chụp lại.png")
    assert first.sha256 == second.sha256
    assert session.file.attached_files.total() == (1, len(picture()))


def test_removing_is_undone_with_its_content(session: Session, activity: str) -> None:
    one = put(session, activity)
    attachments.detach(session, one.id)
    assert attachments.of_record(session, "movement_activity", activity) == []
    attachments.sweep(session)
    assert records.undo(session).text.startswith("Đã hoàn tác: tệp đính kèm ảnh họp.png")
    assert attachments.content_of(session, one.id) == picture()


def test_a_content_beyond_undo_goes_at_the_next_backup(
    session: Session, activity: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, add: Callable[..., str]
) -> None:
    kept, gone = put(session, activity), put(session, activity, content=picture(size=(8, 8)))
    attachments.detach(session, gone.id)
    monkeypatch.setattr(attached_files, "REACH", 2)
    add("person", name="K'Nớ", sex="male")
    assert attachments.sweep(session) == 0  # the second action back is still within reach
    add("person", name="Lò Thị Mai", sex="female")
    backups.backup_now(session, tmp_path)
    assert session.file.attached_files.size(gone.sha256) is None
    assert session.file.attached_files.size(kept.sha256) == kept.size


def test_the_limit_is_a_setting_of_the_office(session: Session, activity: str, tmp_path: Path) -> None:
    assert attachments.limit_bytes(session) == 20 * 1024 * 1024
    attachments.set_limit(session, 1)
    source = tmp_path / "to.txt"
    source.write_bytes(b"a" * (1024 * 1024 + 1))
    for act in (
        lambda: attachments.attach(session, "movement_activity", activity, source),
        lambda: put(session, activity, content=source.read_bytes()),
    ):
        with pytest.raises(UserError) as refused:
            act()
        assert refused.value.code == "TD-XFER-060" and "1 MB" in refused.value.sentence
    with pytest.raises(UserError, match="TD-XFER-066"):
        attachments.set_limit(session, 0)
    assert session.file.attached_files.total() == (0, 0)


def test_a_description_that_is_not_unicode_is_refused_and_nothing_is_kept(session: Session, activity: str) -> None:
    with pytest.raises(UserError) as refused:
        attachments.attach_content(
            session, "movement_activity", activity, "x.png", picture(), description="C«ng an x· B¾c S¬n ®ãn"
        )
    assert refused.value.code == "TD-XFER-067"
    assert session.file.attached_files.total() == (0, 0)


def test_a_looked_at_copy_is_private_and_erased(session: Session, activity: str, tmp_path: Path) -> None:
    path = attachments.open_copy(session, put(session, activity).id)
    assert path.read_bytes() == picture() and path.name == "ảnh họp.png"
    assert path.parent.stat().st_mode & 0o077 == 0
    for act in session.at_close:
        act()
    assert not path.parent.exists()


def test_copies_of_a_killed_program_are_swept(session: Session, activity: str) -> None:
    path = attachments.open_copy(session, put(session, activity).id)
    private_copies.erase_left_behind()
    assert path.exists()  # somebody may be looking at it
    private_copies.erase_left_behind(older_than=-1)
    assert not path.exists()


def test_a_restricted_register_keeps_its_files_from_others(session: Session, activity: str) -> None:
    one = put(session, activity)
    spec = replace(session.definitions.registers["movement_activity"], restricted=True)
    registers = MappingProxyType({**session.definitions.registers, "movement_activity": spec})
    leader = replace(
        session, definitions=replace(session.definitions, registers=registers),
        user=User("huong", "Lê Hương", Role.LEADER),
    )  # fmt: skip
    with pytest.raises(UserError, match="TD-STORE-240"):
        attachments.of_record(leader, "movement_activity", activity)
    with pytest.raises(UserError, match="TD-STORE-221"):  # not even that there is such a file
        attachments.content_of(leader, one.id)
    assert search.search(leader, "anh hop") == []
    for file, seen in ((session.file, 1), (leader.file, 0)):
        assert len(file.records.lines("attachment", [one.id], ["file_name"])) == seen
        assert len(file.records.window("attachment", [one.id])) == seen


def test_search_leads_to_the_record_that_carries_the_file(session: Session, activity: str) -> None:
    put(session, activity)
    (group,) = search.search(session, "anh hop")
    assert (group.register, group.records[0].id) == ("movement_activity", activity)
    assert group.records[0].detail == "Tệp đính kèm: ảnh họp.png"
    assert search.search(session, "movement_activity") == []


def test_an_altered_content_is_noticed(session: Session, activity: str) -> None:
    one = put(session, activity)
    session.file._database.run("UPDATE attached_file SET content = x'00' WHERE sha256 = ?", (one.sha256,))
    with pytest.raises(UserError, match="TD-XFER-069"):
        attachments.content_of(session, one.id)


def test_a_line_says_to_which_record_its_file_belongs(session: Session, activity: str) -> None:
    one = put(session, activity)
    values = records.get(session, "attachment", one.id).values
    assert attachments.owner_words(session, values).startswith("Sổ hoạt động phong trào: ")
    assert "Phòng cháy" in attachments.owner_words(session, values)
    assert attachments.owner_words(session, {**values, "of_register": "gone"}) == ""
    shown = [
        f.name for f in session.register("attachment").fields if not attachments.is_technical("attachment", f.name)
    ]
    assert shown == ["file_name", "taken_on", "description"]
