"""Waits after wrong passwords: they grow, end, survive a new start and another copy, and no clock frees or locks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.unit.services.conftest import PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.services import access, desk_lock, offices, password_waits
from thidua_desktop.services.offices import CreatedOffice
from thidua_desktop.services.password_waits import LONGEST, Failures, Moment, wait_after
from thidua_desktop.store.recovery_sheet import sheet_text


class Time:
    """The seconds that the machine runs, and what its clock says."""

    running, wall = 5_000.0, 1e9

    def pass_by(self, seconds: float) -> None:
        self.running += seconds
        self.wall += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(password_waits, "now", lambda: Moment(made.running, made.wall))
    return made


@pytest.fixture
def path(created: CreatedOffice, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A closed office of which nobody guessed a password yet."""
    monkeypatch.setenv("THIDUA_CONFIG_DIR", str(tmp_path / "cấu hình"))
    created.session.close()
    yield created.session.file.path


def guess(path: Path, password: str = "không phải đâu") -> str:
    """The code that a password is refused with."""
    with pytest.raises(UserError) as refused:
        offices.open_office(path, password)
    return refused.value.code


def new_start() -> None:
    password_waits._of_this_start.clear()


def test_each_failure_doubles_the_wait_up_to_five_minutes() -> None:
    waits = [wait_after(failures) for failures in range(40)]
    assert waits[:6] == [0, 1, 2, 4, 8, 16]
    assert waits == sorted(waits) and waits[-1] == LONGEST == 300


def test_the_right_password_waits_too_and_then_tells(path: Path, time: Time) -> None:
    assert guess(path) == "TD-STORE-001"
    assert guess(path, PASSWORD) == "TD-STORE-370"
    time.pass_by(1)
    assert guess(path) == "TD-STORE-001"
    time.pass_by(1)
    assert guess(path, PASSWORD) == "TD-STORE-370" and password_waits.waiting(path) == 1
    time.pass_by(1)
    with offices.open_office(path, PASSWORD).file as file:
        assert [(one.what, one.records) for one in file.accesses.all()] == [(access.FAILED, 2), (access.LOGIN, 1)]
    assert password_waits.failures(path) == 0 and password_waits.waiting(path) == 0


def test_a_sheet_counts_a_misread_one_does_not(path: Path, created: CreatedOffice, time: Time) -> None:
    with pytest.raises(UserError, match="TD-STORE-008"):
        offices.open_with_recovery(path, "ABC")
    with pytest.raises(UserError, match="TD-STORE-021"):
        offices.open_with_recovery(path, sheet_text(bytes(32)))
    with pytest.raises(UserError, match="TD-STORE-370"):
        offices.open_with_recovery(path, created.recovery)
    time.pass_by(1)
    with offices.open_with_recovery(path, created.recovery).file as file:
        assert [one.what for one in file.accesses.all()] == [access.FAILED, access.RECOVERY]


def test_a_locked_desk_is_under_the_same_wait(path: Path, time: Time) -> None:
    session = offices.open_office(path, PASSWORD)
    desk_lock.lock(session)
    with pytest.raises(UserError, match="TD-STORE-001"):
        desk_lock.is_same_person(session, "sai", None)
    with pytest.raises(UserError, match="TD-STORE-370"):
        desk_lock.is_same_person(session, PASSWORD, None)
    with pytest.raises(UserError, match="TD-STORE-370"):
        offices.is_own_password(session, PASSWORD)
    time.pass_by(1)
    assert desk_lock.is_same_person(session, PASSWORD, None)
    noted = [one.what for one in session.file.accesses.all()]
    session.close()
    assert noted == [access.LOGIN, access.LOCK, access.FAILED, access.UNLOCK]


def test_neither_a_new_start_nor_another_copy_begins_anew(path: Path, time: Time, tmp_path: Path) -> None:
    for _ in range(4):
        assert guess(path) == "TD-STORE-001"
        time.pass_by(password_waits.waiting(path))
    assert guess(path) == "TD-STORE-001"
    new_start()
    assert password_waits.waiting(path) == 16
    shutil.rmtree(tmp_path / "cấu hình")  # a copy of the program with settings of its own
    new_start()
    assert password_waits.waiting(path) == 16
    guess(path)
    elsewhere = tmp_path / "bản chép.thidua"  # a copy of the file, by the same person
    for ending in ("", ".keys"):
        shutil.copy(path.with_name(path.name + ending), elsewhere.with_name(elsewhere.name + ending))
    new_start()
    assert guess(elsewhere, PASSWORD) == "TD-STORE-370"


@pytest.mark.parametrize("shift", [-3.2e8, 3.2e8, -3600.0, 3600.0])
def test_a_clock_put_forward_or_back_neither_frees_nor_locks(path: Path, time: Time, shift: float) -> None:
    for _ in range(12):
        assert guess(path) == "TD-STORE-001"
        time.pass_by(LONGEST - 1)
        time.pass_by(password_waits.waiting(path))
    guess(path)
    time.pass_by(10)
    time.wall += shift
    assert password_waits.waiting(path) == LONGEST - 10
    time.pass_by(LONGEST - 11)
    assert guess(path, PASSWORD) == "TD-STORE-370"
    time.pass_by(1)
    offices.open_office(path, PASSWORD).close()


