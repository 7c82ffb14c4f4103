"""``link``: a record of another register, picked by its title."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.formdef.field_types import NotUnderstood
from thidua_desktop.services import links
from thidua_desktop.services.links import Choice
from thidua_desktop.ui.pages.entry.widgets.pick_input import MOST_CHOICES, PickInput


class LinkInput(PickInput):
    """A record of another register; those of the record's own residential area first when it has one."""

    def offered(self, text: str) -> Sequence[Choice]:
        session, day, area = self.context.session, self.context.day(), self.context.area()
        found = links.choices(session, self.spec, text, MOST_CHOICES, day, area)
        return found or links.choices(session, self.spec, text, MOST_CHOICES, day)

    def resolve(self, text: str) -> str:
        session = self.context.session
        named = links.matching(session, self.spec.register, text, self.context.area() or "", self.context.day())
        if len(named) == 1:
            return named[0].id
        found = self.offered(text)
        if not named and len(found) == 1:
            return found[0].value
        if named or found:
            raise NotUnderstood("TD-DATA-121", label=self.spec.label, typed=text)
        title = session.register(self.spec.register).title
        raise NotUnderstood("TD-DATA-120", label=self.spec.label, typed=text, catalog=title)
