"""A TOML table read against a closed vocabulary: every key asked for is typed, every key not asked for is a fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from thidua_desktop.formdef.faults import Fault, fault

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_EXPECTED = {str: "văn bản", int: "số nguyên", bool: "true hoặc false", list: "danh sách", dict: "bảng", date: "ngày"}


class TomlTable:
    """One table of one file. Asking for a key marks it as known; ``close`` reports the rest."""

    __slots__ = ("_asked", "_faults", "file", "place", "raw")

    def __init__(self, raw: Mapping[str, Any], file: str, place: str, faults: list[Fault]) -> None:
        self.raw = raw
        self.file = file
        self.place = place
        self._faults = faults
        self._asked: set[str] = set()

    def report(self, code: str, at: str = "", /, **values: object) -> None:
        """Note a fault at the key ``at`` of this table."""
        place = ".".join(part for part in (self.place, at) if part)
        self._faults.append(fault(code, self.file, place, **values))

    def close(self) -> None:
        """Report keys that nobody asked for."""
        for key in self.raw:
            if key not in self._asked:
                self.report("TD-FORM-002", key, key=key)

    def _take(self, key: str, kind: type, required: bool) -> Any:
        self._asked.add(key)
        value = self.raw.get(key)
        if value is None:
            if required:
                self.report("TD-FORM-003", key, key=key)
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.report("TD-FORM-004", key, key=key, expected=_EXPECTED[kind])
            return None
        return value

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text."""
        value = self._take(key, str, required)
        return default if value is None else value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str = "", *, required: bool = False) -> str:
        """A word of a closed list."""
        value = self.text(key, default, required=required)
        if value and value not in allowed:
            self.report("TD-FORM-006", key, value=value, allowed=", ".join(allowed))
            return default or allowed[0]
        return value

    def name(self, key: str = "name") -> str:
        """An identifier: lower-case letters, digits, underscores."""
        value = self.text(key, required=True)
        if value and not _NAME.fullmatch(value):
            self.report("TD-FORM-005", key, name=value)
        return value

    def whole(self, key: str, default: int = 0, *, required: bool = False) -> int:
        """A whole number."""
        value = self._take(key, int, required)
        return default if value is None else value

    def flag(self, key: str, default: bool = False) -> bool:
        """A truth value."""
        value = self._take(key, bool, False)
        return default if value is None else value

    def day(self, key: str) -> date | None:
        """A day."""
        value = self._take(key, date, False)
        return value if isinstance(value, date) else None

    def number(self, key: str) -> Decimal | None:
        """An exact number: a whole one, or a text such as "0.5"."""
        self._asked.add(key)
        value = self.raw.get(key)
        if value is None:
            return None
        if isinstance(value, (int, str)) and not isinstance(value, bool):
            try:
                return Decimal(value)
            except ArithmeticError:
                pass
        self.report("TD-FORM-004", key, key=key, expected="số (số lẻ viết trong dấu nháy)")
        return None

    def anything(self, key: str) -> Any:
        """Whatever stands there."""
        self._asked.add(key)
        return self.raw.get(key)

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        values = self._take(key, list, required)
        if values is None:
            return ()
        if not all(isinstance(value, str) for value in values):
            self.report("TD-FORM-004", key, key=key, expected="danh sách văn bản")
            return ()
        return tuple(values)

    def lines(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        values = self._take(key, list, True) or []
        if not all(isinstance(line, list) and all(isinstance(word, str) for word in line) for line in values):
            self.report("TD-FORM-004", key, key=key, expected="danh sách các dòng, mỗi dòng là danh sách tên mục")
            return ()
        return tuple(tuple(line) for line in values)

    def mapping(self, key: str) -> Mapping[str, Any]:
        """A table whose keys are free."""
        return self._take(key, dict, False) or {}

    def table(self, key: str, *, required: bool = False) -> TomlTable:
        """A table inside."""
        value = self._take(key, dict, required)
        return TomlTable(value or {}, self.file, f"{self.place}.{key}" if self.place else key, self._faults)

    def tables(self, key: str, *, required: bool = False) -> list[TomlTable]:
        """A list of tables; their places carry their name or number."""
        values = self._take(key, list, required) or []
        found = []
        for number, value in enumerate(values):
            if not isinstance(value, dict):
                self.report("TD-FORM-004", key, key=key, expected="danh sách bảng")
                continue
            label = value.get("code") or value.get("name") or number
            prefix = f"{self.place}." if self.place else ""
            found.append(TomlTable(value, self.file, f"{prefix}{key}[{label}]", self._faults))
        return found
