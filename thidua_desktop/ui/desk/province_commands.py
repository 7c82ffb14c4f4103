"""What Ctrl+K finds of the province's work besides rooms: views of its pages, and the words people call rooms by."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.ui.desk import rooms as desk_rooms

ROOM_WORDS: dict[str, str] = {
    desk_rooms.INBOX: "nhận gói usb xã gửi lên nhập đọc thư gói trễ muộn lỗi hỏng gửi lại",
    desk_rooms.BOARD: (
        "ai chưa gửi đã gửi trễ hạn nộp báo cáo xã danh sách theo dõi đôn đốc nhắc phiếu trả lại "
        "kiểm tra số liệu chấp nhận khóa"
    ),
    desk_rooms.TOTALS: (
        "xếp hạng so sánh các xã số liệu toàn tỉnh cộng bảng nhiều chỉ tiêu ma trận bản đồ biểu đồ lệch xuất excel"
    ),
    desk_rooms.REPORT: (
        "báo cáo bộ công an cấp trên trung ương gửi bộ in xuất word excel pdf phụ lục bổ sung tháng quý 6 sáu tháng năm"
    ),
    desk_rooms.CHANGES: "sắp xếp đơn vị hành chính sáp nhập chia tách đổi tên xã phường nghị quyết kết thúc",
}
"""By room: what else people call what is done there."""


PROVINCE_CARDS: dict[str, str] = {"escrow": "Đường vào các xã gửi giữ hộ"}
"""Cards of Quản trị that the province has by another title."""


@dataclass(frozen=True, slots=True)
class View:
    """A part of a room's page: ``argument`` is what its page is opened with."""

    room: str
    argument: str
    title: str
    icon: str
    called: str


VIEWS: tuple[View, ...] = (
    View(desk_rooms.INBOX, "cards", "Thẻ đơn vị", "landmark",
         "nhận thẻ mới của xã vân tay làm quen khóa ký thu hồi trả lại đăng ký đổi khóa đổi máy cài lại "
         "danh sách đơn vị thêm xã mới cấp lại khóa tdcard"),
    View(desk_rooms.INBOX, "directives", "Chỉ đạo gửi xuống xã", "megaphone",
         "soạn gói chỉ đạo ghi gửi chương trình kế hoạch giao nhiệm vụ danh mục mẫu mới cập nhật hạn nộp "
         "văn bản chỉ đạo công văn chỉ đạo"),
    View(desk_rooms.INBOX, "paper", "Mã trên giấy", "file-input",
         "quét mã qr vạch vuông báo cáo giấy máy quét số liệu"),
    View(desk_rooms.INBOX, "receipts", "Ghi biên nhận cho xã", "file-check",
         "biên nhận xác nhận đã nhận trả lại quyết định gửi xuống usb"),
    View(desk_rooms.INBOX, "undo", "Gỡ gói đã nhập", "undo-2", "hoàn tác gói nhập nhầm bỏ"),
    View(desk_rooms.INBOX, "aside", "Dòng để riêng", "triangle-alert", "xung đột bản ghi không nhập được giữ lại"),
    View(desk_rooms.TOTALS, "ranking", "Xếp hạng, so sánh các xã", "chart-column", "theo một chỉ tiêu hạng nhất tỷ lệ"),
    View(desk_rooms.TOTALS, "matrix", "So sánh các xã theo nhiều chỉ tiêu", "layout-grid", "ma trận bảng"),
    View(desk_rooms.BOARD, "remind", "Đôn đốc xã chưa gửi báo cáo", "megaphone", "công văn nhắc trễ hạn quá hạn"),
)  # fmt: skip
"""In the order in which they are shown."""
