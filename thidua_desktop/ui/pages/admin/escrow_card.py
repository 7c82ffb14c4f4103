"""The way in that the province keeps: given and taken back at the commune; kept and printed at the province."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.services.handoff import escrow
from thidua_desktop.services.handoff.escrow import KeptDeposit
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import format_date, lower_first
from thidua_desktop.ui.components.buttons import Button, bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.file_choice import PDF_FILES, file_to_open, file_to_write, folder_to_use
from thidua_desktop.ui.components.labels import ElidedLabel, StateLabel, hairline_widget, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.paper_output import save_file
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED
from thidua_desktop.ui.pages.admin.people_dialogs import Deed, FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

_FILES = "Tệp gửi giữ hộ (*.tdescrow)"


class EscrowCard(Card):
    """``told`` carries good news for the status bar."""

    told = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Đường vào các xã gửi giữ hộ" if session.is_province else "Gửi tỉnh giữ hộ đường vào sổ")
        self.look, self.session = look, session
        self.dialog: FormDialog | None = None
        self.writing = LongWork(look, self)
        self.state = StateLabel(look, State.MISSING, "", role=TextRole.BASE)
        self.add_padded(self.state, top=12, bottom=4)
        buttons = WrapRow(look)
        if session.is_province:
            self._rows = QWidget()
            self._column = QVBoxLayout(self._rows)
            self._column.setContentsMargins(0, 0, 0, 0)
            self._column.setSpacing(0)
            self.add(self._rows)
            self.take_button = bordered(look, "Nhận tệp gửi giữ…", "file-input")
            self.take_button.clicked.connect(self._ask_file)
            offered: tuple[Button, ...] = (self.take_button,)
        else:
            words = (
                "Mất cả mật khẩu lẫn phiếu khôi phục thì tỉnh in được phiếu cứu sổ dùng một lần. Mặc định là không gửi."
            )
            self.add_padded(label(words, ink="text-2", wrap=True), top=0, bottom=12)
            self.give_button = bordered(look, "Gửi giữ hộ…", "key-round")
            self.stop_button = bordered(look, "Thôi gửi", "x")
            self.give_button.clicked.connect(self.ask_give)
            self.stop_button.clicked.connect(self.stop)
            offered = (self.give_button, self.stop_button)
        for button in offered:
            buttons.add(button)
            if not session.may(Permission.MANAGE):
                button.set_reason(NOT_ALLOWED)
        self.add_foot(buttons)
        self.rescue_buttons: list[QWidget] = []
        self.show_state()

    def show_state(self) -> None:
        """Reads what is kept."""
        if self.session.is_province:
            self._show_kept(escrow.kept(self.session))
            return
        known = escrow.state(self.session)
        state = State.OK if known.province else State.SOON if known.used else State.MISSING
        self.state.set_state(state, known.words)
        if self.session.may(Permission.MANAGE):
            self.stop_button.set_reason("" if known.province else "Không gửi tỉnh giữ hộ")

    # At the commune

    def ask_give(self) -> None:
        """Asks in plain words, then where to write the file."""
        self._open(GiveDialog(self.look, self.session, self), "Đã ghi tệp gửi giữ hộ; đưa cho tỉnh trên USB.")

    def stop(self) -> None:
        """Takes the way in back."""
        done = "Đã thôi gửi; điều tỉnh đang giữ không mở được sổ nữa."
        self.writing.start("Đang bỏ đường vào", in_office(self.session, escrow.stop), lambda _none: self._tell(done))

    # At the province

    def _ask_file(self) -> None:
        path = file_to_open(self, "Tệp gửi giữ hộ của xã", _FILES, Files.PACKAGES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Keeps what a commune sends."""
        take = in_office(self.session, lambda own: escrow.take(own, path))
        self.writing.start("Đang nhận tệp", take, lambda kept: self._tell(f"Đã nhận giữ hộ của {kept.name}."))

    def _tell(self, done: str) -> None:
        self.show_state()
        self.told.emit(done)

    def _show_kept(self, kept: list[KeptDeposit]) -> None:
        clear_layout(self._column)
        self.rescue_buttons = []
        self.state.set_state(
            State.OK if kept else State.MISSING, f"{len(kept)} máy của xã gửi giữ hộ" if kept else "Chưa có xã nào gửi"
        )
        for one in kept:
            self._column.addWidget(hairline_widget())
            self._column.addWidget(self._row(one))

    def _row(self, one: KeptDeposit) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        self.look.margins(row, 16, 6, 12, 6, 8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(f"{one.name}, máy {one.installation[-4:]}"))
        last = one.opened[-1] if one.opened else None
        told = f"gửi ngày {format_date(one.day)}"
        told += f"; in phiếu cứu {format_date(last[0].date())}, {last[1]}" if last else ""
        words.addWidget(ElidedLabel(told, ink="muted"))
        row.addLayout(words, 1)
        button = borderless(self.look, "Cứu sổ…", "key-round")
        button.setAccessibleName(f"In phiếu cứu sổ cho {one.name}")
        if not self.session.may(Permission.MANAGE):
            button.set_reason(NOT_ALLOWED)
        button.clicked.connect(partial(self.ask_rescue, one))
        row.addWidget(button)
        self.rescue_buttons.append(button)
        return holder

    def ask_rescue(self, one: KeptDeposit, _checked: bool = False) -> None:
        """Asks who asked for it and why, then where to write the sheet."""
        self._open(
            RescueDialog(self.look, self.session, one, self), "Đã ghi phiếu cứu sổ; in, giao tận tay rồi xóa tệp."
        )

    def _open(self, dialog: FormDialog, done: str) -> None:
        self.dialog = dialog

        dialog.accepted.connect(lambda: self._tell(done))
        dialog.open()


