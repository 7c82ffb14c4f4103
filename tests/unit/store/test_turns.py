"""One writes at a time: who comes second waits in its own way, and drafts never do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from tests.unit.store.made_up import NOW, event
from thidua_desktop.errors import UserError
from thidua_desktop.store.open_file import OfficeFile

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
