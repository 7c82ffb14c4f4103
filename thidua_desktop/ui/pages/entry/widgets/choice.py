"""``choice``: one entry of a catalog."""

from __future__ import annotations

from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.ui.pages.entry.widgets.pick_input import PickInput


class ChoiceInput(PickInput):
    """An entry of a catalog, by code or label, with or without diacritics."""

    def resolve(self, text: str) -> str:
        session = self.context.session
        return str(field_type(self.spec).parse(self.spec, text, session.today, session.definitions.catalogs))
