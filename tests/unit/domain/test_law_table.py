"""The dated tables: every row complete, lookups by day, faults named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from thidua_desktop.domain import law_table as module
from thidua_desktop.domain.law_table import (
    law_table,
    mapping_on,
    read_table_file,
    row_on,
    value_on,
    whole_number_on,
)
from thidua_desktop.errors import UserError
from thidua_desktop.paths import resource_path

ROW = 'value = {value}\nfrom = {since}\nbasis = "Luật mẫu"\ncertainty = "V"\n'


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "sample.toml"
    path.write_text("\n".join(f"[[limit]]\n{row}" for row in rows), encoding="utf-8")
    return path


def test_all_shipped_tables_are_complete_and_in_nfc() -> None:
    files = [read_table_file(path) for path in resource_path("law").glob("*.toml")]
    tables = {name: rows for file in files for name, rows in file.items()}
    assert {"meeting_notice_days", "public_holidays", "identity_places"} <= set(tables)
    assert len(tables) == sum(map(len, files)), "a name is used in two files"
    for name, rows in tables.items():
        assert all(row.basis and row.certainty in "VM?" for row in rows)
        assert law_table(name) == rows


def test_only_the_file_that_has_a_table_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(module, "read_table_file", lambda path: (read.append(path.name), read_table_file(path))[1])
    for kept in (module.law_table, module._known_file):
        kept.cache_clear()
    assert law_table("public_holidays") and law_table("fixed_holidays") and not law_table("no_such_table")
    assert read == ["holidays.toml"]


def test_values_are_found_by_day() -> None:
    assert value_on("meeting_notice_days", date(2026, 11, 23)) == 2
    assert row_on("meeting_notice_days", date(2026, 11, 23)).basis.startswith("Nghị định 59/2023")


def test_a_value_of_the_wrong_kind_is_a_fault_of_the_table() -> None:
    for read in (
        lambda: whole_number_on("quorum_convention", date(2026, 1, 1)),
        lambda: mapping_on("recognition_working_days", date(2026, 1, 1)),
    ):
        with pytest.raises(UserError) as refused:
            read()
        assert refused.value.code == "TD-TIME-003"


@pytest.mark.parametrize("name", ["no_such_table", "public_holidays"])
def test_no_value_on_a_day_is_told(name: str) -> None:
    with pytest.raises(UserError) as refused:
        value_on(name, date(1950, 6, 1))
    assert refused.value.code == "TD-TIME-002"
    assert "01/06/1950" in str(refused.value)


def test_a_later_row_takes_over_on_its_first_day(tmp_path: Path) -> None:
    earlier = ROW.format(value="1.5", since="2020-01-01") + "until = 2025-06-30\n"
    rows = read_table_file(table(tmp_path, ROW.format(value=3, since="2025-07-01"), earlier))["limit"]
    found = {day: [row.value for row in rows if row.holds_on(day)] for day in (date(2025, 6, 30), date(2025, 7, 1))}
    assert found == {date(2025, 6, 30): [Decimal("1.5")], date(2025, 7, 1): [3]}


@pytest.mark.parametrize(
    "rows",
    [
        (ROW.format(value=1, since="2020-01-01"), ROW.format(value=2, since="2025-01-01")),
        (ROW.format(value=1, since="2020-01-01") + "until = 2025-01-01\n", ROW.format(value=2, since="2025-01-01")),
        (ROW.format(value=1, since="2020-01-01").replace("from", "since"),),
        (ROW.format(value=1, since="2020-01-01").replace('"V"', '"sure"'),),
        (ROW.format(value=1, since="2020-01-01").replace("Luật mẫu", ""),),
        (ROW.format(value=1, since="2020-01-01").replace("value", "amount"),),
    ],
)
def test_faulty_rows_are_refused(tmp_path: Path, rows: tuple[str, ...]) -> None:
    with pytest.raises(UserError) as refused:
        read_table_file(table(tmp_path, *rows))
    assert refused.value.code == "TD-TIME-003"
    assert "limit" in str(refused.value)


def test_a_table_that_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sample.toml"
    path.write_text("limit = 3\n", encoding="utf-8")
    with pytest.raises(UserError):
        read_table_file(path)
