"""The dialog that signs: what is missing or wrong stays on it in words, what is signed can be signed again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.working import all_done
from tests.unit.signing.made_keys import NOW, PASSWORD, file_key
from thidua_desktop.printing.blocks import Document, LetterHead, Meta, Signature, SignatureBlock, Title
from thidua_desktop.printing.marks import Rendered
from thidua_desktop.printing.render import render
from thidua_desktop.services import signing
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.sign_dialog import SignDialog


def paper(subject: str = "Kết quả") -> Rendered:
    head = LetterHead(None, ("ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA"), symbol="BC-UBND", date=date(2026, 11, 16))
    chair = SignatureBlock("CHỦ TỊCH", "Nguyễn Thị Bình")
    return render(Document((head, Title("BÁO CÁO", subject), Signature(chair)), Meta("Báo cáo")))


@pytest.fixture
def dialog(qtbot: QtBot, look: Look, session: Session, tmp_path: Path) -> SignDialog:
    object.__setattr__(session, "clock", Clock(NOW))
    made = paper()
    opened = SignDialog(session, look, made.pdf, made.places, None)
    opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks at it once more
    qtbot.addWidget(opened)
    opened.show()
    return opened


def test_faults_stay_on_the_dialog(dialog: SignDialog, tmp_path: Path) -> None:
    dialog.go()
    all_done()
    assert "Chưa chọn khóa để ký." in dialog.refusal.text()  # TD-UI-040
    dialog.paths["key"].setText(str(file_key(tmp_path, "Đỗ Thị Hường").path))
    dialog.secret.setText("sai")
    dialog.go()
    all_done()
    assert "mật khẩu sai" in dialog.refusal.text()
    dialog.secret.setText(PASSWORD)
    dialog.paths["image"].setText(str(tmp_path / "mat.png"))
    dialog.go()
    all_done()
    assert "Không đọc được tệp mat.png" in dialog.refusal.text()  # TD-UI-042
    dialog.paths["image"].clear()
    (tmp_path / "khac.pdf").write_bytes(paper("Khác").pdf)
    dialog.paths["before"].setText(str(tmp_path / "khac.pdf"))
    dialog.go()
    all_done()
    assert "không phải bản ký của giấy đang xem" in dialog.refusal.text()  # TD-UI-041
    assert dialog.signed == b"" and dialog.isVisible()


def test_one_signs_after_the_other(
    dialog: SignDialog, look: Look, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.paths["key"].setText(str(file_key(tmp_path, "Đỗ Thị Hường").path))
    dialog.secret.setText(PASSWORD)
    assert dialog.place.currentText() == "CHỦ TỊCH: Nguyễn Thị Bình"
    dialog.go()
    all_done()
    signed = dialog.signed
    (tmp_path / "mot.pdf").write_bytes(signed)
    second = SignDialog(session, look, paper().pdf, paper().places, None)
    second.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(second)
    assert second.paths["key"].text().endswith("Hường.p12") and second.secret.text() == ""
    second.paths["key"].setText(str(file_key(tmp_path, "Y Bhăm Niê").path))
    second.paths["before"].setText(str(tmp_path / "mot.pdf"))
    second.secret.setText(PASSWORD)
    second.place.choose(-1)
    second.go()
    all_done()
    assert [(one.name, one.intact) for one in signing.signatures(second.signed)] == [
        ("Đỗ Thị Hường", True), ("Y Bhăm Niê", True),
    ]  # fmt: skip


def test_pressing_it_again_goes_on_from_the_signed_file(
    dialog: SignDialog, look: Look, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    """Else the second one signs the paper that nobody signed, and one of the two signatures is lost."""
    first = tmp_path / "mot.pdf"
    first.write_bytes(b"%PDF")
    after = dialog.saved_as(first)
    again = SignDialog(session, look, dialog.pdf, dialog.places, None, after)
    other = SignDialog(session, look, paper("Khác").pdf, dialog.places, None, after)
    first.unlink()
    gone = SignDialog(session, look, dialog.pdf, dialog.places, None, after)
    for one in (again, other, gone):
        qtbot.addWidget(one)
    assert again.paths["before"].text() == str(first) and again.place.chosen() == 0  # for the seal
    for one in (other, gone):
        assert one.paths["before"].text() == "" and one.place.chosen() == 0
