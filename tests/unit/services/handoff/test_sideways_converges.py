"""Whatever machines of one office write, exchange, lose, repeat, take back and decide: in the end all hold the same."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.unit.services.handoff.contents import digest_of
from tests.unit.services.handoff.two_machines import change, machines, take
from thidua_desktop.errors import UserError
from thidua_desktop.services import records
from thidua_desktop.services.handoff import conflicts, undoing
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import PackageEntry

ACTIVITY = "movement_activity"
WHO = st.integers(0, 2)
_PASSED = {"TD-SYNC-009", "TD-SYNC-011", "TD-SYNC-059"}  # known already: nothing to do


class Office(RuleBasedStateMachine):
    """Three machines of one commune."""

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.folder = Path(tempfile.mkdtemp())
        self.office = self.stack.enter_context(machines(self.folder, 3))
        self.packages = []
        self.known = [self.office.activity(self.office.all[0])]

    @rule(who=WHO)
    def records_something(self, who: int) -> None:
        if self._has_the_area(self.office.all[who]):
            self.known.append(self.office.activity(self.office.all[who], f"Việc {len(self.known)}"))

    @rule(who=WHO, which=st.integers(0, 9), total=st.integers(41, 44))
    def changes_a_number(self, who: int, which: int, total: int) -> None:
        self._change(who, which, attendance_total=total)

    @rule(who=WHO, which=st.integers(0, 9), title=st.sampled_from(["An toàn", "Tuần tra", "Ma túy"]))
    def changes_a_title(self, who: int, which: int, title: str) -> None:
        self._change(who, which, title=title)

    @rule(who=WHO, which=st.integers(0, 9))
    def deletes(self, who: int, which: int) -> None:
        machine, record_id = self.office.all[who], self.known[which % len(self.known)]
        if self._living(machine, record_id):
            records.delete(machine, ACTIVITY, record_id, reason="ghi hai lần")

    @rule(who=WHO)
    def undoes_the_last_action(self, who: int) -> None:
        if self.office.all[who].file.changes.can_undo(self.office.all[who].user.name) is not None:
            try:
                records.undo(self.office.all[who])
            except UserError as refusal:
                assert refusal.code in {"TD-STORE-016", "TD-STORE-387"}  # changed since; a package was the last act

    @rule(who=WHO)
    def makes_a_package(self, who: int) -> None:
        self.packages.append(self.office.make(self.office.all[who]))

    @precondition(lambda self: self.packages)
    @rule(who=WHO, which=st.integers(0, 9))
    def takes_any_package_at_any_time(self, who: int, which: int) -> None:
        try:
            take(self.office.all[who], self.packages[which % len(self.packages)])
        except UserError as refusal:
            assert refusal.code in _PASSED

    @rule(who=WHO)
    def takes_a_package_back(self, who: int) -> None:
        machine = self.office.all[who]
        for entry in undoing.undoable_packages(machine)[:1]:
            undoing.undo_package(machine, plan(machine, entry), "thử")

    @rule(who=WHO, pick=st.integers(0, 3))
    def decides(self, who: int, pick: int) -> None:
        machine = self.office.all[who]
        for one in conflicts.conflicts(machine)[:1]:
            chosen = {field.name: field.values[pick % len(field.values)].plain for field in one.fields}
            conflicts.decide(machine, one.register, one.record_id, chosen, "đã hỏi")

    @invariant()
    def every_file_is_sound(self) -> None:
        if hasattr(self, "office"):
            assert all(machine.file.changes.verify_chain() is None for machine in self.office.all)

    def teardown(self) -> None:
        try:
            self._exchange_everything()
            digests = {digest_of(machine) for machine in self.office.all}
            asked = {
                repr([(one.record_id, [field.name for field in one.fields]) for one in conflicts.conflicts(machine)])
                for machine in self.office.all
            }
            assert (len(digests), len(asked)) == (1, 1)
            self._decide_everything()
            assert len({digest_of(machine) for machine in self.office.all}) == 1
            assert [conflicts.conflicts(machine) for machine in self.office.all] == [[], [], []]
            assert [machine.file.check() for machine in self.office.all] == [[], [], []]
        finally:
            self.stack.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _exchange_everything(self) -> None:
        for _ in range(2):
            for giver in self.office.all:
                made = self.office.make(giver)
                for taker in self.office.all:
                    if taker is not giver:
                        take(taker, made)

    def _decide_everything(self) -> None:
        machine = self.office.all[0]
        for one in conflicts.conflicts(machine):
            chosen = {field.name: field.values[0].plain for field in one.fields}
            conflicts.decide(machine, one.register, one.record_id, chosen, "đã hỏi")
        self._exchange_everything()

    def _change(self, who: int, which: int, **values: object) -> None:
        machine, record_id = self.office.all[who], self.known[which % len(self.known)]
        if self._living(machine, record_id):
            change(machine, record_id, **values)  # type: ignore[arg-type]

    def _living(self, machine: Session, record_id: str) -> bool:
        found = machine.file.records.get(ACTIVITY, record_id)
        return found is not None and not found.deleted and self._has_the_area(machine)

    def _has_the_area(self, machine: Session) -> bool:
        """Not when the package that brought it was taken back, or its own machine undid it."""
        area = machine.file.records.get("residential_area", self.office.area)
        return area is not None and not area.deleted


def plan(machine: Session, entry: PackageEntry) -> undoing.UndoPlan:
    """What taking a package back would do."""
    return undoing.plan_undo(machine, entry.office, entry.installation, entry.number)


TestOffice = Office.TestCase
TestOffice.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
