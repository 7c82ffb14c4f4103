"""Versions of a record: any order and repetition gives one version; what two wrote apart stays until decided."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.sync.canonical import canonical_bytes, parse_canonical
from thidua_desktop.sync.members import MemberError, RecordLine, record_line
from thidua_desktop.sync.office_part import Fact, OfficePart, OfficePartError, parse_part, part_bytes
from thidua_desktop.sync.versions import (
    EMPTY,
    Version,
    VersionError,
    Write,
    is_newer,
    merged,
    parse_version,
    unknown_origin,
    version_json,
    written,
)  # fmt: skip

A, B, C = (f"{sign * 8}-{sign * 4}-4{sign * 3}-8{sign * 3}-{sign * 12}" for sign in "abc")
BY = Write("2026-11-28T08:00:00+07:00", "Y Bhăm Niê", "thử")


@st.composite
def histories(draw: st.DrawFn) -> list[Version]:
    """Three machines that write and meet as chance will have it; how each then stands."""
    here = [written(EMPTY, A, {"title": "một", "total": 1}, True, BY)] * 3
    for _ in range(draw(st.integers(0, 12))):
        who, other = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        what = draw(st.sampled_from(["title", "total", "delete", "meet", "meet"]))
        if what == "meet":
            here[who] = merged(here[who], here[other])
        else:
            values = {} if what == "delete" else {what: draw(st.integers(2, 4))}
            here[who] = written(here[who], (A, B, C)[who], values, what != "delete", BY)
    return here


@given(histories())
def test_order_and_repetition_do_not_matter(here: list[Version]) -> None:
    one, two, three = here
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, one) == one
    assert merged(merged(one, two), two) == merged(one, two)


@given(histories())
def test_what_has_seen_more_has_a_higher_revision(here: list[Version]) -> None:
    together = merged(here[0], here[1])
    for one in here[:2]:
        assert (together.revision > one.revision) == is_newer(together, one)


@given(histories())
def test_a_version_is_read_as_it_was_written(here: list[Version]) -> None:
    for one in here:
        assert parse_version(parse_canonical(canonical_bytes(version_json(one)))) == one


def test_a_write_that_has_seen_both_ends_a_conflict() -> None:
    start = written(EMPTY, A, {"total": 1}, True, BY)
    left, right = written(start, A, {"total": 2}, True, BY), written(start, B, {"total": 3}, True, BY)
    both = merged(left, right)
    assert both.conflicts() == ("total",) and both.conflicts({"total"}) == ()
    decided = written(both, B, {"total": 2}, True, BY)
    assert merged(decided, left).conflicts() == merged(decided, right).conflicts() == ()
    assert merged(decided, both) == decided


def test_the_same_value_from_both_is_no_conflict_and_a_deletion_against_an_edit_is() -> None:
    start = unknown_origin(4, {"total": 1}, True, BY)
    left, right = written(start, A, {"total": 2}, True, BY), written(start, B, {"total": 2}, True, BY)
    assert merged(left, right).conflicts() == () and merged(left, right).revision == 6
    gone = written(start, B, {}, False, BY)
    assert merged(left, gone).conflicts() == ("",) and merged(left, gone).living
    assert not merged(start, gone).living and merged(start, gone).conflicts() == ()


def good() -> dict[str, Any]:
    """A version as JSON."""
    start = written(EMPTY, A, {"total": 1, "title": "một"}, True, BY)
    left, right = written(start, A, {"total": 2}, True, BY), written(start, B, {"total": 3}, True, BY)
    return version_json(merged(left, right))


@pytest.mark.parametrize("break_it", [
    lambda v: v.update(more=1), lambda v: v.pop("seen"), lambda v: v["seen"].update({A: 0}),
    lambda v: v["seen"].update({"nobody": 1}), lambda v: v["fields"].pop(""), lambda v: v["fields"].update(x=[]),
    lambda v: v["fields"].update({"": [[0, 1]]}), lambda v: v["writes"].append([C, 1, "", "", ""]),
    lambda v: v["writes"].reverse(), lambda v: v["fields"].update(total=[[99, 1]]),
    lambda v: v["seen"].update({B: True}),
])  # fmt: skip
def test_anything_else_is_no_version(break_it: Any) -> None:
    value = good()
    parse_version(value)
    break_it(value)
    with pytest.raises(VersionError):
        parse_version(value)


def test_a_line_must_say_what_its_version_says() -> None:
    version = parse_version(good())
    line = RecordLine("r1", "24412", version.revision, False, version.values, version)
    assert record_line(line.to_bytes()) == line
    for wrong in (b'"revision":4', b'"revision":2'):
        with pytest.raises(MemberError):
            record_line(line.to_bytes().replace(b'"revision":3', wrong))


def test_the_office_part_is_read_as_it_was_written() -> None:
    part = OfficePart((2, 5), {"identity": Fact(3, A, {"place": "Ea Thử"})}, {B: ((4, 9),)}, (7, {A: 3}))
    assert parse_part(part_bytes(part)) == part
    for data in (b"{}", part_bytes(part) + b" ", part_bytes(part).replace(b"[2,5]", b"[5,2]"),
                 part_bytes(part).replace(b"[[4,9]]", b"[[4,-9]]"),
                 part_bytes(part).replace(A.encode(), b"x" * 36)):  # fmt: skip
        with pytest.raises(OfficePartError):
            parse_part(data)
