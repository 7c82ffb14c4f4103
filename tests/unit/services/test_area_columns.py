"""A column whose cells name the office's areas is the area, whatever its head says."""

from __future__ import annotations

from pathlib import Path

from tests.unit.services.test_transfer import sheet
from thidua_desktop.services import transfer
from thidua_desktop.services.session import Session

HEAD = ("STT", "Họ và tên chủ hộ", "Địa chỉ", "Số khẩu")


def fields(plan: transfer.ImportPlan) -> dict[str, str | None]:
    return {column.heading: column.field for column in plan.columns}


def test_households_are_listed_by_where_they_live(session: Session, tmp_path: Path) -> None:
    lines = [HEAD, (1, "Đặng Đình Đước", "Thôn Tân Lập", 4), (2, "K'Brền", "buôn ea m'doal", 5)]
    plan = transfer.preview_import(session, "household", sheet(tmp_path / "hộ.xlsx", lines))
    assert fields(plan)["Địa chỉ"] == "residential_area" and not plan.missing and len(plan.rows) == 2
    pasted = "\n".join("\t".join(map(str, line)) for line in lines)
    assert fields(transfer.preview_paste(session, "household", pasted))["Địa chỉ"] == "residential_area"


def test_an_address_that_names_no_area_stays_an_address(session: Session, tmp_path: Path) -> None:
    lines = [HEAD, (1, "Đặng Đình Đước", "Số 5 đường Hùng Vương", 4), (2, "K'Brền", "Thôn Tân Lập", 5)]
    plan = transfer.preview_import(session, "household", sheet(tmp_path / "hộ.xlsx", lines))
    assert fields(plan)["Địa chỉ"] == "address" and plan.missing == ("Khu dân cư",)


def test_what_a_person_chose_stays(session: Session, tmp_path: Path) -> None:
    lines = [HEAD, (1, "Đặng Đình Đước", "Thôn Tân Lập", 4)]
    path = sheet(tmp_path / "hộ.xlsx", lines)
    assert fields(transfer.preview_import(session, "household", path, {2: "address"}))["Địa chỉ"] == "address"
    assert fields(transfer.preview_import(session, "household", path, {2: None}))["Địa chỉ"] is None


def test_a_name_that_each_record_must_have_stays_its_name(session: Session, tmp_path: Path) -> None:
    lines = [("Tên tổ", "Quân số"), ("Thôn Tân Lập", 3)]
    plan = transfer.preview_import(session, "security_team", sheet(tmp_path / "tổ.xlsx", lines))
    assert fields(plan)["Tên tổ"] == "name"


def test_a_number_before_each_line_is_no_area(session: Session, tmp_path: Path) -> None:
    area = [("Loại", "Tên", "Số hộ"), ("Thôn", "1", 40), ("Thôn", "2", 50)]
    transfer.apply_import(
        session, transfer.preview_import(session, "residential_area", sheet(tmp_path / "a.xlsx", area))
    )
    lines = [("Mã", *HEAD[1:]), (1, "Đặng Đình Đước", "xóm trên", 4), (2, "K'Brền", "xóm dưới", 5)]
    plan = transfer.preview_import(session, "household", sheet(tmp_path / "hộ.xlsx", lines))
    assert fields(plan)["Mã"] != "residential_area"
