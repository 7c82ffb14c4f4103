"""What must hold after a fault, whenever it came: the office opens and is sound, what was told as done is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.operations import ACTIVITY, IMPORTED, NEW_PASSWORD, SUPERVISED
from tests.faults.prepared import AUTOMATIC, COMMUNE, OLD, PROVINCE, SECOND, SECRET_NAME, Folder, opened
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT
from tests.unit.store.decrypted_pages import decrypted_pages
from thidua_desktop.errors import UserError
from thidua_desktop.services import automatic_backups, drafts, offices, password_waits
from thidua_desktop.services.handoff import incoming, orders, outgoing, receipts, undoing
from thidua_desktop.services.own_places import settings_folder
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.store.waiting_drafts import waiting_path

IN_PACKAGE = 20
"""Records of each package of the prepared folder."""

_BEFORE = automatic_backups.WORDS[automatic_backups.Step.RESTORE]
Told = Sequence[str]
Check = Callable[[Session, Folder, Told], None]


def verify(operation: str, folder: Folder, told: Told) -> None:
    """AssertionError with what is wrong; an office that does not open raises its UserError."""
    name, check = CHECKS[operation]
    session = _opened(operation, folder, name, told)
    try:
        assert offices.check_office(session) == []
        check(session, folder, told)
    finally:
        session.close()


def _opened(operation: str, folder: Folder, name: str, told: Told) -> Session:
    """The office; after a change of password the new one, or while it was not told as done either."""
    if operation == "password" and name == COMMUNE:
        try:
            return opened(folder.path / name, NEW_PASSWORD)
        except UserError:
            assert "password" not in told
            _forget_guess(folder.path / name)
    return opened(folder.path / name)


def _forget_guess(office: Path) -> None:
    """The guess was the test's: neither this office nor the next copy of it has to wait for it."""
    password_waits._of_this_start.clear()
    for kept in (office.with_name(office.name + ".tries"), *(settings_folder() / "tries").glob("*.json")):
        kept.unlink(missing_ok=True)


def _save(session: Session, folder: Folder, told: Told) -> None:
    wanted = {line.split()[0]: int(line.split()[1]) for line in told if line != "draft"}
    last = next((line.split()[0] for line in reversed(told) if line != "draft"), "")
    for record_id, people in wanted.items():
        record = session.file.records.get(ACTIVITY, record_id)
        assert record is not None and not record.deleted, record_id
        # what was asked for last may stand although its answer was never seen
        allowed = {people, 40, 41} if record_id == last else {people}
        assert record.values["attendance_total"] in allowed, (record_id, people)
    count = session.file.records.count(ACTIVITY)
    assert 3 * IN_PACKAGE + len(wanted) <= count <= 3 * IN_PACKAGE + len(wanted) + 1, count
    if "draft" in told:
        assert drafts.find(session, ACTIVITY, None) is not None


def _typed(session: Session, _folder: Folder, told: Told) -> None:
    said = sum(1 for line in told if line.startswith("typed"))
    draft = drafts.find(session, ACTIVITY, None)
    assert draft is not None or not said
    # the one that was being kept may stand although its answer was never seen
    assert draft is None or draft.texts["title"] in (f"gõ {said - 1}", f"gõ {said}"), (draft, told)
    assert not waiting_path(session.file.path).exists()


def _delete(session: Session, folder: Folder, told: Told) -> None:
    record = session.file.records.get(ACTIVITY, folder.activities[0])
    assert record is not None and (record.deleted or not told)


def _import(session: Session, _folder: Folder, told: Told) -> None:
    count = session.file.records.count(ACTIVITY) - 3 * IN_PACKAGE
    assert count in ({IMPORTED} if told else {0, IMPORTED}), count


def _report(session: Session, _folder: Folder, told: Told) -> None:
    frozen = session.file.reports.frozen(REPORT, NOVEMBER.code)
    assert frozen is not None or not told
    assert (frozen is not None) == reports.is_closed(session, REPORT, NOVEMBER)
    assert frozen is None or (frozen.pdf is not None and frozen.pdf.rstrip().endswith(b"%%EOF"))


def _package(session: Session, folder: Folder, told: Told) -> None:
    whole = {path.name for path in folder.stick.glob("THIDUA_*.tdp")}
    for line in told:
        name = line.split()[1]
        assert name in whole and name in {entry.file_name for entry in outgoing.packages(session)}
    for name in whole:
        assert incoming.verify_here(session, folder.stick / name).percent_present == 100


def _receipt(session: Session, _folder: Folder, told: Told) -> None:
    assert not told or receipts.last_receipt(session) is not None


