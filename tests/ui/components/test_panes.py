"""Cards, heads, panes, labels, empty places, progress, choices, dialogs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.bars import Bar
from thidua_desktop.ui.components.buttons import bordered, borderless, filled, link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import Chip
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.detail_pane import (
    ChangeLine,
    DetailPane,
    FieldChange,
    Figure,
    FigureView,
    HistoryEntry,
    HistoryView,
)
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.labels import ElidedLabel, StateLabel, label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.progress import SHOWN_AFTER, ProgressStrip
from thidua_desktop.ui.components.small_chart import SmallChart
from thidua_desktop.ui.components.states import State, state_look
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look


def color_at(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name().upper()


def test_every_state_has_icon_and_ink(look: Look) -> None:
    for state in State:
        shown = state_look(state)
        assert not look.pixmap(shown.icon, shown.ink, 16).isNull()
        assert look.color(shown.soft).isValid()


def test_the_corners_of_a_flush_card_show_the_page_behind(qtbot: QtBot, look: Look) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    card = Card(look, "Việc đến hạn", "1 quá hạn", flush=True)
    tinted = QWidget()
    tinted.setProperty("kind", "side")
    tinted.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    card.add(tinted, 1)
    column.addWidget(card)
    holder.resize(300, 200)
    with qtbot.waitExposed(holder):
        holder.show()
    assert color_at(holder, 0, 199) == look.tokens.bg
    assert color_at(holder, 1, 198) == look.tokens.bg
    assert color_at(holder, 1, 100) == look.tokens.side
    assert color_at(holder, 40, 190) == look.tokens.side


def test_a_card_head_takes_a_new_title_and_caption(qtbot: QtBot, look: Look) -> None:
    card = Card(look, "Việc đến hạn")
    qtbot.addWidget(card)
    assert card.head is not None and card.head.height() == 40
    card.head.set_caption("3 trong tuần này")
    assert not card.head._caption.isHidden()
    card.set_outline("ok")
    assert card.property("outline") == "ok"


def test_a_page_head_puts_scope_before_the_spring(qtbot: QtBot, look: Look) -> None:
    head = PageHead(look, "Báo cáo", back="Sổ họp", actions=[bordered(look, "In, PDF")])
    qtbot.addWidget(head)
    scope = label("Tháng 11/2026")
    head.add_scope(scope)
    head.resize(900, 34)
    head.show()
    assert head.back_button is not None
    assert scope.x() < 500 < head.width()
    head.set_title("Báo cáo tháng")
    assert head.title() == "Báo cáo tháng"


@pytest.mark.parametrize("width", [900, 240])
def test_a_page_head_comes_to_rest(qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """A layout that asks for a layout would keep the processor busy as long as the page is shown."""
    arranged: list[int] = []
    arrange = PageHead._arrange
    monkeypatch.setattr(PageHead, "_arrange", lambda head: (arranged.append(1), arrange(head)))
    button = filled(look, "Chốt số liệu", "lock", "Ctrl+S")
    head = PageHead(look, "Báo cáo", actions=[borderless(look, "In danh sách", "printer"), button])
    assert not arranged  # it has no width yet
    qtbot.addWidget(head)
    head.resize(width, 34)
    head.show()
    for _ in range(60):
        QApplication.sendPostedEvents()
    assert 0 < len(arranged) < 30
    assert (button.width_of_gone_hint() > 0) == (width == 240)


def test_seldom_buttons_keep_their_place_and_go_into_the_menu_when_the_width_ends(qtbot: QtBot, look: Look) -> None:
    often, seldom = bordered(look, "Ghi cuộc họp"), bordered(look, "Nhận gói của tỉnh")
    head = PageHead(look, "Hôm nay", actions=[often, seldom], movable=[seldom])
    qtbot.addWidget(head)
    head.resize(900, 34)
    head.show()
    QApplication.processEvents()
    assert often.x() < seldom.x() and head.moved_tools() == []
    head.resize(head.minimumSizeHint().width() + 10, 34)
    QApplication.processEvents()
    assert head.moved_tools() == ["Nhận gói của tỉnh"] and not often.isHidden()


def test_a_title_without_room_begins_the_second_line_before_the_scope(qtbot: QtBot, look: Look) -> None:
    scope = [label("Tháng 11/2026: 15/10 – 14/11"), label("Toàn xã")]
    loud = [bordered(look, "Không phải một người"), filled(look, "Gộp làm một")]
    head = PageHead(look, "Người có thể bị ghi hai lần", back="Sổ người tham gia", scope=scope, actions=loud)
    qtbot.addWidget(head)
    head.resize(620, 34)
    head.show()
    qtbot.waitUntil(lambda: head.height() == 76 and head._title.y() > 0)
    for part in (head._title, *scope):
        assert part.y() > loud[0].geometry().bottom() and part.width() >= part.minimumSizeHint().width()
    assert head._title.x() < scope[0].x() < scope[1].x()
    head.resize(1300, 34)
    qtbot.waitUntil(lambda: head.height() == 34)
    assert head._title.x() < scope[0].x() < scope[1].x() < loud[0].x()


def test_a_scope_without_room_beside_such_a_title_goes_on_in_a_third_line(qtbot: QtBot, look: Look) -> None:
    scope = [label("Tháng 11/2026: 15/10 – 14/11"), label("Toàn xã")]
    head = PageHead(look, "So sánh nhiều chỉ tiêu, tháng 11/2026", back="Tổng hợp", scope=scope,
                    actions=[bordered(look, "Không phải một người"), filled(look, "In bảng so sánh")])  # fmt: skip
    qtbot.addWidget(head)
    head.resize(580, 34)
    head.show()
    for width, lines in ((580, 3), (1500, 1), (800, 2), (580, 3), (800, 2)):
        head.resize(width, 34)
        qtbot.waitUntil(lambda lines=lines: head.height() == look.px(42 * lines - 8))
        qtbot.waitUntil(lambda: head._title.width() >= head._title.sizeHint().width())
        assert [part.isVisible() for part in scope] == [True, True]
        assert head.sizeHint().height() <= head.height()
    assert head._title.y() + head._title.height() <= head.height()


def test_an_elided_label_keeps_the_whole_text_as_tooltip(qtbot: QtBot, look: Look) -> None:
    words = ElidedLabel("Một tên rất dài không vừa chỗ")
    qtbot.addWidget(words)
    words.resize(80, 24)
    words.grab()
    assert words.toolTip() == "Một tên rất dài không vừa chỗ"
    words.resize(600, 24)
    words.grab()
    assert words.toolTip() == ""


def test_a_state_label_changes_icon_word_and_ink(qtbot: QtBot, look: Look) -> None:
    shown = StateLabel(look, State.SOON, "Còn 9 tổ")
    qtbot.addWidget(shown)
    shown.set_state(State.OK, "Đạt, cần 10")
    assert (shown.text(), shown.accessibleName()) == ("Đạt, cần 10", "Đạt, cần 10")
    assert [part.property("ink") for part in shown.findChildren(QLabel) if part.text()] == ["ok"]


def test_a_pane_replaces_its_head_and_keeps_its_tabs(qtbot: QtBot, look: Look) -> None:
    pane = DetailPane(look)
    qtbot.addWidget(pane)
    pane.add_tab("Nội dung", QWidget())
    pane.add_tab("Lịch sử 4", HistoryView(look))
    for title in ("Tổ 5", "Tổ 6"):
        pane.set_head(title, "08/11/2026", Tag(look, State.FILED, "Đủ"), [Figure("Hộ dự", "43", "/48 hộ")])
    assert pane._figures.count() == 2
    pane.set_head("Tổ 7", "", None, [Figure("Lượt người dự", "161", " lượt"), Figure("Trong đó nữ", "56", " lượt")])
    pane.resize(330, 400)
    pane.show()
    whole, part = (one for one in pane.findChildren(FigureView) if one.isVisible())
    pane.set_head("Tổ 8", "", None, [Figure("Lượt người dự", "9", " lượt"), Figure("Số hộ", "7", " hộ")])
    assert [one for one in pane.findChildren(FigureView) if one.isVisible()] == [whole, part]  # no new ones
    assert [one.accessibleName() for one in (whole, part)] == ["Lượt người dự: 9 lượt", "Số hộ: 7 hộ"]
    assert part.x() - whole.geometry().right() <= look.px(30)  # a whole and its part stand together
    assert whole.width() + part.width() < pane.width() - look.px(60)
    pane.set_head("Tổ 7", "", Tag(look, State.FILED, "Đủ"), [])
    assert pane._tag_place.count() == 1
    pane.tabs.setCurrentIndex(1)
    assert pane._pages.currentIndex() == 1


def test_long_values_of_a_change_are_read_whole_on_lines_of_their_own(qtbot: QtBot, look: Look) -> None:
    short = ChangeLine(look, FieldChange("Hộ dự", "41", "43 hộ"))
    old, new = "Nhà văn hóa thôn Đông Hạ, cạnh trường tiểu học", "Sân nhà ông tổ trưởng tổ tự quản số 7, thôn Đông Hạ"
    long = ChangeLine(look, FieldChange("Địa điểm", old, new))
    for line in (short, long):
        qtbot.addWidget(line)
    width = look.px(300)
    assert short.heightForWidth(width) == look.px(21)
    lines = long._broken(width)
    assert [" ".join(words) for words in lines] == [old, new]
    assert long.heightForWidth(width) == look.px(21) * (1 + len(lines[0]) + len(lines[1])) > 3 * look.px(21)
    view = HistoryView(look)
    qtbot.addWidget(view)
    view.set_entries([HistoryEntry("09/11/2026, 08:12", "Mai Thu Sương", "Sửa 1 mục", (long._change,))])
    view.resize(look.px(332), 700)
    view.show()
    QApplication.processEvents()
    (shown,) = view.findChildren(ChangeLine)
    assert shown.height() == shown.heightForWidth(shown.width()) > 3 * look.px(21)


def test_history_offers_undo_on_the_newest_only(qtbot: QtBot, look: Look) -> None:
    view = HistoryView(look)
    qtbot.addWidget(view)
    change = FieldChange("Hộ dự", "41", "43 hộ")
    entry = HistoryEntry("09/11/2026, 08:12", "Mai Thu Sương", "Sửa 1 mục", (change,), "đối chiếu")
    view.set_entries([entry, entry], undoable=True)
    undo = [made for made in view.findChildren(type(bordered(look, ""))) if made.text() == "Hoàn tác thay đổi này"]
    assert len(undo) == 1
    with qtbot.waitSignal(view.undo_requested):
        undo[0].click()
    assert ChangeLine(look, change).accessibleName() == "Hộ dự: từ 41 thành 43 hộ"
    view.set_entries([])
    assert view._column.count() == 1


def test_an_empty_place_says_what_to_do_without_clipping(qtbot: QtBot, look: Look) -> None:
    look.set_text_scale(1.3)
    text = "Ghi hoạt động đầu tiên, hoặc dán cả bảng từ Excel."
    empty = EmptyState(look, text, [bordered(look, "Ghi hoạt động", "plus")], "Chưa có hoạt động nào")
    qtbot.addWidget(empty)
    empty.resize(600, 500)
    with qtbot.waitExposed(empty):
        empty.show()
    assert empty._text.height() >= empty._text.heightForWidth(empty._text.width())
    assert text in empty.accessibleName()
    needs = "Không bản ghi nào được chọn hợp với giấy “Giấy khen”; giấy này cần: " + "Kết quả: Được khen thưởng; " * 4
    empty.set_text(text, needs)
    assert empty.minimumSizeHint().width() < 600
    qtbot.waitUntil(lambda: empty._title.height() >= empty._title.heightForWidth(empty._title.width()))
    assert empty._title.width() < 600


def test_progress_starts_unknown_counts_and_can_be_stopped_once(qtbot: QtBot, look: Look) -> None:
    strip = ProgressStrip(look)
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.start("Đang ghi gói")
    assert (strip._bar.minimum(), strip._bar.maximum()) == (0, 0)
    strip.set_progress(3000, 7000)
    assert strip._count.text() == "3.000/7.000"
    with qtbot.waitSignal(strip.cancelled):
        strip._stop.click()
    assert not strip._stop.isEnabled() and strip._text.text() == "Đang dừng"
    qtbot.waitUntil(strip.isVisible)
    strip.finish()
    assert strip.isHidden()


def test_what_is_done_at_once_flashes_no_bar(qtbot: QtBot, look: Look) -> None:
    strip = ProgressStrip(look)
    qtbot.addWidget(strip)
    strip.start("Đang ghi gói")
    assert strip.isHidden()
    strip.finish()
    qtbot.wait(SHOWN_AFTER + 50)
    assert strip.isHidden()


def test_the_wheel_does_not_change_a_choice(qtbot: QtBot, look: Look) -> None:
    box = ChoiceBox(look, "Thôn", [("a", "Thôn Tân Lập"), ("b", "Thôn Đông Hạ")], current="b")
    qtbot.addWidget(box)
    none = Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), none, keys, phase, False)
    QApplication.sendEvent(box, wheel)
    assert box.chosen() == "b"
    box.choose("a")
    box.choose("missing")
    assert box.chosen() == "a"


def test_a_long_list_to_choose_from_has_a_scroll_bar_and_rows_as_high_as_a_table(qtbot: QtBot, look: Look) -> None:
    box = ChoiceBox(look, "Thôn", [(at, f"Thôn {at}") for at in range(30)])  # before it stands in a window
    page = QWidget()
    QVBoxLayout(page).addWidget(box)
    qtbot.addWidget(page)
    page.show()
    box.showPopup()
    shown = box.view()
    qtbot.waitUntil(shown.isVisible)
    qtbot.waitUntil(shown.verticalScrollBar().isVisible)
    assert shown.verticalScrollBar().maximum() == 30 - 12
    assert shown.sizeHintForRow(0) == look.px(30)
    box.hidePopup()


def test_a_dialog_is_as_high_as_its_words_need(qtbot: QtBot, look: Look) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    column.addWidget(label("Một câu. " * 40, wrap=True))
    size_to_content(look, dialog, 400)
    assert dialog.width() == 400
    assert dialog.height() >= column.totalHeightForWidth(400) > 100


def test_a_bar_fills_its_share_and_marks_its_yardstick(qtbot: QtBot, look: Look) -> None:
    bar = Bar(look, 50, 100, 75, "50/100 hộ, cần 75")
    qtbot.addWidget(bar)
    bar.resize(200, 20)
    assert color_at(bar, 90, 10) == look.tokens.accent_ink
    assert color_at(bar, 120, 10) == look.tokens.raised
    image = bar.grab().toImage()
    assert [x for x in range(200) if image.pixelColor(x, 3).name().upper() == look.tokens.text] == [148, 149]
    bar.set_values(5, 0)
    assert color_at(bar, 10, 10) == look.tokens.raised


def test_a_chart_outlines_the_running_month(qtbot: QtBot, look: Look) -> None:
    chart = SmallChart(look, [10, 10], [], running=2, spoken="tháng 1 có 10, tháng 2 đến nay 10")
    qtbot.addWidget(chart)
    chart.resize(chart.sizeHint())
    image = chart.grab().toImage()
    middle = chart.height() // 2
    assert image.pixelColor(3, middle).name().upper() == look.tokens.accent_ink
    assert image.pixelColor(14, middle).name().upper() != look.tokens.accent_ink
    assert chart.accessibleDescription()


def test_tools_move_into_a_menu_when_the_width_ends(qtbot: QtBot, look: Look) -> None:
    tools = [borderless(look, text, "printer") for text in ("Dán từ Excel", "Cột", "In danh sách")]
    loud = filled(look, "Chốt số liệu", "lock", "Ctrl+S")
    head = PageHead(look, "Sổ họp tổ tự quản", actions=[*tools, loud])
    qtbot.addWidget(head)
    head.resize(1100, 34)
    head.show()
    assert head.moved_tools() == []
    head.resize(620, 34)
    assert head.moved_tools() == ["Cột", "In danh sách"]
    assert not loud.isHidden() and loud.geometry().right() < 620
    pressed: list[bool] = []
    tools[2].clicked.connect(lambda: pressed.append(True))
    head._more_menu.aboutToShow.emit()
    head._more_menu.actions()[1].trigger()
    assert len(pressed) == 1
    head.resize(1100, 34)
    assert head.moved_tools() == []


def test_what_scopes_a_page_goes_into_a_second_line_when_tools_are_gone(qtbot: QtBot, look: Look) -> None:
    scope = Chip(look, "Kỳ", "Tháng 11/2026: 15/10 – 14/11")
    head = PageHead(look, "Bảng theo dõi", scope=(scope,), actions=(bordered(look, "Lưu Excel", "download"),))
    qtbot.addWidget(head)
    head.resize(900, 34)
    head.show()
    assert head.height() == 34 and scope.y() < 10
    head.resize(400, 34)
    qtbot.waitUntil(lambda: scope.y() >= 34)
    assert head.height() == 76 and scope.width() == scope.sizeHint().width()
    head.resize(900, 76)
    qtbot.waitUntil(lambda: scope.y() < 10)
    assert head.height() == 34


def test_a_row_wraps_and_reports_its_height(qtbot: QtBot, look: Look) -> None:
    row = WrapRow(look)
    qtbot.addWidget(row)
    chips = [Chip(look, "Thôn", "Tất cả 14 thôn") for _ in range(4)]
    for chip in chips:
        row.add(chip)
    one = chips[0].sizeHint().width()
    assert row.heightForWidth(one * 5) == 30
    assert row.heightForWidth(one * 2 + 8) == 30 * 2 + 8
    assert row.heightForWidth(10) == 30 * 4 + 8 * 3
    row.resize(one * 2 + 8, 68)
    row.show()
    assert [(chip.x(), chip.y()) for chip in chips] == [(0, 0), (one + 8, 0), (0, 38), (one + 8, 38)]
    row.remove(chips[0])
    assert row.widgets() == chips[1:]
    assert chips[1].x() == 0


def test_lower_widgets_stand_in_the_middle_of_their_line(qtbot: QtBot, look: Look) -> None:
    row, chip, lower = WrapRow(look), Chip(look, "Kỳ", "Tháng 11"), link(look, "Điều kiện", "plus", leads=False)
    qtbot.addWidget(row)
    row.add(chip)
    row.add(lower)
    row.resize(600, 30)
    assert lower.y() == (30 - 26) // 2


def test_a_title_takes_a_second_line_before_it_ends_in_dots(qtbot: QtBot, look: Look) -> None:
    title = ElidedLabel("Kết quả phong trào toàn dân bảo vệ an ninh Tổ quốc", lines=2)
    qtbot.addWidget(title)
    line = title.fontMetrics().lineSpacing()
    assert title.heightForWidth(900) == line
    assert title.heightForWidth(260) == 2 * line
    assert [len(title._broken(width)) for width in (900, 260, 80)] == [1, 2, 2]
    assert title._broken(80)[-1].endswith("…") and " ".join(title._broken(260)) == title.text()


def test_a_hidden_button_takes_no_room_from_the_head(qtbot: QtBot, look: Look) -> None:
    chip, hidden = Chip(look, "Kỳ", "Tháng 11/2026: 15/10 – 14/11"), bordered(look, "Chốt số liệu của kỳ này")
    hidden.hide()
    head = PageHead(look, "Báo cáo", scope=(chip,), actions=(hidden, bordered(look, "In")))
    qtbot.addWidget(head)
    head.resize(head._needed([], False, one_line=True), 34)
    with qtbot.waitExposed(head):
        head.show()
    assert head.height() == 34
    hidden.show()
    qtbot.waitUntil(lambda: head.height() > 34)