class GiveDialog(FormDialog):
    """What it means, a tick that the office agrees, a folder."""

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(look, "Gửi tỉnh giữ hộ đường vào sổ", "Ghi tệp cho tỉnh…", parent)
        self._session = session
        self.column.addWidget(label(escrow.PURPOSE, wrap=True))
        self.agreed = QCheckBox("Lãnh đạo đơn vị đã đồng ý gửi tỉnh giữ hộ")
        self.column.addWidget(self.agreed)
        self.agreed.toggled.connect(lambda on: self.go_button.set_reason("" if on else "Đánh dấu vào ô đồng ý trước"))
        self.go_button.set_reason("Đánh dấu vào ô đồng ý trước")
        size_to_content(look, self, 520)

    def work(self) -> bool | Deed:
        folder = folder_to_use(self, "Thư mục, USB để ghi tệp cho tỉnh", Files.PACKAGES)
        if folder is None:
            return False
        agreed = self.agreed.isChecked()
        return in_office(self._session, lambda own: escrow.give(own, folder, agreed=agreed))


class RescueDialog(FormDialog):
    """Who asked and why, kept with the log; then the sheet as a PDF to print."""

    def __init__(self, look: Look, session: Session, kept: KeptDeposit, parent: QWidget | None = None) -> None:
        super().__init__(look, f"Phiếu cứu sổ cho {lower_first(kept.name)}", "Ghi phiếu…", parent)
        self._session, self._kept = session, kept
        words = (
            "Chỉ in khi đơn vị ấy yêu cầu bằng văn bản hoặc gặp trực tiếp. Phiếu mở được sổ của đơn vị cùng với tệp sổ "
            "và tệp khóa của họ, dùng một lần. Việc in được ghi vào nhật ký ở tỉnh, việc dùng ghi ở xã."
        )
        self.column.addWidget(label(words, ink="text-2", wrap=True))
        self.reason = PlainLine(look, "Ai yêu cầu, vì sao")
        self.add_row(
            "reason", FormRow(look, "Ai yêu cầu, vì sao", self.reason, "Ví dụ: công văn số 12, mất mật khẩu.", True)
        )
        size_to_content(look, self, 520)
        self.reason.setFocus()

    def work(self) -> bool | Deed:
        if len(self.reason.text().split()) < 2:
            self.rows["reason"].set_problem("Ghi ai yêu cầu và vì sao.")
            return False
        name = f"phieu-cuu-so-{self._kept.office}-{self._kept.installation[-4:]}.pdf"
        path = file_to_write(self, "Ghi phiếu cứu sổ", name, PDF_FILES, Files.RECOVERY)
        if path is None:
            return False
        kept, reason = self._kept, self.reason.text()

        def write(own: Session) -> None:
            save_file(escrow.rescue(own, kept.office, kept.installation, reason).pdf, path)

        return in_office(self._session, write)
