"""Undo and redo are new changes, and never overwrite what came after."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.unit.store.made_up import NOW, event, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Values
from thidua_desktop.store import record_writer
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.record_writer import Writing
from thidua_desktop.store.register_table import RegisterTable
from thidua_desktop.store.titles import Titles

WHO = {"actor": "dao", "now": NOW}
DAY = date(2026, 11, 8)


def present(office: OfficeFile, record_id: str) -> object:
    """The record's number present; "gone" when it is deleted."""
    record = office.records.get("event", record_id)
    assert record is not None
    return "gone" if record.deleted else record.values.get("present")


def test_undo_walks_back_and_redo_forward(office: OfficeFile) -> None:
    record_id = office.records.save("event", event(DAY, present=1), **WHO).id
    office.records.save("event", event(DAY, present=2), id=record_id, **WHO)
    office.records.delete("event", record_id, **WHO)
    seen = []
    for step in (office.changes.undo, office.changes.undo, office.changes.undo, *[office.changes.redo] * 3):
        assert [key.id for key in step("dao", NOW)] == [record_id]
        seen.append(present(office, record_id))
    assert seen == [2, 1, "gone", 1, 2, "gone"]
    assert office.check() == []


def test_an_undone_record_is_not_found_and_a_redone_one_is(office: OfficeFile) -> None:
    office.records.save("event", event(DAY, "Hội thi"), **WHO)
    office.changes.undo("dao", NOW)
    assert office.search("hoi thi") == []
    office.changes.redo("dao", NOW)
    assert len(office.search("hoi thi")) == 1


