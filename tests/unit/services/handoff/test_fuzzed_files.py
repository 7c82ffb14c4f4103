"""Mutated files at real desks: refused with a code and nothing on the disk changes, or taken in as one.

Files are mutated as they lie on the stick, and behind the signature, as if the sender's own program had written them
so: package, receipt, directive.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import mutate
from tests.unit.services.handoff.contents import digest_of
from tests.unit.services.handoff.test_directives import CODES, SURVEY, files, plan, send
from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, TwoOffices, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.services import board as boards
from thidua_desktop.services.handoff import answers, cards, directives, incoming, orders, outgoing, receipts
from thidua_desktop.services.report_periods import DUE_DAYS, due
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.build import report_spec
from thidua_desktop.services.session import Session
from thidua_desktop.sync.header import HeaderFacts
from thidua_desktop.sync.members import Member
from thidua_desktop.sync.pack import write_package

ACTIVITY = "movement_activity"
KINDS = ("package", "receipt", "directive")


class Undone(Exception):
    """Takes back what a mutated file brought."""


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """Who reads a kind of file, who wrote it, and the content to mutate."""

    reader: Session
    writer: Session
    take: Callable[[Session, Path], object]
    good: bytes
    facts: HeaderFacts
    members: dict[str, bytes]

    def rewritten(self, name: str, content: bytes) -> bytes:
        """The file with one member of other content, packed and signed by the sender itself."""
        from io import BytesIO

        out = BytesIO()
        parts = [Member(one, (content if one == name else data,)) for one, data in self.members.items()]
        write_package(out, self.facts, parts, cards.office_keys(self.writer), cards.recipients(self.writer))
        return out.getvalue()


def take_package(session: Session, path: Path) -> object:
    """As the province does."""
    return incoming.receive(session, incoming.plan_receive(session, path), deletions_confirmed=True)


def take_receipt(session: Session, path: Path) -> object:
    """As the commune does."""
    return receipts.take_receipt(session, receipts.look_at_receipt(session, path))


def take_directive(session: Session, path: Path) -> object:
    """As the commune does."""
    return orders.take_directive(session, orders.look_at_directive(session, path))


def desk(reader: Session, writer: Session, take: Callable[[Session, Path], object], path: Path) -> Desk:
    """With the content of a good file."""
    with incoming.verified(reader, path) as package:
        members = {entry.name: package.member(entry.name) for entry in package.entries}
        return Desk(reader, writer, take, path.read_bytes(), package.header.facts, members)


def with_work(pair: TwoOffices, folder: Path) -> dict[str, Desk]:
    """Files that say as much as they can: the packages before them have been taken in."""
    first = pair.activity()
    reports.close(pair.commune, REPORT, OCTOBER)
    pair.take(pair.send())
    answers.return_record(pair.province, ACTIVITY, first, "Thiếu biên bản", "attendance_total")
    plan(pair)
    definitions = files(folder, codes=CODES, survey=SURVEY)
    directive = send(pair, settings={DUE_DAYS: 3}, files=definitions, registers=("programme",))
    receipt = answers.make_receipt(pair.province, pair.commune.file.identity.code, pair.folder)
    pair.activity("An toàn cháy, nổ")
    pair.household()
    reports.close(pair.commune, REPORT, NOVEMBER)
    return {
        "package": desk(pair.province, pair.commune, take_package, pair.send().path),
        "receipt": desk(pair.commune, pair.province, take_receipt, receipt.path),
        "directive": desk(pair.commune, pair.province, take_directive, directive.path),
    }


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    folder = tmp_path_factory.mktemp("fuzzed")
    with two_offices(folder) as pair:
        yield with_work(pair, folder)


def on_disk(session: Session) -> list[bytes]:
    """The file and what is written beside it."""
    path = session.file.path
    return [one.read_bytes() for one in (path, path.with_name(path.name + "-wal")) if one.exists()]


@contextmanager
def taken_back(session: Session) -> Iterator[None]:
    """Whatever is taken in inside is not here afterwards."""
    before = digest_of(session)
    try:
        with session.file.atomic():
            yield
            raise Undone
    except Undone:
        pass
    assert digest_of(session) == before


def at_work(session: Session) -> None:
    """What pages read next: nothing that was taken in may stop them."""
    if session.is_province:
        boards.board(session, REPORT)
        for period in (OCTOBER, NOVEMBER):
            boards.summary(session, REPORT, period)
        directives.written(session)
        answers.waiting_for_receipt(session)
    else:
        outgoing.what_would_go(session)
        receipts.returned_records(session)
        orders.taken_directives(session)
        due(session, report_spec(session, REPORT), NOVEMBER)
        reports.build(session, REPORT, NOVEMBER)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_not_mutated_is_taken_in(desks: dict[str, Desk], kind: str, tmp_path: Path) -> None:
    path = tmp_path / "good.tdp"
    path.write_bytes(desks[kind].good)
    with taken_back(desks[kind].reader):
        desks[kind].take(desks[kind].reader, path)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dice=st.randoms(use_true_random=False))
def test_a_mutated_file_changes_nothing(desks: dict[str, Desk], kind: str, tmp_path: Path, dice: random.Random) -> None:
    one, path = desks[kind], tmp_path / "mutated.tdp"
    data = mutate("whole", one.good, dice)
    path.write_bytes(data)
    before = on_disk(one.reader)
    if data != one.good:
        with pytest.raises(UserError) as refused:
            one.take(one.reader, path)
        assert refused.value.code.startswith("TD-SYNC-0") and refused.value.sentence
    assert on_disk(one.reader) == before


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.integers(0, 10_000), dice=st.randoms(use_true_random=False))
def test_signed_nonsense_is_taken_in_whole_or_refused(
    desks: dict[str, Desk], kind: str, tmp_path: Path, chosen: int, dice: random.Random
) -> None:
    one, path = desks[kind], tmp_path / "nonsense.tdp"
    names = [name for name in one.members if not name.endswith(".pdf")]
    name = names[chosen % len(names)]
    content = one.members[name]
    if name.endswith(".jsonl"):
        content = mutate("records", b"x\n" + content, dice).partition(b"\n")[2]
    else:
        content = mutate("canonical", content, dice)
    path.write_bytes(one.rewritten(name, content))
    head = one.reader.file.changes.head()
    with taken_back(one.reader):
        try:
            one.take(one.reader, path)
        except UserError as refused:
            assert refused.sentence and refused.remedy
            assert one.reader.file.changes.head() == head
        at_work(one.reader)
