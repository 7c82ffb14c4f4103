"""The tables beside the registers: sources, offices, periods and their days, catalogs, figures that communes sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from thidua_desktop.formdef.model import Definitions
from thidua_desktop.publishing.layout import SCHEMA, comment, literal

_TABLES = {
    "source": (
        "Bản cài đặt của tỉnh đã công bố dữ liệu và chỗ đã công bố tới trong nhật ký thay đổi",
        (
            ("installation", "text PRIMARY KEY", "Mã bản cài đặt"),
            ("office", "text NOT NULL", "Mã đơn vị của tỉnh"),
            ("name", "text NOT NULL", "Tên đơn vị của tỉnh"),
            ("seq", "bigint NOT NULL", "Số của thay đổi cuối cùng đã công bố"),
            ("hash", "text NOT NULL", "Chuỗi kiểm tra của thay đổi đó"),
            ("layout", "text NOT NULL", "Chuỗi kiểm tra của cấu trúc bảng"),
            ("published_at", "timestamptz", "Lúc công bố gần nhất"),
        ),
    ),
    "office": (
        "Các đơn vị có dữ liệu",
        (
            ("code", "text PRIMARY KEY", "Mã đơn vị, là cột office của mọi bảng"),
            ("name", "text NOT NULL", "Tên đơn vị"),
            ("kind", "text NOT NULL", "Loại đơn vị: commune (cấp xã), province (cấp tỉnh)"),
            ("source", "text NOT NULL", "Bản cài đặt của tỉnh"),
            ("begins_on", "date", "Có từ ngày, khi lập mới do sắp xếp đơn vị hành chính"),
            ("ends_on", "date", "Ngày cuối cùng, khi kết thúc do sắp xếp đơn vị hành chính"),
        ),
    ),
    "arrival": (
        "Bản ghi đơn vị mới nhận bàn giao, nhận ra ở phần đầu của mã; trước ngày ấy tính của đơn vị cũ",
        (
            ("office", "text NOT NULL", "Mã đơn vị nhận"),
            ("ids", "text NOT NULL", "Phần đầu của mã bản ghi"),
            ("since", "date NOT NULL", "Từ ngày"),
            ("source", "text NOT NULL", "Bản cài đặt của tỉnh"),
            ("PRIMARY KEY", "(office, ids)", ""),
        ),
    ),
    "period": (
        "Kỳ báo cáo theo từng lịch: decree09 (Nghị định 09/2019/NĐ-CP), calendar (tháng dương lịch), các đợt",
        (
            ("calendar", "text NOT NULL", "Cách tính kỳ"),
            ("period", "text NOT NULL", "Mã kỳ: 2026-11, 2026-Q3, 2026-H1, 2026"),
            ("kind", "text NOT NULL", "Loại kỳ: month, quarter, half, year, span (đợt)"),
            ("label", "text NOT NULL", "Tên kỳ"),
            ("starts_on", "date NOT NULL", "Ngày đầu"),
            ("ends_on", "date NOT NULL", "Ngày cuối"),
            ("standing", "boolean NOT NULL", "Số liệu thời điểm được đếm cho kỳ này"),
            ("PRIMARY KEY", "(calendar, period)", ""),
        ),
    ),
    "day": (
        "Mỗi ngày thuộc những kỳ nào",
        (
            ("day", "date NOT NULL", "Ngày"),
            ("calendar", "text NOT NULL", "Cách tính kỳ"),
            ("period", "text NOT NULL", "Mã kỳ"),
            ("PRIMARY KEY", "(calendar, period, day)", ""),
        ),
    ),
    "catalog": (
        "Các danh mục",
        (
            ("name", "text PRIMARY KEY", "Tên danh mục"),
            ("title", "text NOT NULL", "Tiêu đề"),
            ("basis", "text NOT NULL", "Căn cứ"),
        ),
    ),
    "catalog_item": (
        "Các mục của danh mục; mã được ghi trong bản ghi",
        (
            ("catalog", "text NOT NULL", "Tên danh mục"),
            ("place", "integer NOT NULL", "Thứ tự"),
            ("code", "text NOT NULL", "Mã"),
            ("label", "text NOT NULL", "Tên"),
            ("since", "date", "Có từ ngày"),
            ("until", "date", "Đến hết ngày"),
            ("PRIMARY KEY", "(catalog, place)", ""),
        ),
    ),
    "sent_figure": (
        "Số liệu do xã đếm từ các sổ giữ lại ở xã; không có bản ghi nào của các sổ này",
        (
            ("indicator", "text NOT NULL", "Chỉ tiêu"),
            ("calendar", "text NOT NULL", "Cách tính kỳ"),
            ("period", "text NOT NULL", "Mã kỳ"),
            ("office", "text NOT NULL", "Mã đơn vị"),
            ("value", "numeric NOT NULL", "Giá trị"),
            ("source", "text NOT NULL", "Bản cài đặt của tỉnh"),
            ("PRIMARY KEY", "(indicator, calendar, period, office)", ""),
        ),
    ),
}


def frame_statements(definitions: Definitions) -> Iterator[str]:
    """Make these tables; the catalogs are filled as well, as they are part of the layout."""
    for name, (words, columns) in _TABLES.items():
        inside = ", ".join(f"{column} {kind}" for column, kind, _ in columns)
        yield f"CREATE TABLE IF NOT EXISTS {SCHEMA}.{name} ({inside})"
        if name == "office":  # servers from before communes could begin and end
            yield f"ALTER TABLE {SCHEMA}.office ADD COLUMN IF NOT EXISTS begins_on date"
            yield f"ALTER TABLE {SCHEMA}.office ADD COLUMN IF NOT EXISTS ends_on date"
        yield comment("TABLE", f"{SCHEMA}.{name}", [words])
        for column, _, said in columns:
            if said:
                yield comment("COLUMN", f"{SCHEMA}.{name}.{column}", [said])
    yield f"CREATE INDEX IF NOT EXISTS day__day ON {SCHEMA}.day (day)"
    yield from _catalogs(definitions)


def _catalogs(definitions: Definitions) -> Iterator[str]:
    for catalog in definitions.catalogs.values():
        name = literal(catalog.name)
        yield (
            f"INSERT INTO {SCHEMA}.catalog VALUES ({name}, {literal(catalog.title)}, {literal(catalog.basis)}) "
            "ON CONFLICT (name) DO UPDATE SET title = EXCLUDED.title, basis = EXCLUDED.basis"
        )
        yield f"DELETE FROM {SCHEMA}.catalog_item WHERE catalog = {name}"
        items = ", ".join(
            f"({name}, {place}, {literal(item.code)}, {literal(item.label)}, {_day(item.since)}, {_day(item.until)})"
            for place, item in enumerate(catalog.items)
        )
        if items:
            yield f"INSERT INTO {SCHEMA}.catalog_item VALUES {items}"


def _day(day: date | None) -> str:
    return f"DATE {literal(day.isoformat())}" if day else "NULL::date"
