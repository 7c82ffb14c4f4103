"""Cells as officers fill them: addresses with the commune, counts with what is counted, words for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.test_transfer import HOUSEHOLD, codes
from thidua_desktop.services import links, transfer
from thidua_desktop.services.session import Session
from thidua_desktop.services.transfer import ImportPlan

HEADS = ("Địa chỉ", "CHỦ\nHỘ", "Số nhân\nkhẩu", "Điện thoại", "Số CCCD/ ĐDCN")


def plan_of(session: Session, folder: Path, *cells: str) -> ImportPlan:
    import xlsxwriter

    with xlsxwriter.Workbook(str(folder / "a.xlsx")) as book:
        page = book.add_worksheet("Hộ")
        page.write_row(0, 0, HEADS)
        page.write_row(1, 0, cells)
    return transfer.preview_import(session, HOUSEHOLD, folder / "a.xlsx")


@pytest.mark.parametrize("behind", ["", ", xã {place}", " - {place}, tỉnh Hòa Giang", ", X. {place}"])
def test_the_commune_behind_the_name_of_an_area_is_that_of_the_office(
    session: Session, tmp_path: Path, behind: str
) -> None:
    own = session.file.identity.place
    plan = plan_of(session, tmp_path, f"thôn Tân Lập{behind.format(place=own)}", "Lê Văn Giả")
    assert not plan.missing and not plan.broken, codes(plan)
    area = session.register(HOUSEHOLD).field("residential_area")
    assert links.label(session, area, plan.rows[0].values["residential_area"]).endswith("Tân Lập")


def test_an_area_of_another_commune_is_none_of_this_office(session: Session, tmp_path: Path) -> None:
    plan = transfer.preview_paste(session, HOUSEHOLD, "Thôn\tChủ hộ\nTân Lập, xã Nơi Khác\tLê Văn Giả")
    assert codes(plan) == [(2, "Thôn", "TD-XFER-010")]


def test_counts_have_what_is_counted_and_what_is_not_known_is_nothing(session: Session, tmp_path: Path) -> None:
    plan = plan_of(session, tmp_path, "Tân Lập", "Lê Văn Giả", "4 khẩu", "không có", "Chưa có")
    assert not plan.broken and plan.ignored == (), codes(plan)
    values = plan.rows[0].values
    assert values["members"] == 4 and not {"phone", "identity_number"} & values.keys()
    assert [column.heading for column in plan.columns][1:3] == ["CHỦ HỘ", "Số nhân khẩu"]
