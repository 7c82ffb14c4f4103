"""Lists, pick lists and search over a small office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from thidua_desktop.formdef.model import Values
from thidua_desktop.services import links, lists, periods, records, search, titles
from thidua_desktop.services.session import Role, Session
from thidua_desktop.store.queries import ListQuery, SortKey

ACTIVITY, AREA, HOUSEHOLD = "movement_activity", "residential_area", "household"
Add = Callable[..., str]


@pytest.fixture
def many(session: Session, area_ids: list[str]) -> list[str]:
    kinds = [item.code for item in session.definitions.catalogs["activity_kind"].items]
    rows: list[tuple[str | None, Values]] = [
        (
            None,
            {
                "held_on": date(2026, 11, 22) - timedelta(days=number),
                "residential_area": area_ids[number % 2],
                "kind": kinds[number % 3],
                "title": f"Buổi thứ {number}",
                "attendance_total": 10 + number,
            },
        )
        for number in range(230)
    ]
    keys = session.file.records.save_many(ACTIVITY, rows, actor="A", now=session.now())
    return [key.id for key in keys]


def test_a_list_opens_on_this_period_newest_first(session: Session, many: list[str]) -> None:
    query = lists.default_query(session, ACTIVITY, periods.current(session))
    opened = lists.open_list(session, query)
    assert (query.start, query.end) == (date(2026, 11, 15), date(2026, 12, 14))
    assert len(opened) == 8
    names = [column.name for column in opened.columns]
    first = dict(zip(names, opened.row(0).cells, strict=True))
    assert first["held_on"] == "22/11/2026"
    assert first["residential_area"] == "Buôn Ea M'Doal"


def test_windows_totals_and_places(session: Session, many: list[str]) -> None:
    opened = lists.open_list(session, ListQuery(ACTIVITY))
    assert len(opened) == 230
    assert opened.row(229).id == many[229]
    assert [row.id for row in opened.rows(98, 103)] == many[98:103]
    assert opened.place_of(many[150]) == 150
    assert opened.place_of("khong-co") is None
    assert opened.totals.count == 230
    foot = dict(zip((column.name for column in opened.columns), opened.total_cells(), strict=True))
    assert foot["attendance_total"] == "28.635"
    assert foot["held_on"] == ""
    with pytest.raises(IndexError):
        opened.row(230)


def test_titles_of_links_are_read_in_batches(
    session: Session, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    store = type(session.file.records)

    def counted(name: str) -> None:
        real = getattr(store, name)

        def read(self: Any, register: str, *wanted: Any) -> Any:
            reads.append(register)
            return real(self, register, *wanted)

        monkeypatch.setattr(store, name, read)

    counted("lines")
    counted("window")
    lists.open_list(session, ListQuery(ACTIVITY)).rows(0, lists.WINDOW_ROWS)
    assert reads == [ACTIVITY, AREA]


def test_chips_offer_what_occurs_with_counts(session: Session, many: list[str], area_ids: list[str]) -> None:
    query = lists.with_condition(ListQuery(ACTIVITY), "residential_area", (area_ids[0],))
    chips = {chip.field: chip for chip in lists.chips(session, query)}
    areas = chips["residential_area"]
    assert areas.chosen == (area_ids[0],)
    assert [(value.label, value.count) for value in areas.values] == [("Buôn Ea M'Doal", 115), ("Thôn Tân Lập", 115)]
    assert sum(value.count or 0 for value in chips["kind"].values) == 115
    assert len(lists.open_list(session, query)) == 115
    assert lists.with_condition(query, "residential_area", ()) == ListQuery(ACTIVITY)
    assert lists.chips(session, query, counted=False)[0].values[0].count is None


def test_columns_know_how_they_stand(session: Session) -> None:
    columns = {column.name: column for column in lists.columns(session, AREA)}
    assert (columns["households"].align, columns["households"].total) == ("right", True)
    assert columns["name"].align == "left"
    assert "(hộ)" in columns["households"].label


def test_sensitive_cells_are_masked(session: Session, area_ids: list[str], add: Add) -> None:
    add(HOUSEHOLD, residential_area=area_ids[0], representative="H'Hen Niê", identity_number="066199000123")
    spec = session.register(HOUSEHOLD).field("identity_number")
    leader = replace(session, user=replace(session.user, role=Role.LEADER))
    assert lists.cell_text(session, spec, "066199000123") == "066199000123"
    assert lists.cell_text(leader, spec, "066199000123") == lists.MASKED


def test_sensitive_columns_are_masked_however_their_cells_are_stored(
    session: Session, many: list[str], area_ids: list[str]
) -> None:
    spec = session.register(ACTIVITY)
    private = replace(
        spec, fields=tuple(one._replace(sensitive=one.name in ("title", "held_on")) for one in spec.fields)
    )
    registers = MappingProxyType({**session.definitions.registers, ACTIVITY: private})
    leader = replace(
        session, definitions=replace(session.definitions, registers=registers),
        user=replace(session.user, role=Role.LEADER),
    )  # fmt: skip
    names = [column.name for column in lists.columns(leader, ACTIVITY)]
    shown = dict(zip(names, lists.open_list(leader, ListQuery(ACTIVITY)).row(0).cells, strict=True))
    assert (shown["title"], shown["held_on"], shown["host"]) == (lists.MASKED, lists.MASKED, "")
    assert shown["residential_area"] == "Buôn Ea M'Doal"


def test_a_line_says_what_its_record_says(session: Session, many: list[str], add: Add, area_ids: list[str]) -> None:
    add(HOUSEHOLD, residential_area=area_ids[0], representative="H'Hen Niê", number=7, valid_to=date(2026, 1, 31))
    for register in (ACTIVITY, AREA, HOUSEHOLD):
        opened = lists.open_list(session, ListQuery(register))
        fields = [session.register(register).field(column.name) for column in opened.columns]
        for place, row in enumerate(opened.rows(0, 60)):
            values = records.get(session, register, row.id).values
            said = tuple(lists.cell_text(session, field, values.get(field.name)) for field in fields)
            assert (row.cells, row.state) == (said, "ended" if register == HOUSEHOLD else ""), place


def test_a_pick_list_finds_any_part_of_a_name(session: Session, area_ids: list[str], add: Add) -> None:
    spec = session.register(ACTIVITY).field("residential_area")
    assert [choice.label for choice in links.choices(session, spec)] == ["Buôn Ea M'Doal", "Thôn Tân Lập"]
    assert [choice.value for choice in links.choices(session, spec, "lap")] == [area_ids[1]]
    assert [choice.value for choice in links.choices(session, spec, "tan THÔN")] == [area_ids[1]]
    add(AREA, kind="thon", name="Tân Lập Đông", households=10, valid_from=date(2026, 12, 1))
    assert len(links.choices(session, spec, "tan lap")) == 1
    assert len(links.choices(session, spec, "tan lap", on=date(2026, 12, 2))) == 2


def test_a_catalog_offers_labels_that_begin_with_the_text_first(session: Session) -> None:
    spec = session.register(AREA).field("kind")
    assert [choice.value for choice in links.choices(session, spec, "to dan")] == ["to_dan_pho"]
    assert links.choices(session, spec, "khu")[0].label == "Khu phố"
    assert links.choices(session, session.register(AREA).field("name"), "x") == []


def test_titles_follow_a_renamed_area(session: Session, area_ids: list[str], add: Add) -> None:
    household = add(HOUSEHOLD, residential_area=area_ids[1], representative="Lý A")
    assert titles.entries_of(session, HOUSEHOLD)[household].detail == "Thôn Tân Lập"
    assert titles.title(session, AREA, area_ids[1]) == "Thôn Tân Lập"
    old = records.get(session, AREA, area_ids[1])
    records.save(session, AREA, {**old.values, "name": "Tân Hòa"}, record_id=old.id)
    assert titles.title(session, AREA, area_ids[1]) == "Thôn Tân Hòa"
    assert titles.entries_of(session, HOUSEHOLD)[household].detail == "Thôn Tân Hòa"


def test_search_groups_by_register(session: Session, many: list[str], area_ids: list[str], add: Add) -> None:
    add(HOUSEHOLD, residential_area=area_ids[1], representative="Hoàng Văn Thiềng")
    groups = search.search(session, "hoang thieng")
    assert [(group.register, [found.title for found in group.records]) for group in groups] == [
        (HOUSEHOLD, ["Hoàng Văn Thiềng"])
    ]
    assert groups[0].records[0].detail == "Thôn Tân Lập"
    assert {group.register for group in search.search(session, "tan lap")} >= {AREA, HOUSEHOLD}
    assert search.search(session, "   ") == []


def test_sorting_by_a_link(session: Session, many: list[str]) -> None:
    opened = lists.open_list(session, ListQuery(ACTIVITY, sort=(SortKey("residential_area", True),)))
    column = [c.name for c in opened.columns].index("residential_area")
    assert opened.row(0).cells[column] == "Thôn Tân Lập"


def test_a_huge_register_is_searched_instead_of_held(
    session: Session, area_ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "HELD_IN_MEMORY", 1)
    spec = session.register(ACTIVITY).field("residential_area")
    assert [choice.value for choice in links.choices(session, spec, "lap")] == [area_ids[1]]
    assert session.whole_registers == set()


def test_a_filter_of_a_long_list_offers_its_catalog_and_reads_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> list[object]:
        raise AssertionError("the register is read")

    monkeypatch.setattr(type(session.file.records), "value_counts", refused)
    (chip,) = lists.chips(session, ListQuery("movement_activity"), counted=False, only="kind")
    catalog = session.definitions.catalogs[session.register("movement_activity").field("kind").catalog]
    assert [value.value for value in chip.values] == [item.code for item in catalog.items]
    assert lists.filter_label(session, "movement_activity", "kind", "launch") == catalog.label("launch")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (ListQuery(ACTIVITY), "cả sổ"),
        (ListQuery(ACTIVITY, start=date(2026, 11, 15), end=date(2026, 12, 14)), "trong kỳ"),
        (ListQuery(AREA, valid_on=date(2026, 11, 16)), "đang hoạt động"),
        (ListQuery(ACTIVITY, text="họp", start=date(2026, 11, 15)), "theo bộ lọc"),
        (ListQuery(ACTIVITY, office="24412"), "theo bộ lọc"),
        (lists.with_condition(ListQuery(ACTIVITY), "kind", ("patrol",)), "theo bộ lọc"),
    ],
)
def test_the_foot_names_what_it_sums(query: ListQuery, words: str) -> None:
    assert lists.scope_words(query) == words
