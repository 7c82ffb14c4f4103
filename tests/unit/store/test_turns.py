"""One writes at a time: who comes second waits in its own way, and drafts never do."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.store.made_up import NOW, PASSWORD, event
from thidua_desktop.errors import UserError
from thidua_desktop.store.office_file import open_office
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.waiting_drafts import WaitingDraft, waiting_path

DAY = date(2026, 11, 8)


@contextmanager
def writing(office: OfficeFile) -> Iterator[threading.Event]:
    """Another thread writes until the event is set, or the block ends."""
    begun, ends = threading.Event(), threading.Event()

    def work() -> None:
        with office.worker() as own, own.atomic():
            own.records.save("event", event(DAY, "việc dài"), actor="an", now=NOW)
            begun.set()
            ends.wait()

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait()
    try:
        yield ends
    finally:
        ends.set()
        thread.join()


def test_a_save_is_written_when_its_turn_has_come(office: OfficeFile) -> None:
    looks = []

    with writing(office) as ends:

        def wait(is_free: Callable[[], bool]) -> None:
            while not is_free():
                looks.append(1)
                ends.set()

        office.wait_by(wait)
        saved = office.records.save("event", event(DAY, "việc ngắn"), actor="dao", now=NOW)
        office.settings.put("một điều", 1)
    assert looks and office.records.get("event", saved.id) is not None
    assert len(office.search("viec")) == 2 and office.check() == []


def test_who_would_not_wait_has_written_nothing(office: OfficeFile) -> None:
    def leave(_is_free: Callable[[], bool]) -> None:
        raise UserError("TD-UI-111")

    office.wait_by(leave)
    with writing(office), pytest.raises(UserError, match="TD-UI-111"):
        office.records.save("event", event(DAY), actor="dao", now=NOW)
    assert len(office.search("viec")) == 1


def test_a_draft_does_not_wait(office: OfficeFile) -> None:
    def never(_is_free: Callable[[], bool]) -> None:
        raise AssertionError("a draft waited")

    office.wait_by(never)
    with writing(office):
        assert not office.drafts.put("event", None, "dao", {"title": "x"}, NOW)
        assert not office.drafts.drop("event", None, "dao")
    assert office.drafts.all() == []
    assert office.drafts.put("event", None, "dao", {"title": "x"}, NOW)
    assert office.drafts.drop("event", None, "dao")


def test_what_waited_when_the_machine_went_off_is_there_at_the_next_opening(office: OfficeFile, tmp_path: Path) -> None:
    office.drafts.put("event", "1", "dao", {"title": "bỏ"}, NOW)
    office.drafts.put("event", "2", "dao", {"title": "mới hơn"}, NOW + timedelta(minutes=2))
    later = NOW + timedelta(minutes=1)
    with writing(office):
        office.waiting_drafts.keep([WaitingDraft("event", None, "dao", {"title": "một"}, NOW)])
        waiting = [
            WaitingDraft("event", None, "dao", {"title": "hai"}, later),
            WaitingDraft("event", "1", "dao", None, later),
            WaitingDraft("event", "2", "dao", {"title": "cũ hơn"}, later),
        ]
        office.waiting_drafts.keep(waiting)
        assert office.waiting_drafts.all() == waiting
        copy = copied(office.path, tmp_path / "sau")
    with open_office(copy, office.definitions, PASSWORD) as opened:
        found = {one.record_id: one.values["title"] for one in opened.drafts.all()}
        assert found == {None: "hai", "2": "mới hơn"} and len(opened.search("viec")) == 0
    assert not waiting_path(copy).exists()
    office.waiting_drafts.keep(())
    assert not waiting_path(office.path).exists() and office.waiting_drafts.all() == []


def test_drafts_of_another_office_that_lay_here_are_no_drafts(office: OfficeFile) -> None:
    waiting_path(office.path).write_bytes(b"\x07" * 8192)
    assert office.waiting_drafts.all() == []
    office.waiting_drafts.keep([WaitingDraft("event", None, "dao", {"title": "một"}, NOW)])
    assert [one.values for one in office.waiting_drafts.all()] == [{"title": "một"}]


def copied(office: Path, folder: Path) -> Path:
    """The office file with everything beside it, as a power cut leaves it."""
    folder.mkdir()
    for one in office.parent.glob(f"{office.name}*"):
        if not one.name.endswith((".lock", "-shm")):
            shutil.copyfile(one, folder / one.name)
    return folder / office.name


def test_a_worker_waits_longer_than_the_driver_and_stops_when_asked(
    office: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thidua_desktop.store.open_file.BUSY_MILLISECONDS", 1)
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 3

    with writing(office), office.worker(stopped) as own, pytest.raises(UserError, match="TD-UI-100"):
        own.settings.put("một điều", 1)
    assert office.settings.get("một điều") is None and len(asked) > 3
