"""Pulled plugs, full and read-only disks, wrong clocks, damaged files: nothing committed is lost, nothing half done."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest

from tests.scenarios import working_until_killed as work
from tests.scenarios.working_until_killed import ACTIVITY, IMPORTED, PASSWORD, REPORT, a_month, activity, first_area
from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, records
from thidua_desktop.services.handoff import cards, incoming, outgoing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.connection import connect
from thidua_desktop.store.key_slots import slots_path

ROOT = Path(__file__).parents[2]
COMMUNE, PROVINCE = "xa.thidua", "tinh.thidua"
LONGEST_LIFE = 0.35  # seconds of work before the kill


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A commune with work to lose, its province, and three packages; not to be written to."""
    folder = tmp_path_factory.mktemp("faults")
    commune, province = work.make_office(folder / COMMUNE), work.make_office(folder / PROVINCE, province=True)
    for here, there in ((commune, province), (province, commune)):
        card = cards.own_card(there)
        cards.accept_card(here, card, card.fingerprint)
    (folder / "packages").mkdir()
    area = first_area(commune)
    for start in (0, 200, 400):
        rows = ((None, activity(area, number)) for number in range(start, start + 200))
        commune.file.records.save_many(ACTIVITY, rows, actor="Y Bhăm Niê", now=commune.now())
        outgoing.make_package(commune, folder / "packages")
    commune.close()
    province.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may hurt."""
    return Path(shutil.copytree(made, tmp_path / "made"))


@pytest.fixture
def commune(folder: Path) -> Iterator[Session]:
    """The commune's office, open."""
    session = offices.open_office(folder / COMMUNE, PASSWORD)
    yield session
    session.close()


def killed(kind: str, office: Path, luck: random.Random) -> list[str]:
    """What a working process told before it was killed, at a moment that nobody chose."""
    arguments = [sys.executable, "-m", "tests.scenarios.working_until_killed", kind, str(office)]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "ready\n", process.stderr.read()
        sleep(luck.uniform(0, LONGEST_LIFE))
        process.kill()
        told = process.stdout.read().splitlines(keepends=True)
    return [line.strip() for line in told if line.endswith("\n")]


def reopened(path: Path) -> Session:
    """The office after its accident: it opens, and nothing in it is wrong."""
    session = offices.open_office(path, PASSWORD)
    assert offices.check_office(session) == []
    return session


def code_of(refused: pytest.ExceptionInfo[UserError]) -> str:
    assert refused.value.sentence and refused.value.remedy
    return refused.value.code


# Killed


def test_killed_while_saving(folder: Path) -> None:
    luck = random.Random(1)
    told = [line for _ in range(3) for line in killed("saving", folder / COMMUNE, luck)]
    session = reopened(folder / COMMUNE)
    kept = {record.id: record for record in session.file.records.window(ACTIVITY, told)}
    assert all(kept[record_id].values["attendance_total"] == 41 for record_id in told)
    assert 600 + len(told) <= session.file.records.count(ACTIVITY) <= 600 + len(told) + 3
    session.close()


def test_killed_while_importing(folder: Path) -> None:
    luck = random.Random(2)
    told = [line for _ in range(3) for line in killed("importing", folder / COMMUNE, luck)]
    session = reopened(folder / COMMUNE)
    imported = session.file.records.count(ACTIVITY) - 600
    assert imported % IMPORTED == 0
    assert imported >= max((int(count) - 600 for count in told), default=0)
    session.close()


def test_killed_while_closing_a_month(folder: Path) -> None:
    luck = random.Random(3)
    for _ in range(3):
        told = killed("closing", folder / COMMUNE, luck)
        session = reopened(folder / COMMUNE)
        frozen = session.file.reports.frozen(REPORT, a_month().code)
        finished = bool(told) or reports.is_closed(session, REPORT, a_month())
        assert frozen is not None or not finished
        assert frozen is None or (frozen.pdf is not None and frozen.pdf.rstrip().endswith(b"%%EOF"))
        session.close()


