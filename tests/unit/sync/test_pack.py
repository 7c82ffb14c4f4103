"""Writing packages: deterministic where it can be, flat memory, no clear data on disk, faults of the caller named."""

from __future__ import annotations

import hashlib
import io
import tempfile
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.unit.sync.crafting import COMMUNE, FACTS, PROVINCE, PROVINCE_CARD, TRUST, chained, meeting, members, packed
from thidua_desktop.sync.header import HeaderError, header_bytes, header_hash
from thidua_desktop.sync.members import Member, MemberError, RecordLine, figures_member, records_member
from thidua_desktop.sync.pack import write_package
from thidua_desktop.sync.sealed_spool import SealedSpool
from thidua_desktop.sync.verify import verify

SECRET = "Tên rất dễ thấy"


def many(count: int) -> Iterator[RecordLine]:
    """Records that zstd cannot make small."""
    noise = (hashlib.sha256(b"%d" % number).hexdigest() for number in range(1, count + 1))
    return (meeting(number, note=f"{SECRET} {text}") for number, text in enumerate(noise, start=1))


def test_what_is_packed_comes_out() -> None:
    data, result = packed()
    assert (result.size, result.header.facts) == (len(data), FACTS)
    assert result.header_hash == header_hash(header_bytes(result.header))
    with verify(io.BytesIO(data), TRUST, [PROVINCE.age_identity]) as package:
        assert package.header == result.header
        assert (package.sha256, package.size, package.header_hash) == (result.sha256, len(data), result.header_hash)
        assert package.registers == ("resident_meeting", "residential_area")
        assert list(package.records("resident_meeting")) == [meeting(number).to_bytes() for number in (1, 2, 3)]
        assert list(package.records("residential_area")) == []
        assert [register for register, _line in package.all_records()] == ["resident_meeting"] * 3
        assert package.reports == ("movement_2026-11",)
        assert package.figures("movement_2026-11") == {"meetings": 3, "period": "2026-11"}
        assert package.member("reports/movement_2026-11.pdf").startswith(b"%PDF")


def test_members_may_come_in_any_order() -> None:
    forward, backward = packed(content=members()), packed(content=reversed(members()))
    lists = []
    for data, _result in (forward, backward):
        with verify(io.BytesIO(data), TRUST, [COMMUNE.age_identity]) as package:
            lists.append(package.entries)
    assert lists[0] == lists[1] == tuple(sorted(lists[0], key=lambda entry: entry.name))


def test_each_package_names_the_one_before() -> None:
    first, second = chained(2)
    assert second[1].header.facts.previous == first[1].header_hash


@pytest.mark.parametrize(
    "content",
    [
        [records_member("resident_meeting", [meeting(2), meeting(1)])],
        [records_member("resident_meeting", [meeting(1), meeting(1)])],
        [records_member("unknown_register", [meeting(1)])],
        [records_member("resident_meeting", [replace(meeting(1), values={"x": 1.5})])],
        [records_member("resident_meeting", [replace(meeting(1), values={"x": "e\u0301"})])],
        [records_member("resident_meeting", [replace(meeting(1), deleted=True)])],
        [records_member("resident_meeting", [replace(meeting(1), revision=0)])],
        [records_member("resident_meeting", [replace(meeting(1), values={"x": "a" * 1024 * 1024})])],
        [Member("../x", [b""])],
        [Member("manifest.json", [b""])],
        [figures_member("a", {}), figures_member("A", {})],
    ],
)
def test_faults_of_the_caller_are_named_and_nothing_is_written(content: list[Member]) -> None:
    out = io.BytesIO()
    with pytest.raises(ValueError):
        write_package(out, FACTS, content, COMMUNE, [PROVINCE_CARD.age_recipient])
    assert out.getvalue() == b""


def test_wrong_facts_and_recipients_show_before_the_members_are_read() -> None:
    def never() -> Iterator[Member]:
        raise AssertionError("members were read")
        yield

    with pytest.raises(HeaderError):
        write_package(io.BytesIO(), replace(FACTS, number=0), never(), COMMUNE, [])
    with pytest.raises(ValueError, match="recipient"):
        write_package(io.BytesIO(), FACTS, never(), COMMUNE, ["age1wrong"])


def test_figures_and_headers_that_no_reader_takes_are_not_written() -> None:
    with pytest.raises(MemberError, match="larger"):
        figures_member("a", "a" * 16 * 1024 * 1024)
    with pytest.raises(HeaderError, match="longer"):
        packed(replace(FACTS, definitions={f"register_{number:05d}": 1 for number in range(4000)}))


def test_memory_stays_flat_however_many_records() -> None:
    def peak(count: int) -> int:
        out = tempfile.TemporaryFile()  # noqa: SIM115
        tracemalloc.start()
        write_package(out, FACTS, [records_member("resident_meeting", many(count))], COMMUNE, [])
        reached = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        out.close()
        return reached

    assert peak(12_000) < peak(1_000) + 2 * 1024 * 1024


def test_spools_on_disk_hold_nothing_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []

    class Watched(io.BytesIO):
        def write(self, data: Any) -> int:
            written.append(bytes(data))
            return super().write(data)

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", lambda **_options: Watched())
    facts = replace(FACTS, definitions={"resident_meeting": 1})
    out = io.BytesIO()
    write_package(out, facts, [records_member("resident_meeting", many(4000))], COMMUNE, [], spool_folder=tmp_path)
    verify(out, TRUST, [COMMUNE.age_identity]).close()
    everything = b"".join(written)
    assert len(everything) > 100_000
    assert SECRET.encode() not in everything
    assert b"\x28\xb5\x2f\xfd" not in everything[:64]  # not even a zstd frame


def test_a_sealed_spool_gives_ranges_back() -> None:
    data = bytes(range(256)) * 1000
    with SealedSpool() as spool:
        for start in range(0, len(data), 777):
            spool.write(data[start : start + 777])
        for start, size in ((0, len(data)), (65_535, 2), (200_000, 56_000), (5, 0)):
            assert b"".join(spool.read_range(start, size)) == data[start : start + size]
        with pytest.raises(ValueError, match="outside"):
            next(spool.read_range(len(data), 1))


def test_member_errors_are_value_errors() -> None:
    assert issubclass(MemberError, ValueError) and issubclass(HeaderError, ValueError)
