"""Directives: written and read to the byte, and refused where a rule is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from tests.unit.sync.crafting import FACTS, INSTALLATION, PROVINCE, TRUST, packed
from thidua_desktop.sync.directive import (
    LARGEST_DEFINITION,
    ChangeKind,
    DefinitionKind,
    Directive,
    DirectiveError,
    RevokedCard,
    SentChange,
    SentDefinition,
    SentUnit,
    UnitChange,
    directive_bytes,
    parse_directive,
)
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.sync.members import Member, RecordLine, directive_member, figures_member, records_member
from thidua_desktop.sync.refusals import Code, Refusal
from thidua_desktop.sync.verify import verify

FULL = Directive(
    "Chương trình công tác năm 2027",
    "125/KH-BCĐ",
    (SentDefinition(DefinitionKind.CALENDAR, 'name = "cao_diem"\n'),),
    {"report.due_working_days": 2},
    (RevokedCard("00123", INSTALLATION, "Mất máy"),),
    (UnitChange(date(2027, 1, 1), ("Xã Đông Hạ", "Xã Tây Hạ"), ("Xã Hạ",), "Theo nghị quyết của Quốc hội"),),
)
CHANGE = SentChange(
    id="0f5d2f0e-37cc-5a5a-9d1c-5b6f1d1c0001", at="2026-11-20T08:00:00+07:00", kind=ChangeKind.MERGE,
    on=date(2027, 1, 1), before=(SentUnit("00123", "Xã Đông Hạ"), SentUnit("00999", "Xã Tây Hạ")),
    after=(SentUnit("01999", "Xã Hạ", True),), decision="1685/NQ-UBTVQH15", decided_on=date(2026, 11, 2),
    decided_by="Ủy ban Thường vụ Quốc hội",
)  # fmt: skip
RECORD = RecordLine("p1", "01", 1, False, {"title": "Chương trình 125"})


def test_a_directive_is_read_as_it_was_written() -> None:
    assert parse_directive(directive_bytes(FULL)) == FULL
    assert parse_directive(directive_bytes(Directive("Thông báo"))) == Directive("Thông báo")
    changed = replace(FULL, communes=(CHANGE, replace(CHANGE, decided_on=None, stands=False)))
    assert parse_directive(directive_bytes(changed)) == changed
    assert b'"communes"' not in directive_bytes(FULL)  # as programs from before wrote and read it


def broken() -> Iterator[Directive]:
    """One rule broken in each."""
    yield replace(FULL, about="")
    yield replace(FULL, about=" hở")
    yield replace(FULL, order="x" * 201)
    yield replace(FULL, settings={"Tên": 1})
    yield replace(FULL, settings={"a": True})
    yield replace(FULL, definitions=(SentDefinition(DefinitionKind.SURVEY, ""),))
    yield replace(FULL, definitions=(SentDefinition(DefinitionKind.SURVEY, "x" * (LARGEST_DEFINITION + 1)),))
    yield replace(FULL, revoked=(RevokedCard("00123", "x", "Mất máy"),))
    yield replace(FULL, revoked=(RevokedCard("00123", INSTALLATION, ""),))
    yield replace(FULL, units=(UnitChange(date(2027, 1, 1), (), ("Xã Hạ",)),))
    for wrong in (
        {"id": "1"}, {"at": "2026-11-20"}, {"before": ()}, {"decision": ""}, {"note": " hở"},
        {"after": (SentUnit("1999", "Xã Hạ"),)}, {"after": (SentUnit("01999", ""),)},
        {"before": (SentUnit("00123", "Xã Hạ", True),)}, {"after": (CHANGE.after[0], CHANGE.after[0])},
    ):  # fmt: skip
        yield replace(FULL, communes=(replace(CHANGE, **wrong),))  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(len(list(broken()))))
def test_a_directive_outside_a_rule_is_not_written(number: int) -> None:
    with pytest.raises(DirectiveError):
        directive_bytes(list(broken())[number])


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        directive_bytes(FULL) + b" ",
        directive_bytes(FULL).replace(b'"order"', b'"more":1,"order"'),
        directive_bytes(FULL).replace(b'"calendar"', b'"program"'),
        directive_bytes(FULL).replace(b"2027-01-01", b"20270101"),
    ],
)
def test_other_bytes_are_no_directive(data: bytes) -> None:
    with pytest.raises(DirectiveError):
        parse_directive(data)


def sealed(kind: PackageKind, members: list[Member]) -> BytesIO:
    """A package of a kind with one definition of a register."""
    facts = replace(FACTS, kind=kind, changes_from=1, changes_to=0, definitions={"programme": 1})
    return BytesIO(packed(facts, members)[0])


def test_a_package_holds_its_directive_and_records_beside_it() -> None:
    data = sealed(PackageKind.DIRECTIVE, [directive_member(FULL), records_member("programme", [RECORD])])
    with verify(data, TRUST, [PROVINCE.age_identity]) as package:
        assert package.directive == FULL and package.registers == ("programme",)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (PackageKind.DIRECTIVE, [records_member("programme", [RECORD])]),
        (PackageKind.DIRECTIVE, [directive_member(FULL), figures_member("movement_result-2026-11", 1)]),
        (PackageKind.REPORT, [directive_member(FULL)]),
        (PackageKind.DIRECTIVE, [Member("directive.json", (b"{}",))]),
    ],
)
def test_only_a_directive_holds_a_directive(kind: PackageKind, members: list[Member]) -> None:
    with pytest.raises(Refusal) as refused:
        verify(sealed(kind, members), TRUST, [PROVINCE.age_identity])
    assert refused.value.reason is Code.BAD_CONTENT
