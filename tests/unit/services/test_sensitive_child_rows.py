"""Columns of child rows that not everybody may see: no service shows them, and who does not see them changes none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.test_every_register import INSTEAD, with_links
from tests.unit.services.test_child_sheets import book
from thidua_desktop.services import (
    history,
    lists,
    record_templates,
    records,
    search,
    titles,
    transfer,
)
from thidua_desktop.services.child_tables import child_tables, heading_of
from thidua_desktop.services.documents.printing import documents_of, print_documents
from thidua_desktop.services.documents.sheets import print_list
from thidua_desktop.services.session import PERMISSIONS, Permission, Role, Session, User
from thidua_desktop.services.transfer_reading import read_tables
from thidua_desktop.services.unseen import NEW_ROW, ROW_MARK
from thidua_desktop.store.queries import ListQuery

CASE = "mediation_case"
SECRET, PLACE = "Vàng Thị Xynvqa", "Nhà Xynvqa"
Way = Callable[[Session, str, Path], object]


@pytest.fixture
def case(session: Session) -> str:
    ids = {"residential_area": next(iter(session.file.records.every(ListQuery("residential_area")))).id}
    team: Any = with_links(session.register("mediation_team"), ids)
    ids["mediation_team"] = session.file.records.save("mediation_team", team, actor="A", now=session.now()).id
    values: Any = {**with_links(session.register(CASE), ids), **INSTEAD.get(CASE, {})}
    parties = ({"kind": "party", "name": SECRET, "address": PLACE, "age": 41}, {"kind": "party", "name": SECRET})
    saved = session.file.records.save(CASE, {**values, "parties": parties}, actor="A", now=session.now())
    session.file.records.save(
        CASE, {**saved.values, "parties": (*parties, {"kind": "party", "name": PLACE, "age": 7})},
        id=saved.id, actor="A", now=session.now(),
    )  # fmt: skip
    return saved.id


@pytest.fixture
def blind(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The office before one who may do all but see what is sensitive."""
    monkeypatch.setitem(PERMISSIONS, Role.PROVINCE, frozenset(Permission) - {Permission.SEES_SENSITIVE})
    return replace(session, user=User("tinh", "Tỉnh", Role.PROVINCE))


def text_of(pdf: bytes) -> str:
    import pypdfium2

    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def exported(session: Session, path: Path) -> str:
    transfer.export_records(session, ListQuery(CASE), path)
    if path.suffix == ".xlsx":
        return str([[line.cells for line in one.table.lines] for one in read_tables(path)])
    return path.read_text("utf-8")


def kept_as_template(session: Session, one: str, folder: Path) -> object:
    record_templates.keep_template(session, CASE, "Mẫu", records.whole(session, CASE, one).values)
    return record_templates.templates_of(session, CASE)


