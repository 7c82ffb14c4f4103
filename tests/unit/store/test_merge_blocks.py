"""Merging in blocks: the same file as line by line, and every record is found by what came after it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.store.made_up import NOW, make_office
from thidua_desktop.store import record_writer
from thidua_desktop.store.merge import MergeResult, RecordLine
from thidua_desktop.store.open_file import OfficeFile

SENDER = "00001"


def place(name: str = "Tân Lập", revision: int = 1, id: str = "p") -> RecordLine:
    """A place of the commune."""
    return RecordLine(register="place", id=id, office=SENDER, revision=revision, values={"name": name})


def event(id: str = "e", revision: int = 1, at: str = "p", title: str = "Tuần tra", **more: Any) -> RecordLine:
    """An event at a place."""
    values = {} if more.get("deleted") else {"held_on": "2026-11-08", "title": title, "place": at}
    return RecordLine(register="event", id=id, office=SENDER, revision=revision, values=values, **more)


def merge(office: OfficeFile, *lines: RecordLine) -> MergeResult:
    """Take lines of the commune."""
    return office.merge(lines, SENDER, "gói số 1", actor="tinh", now=NOW)


def found(office: OfficeFile, typed: str) -> set[str]:
    """Ids of the records that hold the words."""
    return {hit.id for hit in office.search(typed, 50)}


def test_a_record_is_found_by_the_place_that_came_after_it(office: OfficeFile) -> None:
    merge(office, event(), event("f", at="q"), place())
    assert (found(office, "tan lap"), found(office, "tuan tra")) == ({"e", "p"}, {"e", "f"})
    merge(office, place("Bản Mới", id="q"))
    assert found(office, "ban moi") == {"f", "q"}


def test_a_place_renamed_between_two_records_names_both(office: OfficeFile) -> None:
    merge(office, place(), event("e"), place("Hòa Bình", 2), event("f"))
    assert (found(office, "hoa binh"), found(office, "tan lap")) == ({"p", "e", "f"}, set())


def test_a_record_deleted_in_the_same_package_is_not_found(office: OfficeFile) -> None:
    merge(office, event(), event(revision=2, deleted=True), place())
    assert (found(office, "tuan tra"), found(office, "tan lap")) == (set(), {"p"})


LINES = st.one_of(
    st.builds(
        event, st.sampled_from("abcd"), st.integers(1, 4), st.sampled_from("pq"), st.sampled_from(("An toàn", "Ma túy"))
    ),
    st.builds(lambda id, revision: event(id, revision, deleted=True), st.sampled_from("abcd"), st.integers(1, 4)),
    st.builds(place, st.sampled_from(("Tân Lập", "Hòa Bình")), st.integers(1, 4), st.sampled_from("pq")),
)


@contextmanager
def merged(lines: Sequence[RecordLine], block: int) -> Iterator[OfficeFile]:
    """An office that took lines in blocks of that size."""
    with tempfile.TemporaryDirectory() as folder, make_office(Path(folder) / "x.thidua").file as office:
        with patch.object(record_writer, "BLOCK", block):
            merge(office, *lines)
        yield office


def contents(office: OfficeFile) -> list[Any]:
    """Rows, the log without its hashes, and what search finds."""
    run = office._database.all
    rows = [run(f"SELECT * FROM {name} ORDER BY row") for name in ("place", "event")]
    log = run("SELECT seq, register, record_id, revision, operation, fields, action FROM change ORDER BY seq")
    words = [sorted(found(office, typed)) for typed in ("an toan", "ma tuy", "tan lap", "hoa binh")]
    return [rows, log, words]


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, max_size=14), st.integers(2, 6))
def test_blocks_of_any_size_give_the_same_file(lines: list[RecordLine], block: int) -> None:
    with merged(lines, 1) as single, merged(lines, block) as blocks:
        assert contents(single) == contents(blocks)
        assert blocks.changes.verify_chain() is None and blocks.check() == single.check()
