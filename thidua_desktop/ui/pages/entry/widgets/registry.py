"""Which input stands for which field type."""

from __future__ import annotations

from thidua_desktop.formdef.model import FieldSpec, FieldType
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.widgets.boolean import BooleanInput
from thidua_desktop.ui.pages.entry.widgets.choice import ChoiceInput
from thidua_desktop.ui.pages.entry.widgets.choices import ChoicesInput
from thidua_desktop.ui.pages.entry.widgets.computed import ComputedInput
from thidua_desktop.ui.pages.entry.widgets.date import DateInput
from thidua_desktop.ui.pages.entry.widgets.decimal_number import DecimalInput
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput, InputContext
from thidua_desktop.ui.pages.entry.widgets.identity_number import IdentityNumberInput
from thidua_desktop.ui.pages.entry.widgets.integer import IntegerInput
from thidua_desktop.ui.pages.entry.widgets.link import LinkInput
from thidua_desktop.ui.pages.entry.widgets.long_text import LongTextInput
from thidua_desktop.ui.pages.entry.widgets.name import NameInput
from thidua_desktop.ui.pages.entry.widgets.phone import PhoneInput
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput
from thidua_desktop.ui.pages.entry.widgets.text import TextInput
from thidua_desktop.ui.pages.entry.widgets.time import TimeInput

INPUTS: dict[FieldType, type[FieldInput]] = {
    FieldType.TEXT: TextInput,
    FieldType.LONG_TEXT: LongTextInput,
    FieldType.NAME: NameInput,
    FieldType.PHONE: PhoneInput,
    FieldType.IDENTITY_NUMBER: IdentityNumberInput,
    FieldType.INTEGER: IntegerInput,
    FieldType.DECIMAL: DecimalInput,
    FieldType.DATE: DateInput,
    FieldType.TIME: TimeInput,
    FieldType.BOOLEAN: BooleanInput,
    FieldType.CHOICE: ChoiceInput,
    FieldType.CHOICES: ChoicesInput,
    FieldType.LINK: LinkInput,
    FieldType.ROWS: RowsInput,
}


def make_input(look: Look, spec: FieldSpec, context: InputContext, computed: bool = False) -> FieldInput:
    """The input of a field; of a ``computed`` one the place that shows it."""
    made = ComputedInput(look, spec, context) if computed else INPUTS[spec.type](look, spec, context)
    made.set_spoken(f"{spec.label}, bắt buộc" if spec.required else spec.label, spec.unit)
    return made
