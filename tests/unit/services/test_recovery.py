"""The recovery sheet typed back, scanned and photographed: does it open this office, and is that known?"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, recovery
from thidua_desktop.services.handoff.paper_figures import codes_in_file
from thidua_desktop.services.offices import CreatedOffice
from thidua_desktop.services.session import Session
from thidua_desktop.store.recovery_sheet import read_sheet, sheet_digits, sheet_text


def test_a_sheet_is_tried_without_changing_anything(created: CreatedOffice) -> None:
    session = created.session
    assert recovery.state(session).words == "Chưa rõ phiếu đã in, cất hay chưa"
    recovery.sheet_kept(session)
    assert "chưa gõ thử" in recovery.state(session).words
    assert recovery.try_sheet(session, created.recovery.lower().replace("-", " ")).tried == session.now()
    assert recovery.state(session).words == "Đã gõ thử, đúng, ngày 23/11/2026"
    sheet = recovery.new_recovery_sheet(session)
    assert not recovery.state(session).is_safe
    with pytest.raises(UserError, match="TD-STORE-021"):
        recovery.try_sheet(session, created.recovery)
    assert recovery.try_sheet(session, sheet.text).is_safe
    assert [one.what for one in session.file.accesses.all()] == ["sheet_tried", "sheet", "failed", "sheet_tried"]


def test_digits_and_letters_are_the_same_secret() -> None:
    for secret in (bytes(32), bytes(range(32)), b"\xff" * 32):
        digits = sheet_digits(secret)
        assert len(digits) == 85 and digits.isdigit()
        assert read_sheet(f" {digits[:40]}\n{digits[40:]}\r\n") == read_sheet(sheet_text(secret)) == secret
        wrong = digits[:50] + str((int(digits[50]) + 1) % 10) + digits[51:]
        with pytest.raises(UserError, match="TD-STORE-010"):
            read_sheet(wrong)
    with pytest.raises(UserError, match="TD-STORE-010"):
        read_sheet("9" * 85)


def test_the_printed_code_opens_the_office_from_a_scanner_and_a_picture(created: CreatedOffice, tmp_path: Path) -> None:
    sheet = tmp_path / "phiếu.pdf"
    sheet.write_bytes(created.recovery_sheet_pdf)
    (typed,) = codes_in_file(sheet)  # what a scanner types
    picture = tmp_path / "ảnh.png"
    with pypdfium2.PdfDocument(sheet) as pdf:
        pdf[0].render(scale=150 / 72).to_pil().convert("L").rotate(3, fillcolor=255).save(picture)
    assert recovery.sheet_in_picture(picture) == typed
    path = created.session.file.path
    created.session.close()
    offices.open_with_recovery(path, typed + "\r").close()


def test_a_picture_of_another_code_is_told(session: Session, tmp_path: Path) -> None:
    from thidua_desktop.services.handoff.enrolment_papers import enrolment_sheet

    other = tmp_path / "thẻ.pdf"
    other.write_bytes(enrolment_sheet(session))
    with pytest.raises(UserError, match="TD-STORE-377"):
        recovery.sheet_in_picture(other)
