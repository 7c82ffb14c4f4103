"""Making two offices known to each other: own card out, the other's card in, the fingerprint compared with paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.errors import UserError
from thidua_desktop.services.communes import COMMUNE
from thidua_desktop.services.handoff import accepted, cards, enrolment_papers, key_care
from thidua_desktop.services.handoff.accepted import Acceptance
from thidua_desktop.services.handoff.cards import KnownOffice, OfficeCard
from thidua_desktop.services.handoff.fingerprints import GROUPS, compare
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.text import fold_joined, upper_first
from thidua_desktop.ui.components import paper_output
from thidua_desktop.ui.components.buttons import bordered, borderless, filled
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.fields import ProblemLine, SearchField
from thidua_desktop.ui.components.file_choice import file_to_open, folder_to_use
from thidua_desktop.ui.components.labels import IconLabel, StateLabel, caption, hairline_widget, label
from thidua_desktop.ui.components.long_work import LongWork, in_office
from thidua_desktop.ui.components.paper_pictures import sheets_of
from thidua_desktop.ui.components.showing import clear_layout, set_shown
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.fonts import TextRole
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.handoff.step_card import StepCard
from thidua_desktop.ui.show_error import show_error

_SEEN_AT_ONCE = 8  # offices; of more one is looked for


class IntroductionView(QWidget):
    """Two steps and the offices known so far. ``accepted`` when a card was accepted; ``told`` carries good news."""

    accepted = Signal()
    told = Signal(str)

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self._card: OfficeCard | None = None
        self._acceptance: Acceptance | None = None
        self._waiting: list[Path] = []
        self._shown: Path | None = None
        other = "xã" if session.is_province else "tỉnh"
        self._other = other
        self._own = StepCard(look, 1, "Đưa thẻ của đơn vị này")
        self._theirs = StepCard(look, 2, f"Nhận thẻ của {other}")
        self._columns = QHBoxLayout()
        look.margins(self._columns, 0, 0, 0, 0, 12)
        self._columns.addWidget(self._own, 1)
        self._columns.addWidget(self._theirs, 1)
        self.revoked_button = borderless(look, "In danh sách thu hồi", "printer")
        self.revoked_button.clicked.connect(self.print_revoked)
        self.known = Card(look, "Đơn vị đã nhận thẻ", link=self.revoked_button)
        self.all_back_button = borderless(look, "Ghi mọi thẻ trả lại…", "download")
        self.all_back_button.clicked.connect(self.ask_all_back)
        if self.known.head is not None and session.is_province:
            self.known.head.add(self.all_back_button)
        self.paper_printer = print_paper
        self.printing = LongWork(look, self)
        self.finding = SearchField(look, "Tìm đơn vị", small=True)
        self.finding.textChanged.connect(lambda _text: self._narrow())
        self._rows: list[tuple[str, QWidget]] = []
        self._nobody = label("", ink="text-2", wrap=True)
        self._list = QVBoxLayout()
        look.margins(self._list, 0, 0, 0, 0, 6)
        for widget in (self.finding, self._nobody):
            self.known.add_padded(widget, 12, 0)
            widget.hide()
        self.known.add_padded(self._list)
        outer = QVBoxLayout(self)
        look.margins(outer, 0, 0, 0, 0, 12)
        outer.addLayout(self._columns)
        outer.addWidget(self.known)
        outer.addStretch(1)
        self._build_own()
        self._build_theirs()
        self.reload()

    def set_narrow(self, narrow: bool) -> None:
        """One column where width is short."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)

    def reload(self) -> None:
        """Reads own fingerprint and known offices again."""
        own = cards.own_card(self._session)
        groups = own.fingerprint.split()
        self._fingerprint.setText(" ".join(groups[:4]) + "\n" + " ".join(groups[4:]))
        self._show_known(cards.known_offices(self._session))
        told = accepted.accepted_by(self._session)
        if told is not None:
            self._own.say(State.OK, told.words)

    def _build_own(self) -> None:
        words = (
            f"Ghi thẻ ra USB đưa cho {self._other}, và đọc hoặc in dãy vân tay này để bên kia so "
            "(vân tay là dãy chữ số nhận ra khóa của máy, không phải vân tay người). "
            "Thẻ chỉ có tên đơn vị và khóa công khai, không có số liệu."
        )
        middle = self._own.middle
        middle.addWidget(label(words, ink="text-2", wrap=True))
        self._fingerprint = label("", TextRole.KEY_FIGURE, selectable=True)
        self._fingerprint.setAccessibleName("Vân tay của đơn vị này")
        font = QFont(self._fingerprint.font())
        font.setFixedPitch(True)
        self._fingerprint.setFont(font)
        middle.addWidget(caption("Vân tay của đơn vị này"))
        middle.addWidget(self._fingerprint)
        middle.addStretch(1)
        self.export_button = bordered(self._look, "Ghi thẻ ra USB", "download")
        self.export_button.clicked.connect(self.ask_export)
        self.change_button = bordered(self._look, "Đổi khóa…", "key-round")
        self.change_button.clicked.connect(self.ask_change)
        if not self._session.may(Permission.MANAGE):
            self.change_button.set_reason("Người quản trị của đơn vị mới đổi khóa được")
        row = QHBoxLayout()
        self.sheet_button = bordered(self._look, "In phiếu đăng ký khóa", "printer")
        self.sheet_button.clicked.connect(self.print_sheet)
        row.addWidget(self.export_button)
        row.addWidget(self.sheet_button)
        row.addWidget(self.change_button)
        row.addStretch(1)
        middle.addLayout(row)

    def _build_theirs(self) -> None:
        look, middle = self._look, self._theirs.middle
        words = (
            f"Chọn tệp thẻ (.tdcard) của {self._other}, rồi gõ dãy vân tay trên phiếu giấy của bên đó, hoặc quét mã. "
            "Tệp đổi khóa (.tdkey) không cần vân tay."
            + ("" if self._session.is_province else " Thẻ trả lại (.tdaccept) cho biết tỉnh đã nhận thẻ máy này.")
        )
        middle.addWidget(label(words, ink="text-2", wrap=True))
        self.choose_button = bordered(look, "Chọn tệp thẻ", "folder-open")
        self.choose_button.clicked.connect(self.ask_card)
        middle.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._who = IconLabel(look, "landmark", "", "text", TextRole.STRONG, 18)
        middle.addWidget(self._who)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("8 nhóm, mỗi nhóm 4 chữ số, đọc trên giấy")
        self.typed.setAccessibleName("Vân tay đọc trên giấy")
        self.typed.textChanged.connect(self._on_typed)
        self.typed.returnPressed.connect(self.accept)  # a scanner ends its line so
        middle.addWidget(self.typed)
        self._match = StateLabel(look, State.MISSING, "")
        middle.addWidget(self._match)
        self.problem = ProblemLine(look)
        middle.addWidget(self.problem)
        middle.addStretch(1)
        self.accept_button = filled(look, "Nhận thẻ", "shield-check")
        self.accept_button.clicked.connect(self.accept)
        middle.addWidget(self.accept_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_card(None)

    # Acting

    def begin(self) -> None:
        """Puts the focus where work starts: the fingerprint of a waiting card, or where a card is chosen."""
        if self._card is None and self._waiting:
            self._open_next()
        else:
            (self.typed if self._card is not None else self.choose_button).setFocus()

    def offer(self, waiting: list[Path]) -> None:
        """Cards that lie in an opened folder: one after the other is shown to be compared with its paper."""
        self._waiting = [path for path in waiting if self._card is None or path != self._shown]

    def _open_next(self) -> None:
        """The next card that waits; without one the focus goes back to where a card is chosen."""
        while self._waiting and self._card is None:
            self.open_card(self._waiting.pop(0))
        if self._card is None:
            self.choose_button.setFocus()

    def ask_export(self) -> None:
        """Asks for a folder and writes the card there."""
        folder = folder_to_use(self, "Chọn USB hoặc thư mục để ghi thẻ", Files.PACKAGES)
        if folder is not None:
            self.export_to(folder)

    def export_to(self, folder: Path) -> None:
        """Writes the card."""
        try:
            path = cards.export_card(self._session, folder)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self._own.say(State.OK, "Đã ghi thẻ")
        self.told.emit(f"Đã ghi thẻ {path.name}")

    def print_sheet(self) -> None:
        """The sheet that goes with the card, to be compared with."""
        self._print(enrolment_papers.enrolment_sheet, "phieu-dang-ky-khoa")

    def print_revoked(self) -> None:
        """The list of revoked cards."""
        self._print(enrolment_papers.revoked_list, "the-da-thu-hoi")

    def _print(self, make: Callable[[Session], bytes], title: str) -> None:
        """Made off the window's thread, then the system's dialog is shown, then it is sent."""
        self.printing.start("Đang dựng bản in", in_office(self._session, make), lambda pdf: self._send(pdf, title))

    def _send(self, pdf: bytes, title: str) -> None:
        self.paper_printer(self.printing, self, pdf, title, lambda: self.told.emit("Đã gửi đến máy in"))

    def ask_card(self) -> None:
        """Asks for the other office's card."""
        kinds = "Thẻ, thẻ trả lại, tệp đổi khóa (*.tdcard *.tdaccept *.tdkey)"
        path = file_to_open(self, "Chọn thẻ đơn vị", kinds, Files.PACKAGES)
        if path is None:
            return
        opened = {".tdkey": self.open_change, ".tdaccept": self.open_acceptance}
        opened.get(path.suffix.lower(), self.open_card)(path)

    def open_change(self, path: Path) -> None:
        """Takes the other office's new keys in: the signature of its old key stands for the fingerprint."""
        self._show_card(None)
        try:
            change = key_care.read_change(path)
            key_care.take_change(self._session, change)
        except UserError as error:
            self.problem.set_problem(f"{error.sentence} {error.remedy}")
            return
        self.reload()
        self.told.emit(f"Đã nhận khóa mới của {change.card.office_name}")
        self.accepted.emit()

    def open_acceptance(self, path: Path) -> None:
        """Takes the card that came back; of a province that is not known yet the fingerprint is asked for first."""
        self._show_card(None)
        try:
            found = accepted.read_acceptance(path)
            if accepted.needs_fingerprint(self._session, found):
                self._show_card(found.province)
                self._acceptance = found
                self.typed.setFocus()
            else:
                self._take_acceptance(found)
        except UserError as error:
            self.problem.set_problem(f"{error.sentence} {error.remedy}")

    def _take_acceptance(self, found: Acceptance) -> None:
        told = accepted.take_acceptance(self._session, found, self.typed.text())
        self._show_card(None)
        self.reload()
        self.told.emit(told.words)
        self.accepted.emit()

    def ask_card_back(self, office: KnownOffice) -> None:
        """Asks for a folder and writes the answer to an accepted card there."""
        folder = folder_to_use(self, "Chọn USB hoặc thư mục để ghi thẻ trả lại", Files.PACKAGES)
        if folder is not None:
            self.write_card_back(office, folder)

    def ask_all_back(self) -> None:
        """Asks for a folder and writes the answers to all accepted cards there."""
        folder = folder_to_use(self, "Chọn USB hoặc thư mục để ghi thẻ trả lại", Files.PACKAGES)
        if folder is not None:
            self.write_all_back(folder)

    def write_all_back(self, folder: Path) -> None:
        """Writes them."""
        offices = self._to_answer()
        try:
            for one in offices:
                accepted.write_acceptance(self._session, one.code, one.installation, folder)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self.told.emit(f"Đã ghi {len(offices)} thẻ trả lại; mỗi xã nhận tệp .tdaccept mang mã của mình")

    def _to_answer(self) -> list[KnownOffice]:
        known = cards.known_offices(self._session)
        return [one for one in known if one.status == cards.ACCEPTED and one.kind == COMMUNE]

    def write_card_back(self, office: KnownOffice, folder: Path) -> None:
        """Writes it."""
        try:
            path = accepted.write_acceptance(self._session, office.code, office.installation, folder)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self.told.emit(f"Đã ghi thẻ trả lại {path.name}; đưa lại {office.name}")

    def ask_change(self) -> None:
        """Asks whether the keys are to be changed, and where the file goes that tells the others."""
        words = (
            "Khóa mới thay khóa đang dùng. Đơn vị kia phải mở tệp đổi khóa (.tdkey) trước khi nhận gói kế tiếp. "
            "Chỉ đổi khi nghi lộ khóa hoặc có chỉ đạo. Đổi khóa ngay?"
        )
        asked = QMessageBox(QMessageBox.Icon.Warning, "Đổi khóa", words, parent=self)
        change = asked.addButton("Đổi khóa", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton("Thôi", QMessageBox.ButtonRole.RejectRole)
        asked.buttonClicked.connect(lambda button: self._ask_folder() if button is change else None)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.open()

    def _ask_folder(self) -> None:
        folder = folder_to_use(self, "Chọn USB hoặc thư mục để ghi tệp đổi khóa", Files.PACKAGES)
        if folder is not None:
            self.change_to(folder)

    def change_to(self, folder: Path) -> None:
        """Changes the keys and writes the file."""
        try:
            path = key_care.change_keys(self._session, folder)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self.reload()
        self._own.say(State.OK, "Đã đổi khóa")
        self.told.emit(f"Đã đổi khóa, ghi {path.name}")

    def ask_revoke(self, office: KnownOffice) -> None:
        """Asks why, and takes trust away from one installation."""
        words = f"Thu hồi thẻ của {office.name}: không nhận gói của máy đó nữa. Lý do:"
        reason, given = QInputDialog.getText(self, "Thu hồi thẻ", words)
        if given:
            self.revoke(office, reason)

    def revoke(self, office: KnownOffice, reason: str) -> None:
        """Revokes the card."""
        try:
            key_care.revoke(self._session, office.code, office.installation, reason)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self.reload()
        self.told.emit(f"Đã thu hồi thẻ của {office.name}")
        self.accepted.emit()

    def open_card(self, path: Path) -> None:
        """Reads a card; what is wrong with it is said under the field."""
        self._shown = path
        try:
            self._show_card(cards.read_card(path))
        except UserError as error:
            self._show_card(None)
            self.problem.set_problem(f"{error.sentence} {error.remedy}")
            return
        self.typed.setFocus()

    def accept(self) -> None:
        """Accepts the card when the typed fingerprint is the card's."""
        if self._card is None:
            return
        try:
            if self._acceptance is not None:
                self._take_acceptance(self._acceptance)
                return
            known = cards.accept_card(self._session, self._card, self.typed.text())
        except UserError as error:
            self.problem.set_problem(f"{error.sentence} {error.remedy}")
            self.typed.setFocus()
            return
        self._show_card(None)
        self.reload()
        left = f", còn {len(self._waiting)} thẻ" if self._waiting else ""
        self.told.emit(f"Đã nhận thẻ của {known.name}{left}")
        self._open_next()
        self.accepted.emit()

    # Showing

    def _show_card(self, card: OfficeCard | None) -> None:
        self._card, self._acceptance = card, None
        self.problem.set_problem("")
        self.typed.clear()
        for widget in (self._who, self.typed, self._match):
            widget.setVisible(card is not None)
        self.accept_button.set_reason("" if card else "Chưa chọn tệp thẻ")
        if card is not None:
            who = f"{card.office_name}, mã {card.office_code}"
            place = accepted.further_machine(self._session, card.office_code, card.installation)
            more = f" (còn {len(self._waiting)} thẻ nữa)" if self._waiting else ""
            self._who.set_content("landmark", f"{f'Máy thứ {place} của {who}' if place else who}{more}", "text")
            self._on_typed("")

    def _on_typed(self, text: str) -> None:
        if self._card is None:
            return
        self.problem.set_problem("")
        compared = compare(self._card.fingerprint, text)
        words = upper_first(compared.words)
        if compared.same:
            self._match.set_state(State.OK, words)
        elif compared.differing or compared.right == GROUPS:
            self._match.set_state(State.WARN, f"{words}, đọc lại trên giấy")
        else:
            self._match.set_state(State.MISSING, f"Đã khớp {compared.right}/{GROUPS} nhóm")

    def _show_known(self, offices: list[KnownOffice]) -> None:
        clear_layout(self._list)
        if not offices:
            self._list.addWidget(label(f"Chưa nhận thẻ của {self._other} nào.", ink="text-2"))
        self._rows = []
        for office in offices:
            row = self._office_row(office)
            self._rows.append((fold_joined(f"{office.name} {office.code} {office.fingerprint}"), row))
            self._list.addWidget(row)
        set_shown(self.finding, len(offices) > _SEEN_AT_ONCE)
        self._narrow()
        revoked = any(office.status == cards.REVOKED for office in offices)
        self.revoked_button.set_reason("" if revoked else "Chưa thu hồi thẻ nào")
        self.all_back_button.set_reason("" if self._to_answer() else "Chưa nhận thẻ xã nào")
        if self.known.head is not None:
            self.known.head.set_caption(f"{len(offices)} đơn vị" if offices else "")

    def _narrow(self) -> None:
        """Shows the offices that hold every word; of 170 communes one is looked for."""
        words, found = fold_joined(self.finding.text()).split(), 0
        for said, row in self._rows:
            fits = all(word in said for word in words)
            found += fits
            set_shown(row, fits)
        self._nobody.setText(f"Không có đơn vị nào mang tên, mã “{self.finding.text()}”.")
        set_shown(self._nobody, bool(words) and not found)

    def _office_row(self, office: KnownOffice) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        self._look.margins(column, 0, 0, 0, 0, 6)
        line = QHBoxLayout()
        self._look.margins(line, 0, 2, 0, 2, 12)
        column.addLayout(line)
        column.addWidget(hairline_widget())
        place = accepted.further_machine(self._session, office.code, office.installation)
        line.addWidget(label(f"{office.name}, máy thứ {place}" if place else office.name, TextRole.STRONG))
        line.addWidget(caption(f"mã {office.code}, vân tay {office.fingerprint}"))
        line.addStretch(1)
        if office.status == cards.ACCEPTED:
            line.addWidget(StateLabel(self._look, State.OK, "Đã nhận thẻ"))
            if self._session.is_province and office.kind == COMMUNE:
                back = borderless(self._look, "Ghi thẻ trả lại…", "download")
                back.setAccessibleName(f"Ghi thẻ trả lại cho {office.name}, máy {office.installation[-4:]}")
                back.clicked.connect(lambda _checked=False, one=office: self.ask_card_back(one))
                line.addWidget(back)
            button = borderless(self._look, "Thu hồi…", "x")
            button.setAccessibleName(f"Thu hồi thẻ của {office.name}")
            button.clicked.connect(lambda _checked=False, one=office: self.ask_revoke(one))
            if not self._session.may(Permission.MANAGE):
                button.set_reason("Người quản trị của đơn vị mới thu hồi được")
            line.addWidget(button)
        elif office.status == cards.REPLACED:
            line.addWidget(StateLabel(self._look, State.DONE_QUIETLY, "Đã sang máy khác"))
        else:
            line.addWidget(StateLabel(self._look, State.BAD, "Đã thu hồi"))
        return row


def print_paper(work: LongWork, parent: QWidget, pdf: bytes, title: str, done: Callable[[], None]) -> None:
    """Asks for a printer and prints; nothing when the person thought better of it."""
    printer = paper_output.ask_printer(parent, title, len(sheets_of(pdf)))
    if printer is not None:
        paper_output.send_to_printer(work, pdf, printer, done)
