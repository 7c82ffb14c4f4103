"""Records of other offices: the newest revision stands, in any order and however often it comes."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.store.made_up import NOW, make_office
from thidua_desktop.store.merge import MergeResult, RecordLine
from thidua_desktop.store.open_file import OfficeFile

VALUES = {
    "held_on": "2026-11-08",
    "title": "Tuần tra",
    "items": [{"subject": "Đèn", "paid": "2.5"}],
    "topics": ["talk"],
}


def line(revision: int = 1, **more: Any) -> RecordLine:
    """A record of the commune 00001."""
    more.setdefault("values", {**VALUES, "present": revision})
    return RecordLine(register="event", office="00001", revision=revision, **{"id": "a", **more})


def merge(office: OfficeFile, *lines: RecordLine) -> MergeResult:
    """Take lines of 00001."""
    return office.merge(lines, "00001", "gói số 1", actor="tinh", now=NOW)


def digest(office: OfficeFile) -> list[Any]:
    """What the file says of events, without its own bookkeeping."""
    sql = "SELECT id, office, revision, deleted, held_on, title, present, topics, items, extra FROM event ORDER BY id"
    return office._database.all(sql)


def test_new_changed_deleted_and_unchanged(office: OfficeFile) -> None:
    assert (merge(office, line()).new, merge(office, line()).unchanged) == (1, 1)
    assert merge(office, line(2)).changed == 1
    assert merge(office, line()).unchanged == 1
    assert merge(office, line(3, deleted=True)).deleted == 1
    record = office.records.get("event", "a")
    assert record is not None and record.deleted and record.revision == 3 and record.office == "00001"
    assert [change.operation for change in office.changes.since(0)] == ["merge"] * 3
    assert office.check() == []


def test_merged_records_are_searched_and_logged_but_not_undone(office: OfficeFile) -> None:
    merge(office, line())
    assert len(office.search("tuan tra")) == 1
    [change] = office.changes.history("event", "a")
    assert (change.actor, change.reason, change.office) == ("tinh", "gói số 1", "00001")
    assert office.changes.can_undo("tinh") is None


def test_fields_of_a_newer_definition_are_kept(office: OfficeFile) -> None:
    merge(office, line(values={**VALUES, "mood": "vui"}))
    record = office.records.get("event", "a")
    assert record is not None and record.extra == {"mood": "vui"}
    saved = office.records.save("event", {**record.values, "present": 3}, id="a", actor="tinh", now=NOW)
    assert office.records.get("event", "a") == saved and saved.extra == {"mood": "vui"}


def test_lines_that_do_not_fit_are_set_aside_and_the_rest_goes_on(office: OfficeFile) -> None:
    result = merge(
        office,
        line(),
        RecordLine(register="nothing", id="b", office="00001", revision=1, values={}),
        RecordLine(register="event", id="c", office="00002", revision=1, values=VALUES),
        line(id="d", values={"held_on": 7}),
        line(id="e", values={"held_on": "2026-13-01"}),
        line(0, id="f"),
    )
    assert [kept.id for kept, _ in result.set_aside] == ["b", "c", "d", "e", "f"]
    assert result.new == 1 and all(reason for _, reason in result.set_aside)


def test_an_office_cannot_write_over_another(office: OfficeFile) -> None:
    own = office.records.save("event", {"held_on": NOW.date()}, actor="dao", now=NOW)
    result = merge(office, line(9, id=own.id))
    assert len(result.set_aside) == 1 and office.records.get("event", own.id) == own


def test_any_order_gives_the_same_file(tmp_path: Path) -> None:
    states = [line(), line(2), line(2, values={**VALUES, "present": 77}), line(3), line(3, deleted=True)]
    digests = set()
    for number, order in enumerate(itertools.islice(itertools.permutations(states), 0, None, 17)):
        with make_office(tmp_path / f"{number}.thidua", kind="province").file as office:
            merge(office, *order, order[0])
            digests.add(repr(digest(office)))
            assert office.changes.verify_chain() is None
    assert len(digests) == 1


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_the_highest_revision_stands(revisions: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, make_office(Path(folder) / "x.thidua").file as office:
        for revision in revisions:
            merge(office, line(revision))
        record = office.records.get("event", "a")
        assert record is not None and record.revision == max(revisions) == record.values["present"]
