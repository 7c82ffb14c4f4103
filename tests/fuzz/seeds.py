"""Right content for every reader, so that mutations begin near what the program takes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

from tests.fuzz.readers import BETWEEN, KINDS, VECTORS, definitions
from tests.unit.services.handoff.test_directives import CODES, SET, SURVEY
from tests.unit.services.made_calendars import CAMPAIGN
from tests.unit.sync.crafting import (
    COMMUNE,
    COMMUNE_CARD,
    INSTALLATION,
    OTHER_INSTALLATION,
    chained,
    compressed,
    meeting,
    plain_payload,
)
from thidua_desktop.formdef.records import plain_values, sample_values
from thidua_desktop.formdef.travel import package_row
from thidua_desktop.sync.card import card_to_bytes
from thidua_desktop.sync.directive import (
    DefinitionKind,
    Directive,
    RevokedCard,
    SentDefinition,
    UnitChange,
    directive_bytes,
)
from thidua_desktop.sync.header import header_bytes
from thidua_desktop.sync.key_change import change_to_bytes
from thidua_desktop.sync.members import RecordLine, manifest_bytes
from thidua_desktop.sync.office_part import Fact, OfficePart, part_bytes
from thidua_desktop.sync.paper_codes import PaperFigures, codes_of, read_part
from thidua_desktop.sync.receipt import (
    MergedPackage,
    Receipt,
    RecordAnswer,
    RecordState,
    ReportAnswer,
    ReportState,
    receipt_bytes,
)
from thidua_desktop.sync.versions import EMPTY, Write, written

_HASH = "a" * 64


def said_receipt() -> bytes:
    """A receipt that says everything that a receipt can say."""
    return receipt_bytes(
        Receipt(
            "00123",
            {INSTALLATION: 5, OTHER_INSTALLATION: 2},
            (MergedPackage(INSTALLATION, 1, _HASH),),
            (RecordAnswer("resident_meeting", "a1", 2, RecordState.RETURNED, "Thiếu số hộ dự họp", "present"),),
            (ReportAnswer("movement_result", "2026-11", _HASH, ReportState.RETURNED, "Số vụ chưa khớp"),),
        )
    )


def said_directive() -> bytes:
    """A directive that says everything that a directive can say."""
    return directive_bytes(
        Directive(
            "Chương trình 2027",
            "12/KH",
            (SentDefinition(DefinitionKind.CATALOG, CODES), SentDefinition(DefinitionKind.SURVEY, SURVEY)),
            {"report.due_days": 5, "report_calendar": "decree09"},
            (RevokedCard("00999", OTHER_INSTALLATION, "mất máy"),),
            (UnitChange(date(2027, 1, 1), ("Xã Đông Hạ", "Xã Tây Hạ"), ("Xã Hạ",), "Nghị quyết"),),
        )
    )


def said_office() -> bytes:
    """What installations of one office tell each other."""
    facts = {"setting report_calendar": Fact(1, INSTALLATION, "decree09"), "identity": Fact(2, INSTALLATION, {"a": 1})}
    return part_bytes(OfficePart((1, 4), facts, {INSTALLATION: ((1, 2), (4, 9))}, (3, {INSTALLATION: 5})))


def versioned() -> RecordLine:
    """A record on which two installations have written."""
    first = written(EMPTY, INSTALLATION, {"title": "Họp", "present": 4}, True, Write("2026-11-09", "Y Bhăm Niê"))
    both = written(first, OTHER_INSTALLATION, {"present": 5}, True, Write("2026-11-10", "H'Loan", "đếm lại"))
    return RecordLine("a1", "00123", both.revision, False, both.values, both)


def register_lines() -> Iterator[bytes]:
    """A sample record of every register that travels, and a deleted one."""
    for name, spec in definitions().registers.items():
        if spec.travels == "full":
            row = package_row(spec, plain_values(spec, sample_values(definitions(), spec)))
            lines = (RecordLine("a1", "00123", 1, False, row), RecordLine("a2", "00123", 2, True, {}))
            yield name.encode() + b"\n" + b"".join(one.to_bytes() + b"\n" for one in lines)


def payload_contents() -> Iterator[tuple[int, dict[str, bytes]]]:
    """(place of the kind, members) of one payload of each kind."""
    rows = meeting(1).to_bytes() + b"\n" + meeting(2, deleted=True).to_bytes() + b"\n"
    figures = {"figures/counts-all.json": b'{"counts":{},"since":{}}', "figures/directives-applied.json": b"[]"}
    yield 0, {**figures, "office.json": said_office(), "records/resident_meeting.jsonl": rows, "reports/a.pdf": b"%PDF"}
    yield 1, {"receipt.json": said_receipt()}
    yield 2, {"directive.json": said_directive(), "records/residential_area.jsonl": rows}


def json_seeds() -> Iterator[tuple[str, bytes]]:
    """What is one piece of canonical JSON."""
    for name, data in (("receipt", said_receipt()), ("directive", said_directive()), ("office_part", said_office())):
        yield name, data
        yield "canonical", data
    for _, result in chained(2):
        one_byte = replace(result.header, payload_size=1, payload_sha256=sha256(b"x").hexdigest())
        yield "header", header_bytes(one_byte)
    yield "line", meeting(1).to_bytes()
    yield "line", versioned().to_bytes()
    yield "manifest", manifest_bytes(())
    yield "manifest", plain_payload({"figures/a.json": b"{}", "reports/a.pdf": b"%PDF"})[512:].split(b"\0")[0]
    card = card_to_bytes(COMMUNE_CARD, COMMUNE)
    yield "card", card
    yield "signed_card", card.partition(b"\n")[0]
    yield "key_change", change_to_bytes(COMMUNE_CARD, COMMUNE, OTHER_INSTALLATION, COMMUNE).partition(b"\n")[0]


def all_seeds() -> Iterator[tuple[str, bytes]]:
    """(reader, bytes)."""
    yield from json_seeds()
    for path in sorted(VECTORS.iterdir()):
        if path.suffix == ".tdp" and path.stat().st_size <= 8192:
            yield "whole", path.read_bytes()
    for kind, content in payload_contents():
        assert KINDS[kind]
        mark, tar = bytes([kind]), plain_payload(content)
        yield "plain", mark + tar
        yield "packed", mark + compressed(tar)
        yield "members", mark + BETWEEN.join(name.encode() + b"\n" + data for name, data in content.items())
    for lines in register_lines():
        yield "records", lines
    figures = PaperFigures(
        "00123", INSTALLATION, "movement_result", "2026-11", "2026-11-01", "2026-11-30", 1, 0, (("a", 1), ("b", "1.5"))
    )
    codes = codes_of(figures, COMMUNE)
    yield "paper", "\n".join(codes).encode()
    packed = b"".join(read_part(code).data for code in codes)
    yield "paper_content", zlib.decompress(packed[:-64])
    for text in (CODES, SET, SURVEY, CAMPAIGN):
        yield "definition", text.encode() if isinstance(text, str) else text