def test_a_record_that_goes_or_comes_back_as_it_was_is_only_marked(
    office: OfficeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An undo of a whole import wrote every field, sort key and index of it again, which was most of its time."""
    record_id = office.records.save("event", event(DAY, "Hội thi", present=2), **WHO).id
    before = office.records.get("event", record_id)
    monkeypatch.setattr(RegisterTable, "parameters", lambda *_: pytest.fail("all columns are written"))
    office.records.delete("event", record_id, **WHO)
    assert present(office, record_id) == "gone" and office.search("hoi thi") == []
    office.changes.undo("dao", NOW)
    after = office.records.get("event", record_id)
    assert before is not None and after is not None and after.revision == before.revision + 2
    assert after.values == before.values and len(office.search("hoi thi")) == 1
    assert office.check() == []


def test_nothing_to_undo_or_redo(office: OfficeFile) -> None:
    for step, code in ((office.changes.undo, "TD-STORE-014"), (office.changes.redo, "TD-STORE-015")):
        with pytest.raises(UserError, match=code):
            step("dao", NOW)


def test_a_new_change_ends_redo(office: OfficeFile) -> None:
    office.records.save("event", event(DAY), **WHO)
    office.changes.undo("dao", NOW)
    office.records.save("event", event(DAY), **WHO)
    assert office.changes.can_redo("dao") is None


def test_a_later_change_of_the_same_field_stops_undo(office: OfficeFile) -> None:
    record_id = office.records.save("event", event(DAY, present=1), **WHO).id
    office.records.save("event", event(DAY, present=2), id=record_id, **WHO)
    office.records.save("event", event(DAY, present=3), id=record_id, actor="an", now=NOW)
    with pytest.raises(UserError, match="TD-STORE-016"):
        office.changes.undo("dao", NOW)
    assert present(office, record_id) == 3


def test_a_later_change_of_another_field_stays(office: OfficeFile) -> None:
    record_id = office.records.save("event", event(DAY, present=1), **WHO).id
    office.records.save("event", event(DAY, present=2), id=record_id, **WHO)
    office.records.save("event", event(DAY, present=2, host="Vừ A Sính"), id=record_id, actor="an", now=NOW)
    office.changes.undo("dao", NOW)
    record = office.records.get("event", record_id)
    assert record is not None and (record.values["present"], record.values["host"]) == (1, "Vừ A Sính")


def test_a_record_that_others_worked_on_is_not_undone_away(office: OfficeFile) -> None:
    record_id = office.records.save("event", event(DAY), **WHO).id
    office.records.save("event", event(DAY, host="Vừ A Sính"), id=record_id, actor="an", now=NOW)
    with pytest.raises(UserError, match="TD-STORE-016"):
        office.changes.undo("dao", NOW)


def test_everyone_undoes_only_their_own(office: OfficeFile) -> None:
    first = office.records.save("event", event(DAY), **WHO).id
    second = office.records.save("event", event(DAY), actor="an", now=NOW).id
    office.changes.undo("dao", NOW)
    assert (present(office, first), present(office, second)) == ("gone", None)


def test_an_undo_that_fails_half_way_changes_nothing(office: OfficeFile) -> None:
    with office.atomic():
        first = office.records.save("event", event(DAY), **WHO).id
        second = office.records.save("event", event(DAY), **WHO).id
    office.records.save("event", event(DAY, present=1), id=first, actor="an", now=NOW)
    with pytest.raises(UserError, match="TD-STORE-016"):
        office.changes.undo("dao", NOW)
    assert present(office, second) is None and office.changes.verify_chain() is None


def bring_back(office: OfficeFile, record_id: str, values: Values) -> None:
    """A deleted record stands again with other values, as one that a merge brings."""
    database = office._database
    table = database.table("event")
    deleted = record_writer.current(database, table, record_id)
    assert deleted is not None
    record_writer.update(database, table, deleted, values, Writing("dao", NOW), Titles(database))


def test_a_large_action_is_taken_back_in_blocks(office: OfficeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua_desktop.store.record_writer.BLOCK", 2)
    kept = office.records.save("event", event(DAY, "Hội thi", present=7), **WHO).id
    gone = office.records.save("event", event(DAY, present=8), **WHO).id
    office.records.delete("event", gone, **WHO)
    with office.atomic():  # one record three times, one brought back with another value, and new ones around them
        ids = [office.records.save("event", event(DAY, present=number), **WHO).id for number in range(3)]
        office.records.save("event", event(DAY, present=9), id=kept, **WHO)
        bring_back(office, gone, event(DAY, present=5))
        office.records.delete("event", kept, **WHO)
        office.records.save("event", event(DAY, present=4), id=ids[0], **WHO)
    done: list[tuple[int, int]] = []
    office.changes.undo("dao", NOW, lambda *told: done.append(told))
    assert [present(office, one) for one in (kept, gone, *ids)] == [7, "gone", "gone", "gone", "gone"]
    assert done[0] == (0, 7) and [told[0] for told in done] == sorted(told[0] for told in done) and len(done) >= 4
    assert len(office.search("hoi thi")) == 1 and office.check() == []
    office.changes.redo("dao", NOW)
    assert [present(office, one) for one in (kept, gone, *ids)] == ["gone", 5, 4, 1, 2] and office.check() == []


def test_a_stopped_undo_changes_nothing(office: OfficeFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thidua_desktop.store.record_writer.BLOCK", 1)
    with office.atomic():
        ids = [office.records.save("event", event(DAY, present=number), **WHO).id for number in range(3)]

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.changes.undo("dao", NOW, stop)
    assert [present(office, one) for one in ids] == [0, 1, 2] and office.changes.can_undo("dao") is not None


class UndoMachine(RuleBasedStateMachine):
    """Compared with the plainest model: a list of all states and a place in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.office = make_office(Path(self.folder.name) / "xa.thidua").file
        self.states: list[dict[str, int]] = [{}]
        self.place = 0

    def now(self) -> dict[str, int]:
        return dict(self.states[self.place])

    def went_on(self, state: dict[str, int]) -> None:
        self.states = [*self.states[: self.place + 1], state]
        self.place += 1

    @rule(number=st.integers(0, 3))
    def add(self, number: int) -> None:
        record_id = self.office.records.save("event", event(DAY, present=number), **WHO).id
        self.went_on({**self.now(), record_id: number})

    @rule(number=st.integers(0, 3), which=st.integers(0, 99))
    def change(self, number: int, which: int) -> None:
        state = self.now()
        if state and state[record_id := sorted(state)[which % len(state)]] != number:
            self.office.records.save("event", event(DAY, present=number), id=record_id, **WHO)
            self.went_on({**state, record_id: number})

    @rule(which=st.integers(0, 99))
    def remove(self, which: int) -> None:
        state = self.now()
        if state:
            record_id = sorted(state)[which % len(state)]
            self.office.records.delete("event", record_id, **WHO)
            self.went_on({key: value for key, value in state.items() if key != record_id})

    @rule()
    def undo(self) -> None:
        if self.place:
            self.office.changes.undo("dao", NOW)
            self.place -= 1
        else:
            assert self.office.changes.can_undo("dao") is None

    @rule()
    def redo(self) -> None:
        if self.place < len(self.states) - 1:
            self.office.changes.redo("dao", NOW)
            self.place += 1
        else:
            assert self.office.changes.can_redo("dao") is None

    @invariant()
    def agrees(self) -> None:
        rows = self.office._database.all("SELECT id, present FROM event WHERE deleted = 0")
        assert dict(rows) == self.now()

    def teardown(self) -> None:
        assert self.office.check() == []
        self.office.close()
        self.folder.cleanup()


TestUndoMachine = UndoMachine.TestCase
TestUndoMachine.settings = settings(max_examples=25, stateful_step_count=20)
