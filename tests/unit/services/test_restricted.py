"""A register that not everybody may see: no service is a way around, and every look is written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.documents.paper_definitions import LETTER, with_papers
from tests.unit.services.restricted_register import REGISTER, with_restricted
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import DocumentTable, FieldSpec, FieldType
from thidua_desktop.services import (
    access,
    access_reading,
    attachments,
    drafts,
    erasure,
    links,
    lists,
    records,
    titles,
    today,
    transfer,
    typed,
)
from thidua_desktop.services.documents.printing import print_documents
from thidua_desktop.services.documents.sheets import print_list
from thidua_desktop.services.search import search
from thidua_desktop.services.session import PERMISSIONS, Clock, Permission, Role, Session
from thidua_desktop.store.queries import ListQuery

NAME = "Vàng Thị Xynvqa"
Way = Callable[[Session, str, Path], object]


@pytest.fixture
def keeper(session: Session) -> Session:
    """The office as the one who keeps the register sees it."""
    return with_restricted(session)


@pytest.fixture
def named(keeper: Session) -> str:
    saved = records.save(
        keeper, REGISTER, {"name": NAME, "sex": "female", "until": date(2020, 1, 1)}, reasons={"*": "thử"}
    )
    assert isinstance(saved, records.Saved), saved
    return saved.record.id


@pytest.fixture
def leader(keeper: Session, named: str) -> Session:
    """The same office for a person who may not see sensitive data."""
    return with_restricted(keeper, Role.LEADER)


def prepared(session: Session, tmp_path: Path) -> Path:
    path = tmp_path / "nhap.csv"
    path.write_text("Họ và tên\nLò Văn Páo\n", encoding="utf-8")
    return path


WAYS: dict[str, Way] = {
    "get": lambda s, one, _: records.get(s, REGISTER, one),
    "find": lambda s, one, _: records.find(s, REGISTER, one),
    "blank": lambda s, one, _: records.blank(s, REGISTER),
    "check": lambda s, one, _: records.check(s, REGISTER, {}, one),
    "completed": lambda s, one, _: records.completed(s, REGISTER, {}, one),
    "copy": lambda s, one, _: records.copy_of(s, REGISTER, one),
    "history": lambda s, one, _: records.history(s, REGISTER, one),
    "similar": lambda s, one, _: records.similar(s, REGISTER, {}, one),
    "list": lambda s, one, _: lists.open_list(s, ListQuery(REGISTER)),
    "columns": lambda s, one, _: lists.columns(s, REGISTER),
    "chips": lambda s, one, _: lists.chips(s, ListQuery(REGISTER)),
    "template": lambda s, one, folder: transfer.template(s, REGISTER, folder / "mau.xlsx"),
    "export": lambda s, one, folder: transfer.export_records(s, ListQuery(REGISTER), folder / "x.jsonl"),
    "preview": lambda s, one, folder: transfer.preview_import(s, REGISTER, prepared(s, folder)),
    "paste": lambda s, one, _: transfer.preview_paste(s, REGISTER, "Họ và tên\nLò Văn Páo\n"),
    "print list": lambda s, one, _: print_list(s, ListQuery(REGISTER)),
    "typed": lambda s, one, _: typed.typed(s, REGISTER, "name", "x"),
    "keep draft": lambda s, one, _: drafts.keep(s, REGISTER, one, {}),
    "store get": lambda s, one, _: s.file.records.get(REGISTER, one),
    "store window": lambda s, one, _: s.file.records.window(REGISTER, [one]),
    "store every": lambda s, one, _: list(s.file.records.every(ListQuery(REGISTER))),
    "store ids": lambda s, one, _: s.file.records.ids(ListQuery(REGISTER)),
    "store totals": lambda s, one, _: s.file.records.totals(ListQuery(REGISTER)),
    "store values": lambda s, one, _: s.file.records.value_counts(ListQuery(REGISTER), {"name": -1}),
    "store titles": lambda s, one, _: s.file.records.titles(REGISTER, [one]),
    "store changed": lambda s, one, _: list(s.file.records.changed_since(REGISTER, 0)),
    "store plain": lambda s, one, _: list(s.file.records.plain_changed_since(REGISTER, 0)),
    "store row": lambda s, one, _: s.file.records.row_of(REGISTER, one),
    "store history": lambda s, one, _: s.file.changes.history(REGISTER, one),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_service_is_a_way_around(leader: Session, named: str, tmp_path: Path, way: str) -> None:
    with pytest.raises(UserError) as refused:
        WAYS[way](leader, named, tmp_path)
    assert refused.value.code == "TD-STORE-240"
    assert list(tmp_path.glob("x.*")) == [] and list(tmp_path.glob("mau*")) == []


@pytest.mark.parametrize("way", WAYS)
def test_the_keeper_goes_every_way(keeper: Session, named: str, tmp_path: Path, way: str) -> None:
    WAYS[way](keeper, named, tmp_path)


WRITES: dict[str, Way] = {
    "save": lambda s, one, _: records.save(s, REGISTER, {"name": "Khác"}, record_id=one),
    "delete": lambda s, one, _: records.delete(s, REGISTER, one, "thử"),
    "undo": lambda s, one, _: records.undo(s),
    "erase": lambda s, one, _: erasure.erase(s, REGISTER, [one], "thử"),
}


@pytest.mark.parametrize("way", WRITES)
def test_who_may_record_but_not_see_cannot_write(
    leader: Session, named: str, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = frozenset({Permission.VIEW, Permission.RECORD, Permission.MANAGE})
    monkeypatch.setitem(PERMISSIONS, Role.LEADER, allowed)
    with pytest.raises(UserError) as refused:
        WRITES[way](leader, named, tmp_path)
    assert refused.value.code == "TD-STORE-240"


def test_what_is_closed_is_not_named_elsewhere(leader: Session, named: str) -> None:
    field = FieldSpec(name="who", type=FieldType.LINK, label="Ai", register=REGISTER)
    assert titles.title(leader, REGISTER, named) == titles.CLOSED_TITLE
    assert titles.entries_of(leader, REGISTER) == {} and titles.entries_for(leader, REGISTER, [named]) == {}
    assert links.choices(leader, field, "Xynvqa") == [] and links.matching(leader, REGISTER, NAME) == []
    assert search(leader, "Xynvqa") == [] and leader.file.search("Xynvqa") == []
    assert drafts.restore(leader) == []
    seen = [change for change in leader.file.changes.since(0) if change.register == REGISTER]
    assert seen and all(not change.fields and not change.reason for change in seen)


def test_the_keeper_finds_it(keeper: Session, named: str) -> None:
    (group,) = search(keeper, "Xynvqa")
    assert [found.id for found in group.records] == [named]
    assert titles.title(keeper, REGISTER, named).startswith(NAME)


def test_attached_files_are_as_private_as_their_record(keeper: Session, leader: Session, named: str) -> None:
    kept = attachments.attach_content(keeper, REGISTER, named, "xynvqa.txt", b"Xynvqa")
    area = next(iter(titles.entries_of(keeper, "residential_area")))
    open_one = attachments.attach_content(keeper, "residential_area", area, "xynvqa-ban-do.txt", b"map")
    query = ListQuery("attachment")
    assert len(keeper.file.records.ids(query)) == 2
    assert [one.id for one in leader.file.records.every(query)] == [open_one.id]
    assert leader.file.records.totals(query).count == 1
    assert leader.file.records.get("attachment", kept.id) is None
    assert leader.file.records.window("attachment", [kept.id]) == []
    assert leader.file.records.window("attachment", [kept.id], ["size"]) == []  # not by a few of its columns either
    assert [hit.id for hit in leader.file.search("xynvqa")] == [open_one.id]
    assert {hit.id for hit in keeper.file.search("xynvqa")} >= {kept.id, open_one.id}
    with pytest.raises(UserError):
        attachments.of_record(leader, REGISTER, named)


def test_attached_files_are_erased_with_their_record(keeper: Session, named: str) -> None:
    kept = attachments.attach_content(keeper, REGISTER, named, "xynvqa.txt", b"Xynvqa")
    assert erasure.erase(keeper, REGISTER, [named], "Hết thời hạn lưu") == 1
    assert keeper.file.records.get("attachment", kept.id) is None
    assert keeper.file.attached_files.get(kept.sha256) is None
    assert "xynvqa" not in str([change.fields for change in keeper.file.changes.since(0)])
    assert keeper.file.check() == []


def test_hom_nay_names_nobody_of_a_restricted_register(keeper: Session, named: str) -> None:
    from dataclasses import replace

    from thidua_desktop.formdef.model import DueSpec

    spec = replace(keeper.register(REGISTER), due=DueSpec("until", "phone", "hồ sơ chưa khép"))
    registers = {**keeper.definitions.registers, REGISTER: spec}
    there = replace(keeper, definitions=replace(keeper.definitions, registers=registers))
    lines: Any = today.waiting_lines(there)
    assert [line.title for line in lines] == ["1 hồ sơ chưa khép"] and NAME not in str(lines)
    assert today.waiting_lines(replace(there, user=replace(there.user, role=Role.LEADER))) == []


def test_every_look_is_written_down_without_names(keeper: Session, named: str, tmp_path: Path) -> None:
    records.get(keeper, REGISTER, named)
    records.history(keeper, REGISTER, named)  # the same opening
    lists.open_list(keeper, ListQuery(REGISTER))
    transfer.export_records(keeper, ListQuery(REGISTER), tmp_path / "x.csv")
    transfer.export_records(keeper, ListQuery(REGISTER), tmp_path / "x.csv")
    print_list(keeper, ListQuery(REGISTER))
    records.get(keeper, "residential_area", next(iter(titles.entries_of(keeper, "residential_area"))))
    looks = access.newest(keeper)
    assert [one.what for one in looks] == ["print", "export", "export", "list", "open"]
    assert looks[-1].record_id == named and looks[0].records == 1
    assert {one.login for one in looks} == {keeper.user.login}
    assert access_reading.words_of(keeper, looks[0]) == f"In: {keeper.register(REGISTER).title}, 1 bản ghi"
    assert access_reading.write_log(keeper, tmp_path / "log.csv") == 5
    text = (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    assert "Xynvqa" not in text and text.count(named) == 1 and "Xem một bản ghi" in text


LOOKS: dict[str, Callable[[Session, str], object]] = {
    "title": lambda s, one: titles.title(s, REGISTER, one),
    "pick list": lambda s, one: titles.entries_of(s, REGISTER),
    "search": lambda s, one: search(s, "Xynvqa"),
}


@pytest.mark.parametrize("way", LOOKS)
def test_names_in_links_and_search_are_looks_too(keeper: Session, named: str, way: str) -> None:
    assert LOOKS[way](keeper, named)
    for hours in (1, 2):  # remembered titles too
        later = replace(keeper, clock=Clock(keeper.now() + timedelta(hours=hours)))
        assert LOOKS[way](later, named)
        last = access.newest(later)[0]
        assert (last.what, last.register, last.at) == ("list", REGISTER, later.now())


def test_records_of_a_restricted_register_on_the_paper_of_another_are_looks(
    keeper: Session, named: str, add: Callable[..., str], area_ids: list[str]
) -> None:
    records.save(
        keeper, REGISTER, {**records.get(keeper, REGISTER, named).values, "residential_area": area_ids[0]},
        record_id=named, reasons={"*": "thử"},
    )  # fmt: skip
    table = DocumentTable(register=REGISTER, link="residential_area", columns=("name",), caption="Người của khu")
    paper = LETTER._replace(register="residential_area", tables=(table,), texts={"subject": "Thử"})
    print_documents(with_papers(keeper, paper), paper.name, [area_ids[0]])
    last = access.newest(keeper)[0]
    assert (last.what, last.register, last.records) == ("print", REGISTER, 1)


def test_only_who_manages_reads_the_log(leader: Session, tmp_path: Path) -> None:
    for ask in (lambda: access.newest(leader), lambda: access_reading.write_log(leader, tmp_path / "log.csv")):
        with pytest.raises(UserError) as refused:
            ask()
        assert refused.value.code == "TD-STORE-220"
    assert not (tmp_path / "log.csv").exists()


def test_records_past_their_time_are_listed_and_erased(keeper: Session, named: str) -> None:
    fresh = records.save(
        keeper, REGISTER, {"name": "Lò Văn Páo", "sex": "male", "until": date(2024, 1, 1)}, reasons={"*": "thử"}
    )
    assert isinstance(fresh, records.Saved)
    assert erasure.count_outdated(keeper) == 1
    (found,) = erasure.outdated(keeper)
    assert (found.id, found.until) == (named, date(2025, 1, 1)) and found.title.startswith(NAME)
    with pytest.raises(UserError) as refused:
        erasure.erase(keeper, REGISTER, [named], "  ")
    assert refused.value.code == "TD-STORE-241"
    assert erasure.erase(keeper, REGISTER, [named], "Hết thời hạn lưu") == 1
    assert erasure.outdated(keeper) == [] and search(keeper, "Xynvqa") == []
    assert keeper.file.changes.verify_chain() is None
    assert access.newest(keeper)[0].what == "erase"
    with pytest.raises(UserError) as gone:
        records.get(keeper, REGISTER, named)
    assert gone.value.code == "TD-STORE-221"


def test_other_registers_are_not_erased(keeper: Session) -> None:
    area = next(iter(titles.entries_of(keeper, "residential_area")))
    with pytest.raises(UserError) as refused:
        erasure.erase(keeper, "residential_area", [area], "thử")
    assert refused.value.code == "TD-STORE-242"


@pytest.mark.parametrize(
    ("day", "years", "wanted"),
    [
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2026, 11, 23), -5, date(2021, 11, 23)),
    ],
)
def test_years_on(day: date, years: int, wanted: date) -> None:
    assert erasure.years_after(day, years) == wanted
