"""Child rows that few records have are counted without reading the records that have none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.services.handoff.two_offices import DAY, NOVEMBER, TwoOffices
from thidua_desktop.store.figure_sql import Grouping, flow_statement
from thidua_desktop.store.queries import DateRange

WEAPON = {"kind": "hunting_gun", "unit": "piece", "quantity": 2}


@pytest.mark.parametrize("days", [(NOVEMBER.start, NOVEMBER.end), (date(2020, 1, 1), date(2027, 1, 1))])
def test_only_records_with_rows_are_read(pair: TwoOffices, days: tuple[date, date]) -> None:
    database = pair.commune.file._database
    table = database.table("movement_activity")
    wanted = [one for one in database.definitions.indicators.values() if one.rows == "items"]
    assert table.spec.field("items").seldom and len(wanted) > 10
    for grouping in (Grouping(False, None), Grouping(True, ("24412",))):
        sql, parameters = flow_statement(table, wanted, days, grouping)
        plan = " ".join(row[3] for row in database.all(f"EXPLAIN QUERY PLAN {sql}", parameters))
        assert "USING COVERING INDEX movement_activity__rows_items" in plan


def test_they_are_counted_all_the_same(pair: TwoOffices) -> None:
    pair.activity()
    pair.activity(items=(WEAPON, {**WEAPON, "quantity": 3}))
    pair.activity(day=DAY.replace(month=8), items=(WEAPON,))
    name = next(
        one.name
        for one in pair.commune.definitions.indicators.values()
        if one.rows == "items" and any("hunting_gun" in condition.values for condition in one.row_where)
    )
    spans = [DateRange(NOVEMBER.start, NOVEMBER.end), DateRange(date(2026, 1, 1), date(2026, 12, 31))]
    assert [row.value for row in pair.commune.file.figures([name], spans)] == [5, 7]
