"""``link``: a record of another register, picked by its title."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.services import links
from thidua_desktop.services.links import Choice
from thidua_desktop.ui.pages.entry.widgets.pick_input import MOST_CHOICES, PickInput

_MAKE, _NONE = "+", ""
"""Lines that are no record: one that asks for a new one, one that only says that there is none."""


class LinkInput(PickInput):
    """A record of another register; those of the record's own residential area first when it has one."""

    def offered(self, text: str) -> Sequence[Choice]:
        session, day, area = self.context.session, self.context.day(), self.context.area()
        found = links.choices(session, self.spec, text, MOST_CHOICES, day, area)
        return found or links.choices(session, self.spec, text, MOST_CHOICES, day) or self._lacking(text)

    def _lacking(self, text: str) -> list[Choice]:
        """One line in place of a list that would not open: what is missing, and how to write it."""
        session, linked = self.context.session, self.context.linked
        spec = session.register(self.spec.register)
        why = f"chưa có “{text.strip()}”" if text.strip() else "sổ chưa có bản ghi nào"
        if linked is not None and linked.may_make(spec.name):
            return [Choice(_MAKE, f"Ghi {spec.singular} mới", why)]
        return [] if text.strip() else [Choice(_NONE, spec.title, why)]

    def resolve(self, text: str) -> str:
        session = self.context.session
        named = links.matching(session, self.spec.register, text, self.context.area() or "", self.context.day())
        if len(named) == 1:
            return named[0].id
        found = [choice for choice in self.offered(text) if choice.value not in (_MAKE, _NONE)]
        if not named and len(found) == 1:
            return found[0].value
        if named or found:
            raise NotUnderstood("TD-DATA-121", label=self.spec.label, typed=text)
        title = session.register(self.spec.register).title
        raise NotUnderstood("TD-DATA-120", label=self.spec.label, typed=text, catalog=title)

    def _on_picked(self, choice: Choice) -> None:
        if choice.value not in (_MAKE, _NONE):
            super()._on_picked(choice)
        elif choice.value == _MAKE and not self.line.leaving and self.context.linked is not None:
            self.context.linked.make(self, self.line.text())
