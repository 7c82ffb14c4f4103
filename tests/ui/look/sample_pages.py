"""Sample pages made of components only, with the made-up figures of the design. Used by pictures and tests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.ui.components.bars import Bar
from thidua_desktop.ui.components.buttons import bordered, borderless, filled, link
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.chips import Chip, count_chip, small_tag_chip
from thidua_desktop.ui.components.counters import VoteCounter
from thidua_desktop.ui.components.delegates import CellRole, TwoLineDelegate
from thidua_desktop.ui.components.detail_pane import DetailPane, FieldChange, Figure, HistoryEntry, HistoryView
from thidua_desktop.ui.components.empty import EmptyState
from thidua_desktop.ui.components.fields import (
    FieldFrame,
    FieldLabel,
    FieldState,
    Notice,
    ProblemLine,
    SearchField,
    WarningBlock,
    set_field_state,
)
from thidua_desktop.ui.components.labels import StateLabel, caption, label
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.components.progress import ProgressStrip
from thidua_desktop.ui.components.segments import Segments
from thidua_desktop.ui.components.small_chart import SmallChart
from thidua_desktop.ui.components.states import State, StateText
from thidua_desktop.ui.components.steps import StepNumber, StepTrail
from thidua_desktop.ui.components.tables import Column, ColumnKind, RecordTable, TotalsRow
from thidua_desktop.ui.components.tags import Tag
from thidua_desktop.ui.components.tiles import OptionTile, PlaceTile
from thidua_desktop.ui.components.vote_squares import VoteLegend, VoteShares, VoteSquares
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.shell.page import LayoutClass, Page
from thidua_desktop.ui.shell.rooms import Room, ShellHeader, StatusPart

FILED = StateText(State.FILED, "Đủ biên bản")
UNSIGNED = StateText(State.UNSIGNED, "Thiếu chữ ký")
TOO_FEW = StateText(State.TOO_FEW, "Không đủ hộ")
DRAFT = StateText(State.DRAFT, "Bản nháp", "pencil")
MEETINGS = [
    ("08/11/2026", "Đông Hạ", "5", "Góp tiền lắp 4 camera ngõ 12", "43/48", "89,6%", FILED),
    ("08/11/2026", "Phước Lộc", "2", "Phòng, chống lừa đảo qua mạng", "51/58", "87,9%", FILED),
    ("07/11/2026", "Long Thành", "4", "Khai báo tạm trú, nhà trọ", "39/55", "70,9%", UNSIGNED),
    ("06/11/2026", "Tân Lập", "6", "Tuần tra đêm mùa thu hoạch", "24/53", "45,3%", TOO_FEW),
    ("04/11/2026", "Hòa Bắc", "7", "Phòng, chống lừa đảo qua mạng", "41/54", "75,9%", DRAFT),
]
LATE = StateText(State.LATE, "Quá hạn 3 ngày")
SOON = StateText(State.SOON, "Còn 5 ngày")
LATER = StateText(State.LATER, "Còn 7 ngày")
DUE = [
    ("Kế hoạch 42: chống lừa đảo qua mạng", LATE, "2/5 việc chưa xong, hạn 06/11/2026", "Mở kế hoạch"),
    ("9 tổ tự quản chưa họp trong kỳ", SOON, "Đông Hạ 3, Tân Lập 2, Xuân Mỹ 2", "Xem 9 tổ"),
    ("Báo cáo tháng 11/2026", LATER, "số liệu 15/10 – 14/11, nộp 16/11/2026", "Soạn báo cáo"),
]
FIGURES = (
    Figure("Hộ dự", "43", "/48 hộ"),
    Figure("Cần để họp", "24", " hộ"),
    Figure("Việc biểu quyết", "2", "/2 thông qua"),
)


class RowsModel(QAbstractTableModel):
    """Rows of texts and ``StateText``; numbers right."""

    def __init__(self, titles: Sequence[str], rows: Sequence[Sequence[object]], numbers: Sequence[int] = ()) -> None:
        super().__init__()
        self.titles, self.rows, self.numbers = titles, rows, numbers

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        return None

    def data(self, index: QModelIndex, role: int = 0) -> object:
        value = self.rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return value.text if isinstance(value, StateText) else value
        if role == CellRole.STATE:
            return value if isinstance(value, StateText) else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self.numbers:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


class DueModel(RowsModel):
    """To-do lines for ``TwoLineDelegate``."""

    def data(self, index: QModelIndex, role: int = 0) -> object:
        what, state, why, verb = self.rows[index.row()]
        return {
            int(Qt.ItemDataRole.DisplayRole): what,
            int(CellRole.STATE): state,
            int(CellRole.CAPTION): why,
            int(CellRole.LINK): verb,
        }.get(int(role))


class ListPage(Page):
    """A register with its pane."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        tools = [
            borderless(look, "Dán từ Excel", "clipboard-paste"),
            borderless(look, "Cột", "columns-3"),
            borderless(look, "In danh sách", "printer"),
        ]
        self.head = PageHead(look, "Sổ họp tổ tự quản", actions=tools)
        outer.addWidget(self.head)
        self.chips = self._chips()
        outer.addWidget(self.chips)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(self._list(), 1)
        self.pane = self._pane()
        row.addWidget(self.pane)
        outer.addLayout(row, 1)

    def title(self) -> str:
        return "Sổ họp tổ tự quản"

    def _chips(self) -> WrapRow:
        look = self._look
        row = WrapRow(look)
        self.filter = SearchField(look, "Gõ để lọc", "list-filter", small=True)
        row.add(self.filter)
        row.add(Chip(look, "Kỳ", "Tháng 11/2026: 15/10 – 14/11", applied=True))
        row.add(Chip(look, "Thôn", "Tất cả 14 thôn"))
        row.add(Chip(look, "Loại", "Họp định kỳ", removable=True, applied=True))
        row.add(link(look, "Điều kiện", "plus", leads=False))
        return row

    def _list(self) -> Card:
        look = self._look
        card = Card(look, flush=True)
        self.table = RecordTable(look, "Sổ họp tổ tự quản")
        titles = ["Ngày", "Thôn", "Tổ", "Việc chính", "Hộ dự", "Tỷ lệ", "Trạng thái"]
        self.model = RowsModel(titles, MEETINGS * 5, numbers=(2, 4, 5))
        self.table.setModel(self.model)
        number = ColumnKind.NUMBER
        self.table.set_columns(
            [
                Column("Ngày", sample="08/11/2026"),
                Column("Thôn", sample="Long Thành"),
                Column("Tổ", number, "88"),
                Column("Việc chính", stretch=True),
                Column("Hộ dự", number, "43/48"),
                Column("Tỷ lệ", number, "89,6%"),
                Column("Trạng thái", ColumnKind.STATE, "Thiếu chữ ký"),
            ]
        )
        self.table.horizontalHeader().setSortIndicatorShown(True)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        self.table.selectRow(0)
        card.add(self.table, 1)
        self.totals = TotalsRow(look, self.table)
        cells = {0: "78 cuộc", 1: "14 thôn", 3: "theo bộ lọc", 4: "3.671/4.406", 5: "83,3%", 6: "72 đủ biên bản"}
        self.totals.set_cells(cells, quiet=(3, 6))
        card.add(self.totals)
        return card

    def _pane(self) -> DetailPane:
        look = self._look
        pane = DetailPane(look)
        tag = Tag(look, State.FILED, "Đủ biên bản")
        pane.set_head("Tổ 5, thôn Đông Hạ", "08/11/2026, 19:30 – 20:50, nhà văn hóa thôn", tag, FIGURES)
        history = HistoryView(look)
        changes = (FieldChange("Hộ dự", "41", "43 hộ"), FieldChange("Ý kiến khác, việc 2", "2", "0 hộ"))
        ended = (FieldChange("Trạng thái", "Nháp", "Đủ biên bản"),)
        entries = [
            HistoryEntry("09/11/2026, 08:12", "Mai Thu Sương", "Sửa 2 mục", changes, "đối chiếu danh sách ký tên"),
            HistoryEntry(
                "08/11/2026, 21:05",
                "Mai Thu Sương",
                "Kết thúc họp, lập biên bản",
                ended,
            ),
        ]
        history.set_entries(entries, undoable=True)
        pane.add_tab("Nội dung", QWidget())
        pane.add_tab("Lịch sử 4", history)
        pane.add_tab("Tệp 2", QWidget())
        pane.add_tab("Bản in 1", QWidget())
        pane.tabs.setCurrentIndex(1)
        pane.add_actions(
            bordered(look, "Mở", "pencil"), bordered(look, "In biên bản", "printer"), bordered(look, "Chép", "copy")
        )
        look.follow(pane, lambda: pane.setFixedWidth(look.px(332)))
        return pane

    def set_layout_class(self, kind: LayoutClass) -> None:
        self.pane.setVisible(kind is not LayoutClass.COMPACT)
        self.table.setColumnHidden(5, kind is not LayoutClass.WIDE)

    def regions(self) -> list[QWidget]:
        return [self.head, self.table, self.pane]

    def focus_first(self) -> None:
        self.table.setFocus()

    def help_key(self) -> str:
        return "resident_meeting"


