"""A made-up office with a register that not everybody may see, and registers that link to it and from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.unit.store.made_up import FORMS, NOW, PASSWORD, QUICK, field, indicator, register
from thidua_desktop.formdef.model import Aggregate, Definitions, FieldType, IndicatorSpec
from thidua_desktop.store.identity import NewUser, OfficeIdentity
from thidua_desktop.store.office_file import create_office, open_office
from thidua_desktop.store.open_file import OfficeFile

CASE = register(
    "case",
    (
        field("person", FieldType.NAME, required=True),
        field("place", FieldType.LINK, register="place"),
        field("opened_on", FieldType.DATE),
        field("ended_on", FieldType.DATE),
        field("note", FieldType.LONG_TEXT),
    ),
    title_fields=("person",), area_field="place", valid_from="opened_on", valid_to="ended_on", sort="person",
    restricted=True, retention_years=5, retention_from="ended_on", travels="counts",
)  # fmt: skip

VISIT = register(
    "visit",
    (field("seen_on", FieldType.DATE, required=True), field("case", FieldType.LINK, register="case")),
    title_fields=("seen_on", "case"), date_field="seen_on", sort="-seen_on",
)  # fmt: skip

CASES: IndicatorSpec = indicator("cases", Aggregate.COUNT, register="case", stock=True)
RESTRICTED_FORMS: Definitions = replace(
    FORMS, registers={**FORMS.registers, "case": CASE, "visit": VISIT}, indicators={**FORMS.indicators, "cases": CASES}
)


def make_restricted_office(path: Path) -> OfficeFile:
    """A new office file with the registers, open."""
    identity = OfficeIdentity(code="26734", name="Xã Tân Lập", kind="commune")
    user = NewUser("Lò Thị Đào", "dao")
    made = create_office(path, RESTRICTED_FORMS, identity, user, PASSWORD, NOW, cost=QUICK).file
    for spec in RESTRICTED_FORMS.registers.values():
        made.add_register(spec)
    return made


def reopen(path: Path) -> OfficeFile:
    """The same file, opened anew."""
    return open_office(path, RESTRICTED_FORMS, PASSWORD)
