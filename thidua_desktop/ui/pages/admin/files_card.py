"""How much attached files take, and the largest file that may be attached."""

from __future__ import annotations

from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments
from thidua_desktop.services.session import Permission, Session
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.labels import caption, label
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error

_OFFERED = (2, 5, 10, 20, 50, 100, 200)


class FilesCard(Card):
    """The limit is the office's own setting; everybody may see it, who manages the office may change it."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Tệp đính kèm")
        self._look, self._session = look, session
        self.words = label("", wrap=True)
        now = attachments.limit_bytes(session) // (1024 * 1024)
        offered = sorted({*_OFFERED, now})
        self.limit = ChoiceBox(look, "Tệp lớn nhất", [(one, f"Mỗi tệp không quá {one} MB") for one in offered], now)
        self.limit.setEnabled(session.may(Permission.MANAGE))
        self.limit.currentIndexChanged.connect(self._change)
        self.add_padded(self.words, top=12, bottom=4)
        self.add_padded(self.limit, top=0, bottom=4)
        self.add_padded(caption("Nội dung tệp nằm trong tệp sổ đã mã hóa, sao lưu cùng sổ.", wrap=True), top=0)

    def show_files(self) -> None:
        """Count again."""
        self.words.setText(attachments.total_text(self._session))

    def _change(self) -> None:
        chosen = self.limit.chosen()
        try:
            attachments.set_limit(self._session, int(str(chosen)))
        except UserError as error:
            show_error(self._look, error, self)