def test_a_machine_started_anew_waits_at_most_as_long_again(path: Path, time: Time) -> None:
    assert Failures(20, running=5_000.0, wall=0.0).left(Moment(40.0, 90.0)) == LONGEST - 40
    assert Failures(20, running=5_000.0, wall=0.0).left(Moment(40.0, 1e9)) == LONGEST - 40
    assert Failures(20, running=9e9, wall=9e9).left(Moment(LONGEST + 0.0, 0.0)) == 0
    assert Failures(3, running=10.0, wall=100.0).left(Moment(9e5, 101.0)) == 3  # a file carried to another machine


@pytest.mark.parametrize("kept", ['{"count": 5', "[]", '{"count": -1, "running": 1, "wall": 1}', "\xff",
                                  "[" * 100_000, '{"count": 1e999, "running": NaN, "wall": 1}'])  # fmt: skip
def test_what_is_kept_may_be_damaged(path: Path, kept: str) -> None:
    path.with_name(path.name + ".tries").write_text(kept, encoding="latin-1")
    assert password_waits.failures(path) == 0
    offices.open_office(path, PASSWORD).close()


def test_what_is_kept_names_nobody(path: Path, tmp_path: Path) -> None:
    guess(path)
    kept = [path.with_name(path.name + ".tries"), *(tmp_path / "cấu hình" / "tries").iterdir()]
    assert len(kept) == 2
    for place in kept:
        assert set(json.loads(place.read_text(encoding="ascii"))) == {"count", "running", "wall", "new"}
    assert path.stem not in kept[1].name


def test_folders_that_cannot_be_written_still_count(path: Path, tmp_path: Path) -> None:
    (tmp_path / "cấu hình").write_text("không phải thư mục", encoding="utf-8")
    path.with_name(path.name + ".tries").mkdir()
    guess(path)
    assert guess(path, PASSWORD) == "TD-STORE-370"


def test_a_further_guess_counts_before_it_is_tried(path: Path, time: Time) -> None:
    guess(path)
    time.pass_by(1)
    with pytest.raises(KeyboardInterrupt), password_waits.one_guess(path):
        assert password_waits.failures(path) == 2 and password_waits.waiting(path) == 2
        raise KeyboardInterrupt
    assert password_waits.failures(path) == 1 and password_waits.waiting(path) == 0


def test_guesses_at_the_same_time_are_one_after_the_other(
    path: Path, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten programs started at once have one guess: the others meet its failure."""
    with ThreadPoolExecutor(10) as pool:
        codes = sorted(pool.map(lambda _: guess(path), range(10)))
    assert codes == ["TD-STORE-001"] + ["TD-STORE-370"] * 9 and password_waits.failures(path) == 1
    monkeypatch.setattr(password_waits, "_ATTEMPTS", 2)
    with password_waits._turn(path):
        assert guess(path) == "TD-STORE-005"


def test_what_is_no_guess_costs_nothing(path: Path) -> None:
    path.with_name(path.name + ".keys").unlink()
    path.with_name(path.name + ".keys.old").unlink(missing_ok=True)
    assert [guess(path, PASSWORD) for _ in range(3)] == ["TD-STORE-006"] * 3
    assert guess(path.with_name("khác.thidua")) == "TD-STORE-020"


def test_seconds_in_words() -> None:
    assert [password_waits.in_words(one) for one in (1, 60, 125, 300)] == [
        "1 giây",
        "1 phút",
        "2 phút 5 giây",
        "5 phút",
    ]


def test_the_command_line_waits_too(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from thidua_desktop.cli import run

    for text, code in (("sai", "TD-STORE-001"), (PASSWORD, "TD-STORE-370")):
        (tmp_path / "password.txt").write_text(text, encoding="utf-8")
        assert run(["office", "info", str(path), "--password-file", str(tmp_path / "password.txt")]) == 1
        assert code in capsys.readouterr().err


def test_the_own_password_does_not_begin_the_guesses_at_another_anew(path: Path, time: Time) -> None:
    """A colleague who guesses and comes in with the own password in between gains nothing by it."""
    for failures in range(1, 9):
        assert guess(path) == "TD-STORE-001"
        assert password_waits.waiting(path) == wait_after(failures)
        time.pass_by(wait_after(failures))
        with offices.open_office(path, PASSWORD).file as file:
            assert list(file.accesses.all())[-2].records == 1  # told once, not again with each log-in
        assert password_waits.waiting(path) == password_waits.failures(path) == 0


def test_time_forgets_one_failure_in_five_minutes(path: Path, time: Time) -> None:
    for _ in range(3):
        guess(path)
        time.pass_by(password_waits.waiting(path))
    offices.open_office(path, PASSWORD).close()
    time.pass_by(2 * LONGEST)
    assert guess(path) == "TD-STORE-001" and password_waits.waiting(path) == wait_after(2)
    time.pass_by(9 * LONGEST)
    offices.open_office(path, PASSWORD).close()
    assert not path.with_name(path.name + ".tries").exists()
