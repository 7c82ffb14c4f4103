"""The registry of named record rules: how a rule is declared, described to the loader, and run.

A rule is a pure function ``(values, args, context) -> list[Problem]``. ``args`` come from a definition: names of
fields or, where the rule's parameter says so, literals. A field inside child rows is written ``rows.column``; such a
rule runs once for each row, and its findings are placed at ``rows[3].column``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from thidua_desktop.domain.assessments.sets import AssessmentSpec
from thidua_desktop.domain.problems import Problem
from thidua_desktop.domain.record_values import Values, date_of, number_of, rows_of, text_of

__all__ = [
    "Parameter", "ParameterKind", "RuleContext", "RuleFunction", "RuleSignature", "Values", "date_of", "known_rules",
    "number_of", "rows_of", "rule", "run_rule", "run_rules", "signature_of", "text_of",
]  # fmt: skip


class ParameterKind(StrEnum):
    """What a definition may write in one place of ``args``."""

    FIELD = "field"  # a field of the record, or rows.column
    NUMBER = "number"  # a whole number in digits
    TEXT = "text"  # a plain word, such as the name of a register


@dataclass(frozen=True, slots=True)
class Parameter:
    """One place in ``args``: ``optional`` may be left out, ``repeated`` (last place only) may stand many times."""

    name: str
    kind: ParameterKind
    optional: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class RuleSignature:
    """What the loader needs to check a definition's use of a rule."""

    name: str
    parameters: tuple[Parameter, ...]
    summary: str  # first line of the rule's docstring, for the documentation of forms
    each: bool = False  # every argument is judged alone: fields of the record and of rows may be mixed

    @property
    def min_args(self) -> int:
        """The fewest arguments that a definition must give."""
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def max_args(self) -> int | None:
        """The most arguments, or None when the last parameter repeats."""
        return None if self.parameters and self.parameters[-1].repeated else len(self.parameters)

    def accepts(self, count: int) -> bool:
        """Whether ``count`` arguments fit."""
        return self.min_args <= count and (self.max_args is None or count <= self.max_args)

    def kind_at(self, place: int) -> ParameterKind:
        """The kind of argument number ``place`` (from 0); IndexError beyond the last one."""
        if place >= len(self.parameters) and self.max_args is None:
            return self.parameters[-1].kind
        return self.parameters[place].kind

    def field_args(self, args: Sequence[str]) -> tuple[str, ...]:
        """Those of ``args`` that name fields."""
        return tuple(arg for place, arg in enumerate(args) if self.kind_at(place) is ParameterKind.FIELD)


def _no_record(_register: str, _record_id: str) -> Mapping[str, object] | None:
    return None


def _no_records(_register: str, _field: str, _value: str) -> Sequence[Mapping[str, object]]:
    return ()


def _as_it_is(_field: str, value: object) -> str:
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may know beside the record: the day, other records, and the labels that users see.

    ``related(register, field, value)``: values of the other living records that have ``value`` (a code, an id) in
    ``field``, each with its ``id``; the record under check is not among them. ``criteria_sets``: by name.
    ``at_province``: the office is a province, which decides what communes only submit.
    """

    today: date
    lookup: Callable[[str, str], Mapping[str, object] | None] = _no_record  # (register, record id) -> values
    labels: Mapping[str, str] = field(default_factory=dict)  # "name" or "rows.column" -> label
    related: Callable[[str, str, str], Sequence[Mapping[str, object]]] = _no_records
    shown: Callable[[str, object], str] = _as_it_is  # (field, value) -> as lists show it, links by title
    criteria_sets: Mapping[str, AssessmentSpec] = field(default_factory=dict)
    at_province: bool = False

    def label(self, name: str) -> str:
        """The label of a field as it stands inside a sentence, in quotation marks."""
        return f"“{self.labels.get(name, name)}”"


RuleFunction: TypeAlias = Callable[[Values, Sequence[str], RuleContext], list[Problem]]

_functions: dict[str, RuleFunction] = {}
_signatures: dict[str, RuleSignature] = {}


def _parameter(text: str) -> Parameter:
    """Read ``name`` or ``name:number``; after it ``?`` may be absent, ``*`` any number, ``+`` one or more."""
    mark = text[-1] if text[-1] in "?*+" else ""
    name, _, kind = text.removesuffix(mark).partition(":")
    return Parameter(name, ParameterKind(kind or "field"), optional=mark in ("?", "*"), repeated=mark in ("*", "+"))


def rule(name: str, params: str, *, each: bool = False) -> Callable[[RuleFunction], RuleFunction]:
    """Declare a rule, e.g. ``@rule("not_more_than", params="part whole")``; ValueError for a name used twice.

    ``each``: the rule judges every argument alone.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if name in _functions:
            raise ValueError(f"rule {name} is declared twice")
        _functions[name] = function
        _signatures[name] = signature_of(name, params, function, each=each)
        return function

    return register


def signature_of(name: str, params: str, function: Callable[..., object], *, each: bool = False) -> RuleSignature:
    """The signature written as ``params``, with the first line of the function's docstring."""
    summary = (function.__doc__ or "").strip().split("\n")[0]
    return RuleSignature(name, tuple(_parameter(text) for text in params.split()), summary, each)


def known_rules() -> Mapping[str, RuleSignature]:
    """Every declared rule by name."""
    return dict(_signatures)


def run_rule(name: str, values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Run one rule on a record; KeyError for an unknown rule (the loader has checked the name before)."""
    signature = _signatures[name]
    if signature.each and len(args) > 1:
        return [problem for arg in args for problem in run_rule(name, values, (arg,), context)]
    function = _functions[name]
    rows_name = _rows_named(name, tuple(args))
    if not rows_name:
        return function(values, args, context)
    problems: list[Problem] = []
    for place, row in enumerate(rows_of(values.get(rows_name))):
        flat = {**values, **{f"{rows_name}.{column}": value for column, value in row.items()}}
        problems += _placed(function(flat, args, context), rows_name, place)
    return problems


@lru_cache(maxsize=1024)  # asked for every record of an import
def _rows_named(name: str, args: tuple[str, ...]) -> str:
    """The rows field whose columns a rule is given; "" when it is given none."""
    fields = _signatures[name].field_args(args)
    return next((arg.partition(".")[0] for arg in fields if "." in arg), "")


def run_rules(checks: Iterable[tuple[str, Sequence[str]]], values: Values, context: RuleContext) -> list[Problem]:
    """Run ``(name, args)`` pairs in order and gather what they find."""
    return [problem for name, args in checks for problem in run_rule(name, values, args, context)]


def _placed(problems: list[Problem], rows_name: str, place: int) -> list[Problem]:
    prefix = f"{rows_name}."
    return [
        problem._replace(field=f"{rows_name}[{place}].{problem.field.removeprefix(prefix)}")
        if problem.field.startswith(prefix)
        else problem
        for problem in problems
    ]
