"""What the program puts into a new record's form: proposals that follow what is chosen in it, another record, a
template. What the person writes stands above all of them."""

from __future__ import annotations

from thidua_desktop.formdef.model import RegisterSpec, Value, Values
from thidua_desktop.services import proposals, records
from thidua_desktop.services.kind_in_name import taken_apart
from thidua_desktop.services.session import Session
from thidua_desktop.ui.pages.entry.form_check import field_of
from thidua_desktop.ui.pages.entry.form_view import FormView


class Proposals:
    """Keeps the proposals of a new record's form up to date; what the person wrote is left alone."""

    def __init__(self, session: Session, spec: RegisterSpec, form: FormView) -> None:
        self._session, self._spec, self._form = session, spec, form
        self._offered: dict[str, Value] = {}
        self._standing: dict[str, tuple[Value, ...]] = {}
        self._taken_apart: set[str] = set()
        self._put: Values = {}  # what the program put into the form, not the person

    def start(self, values: Values, put: Values | None = None) -> Values:
        """The values that a new form starts with, proposals filled in where what they rest on is known; what of them
        is not in ``put`` counts as written by the person."""
        filled = proposals.with_proposals(self._session, self._spec, values)
        self._put = filled if put is None else put
        names = proposals.sources_of(self._spec)
        self._offered = {one: None if values.get(one) not in (None, "") else filled.get(one) for one in names}
        self._standing = {one: proposals.standing_of(self._spec, one, filled) for one in names}
        return filled

    def fill_in(self, values: Values) -> bool:
        """Fills the form from another record or a template, but for what the person wrote; True when that stayed."""
        reading = self._form.read()
        own = {name: value for name, value in reading.values.items() if self._is_written(name, value)}
        unread = {name: self._form.inputs[name].draft() for name in map(field_of, reading.unread)}
        self._form.set_values(self.start({**values, **own}, values))
        for name, draft in unread.items():
            self._form.inputs[name].set_draft(draft)
        return bool(own or unread)

    def _is_written(self, name: str, value: Value) -> bool:
        typed = name in self._form.inputs and name not in self._spec.computed_fields
        return typed and value not in (self._put.get(name), self._offered.get(name))

    def follow(self, edited: str) -> None:
        """Something was chosen or typed that proposals rest on."""
        changed = {edited}
        for name, sources in proposals.sources_of(self._spec).items():
            told = self._spec.computed_fields & set(sources)  # a source that the program names from what is typed
            if name not in self._form.inputs or not (told or changed & {*sources, self._spec.date_field}):
                continue
            values = self._form.read().values
            if told:
                values = records.completed(self._session, self._spec.name, values)
            standing = proposals.standing_of(self._spec, name, values)
            now = values.get(name)
            own = now not in (None, "") and now != self._offered.get(name)
            if own or standing == self._standing.get(name):
                continue
            self._standing[name] = standing
            self._offered[name] = proposals.proposed(self._session, self._spec, name, values)
            self._form.inputs[name].set_value(self._offered[name])
            changed.add(name)

    def take_apart(self, left: str) -> None:
        """A kind written before a name chooses the kind: "Buôn Ea Đar" is "Ea Đar" of kind Buôn.

        Once for each field: whoever writes it so again means a name that begins like a kind.
        """
        values = self._form.read().values
        apart = taken_apart(self._session, self._spec, left, values)
        another = any(values.get(name) not in (None, value) for name, value in apart.items() if name != left)
        if not apart or (another and left in self._taken_apart):
            return
        self._taken_apart.add(left)
        for name, value in apart.items():
            self._form.inputs[name].set_value(value)
