"""A new record's running number follows the book that is chosen, until the person writes another one."""

from __future__ import annotations

from datetime import date

from thidua_desktop.formdef.model import FieldSpec, RegisterSpec, Scalar, Value, Values
from thidua_desktop.services import records
from thidua_desktop.services.running_numbers import next_number, with_next_numbers
from thidua_desktop.services.session import Session
from thidua_desktop.ui.pages.entry.form_view import FormView


class RunningNumbers:
    """Proposes the numbers of a new record's form; a number that the person wrote is left alone."""

    def __init__(self, session: Session, spec: RegisterSpec, form: FormView) -> None:
        self._session, self._spec, self._form = session, spec, form
        self._proposed: dict[str, Scalar] = {}
        self._books: dict[str, tuple[Value, ...]] = {}

    def start(self, values: Values) -> Values:
        """The values that a new form starts with, numbers filled in where their book is known."""
        filled = with_next_numbers(self._session, self._spec, values)
        self._proposed = {one.name: _scalar(filled.get(one.name)) for one in self._spec.running_fields}
        self._proposed |= {name: None for name in self._proposed if values.get(name) not in (None, "")}
        self._books = {one.name: self._book(one, filled) for one in self._spec.running_fields}
        return filled

    def follow(self, edited: str) -> None:
        """Another book, or another year of it, was chosen."""
        for field in self._spec.running_fields:
            told = self._spec.computed_fields & set(field.runs_in)  # a book that the program names from what is typed
            if not told and edited not in (*field.runs_in, self._spec.date_field):
                continue
            values = self._form.read().values
            if told:
                values = records.completed(self._session, self._spec.name, values)
            book = self._book(field, values)
            standing = values.get(field.name)
            own = standing not in (None, "") and standing != self._proposed.get(field.name)
            if own or book == self._books.get(field.name):
                continue
            self._books[field.name] = book
            self._proposed[field.name] = next_number(self._session, self._spec, field, values)
            self._form.inputs[field.name].set_value(self._proposed[field.name])

    def _book(self, field: FieldSpec, values: Values) -> tuple[Value, ...]:
        """What the number goes on within: the fields that are declared, and the year of an event."""
        day = values.get(self._spec.date_field) if self._spec.date_field else None
        return (*(values.get(name) for name in field.runs_in), day.year if isinstance(day, date) else None)


def _scalar(value: Value) -> Scalar:
    return None if isinstance(value, tuple) else value
