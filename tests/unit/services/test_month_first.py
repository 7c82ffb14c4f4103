"""Days of another program's tables, month before day: told, not misread."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from thidua_desktop.services import transfer
from thidua_desktop.services.month_first import month_first
from thidua_desktop.services.session import Session


def test_one_day_that_can_be_nothing_else_shows_the_order_of_the_column() -> None:
    assert month_first(["1/3/2026", "12/25/2026", "", "hôm qua"]) == {
        "1/3/2026": "03/01/2026", "12/25/2026": "25/12/2026",
    }  # fmt: skip
    assert month_first(["1/3/2026", "2/4/2026"]) == {}
    assert month_first(["03/9/2026", "9/30/2026"]) == {}  # by hand, day first; one cell is wrong
    assert month_first(["1/3/2026", "12/25/2026", "25/12/2026"]) == {}  # it shows both: what is wrong stays wrong


def test_a_column_written_month_first_is_read_so_and_told(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "họp.csv"
    lines = [f"Tân Lập;{day};Họp định kỳ;52;40" for day in ("11/3/2026", "10/25/2026", "11/9/2026")]
    path.write_text("\n".join(["Khu dân cư;Ngày họp;Loại họp;Tổng số hộ;Số hộ dự", *lines]), "utf-8")
    plan = transfer.preview_import(session, "resident_meeting", path)
    assert [row.values["held_on"] for row in plan.rows] == [
        date(2026, 11, 3), date(2026, 10, 25), date(2026, 11, 9)
    ]  # fmt: skip
    assert [one.code for one in plan.guesses] == ["TD-XFER-073"]
    assert [one.text for one in plan.guesses] == [
        "Dòng 2, cột “Ngày họp”: ghi tháng trước ngày (như 10/25/2026), nên “11/3/2026” hiểu là ngày 03/11/2026 "
        "(3 dòng)."
    ]
