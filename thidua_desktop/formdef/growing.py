"""Definitions of one office: the program's, and those that came to its file as data (survey forms, calendars).

They grow while the office is open. Every part of the program holds the same value, so nothing has to be told; who
walks over them in another thread walks over what stood when it began.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from dataclasses import replace
from typing import Any, Generic, TypeVar, cast

from thidua_desktop.formdef.model import AssessmentSpec, Calendar, CatalogSpec, Definitions, RegisterSpec
from thidua_desktop.formdef.surveys import SurveyForm

Spec = TypeVar("Spec")


class Growing(Mapping[str, Spec], Generic[Spec]):
    """A mapping that gains names; it loses one only when the transaction that brought it is taken back."""

    def __init__(self, start: Mapping[str, Spec]) -> None:
        self._current = start
        self.gained: Mapping[str, Spec] = {}

    def __getitem__(self, name: str) -> Spec:
        return self._current[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current)

    def __len__(self) -> int:
        return len(self._current)

    def __contains__(self, name: object) -> bool:
        return name in self._current

    def keys(self) -> KeysView[str]:
        """As of the mapping that stands now, whose own views are the quickest."""
        return self._current.keys()

    def values(self) -> ValuesView[Spec]:
        """As ``keys``."""
        return self._current.values()

    def items(self) -> ItemsView[str, Spec]:
        """As ``keys``."""
        return self._current.items()

    def grow(self, more: Mapping[str, Spec]) -> None:
        """Add names; the old mapping is left to those who are reading it."""
        self._current, self.gained = {**self._current, **more}, {**self.gained, **more}

    def keeper(self) -> Callable[[], None]:
        """A function that puts back what stands now."""
        standing, gained = self._current, self.gained

        def put_back() -> None:
            self._current, self.gained = standing, gained

        return put_back


def office_definitions(program: Definitions) -> Definitions:
    """The program's definitions, ready to be added to for one office file.

    Of those of an office: what is learned in a long piece of work, told by ``hand_over`` once it stands.
    """
    return replace(
        program,
        registers=Growing(program.registers),
        catalogs=Growing(program.catalogs),
        assessments=Growing(program.assessments),
        calendars=Growing(program.calendars),
    )


def keepers(definitions: Definitions) -> list[Callable[[], None]]:
    """Functions that together put back what an office knows now: for a transaction that is taken back."""
    return [one.keeper() for one in _growing(definitions)]


def hand_over(learned: Definitions, to: Definitions) -> None:
    """What was added to ``learned``, which came of ``to`` by ``office_definitions``, is known there too."""
    for own, others in zip(_growing(learned), _growing(to), strict=True):
        if own.gained:
            others.grow(own.gained)


def _growing(definitions: Definitions) -> list[Growing[Any]]:
    """Those that grow, registers last: what one names is known before it."""
    known = (definitions.catalogs, definitions.assessments, definitions.calendars, definitions.registers)
    return [one for one in known if isinstance(one, Growing)]


def replace_catalog(definitions: Definitions, catalog: CatalogSpec) -> None:
    """Let an office know more codes of a list; ``definitions`` as in ``add_survey``."""
    cast("Growing[CatalogSpec]", definitions.catalogs).grow({catalog.name: catalog})


def add_assessment(definitions: Definitions, spec: AssessmentSpec) -> None:
    """Let an office know a set of criteria, and the list of sets its code; ``definitions`` as in ``add_survey``."""
    from thidua_desktop.formdef.reading_assessments import catalog_of_sets

    cast("Growing[AssessmentSpec]", definitions.assessments).grow({spec.name: spec})
    replace_catalog(definitions, catalog_of_sets(definitions.assessments))


def add_survey(definitions: Definitions, form: SurveyForm) -> None:
    """Let an office know a survey; ``definitions`` must come of ``office_definitions``."""
    cast("Growing[CatalogSpec]", definitions.catalogs).grow({one.name: one for one in form.catalogs})
    cast("Growing[RegisterSpec]", definitions.registers).grow({form.spec.name: form.spec})


def add_calendar(definitions: Definitions, calendar: Calendar) -> None:
    """Let an office know a calendar, or a newer version of one; ``definitions`` as in ``add_survey``."""
    cast("Growing[Calendar]", definitions.calendars).grow({calendar.name: calendar})
