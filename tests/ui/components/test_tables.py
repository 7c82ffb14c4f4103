"""Record tables: widths, totals under their columns, keys, state cells."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QInputMethodQueryEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.ui.look.sample_pages import ListPage
from tests.ui.pages.typing_vietnamese import commit, compose, press
from thidua_desktop.ui.components import delegates
from thidua_desktop.ui.components.delegates import CellRole, RowDelegate, StateDelegate
from thidua_desktop.ui.components.fields import SearchField
from thidua_desktop.ui.components.pinned import PinnedColumn
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.tables import WORDS, Column, ColumnKind, RecordTable
from thidua_desktop.ui.look.theme import Look, TextRole, Theme
from thidua_desktop.ui.pages.lists.list_columns import begin_alike


@pytest.fixture
def page(qtbot: QtBot, look: Look) -> ListPage:
    made = ListPage(look)
    qtbot.addWidget(made)
    made.resize(1158, 688)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_rows_are_32_px_fixed_and_follow_the_text_size(page: ListPage, look: Look) -> None:
    assert page.table.rowHeight(0) == 32
    assert page.table.verticalHeader().sectionResizeMode(0) == QHeaderView.ResizeMode.Fixed
    look.set_text_scale(1.3)
    assert page.table.rowHeight(0) == look.px(32)


def test_columns_fill_the_table_and_hold_their_samples(page: ListPage, look: Look) -> None:
    header = page.table.horizontalHeader()
    assert sum(header.sectionSize(i) for i in range(header.count())) == page.table.viewport().width()
    assert header.sectionSize(6) >= look.text_width("Thiếu chữ ký") + look.px(16)


@pytest.mark.parametrize("kind", ColumnKind)
def test_a_column_is_wide_enough_for_title_and_sample(look: Look, kind: ColumnKind) -> None:
    assert Column("Tỷ lệ", kind, "100,0%").width(look) > look.text_width("100,0%")
    assert Column("Một tên cột dài hơn", kind, "1").width(look) > look.text_width("Một tên cột dài hơn")


def test_hiding_a_column_gives_its_width_to_the_stretching_one(page: ListPage) -> None:
    header = page.table.horizontalHeader()
    before = header.sectionSize(3)
    page.table.setColumnHidden(5, True)
    assert header.sectionSize(3) > before


def test_a_number_total_ends_where_its_column_ends(page: ListPage, look: Look) -> None:
    header = page.table.horizontalHeader()
    page.totals.set_cells({4: "1"})
    image = page.totals.grab().toImage()
    ink = [x for x in range(image.width()) if has_ink(image, x, look.tokens.raised)]
    right = header.sectionViewportPosition(4) + header.sectionSize(4) - look.px(8)
    assert right - 8 <= max(ink) <= right


def test_the_count_under_a_narrow_first_number_column_grows_to_the_right(page: ListPage, look: Look) -> None:
    page.table.set_columns([Column("Năm", ColumnKind.NUMBER, "2026"), Column("Khu dân cư", stretch=True)])
    page.totals.set_cells({0: "60 lần xếp loại"})
    image = page.totals.grab().toImage()
    ink = [x for x in range(image.width()) if has_ink(image, x, look.tokens.raised)]
    assert min(ink) >= look.px(12) and max(ink) - min(ink) > look.text_width("60 lần xếp loại", bold=True) - 6


def test_no_word_of_the_totals_stands_on_another(page: ListPage, look: Look) -> None:
    """The list of residential areas: its first columns are narrow, and sums begin right after them."""
    sums_of = (("Số hộ", "340"), ("Số nhân khẩu", "1.371"), ("Trong đó nữ", "677"))
    numbers = [Column(title, ColumnKind.NUMBER, sample) for title, sample in sums_of]
    kind, name, head = Column("Loại", sample="Thôn"), Column("Tên", stretch=True), Column("Trưởng khu dân cư")
    page.table.set_columns([kind, name, *numbers, head])
    words = "đang hoạt động · * chưa ghi đủ"
    sums = {0: "16 khu dân cư", 2: "5.073", 3: "20.156*", 4: "9.653*"}
    for width in range(700, 1900, 50):
        page.resize(width, 688)
        QApplication.processEvents()
        page.totals.set_cells(sums, words=words, near=1)
        places = page.totals.places()
        pairs = combinations(places.values(), 2)
        assert not any(one.intersects(other) for one, other in pairs), (width, places)
    assert WORDS in places, "room enough, and no words"
    assert words in page.totals.toolTip() and words in page.totals.accessibleDescription()


def has_ink(image: QImage, x: int, ground: str) -> bool:
    return any(image.pixelColor(x, y).name().upper() != ground for y in range(6, image.height() - 4))


def test_totals_are_spoken(page: ListPage) -> None:
    assert page.totals.accessibleDescription().startswith("78 cuộc, 14 thôn, theo bộ lọc, 3.671/4.406")
    assert page.totals.text(0) == "78 cuộc"


def test_enter_and_double_click_open_the_row(qtbot: QtBot, page: ListPage) -> None:
    opened: list[int] = []
    page.table.opened.connect(opened.append)
    page.table.selectRow(2)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    place = page.table.visualRect(page.model.index(1, 1)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [2, 1]


@pytest.fixture
def field(page: ListPage, look: Look) -> SearchField:
    """The field over the rows."""
    made = SearchField(look, "Gõ để lọc")
    made.setParent(page)
    made.show()
    page.table.filter_by(made)
    page.table.setFocus()
    return made


def test_typed_letters_go_into_the_field_and_chords_do_not(qtbot: QtBot, page: ListPage, field: SearchField) -> None:
    qtbot.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert field.text() == "" and page.table.hasFocus()
    qtbot.keyClicks(page.table, "ta")
    assert field.text() == "ta" and field.hasFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        field.setFocus()
        qtbot.keyClick(field, key)
        assert page.table.hasFocus()


def test_a_word_begun_on_the_rows_by_an_input_method_keeps_its_first_letter(
    qtbot: QtBot, page: ListPage, field: SearchField
) -> None:
    table = page.table
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(table, query)
    assert query.value(Qt.InputMethodQuery.ImEnabled)
    for unfinished in ("d", "đ", "đa", "đă", "đặ"):
        compose(table, unfinished)
        assert field.composing() and table.hasFocus()
    commit(table, "đặng ")
    assert field.text() == "đặng "
    qtbot.waitUntil(field.hasFocus)
    table.setFocus()
    commit(table, " ")  # the key that it is without a word
    assert field.text() == "đặng " and table.hasFocus()


def test_words_typed_on_the_rows_in_one_go_stand_there_whole_and_enter_opens_nothing(
    qtbot: QtBot, page: ListPage, field: SearchField
) -> None:
    opened: list[int] = []
    page.table.opened.connect(opened.append)
    page.table.selectRow(2)
    field.setText("cũ")
    commit(page.table, "trường ")
    compose(page.table, "h")  # begun before the keys have followed
    qtbot.wait(1)
    assert page.table.hasFocus() and field.composing()
    commit(page.table, "họp")
    press(page.table, Qt.Key.Key_Return)  # as it follows the word at once: it leads back to the rows
    assert field.text() == "trường họp" and opened == [] and page.table.hasFocus()


def test_tab_leaves_the_table(qtbot: QtBot, page: ListPage) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Tab)
    assert not page.table.hasFocus()


def painted(page: ListPage, selected: bool) -> set[str]:
    """Colours of one state cell."""
    delegate = page.table.itemDelegateForColumn(6)
    assert isinstance(delegate, StateDelegate)
    image = QImage(200, 32, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 32)
    option.state = QStyle.StateFlag.State_Enabled
    if selected:
        option.state |= QStyle.StateFlag.State_Selected
    painter = QPainter(image)
    delegate.paint(painter, option, page.model.index(3, 6))
    painter.end()
    return {image.pixelColor(QPoint(x, y)).name().upper() for x in range(200) for y in range(32)}


def test_a_state_cell_has_its_ink_and_in_high_contrast_the_ink_of_the_chosen_row(page: ListPage, look: Look) -> None:
    assert look.tokens.bad in painted(page, selected=False)
    assert {look.tokens.bad, look.tokens.sel} <= painted(page, selected=True)
    look.set_theme(Theme.CONTRAST)
    assert look.tokens.bad in painted(page, selected=False)
    chosen = painted(page, selected=True)
    assert look.tokens.bad not in chosen
    assert {look.tokens.sel, look.tokens.on_sel} <= chosen


def test_a_state_without_room_shows_its_short_words(page: ListPage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(delegates, "draw_words", lambda _painter, text, *_: bool(drawn.append(text)))
    whole, item = "09/10/2026, quá hạn 38 ngày", QStandardItem()
    item.setData(StateText(State.LATE, whole, short="09/10/2026"), CellRole.STATE)
    model = QStandardItemModel()
    model.appendRow(item)
    delegate = page.table.itemDelegateForColumn(6)
    option = QStyleOptionViewItem()
    for width in (300, 130):
        option.rect = QRect(0, 0, width, 32)
        image = QImage(width, 32, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        delegate.paint(painter, option, model.index(0, 0))
        painter.end()
    assert drawn == [whole, "09/10/2026"]


def test_a_unit_stays_whole_and_the_name_before_it_gives_way(page: ListPage, look: Look) -> None:
    drawn: list[tuple[str, int]] = []

    def kept(_painter: object, text: str, rect: QRect, *_: object) -> None:
        drawn.append((text, rect.width()))

    model = QStandardItemModel(1, 1)
    model.setData(model.index(0, 0), "Cơ quan, doanh nghiệp, cơ sở giáo dục")
    model.setData(model.index(0, 0), "đơn vị", CellRole.CAPTION)
    index = model.index(0, 0)
    image = QImage(200, 32, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(delegates, "draw_words", kept)
        option = QStyleOptionViewItem()
        RowDelegate(look, page.table).paint_content(painter, option, index, QRect(0, 0, 200, 32))
        model.setData(index, "")
        RowDelegate(look, page.table).paint_content(painter, option, index, QRect(0, 0, 200, 32))
    painter.end()
    assert drawn[0][0].endswith("giáo dục,")
    assert drawn[1][0] == "đơn vị" and drawn[1][1] >= look.text_width("đơn vị", TextRole.CAPTION)
    assert [text for text, _width in drawn[2:] if text] == ["đơn vị"], "a comma stands alone where there is no name"


def test_state_cells_speak_their_word(page: ListPage) -> None:
    index = page.model.index(3, 6)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Không đủ hộ"
    assert index.data(CellRole.STATE).icon_name == "user-x"


@pytest.mark.parametrize(("width", "whole"), [(700, True), (290, False)])
def test_room_that_the_main_column_does_not_need_goes_to_words_that_are_cut(
    qtbot: QtBot, look: Look, width: int, whole: bool
) -> None:
    name = "Trung tâm phục vụ hành chính công xã"
    table = RecordTable(look, "Bảo vệ cơ quan")
    qtbot.addWidget(table)
    model = QStandardItemModel(1, 2)
    model.setItem(0, 0, QStandardItem(name))
    table.setModel(model)
    table.set_columns([Column("Đơn vị", sample=name[:12], whole=name), Column("Tên", stretch=True, whole="Lò Vi")])
    table.resize(width, 200)
    with qtbot.waitExposed(table):
        table.show()
    header = table.horizontalHeader()
    assert (header.sectionSize(0) >= look.text_width(name) + look.px(16)) is whole
    assert sum(map(header.sectionSize, range(2))) == table.viewport().width()
    header.resizeSection(0, 90)  # a person did
    table.resize(width + 200, 200)
    assert header.sectionSize(0) == 90


def test_words_that_begin_alike_lose_their_middle() -> None:
    begin = "Tổ bảo vệ an ninh, trật tự thôn"
    assert begin_alike([f"{begin} Tây Hạ", f"{begin} Đông Hạ", f"{begin} Gò Dài"])
    assert begin_alike(["Công tác thi đua cuối năm 2026", "Công tác thi đua cuối năm 2025", "Ngày hội", "Đột xuất"])
    assert not begin_alike(["Thôn Tây Hạ", "Thôn Đông Hạ", "Thôn Gò Dài"])
    assert not begin_alike([begin, begin])


def test_a_column_of_such_words_is_drawn_with_its_ends(page: ListPage, look: Look) -> None:
    item = QStandardItem("Tổ bảo vệ an ninh, trật tự thôn Tây Hạ")
    model = QStandardItemModel()
    model.appendRow(item)
    page.table.setModel(model)
    drawn = []
    for middle in (False, True):
        item.setData(middle, CellRole.MIDDLE)
        picture = QImage(150, 32, QImage.Format.Format_RGB32)
        picture.fill(look.color("surface"))
        painter = QPainter(picture)
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 150, 32)
        RowDelegate(look, page.table).paint(painter, option, model.index(0, 0))
        painter.end()
        drawn.append(picture)
    assert drawn[0] != drawn[1]


def test_a_table_scrolls_sideways_before_it_cuts_all_names(qtbot: QtBot, look: Look) -> None:
    table = RecordTable(look, "Bảng theo dõi")
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(1, 2))
    table.set_columns([Column("", stretch=True), Column("Tháng", sample="Tháng 11/2026: 15/10 – 14/11")])
    table.resize(200, 200)
    with qtbot.waitExposed(table):
        table.show()
    assert table.columnWidth(0) >= look.text_width("thôn Long Thành") + look.px(20)
    assert table.horizontalScrollBar().maximum() > 0


def test_columns_that_are_set_anew_leave_nothing_behind(page: ListPage) -> None:
    """A list sets its columns at each opening and filter; a desk is open for a week."""
    table = page.table
    table.set_columns(table._columns)
    before = len(table.findChildren(QObject))
    for _ in range(5):
        table.set_columns(table._columns)
    assert len(table.findChildren(QObject)) == before
    kinds = [column.kind for column in table._columns]
    assert isinstance(table.itemDelegateForColumn(kinds.index(ColumnKind.STATE)), StateDelegate)


def test_the_first_column_stays_and_leaves_half_of_the_room(qtbot: QtBot, look: Look) -> None:
    table = RecordTable(look, "Số liệu")
    model = QStandardItemModel(3, 12)
    for row in range(3):
        model.setItem(row, 0, QStandardItem(f"Chỉ tiêu {row}"))
    table.setModel(model)
    pinned = PinnedColumn(look, table)
    qtbot.addWidget(table)
    table.set_columns([Column("Chỉ tiêu", sample="Cuộc tuyên truyền"), *(Column(f"Xã {n}") for n in range(11))])
    table.resize(600, 300)
    table.show()
    assert not pinned.isVisible()
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert pinned.isVisible() and pinned.indexAt(pinned.viewport().rect().topLeft()) == model.index(0, 0)
    assert pinned.horizontalHeader().height() == table.horizontalHeader().height()
    table.setColumnWidth(0, 400)
    assert pinned.width() == table.viewport().width() // 2 == pinned.columnWidth(0)
    bar.setValue(0)
    assert not pinned.isVisible()
