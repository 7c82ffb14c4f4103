"""Saving, reading and deleting records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.store.made_up import FULL_EVENT, NOW, event
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import ListQuery, RecordKey, SortKey

WHO = {"actor": "dao", "now": NOW}


def test_every_type_of_value_comes_back_as_it_was(office: OfficeFile) -> None:
    saved = office.records.save("event", FULL_EVENT, actor="dao", now=NOW)
    read = office.records.get("event", saved.id)
    assert read == saved
    assert dict(saved.values) == dict(FULL_EVENT)
    assert (saved.revision, saved.office, saved.changed_by, saved.changed_at) == (1, "26734", "dao", NOW)


def test_empty_values_are_not_kept(office: OfficeFile) -> None:
    values: Values = {**event(NOW.date()), "host": "", "items": (), "topics": (), "present": None}
    saved = office.records.save("event", values, actor="dao", now=NOW)
    assert set(saved.values) == {"held_on", "title"}


def test_zero_and_no_are_values(office: OfficeFile) -> None:
    values = event(NOW.date(), present=0, public=False, cost=Decimal("0.00"))
    saved = office.records.save("event", values, actor="dao", now=NOW)
    assert office.records.get("event", saved.id) == saved
    assert (saved.values["present"], saved.values["public"]) == (0, False)


def test_saving_again_raises_the_revision_only_when_something_differs(office: OfficeFile) -> None:
    first = office.records.save("event", event(NOW.date()), actor="dao", now=NOW)
    assert office.records.save("event", event(NOW.date()), id=first.id, actor="an", now=NOW) == first
    second = office.records.save("event", event(NOW.date(), present=9), id=first.id, actor="an", now=NOW)
    assert (second.revision, second.changed_by, second.row) == (2, "an", first.row)
    assert len(office.changes.history("event", first.id)) == 2


def test_a_record_changed_elsewhere_is_not_overwritten(office: OfficeFile) -> None:
    first = office.records.save("event", event(NOW.date()), actor="dao", now=NOW)
    office.records.save("event", event(NOW.date(), present=9), id=first.id, expected_revision=1, actor="an", now=NOW)
    with pytest.raises(UserError) as refused:
        office.records.save("event", event(NOW.date()), id=first.id, expected_revision=1, actor="dao", now=NOW)
    assert (refused.value.code, refused.value.values["who"]) == ("TD-STORE-013", "an")


def test_an_id_of_another_file_is_taken_over(office: OfficeFile) -> None:
    saved = office.records.save("event", event(NOW.date()), id="01920000-0000-7000-8000-000000000001", **WHO)
    assert saved.id == "01920000-0000-7000-8000-000000000001"
    assert saved.revision == 1


def test_ids_grow_with_time(office: OfficeFile) -> None:
    ids = [office.records.save("event", event(NOW.date()), **WHO).id for _ in range(20)]
    assert ids == sorted(ids) and len(set(ids)) == 20 and ids[0][14] == "7"


def test_a_deleted_record_leaves_the_lists_but_not_the_file(office: OfficeFile) -> None:
    saved = office.records.save("event", event(NOW.date()), **WHO)
    gone = office.records.delete("event", saved.id, **WHO)
    assert gone.deleted and office.records.get("event", saved.id) == gone
    assert len(office.records.ids(ListQuery("event"))) == 0 and office.records.count("event") == 0
    assert len(office.records.ids(ListQuery("event", include_deleted=True))) == 1
    with pytest.raises(UserError, match="TD-STORE-012"):
        office.records.save("event", event(NOW.date()), id=saved.id, expected_revision=2, **WHO)
    with pytest.raises(UserError, match="TD-STORE-012"):
        office.records.delete("event", saved.id, **WHO)


def test_a_register_that_the_file_does_not_have(office: OfficeFile) -> None:
    with pytest.raises(UserError, match="TD-STORE-011"):
        office.records.get("nothing", "x")


def test_all_or_nothing(office: OfficeFile) -> None:
    with pytest.raises(RuntimeError), office.atomic():
        office.records.save("event", event(NOW.date()), **WHO)
        office.settings.put("a", 1)
        raise RuntimeError
    assert office.records.count("event") == 0 and office.settings.get("a") is None
    assert office.changes.head()[0] == 0 and office.search("ra quan") == []


def test_an_inner_part_can_fail_alone(office: OfficeFile) -> None:
    with office.atomic():
        kept = office.records.save("event", event(NOW.date()), **WHO)
        with pytest.raises(RuntimeError), office.atomic():
            office.records.save("event", event(NOW.date(), "Khác"), **WHO)
            raise RuntimeError
    assert [change.record_id for change in office.changes.since(0)] == [kept.id]
    assert office.check() == []


def test_many_records_are_one_action(office: OfficeFile) -> None:
    keys = office.records.save_many("event", ((None, event(date(2026, 11, day))) for day in range(1, 6)), **WHO)
    assert len(keys) == 5 == office.records.count("event")
    assert len({change.action for change in office.changes.since(0)}) == 1
    office.changes.undo("dao", NOW)
    assert office.records.count("event") == 0


def test_a_window_keeps_the_order_that_was_asked(office: OfficeFile) -> None:
    keys = office.records.save_many("event", ((None, event(date(2026, 11, day))) for day in range(1, 8)), **WHO)
    rows = office.records.ids(ListQuery("event", sort=(SortKey("held_on", True),)))
    days = [record.values["held_on"] for record in office.records.window("event", rows[1:3])]
    assert days == [date(2026, 11, 6), date(2026, 11, 5)]
    wanted = [keys[4].id, "not-there", keys[0].id]
    assert [record.id for record in office.records.window("event", wanted)] == [keys[4].id, keys[0].id]
    assert rows[0] == office.records.row_of("event", keys[6].id)


def test_rows_are_found_again_by_number_and_named_by_id(office: OfficeFile) -> None:
    assert office.records.newest_row("event") == 0
    keys = office.records.save_many("event", ((None, event(date(2026, 11, day))) for day in range(1, 8)), **WHO)
    rows = office.records.ids(ListQuery("event", sort=(SortKey("held_on", True),)))
    assert rows.places({rows[1], rows[4], 999_999}) == [1, 4] and rows.places(set()) == []
    assert office.records.ids_of_rows("event", [rows[0], 999_999, rows[6]]) == [keys[6].id, keys[0].id]
    assert office.records.newest_row("event") == 7
    office.records.delete("event", keys[6].id, **WHO)
    assert office.records.newest_row("event") == 7 and len(office.records.ids(ListQuery("event", text="khong co"))) == 0


def test_a_window_of_some_fields_reads_only_those(office: OfficeFile) -> None:
    office.records.save("event", FULL_EVENT, **WHO)
    [record] = office.records.window("event", office.records.ids(ListQuery("event")), ["host", "present"])
    assert dict(record.values) == {"host": "Đặng Thị Ánh", "present": 125}


def test_who_points_here(office: OfficeFile) -> None:
    place = office.records.save("place", {"name": "Thôn Một"}, **WHO)
    saved = office.records.save("event", event(NOW.date(), place=place.id), **WHO)
    assert office.records.backlinks("place", place.id) == [RecordKey("event", saved.id)]
    assert office.records.backlinks("place", place.id, ["place"]) == []
    assert office.records.backlinks("place", place.id, ["event"]) == [RecordKey("event", saved.id)]
    office.records.delete("event", saved.id, **WHO)
    assert office.records.backlinks("place", place.id) == []


def test_suggestions_begin_with_the_most_frequent(office: OfficeFile) -> None:
    for title, kind in (("Tuần tra", "patrol"), ("Hội nghị", "talk"), ("Tuần tra", "patrol")):
        office.records.save("event", event(NOW.date(), title, kind=kind), **WHO)
    counts = office.records.value_counts(ListQuery("event"), {"title": -1, "kind": 1})
    assert counts["title"] == [("Tuần tra", 2), ("Hội nghị", 1)]
    assert counts["kind"] == [("patrol", 2)]  # the most frequent alone


def test_what_changed_since(office: OfficeFile) -> None:
    first, second = (office.records.save("event", event(NOW.date()), **WHO) for _ in range(2))
    seq = office.changes.head()[0]
    office.records.delete("event", first.id, **WHO)
    assert [(record.id, record.deleted) for record in office.records.changed_since("event", seq)] == [(first.id, True)]
    assert {record.id for record in office.records.changed_since("event", 0)} == {first.id, second.id}


def test_titles_show_what_people_read(office: OfficeFile) -> None:
    saved = office.records.save("event", event(date(2026, 11, 8), "Tuần tra"), **WHO)
    assert office.records.title(saved) == "Tuần tra, 08/11/2026"
    assert office.records.titles("event", [saved.id, "x"]) == {saved.id: "Tuần tra, 08/11/2026"}


def test_another_thread_reads_over_a_connection_of_its_own(office: OfficeFile) -> None:
    office.records.save("event", event(NOW.date()), **WHO)
    with office.reader() as reader:
        assert reader.records.count("event") == 1
        with office.atomic():
            office.records.save("event", event(NOW.date()), **WHO)
            assert reader.records.count("event") == 1
        assert reader.records.count("event") == 2
        with pytest.raises(UserError, match="TD-ENV-002"):
            reader.records.save("event", event(NOW.date()), **WHO)
