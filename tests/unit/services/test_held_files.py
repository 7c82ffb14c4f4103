"""Files of a record that is not saved yet: kept with the draft, written with the record, taken back with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.made_files import pdf, picture
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import attachments, drafts, held_files, records
from thidua_desktop.services.attached import Attached, Source
from thidua_desktop.services.file_intake import look_at, look_at_all
from thidua_desktop.services.records import Refused, Saved
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery

REGISTER = "movement_activity"


@pytest.fixture
def values(area_ids: list[str]) -> Values:
    return {"held_on": date(2026, 11, 9), "kind": "propaganda", "title": "Phòng cháy", "attendance_total": 4,
            "residential_area": area_ids[0]}  # fmt: skip


def held(session: Session, content: bytes, name: str = "ảnh họp.png", among: tuple[Attached, ...] = ()) -> Attached:
    checked = look_at(Source(name, content=content), attachments.limits(session))
    return held_files.hold(session, REGISTER, checked, among)


def test_held_files_come_back_with_the_draft(session: Session) -> None:
    one = held_files.described(held(session, picture()), "Ảnh hội trường", " Toàn  cảnh ", date(2026, 11, 8))
    drafts.keep(session, REGISTER, None, {"fields": {}, "files": held_files.for_draft([one])})
    attachments.sweep(session)  # a backup in between takes nothing from a draft
    kept = drafts.find(session, REGISTER, None)
    assert kept is not None
    assert held_files.of_draft(session, REGISTER, kept.texts["files"]) == [one]
    assert (one.name, one.description, one.is_here) == ("Ảnh hội trường.png", "Toàn cảnh", True)
    assert held_files.content_of(session, one) == picture()
    assert held_files.of_draft(session, REGISTER, [{"name": "x"}, "y", None]) == []


def test_they_go_with_a_dropped_draft(session: Session) -> None:
    one = held(session, picture())
    drafts.keep(session, REGISTER, None, {"files": held_files.for_draft([one])})
    drafts.drop(session, REGISTER, None)
    assert attachments.sweep(session) == 1
    (lost,) = held_files.of_draft(session, REGISTER, held_files.for_draft([one]))
    assert not lost.is_here
    with pytest.raises(UserError, match="TD-DATA-585"):
        held_files.content_of(session, one)


def test_record_and_files_are_one_action(session: Session, values: Values) -> None:
    first = held(session, picture())
    both = [first, held(session, pdf(), "biên bản.pdf", (first,))]
    saved = held_files.save_with(session, REGISTER, values, both)
    assert isinstance(saved, Saved)
    assert [one.name for one in attachments.of_record(session, REGISTER, saved.record.id)] == [
        "ảnh họp.png",
        "biên bản.pdf",
    ]
    records.undo(session)
    found = records.find(session, REGISTER, saved.record.id)
    assert found is not None and found.deleted
    records.redo(session)
    assert len(attachments.of_record(session, REGISTER, saved.record.id)) == 2


def test_a_refused_record_or_a_lost_content_writes_nothing(session: Session, values: Values) -> None:
    one = held(session, picture())
    assert isinstance(held_files.save_with(session, REGISTER, {"title": "x"}, [one]), Refused)
    attachments.sweep(session)
    with pytest.raises(UserError, match="TD-DATA-585"):
        held_files.save_with(session, REGISTER, values, [one])
    assert list(session.file.records.every(ListQuery(REGISTER))) == []


def test_the_same_content_twice_is_told(session: Session, add: Callable[..., str], values: Values) -> None:
    one = held(session, picture())
    with pytest.raises(UserError) as refused:
        held(session, picture(), "bản chụp lại.png", (one,))
    assert refused.value.code == "TD-DATA-580" and "ảnh họp.png" in refused.value.sentence
    record = add(REGISTER, **values)
    attachments.attach_content(session, REGISTER, record, "ảnh.png", picture())
    with pytest.raises(UserError, match="TD-DATA-580"):
        attachments.attach_content(session, REGISTER, record, "ảnh 2.png", picture())


def test_one_that_is_refused_stops_no_other(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, empty, folder, gone = (tmp_path / name for name in ("a.pdf", "b.pdf", "c", "//may-chu/d.pdf"))
    good.write_bytes(pdf())
    empty.write_bytes(b"")
    folder.mkdir()
    told: list[tuple[int, int]] = []
    looked = look_at_all(
        [Source(path.name, path) for path in (empty, folder, gone, good)], attachments.limits(session),
        lambda done, total: told.append((done, total)),
    )  # fmt: skip
    codes = [one.refusal.code if one.refusal else "" for one in looked]
    assert codes == ["TD-XFER-065", "TD-DATA-581", "TD-DATA-582", ""]
    assert looked[-1].checked is not None and told[-1] == (3, 4)


@pytest.mark.parametrize(("number", "code"), [(16, "TD-DATA-583"), (13, "TD-DATA-584"), (110, "TD-DATA-582")])
def test_what_the_system_refuses_is_told(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())

    def refuse(_path: Path) -> bytes:
        raise OSError(number, "x", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UserError, match=code):
        look_at(Source(path.name, path), attachments.limits(session))


def test_a_name_that_lies_is_told_and_mended(session: Session) -> None:
    checked = look_at(Source("hợp đồng.docx", content=picture()), attachments.limits(session))
    assert checked.told_falsely and (checked.name, checked.kind.words) == ("hợp đồng.png", "ảnh PNG")
    assert not look_at(Source("ảnh.jpeg", content=picture("JPEG")), attachments.limits(session)).told_falsely


def test_a_file_gets_another_name_and_keeps_its_ending(
    session: Session, add: Callable[..., str], values: Values
) -> None:
    one = attachments.attach_content(session, REGISTER, add(REGISTER, **values), "img_0012.png", picture())
    attachments.change_words(session, one.id, "Toàn cảnh hội trường.exe", "", None)
    (found,) = attachments.of_record(session, REGISTER, one.record)
    assert found.name == "Toàn cảnh hội trường.png"
    with pytest.raises(UserError, match="TD-XFER-067"):
        attachments.change_words(session, one.id, "C«ng an x· B¾c S¬n ®ãn", "", None)
    records.undo(session)
    assert attachments.of_record(session, REGISTER, one.record)[0].name == "img_0012.png"


def test_two_files_of_one_name_stay_apart(session: Session, add: Callable[..., str], values: Values) -> None:
    record = add(REGISTER, **values)
    for side in (8, 9, 10):
        attachments.attach_content(session, REGISTER, record, "scan.png", picture(size=(side, side)))
    names = [one.name for one in attachments.of_record(session, REGISTER, record)]
    assert names == ["scan.png", "scan (2).png", "scan (3).png"]
