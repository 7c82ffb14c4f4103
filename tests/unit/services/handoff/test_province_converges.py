"""Whatever order packages of several communes reach the province in, repeated and taken back: the same in the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.services.handoff.contents import digest_of
from tests.unit.services.handoff.two_offices import (
    DAY,
    NOVEMBER,
    NOW,
    OCTOBER,
    PASSWORD,
    REPORT,
    introduce,
    make_office,
    save,
)
from thidua_desktop.errors import UserError
from thidua_desktop.services import records
from thidua_desktop.services.handoff import answers, incoming, outgoing, receipts, undoing
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.queries import ListQuery

ACTIVITY = "movement_activity"
CODES = ("24412", "24415", "24436")
_PASSED = {"TD-SYNC-009", "TD-SYNC-011"}  # taken in already, or nothing in it that has not come


@dataclass(frozen=True, slots=True)
class Packages:
    """``province``: a folder; its file knows the communes and has taken nothing in. ``digest``, ``found``: with all."""

    province: Path
    paths: tuple[Path, ...]
    digest: str
    found: dict[str, set[str]]


def take(province: Session, path: Path) -> None:
    """Takes a package in, or is told that it is known."""
    try:
        incoming.receive(province, incoming.plan_receive(province, path), deletions_confirmed=True)
    except UserError as refusal:
        assert refusal.code in _PASSED, refusal


def take_back(province: Session, which: int) -> None:
    """Takes back one of the packages that are in."""
    there = undoing.undoable_packages(province)
    if there:
        one = there[which % len(there)]
        plan = undoing.plan_undo(province, one.office, one.installation, one.number)
        undoing.undo_package(province, plan, "nhập nhầm")


def found_words(province: Session) -> dict[str, set[str]]:
    """What search finds by titles of activities and by the areas that they are held in."""
    typed = ("tan lap", "ea m'doal", "an toan", "ma tuy", "lua dao", "doi ten")
    return {words: {hit.id for hit in province.file.search(words, 200)} for words in typed}


def change(commune: Session, register: str, record_id: str, **values: object) -> None:
    """Changes fields of a record."""
    found = commune.file.records.get(register, record_id)
    assert found is not None
    save(commune, register, {**found.values, **values}, record_id)  # type: ignore[dict-item]


def handed_over(commune: Session, province: Session, folder: Path) -> Iterator[Path]:
    """Packages with new, changed and deleted records and closed reports; only the second is answered."""
    areas = [one.id for one in commune.file.records.every(ListQuery("residential_area"))]
    ids = []
    for step, title in enumerate(("An toàn giao thông", "Phòng, chống ma túy", "Phòng, chống lừa đảo", "An toàn")):
        ids.append(
            save(commune, ACTIVITY, {
                "held_on": DAY, "kind": "propaganda", "title": title, "attendance_total": 40 + step,
                "residential_area": areas[step % 2],
            })
        )  # fmt: skip
        if step:
            change(commune, ACTIVITY, ids[0], attendance_total=60 + step)
        if step == 2:
            change(commune, "residential_area", areas[0], name="Đổi Tên")
            records.delete(commune, ACTIVITY, ids[1], reason="ghi hai lần")
        reports.close(commune, REPORT, (OCTOBER, NOVEMBER)[step % 2]) if step < 2 else None
        made = outgoing.make_package(commune, folder)
        take(province, made.path)
        if step == 1:
            receipt = answers.make_receipt(province, commune.file.identity.code, folder)
            receipts.take_receipt(commune, receipts.look_at_receipt(commune, receipt.path))
        yield made.path


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packages]:
    """Of three communes, and the province that took all of them in their order."""
    folder = tmp_path_factory.mktemp("packages")
    (folder / "tinh").mkdir()
    with ExitStack() as stack:
        province = make_office(folder / "tinh" / "tinh.thidua", "66", province=True)
        communes = [stack.enter_context(closing(make_office(folder / f"{code}.thidua", code))) for code in CODES]
        for commune in communes:
            introduce(commune, province)
        province.close()
        empty = shutil.copytree(folder / "tinh", folder / "trong")
        province = stack.enter_context(
            closing(open_office(folder / "tinh" / "tinh.thidua", PASSWORD, clock=Clock(NOW)))
        )
        paths = []
        for commune in communes:
            stick = folder / f"usb-{commune.file.identity.code}"
            stick.mkdir()
            paths += list(handed_over(commune, province, stick))
        assert province.file.check() == []
        yield Packages(empty, tuple(paths), digest_of(province), found_words(province))


STEPS = st.lists(st.tuples(st.sampled_from(("take", "take", "take", "back")), st.integers(0, 11)), max_size=16)


@settings(max_examples=15, deadline=None)
@given(steps=STEPS, end=st.permutations(range(12)))
def test_any_order_and_repetition_gives_the_same_province(
    packages: Packages, steps: list[tuple[str, int]], end: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copytree(packages.province, Path(folder) / "tinh") / "tinh.thidua"
        with closing(open_office(path, PASSWORD, clock=Clock(NOW))) as province:
            for step, which in steps:
                take(province, packages.paths[which]) if step == "take" else take_back(province, which)
            for which in (*end, *end):
                take(province, packages.paths[which])
            assert digest_of(province) == packages.digest
            assert found_words(province) == packages.found
            assert province.file.check() == [] and province.file.changes.verify_chain() is None
