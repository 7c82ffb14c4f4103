"""A record that a pick list lacks: written on its own form above this one, and chosen here when it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from thidua_desktop.formdef.model import FieldType, RegisterSpec, Value, Values
from thidua_desktop.services import records
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput
from thidua_desktop.ui.shell.page import Navigate

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.entry.form_view import FormView
    from thidua_desktop.ui.pages.entry.page import EntryPage

_PLAIN_PAGES = ("derived", "sections")


class LinkedRecords:
    """Pushes the form of another register for an input of this page; what is typed here stays as it is."""

    def __init__(self, session: Session, look: Look, navigate: Navigate) -> None:
        self._session, self._look, self._navigate = session, look, navigate
        self._into: FieldInput | None = None  # where the person will come back to
        self._chosen = False

    def may_make(self, register: str) -> bool:
        """Whether the person may write such a record, on an ordinary form."""
        session = self._session
        if session.is_province or not session.may(Permission.RECORD) or not session.opens(register):
            return False
        spec = session.register(register)
        return spec.page in _PLAIN_PAGES and not spec.hidden and spec.survey is None

    def make(self, into: FieldInput, typed: str) -> None:
        """The form of the register that ``into`` points at; a saved record is chosen in ``into``."""
        from thidua_desktop.ui.pages.entry.page import EntryPage

        spec = self._session.register(into.spec.register)
        values = {**records.blank(self._session, spec.name), **_begun(spec, into, typed)}
        page = EntryPage(self._session, self._look, self._navigate, spec.name, None, values)
        page.await_here()
        self._into, self._chosen = into, False
        page.saved.connect(lambda record_id: self._choose(into, record_id))
        QTimer.singleShot(0, page, lambda: self._show(page, values))  # the key that asked for it has gone its way

    def come_back(self, form: FormView | None) -> bool:
        """Goes on where the other form was opened: as Enter does behind a record that was chosen, else in the field.

        False when nobody comes back from such a form.
        """
        into, self._into = self._into, None
        if into is None or not isValid(into):
            return False
        into.begin()
        if self._chosen and form is not None and form.inputs.get(into.spec.name) is into:
            form.go_on(into.spec.name)
        return True

    def _choose(self, into: FieldInput, record_id: str) -> None:
        if isValid(into):
            self._chosen = True
            into.set_value(record_id)
            into.edited.emit()

    def _show(self, page: EntryPage, values: Values) -> None:
        self._navigate.push(page)
        fresh = [name for name in page.form.order if name not in values]
        page.form.inputs[page.form.first_typed(fresh)].go_to()


def _begun(spec: RegisterSpec, into: FieldInput, typed: str) -> dict[str, Value]:
    """What is known of the new record: the residential area of this one, and the name that was looked for."""
    begun: dict[str, Value] = {}
    area = into.context.area()
    if area and spec.area_field not in ("", "id"):
        begun[spec.area_field] = area
    names = [name for name in spec.title_fields if spec.field(name).type in (FieldType.TEXT, FieldType.NAME)]
    if typed.strip() and names:
        begun[names[0]] = typed.strip()
    return begun
