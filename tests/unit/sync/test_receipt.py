"""Receipts: written and read to the byte, and refused where a rule is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests.unit.sync.crafting import COMMUNE, FACTS, INSTALLATION, PROVINCE, TRUST, packed
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.sync.members import Member, figures_member, receipt_member
from thidua_desktop.sync.receipt import (
    MergedPackage,
    Receipt,
    ReceiptError,
    RecordAnswer,
    RecordState,
    ReportAnswer,
    ReportState,
    parse_receipt,
    receipt_bytes,
)
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.verify import verify

DIGEST = "ab" * 32
FULL = Receipt(
    "00123",
    {INSTALLATION: 412},
    (MergedPackage(INSTALLATION, 3, DIGEST),),
    (
        RecordAnswer(
            "movement_activity", "a1", 4, RecordState.RETURNED, "Ngày tổ chức ghi sau ngày báo cáo", "held_on"
        ),
        RecordAnswer("resident_meeting", "b2", 1, RecordState.SET_ASIDE, "Thiếu khu dân cư"),
    ),
    (ReportAnswer("movement_result", "2026-11", DIGEST, ReportState.RETURNED, "Số hộ ký cam kết chưa khớp"),),
)


def test_a_receipt_is_read_as_it_was_written() -> None:
    assert parse_receipt(receipt_bytes(FULL)) == FULL
    assert parse_receipt(receipt_bytes(Receipt("00123", {}))) == Receipt("00123", {})


def broken() -> Iterator[Receipt]:
    """One rule broken in each."""
    first, second = FULL.records
    yield replace(FULL, office="không")
    yield replace(FULL, acknowledged={"x": 1})
    yield replace(FULL, acknowledged={INSTALLATION: -1})
    yield replace(FULL, packages=(MergedPackage(INSTALLATION, 0, DIGEST),))
    yield replace(FULL, packages=FULL.packages * 201)
    yield replace(FULL, records=(second, first))
    yield replace(FULL, records=(first, first))
    yield replace(FULL, records=(replace(first, reason=""),))
    yield replace(FULL, records=(replace(first, reason=" hở "),))
    yield replace(FULL, records=(replace(first, field="Ngày"),))
    yield replace(FULL, records=(replace(first, id="../x"),))
    yield replace(FULL, reports=(replace(FULL.reports[0], reason=""),))
    yield replace(FULL, reports=(replace(FULL.reports[0], figures="x"),))


@pytest.mark.parametrize("number", range(len(list(broken()))))
def test_a_receipt_outside_a_rule_is_not_written(number: int) -> None:
    with pytest.raises(ReceiptError):
        receipt_bytes(list(broken())[number])


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        receipt_bytes(FULL) + b" ",
        receipt_bytes(FULL).replace(b'"office"', b'"more":1,"office"'),
        receipt_bytes(FULL).replace(b'"returned"', b'"unknown"'),
        receipt_bytes(FULL).replace(b'"revision":4', b'"revision":"4"'),
    ],
)
def test_other_bytes_are_no_receipt(data: bytes) -> None:
    with pytest.raises(ReceiptError):
        parse_receipt(data)


def sealed(kind: PackageKind, members: list[Member]) -> bytes:
    """A package of a kind from the province's own hand, to the commune."""
    facts = replace(FACTS, kind=kind, changes_from=1, changes_to=0)
    return packed(facts, members)[0]


def test_a_package_holds_its_receipt() -> None:
    data = sealed(PackageKind.RECEIPT, [receipt_member(FULL)])
    with verify(BytesIO(data), TRUST, [PROVINCE.age_identity]) as package:
        assert package.receipt == FULL and package.reports == ()


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (PackageKind.RECEIPT, []),
        (PackageKind.RECEIPT, [receipt_member(FULL), figures_member("movement_result-2026-11", 1)]),
        (PackageKind.REPORT, [receipt_member(FULL)]),
        (PackageKind.RECEIPT, [Member("receipt.json", (b"{}",))]),
    ],
)
def test_only_a_receipt_holds_a_receipt(kind: PackageKind, members: list[Member], tmp_path: Path) -> None:
    path = tmp_path / "x.tdp"
    path.write_bytes(sealed(kind, members))
    with pytest.raises(Refusal) as refused:
        verify(path, TRUST, [COMMUNE.age_identity, PROVINCE.age_identity])
    assert refused.value.reason is Code.BAD_CONTENT
