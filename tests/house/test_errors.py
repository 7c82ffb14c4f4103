"""The table of errors and the code agree: every code has its sentence, every sentence its use and its test."""

from __future__ import annotations

import ast
import re
import string
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.tree import ROOT, Module, modules, parse, strings, texts

CODE = re.compile(r"TD-(?:FORM|DATA|STORE|SYNC|PRINT|CLI|ENV|TIME|XFER|UI)-\d{3}")
ANY_CODE = re.compile(r"\bTD-[A-Z]+-\d+\b")
# Calls that fill a row of the table: a refusal, and a finding in a record
RAISING = frozenset({"UserError", "finding"})
FIXTURE_PATHS = ("tests/unit/", "tests/forms/", "tests/ui/", "tests/scenarios/", "tests/fixtures/")


@cache
def rows() -> dict[str, dict[str, str]]:
    """The error table as it stands in the file."""
    with (ROOT / "resources" / "errors.toml").open("rb") as stream:
        return tomllib.load(stream)


def codes_in(text: str) -> set[str]:
    """Codes named in a text."""
    return set(ANY_CODE.findall(text))


@cache
def used_codes() -> dict[str, str]:
    """Every code in the program's strings (docstrings do not count) and in the definitions, with one place."""
    used: dict[str, str] = {}
    for module in modules():
        if module.in_program:
            for text in strings(module.tree):
                used.update(dict.fromkeys(codes_in(text), module.path))
    for path, text in texts():
        if path.startswith("forms/"):
            used.update(dict.fromkeys(codes_in(text), path))
    return used


def codes_in_tests() -> set[str]:
    """Every code that a test or a test vector names."""
    return {code for path, text in texts() if path.startswith(FIXTURE_PATHS) for code in codes_in(text)}


def placeholders(row: dict[str, str]) -> set[str]:
    """Names in braces of a row, without format specifications."""
    parts = [part for text in row.values() for part in string.Formatter().parse(text)]
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in parts if name}


def missing_values(module: Module, table: dict[str, dict[str, str]]) -> Iterator[str]:
    """Refusals raised without a value that their sentence shows."""
    for call in module.calls():
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        code = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        if name not in RAISING or code not in table or any(keyword.arg is None for keyword in call.keywords):
            continue
        lacking = placeholders(table[code]) - {keyword.arg for keyword in call.keywords}
        if lacking:
            yield f"{module.path}:{call.lineno} {code} without {', '.join(sorted(lacking))}"


def is_title_case(sentence: str) -> bool:
    """Whether most words after the first are capitalised without being abbreviations."""
    words = [word for word in re.sub(r"\{[^}]*\}|“[^”]*”", " ", sentence).split()[1:] if word[:1].isalpha()]
    capitals = [word for word in words if word[0].isupper() and not word.isupper()]
    return len(words) >= 3 and len(capitals) * 2 > len(words)


def test_every_used_code_has_its_row() -> None:
    missing = sorted(f"{code} ({place})" for code, place in used_codes().items() if code not in rows())
    assert not missing, "no row in resources/errors.toml: " + ", ".join(missing)


def test_every_row_is_used() -> None:
    idle = sorted(set(rows()) - set(used_codes()))
    assert not idle, "nothing raises: " + ", ".join(idle)


def test_every_code_is_raised_in_a_test() -> None:
    untested = sorted(set(rows()) - codes_in_tests())
    assert not untested, "named in no test: " + ", ".join(untested)


def test_every_code_is_of_a_known_area() -> None:
    assert not [code for code in rows() if not CODE.fullmatch(code)]


def test_every_refusal_brings_the_values_of_its_sentence() -> None:
    findings = [finding for module in modules() if module.in_program for finding in missing_values(module, rows())]
    assert not findings, "\n".join(findings)


def test_every_sentence_can_be_read() -> None:
    odd = []
    for code, row in rows().items():
        if set(row) != {"sentence", "remedy"}:
            odd.append(f"{code} has {sorted(row)}, not sentence and remedy")
            continue
        sentence = row["sentence"]
        if not unicodedata.is_normalized("NFC", sentence + row["remedy"]):
            odd.append(f"{code} is not NFC")
        if not sentence.strip() or sentence[0].islower():
            odd.append(f"{code} does not begin as a sentence")
        if is_title_case(sentence) or is_title_case(row["remedy"]):
            odd.append(f"{code} is in Title Case")
    assert not odd, "\n".join(odd)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mật Khẩu Không Đúng", True),
        ("Mật khẩu không đúng", False),
        ("Tệp {name} không phải tệp của Thi đua", False),
        ("Không đọc được PDF, XLSX hay CSV", False),
    ],
)
def test_title_case_is_noticed(sentence: str, expected: bool) -> None:
    assert is_title_case(sentence) is expected


def test_missing_value_is_noticed() -> None:
    table = {"TD-CLI-001": {"sentence": "Không có {path}", "remedy": ""}}
    assert list(missing_values(parse("thidua_desktop/a.py", 'raise UserError("TD-CLI-001", name=1)'), table))
    assert not list(missing_values(parse("thidua_desktop/a.py", 'raise UserError("TD-CLI-001", path=1)'), table))


def test_codes_in_docstrings_do_not_count() -> None:
    module = parse("thidua_desktop/a.py", '"""Raises TD-CLI-001."""\ncode = "TD-CLI-002"\n')
    assert codes_in(" ".join(strings(module.tree))) == {"TD-CLI-002"}
