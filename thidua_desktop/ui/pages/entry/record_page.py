"""What every page that writes one record does alike: its keys, its draft, and two people at one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.services import drafts, records
from thidua_desktop.services.drafts import Draft
from thidua_desktop.services.records import Refused, Saved
from thidua_desktop.services.session import Changes, Session
from thidua_desktop.text import format_moment, upper_first
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.draft_keeper import DraftKeeper
from thidua_desktop.ui.pages.entry.notice_bar import NoticeBar
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput
from thidua_desktop.ui.shell.page import Navigate, Page
from thidua_desktop.ui.show_error import show_error

_CONFLICT = "TD-STORE-222"
_NOT_KEPT = "Chưa giữ được bản nháp."


class RecordPage(Page):
    """A page for one record of ``register``; ``saved`` carries its id. Subclasses set ``this`` and override ``_open``.

    ``this`` says what is written ("bản ghi này"). What is typed is kept as a draft by ``keeper``.
    """

    saved = Signal(str)
    this = ""

    def __init__(self, session: Session, look: Look, navigate: Navigate, register: str) -> None:
        super().__init__()
        self.session, self.look, self.navigate = session, look, navigate
        self.spec = session.register(register)
        self.record_id: str | None = None
        self._revision: int | None = None
        self._reasons: dict[str, str] = {}
        self._is_saving = False
        self.notice = NoticeBar(look)
        self.keeper = DraftKeeper(session, register, self._collect, self)
        self.keeper.refused.connect(self._tell_not_kept)
        self.keeper.kept.connect(self._tell_kept_again)

    def _open(self, record_id: str | None, values: Values | None) -> None:
        """Shows a record, or a new one that begins with ``values``; a draft of it is taken up."""

    def _collect(self) -> dict[str, object]:
        """What a draft keeps, as JSON can hold it."""
        return {}

    def save(self) -> bool:
        """Ctrl+S; True when it was saved."""
        return False

    def _saved_by(
        self, write: Callable[[int | None], Saved | Refused], over: int | None = None
    ) -> Saved | Refused | None:
        """What ``write`` gives for the revision that is shown, or for ``over``; None when it was refused, and told.

        Meanwhile the page takes up no change: it is its own.
        """
        gone = self.keeper.record_id if self.keeper.record_id != self.record_id else None
        beside = drafts.find(self.session, self.spec.name, None) if gone is not None else None
        self._is_saving = True
        try:
            outcome = write(self._revision if over is None else over)
        except UserError as error:
            self._tell_refusal(error)
            return None
        finally:
            self._is_saving = False
        if gone is not None and isinstance(outcome, Saved):
            self.keeper.drop()
            if beside is not None:  # of another new record: saving this one as new took it along
                drafts.keep(self.session, self.spec.name, None, beside.texts)
        return outcome

    def _take_reason(self, key: str, reason: str) -> None:
        """A warning is kept with a reason, or, where that is empty, open again."""
        if reason:
            self._reasons[key] = reason
        else:
            self._reasons.pop(key, None)

    def _bind(self, keys: Mapping[str, Callable[[], Any]]) -> None:
        """Keys that work anywhere on the page."""
        for pressed, act in keys.items():
            made = QShortcut(QKeySequence(pressed), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    # Drafts

    def _tell_taken_up(self, draft: Draft) -> None:
        """A draft that was left by Esc or a power cut is shown; the record (or a blank one) is one click away."""
        self.keeper.start(draft.record_id)
        other = "Bỏ nháp, ghi từ đầu" if self.record_id is None else "Bỏ nháp, xem bản đã lưu"
        when = f"Giữ lúc {format_moment(draft.kept_at)}, chưa vào sổ."
        if draft.record_id != self.record_id:
            when += f" {upper_first(self.this)} không còn trong sổ, lưu thì ghi thành {self.spec.singular} mới."
            self.notice.tell(State.WARN, "Đã lấy lại bản nháp.", when, [(other, self._drop_draft)])
            return
        revision = draft.texts.get("revision")
        self._revision = revision if isinstance(revision, int) else self._revision
        self.notice.tell(State.INFO, "Đã lấy lại bản nháp.", when, [(other, self._drop_draft)])

    def _still_there(self, record_id: str | None) -> str | None:
        """The id, or None for a record that is gone while a draft of it stands: it is shown as a new one."""
        if record_id is None or drafts.find(self.session, self.spec.name, record_id) is None:
            return record_id
        record = records.find(self.session, self.spec.name, record_id)
        return None if record is None or record.deleted else record_id

    def _drop_draft(self) -> None:
        self.keeper.drop()
        self._open(self.record_id, None)
        self.focus_first()

    def _tell_not_kept(self, refusal: UserError) -> None:
        """A disk that takes no draft: said beside the form, never in a box before who is typing."""
        words = f"{refusal.sentence} {refusal.remedy} Chữ đang gõ vẫn ở đây, chương trình tự thử lại."
        self.notice.tell(State.WARN, _NOT_KEPT, words)

    def _tell_kept_again(self) -> None:
        if self.notice.words().startswith(_NOT_KEPT):
            self.notice.put_away()

    # Two people at one record

    def _tell_refusal(self, error: UserError) -> None:
        self.keeper.keep_now()
        if error.code != _CONFLICT:
            show_error(self.look, error, self)
            return
        self.notice.tell(
            State.WARN,
            f"Có người vừa sửa {self.this}.",
            f"{error.sentence} Bản đang ghi vẫn giữ trong nháp.",
            [("Lấy bản mới", self._drop_draft), ("Ghi đè bằng bản này", self._save_over)],
        )

    def _save_over(self) -> None:
        if self.record_id is not None:
            self._revision = records.get(self.session, self.spec.name, self.record_id).revision
            self.save()

    # What is written elsewhere

    def _follow(self, changes: object) -> None:
        """Takes up what an undo or another window wrote to the record, unless something is being typed here."""
        ids = changes.ids if isinstance(changes, Changes) else (self.record_id,)
        if self.record_id is None or self._is_saving or self.record_id not in ids:
            return
        record = records.find(self.session, self.spec.name, self.record_id)
        if record is None or record.deleted:
            self._on_gone()
        elif record.revision != self._revision and not self.keeper.is_dirty():
            self._open(self.record_id, None)

    def _on_gone(self) -> None:
        """The record was taken back or deleted: its page leaves, but typed words may be saved as a new one."""
        if not self.keeper.is_dirty() and drafts.find(self.session, self.spec.name, self.record_id) is None:
            self.navigate.back()
            return
        self.record_id, self._revision = None, None
        self.keeper.start_unsaved()
        words = f"Điều đang gõ vẫn ở đây, lưu thì ghi thành {self.spec.singular} mới."
        self.notice.tell(State.WARN, f"{upper_first(self.this)} không còn trong sổ.", words)

    # Page protocol

    def can_leave(self) -> bool:
        self.keeper.keep_now()
        return True

    def keeps_words(self, field: QWidget) -> bool:
        """The fields of the register are in the draft; a reason that is still being typed is not."""
        above = field.parentWidget()
        while above is not None and not isinstance(above, FieldInput):
            above = above.parentWidget()
        return above is not None

    def room(self) -> str:
        return self.spec.name
