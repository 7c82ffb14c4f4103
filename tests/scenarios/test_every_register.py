"""Every register of the program from record to province: recorded, found, listed, counted, printed, packed, merged.

One record of each register is saved in a commune, one package carries them, a province takes it in. A register that is
added to ``forms/`` is held to the same without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from tests.unit.services.handoff.two_offices import introduce, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.field_types.rows import rows_of
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import FieldSpec, IndicatorSpec, RegisterSpec, Values
from thidua_desktop.formdef.records import sample_values
from thidua_desktop.services import lists, records, search
from thidua_desktop.services.assessments import sheets
from thidua_desktop.services.assessments.subjects import Subject
from thidua_desktop.services.demo.build import linked_first
from thidua_desktop.services.documents.printing import print_document
from thidua_desktop.services.documents.sheets import print_list
from thidua_desktop.services.handoff import incoming, outgoing
from thidua_desktop.services.handoff.outgoing import travelling
from thidua_desktop.services.session import VIETNAM_TIME, Session
from thidua_desktop.store.queries import DateRange, ListQuery
from thidua_desktop.text import fold

DEFINITIONS = load_definitions()
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM_TIME)
YEAR = DateRange(date(2025, 12, 15), date(2026, 12, 14))
NOT_COUNTED = {"household", "person", "attachment"}
"""Households stay at the commune; people and attachments are counted where they act or belong."""
_NEITHER = {"organization": None, "group": None, "member_name": None}
INSTEAD: Mapping[str, Values] = {
    "resident_meeting": {"status": "signed"},
    "unit_registration": _NEITHER,
    "security_team": {"founded_on": date(2025, 7, 10)},
    "force_rating": {"subject": "team", "member": None},
}
"""Where the sample waits, so that it is not counted yet, or links to everything that one of may be linked to."""

every_register = pytest.mark.parametrize("name", sorted(DEFINITIONS.registers))


@dataclass(frozen=True, slots=True)
class Walked:
    """Both offices after the package, and the id of the one record of each register."""

    commune: Session
    province: Session
    ids: Mapping[str, str]

    def record(self, register: str) -> records.Record:
        """The commune's record."""
        return records.get(self.commune, register, self.ids[register])


def with_links(spec: RegisterSpec, ids: Mapping[str, str]) -> Values:
    """Sample values with links to the records that are there; a link to the own register stays empty."""

    def linked(fields: tuple[FieldSpec, ...], values: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(values)
        for field in fields:
            if field.register:
                found[field.name] = ids.get(field.register)
            elif field.fields:
                found[field.name] = tuple(linked(field.fields, row) for row in values.get(field.name) or ())
        return {key: value for key, value in found.items() if value is not None}

    return linked(spec.living_fields, sample_values(DEFINITIONS, spec))


def record_of(session: Session, name: str, ids: Mapping[str, str]) -> Values:
    """What is recorded in a register: the sample, or a sheet started as its page does."""
    if name == "assessment":
        started = sheets.start(session, "safe_area", 2026, Subject("residential_area", ids["residential_area"], ""))
        met = {"self_met": True, "appraised_met": True, "override_reason": "thử"}  # the books deny some of it
        rows = tuple({**row, **met} for row in rows_of(started["criteria"]))
        return {**started, "criteria": rows, "self_assessed_on": NOW.date()}
    values = {**with_links(DEFINITIONS.registers[name], ids), **INSTEAD.get(name, {})}
    return {key: value for key, value in values.items() if value is not None}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    folder = tmp_path_factory.mktemp("every")
    commune = make_office(folder / "xa.thidua", "24412", now=NOW)
    province = make_office(folder / "tinh.thidua", "66", province=True, now=NOW)
    introduce(commune, province)
    ids: dict[str, str] = {}
    for name in linked_first(DEFINITIONS):
        values = record_of(commune, name, ids)
        saved = records.save(commune, name, values, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), (name, saved)
        ids[name] = saved.record.id
    made = outgoing.make_package(commune, folder)
    incoming.receive(province, incoming.plan_receive(province, made.path))
    yield Walked(commune, province, ids)
    commune.close()
    province.close()


def indicators_of(register: str) -> list[IndicatorSpec]:
    """The figures that are counted from a register."""
    return [one for one in DEFINITIONS.indicators.values() if one.register == register]


def figures(session: Session, names: list[str]) -> dict[str, object]:
    """The figures of the year that are not zero."""
    return {row.indicator: row.value for row in session.file.figures(names, [YEAR], offices=["24412"])}


@every_register
def test_it_is_listed(walked: Walked, name: str) -> None:
    found = lists.open_list(walked.commune, ListQuery(name))
    place = found.place_of(walked.ids[name])
    assert place is not None
    assert any(found.row(place).cells)


@every_register
def test_it_is_found_without_diacritics(walked: Walked, name: str) -> None:
    spec = DEFINITIONS.registers[name]
    searched = [field for field in spec.living_fields if field.search and walked.record(name).values.get(field.name)]
    if searched and not spec.hidden:  # what belongs to a record is found as that record
        words = fold(str(walked.record(name).values[searched[0].name]))
        found = {one.id for group in search.search(walked.commune, words, limit=200) for one in group.records}
        assert walked.ids[name] in found


@every_register
def test_it_is_counted(walked: Walked, name: str) -> None:
    names = [one.name for one in indicators_of(name)]
    assert names or name in NOT_COUNTED
    if names:
        assert figures(walked.commune, names)


@every_register
def test_it_is_printed(walked: Walked, name: str) -> None:
    for document in DEFINITIONS.registers[name].documents:
        try:
            assert print_document(walked.commune, document, walked.ids[name]).pdf.startswith(b"%PDF"), document
        except UserError as refused:  # the sample is not one that the paper is for, or it is the province's
            spec = DEFINITIONS.documents[document]
            elsewhere = spec.desk == "province"
            assert refused.code == ("TD-PRINT-096" if elsewhere else "TD-PRINT-024"), document
            assert elsewhere or spec.where, document
    assert print_list(walked.commune, ListQuery(name)).pdf.startswith(b"%PDF")


@every_register
def test_it_reaches_the_province_as_declared(walked: Walked, name: str) -> None:
    spec = DEFINITIONS.registers[name]
    if spec.restricted:
        with pytest.raises(UserError) as refused:
            walked.province.file.records.get(name, walked.ids[name])
        assert refused.value.code == "TD-STORE-240"
        return
    there = walked.province.file.records.get(name, walked.ids[name])
    if spec.travels != "full":
        assert there is None
        return
    assert there is not None
    assert travelling(spec, there.values) == travelling(spec, walked.record(name).values)
    private = [field.name for field in spec.fields if not field.travels]
    assert not [field for field in private if field in there.values]


@every_register
def test_the_province_has_the_same_figures(walked: Walked, name: str) -> None:
    names = [one.name for one in indicators_of(name)]
    if names and DEFINITIONS.registers[name].travels == "full":
        assert figures(walked.province, names) == figures(walked.commune, names)
