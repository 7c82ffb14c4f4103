"""Taking a received package back ("gỡ gói"): what it brought goes, what has been changed since stays and is listed.

Afterwards the package counts as never taken in: it, or any later one of its sender, brings everything again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.services.acts import Act
from thidua_desktop.services.automatic_backups import Step, copy_before
from thidua_desktop.services.handoff import office_facts
from thidua_desktop.services.handoff.exchange_state import SIDEWAYS
from thidua_desktop.services.report_periods import report_label
from thidua_desktop.services.reports.private_counts import counts_setting
from thidua_desktop.services.session import Changes, Permission, Session
from thidua_desktop.store.answers import KeptAnswer
from thidua_desktop.store.package_traces import PackageTrace, UndonePackage
from thidua_desktop.store.packages import RECEIVED, PackageEntry
from thidua_desktop.store.unmerge import Fate, TakenBack
from thidua_desktop.sync.header import PackageKind
from thidua_desktop.text import format_number

__all__ = [
    "LONGEST_REASON", "KeptRecord", "PackageEntry", "UndoPlan", "UndoneRegister", "installation_of", "plan_undo",
    "traced", "undo_package", "undoable_packages", "undone_packages",
]  # fmt: skip

LONGEST_REASON = 500
_KEPT_SHOWN = 200


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record that stays although the package brought it; ``why`` is a sentence."""

    register: str
    record_id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class UndoneRegister:
    """What happens to the records of one register: ``removed`` were new, ``returned`` stand again as before."""

    name: str
    title: str
    removed: int
    returned: int
    kept: int


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What taking one package back would do. ``kept`` holds at most 200; ``kept_count`` is all of them."""

    header_hash: str
    office: str
    office_name: str
    installation: str
    number: int
    taken_at: datetime
    taken_by: str
    registers: tuple[UndoneRegister, ...]
    kept: tuple[KeptRecord, ...]
    reports: tuple[str, ...]

    @property
    def kept_count(self) -> int:
        """Records that stay."""
        return sum(register.kept for register in self.registers)

    @property
    def taken_back(self) -> int:
        """Records that go or stand again as before."""
        return sum(register.removed + register.returned for register in self.registers)

    @property
    def words(self) -> str:
        """What happens, in one sentence."""
        kept = f", giữ lại {format_number(self.kept_count)} bản ghi" if self.kept_count else ""
        reports = f", bỏ {len(self.reports)} báo cáo đã chốt" if self.reports else ""
        return f"Gỡ {format_number(self.taken_back)} bản ghi{reports}{kept}"


@contextmanager
def traced(session: Session, header_hash: str, office: str) -> Iterator[dict[str, Any]]:
    """Inside the transaction that takes a package in: keep what it brings, so that it can be taken back.

    What the caller puts into the dictionary is kept beside it.
    """
    more: dict[str, Any] = {}
    first, answers = session.file.changes.head()[0] + 1, _answers(session, office)
    editions, counts = _editions(session), session.file.settings.get(counts_setting(office))
    yield more
    after = _answers(session, office)
    content = {
        "answers": {
            key: {"before": answers.get(key), "after": after.get(key)}
            for key in answers.keys() | after.keys()
            if answers.get(key) != after.get(key)
        },
        "counts": {"before": counts, "changed": counts != session.file.settings.get(counts_setting(office))},
        "reports": [list(one) for one in sorted(_editions(session) - editions) if ":" in one[0]],
        **more,
    }
    session.file.traces.put(PackageTrace(header_hash, first, session.file.changes.head()[0], content))


def undoable_packages(session: Session) -> list[PackageEntry]:
    """The packages that can be taken back now, the newest first."""
    entries = [entry for entry in session.file.packages.all(RECEIVED) if entry.kind in (PackageKind.REPORT, SIDEWAYS)]
    traces = {entry.header_hash: session.file.traces.get(entry.header_hash) for entry in entries}
    return [entry for entry in entries if traces[entry.header_hash] and _rests_on(entries, traces, entry) is None]


def plan_undo(session: Session, office: str, installation: str, number: int) -> UndoPlan:
    """What taking a package back would do; nothing is written.

    Raises TD-SYNC-100 when it is not here or was taken in by a program that kept no traces, TD-SYNC-101 when a package
    that was taken in later carries the same changes, TD-STORE-220.
    """
    session.require(Permission.RECEIVE if session.is_province else Permission.HAND_OVER)
    entries = [entry for entry in session.file.packages.all(RECEIVED) if entry.kind in (PackageKind.REPORT, SIDEWAYS)]
    wanted = (office, installation, number)
    entry = next((one for one in entries if (one.office, one.installation, one.number) == wanted), None)
    trace = session.file.traces.get(entry.header_hash) if entry is not None else None
    if entry is None or trace is None:
        raise UserError("TD-SYNC-100", number=number, office=office)
    later = _rests_on(entries, {one.header_hash: session.file.traces.get(one.header_hash) for one in entries}, entry)
    if later is not None:
        raise UserError("TD-SYNC-101", number=number, later=later.number)
    fates = session.file.fates_of_merge(trace.first_seq) if trace.first_seq <= trace.last_seq else []
    return UndoPlan(
        entry.header_hash, office, str(entry.details.get("name", office)), installation, number, entry.at, entry.actor,
        tuple(_registers(session, fates)), tuple(_kept(session, fates)), tuple(_report_names(session, trace)),
    )  # fmt: skip


def installation_of(session: Session, office: str, number: int, ending: str = "") -> str:
    """The one installation of an office whose package has this number; ``ending``: the last signs of its id.

    Raises TD-SYNC-100 when there is none, TD-SYNC-104 when there are several.
    """
    found = sorted(
        {
            entry.installation
            for entry in session.file.packages.all(RECEIVED)
            if (entry.office, entry.number) == (office, number) and entry.installation.endswith(ending)
        }
    )
    if not found:
        raise UserError("TD-SYNC-100", number=number, office=office)
    if len(found) > 1:
        raise UserError("TD-SYNC-104", number=number, known=", ".join(one[-4:] for one in found))
    return found[0]


def undo_package(session: Session, plan: UndoPlan, reason: str) -> UndoPlan:
    """Take the planned package back in one transaction; what really happened.

    Raises TD-SYNC-102 without a reason, TD-SYNC-103 when the records have changed since the plan, and as ``plan_undo``.
    """
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise UserError("TD-SYNC-102", most=LONGEST_REASON)
    copy_before(session, Step.PACKAGE)
    with session.file.atomic():
        if plan_undo(session, plan.office, plan.installation, plan.number) != plan:
            raise UserError("TD-SYNC-103")
        trace = session.file.traces.get(plan.header_hash)
        entry = session.file.packages.by_header(plan.header_hash)
        assert trace is not None and entry is not None  # plan_undo has just found both
        if trace.first_seq <= trace.last_seq:
            session.file.take_back_merge(
                trace.first_seq, actor=session.user.name, now=session.now(), reason=f"gỡ gói {plan.number}: {said}"
            )
        _return_rest(session, plan.office, trace.content)
        session.file.aside_lines.take_back(plan.header_hash)
        details = {"name": plan.office_name, "taken_back": plan.taken_back, "kept": plan.kept_count}
        session.file.traces.take_back(entry, session.user.name, session.now(), said, details)
    session.announce(Changes(frozenset(register.name for register in plan.registers)))
    words = f"gỡ gói số {plan.number} của {plan.office_name}"
    session.acts.note(session, Act(words, elsewhere="nhập lại gói ấy ở Hộp thư gói"))
    return plan


def undone_packages(session: Session) -> list[UndonePackage]:
    """Every package that was taken back, the newest first."""
    return session.file.traces.undone()


def _rests_on(
    entries: list[PackageEntry], traces: Mapping[str, PackageTrace | None], entry: PackageEntry
) -> PackageEntry | None:
    """The package, taken in later than ``entry`` from the same installation, that carries changes of it too.

    What both carry was written by the first one alone; without it the later one would seem to have brought less.
    """
    here = traces[entry.header_hash]
    for other in entries:
        there = traces[other.header_hash]
        if other.installation != entry.installation or there is None or here is None or there is here:
            continue
        after = (there.first_seq, other.number) > (here.first_seq, entry.number)
        if after and other.first_seq <= entry.last_seq and entry.first_seq <= other.last_seq:
            return other
    return None


def _registers(session: Session, fates: list[TakenBack]) -> Iterator[UndoneRegister]:
    for name, spec in session.definitions.registers.items():
        mine = [fate.fate for fate in fates if fate.key.register == name]
        if mine:
            removed, returned = mine.count(Fate.REMOVED), mine.count(Fate.RETURNED)
            yield UndoneRegister(name, spec.title, removed, returned, len(mine) - removed - returned)


def _kept(session: Session, fates: list[TakenBack]) -> Iterator[KeptRecord]:
    stays = [fate for fate in fates if fate.fate in (Fate.CHANGED_SINCE, Fate.NEEDED)]
    for fate in stays[:_KEPT_SHOWN]:
        why = "bản ghi khác còn lại đang trỏ tới"
        if fate.later is not None:
            what = fate.later.reason if fate.later.operation == "merge" else f"{fate.later.actor} sửa"
            why = f"{what} ngày {fate.later.at:%d/%m/%Y}"
        yield KeptRecord(fate.key.register, fate.key.id, _name_of(session, fate.key.register, fate.key.id), why)


def _report_names(session: Session, trace: PackageTrace) -> Iterator[str]:
    for name, period, _ in trace.content["reports"]:
        spec = session.definitions.reports.get(name.rpartition(":")[2])
        yield report_label(session.definitions, spec, period) if spec is not None else f"{name} {period}"


def _return_rest(session: Session, office: str, content: Mapping[str, Any]) -> None:
    """Answers, counts and closed reports as they were; what has changed since stays."""
    now = _answers(session, office)
    for key, pair in content["answers"].items():
        if now.get(key) != pair["after"]:
            continue
        if pair["before"] is None:
            session.file.answers.drop(*key.split(" "))
        else:
            session.file.answers.put(_answer_of(pair["before"]))
    if content["counts"]["changed"]:
        session.file.settings.put(counts_setting(office), content["counts"]["before"])
    office_facts.give_back(session, content.get("facts", {}))
    for name, period, edition in content["reports"]:
        session.file.reports.drop_edition(name, period, edition)


def _answers(session: Session, office: str) -> dict[str, list[Any]]:
    return {f"{one.register} {one.record_id}": _row_of(one) for one in session.file.answers.of(office)}


def _editions(session: Session) -> set[tuple[str, str, int]]:
    return set(session.file.reports.all_frozen())


def _row_of(answer: KeptAnswer) -> list[Any]:
    return [
        answer.register, answer.record_id, answer.office, answer.revision, answer.state, answer.reason,
        answer.at.isoformat(), answer.actor, answer.field,
    ]  # fmt: skip


def _answer_of(row: list[Any]) -> KeptAnswer:
    return KeptAnswer(
        register=row[0], record_id=row[1], office=row[2], revision=row[3], state=row[4], reason=row[5],
        at=datetime.fromisoformat(row[6]), actor=row[7], field=row[8],
    )  # fmt: skip


def _name_of(session: Session, register: str, record_id: str) -> str:
    """What a record is called here, or its register where there is nothing more to show."""
    spec = session.definitions.registers[register]
    record = session.file.records.get(register, record_id) if session.opens(register) else None
    return (session.file.records.title(record) if record is not None else "") or spec.title
