"""The made-up commune's register of issued papers: plans, monthly reports, letters; one number was left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from thidua_desktop.formdef.model import Value
from thidua_desktop.services.demo.world import DemoWorld, Ids, Made

SIGNER = "Đặng Thị Ước"
WRITTEN: dict[str, dict[str, Value]] = {
    "letter": {
        "addressees": "Các khu dân cư trên địa bàn xã\nCác cơ quan, doanh nghiệp, cơ sở giáo dục",
        "body": "Thực hiện kế hoạch xây dựng phong trào năm nay, Ủy ban nhân dân xã Phú Hòa đề nghị:\n"
        "1. Mỗi khu dân cư tổ chức ít nhất hai cuộc tuyên truyền trong quý, gửi danh sách người dự về Công an xã.\n"
        "2. Cơ quan, doanh nghiệp, cơ sở giáo dục rà soát nội quy, lực lượng bảo vệ, phương tiện chữa cháy tại chỗ.\n"
        "Đề nghị các đơn vị triển khai thực hiện.",
    },
    "decision": {
        "grounds": "Căn cứ Luật Tổ chức chính quyền địa phương\nTheo đề nghị của Trưởng Công an xã",
        "body": "Điều 1. Kiện toàn Ban Chỉ đạo phong trào toàn dân bảo vệ an ninh Tổ quốc gồm 09 thành viên.\n"
        "Điều 2. Ban Chỉ đạo làm việc theo quy chế, sử dụng con dấu của Ủy ban nhân dân xã.\n"
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Các thành viên có tên chịu trách nhiệm thi hành.",
        "annex": "Phân công thành viên Ban Chỉ đạo\n1. Trưởng ban: Chủ tịch Ủy ban nhân dân xã.\n"
        "2. Phó Trưởng ban thường trực: Trưởng Công an xã.\n3. Thành viên: đại diện Mặt trận Tổ quốc và các đoàn thể.",
    },
}
"""Texts of papers that were written with the program."""
LEFT_OUT = 7
"""A report's number that was never used, so that the page of numbers has a gap to show."""
LETTERS = (
    ("letter", "UBND-VP", "Đôn đốc nộp báo cáo phong trào"),
    ("letter", "UBND-VP", "Phối hợp tuyên truyền phòng cháy, chữa cháy"),
    ("invitation", "GM-UBND", "Dự giao ban phong trào toàn dân bảo vệ an ninh Tổ quốc"),
    ("decision", "QĐ-UBND", "Kiện toàn Ban Chỉ đạo phong trào toàn dân bảo vệ an ninh Tổ quốc"),
)


def records(world: DemoWorld) -> Iterator[Made]:
    """The papers of every year; ids of their own, so that other packs stay what they were."""
    ids = Ids(Random(30), world.calendar.first)
    for year in world.years():
        papers = [*_plans(year), *_reports(year), *_letters(year)]
        for number, kind, symbol, day, subject in papers:
            if not world.calendar.first <= day <= world.calendar.last:
                continue
            values: dict[str, Value] = {
                "number": number, "symbol": symbol, "type": kind, "issued_on": day, "subject": subject,
                "signer": SIGNER, "recipients": "Ủy ban nhân dân tỉnh; Công an tỉnh; Lưu: VT",
                "copy_kept_by": "Văn thư", "copies": 5, "sent_on": day, **WRITTEN.get(kind, {}),
            }  # fmt: skip
            yield Made("issued_document", ids.new(), values)


_Paper = tuple[int, str, str, date, str]


def _plans(year: int) -> Iterator[_Paper]:
    for number in range(1, 6):
        yield number, "plan", "KH-UBND", date(year, 1, 11 + number), f"Công tác chuyên đề {number} năm {year}"


def _reports(year: int) -> Iterator[_Paper]:
    number = 0
    for month in range(1, 13):
        number += 2 if number + 1 == LEFT_OUT else 1
        subject = f"Kết quả phong trào toàn dân bảo vệ an ninh Tổ quốc tháng {month} năm {year}"
        yield number, "report", "BC-UBND", date(year, month, 15), subject


def _letters(year: int) -> Iterator[_Paper]:
    counted: dict[str, int] = {}
    for place, (kind, symbol, subject) in enumerate(LETTERS):
        counted[symbol] = counted.get(symbol, 0) + 1
        yield counted[symbol], kind, symbol, date(year, 2, 3) + timedelta(days=40 * place), subject