def test_killed_while_making_packages(folder: Path) -> None:
    luck = random.Random(4)
    told = [line for _ in range(3) for line in killed("packing", folder / COMMUNE, luck)]
    session, stick = reopened(folder / COMMUNE), folder / "stick"
    stick.mkdir(exist_ok=True)
    whole = {path.name for path in stick.glob("THIDUA_*.tdp")}
    assert set(told) <= whole and set(told) <= {entry.file_name for entry in outgoing.packages(session)}
    for path in stick.glob("THIDUA_*.tdp"):
        assert incoming.verify_here(session, path).percent_present == 100
    outgoing.make_package(session, stick)
    assert not list(stick.glob("~*"))
    session.close()


def test_killed_in_the_middle_of_a_package(folder: Path) -> None:
    arguments = [sys.executable, "-m", "tests.scenarios.working_until_killed", "half_packing", str(folder / COMMUNE)]
    died = subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False)
    assert died.returncode == 9, died.stderr
    stick = folder / "stick"
    (left,) = stick.iterdir()
    assert left.name.startswith("~") and left.stat().st_size > 0
    session = reopened(folder / COMMUNE)
    made = outgoing.make_package(session, stick)
    assert list(stick.iterdir()) == [made.path] and made.number == 4
    session.close()


def test_killed_while_receiving(folder: Path, made: Path) -> None:
    luck = random.Random(5)
    for _ in range(3):
        told = killed("receiving", folder / PROVINCE, luck)
        session = reopened(folder / PROVINCE)
        taken = {entry.number: entry for entry in incoming.received_packages(session)}
        assert session.file.records.count(ACTIVITY) == 200 * max(taken, default=0)
        assert len(taken) >= len(told)
        session.close()
    session = reopened(folder / PROVINCE)
    list(work.receiving(session, made))
    assert session.file.records.count(ACTIVITY) == 600
    session.close()


# A disk that takes no more

FULL = """
import resource, signal, sys
from pathlib import Path
from tests.scenarios import working_until_killed as work
from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, records
from thidua_desktop.services.handoff import outgoing
kind, folder = sys.argv[1], Path(sys.argv[2])
session = offices.open_office(folder / "xa.thidua", work.PASSWORD)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sizes = {"save": (folder / "xa.thidua").stat().st_size + 4096, "package": 9_000}
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[kind], hard))
saved = 0
try:
    if kind == "package":
        outgoing.make_package(session, folder / "stick")
    area = work.first_area(session)
    for number in range(3000):
        records.save(session, work.ACTIVITY, {**work.activity(area, number), "result": f"{number} " * 900})
        saved += 1
except UserError as refused:
    print(refused.code, saved)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
session.close()
"""


def until_full(kind: str, folder: Path) -> list[str]:
    """What a process said that could not make a file longer than so much."""
    (folder / "stick").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", FULL, kind, str(folder)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


if sys.platform != "win32":

    def test_a_disk_that_fills_while_saving(folder: Path) -> None:
        code, saved = until_full("save", folder)
        assert code in {"TD-ENV-001", "TD-ENV-004"}
        session = reopened(folder / COMMUNE)
        assert session.file.records.count(ACTIVITY) == 600 + int(saved)
        session.close()

    def test_a_stick_that_fills_while_a_package_is_written(folder: Path) -> None:
        code, _ = until_full("package", folder)
        assert code in {"TD-ENV-041", "TD-ENV-045"}
        assert list((folder / "stick").iterdir()) == []
        session = reopened(folder / COMMUNE)
        assert len(outgoing.packages(session)) == 3
        session.close()

    @contextmanager
    def without_rights(*paths: Path) -> Iterator[None]:
        """Nothing may be written to ``paths``, not even by root, who steps down for the while."""
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            yield
        finally:
            if is_root:
                os.seteuid(0)
            for path in paths:
                path.chmod(0o755)

    def test_a_folder_that_may_not_be_written_to(folder: Path) -> None:
        with tempfile.TemporaryDirectory() as place:  # outside pytest's folder, which is closed to others
            Path(place).chmod(0o755)
            here, stick = Path(shutil.copytree(folder, Path(place) / "made")), Path(place) / "stick"
            stick.mkdir()
            session = offices.open_office(here / COMMUNE, PASSWORD)
            with without_rights(stick), pytest.raises(UserError) as refused:
                outgoing.make_package(session, stick)
            assert code_of(refused) == "TD-ENV-042" and list(stick.iterdir()) == []
            session.close()
            with without_rights(here, *here.glob(f"{COMMUNE}*")), pytest.raises(UserError) as refused:
                offices.open_office(here / COMMUNE, PASSWORD)
            assert code_of(refused) == "TD-ENV-002"
            reopened(here / COMMUNE).close()


