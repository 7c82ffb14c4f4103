"""Step 3: write and check, and say in large letters when the stick may be pulled."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.ui.components.buttons import bordered, filled
from thidua_desktop.ui.components.labels import IconLabel, label
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.step_card import StepCard


class WriteState(StrEnum):
    """How far the writing is."""

    NO_PLACE = "no-place"
    WAITING = "waiting"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


class WriteCard(StepCard):
    """``write_wanted``, ``slip_wanted``, ``again_wanted`` (another stick), ``stop_wanted``."""

    write_wanted = Signal()
    slip_wanted = Signal()
    again_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, 3, "Ghi và kiểm tra")
        self._look = look
        self.current = WriteState.NO_PLACE
        self._result = IconLabel(look, "circle-check", "", "ok", TextRole.PAGE_TITLE, 32, wrap=True)
        self._facts = [IconLabel(look, "check", "", "ok", TextRole.BASE, 18, text_ink="text") for _ in range(3)]
        self._words = label("", ink="text-2", wrap=True)
        self.strip = ProgressStrip(look)
        self.write_button = filled(look, "Ghi vào USB", "usb")
        self.slip_button = filled(look, "In phiếu bàn giao", "printer")
        self.again_button = bordered(look, "Ghi thêm USB", "usb")
        for widget in (self._result, *self._facts, self._words, self.strip):
            self.middle.addWidget(widget)
        self.middle.addStretch(1)
        self._buttons = QHBoxLayout()
        look.margins(self._buttons, 0, 0, 0, 0, 8)
        for button in (self.write_button, self.slip_button, self.again_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        holder = QVBoxLayout()
        look.margins(holder, 0, 0, 0, 4, 0)
        holder.addLayout(self._buttons)
        self.middle.addLayout(holder)
        self.write_button.clicked.connect(self.write_wanted)
        self.slip_button.clicked.connect(self.slip_wanted)
        self.again_button.clicked.connect(self.again_wanted)
        self.strip.cancelled.connect(self.stop_wanted)
        self.show_no_place()

    def show_no_place(self) -> None:
        """Nothing is chosen yet."""
        self._show(WriteState.NO_PLACE, "Chọn USB hoặc thư mục ở bước 2 trước.")
        self.write_button.set_reason("Chưa chọn nơi ghi")
        self.say(State.MISSING, "Chưa ghi")

    def show_waiting(self, stick: bool, copy: bool = False) -> None:
        """Ready to write; ``copy``: the same package once more."""
        words = "Gói được ghi dưới tên tạm, đọc lại từng byte, rồi mới đổi sang tên thật."
        if copy:
            words = "Chép đúng gói vừa lập sang nơi này; số gói không đổi."
        self._show(WriteState.WAITING, words)
        self.write_button.set_content("Ghi vào USB" if stick else "Ghi vào thư mục", "usb" if stick else "folder-open")
        self.write_button.set_reason("")
        self.say(State.MISSING, "Chưa ghi")

    def show_writing(self, stick: bool) -> None:
        """Writing; the bar moves by ``strip.set_progress``."""
        self._show(WriteState.WRITING, "")
        self.strip.start("Đang ghi. Đừng rút USB." if stick else "Đang ghi.")
        self.say(State.RUNNING, "Đang ghi")

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """How many records; after the last one attached files and the reading back still take what the stick takes."""
        if done < total:
            self.strip.set_progress(done, total, text)
        else:
            self.strip.set_progress(0, 0, "Đang ghi nốt, đọc lại từng byte. Đừng rút USB.")

    def show_done(self, stick: bool, at: str, size: str, seconds: int, name: str) -> None:
        """Written, read back, flushed."""
        self._show(WriteState.DONE, "")
        self._result.set_content("circle-check", "Rút USB được rồi" if stick else "Đã ghi xong", "ok")
        last = "Đã đẩy hết dữ liệu xuống USB" if stick else f"Tệp {name}"
        took = f"hết {seconds} giây" if seconds else "chưa đến 1 giây"
        for fact, words in zip(
            self._facts, (f"Đã ghi {size}, {took}", "Đã đọc lại, khớp từng byte", last), strict=True
        ):
            fact.set_content("check", words, "ok")
        self._words.setText("Ký phiếu bàn giao với người nhận ở tỉnh. Mất USB không mất số liệu: gói sau gồm đủ.")
        self._words.show()
        self.say(State.OK, f"Xong lúc {at}")
        self.set_outline("ok")
        self.slip_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failed(self, error: UserError) -> None:
        """Refused by the stick or pulled: what happened and what to do; nothing is lost."""
        self._show(WriteState.FAILED, f"{error.sentence} {error.remedy}")
        self._result.set_content("triangle-alert", "Chưa ghi được", "bad")
        self._result.show()
        self.write_button.set_content("Ghi lại từ đầu", "refresh-cw")
        self.write_button.set_reason("")
        self.say(State.BAD, f"Lỗi {error.code}")
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that stopped the work is gone

    def set_narrow(self, narrow: bool) -> None:
        """Where width is short the buttons stand above each other."""
        self._buttons.setDirection(QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight)

    def step_button(self) -> QWidget | None:
        """The button that Enter presses now."""
        for button in (self.write_button, self.slip_button):
            if not button.isHidden() and button.isEnabled():
                return button
        return None

    def _show(self, state: WriteState, words: str) -> None:
        self.current = state
        done = state is WriteState.DONE
        self.set_outline("")
        self.strip.finish()
        self._result.setVisible(done)
        for fact in self._facts:
            fact.setVisible(done)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.write_button.setVisible(state in (WriteState.NO_PLACE, WriteState.WAITING, WriteState.FAILED))
        self.slip_button.setVisible(done)
        self.again_button.setVisible(done)
