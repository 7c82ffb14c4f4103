"""The operations that faults are tried on. As a program: does one over a prepared folder, telling each finished piece.

``python -m tests.faults.operations NAME FOLDER``, or ``main`` in a forked process; exit status 0 when it ended, also
where it refused with a coded sentence; 1 when anything else went wrong.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.layer import BEGIN, TOLD
from tests.faults.prepared import COMMUNE, OLD, PROVINCE, SECOND, Folder, opened
from tests.unit.services.handoff.two_offices import DAY, NOVEMBER, REPORT
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import (
    automatic_backups,
    backups,
    drafts,
    erasure,
    offices,
    records,
    recovery,
    restoring,
    transfer,
)
from thidua_desktop.services.handoff import answers, incoming, orders, outgoing, receipts, sideways, undoing
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.store.key_slots import KeyCost

ACTIVITY, SUPERVISED = "movement_activity", "supervised_person"
IMPORTED = 60
NEW_PASSWORD = "mưa-nắng-gió-sương"
Work = Callable[[Session, Folder], Iterator[str]]


def activity(area: str, number: int) -> dict[str, Value]:
    """A made-up activity."""
    return {
        "held_on": DAY, "residential_area": area, "kind": "propaganda", "topics": ("crime",),
        "title": f"Tuyên truyền đợt {number}", "attendance_total": 40, "attendance_women": 21,
    }  # fmt: skip


def save(session: Session, folder: Folder) -> Iterator[str]:
    """Records written, changed and taken back; a draft kept."""
    for number in range(3):
        saved = records.save(session, ACTIVITY, activity(folder.area, number), reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved
        yield f"{saved.record.id} 40"
        values = {**saved.record.values, "attendance_total": 41}
        records.save(session, ACTIVITY, values, record_id=saved.record.id, reasons={"*": "thử"})
        yield f"{saved.record.id} 41"
    records.undo(session)
    yield f"{saved.record.id} 40"
    drafts.keep(session, ACTIVITY, None, {"title": "Chưa ghi xong"})
    yield "draft"


def delete(session: Session, folder: Folder) -> Iterator[str]:
    """A record deleted."""
    records.delete(session, ACTIVITY, folder.activities[0], reason="ghi hai lần")
    yield f"{folder.activities[0]} gone"


def typed(session: Session, _folder: Folder) -> Iterator[str]:
    """Drafts kept while something else writes, and brought to their place after it."""
    session.file.wait_by(lambda _is_free: None)  # as a window: a draft is never waited for
    with session.worker() as own, own.file.atomic():
        own.file.settings.put("test.long", 1)
        for number in range(3):
            assert not drafts.keep(session, ACTIVITY, None, {"title": f"gõ {number}"})
            drafts.beside(session)()
            yield f"typed {number}"
    assert drafts.write_waiting(session)
    drafts.beside(session)()
    yield "in place"


def imported(session: Session, folder: Folder) -> Iterator[str]:
    """A table of new rows."""
    spec = session.register(ACTIVITY)
    names = ("held_on", "residential_area", "kind", "topics", "title", "attendance_total")
    rows = ["\t".join(spec.field(name).label for name in names)]
    rows += [
        f"{1 + row % 28}/3/2026\tTân Lập\tTuyên truyền\tPhòng, chống tội phạm\tViệc {row}\t40"
        for row in range(IMPORTED)
    ]
    transfer.apply_import(session, transfer.preview_paste(session, ACTIVITY, "\n".join(rows)))
    yield "imported"


def close_month(session: Session, _folder: Folder) -> Iterator[str]:
    """A month closed, with its paper."""
    for figure in reports.build(session, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(session, NOVEMBER, figure.indicator, "Số mẫu.")
    reports.close(session, REPORT, NOVEMBER)
    yield "closed"


def package(session: Session, folder: Folder) -> Iterator[str]:
    """A package written on a stick."""
    yield f"package {outgoing.make_package(session, folder.stick).path.name}"


def take_receipt(session: Session, folder: Folder) -> Iterator[str]:
    """The province's receipt taken in."""
    receipts.take_receipt(session, receipts.look_at_receipt(session, folder.receipt))
    yield "receipt"


