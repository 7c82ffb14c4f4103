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
    CheckedFigure,
    MergedPackage,
    Receipt,
    ReceiptError,
    RecordAnswer,
    RecordDecision,
    RecordState,
    ReportAnswer,
    ReportCheck,
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


CHECK = ReportCheck(
    "2026-12-05", "Tỉnh Đắk Lắk", "", (CheckedFigure("a_total", 3), CheckedFigure("b_total", "1.5", "x"))
)


def with_check(check: ReportCheck | None) -> Receipt:
    """The full receipt, its report accepted with a check."""
    return replace(FULL, reports=(replace(FULL.reports[0], state=ReportState.ACCEPTED, reason="", check=check),))


def test_a_check_travels_with_its_report_and_is_absent_where_nothing_was_said() -> None:
    assert parse_receipt(receipt_bytes(with_check(CHECK))) == with_check(CHECK)
    assert b'"check"' not in receipt_bytes(with_check(None))


@pytest.mark.parametrize(
    "check",
    [
        replace(CHECK, day="2026-13-01"),
        replace(CHECK, day="20261205"),
        replace(CHECK, by=""),
        replace(CHECK, remark=" hở "),
        replace(CHECK, figures=CHECK.figures[::-1]),
        replace(CHECK, figures=(CheckedFigure("a_total"),)),
        replace(CHECK, figures=(CheckedFigure("a_total", -1),)),
        replace(CHECK, figures=(CheckedFigure("a_total", True),)),
        replace(CHECK, figures=(CheckedFigure("a_total", "01.5"),)),
        replace(CHECK, figures=(CheckedFigure("A", 1),)),
    ],
)
def test_a_check_outside_its_rule_is_refused(check: ReportCheck) -> None:
    with pytest.raises(ReceiptError):
        receipt_bytes(with_check(check))


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


def with_decision(**values: str) -> Receipt:
    """The full receipt with one decision on a proposal."""
    return replace(FULL, decided=(RecordDecision("award_nomination", "n1", values),))


def test_decisions_on_proposals_travel_and_a_receipt_without_any_is_what_it_was() -> None:
    decided = with_decision(result="awarded", own_decision_number="1450/QĐ-UBND", own_decided_on="2026-12-20")
    assert parse_receipt(receipt_bytes(decided)) == decided
    assert b"decided" not in receipt_bytes(FULL)


@pytest.mark.parametrize("values", [{}, {"result": ""}, {"Result": "awarded"}, {"reason": " x"}])
def test_a_decision_outside_its_rule_is_not_written(values: dict[str, str]) -> None:
    with pytest.raises(ReceiptError, match="decided"):
        receipt_bytes(with_decision(**values))


def test_one_record_is_decided_once() -> None:
    twice = RecordDecision("award_nomination", "n1", {"result": "awarded"})
    with pytest.raises(ReceiptError, match="order"):
        receipt_bytes(replace(FULL, decided=(twice, twice)))