class TodayPage(Page):
    """Home, in small: to-do rows, bars, charts."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        actions = [bordered(look, "Ghi cuộc họp", "users"), bordered(look, "Nhận gói của tỉnh", "package")]
        outer.addWidget(PageHead(look, "Hôm nay", scope=[caption("Thứ Hai, 09/11/2026")], actions=actions))
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(self._due(), 4)
        right = QVBoxLayout()
        look.margins(right, 0, 0, 0, 0, 12)
        right.addWidget(self._targets())
        right.addWidget(self._charts())
        right.addStretch(1)
        row.addLayout(right, 6)
        outer.addLayout(row, 1)

    def title(self) -> str:
        return "Hôm nay"

    def _due(self) -> Card:
        look = self._look
        card = Card(look, "Việc đến hạn", "1 quá hạn, 3 trong tuần này", flush=True)
        table = RecordTable(look, "Việc đến hạn", row_height=53)
        table.horizontalHeader().hide()
        table.setModel(DueModel(["Việc"], DUE))
        table.setItemDelegate(TwoLineDelegate(look, table))
        table.set_columns([Column("Việc", stretch=True)])
        table.setItemDelegateForColumn(0, TwoLineDelegate(look, table))
        table.selectRow(1)
        card.add(table, 1)
        card.add_foot(
            StateLabel(look, State.OK, "Đồng hồ máy đúng"), StateLabel(look, State.OK, "Tệp dữ liệu đã kiểm tra 08:02")
        )
        return card

    def _targets(self) -> Card:
        look = self._look
        card = Card(look, "Kết quả so với chỉ tiêu", "năm 2026, vạch đứng là mức cần có đến hôm nay")
        grid = QGridLayout()
        look.margins(grid, 0, 0, 0, 0, 12)
        rows = [
            ("Tổ tự quản họp trong kỳ", 77, 86, None, "77/86 tổ", State.SOON, "Còn 9 tổ"),
            ("Hộ ký cam kết an toàn cháy, nổ", 3912, 4619, 4163, "3.912/4.619 hộ", State.BEHIND, "Chậm 251 hộ"),
            ("Hòa giải thành", 46, 52, 44, "46/52 vụ, 88,5%", State.OK, "Đạt, cần 85%"),
        ]
        for at, (name, value, total, mark, text, state, word) in enumerate(rows):
            grid.addWidget(label(name), at, 0)
            grid.addWidget(Bar(look, value, total, mark, text), at, 1)
            grid.addWidget(label(text, TextRole.CAPTION), at, 2, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(StateLabel(look, state, word), at, 3)
        card.add_padded(grid)
        return card

    def _charts(self) -> Card:
        look = self._look
        card = Card(look, "Tháng 11/2026: 15/10 – 14/11", "năm 2026, năm 2025")
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 24)
        for at in range(3):
            values = [11, 14 + at, 12, 16, 15, 17, 18, 16, 17, 18, 20]
            row.addWidget(SmallChart(look, values, [12, 13, 11, 14, 15, 15, 16, 15, 15, 16, 14, 13], running=11))
        row.addStretch(1)
        card.add_padded(row)
        return card


class PartsPage(Page):
    """Form rows, problem, warning, meeting parts, states: everything else."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        head = PageHead(
            look,
            "Ghi hoạt động",
            back="Hoạt động",
            scope=[Tag(look, State.DRAFT, "Bản nháp")],
            actions=[bordered(look, "Xem biên bản", "file-text"), filled(look, "Kết thúc họp", "check")],
        )
        outer.addWidget(head)
        row = QHBoxLayout()
        look.margins(row, 0, 0, 0, 0, 12)
        row.addWidget(self._form(), 3)
        row.addLayout(self._meeting(), 2)
        outer.addLayout(row, 1)

    def title(self) -> str:
        return "Ghi hoạt động"

    def _form(self) -> Card:
        look = self._look
        card = Card(look)
        grid = QGridLayout()
        look.margins(grid, 0, 0, 0, 0, 8)
        self.date = QLineEdit("08/11/2026")
        self.end = QLineEdit("09:00")
        set_field_state(self.end, FieldState.BAD)
        place = QComboBox()
        place.addItems(["Thôn Tân Lập", "Thôn Đông Hạ"])
        self.people = QLineEdit("1.250")
        self.people.setAlignment(Qt.AlignmentFlag.AlignRight)
        set_field_state(self.people, FieldState.WARN)
        topics = FieldFrame(look)
        topics.row.addWidget(small_tag_chip(look, "Lừa đảo qua mạng"))
        topics.row.addWidget(small_tag_chip(look, "An toàn cháy, nổ"))
        topics.row.addStretch(1)
        self.warning = WarningBlock(look)
        self.warning.set_warning("Nhiều hơn thường lệ", "Thôn Tân Lập có 364 hộ, gấp 3,4 lần.")
        kept = WarningBlock(look)
        kept.set_warning("Nhiều hơn thường lệ", "Gấp 3,4 lần.", "dự cùng 3 thôn")
        text = QPlainTextEdit("Mỗi hộ góp 150.000 đồng, thu trước 30/11/2026.")
        text.setTabChangesFocus(True)
        look.follow(text, lambda: text.setFixedHeight(look.px(76)))
        off = QLineEdit("tự tính")
        off.setEnabled(False)
        rows: list[tuple[str, bool, QWidget]] = [
            ("Ngày", True, self.date),
            ("Kết thúc", False, self.end),
            ("", False, ProblemLine(look, "Giờ kết thúc sớm hơn giờ bắt đầu. Nhập giờ sau 19:30, ví dụ 21:00.")),
            ("Khu dân cư", True, place),
            ("Chủ đề", True, topics),
            ("Lượt người dự", True, self.people),
            ("", False, self.warning),
            ("", False, kept),
            ("Nội dung", False, text),
            ("Tỷ lệ", False, off),
        ]
        for at, (name, required, field) in enumerate(rows):
            if name:
                grid.addWidget(FieldLabel(name, required), at, 0)
            grid.addWidget(field, at, 1)
            field.setAccessibleName(field.accessibleName() or name)
        card.add_padded(grid)
        card.body.addStretch(1)
        card.add_foot(
            StateLabel(look, State.ERROR, "Còn 1 lỗi phải sửa"),
            bordered(look, "Thoát, giữ nháp", key_hint="Esc"),
            bordered(look, "Lưu", "save", "Ctrl+S"),
            spring_at=1,
        )
        return card

    def _meeting(self) -> QVBoxLayout:
        look = self._look
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 12)
        card = Card(look, "Điểm danh hộ", "phím cách để đánh dấu", flush=True, head_line=False)
        card.add_padded(Segments(look, ["Tất cả 52", "Có mặt 39", "Vắng 13"], name="Lọc hộ"), 0, 8)
        card.add_line()
        column.addWidget(card)
        votes = Card(look, "Việc 3: góp tiền lắp 4 camera")
        box = QVBoxLayout()
        look.margins(box, 0, 0, 0, 0, 8)
        counters = QGridLayout()
        look.margins(counters, 0, 0, 0, 0, 8)
        for at, (kind, name, value) in enumerate(
            [("yes", "Tán thành", 34), ("no", "Không tán thành", 2), ("other", "Ý kiến khác", 1)]
        ):
            legend = QHBoxLayout()
            look.margins(legend, 0, 0, 0, 0, 4)
            legend.addWidget(VoteLegend(look, kind))
            legend.addWidget(caption(name, "text-2"))
            legend.addStretch(1)
            counters.addLayout(legend, 0, at)
            counters.addWidget(VoteCounter(look, name, value, 52), 1, at)
        box.addLayout(counters)
        box.addWidget(VoteSquares(look, VoteShares(52, 34, 2, 1, 2, needed=35)))
        box.addWidget(Notice(look, State.WARN, "Còn thiếu 1 hộ tán thành", "Có 34, cần 35 trong 52 hộ."))
        box.addWidget(Notice(look, State.OK, "Thông qua", "39/52 hộ."))
        strip = ProgressStrip(look)
        strip.start("Đang ghi gói")
        strip.set_progress(3, 7)
        box.addWidget(strip)
        chips = QHBoxLayout()
        chips.addWidget(count_chip(look, "Tất cả 102", checked=True))
        chips.addWidget(count_chip(look, "Trả lại 3", "corner-up-left"))
        chips.addStretch(1)
        box.addLayout(chips)
        votes.add_padded(box)
        column.addWidget(votes)
        column.addStretch(1)
        return column


