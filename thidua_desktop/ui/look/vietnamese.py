"""Qt's own texts in Vietnamese: standard buttons, the menu of text fields, file dialogs. PySide6 ships none."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

_TEXTS: dict[str, str] = {
    "OK": "Đồng ý",
    "Cancel": "Thôi",
    "Close": "Đóng",
    "Save": "Lưu",
    "Save All": "Lưu tất cả",
    "Open": "Mở",
    "Yes": "Có",
    "Yes to All": "Có, tất cả",
    "No": "Không",
    "No to All": "Không, tất cả",
    "Abort": "Dừng",
    "Retry": "Thử lại",
    "Ignore": "Bỏ qua",
    "Discard": "Bỏ, không lưu",
    "Don't Save": "Không lưu",
    "Close without Saving": "Đóng, không lưu",
    "Help": "Trợ giúp",
    "Apply": "Áp dụng",
    "Reset": "Đặt lại",
    "Restore Defaults": "Về mặc định",
    "Show Details...": "Xem chi tiết",
    "Hide Details...": "Ẩn chi tiết",
    "Undo": "Hoàn tác",
    "Redo": "Làm lại",
    "Cut": "Cắt",
    "Copy": "Chép",
    "Copy Link Location": "Chép liên kết",
    "Paste": "Dán",
    "Delete": "Xóa",
    "Clear": "Xóa hết",
    "Select All": "Chọn hết",
    "Step up": "Tăng",
    "Step down": "Giảm",
    "Directory:": "Thư mục:",
    "File name:": "Tên tệp:",
    "File &name:": "Tên tệp:",
    "Files of type:": "Loại tệp:",
    "Look in:": "Tìm trong:",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Date Modified": "Ngày sửa",
    "Back": "Lùi",
    "Forward": "Tiến",
    "Parent Directory": "Thư mục trên",
    "Create New Folder": "Tạo thư mục",
    "New Folder": "Thư mục mới",
    "Rename": "Đổi tên",
    "Show hidden files": "Hiện tệp ẩn",
    "Directories": "Thư mục",
    "All Files (*)": "Mọi tệp (*)",
    "Computer": "Máy tính",
    "Choose": "Chọn",
    "Find Directory": "Tìm thư mục",
    "Open File": "Mở tệp",
    "Save As": "Lưu thành",
    "Remove": "Bỏ",
    "Sidebar": "Chỗ hay dùng",
    "List View": "Dạng danh sách",
    "Detail View": "Dạng chi tiết",
    "Scroll here": "Cuộn tới đây",
    "Top": "Đầu",
    "Bottom": "Cuối",
    "Page up": "Trang trước",
    "Page down": "Trang sau",
    "Scroll up": "Cuộn lên",
    "Scroll down": "Cuộn xuống",
    "Left edge": "Mép trái",
    "Right edge": "Mép phải",
    "Page left": "Trang bên trái",
    "Page right": "Trang bên phải",
    "Scroll left": "Cuộn trái",
    "Scroll right": "Cuộn phải",
}


def vietnamese_text(source: str) -> str:
    """The Vietnamese of one of Qt's own texts, or an empty string; access keys (``&``) are dropped on purpose,
    because Alt+letter belongs to the Vietnamese keyboard."""
    return _TEXTS.get(source) or _TEXTS.get(source.replace("&", ""), "")


class VietnameseTexts(QTranslator):
    """Answers Qt's look-ups from the table above; install it once on the application."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1) -> str:
        # What is not in the table stays as it is: for Qt an empty answer is a translation, and print dialogs go blank.
        return vietnamese_text(source_text) or source_text
