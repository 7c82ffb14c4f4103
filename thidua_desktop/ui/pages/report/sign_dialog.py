"""Ký số: which key, its password or PIN, in which place; the signed file is written beside the paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import fault_words
from thidua_desktop.paths import is_there
from thidua_desktop.services import signing
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.session import Session
from thidua_desktop.services.signing import SignaturePlace
from thidua_desktop.ui.components.buttons import bordered
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.dialogs import size_to_content
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.admin.people_dialogs import Deed, FormDialog
from thidua_desktop.ui.wizard.form_row import FormRow, PlainLine

_KEPT = "signing.places"
_WIDTH = 560  # px at 100 %
_KEYS = "Tệp khóa, trình điều khiển (*.p12 *.pfx *.dll *.so)"
_PICTURES = "Hình (*.png *.jpg *.jpeg)"
_KEY_FILES = {".p12", ".pfx"}


class SignedFile(NamedTuple):
    """Where the signed file of a paper was saved, and at which of its places it was signed (-1: unseen)."""

    pdf: bytes
    path: Path
    place: int


class SignDialog(FormDialog):
    """``signed`` holds the signed file once the dialog was accepted. Where keys and pictures lie is remembered, what
    opens them never."""

    def __init__(
        self, session: Session, look: Look, pdf: bytes, places: Sequence[SignaturePlace], parent: QWidget | None,
        after: SignedFile | None = None,
    ) -> None:  # fmt: skip
        super().__init__(look, "Ký số", "Ký", parent)
        self.session, self.pdf, self.places = session, pdf, tuple(places)
        self.signed = b""
        self.paths: dict[str, PlainLine] = {}
        self._add_path("key", "Khóa ký", _KEYS, "Tệp .p12, .pfx, hoặc tệp trình điều khiển PKCS#11 của USB ký số.")
        self.secret = PlainLine(look, "Mật khẩu hoặc mã PIN", secret=True)
        self.add_row("secret", FormRow(look, "Mật khẩu hoặc mã PIN", self.secret, required=True))
        choices = [(at, f"{one.position}: {one.name or '…'}") for at, one in enumerate(self.places)]
        self.place = ChoiceBox(look, "Chỗ ký", [*choices, (-1, "Không hiện hình")], 0 if choices else -1)
        self.add_row("place", FormRow(look, "Chỗ ký", self.place))
        self._add_path("image", "Hình chữ ký", _PICTURES, "Chữ ký của người; để trống thì hiện khung tên và giờ ký.")
        self._add_path("seal", "Hình con dấu", _PICTURES, "Chữ ký của cơ quan: dấu đỏ đúng cỡ, trùm 1/3 bên trái.")
        self._add_path("before", "Ký tiếp vào tệp", "PDF (*.pdf)", "Bản đã có người ký; để trống thì ký bản đang xem.")
        kept = session.file.settings.get(_KEPT) or {}
        for name in ("key", "image", "seal"):
            self.paths[name].setText(kept.get(name, ""))
        if after is not None and after.pdf == pdf and is_there(after.path, Path.is_file):
            self._go_on(after)
        size_to_content(look, self, _WIDTH)

    def _go_on(self, after: SignedFile) -> None:
        """Who signs the same paper once more signs the file that was signed before, at its next place; at the last one
        the seal of the office comes over the signature."""
        self.paths["before"].setText(str(after.path))
        self.place.choose(min(after.place + 1, len(self.places) - 1) if after.place >= 0 else -1)

    def saved_as(self, path: Path) -> SignedFile:
        """What the next one who signs this paper goes on from."""
        at = self.place.chosen()
        return SignedFile(self.pdf, path, at if isinstance(at, int) else -1)

    def _add_path(self, name: str, text: str, kinds: str, hint: str) -> None:
        line = PlainLine(self.look, text)
        browse = bordered(self.look, "Chọn…", "folder-open")
        browse.setAutoDefault(False)
        browse.setAccessibleName(f"Chọn tệp: {text}")
        browse.clicked.connect(lambda: self._browse(line, text, kinds))
        self.paths[name] = line
        self.add_row(name, FormRow(self.look, text, line, hint, required=name == "key", extra=browse))

    def _browse(self, line: PlainLine, title: str, kinds: str) -> None:
        before = Path(line.text()) if line.text() else None
        path = file_to_open(self, title, kinds, Files.SIGNING, before)
        if path is not None:
            line.setText(str(path))

    def work(self) -> Deed:
        """Signs, off the window's thread.

        TD-UI-040 without a key, TD-UI-041 for a file of another paper, TD-UI-042 for one that is not read.
        """
        path = self._path("key")
        if path is None:
            raise UserError("TD-UI-040")
        secret = self.secret.text()
        in_file = path.suffix.lower() in _KEY_FILES
        key = signing.FileKey(path, secret) if in_file else signing.TokenKey(path, secret)
        before = self._read("before")
        if before is not None and not before.startswith(self.pdf):
            raise UserError("TD-UI-041", path=self.paths["before"].text())
        at = self.place.chosen()
        place = self.places[at] if isinstance(at, int) and at >= 0 else None
        source = self.pdf if before is None else before
        images = (self._read("image"), self._read("seal"))
        now = self.session.now()
        return lambda _control: signing.sign(source, key, now, place, *images)

    def succeed(self, found: object) -> None:
        """The signed file is here; where everything lay is kept, and what opened it forgotten."""
        assert isinstance(found, bytes)
        self.signed = found
        self.session.file.settings.put(_KEPT, {name: self.paths[name].text() for name in ("key", "image", "seal")})
        self.secret.clear()
        super().succeed(found)

    def _path(self, name: str) -> Path | None:
        text = self.paths[name].text().strip()
        return Path(text) if text else None

    def _read(self, name: str) -> bytes | None:
        path = self._path(name)
        if path is None:
            return None
        try:
            return path.read_bytes()
        except OSError as fault:
            raise UserError("TD-UI-042", path=path.name, reason=fault_words(fault)) from fault
