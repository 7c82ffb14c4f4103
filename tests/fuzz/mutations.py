"""Changes that keep the shape of JSON, lines, members and TOML, so that faults lie behind the first check."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.fuzz.readers import BETWEEN, JSON, definitions

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 8**11, 2**53 - 1, 2**53, -(2**53), 10**400, "", " ", "0", "-0", "+5", "1_0", "５", "²",
    "NaN", "Infinity", "1e999999", "-1e-999999", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-09T10:00", "24:00",
    "a" * 3000, "\0", "\u202e", "e\u0302\u0301", "../../etc/passwd", "true", [], {}, [[]], [None], {"": None}, [{}],
    {"a": {"a": {}}},
)  # fmt: skip
"""Values at the edges of what some field takes."""


def mutate(reader: str, data: bytes, dice: random.Random) -> bytes:
    """One to three changes that suit the reader; bytes without the expected shape come back with a bit turned."""
    change = _shaped(reader)
    for _ in range(dice.randint(1, 3)):
        try:
            data = change(data, dice)
        except (ValueError, KeyError, IndexError, RecursionError, TypeError, AttributeError):
            data = flipped(data, dice)
    return data


def flipped(data: bytes, dice: random.Random) -> bytes:
    """One bit turned, a piece cut out, doubled or cut off; what is empty stays so."""
    if not data:
        return data
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.choice((1, 2, 7, 64, 512)))
    return dice.choice(
        (
            data[:start] + bytes([data[start] ^ 1 << dice.randrange(8)]) + data[start + 1 :],
            data[:start] + data[end:],
            data[:end] + data[start:],
            data[:start],
        )
    )


def _shaped(reader: str) -> Callable[[bytes, random.Random], bytes]:
    if reader in JSON:
        return _json
    return {"records": _records, "members": _members, "definition": _definition}.get(reader, flipped)


def _json(data: bytes, dice: random.Random) -> bytes:
    value = _changed(json.loads(data), dice)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _changed(value: Any, dice: random.Random) -> Any:
    """The value with one change somewhere; deeper places as likely as high ones."""
    if isinstance(value, dict) and value and dice.random() < 0.85:
        key = dice.choice(sorted(value))
        return dice.choice((_deeper_in_object, _deeper_in_object, _deeper_in_object, _other_key))(value, key, dice)
    if isinstance(value, list) and value and dice.random() < 0.85:
        place = dice.randrange(len(value))
        longer = dice.random() < 0.2
        return [*value[:place], _changed(value[place], dice), *value[place + (not longer) :]]
    return _near(value, dice) if dice.random() < 0.4 else dice.choice(ODD)


def _deeper_in_object(value: dict[str, Any], key: str, dice: random.Random) -> dict[str, Any]:
    return {**value, key: _changed(value[key], dice)}


def _other_key(value: dict[str, Any], key: str, dice: random.Random) -> dict[str, Any]:
    rest = {name: one for name, one in value.items() if name != key}
    return rest if dice.random() < 0.5 else {**rest, dice.choice(("", "a", key + "_", "é", "0" * 70)): value[key]}


def _near(value: Any, dice: random.Random) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return value + dice.choice((-1, 1, 1000, -(10**6)))
    if isinstance(value, str) and value:
        place = dice.randrange(len(value))
        return value[:place] + dice.choice(("", "0", "-", "é", "\n", value)) + value[place + 1 :]
    return [value]


def _records(data: bytes, dice: random.Random) -> bytes:
    register, *lines = data.split(b"\n")
    if dice.random() < 0.2:
        register = dice.choice(sorted(definitions().registers)).encode()
    else:
        place = dice.randrange(max(1, len(lines) - 1))
        lines[place] = _json(lines[place], dice)
    return b"\n".join([register, *lines])


def _members(data: bytes, dice: random.Random) -> bytes:
    parts = data[1:].split(BETWEEN)
    place = dice.randrange(len(parts))
    name, newline, body = parts[place].partition(b"\n")
    if dice.random() < 0.2:
        name = dice.choice((b"receipt.json", b"files/" + b"0" * 64, b"figures/a.json", b"../a", b"", name.upper()))
    elif name.endswith(b".jsonl"):
        body = _records(b"x\n" + body, dice).partition(b"\n")[2]
    else:
        body = _json(body, dice)
    parts[place] = name + newline + body
    if dice.random() < 0.1:
        parts.append(dice.choice(parts))
    mark = bytes([dice.randrange(4)]) if dice.random() < 0.1 else data[:1]
    return mark + BETWEEN.join(parts)


def _definition(data: bytes, dice: random.Random) -> bytes:
    table = _changed(tomllib.loads(data.decode("utf-8")), dice)
    return "".join(f"{_toml(name)} = {_toml(value)}\n" for name, value in table.items()).encode("utf-8")


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml(name)} = {_toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)