def take_directive(session: Session, folder: Folder) -> Iterator[str]:
    """A directive applied, and taken back."""
    orders.take_directive(session, orders.look_at_directive(session, folder.directive))
    yield "directive"
    orders.reverse_directive(session, orders.taken_directives(session)[0].number)
    yield "reversed"


def merge(session: Session, folder: Folder) -> Iterator[str]:
    """Two packages taken in at the province, and a receipt for them written."""
    for path in folder.waiting:
        incoming.receive(session, incoming.plan_receive(session, path))
        yield f"received {path.name}"
    answers.make_receipts(session, folder.stick)
    yield "answered"


def unmerge(session: Session, folder: Folder) -> Iterator[str]:
    """A package taken back at the province."""
    [last] = undoing.undoable_packages(session)[-1:]
    undoing.undo_package(session, undoing.plan_undo(session, last.office, last.installation, last.number), "nhập nhầm")
    yield "taken back"


def exchange(session: Session, folder: Folder) -> Iterator[str]:
    """What another machine of the office wrote taken in."""
    plan = sideways.look_at_exchange(session, folder.exchange)
    sideways.take_exchange(session, plan, deletions_confirmed=True)
    yield "exchanged"


def migrate(session: Session, _folder: Folder) -> Iterator[str]:
    """An office file of the first version opened: the opening itself is the work."""
    yield f"migrated {session.file.records.count(ACTIVITY)}"


def backup(session: Session, folder: Folder) -> Iterator[str]:
    """A copy of the office in another folder."""
    made = backups.backup_now(session, folder.stick)
    yield f"backup {made.path.name}"


def automatic(session: Session, _folder: Folder) -> Iterator[str]:
    """A copy that the program makes by itself, the old ones thinned out after it."""
    made = automatic_backups.take(session)
    assert made is not None
    yield f"backup {made.name}"


def restore(session: Session, folder: Folder) -> Iterator[str]:
    """An earlier copy put in the place of the office file."""
    ready = restoring.make_ready(session, folder.copy)
    yield "ready"
    restored = restoring.put_in_place(session, ready)
    yield "restored"
    restored.close()


def erased(session: Session, folder: Folder) -> Iterator[str]:
    """A record of a restricted register erased for good."""
    assert erasure.erase(session, SUPERVISED, [folder.supervised], "hết thời hạn lưu") == 1
    yield "erased"


def password(session: Session, _folder: Folder) -> Iterator[str]:
    """Another password and another recovery sheet."""
    offices.change_password(session, NEW_PASSWORD, KeyCost(memory_kib=16, passes=1, lanes=1))
    yield "password"
    recovery.new_recovery_sheet(session)
    yield "sheet"


WORK: dict[str, tuple[str, Work]] = {
    "save": (COMMUNE, save), "typed": (COMMUNE, typed), "delete": (COMMUNE, delete), "import": (COMMUNE, imported),
    "report": (COMMUNE, close_month), "package": (COMMUNE, package), "receipt": (COMMUNE, take_receipt),
    "directive": (COMMUNE, take_directive), "merge": (PROVINCE, merge), "unmerge": (PROVINCE, unmerge),
    "exchange": (SECOND, exchange), "migration": (OLD, migrate), "backup": (COMMUNE, backup),
    "automatic": (COMMUNE, automatic), "restore": (COMMUNE, restore), "erasure": (COMMUNE, erased),
    "password": (COMMUNE, password),
}  # fmt: skip
"""Each operation's office file and what it does."""


def main(name: str, place: str) -> int:
    """Do it; see the module."""
    folder = Folder.read(Path(place))
    office, work = WORK[name]
    told = os.open(folder.path / TOLD, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        with contextlib.suppress(OSError):
            os.open(folder.path / BEGIN, os.O_RDONLY)
        session = opened(folder.path / office)
        for piece in work(session, folder):
            os.write(told, f"{piece}\n".encode())
        session.close()
    except UserError as refused:
        print(refused.code)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
