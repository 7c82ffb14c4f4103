"""The slip that two people sign: however many registers a package brings, the signatures stand below them."""

from __future__ import annotations

import pypdfium2
import pytest

from thidua_desktop.services.handoff.outgoing import Outgoing, OutgoingRegister
from thidua_desktop.services.handoff.slip import handover_slip
from thidua_desktop.services.session import Session


@pytest.mark.parametrize("count", [10, 11, 20, 21, 24, 25, 42])
def test_what_is_signed_for_and_the_signatures_are_on_one_sheet(
    session: Session, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = [*session.definitions.registers.values()][:count]
    registers = tuple(OutgoingRegister(one.name, one.title, one.short or one.title, 1234) for one in specs)
    outgoing = Outgoing.__new__(Outgoing)
    reports = ("Kết quả phong trào tháng 11/2026",)
    for name, value in (("registers", registers), ("file_name", "THIDUA_24496_e316_000002.tdp"), ("reports", reports)):
        object.__setattr__(outgoing, name, value)
    monkeypatch.setattr(Outgoing, "records", 1234 * count, raising=False)
    pdf = pypdfium2.PdfDocument(handover_slip(session, outgoing, 2, "ab" * 32, 139_264))
    text = pdf.get_page(0).get_textpage().get_text_range()
    assert len(pdf) == 1 and "NGƯỜI NHẬN" in text
    named = (specs[-1].short or specs[-1].title) if count > 10 else specs[-1].title
    assert named in " ".join(text.split())
