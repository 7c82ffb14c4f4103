"""What every field type offers: the seven operations that registers are derived from.

A field type is one file with one ``KIND`` value; ``field_types.field_type`` finds it by the type's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.formdef.model import CatalogSpec, FieldSpec, FieldType, Value

Catalogs: TypeAlias = Mapping[str, CatalogSpec]
Plain: TypeAlias = Any
"""What JSON can hold: str, int, bool, None, list of str, list of dict."""

NO_CATALOGS: Catalogs = MappingProxyType({})


_QUOTED = 60  # letters of what was typed that a sentence repeats


def _shortened(words: str) -> str:
    """``words`` as a sentence repeats them: a page that was pasted by mistake would push everything else away."""
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"


class NotUnderstood(Exception):
    """A typed text that is no value of its field's type: ``code`` (TD-DATA-NNN) and the sentence to show."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        short = {name: _shortened(value) if isinstance(value, str) else value for name, value in values.items()}
        self.text = finding(code, "", Severity.ERROR, **short).text
        super().__init__(self.text)

    def problem(self, field: str) -> Problem:
        """The same finding as a problem of ``field``."""
        return Problem(self.code, field, self.text)


@dataclass(frozen=True, slots=True)
class FieldKind:
    """One field type.

    ``parse(spec, text, today, catalogs)`` reads what a person typed (None for an empty text; raises NotUnderstood),
    ``show(spec, value, catalogs)`` writes the Vietnamese display ("" for empty),
    ``to_plain`` / ``from_plain`` go to JSON-able values and back (from_plain raises ValueError on a foreign shape),
    ``check(spec, value, catalogs)`` makes the declared checks,
    ``sample(spec, catalogs)`` gives a value that passes them. ``sql_type`` is its column's type: lists are JSON text.
    """

    type: FieldType
    sql_type: str
    _parse: Callable[[FieldSpec, str, date, Catalogs], Value]
    _show: Callable[[FieldSpec, Value, Catalogs], str]
    to_plain: Callable[[FieldSpec, Value], Plain]
    from_plain: Callable[[FieldSpec, Plain], Value]
    _check: Callable[[FieldSpec, Value, Catalogs], list[Problem]]
    _sample: Callable[[FieldSpec, Catalogs], Value]

    def parse(self, spec: FieldSpec, typed: str, today: date, catalogs: Catalogs = NO_CATALOGS) -> Value:
        """The value that ``typed`` means; None when it is empty. Raises NotUnderstood."""
        return self._parse(spec, typed, today, catalogs)

    def show(self, spec: FieldSpec, value: Value, catalogs: Catalogs = NO_CATALOGS) -> str:
        """The Vietnamese display of ``value``; "" when it is empty."""
        return self._show(spec, value, catalogs)

    def check(self, spec: FieldSpec, value: Value, catalogs: Catalogs = NO_CATALOGS) -> list[Problem]:
        """The declared checks; a required field that is empty, first of all."""
        if value is None or value in ((), ""):
            return [finding("TD-DATA-101", spec.name, label=spec.label)] if spec.required else []
        return self._check(spec, value, catalogs)

    def sample(self, spec: FieldSpec, catalogs: Catalogs = NO_CATALOGS) -> Value:
        """A value that passes ``check``."""
        return self._sample(spec, catalogs)


def as_is(spec: FieldSpec, value: Value) -> Plain:
    """``to_plain`` of types whose values JSON holds already."""
    return value


def expect_type(spec: FieldSpec, plain: Plain, kind: type) -> None:
    """Refuse a plain value of another shape; bool is not taken for int."""
    if not isinstance(plain, kind) or (kind is int and isinstance(plain, bool)):
        raise ValueError(f"{spec.name}: {type(plain).__name__}")