class TilesPage(Page):
    """Steps, figure tiles, options, places."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(PageHead(look, "Gửi – nhận", scope=[Segments(look, ["Gửi lên tỉnh", "Nhận gói của tỉnh"])]))
        outer.addWidget(StepTrail(look, ["Soạn", "Chốt số liệu", "In, ký", "Đưa vào gói gửi tỉnh"]))
        outer.addWidget(self._options(look))
        places = QHBoxLayout()
        look.margins(places, 0, 0, 0, 0, 4)
        for name in ("Đông Hạ", "Tân Lập", "Long Thành", "Trung Sơn"):
            missing = name in ("Đông Hạ", "Tân Lập")
            shown = StateText(State.SOON, "thiếu 3") if missing else StateText(State.OK, "đủ 7/7")
            places.addWidget(PlaceTile(look, name, shown, tinted=missing))
        outer.addLayout(places)
        outer.addStretch(1)

    def title(self) -> str:
        return "Gửi – nhận"

    def _options(self, look: Look) -> Card:
        card = Card(look)
        column = QVBoxLayout()
        look.margins(column, 0, 0, 0, 0, 8)
        head = QHBoxLayout()
        look.margins(head, 0, 0, 0, 0, 12)
        head.addWidget(StepNumber(look, 2))
        head.addWidget(label("Chọn USB", TextRole.RECORD_TITLE), 1)
        head.addWidget(StateLabel(look, State.OK, "Đã chọn"))
        column.addLayout(head)
        first = OptionTile(look, "USB BAOCAO (E:)", "đã chép gói 11 ngày 15/10/2026", "còn 5,1 GB")
        first.setChecked(True)
        column.addWidget(first)
        full = "Không đủ chỗ, cần 2,4 MB"
        column.addWidget(OptionTile(look, "USB không tên (F:)", right="còn 0,8 MB", refused=full))
        column.addWidget(OptionTile(look, "Thư mục khác trên máy", "khi cơ quan không cho dùng USB"))
        card.add_padded(column)
        return card


class EmptyPage(Page):
    """An empty register."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        look.margins(outer, 16, 12, 16, 12, 12)
        outer.addWidget(PageHead(look, "Hoạt động"))
        card = Card(look)
        text = "Ghi hoạt động đầu tiên, hoặc dán cả bảng từ Excel."
        card.add(
            EmptyState(look, text, [bordered(look, "Ghi hoạt động", "plus")], "Chưa có hoạt động nào", "megaphone"), 1
        )
        outer.addWidget(card, 1)

    def title(self) -> str:
        return "Hoạt động"


