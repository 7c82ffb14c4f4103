"""An office file that is deleted while it is open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.unit.services.conftest import PASSWORD
from thidua_desktop.services import records, rescue
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Session


def test_everything_is_written_anew_with_what_was_recorded_after_it_went(session: Session, tmp_path: Path) -> None:
    assert not rescue.is_gone(session)
    session.file.path.rename(tmp_path / "chuyen di")
    assert rescue.is_gone(session)
    values = {"held_on": date(2026, 11, 8), "kind": "propaganda", "title": "Sau khi xóa", "attendance_total": 40}
    saved = records.save(session, "movement_activity", values, reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    for _ in range(2):  # a rescue replaces the one before
        rescued = rescue.rescue(session)
    assert rescued.parent == session.file.path.parent and rescued.stem == f"{session.file.path.stem}-cuu"
    again = open_office(rescued, PASSWORD)
    assert records.get(again, "movement_activity", saved.record.id).values["title"] == "Sau khi xóa"
    again.close()
