"""Made-up papers that several tests print."""

from __future__ import annotations

from datetime import date, datetime

from thidua_desktop.charts.model import Chart, ChartKind, Series
from thidua_desktop.printing.blocks import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Field,
    HeadCell,
    Heading,
    Orientation,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
)
from thidua_desktop.printing.contents import (
    AgendaItem,
    Annex,
    BallotVote,
    HandVote,
    Issuer,
    MinutesContent,
    OfficialMinutesContent,
    Person,
    RegisterContent,
    ReportContent,
    SheetContent,
)
from thidua_desktop.printing.minutes import official_minutes, residents_minutes
from thidua_desktop.printing.official import register, report, sheet

ISSUER = Issuer(("ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA"), "Phú Hòa")
CHAIR = SignatureBlock("PHÓ CHỦ TỊCH", "Trần Thị Mỹ Uyên", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"))


def figure(text: str, key: str) -> Run:
    """A figure of the report."""
    return Run(text, figure=key)


FIGURES = Table(
    columns=(
        Column("TT", 0.5, Align.CENTER),
        Column("Nội dung", 3.2),
        Column("Kỳ này", 1, Align.RIGHT),
        Column("Kỳ trước", 1, Align.RIGHT),
        Column("Cùng kỳ", 1, Align.RIGHT),
        Column("So cùng kỳ", 1.1, Align.RIGHT),
    ),
    head_rows=(
        (
            HeadCell("TT", rows=2),
            HeadCell("Nội dung", rows=2),
            HeadCell("Số liệu", columns=3),
            HeadCell("So cùng kỳ", rows=2),
        ),
        (HeadCell("Kỳ này"), HeadCell("Kỳ trước"), HeadCell("Cùng kỳ năm trước")),
    ),
    rows=(
        ("1", "Cuộc tuyên truyền, phát động phong trào (cuộc)", Cell("21", figure="sessions"), "14", "12", "+75,0%"),
        ("2", "Lượt người dự (lượt)", Cell("3.296", figure="attendance"), "1.905", "2.105", "+56,6%"),
        ("3", "Tin báo của Nhân dân cung cấp cho lực lượng Công an (tin)", "47", "52", "44", "+6,8%"),
        ("4", "Hộ ký cam kết phòng cháy, chữa cháy (hộ)", "312", "281", "296", "+5,4%"),
    ),
    totals=((Cell("Tổng cộng", columns=2), "3.676", "2.252", "2.457", "+49,6%"),),
    notes=("Ghi chú: số liệu từ ngày 15 tháng 10 đến ngày 14 tháng 11 năm 2026.",),
    caption="Kết quả một số mặt công tác",
)


def report_body() -> tuple[Block, ...]:
    """Two pages of a monthly report."""
    return (
        Paragraph(
            "Thực hiện Kế hoạch số 08/KH-UBND ngày 12 tháng 01 năm 2026 của Ủy ban nhân dân xã về phong trào Toàn dân "
            "bảo vệ an ninh Tổ quốc năm 2026, Ủy ban nhân dân xã Phú Hòa báo cáo kết quả tháng 11 năm 2026 (số liệu "
            "từ ngày 15 tháng 10 đến ngày 14 tháng 11) như sau:"
        ),
        Heading(1, "I. TÌNH HÌNH AN NINH, TRẬT TỰ"),
        Paragraph(
            (
                Run("Trong kỳ xảy ra "),
                figure("02 vụ", "crimes"),
                Run(" phạm pháp hình sự, giảm "),
                figure("01 vụ", "crimes_change"),
                Run(" so với cùng kỳ năm 2025; không có vụ việc phức tạp, khiếu kiện đông người."),
            )
        ),
        Heading(1, "II. KẾT QUẢ THỰC HIỆN"),
        Heading(2, "1. Tuyên truyền, phát động"),
        Paragraph(
            (
                Run("Tổ chức "),
                figure("21 cuộc", "sessions"),
                Run(" tuyên truyền, "),
                figure("3.296 lượt người", "attendance"),
                Run(" dự, tăng "),
                figure("1.191 lượt", "attendance_change"),
                Run(" so với cùng kỳ; trọng tâm là phòng, chống lừa đảo qua mạng và an toàn cháy, nổ."),
            )
        ),
        FIGURES,
        Heading(2, "2. Tổ nhân dân tự quản"),
        Paragraph(
            "Có 86/86 tổ họp định kỳ, 4.062/4.862 hộ có người dự (83,5%); thông qua 31 việc chung ở khu dân cư. "
            "Các tổ ở Tân Lập, Hòa Bắc duy trì mô hình “Tiếng kẻng an ninh” và nhóm hộ tự phòng cháy."
        ),
        Chart(
            ChartKind.BARS,
            "Lượt người dự tuyên truyền theo tháng",
            ("Tháng 6", "Tháng 7", "Tháng 8", "Tháng 9", "Tháng 10", "Tháng 11"),
            (
                Series("Năm 2026", (1850, 2010, 2480, 1730, 1905, 3296)),
                Series("Năm 2025", (1600, 1720, 1990, 1510, None, 2105)),
            ),
            "lượt người",
        ),
        Heading(1, "III. NHIỆM VỤ TRỌNG TÂM KỲ TỚI"),
        Heading(3, "a) Về tuyên truyền"),
        Paragraph("Tiếp tục tuyên truyền ở 15/15 khu dân cư; ký cam kết với 100% hộ kinh doanh."),
        Paragraph(
            "Trên đây là báo cáo kết quả phong trào Toàn dân bảo vệ an ninh Tổ quốc tháng 11 năm 2026 của Ủy ban nhân "
            "dân xã Phú Hòa./."
        ),
    )


def report_sample() -> Document:
    """The monthly report with one wide annex."""
    annex = Annex(
        "SỐ LIỆU THEO KHU DÂN CƯ",
        (
            Table(
                (Column("Khu dân cư", 2), *(Column(f"Chỉ tiêu {number}", 1, Align.RIGHT) for number in range(1, 8))),
                tuple(
                    (name, *(str((place + 2) * number) for number in range(1, 8)))
                    for place, name in enumerate(("Tân Lập", "Long Thạnh", "Hòa Bắc", "Gò Dài", "Nam Sơn"))
                ),
            ),
        ),
        Orientation.LANDSCAPE,
    )
    return report(
        ReportContent(
            ISSUER,
            "Kết quả phong trào Toàn dân bảo vệ an ninh Tổ quốc\ntháng 11 năm 2026",
            report_body(),
            CHAIR,
            ("Ủy ban nhân dân tỉnh", "Công an tỉnh (Phòng PV05)", "Thường trực Đảng ủy xã", "Lưu: VT, CA"),
            ("Ủy ban nhân dân tỉnh Hòa Giang",),
            date=date(2026, 11, 16),
            annexes=(annex,),
        )
    )


def minutes_content() -> MinutesContent:
    """A meeting of 52 households."""
    return MinutesContent(
        commune_line="UBND XÃ PHÚ HÒA",
        area_line="THÔN TÂN LẬP",
        area_name="thôn Tân Lập",
        place_name="Phú Hòa",
        subject="lắp đèn chiếu sáng an ninh và bầu Tổ trưởng tổ nhân dân tự quản",
        opened=datetime(2026, 11, 14, 19, 30),
        closed=datetime(2026, 11, 14, 21, 5),
        venue="Nhà văn hóa thôn Tân Lập",
        chair=Person("Nguyễn Văn Thuận", "Trưởng thôn"),
        secretary=Person("Lê Thị Hồng Gấm", "Chi hội trưởng phụ nữ"),
        households_total=52,
        households_present=47,
        absent_reason="05 hộ đi làm ăn xa",
        guests=(Person("K'Nớ Ha Brông", "Công an xã"),),
        items=(
            AgendaItem(
                "Lắp 12 bóng đèn chiếu sáng an ninh trục đường chính",
                "Trưởng thôn nêu dự toán 18.600.000 đồng.\nÝ kiến các hộ: đề nghị lắp trước ở đoạn gần trường học.",
                HandVote(35, 8, 4),
                35,
                "Thông qua mức đóng góp 300.000 đồng/hộ",
            ),
            AgendaItem(
                "Bầu Tổ trưởng Tổ nhân dân tự quản số 3",
                "Ban công tác Mặt trận giới thiệu một người.",
                BallotVote(47, 47, 46, 1, 44, 2),
                27,
                "Ông Đỗ Quốc Khánh trúng cử.",
            ),
        ),
        head_name="Nguyễn Văn Thuận",
        front_name="Phạm Thị Xuyến",
        household_representatives=("Huỳnh Ngọc Ẩn", "Võ Thị Sáu Lẫm"),
    )


def minutes_sample() -> Document:
    """Minutes of a residential area."""
    return residents_minutes(minutes_content())


def official_minutes_sample() -> Document:
    """Minutes of an office."""
    return official_minutes(
        OfficialMinutesContent(
            ISSUER,
            "Họp đánh giá, phân loại phong trào năm 2026",
            datetime(2026, 11, 18, 8, 0),
            "Phòng họp số 1, trụ sở Ủy ban nhân dân xã",
            (Person("Bùi Đình Quý", "Trưởng Công an xã"), Person("Đặng Thị Thơ", "Chủ tịch Ủy ban MTTQ xã")),
            Person("Trần Thị Mỹ Uyên", "Phó Chủ tịch"),
            Person("Mai Thu Sương", "Văn phòng"),
            (Paragraph("Công an xã trình bày kết quả tự chấm điểm; các thành viên thống nhất 92 điểm."),),
            datetime(2026, 11, 18, 10, 15),
            "7",
        )
    )


def register_rows(count: int) -> tuple[tuple[str, ...], ...]:
    """Rows of a register of meetings, some with cells of several lines."""
    areas = ("Tân Lập", "Long Thạnh", "Hòa Bắc", "Gò Dài", "Nam Sơn")
    long = "Bàn việc lắp đèn chiếu sáng an ninh trục đường chính, phân công tuần tra ban đêm và ký cam kết cháy, nổ"
    return tuple(
        (
            str(number),
            f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/2026",
            areas[number % 5],
            long if number % 3 else "Họp định kỳ",
            f"{40 + number % 13}/52",
            "Đủ điều kiện" if number % 4 else "Không đủ hộ, chuyển phát phiếu lấy ý kiến",
        )
        for number in range(1, count + 1)
    )


REGISTER_COLUMNS = (
    Column("TT", 0.5, Align.CENTER),
    Column("Ngày họp", 1),
    Column("Khu dân cư", 1.2),
    Column("Việc chính", 4),
    Column("Hộ dự", 0.8, Align.RIGHT),
    Column("Kết quả", 2),
)


def register_sample(count: int = 60) -> Document:
    """A register of meetings on landscape sheets."""
    return register(
        RegisterContent(
            ISSUER,
            "SỔ HỌP TỔ NHÂN DÂN TỰ QUẢN",
            REGISTER_COLUMNS,
            register_rows(count),
            "Kỳ báo cáo tháng 11 năm 2026 (15/10/2026 – 14/11/2026)",
            totals=((Cell(f"Tổng cộng: {count} cuộc", columns=4), "2.750", ""),),
            date=date(2026, 2, 5),
            signer=SignatureBlock("CHỦ TỊCH", "Lý Văn Phúc"),
            left_signer=SignatureBlock("NGƯỜI LẬP SỔ", "Mai Thu Sương"),
        )
    )


def sheet_sample() -> Document:
    """A handover slip with a code."""
    return sheet(
        SheetContent(
            ISSUER,
            "PHIẾU BÀN GIAO GÓI DỮ LIỆU",
            "Kèm USB gửi Ủy ban nhân dân tỉnh",
            (
                Field("Tên tệp", "THIDUA_23017_a1b2_000007.tdp"),
                Field("Số thay đổi", "348 bản ghi, 2 báo cáo đã chốt"),
                Field("Ngày tạo", "16/11/2026, 08 giờ 12 phút"),
            ),
            ("Hai bên đối chiếu mã kiểm tra dưới đây trước khi ký.",),
            ("K7QF", "9M2T", "XH4C", "P6RW", "3JDA", "8VNE", "5SGB", "ZL20"),
            "Mã kiểm tra gói (đọc từng nhóm bốn chữ)",
            ("THIDUA1:23017:000007:8f14e45fceea167a5a36dedd4bea2543",),
            (Column("Loại", 2), Column("Số bản ghi", 1, Align.RIGHT), Column("Đã kiểm", 1, Align.CENTER)),
            (("Họp tổ tự quản", "86", "☑"), ("Hoạt động", "41", "☐"), ("Hộ gia đình", "221", "✓")),
            closing=("Phiếu lập thành 02 bản, mỗi bên giữ 01 bản.",),
            date=date(2026, 11, 16),
            signers=(
                SignatureBlock("BÊN GIAO", "Mai Thu Sương", note="(Ký, ghi rõ họ tên)"),
                SignatureBlock("BÊN NHẬN", "", note="(Ký, ghi rõ họ tên)"),
            ),
        )
    )


SAMPLES = {
    "report": report_sample,
    "residents_minutes": minutes_sample,
    "official_minutes": official_minutes_sample,
    "register": register_sample,
    "sheet": sheet_sample,
}
