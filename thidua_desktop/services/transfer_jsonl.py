"""The lossless form, one record a line: what a line says, or why it cannot be taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.model import RegisterSpec, Value
from thidua_desktop.paths import is_there


def jsonl_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Every line that is not empty, with its number from 1; raises TD-XFER-001 (missing), 003 (not text)."""
    if not is_there(path, Path.is_file):
        raise UserError("TD-XFER-001", path=path.name)
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line.strip()
    except UnicodeDecodeError as fault:
        raise UserError("TD-XFER-003", path=path.name) from fault


def jsonl_record(
    spec: RegisterSpec, text: str, number: int, first_lines: dict[str, int]
) -> tuple[str | None, dict[str, Value]]:
    """Id (None: a new one) and values of a line; ``first_lines`` remembers on which line each id came.

    Raises ValueError in Vietnamese: nothing of a line is dropped silently, unknown names neither.
    """
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("không phải một dòng JSON đúng dạng.") from None
    if not isinstance(line, dict) or not isinstance(line.get("values"), dict):
        raise ValueError("không phải một bản ghi có “values”.")
    if line.get("register", spec.name) != spec.name:
        raise ValueError(f"dòng này thuộc sổ “{line['register']}”.")
    record_id = _record_id(line.get("id"))
    if record_id is not None:
        first = first_lines.setdefault(record_id, number)
        if first != number:
            raise ValueError(f"mã bản ghi đã có ở dòng {first}.")
    return record_id, _values(spec, line["values"])


def _record_id(given: object) -> str | None:
    if given is None:
        return None
    try:
        if isinstance(given, str) and str(UUID(given)) == given:
            return given
    except ValueError:
        pass
    raise ValueError("mã bản ghi không đúng.")


def _values(spec: RegisterSpec, plain: dict[str, Any]) -> dict[str, Value]:
    unknown = plain.keys() - {field.name for field in spec.fields}
    if unknown:
        raise ValueError(f"sổ này không có mục “{min(unknown)}”.")
    values: dict[str, Value] = {}
    for field in spec.fields:
        try:
            value = field_type(field).from_plain(field, plain.get(field.name))
        except (ValueError, TypeError, AttributeError, KeyError):
            raise ValueError(f"mục “{field.label}” có giá trị không đúng kiểu.") from None
        if value is not None:
            values[field.name] = value
    return values
