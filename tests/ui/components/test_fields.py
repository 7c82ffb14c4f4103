"""Problem lines, warnings, search fields: what a form says beside its fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.fields import FieldFrame, FieldLabel, Notice, ProblemLine, SearchField, WarningBlock
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look


def test_a_required_label_says_so(qtbot: QtBot, look: Look) -> None:
    required, free = FieldLabel("Ngày", required=True), FieldLabel("Ghi chú")
    for made in (required, free):
        qtbot.addWidget(made)
    assert required.accessibleName() == "Ngày, bắt buộc"
    assert [part.text() for part in required.findChildren(QLabel)] == ["Ngày", "*"]
    assert free.accessibleName() == "Ghi chú"


def test_a_problem_line_hides_while_there_is_none(qtbot: QtBot, look: Look) -> None:
    line = ProblemLine(look)
    qtbot.addWidget(line)
    assert line.isHidden()
    line.set_problem("Giờ kết thúc sớm hơn giờ bắt đầu. Nhập giờ sau 19:30, ví dụ 21:00.")
    assert not line.isHidden()
    assert line.accessibleName().startswith("Giờ kết thúc")
    line.set_problem("")
    assert line.isHidden()


def test_a_warning_is_kept_only_with_a_reason(qtbot: QtBot, look: Look) -> None:
    block = WarningBlock(look)
    qtbot.addWidget(block)
    kept: list[str] = []
    block.kept.connect(kept.append)
    block.set_warning("Nhiều hơn thường lệ", "Thôn Tân Lập có 364 hộ, gấp 3,4 lần.")
    block._keep.click()
    assert kept == [] and not block.is_kept()
    qtbot.keyClicks(block.reason, "x")
    block._keep.click()
    assert kept == [] and not block._says_nothing.isHidden()  # a letter says nothing, and the block says so
    qtbot.keyClicks(block.reason, "y")
    assert block._says_nothing.isHidden()
    block.reason.setText("  dự cùng 3 thôn ")
    block._keep.click()
    assert kept == ["dự cùng 3 thôn"] and block.is_kept()
    assert block._folded_text.text() == "Đã giữ, lý do: dự cùng 3 thôn"
    with qtbot.waitSignal(block.reopened):
        block._edit.click()
    assert not block.is_kept()


def test_a_warning_that_was_kept_before_opens_folded_and_can_be_cleared(qtbot: QtBot, look: Look) -> None:
    block = WarningBlock(look)
    qtbot.addWidget(block)
    block.set_warning("Nhiều hơn thường lệ", "Gấp 3,4 lần.", reason="dự cùng 3 thôn")
    assert block.is_kept()
    block.clear()
    assert block.isHidden() and block.reason.text() == ""


def test_enter_in_the_reason_keeps_it(qtbot: QtBot, look: Look) -> None:
    block = WarningBlock(look)
    qtbot.addWidget(block)
    block.set_warning("Nhiều hơn thường lệ", "Gấp 3,4 lần.")
    block.reason.setText("dự cùng 3 thôn")
    with qtbot.waitSignal(block.kept):
        qtbot.keyClick(block.reason, Qt.Key.Key_Return)


def test_a_notice_changes_tint_with_its_state(qtbot: QtBot, look: Look) -> None:
    notice = Notice(look, State.WARN, "Còn thiếu 1 hộ tán thành", "Có 34, cần 35 trong 52 hộ.")
    qtbot.addWidget(notice)
    assert notice.property("kind") == "warning"
    notice.set_notice(State.OK, "Thông qua", "35/52 hộ.")
    assert (notice.property("kind"), notice.accessibleName()) == ("success", "Thông qua. 35/52 hộ")


def test_vietnamese_typing_comes_through_unchanged(qtbot: QtBot, look: Look) -> None:
    field = SearchField(look, "Gõ để lọc", "list-filter")
    qtbot.addWidget(field)
    composing = QInputMethodEvent("ngườ", [])
    QApplication.sendEvent(field, composing)
    assert field.composing() and field.text() == ""
    done = QInputMethodEvent("", [])
    done.setCommitString("người")
    QApplication.sendEvent(field, done)
    assert not field.composing() and field.text() == "người"


def test_retyping_as_unikey_does_gives_what_plain_typing_gives(qtbot: QtBot, look: Look) -> None:
    field = SearchField(look, "Gõ để lọc")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    committed = QInputMethodEvent("", [])
    committed.setCommitString("â")
    QApplication.sendEvent(field, committed)
    assert field.text() == "â"


def test_a_field_frame_shows_the_focus_of_what_is_inside(qtbot: QtBot, look: Look) -> None:
    frame = FieldFrame(look)
    qtbot.addWidget(frame)
    inside = QLineEdit()
    inside.setFrame(False)
    frame.row.addWidget(inside)
    frame.watch(inside)
    with qtbot.waitExposed(frame):
        frame.show()
    inside.setFocus()
    assert frame.focus_inside()
    assert frame.grab().toImage().pixelColor(frame.width() // 2, 0).name().upper() == look.tokens.accent_ink
    inside.clearFocus()
    assert not frame.focus_inside()


def test_a_sentence_without_room_beside_its_bold_words_stands_under_them(qtbot: QtBot, look: Look) -> None:
    long = "Tệp cũ chỉ được đọc, không thay đổi. Việc đã xong ở lại đơn vị cũ; phần đang có được chép về."
    notice = Notice(look, State.INFO, "Chưa mở sổ cũ, chưa có gì để xem.", long)
    qtbot.addWidget(notice)
    notice.show()
    for width, under in ((900, False), (380, True), (900, False)):
        notice.resize(width, 200)
        QApplication.processEvents()
        assert (notice._sentence.y() > notice._name.y()) is under
    notice.set_notice(State.INFO, "Chưa mở sổ cũ, chưa có gì để xem.", "Xem sau.")
    notice.resize(420, 200)
    QApplication.processEvents()
    assert notice._sentence.y() == notice._name.y()  # it fits
