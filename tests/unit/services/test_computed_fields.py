"""Fields that nobody types, wherever records come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import python_calamine

from tests.unit.services.computed_register import FIELD, REGISTER, with_computed_field
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import FieldSpec
from thidua_desktop.services import records, transfer, typed
from thidua_desktop.services.raw_lines import RawLine
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer_columns import columns_of, list_columns, missing_required
from thidua_desktop.services.transfer_reading import read_table

DAY = date(2026, 11, 8)


@pytest.fixture
def computing(session: Session) -> Session:
    return with_computed_field(session, required=True)


def test_what_was_typed_into_a_computed_field_counts_for_nothing(computing: Session, add: Callable[..., str]) -> None:
    kept = add(REGISTER, held_on=DAY, kind="patrol", title="Ca đầu", documents_handed_out=4, households_signed=3)
    values = {**records.get(computing, REGISTER, kept).values, FIELD: 99}
    saved = records.save(computing, REGISTER, values, record_id=kept, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    assert saved.record.values[FIELD] == 7
    assert FIELD not in records.copy_of(computing, REGISTER, kept)


def test_a_save_computes_once(computing: Session, add: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = add(REGISTER, held_on=DAY, kind="patrol", title="Ca đầu", documents_handed_out=4, households_signed=3)
    computed: list[str] = []
    once = records.with_computed
    monkeypatch.setattr(records, "with_computed", lambda *given: (computed.append(given[0].name), once(*given))[1])
    values = {**records.get(computing, REGISTER, kept).values, "title": "Ca sau"}
    assert isinstance(records.save(computing, REGISTER, values, record_id=kept, reasons={"*": "thử"}), records.Saved)
    assert computed == [REGISTER]


def test_the_command_line_says_that_it_is_computed(computing: Session) -> None:
    with pytest.raises(UserError) as refused:
        typed.typed(computing, REGISTER, FIELD, "5")
    assert refused.value.code == "TD-DATA-040"


def test_an_excel_form_has_no_column_for_it_and_says_why(computing: Session, tmp_path: Path) -> None:
    path = transfer.template(computing, REGISTER, tmp_path / "mau.xlsx")
    label = computing.register(REGISTER).field(FIELD).label
    heading = [cell.removesuffix(" *") for cell in read_table(path).lines[0].cells]
    assert label not in heading
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("Hướng dẫn")
    hints = {str(row[0]): str(row[3]) for row in sheet.to_python()}
    assert hints[label].startswith("Không nhập: chương trình tự tính.")


def test_its_column_is_left_out_and_never_wanted(computing: Session) -> None:
    spec = computing.register(REGISTER)
    label = spec.field(FIELD).label
    assert missing_required(spec, ()) and FIELD not in {one.name for one in missing_required(spec, ())}
    (column,) = columns_of(spec, [label])
    assert (column.heading, column.field) == (label, None)


def test_rows_pasted_in_the_order_of_the_list_skip_it(computing: Session) -> None:
    from dataclasses import replace

    spec = computing.register(REGISTER)
    spec = replace(spec, list=spec.list._replace(columns=("held_on", FIELD, "title")))
    columns = list_columns(spec, [RawLine(1, ("8/11/2026", "9", "Ca đầu"))])
    assert [column.field for column in columns] == ["held_on", None, "title"]


def test_pasted_rows_are_computed(computing: Session) -> None:
    def label(name: str) -> str:
        field: FieldSpec = computing.register(REGISTER).field(name)
        return field.label

    names = ("held_on", "kind", "title", "documents_handed_out", FIELD)
    pasted = "\t".join(map(label, names)) + "\n8/11/2026\tTuần tra\tCa đầu\t5\t77\n"
    plan = transfer.preview_paste(computing, REGISTER, pasted)
    assert label(FIELD) in plan.ignored
    assert [row.values[FIELD] for row in plan.rows] == [5], plan.problems
