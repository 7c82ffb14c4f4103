"""Tables that write sums in millions: read so and told, never recorded a million times too small."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_desktop.services import transfer
from thidua_desktop.services.money_scale import scale_of, scaled
from thidua_desktop.services.session import Session


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("Kinh phí (triệu đồng)", "triệu"), ("Kinh phí (Tr.đ)", "triệu"), ("ĐVT: 1.000.000 đồng", "triệu"),
        ("Số tiền (nghìn đồng)", "nghìn"), ("Đơn vị tính: 1.000đ", "nghìn"), ("Vốn (tỷ đồng)", "tỷ"),
        ("Kinh phí (đồng)", ""), ("Tỷ lệ", ""), ("Số tiền", ""), ("Trưởng thôn", ""),
    ],
)  # fmt: skip
def test_a_head_says_the_scale_of_its_sums(heading: str, scale: str) -> None:
    assert scale_of(heading) == scale


def test_what_has_a_scale_or_is_written_in_full_stays() -> None:
    texts = ["150", "12,5", "150 triệu", "150.000.000", "0", "", "chưa rõ"]
    assert scaled("Kinh phí (triệu đồng)", texts) == {"150": "150 triệu", "12,5": "12,5 triệu"}
    assert scaled("Kinh phí", texts) == {}


@pytest.mark.parametrize(
    ("above", "heading"), [("", "Kinh phí Nhà nước (triệu đồng)"), ("Đơn vị tính: triệu đồng", "Kinh phí Nhà nước")]
)
def test_a_column_in_millions_is_read_so_and_told(session: Session, tmp_path: Path, above: str, heading: str) -> None:
    path = tmp_path / "mô hình.csv"
    lines = [above] * bool(above) + [f"Tên mô hình;Loại mô hình;Lĩnh vực;{heading}"]
    rows = [f"Camera {sum_};Camera an ninh;Trật tự, an toàn giao thông;{sum_}" for sum_ in ("150", "12,5", "2.000.000")]
    path.write_text("\n".join([*lines, *rows]), "utf-8")
    plan = transfer.preview_import(session, "model", path)
    assert not plan.broken, plan.problems
    assert [row.values["funding_state"] for row in plan.rows] == [150_000_000, 12_500_000, 2_000_000]
    (told,) = [one for one in plan.guesses if one.code == "TD-XFER-074"]
    assert "“150” hiểu là 150.000.000 đồng (2 dòng)" in told.text
    pasted = path.read_text("utf-8").replace(";", "\t")
    assert [row.values["funding_state"] for row in transfer.preview_paste(session, "model", pasted).rows] == [
        150_000_000, 12_500_000, 2_000_000
    ]  # fmt: skip
