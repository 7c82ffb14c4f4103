"""Named record rules. Definitions in ``forms/`` refer to them by name; the loader checks name and signature."""

from __future__ import annotations

from thidua_desktop.domain.rules import (  # noqa: F401  declares the rules
    amounts,
    assessments,
    award_computing,
    awards,
    culture,
    dates,
    emulation,
    festivals,
    forces,
    groups,
    informers,
    legal_propaganda,
    linked,
    mediation,
    meeting,
    movement,
    papers,
    people,
    planning,
    supervision,
    tips,
)
from thidua_desktop.domain.rules.computing import computation, compute, computed_values, known_computations
from thidua_desktop.domain.rules.registry import (
    Parameter,
    ParameterKind,
    RuleContext,
    RuleFunction,
    RuleSignature,
    Values,
    known_rules,
    rule,
    run_rule,
    run_rules,
)

__all__ = [
    "Parameter",
    "ParameterKind",
    "RuleContext",
    "RuleFunction",
    "RuleSignature",
    "Values",
    "computation",
    "compute",
    "computed_values",
    "known_computations",
    "known_rules",
    "rule",
    "run_rule",
    "run_rules",
]