def sample_rooms(look: Look) -> list[Room]:
    """The commune desk's rooms, four of them with a page."""
    movement = (
        Room("activity", "Hoạt động", make_page=lambda: EmptyPage(look)),
        Room("meeting", "Họp tổ tự quản", badge=9, badge_text="9 tổ chưa họp", make_page=lambda: ListPage(look)),
        Room("model", "Mô hình", make_page=lambda: EmptyPage(look)),
        Room("pledge", "Cam kết", make_page=lambda: EmptyPage(look)),
        Room("festival", "Ngày hội", make_page=lambda: EmptyPage(look)),
    )
    books, work = "Sổ sách", "Công việc"
    other = (Room("group", "Tổ tự quản", make_page=lambda: EmptyPage(look)),)
    tips = (Room("tip", "Tin báo", make_page=lambda: EmptyPage(look)),)
    households = (Room("hh", "Hộ dân", make_page=lambda: EmptyPage(look)),)
    return [
        Room("today", "Hôm nay", "house", make_page=lambda: TodayPage(look)),
        Room("movement", "Phong trào", "flag", books, movement),
        Room("forces", "Lực lượng cơ sở", "users", books, other),
        Room(
            "security",
            "An ninh, trật tự",
            "shield",
            books,
            tips,
        ),
        Room("community", "Cộng đồng", "handshake", books, households),
        Room("emulation", "Thi đua", "flag", work, badge=2, make_page=lambda: PartsPage(look)),
        Room("award", "Khen thưởng", "handshake", work, make_page=lambda: EmptyPage(look)),
        Room("report", "Báo cáo", "file-text", work, badge=1, make_page=lambda: EmptyPage(look)),
        Room("handoff", "Gửi – nhận", "arrow-left-right", work, make_page=lambda: TilesPage(look)),
        Room("admin", "Quản trị", "settings", work, make_page=lambda: EmptyPage(look)),
    ]


SAMPLE_STATUS = (
    StatusPart("saved", "Mọi thay đổi đã lưu", "circle-check", "ok"),
    StatusPart("unsent", "301 thay đổi chưa được tỉnh xác nhận", "hourglass"),
    StatusPart("backup", "Sao lưu: 06/11/2026, 3 ngày trước", "database-backup", "warn"),
    StatusPart("due", "Báo cáo tháng 11: còn 7 ngày", "calendar-clock", right=True),
)


def sample_header(**more: object) -> ShellHeader:
    """The made-up commune of the design."""
    base = {
        "office": "UBND xã Phú Hòa",
        "office_detail": "tỉnh Hòa Giang",
        "person": "Mai Thu Sương",
        "person_detail": "cán bộ, máy chính",
        "status": SAMPLE_STATUS,
        "undo": lambda: None,
    }
    return ShellHeader(**(base | more))  # type: ignore[arg-type]