# Elsewhere held, read-only, missing, damaged, newer


def test_a_second_window_is_told(commune: Session) -> None:
    with pytest.raises(UserError) as refused:
        offices.open_office(commune.file.path, PASSWORD)
    assert code_of(refused) == "TD-STORE-005"


def test_a_missing_key_file_is_named(folder: Path) -> None:
    slots_path(folder / COMMUNE).unlink()
    (slots_path(folder / COMMUNE).with_name(f"{COMMUNE}.keys.old")).unlink(missing_ok=True)
    with pytest.raises(UserError) as refused:
        offices.open_office(folder / COMMUNE, PASSWORD)
    assert code_of(refused) == "TD-STORE-006" and f"{COMMUNE}.keys" in refused.value.sentence


def test_a_newer_file_is_left_alone(commune: Session) -> None:
    path, key = commune.file.path, commune.file._access.key
    commune.close()
    connection = connect(path, key)
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(UserError) as refused:
        offices.open_office(path, PASSWORD)
    assert code_of(refused) == "TD-STORE-003" and path.read_bytes() == before


@pytest.mark.parametrize("seed", range(6))
def test_a_changed_byte_is_noticed(folder: Path, seed: int) -> None:
    path, luck = folder / COMMUNE, random.Random(seed)
    content = bytearray(path.read_bytes())
    place = luck.randrange(16 if seed else 0, len(content)) if seed else 20
    content[place] ^= 1 << luck.randrange(8)
    path.write_bytes(content)
    try:
        session = offices.open_office(path, PASSWORD)
    except UserError as refused:
        assert refused.code == "TD-STORE-004"
        return
    try:
        assert {finding.code for finding in offices.check_office(session)} & {"TD-STORE-030", "TD-STORE-004"}
    finally:
        session.close()


@pytest.mark.parametrize("ending", ["cut", "empty"])
def test_a_cut_file_is_refused(folder: Path, ending: str) -> None:
    path = folder / COMMUNE
    os.truncate(path, 0 if ending == "empty" else path.stat().st_size // 2)
    try:
        session = offices.open_office(path, PASSWORD)
    except UserError as refused:
        assert refused.code in {"TD-STORE-002", "TD-STORE-004"}
        return
    found = {finding.code for finding in offices.check_office(session)}
    session.close()
    assert found & {"TD-STORE-030", "TD-STORE-031"}


# A clock that is years off


def test_order_is_by_counter_and_not_by_the_clock(commune: Session, folder: Path) -> None:
    saved = records.save(commune, ACTIVITY, activity(first_area(commune), 1), reasons={"*": "thử"})
    assert isinstance(saved, records.Saved)
    moment = commune.clock.now()
    for people, years in ((51, 10), (52, -10), (53, 0)):
        commune.file.records.save(
            ACTIVITY, {**saved.record.values, "attendance_total": people}, id=saved.record.id,
            actor=commune.user.name, now=moment + timedelta(days=365 * years),
        )  # fmt: skip
    entries = records.history(commune, ACTIVITY, saved.record.id)
    assert [entry.revision for entry in entries] == [4, 3, 2, 1]
    records.undo(commune)
    assert records.get(commune, ACTIVITY, saved.record.id).values["attendance_total"] == 52
    for years in (10, -10):
        outgoing.make_package(replace(commune, clock=Clock(moment + timedelta(days=365 * years))), folder / "packages")
    province = offices.open_office(folder / PROVINCE, PASSWORD)
    assert len(list(work.receiving(province, folder))) == 5
    assert province.file.records.window(ACTIVITY, [saved.record.id])[0].values["attendance_total"] == 52
    province.close()
