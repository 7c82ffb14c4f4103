"""Người ký: who signs the office's papers, in which capacity, and which types of paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.signing_capacity import Capacity
from thidua_desktop.errors import UserError
from thidua_desktop.services import signers
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.services.signers import CAPACITY_WORDS, OFFICE, Signer
from thidua_desktop.ui.components.buttons import Button, bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.labels import ElidedLabel, caption, hairline_widget
from thidua_desktop.ui.components.showing import clear_layout
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.office_cards import NOT_ALLOWED
from thidua_desktop.ui.pages.admin.people_dialogs import FormDialog
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

_WIDTH = 520  # px at 100 %


class SignersCard(Card):
    """One row for each signer, the usual one of each body first. ``saved`` after a change was kept."""

    saved = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Người ký", flush=True)
        self._look, self._session = look, session
        self.dialog: SignerDialog | None = None
        self.edit_buttons: list[Button] = []
        self.remove_buttons: list[Button] = []
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add(self._rows)
        self.add_button = bordered(look, "Thêm người ký", "user-plus")
        self.add_button.clicked.connect(lambda: self._edit(None))
        if not session.may(Permission.MANAGE):
            self.add_button.set_reason(NOT_ALLOWED)
        self.add_foot(self.add_button)
        self.show_signers()

    def show_signers(self) -> None:
        """Replaces all rows by what is kept."""
        clear_layout(self._column)
        self.edit_buttons, self.remove_buttons = [], []
        shown = signers.signers(self._session)
        for number, one in enumerate(shown):
            if number:
                self._column.addWidget(hairline_widget())
            usual = all(other.body != one.body for other in shown[:number])
            self._column.addWidget(self._row(one, usual))

    def _row(self, one: Signer, usual: bool) -> QWidget:
        look = self._look
        holder = QWidget()
        row = QHBoxLayout(holder)
        look.margins(row, 16, 4, 12, 4, 8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(one.full_name or "Chưa ghi họ tên"))
        words.addWidget(ElidedLabel(shown_capacity(self._session, one), ink="muted"))
        row.addLayout(words, 1)
        types = "; ".join(name.capitalize() for name in one.types)
        row.addWidget(caption("; ".join(part for part in ("thường ký" if usual else "", types) if part)))
        if self._session.may(Permission.MANAGE):
            edit = borderless(look, "Sửa", "pencil")
            edit.setAccessibleName(f"Sửa người ký {one.label}")
            edit.clicked.connect(lambda: self._edit(one))
            remove = borderless(look, "Bỏ", "x")
            remove.setAccessibleName(f"Bỏ người ký {one.label}")
            remove.clicked.connect(lambda: self._remove(one))
            row.addWidget(edit)
            row.addWidget(remove)
            self.edit_buttons.append(edit)
            self.remove_buttons.append(remove)
        look.follow(holder, lambda: holder.setMinimumHeight(look.px(53)))
        return holder

    def _edit(self, one: Signer | None) -> None:
        self.dialog = SignerDialog(self._look, self._session, one, self)
        self.dialog.accepted.connect(self._changed)
        self.dialog.open()

    def _remove(self, one: Signer) -> None:
        left = [other for other in signers.signers(self._session) if other.key != one.key]
        try:
            signers.keep(self._session, left)
        except UserError as error:
            show_error(self._look, error, self)
            return
        self._changed()

    def _changed(self) -> None:
        self.show_signers()
        self.saved.emit()


def shown_capacity(session: Session, one: Signer) -> str:
    """The lines over the name, on one line: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
    made = signers.signature(session, one)
    return " / ".join((*made.capacity, made.position))


class SignerDialog(FormDialog):
    """One signer; what will stand over the name is shown while it is chosen."""

    def __init__(self, look: Look, session: Session, one: Signer | None, parent: QWidget | None) -> None:
        super().__init__(look, "Người ký", "Lưu", parent)
        self.session, self.one = session, one
        known = signers.bodies(session)
        before = one or Signer("", OFFICE, Capacity.HEAD, known[OFFICE].signing.head)
        self.body = ChoiceBox(look, "Ký giấy tờ của", [(body.key, body.title) for body in known.values()], before.body)
        self.capacity = ChoiceBox(look, "Thẩm quyền ký", list(CAPACITY_WORDS.items()), before.capacity)
        self.position = PlainLine(look, "Chức vụ")
        self.position.setText(before.position)
        self.full_name = PlainLine(look, "Họ và tên")
        self.full_name.setText(before.full_name)
        self.types = PlainLine(look, "Loại giấy tờ")
        self.types.setText("; ".join(name.capitalize() for name in before.types))
        self.add_row("body", FormRow(look, "Ký giấy tờ của", self.body))
        self.add_row("capacity", FormRow(look, "Thẩm quyền ký", self.capacity))
        self.add_row("position", FormRow(look, "Chức vụ", self.position, "Như in trên giấy.", required=True))
        self.add_row("full_name", FormRow(look, "Họ và tên", self.full_name, "Không ghi học hàm, học vị."))
        hint = "Những loại người này thường ký, ví dụ Giấy mời; Thông báo. Để trống thì theo thứ tự danh sách."
        self.add_row("types", FormRow(look, "Loại giấy tờ", self.types, hint))
        self.shown = caption("", wrap=True)
        self.column.addWidget(self.shown)
        for box in (self.body, self.capacity):
            box.currentIndexChanged.connect(lambda _at: self._show())
        self.position.textChanged.connect(lambda _text: self._show())
        self._show()
        self.body.setFocus()
        size_to_content(look, self, _WIDTH)

    def made(self) -> Signer:
        """The signer as typed."""
        capacity = self.capacity.chosen()
        key = self.one.key if self.one else signers.next_key(self.session)
        return signers.typed(
            key, str(self.body.chosen()), Capacity(str(capacity)), self.position.text(), self.full_name.text(),
            self.types.text(),
        )  # fmt: skip

    def _show(self) -> None:
        self.shown.setText(f"In trên giấy: {shown_capacity(self.session, self.made())}")

    def work(self) -> bool:
        """Keeps the signer; faults of one box are told there, TD-PRINT-092 for what is left."""
        made = self.made()
        for row in self.rows.values():
            row.set_problem("")
        problems = signers.problems_of(self.session, made)
        for problem in problems:
            self.rows[problem.field].set_problem(problem.text)
        if problems:
            return False
        signers.keep(self.session, _replaced(signers.signers(self.session), made))
        return True


def _replaced(kept: Sequence[Signer], made: Signer) -> list[Signer]:
    """The list with one signer changed, or added at its end."""
    if any(one.key == made.key for one in kept):
        return [made if one.key == made.key else one for one in kept]
    return [*kept, made]
