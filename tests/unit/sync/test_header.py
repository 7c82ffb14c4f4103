"""The header: strict both ways, and the file name that follows from it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.sync.crafting import FACTS
from thidua_desktop.sync.canonical import canonical_bytes
from thidua_desktop.sync.header import (
    Header,
    HeaderError,
    NewerFormatError,
    header_bytes,
    package_name,
    parse_header,
)

HEADER = Header(FACTS, ("0" * 16, "f" * 16), 1234, "c" * 64)


def changed(**fields: Any) -> bytes:
    """The header's JSON with fields set, or removed where None."""
    value = json.loads(header_bytes(HEADER)) | fields
    return canonical_bytes({name: field for name, field in value.items() if field is not None})


def test_a_header_comes_back_as_it_was() -> None:
    assert parse_header(header_bytes(HEADER)) == HEADER


@pytest.mark.parametrize(
    "fields",
    [
        {"extra": 1},
        {"number": None},
        {"number": True},
        {"number": 0},
        {"number": 2},  # with the previous hash of a first package
        {"number": "1"},
        {"kind": "letter"},
        {"format": 0},
        {"format": True},
        {"format": None},
        {"office": {"code": "00123"}},
        {"office": {"code": "../x", "name": "A"}},
        {"office": {"code": "00123", "name": "A\u202eB"}},
        {"office": {"code": "00123", "name": "A", "more": 1}},
        {"office": []},
        {"installation": "12ab"},
        {"previous": "0" * 63},
        {"created": "2026-11-23"},
        {"definitions": {"a": 0}},
        {"definitions": {"a": True}},
        {"definitions": {"A": 1}},
        {"definitions": [["a", 1]]},
        {"changes": {"from": 0, "to": 5}},
        {"changes": {"from": 7, "to": 5}},
        {"changes": {"from": 1, "to": 5, "x": 1}},
        {"recipients": []},
        {"recipients": ["f" * 16, "0" * 16]},
        {"recipients": ["0" * 16, "0" * 16]},
        {"recipients": "0" * 16},
        {"recipients": [1]},
        {"recipients": [[]]},
        {"payload": {"sha256": "c" * 64, "size": 0}},
        {"payload": {"sha256": "C" * 64, "size": 1}},
        {"audit_head": ""},
    ],
    ids=str,
)
def test_headers_outside_the_rules_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(HeaderError):
        parse_header(changed(**fields))


@pytest.mark.parametrize("data", [b"", b"[]", b"1", b'"x"', b"{}", b"\xff"])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(HeaderError):
        parse_header(data)


def test_a_newer_format_is_told_apart_whatever_else_it_holds() -> None:
    with pytest.raises(NewerFormatError) as caught:
        parse_header(b'{"anything":[],"format":7}')
    assert caught.value.version == 7


def test_the_writer_refuses_what_the_reader_would() -> None:
    with pytest.raises(HeaderError, match="number"):
        header_bytes(replace(HEADER, facts=replace(FACTS, number=1_000_000)))
    with pytest.raises(HeaderError, match="NFC"):
        header_bytes(replace(HEADER, facts=replace(FACTS, office_name="Xa\u0303 A")))


def test_names_of_files() -> None:
    assert package_name(HEADER) == "THIDUA_00123_12ab_000001.tdp"
