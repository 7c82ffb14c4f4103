"""Charts of every kind with ordinary and with awkward content; all made up."""

from __future__ import annotations

from thidua_desktop.charts.model import Chart, ChartKind, Panel, Series

MONTHS = tuple(f"T{number}" for number in range(1, 13))
LONG = "Thôn Hòa Bắc, khu vực chợ trung tâm xã và bến xe liên huyện, giáp xã Long Thành"
AREAS = ("Tân Lập", "Long Thạnh", LONG, "Gò Dài", "Buôn Ea M'Doal", "Đông Hạ", "Tây Hạ")
MANY = tuple(f"Khu dân cư số {number}" for number in range(1, 201))
BILLION = 10**9


def bars(names: tuple[str, ...], *rows: tuple[int | None, ...], unit: str = "cuộc") -> Chart:
    named = zip(("Kỳ này", "Kỳ trước", "Cùng kỳ năm trước"), rows, strict=False)
    return Chart(ChartKind.BARS, "Hoạt động", names, tuple(Series(*one) for one in named), unit)


def lines(*rows: tuple[int | None, ...]) -> Chart:
    return Chart(
        ChartKind.LINES, "Theo tháng", MONTHS,
        tuple(Series(f"Năm {2026 - number}", row) for number, row in enumerate(rows)), "lượt người",
    )  # fmt: skip


def shares(names: tuple[str, ...], *values: int) -> Chart:
    return Chart(ChartKind.SHARES, "Cơ cấu", names, (Series("Kỳ này", values),), "vụ")


def stacked(names: tuple[str, ...], *rows: tuple[int | None, ...]) -> Chart:
    kinds = ("Xuất sắc", "Khá", "Trung bình", "Yếu", "Chưa xếp loại", "Khác")
    parts = tuple(Series(*one) for one in zip(kinds, rows, strict=False))
    return Chart(ChartKind.SHARES, "Phân loại", names, parts, "tổ")


def panels(names: tuple[str, ...], most: int = 12) -> Chart:
    year, before = Series("năm 2026", (None,) * 12), Series("năm 2025", (None,) * 12)
    made = tuple(
        Panel(name, Series("", (*((at * 7 + n * 5) % most for n in range(11)), None)),
              (None,) * 6 + (most,) * 6, "kỳ này 5, cùng kỳ 3")
        for at, name in enumerate(names)
    )  # fmt: skip
    return Chart(ChartKind.PANELS, "Từng khu dân cư", MONTHS, (year, before), "cuộc", panels=made, running=11)


def grid(names: tuple[str, ...], values: tuple[int | None, ...], places: tuple[tuple[int, int], ...] = ()) -> Chart:
    return Chart(
        ChartKind.GRID, "Theo khu dân cư", names, (Series("", values),), "cuộc", places=places,
        notes=("Ngoài ra 3 cuộc không ghi khu dân cư.",),
    )  # fmt: skip


YEAR = (1810, 1912, 2015, 1709, None, 2022, 2525, 2121, 1818, 3030, 3296, None)
CHARTS = {
    "bars": bars(("Tuyên truyền", "Tuần tra", "Họp"), (21, 34, 12), (14, 30, None), (12, 28, 9)),
    "bars in rows": bars(AREAS, (5, 0, 9, 3, 2, 1, 7)),
    "bars, one": bars(("Tuyên truyền",), (3,)),
    "bars, all zero": bars(("Tuyên truyền", "Tuần tra"), (0, 0), (0, 0)),
    "bars, far apart": bars(AREAS, (BILLION, 0, 1, None, 7, 999_999_999, 2), (1, BILLION, 0, 5, None, 3, 2)),
    "bars, 200": bars(MANY, tuple(range(200))),
    "bars, 30 columns": bars(tuple(map(str, range(1, 31))), tuple(range(30))),
    "lines": lines(YEAR, (1800,) * 12),
    "lines, same": lines((7,) * 12, (7,) * 12),
    "lines, one point": lines((None,) * 11 + (BILLION,)),
    "lines, all zero": lines((0,) * 12, (0,) * 12),
    "lines, four": lines(YEAR, YEAR[::-1], (900,) * 12, (0, *YEAR[1:])),
    "whole": shares(("Trộm cắp", "Lừa đảo", LONG, "Khác"), 13, 11, 4, 1),
    "whole, zero": shares(("Trộm cắp", "Lừa đảo"), 0, 0),
    "whole, one of many": shares(AREAS, 0, BILLION, 0, 0, 0, 0, 1),
    "wholes": stacked(("Kỳ này", LONG, "Không có"), (5, 7, 0), (8, 7, 0), (2, 1, 0), (1, 1, 0), (9, 3, 0), (9, 3, 0)),
    "wholes, 200": stacked(MANY, tuple(range(200)), (BILLION,) * 200),
    "panels": panels(AREAS),
    "panels, two": panels(AREAS[:2], BILLION),
    "panels, 200": panels(MANY),
    "grid": grid(AREAS, (0, None, 5, 3, 8, BILLION, 1)),
    "grid, one": grid(AREAS[:1], (4,)),
    "grid, all zero": grid(AREAS, (0,) * 7),
    "grid, placed": grid(AREAS, (1, 2, 3, 4, 5, 6, 7), ((0, 7), (0, 0), (5, 3), (2, 2), (1, 1), (1, 2), (1, 7))),
    "grid, 200": grid(MANY, tuple(range(200))),
}  # fmt: skip
EMPTY = {
    "no value": lines((None,) * 12),
    "no category": bars(()),
    "no area": grid((), ()),
}