def _directive(session: Session, _folder: Folder, told: Told) -> None:
    taken = orders.taken_directives(session)
    programmes = session.file.records.count("programme")
    if "reversed" in told:
        assert (taken[0].state, programmes) == ("reversed", 1)  # its plans stay, as the province's
    elif not told:
        assert len(taken) in {0, 1} and programmes in {0, 1}
    else:
        assert (len(taken), programmes) == (1, 1)


def _merge(session: Session, folder: Folder, told: Told) -> None:
    taken = len(incoming.received_packages(session))
    finished = sum(line.startswith("received") for line in told)
    assert finished + 1 <= taken <= 3, (finished, taken)
    assert session.file.records.count(ACTIVITY) == IN_PACKAGE * taken


def _unmerge(session: Session, _folder: Folder, told: Told) -> None:
    undone = len(undoing.undone_packages(session))
    assert undone == 1 if told else undone in {0, 1}
    assert session.file.records.count(ACTIVITY) == (0 if undone else IN_PACKAGE)


def _exchange(session: Session, _folder: Folder, told: Told) -> None:
    count = session.file.records.count(ACTIVITY)
    assert count in ({3 * IN_PACKAGE} if told else {0, 3 * IN_PACKAGE}), count


def _migration(session: Session, _folder: Folder, _told: Told) -> None:
    assert session.file.records.count(ACTIVITY) == 1
    assert session.file.records.count("residential_area") == 2


def _backup(session: Session, folder: Folder, told: Told) -> None:
    for path in folder.stick.glob("*.thidua"):
        copy = opened(path)
        try:
            assert offices.check_office(copy) == [] and copy.file.records.count(ACTIVITY) == 3 * IN_PACKAGE
        finally:
            copy.close()
    assert {line.split()[1] for line in told} <= {path.name for path in folder.stick.iterdir()}


def _automatic(session: Session, folder: Folder, told: Told) -> None:
    """Whatever has a copy's name is whole; nothing that had to stay is gone."""
    kept = automatic_backups.kept_in(folder.automatic, session.file.path)
    stamps = {f"{one.at:%Y%m%d-%H%M%S}" for one in kept}
    assert set(AUTOMATIC[1:]) <= stamps, stamps
    names = {one.path.name for one in kept}
    assert {line.split()[1] for line in told} <= names
    for one in kept:
        if f"{one.at:%Y%m%d-%H%M%S}" not in AUTOMATIC:
            session.file.require_sound(one.path)
            assert session.file.look_into(one.path).counts[ACTIVITY] == 3 * IN_PACKAGE


def _restore(session: Session, folder: Folder, told: Told) -> None:
    """All of one or all of the other; what was open before the swap is among the copies then, whole."""
    count = session.file.records.count(ACTIVITY)
    assert count == IN_PACKAGE if "restored" in told else count in {IN_PACKAGE, 3 * IN_PACKAGE}, count
    if count == 3 * IN_PACKAGE:
        return
    aside = [one for one in automatic_backups.kept_in(folder.automatic, session.file.path) if one.why == _BEFORE]
    held = [session.file.look_into(one.path).counts[ACTIVITY] for one in aside]
    assert held == [3 * IN_PACKAGE], (held, sorted(path.name for path in folder.automatic.iterdir()))
    session.file.require_sound(aside[0].path)


def _erasure(session: Session, folder: Folder, told: Told) -> None:
    gone = session.file.records.get(SUPERVISED, folder.supervised) is None
    assert gone or not told
    entries = session.file.changes.history(SUPERVISED, folder.supervised)
    assert (entries[-1].operation == "erase") == gone, [one.operation for one in entries]
    if told:
        assert SECRET_NAME.encode() not in decrypted_pages(session.file)


def _password(_session: Session, _folder: Folder, _told: Told) -> None:
    """That it opened, with the password that it must open with, is all there is to see."""


CHECKS: dict[str, tuple[str, Check]] = {
    "save": (COMMUNE, _save), "typed": (COMMUNE, _typed), "delete": (COMMUNE, _delete), "import": (COMMUNE, _import),
    "report": (COMMUNE, _report), "package": (COMMUNE, _package), "receipt": (COMMUNE, _receipt),
    "directive": (COMMUNE, _directive), "merge": (PROVINCE, _merge), "unmerge": (PROVINCE, _unmerge),
    "exchange": (SECOND, _exchange), "migration": (OLD, _migration), "backup": (COMMUNE, _backup),
    "automatic": (COMMUNE, _automatic), "restore": (COMMUNE, _restore), "erasure": (COMMUNE, _erasure),
    "password": (COMMUNE, _password),
}  # fmt: skip
