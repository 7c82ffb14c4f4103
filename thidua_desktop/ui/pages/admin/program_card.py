"""Chương trình và máy này: the version, updates and the way back, the look over this machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox

from thidua_desktop import __version__
from thidua_desktop.services import updates
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Session
from thidua_desktop.text import format_moment
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.components.showing import set_shown
from thidua_desktop.ui.look.theme import Look

_HOW = (
    "Bản mới đến bằng tệp .tdupdate trên USB, có chữ ký của nơi phát hành; nhấp đúp hoặc thả vào cửa sổ cũng mở được."
)


class ProgramCard(Card):
    """``update_chosen`` carries an update file; ``back_asked`` once the person is sure; the others are buttons."""

    update_chosen = Signal(object)
    back_asked = Signal()
    doctor_asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Chương trình và máy này")
        self._session = session
        self.words = label("", wrap=True)
        self.wanted = label("", ink="warn", wrap=True)
        self.update_button = bordered(look, "Cập nhật từ tệp…", "refresh-cw")
        self.back_button = bordered(look, "", "undo-2")
        self.doctor_button = bordered(look, "Kiểm tra máy…", "clipboard-check")
        self.update_button.clicked.connect(self._ask_file)
        self.back_button.clicked.connect(self._ask_back)
        self.doctor_button.clicked.connect(self.doctor_asked)
        self.add_padded(self.words, top=12, bottom=4)
        self.add_padded(self.wanted, top=0, bottom=4)
        self.add_padded(caption(_HOW, wrap=True), top=0, bottom=12)
        self.add_foot(self.update_button, self.back_button, self.doctor_button)
        self.show_state()

    def show_state(self) -> None:
        """The version, what the province asks for, and whether there is a way back."""
        self.words.setText(f"Bản {__version__}")
        wanted = updates.wanted_version(self._session)
        self.wanted.setText(f"Tỉnh yêu cầu dùng bản {wanted}: mở tệp cập nhật (.tdupdate) tỉnh gửi kèm gói chỉ đạo.")
        set_shown(self.wanted, bool(wanted))
        back = updates.way_back()
        self.back_button.set_content(f"Về bản {back.before}…" if back else "")
        set_shown(self.back_button, back is not None)

    def _ask_file(self) -> None:
        path = file_to_open(self, "Chọn tệp cập nhật", "Tệp cập nhật (*.tdupdate)", Files.DEFINITIONS)
        if path is not None:
            self.update_chosen.emit(path)

    def _ask_back(self) -> None:
        back = updates.way_back()
        if back is None:
            return
        asked = QMessageBox(self)
        asked.setWindowTitle("Về bản trước")
        asked.setText(back_words(back))
        sure = asked.addButton(f"Về bản {back.before}", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton("Thôi", QMessageBox.ButtonRole.RejectRole)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.buttonClicked.connect(lambda button: self.back_asked.emit() if button is sure else None)
        asked.open()


def back_words(back: updates.WayBack) -> str:
    """What happens on the way back, with the moment whose state the office gets."""
    begin = f"Chương trình đóng lại và cài bản {back.before}. "
    at = back.backed_up
    if at is None:
        return f"{begin}Sổ không đổi; bản {back.before} có thể không mở được sổ mà bản {back.after} đã nâng cấp."
    return (
        f"{begin}Sổ {Path(back.office).name} trở về lúc {format_moment(at)}, trước khi cập nhật. "
        f"Sổ hiện tại, với những gì ghi từ đó, giữ bên cạnh dưới tên “(bản {back.after})”; "
        f"chỉ bản {back.after} trở lên mở được tệp ấy."
    )
