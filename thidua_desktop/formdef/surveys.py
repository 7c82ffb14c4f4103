"""Survey forms: an ad-hoc register that comes as one TOML file, with its own code lists, and never as code.

What a form is stands here; how its text is read and checked, in ``reading_surveys``, which no start needs.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from thidua_desktop.formdef.model import CatalogSpec, RegisterSpec

PREFIX = "survey_"
"""Every survey's name begins so: no register of a later program can ever have the same."""

LARGEST = 256 * 1024


class SurveyForm(NamedTuple):
    """A survey as read: its register, its code lists, and the text that it was read from."""

    spec: RegisterSpec
    catalogs: tuple[CatalogSpec, ...]
    text: str

    @property
    def deadline(self) -> date:
        """The last day for answers."""
        return self.spec.survey.deadline if self.spec.survey else date.max


def is_survey(register: str) -> bool:
    """Whether a register of this name comes as data."""
    return register.startswith(PREFIX)