WAYS: dict[str, Way] = {
    "get": lambda s, one, _: records.get(s, CASE, one),
    "find": lambda s, one, _: records.find(s, CASE, one),
    "copy": lambda s, one, _: records.copy_of(s, CASE, one),
    "history": lambda s, one, _: history.history(s, CASE, one),
    "title": lambda s, one, _: titles.title(s, CASE, one),
    "list cells": lambda s, one, _: [
        lists.cell_text(s, field, records.whole(s, CASE, one).values.get(field.name))
        for field in s.register(CASE).fields
    ],
    "template": kept_as_template,
    "search": lambda s, one, _: search.search(s, "Xynvqa"),
    "xlsx": lambda s, one, folder: exported(s, folder / "a.xlsx"),
    "csv": lambda s, one, folder: exported(s, folder / "a.csv"),
    "jsonl": lambda s, one, folder: exported(s, folder / "a.jsonl"),
    "list on paper": lambda s, one, _: text_of(print_list(s, ListQuery(CASE)).pdf),
    "papers": lambda s, one, _: [text_of(print_documents(s, paper.name, [one]).pdf) for paper in documents_of(s, CASE)],
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_sees_it_who_may_not(blind: Session, case: str, tmp_path: Path, way: str) -> None:
    assert "Xynvqa" not in str(WAYS[way](blind, case, tmp_path))


@pytest.mark.parametrize("way", ["get", "find", "copy", "history", "xlsx", "jsonl"])
def test_the_others_see_it(session: Session, case: str, tmp_path: Path, way: str) -> None:
    assert "Xynvqa" in str(WAYS[way](session, case, tmp_path))


def parties(session: Session, one: str) -> list[dict[str, Any]]:
    rows: Any = records.whole(session, CASE, one).values["parties"]
    return [{name: cell for name, cell in row.items() if name != "kind"} for row in rows]


def test_a_save_without_seeing_keeps_what_is_unseen_with_its_row(blind: Session, session: Session, case: str) -> None:
    shown: Any = records.get(blind, CASE, case).values
    first, second, third = shown["parties"]
    assert [{name: cell for name, cell in row.items() if name != ROW_MARK} for row in shown["parties"]] == [
        {"kind": "party", "age": 41}, {"kind": "party"}, {"kind": "party", "age": 7},
    ]  # fmt: skip
    changed = {**shown, "parties": (third, {**first, "age": 42, "name": "Người Khác"})}
    saved = records.save(blind, CASE, changed, record_id=case, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved), saved
    assert parties(session, case) == [{"age": 7, "name": PLACE}, {"age": 42, "name": SECRET, "address": PLACE}]
    assert second
    assert "Xynvqa" not in str(saved.record.values)  # the form shows what it gets back


def rows_without(blind: Session, case: str, *, marks: bool) -> list[dict[str, Any]]:
    """The parties as one gets them who may not see all of them."""
    rows: Any = records.get(blind, CASE, case).values["parties"]
    return [{name: cell for name, cell in row.items() if marks or name != ROW_MARK} for row in rows]


def saved_with(blind: Session, case: str, *rows: object) -> records.Saved | records.Refused:
    values: Any = {**records.get(blind, CASE, case).values, "parties": rows}
    return records.save(blind, CASE, values, record_id=case, reasons={"*": "thử"})


def test_the_first_row_is_taken_away_and_the_next_one_edited(blind: Session, session: Session, case: str) -> None:
    _, second, third = rows_without(blind, case, marks=True)
    assert isinstance(saved_with(blind, case, {**second, "age": 50}, {**third, "age": 8}), records.Saved)
    assert parties(session, case) == [{"age": 50, "name": SECRET}, {"age": 8, "name": PLACE}]


def test_rows_change_places_and_are_edited(blind: Session, session: Session, case: str) -> None:
    first, second, third = rows_without(blind, case, marks=True)
    saved = saved_with(blind, case, {**third, "age": 8}, {**first, "age": 40}, second)
    assert isinstance(saved, records.Saved)
    assert [one.get("name") for one in parties(session, case)] == [PLACE, SECRET, SECRET]


def test_a_row_in_the_place_of_one_taken_away_is_no_other_person(blind: Session, session: Session, case: str) -> None:
    refused = saved_with(blind, case, {"kind": "party", "age": 30, ROW_MARK: NEW_ROW})
    assert isinstance(refused, records.Refused)  # a name is needed, and that of the row before is not taken
    assert refused.problems[0].code == "TD-DATA-103"


@pytest.mark.parametrize(
    "left",
    [
        lambda first, second, third: [
            {**second, "age": 50},
            third,
        ],  # the first went, or the second and the first is another
        lambda first, second, third: [third, {"kind": "party", "age": 99}],
    ],
)
def test_without_marks_a_guess_is_refused(blind: Session, session: Session, case: str, left: Any) -> None:
    before = parties(session, case)
    refused = saved_with(blind, case, *left(*rows_without(blind, case, marks=False)))
    assert isinstance(refused, records.Refused) and [one.code for one in refused.problems] == ["TD-DATA-608"]
    assert parties(session, case) == before
    assert [one.code for one in records.check(blind, CASE, {"parties": ({"kind": "party", "age": 1},)}, case)] == [
        "TD-DATA-608"
    ]


def test_one_of_two_that_look_alike_is_not_taken_away_by_guess(blind: Session, session: Session, case: str) -> None:
    whole: Any = records.whole(session, CASE, case).values
    alike = ({"kind": "party", "name": SECRET}, {"kind": "party", "name": PLACE})
    session.file.records.save(CASE, {**whole, "parties": alike}, id=case, actor="A", now=session.now())
    refused = saved_with(blind, case, rows_without(blind, case, marks=False)[1])
    assert isinstance(refused, records.Refused) and refused.problems[0].code == "TD-DATA-608"
    assert isinstance(saved_with(blind, case, rows_without(blind, case, marks=True)[1]), records.Saved)
    assert parties(session, case) == [{"name": PLACE}]


def test_the_lossless_file_of_one_who_does_not_see_takes_nothing_away(
    blind: Session, session: Session, case: str, tmp_path: Path
) -> None:
    before = parties(session, case)
    exported(blind, tmp_path / "a.jsonl")
    plan = transfer.preview_import(blind, CASE, tmp_path / "a.jsonl")
    assert not plan.broken and "Xynvqa" not in (tmp_path / "a.jsonl").read_text("utf-8")
    text = (tmp_path / "a.jsonl").read_text("utf-8").replace('"age":41', '"age":40')
    (tmp_path / "a.jsonl").write_text(text, "utf-8")
    transfer.apply_import(blind, transfer.preview_import(blind, CASE, tmp_path / "a.jsonl"))
    assert parties(session, case) == [{**before[0], "age": 40}, *before[1:]]
    lines = (
        (tmp_path / "a.jsonl")
        .read_text("utf-8")
        .replace('{"kind":"party","age":40},', "")
        .replace('"age":7', '"age":8')
    )
    (tmp_path / "a.jsonl").write_text(lines, "utf-8")
    plan = transfer.preview_import(blind, CASE, tmp_path / "a.jsonl")
    assert [one.code for one in plan.problems] == ["TD-DATA-608"] and len(plan.broken) == 1


def test_a_table_of_one_who_does_not_see_brings_no_hidden_column(
    blind: Session, session: Session, tmp_path: Path
) -> None:
    spec = session.register("household")
    hidden = [field for field in spec.living_fields if field.sensitive and field.type.value == "identity_number"]
    names = ["residential_area", "number", "representative", hidden[0].name]
    heads = [spec.field(name).label for name in names]
    path = book(tmp_path / "a.xlsx", {"Hộ": [heads, ["Tân Lập", 1, "Trần Thị Liên", "001300012345"]]})
    for one, comes in ((session, True), (blind, False)):
        plan = transfer.preview_import(one, "household", path)
        [row] = plan.rows
        assert (hidden[0].name in row.values) == comes and (hidden[0].label in plan.ignored) != comes


def test_the_preview_does_not_tell_what_is_recorded_in_a_hidden_field(
    blind: Session, session: Session, tmp_path: Path
) -> None:
    from thidua_desktop.services.known_records import changes_of

    spec = session.register("household")
    values: Any = {"number": 1, "representative": "Trần Thị Liên", "identity_number": "001300012345"}
    record = session.file.records.save("household", values, actor="A", now=session.now())
    other = {**values, "identity_number": "001300099999", "number": 2}
    assert "0013" in changes_of(session, spec, record, other)
    assert "0013" not in (told := changes_of(blind, spec, record, other)) and "2" in told


def test_a_child_sheet_has_no_column_for_what_is_hidden(blind: Session, session: Session, tmp_path: Path) -> None:
    [table] = [one for one in child_tables(session.register(CASE)) if one.field.name == "parties"]
    heads = [table.owner.label, *(heading_of(child) for child in table.children)]
    rows = {main: [["x"]] for main in ("Bìa",)} | {table.sheet: [heads, ["Dòng 2", "", SECRET, 41, PLACE]]}
    path = book(tmp_path / "a.xlsx", rows)
    for one, comes in ((session, 2), (blind, 0)):
        [sheet] = transfer.preview_import(one, CASE, path).sheets
        assert sum(column.field in {"name", "address"} for column in sheet.columns) == comes
