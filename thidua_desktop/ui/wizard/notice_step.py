"""Step 0: what must not be kept in the program, and what happens next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from thidua_desktop.services.setup_flow import SetupFlow
from thidua_desktop.ui.components.buttons import link
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.labels import IconLabel
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.step_page import StepPage

_COMING = (
    ("landmark", "Chọn xã, phường, đặc khu hoặc tỉnh của mình"),
    ("file-text", "Xem đầu giấy tờ sẽ in"),
    ("map-pin", "Ghi hoặc dán danh sách khu dân cư, có thể để sau"),
    ("key-round", "Đặt mật khẩu, in phiếu khôi phục"),
)


class NoticeStep(StepPage):
    """Nothing is asked here; ``open_asked`` when there is an office file already (a new PC, a copy on a stick)."""

    open_asked = Signal()

    def __init__(self, look: Look, flow: SetupFlow) -> None:
        super().__init__(
            look,
            flow,
            "Lập sổ của đơn vị trên máy này",
            "Khoảng năm phút. Sổ là một tệp đã mã hóa, nằm trên máy này; chương trình không dùng mạng.",
        )
        self.column.addWidget(
            Notice(
                look,
                State.WARN,
                "Không đưa tài liệu mật vào đây.",
                "Văn bản, số liệu thuộc bí mật nhà nước không được soạn, ghi, lưu trong chương trình này.",
            )
        )
        for icon, text in _COMING:
            self.column.addWidget(IconLabel(look, icon, text, "text-2", TextRole.BASE, 18, "text", wrap=True))
        self.open_link = link(look, "Đã có tệp sổ, mở sổ đó")
        self.open_link.clicked.connect(self.open_asked)
        self.column.addSpacing(look.px(8))
        self.column.addWidget(self.open_link)
        self.column.addStretch(1)

    def first_field(self) -> QWidget | None:
        return None
