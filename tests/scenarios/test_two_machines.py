"""A commune that works on two machines, and its province: in the end all three hold the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.scenarios.conftest import Answer
from tests.unit.services.handoff.contents import digest_of, reports_of, travelling_of
from tests.unit.services.handoff.two_machines import Machines, change, machines
from tests.unit.services.handoff.two_offices import NOVEMBER, PASSWORD, REPORT, introduce, make_office, save
from thidua_desktop.services import records
from thidua_desktop.services.handoff import answers, conflicts, incoming, outgoing, receipts, undoing
from thidua_desktop.services.handoff.receipts import Whereabouts
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session

COMMUNE = "24412"
Thidua = Callable[..., Answer]


@contextmanager
def office_and_province(folder: Path) -> Iterator[tuple[Machines, Session]]:
    """Two machines of a commune and the province that knows both."""
    with machines(folder) as two:
        province = make_office(folder / "tinh.thidua", "66", province=True)
        for machine in two.all:
            introduce(machine, province)
        try:
            yield two, province
        finally:
            province.close()


def sent(two: Machines, machine: Session, province: Session, missing: str = "") -> incoming.Received:
    """One machine's package is taken in at the province; what went to the other machine is not missed there."""
    two.sticks += 1
    folder = two.folder / f"tinh{two.sticks}"
    folder.mkdir()
    plan = incoming.plan_receive(province, outgoing.make_package(machine, folder).path)
    assert (plan.missing, bool(plan.gap), plan.set_aside) == (missing, bool(missing), ())
    return incoming.receive(province, plan)


def answered(two: Machines, province: Session, machine: Session) -> None:
    """The province's receipt is taken in on one machine."""
    two.sticks += 1
    folder = two.folder / f"bn{two.sticks}"
    folder.mkdir()
    made = answers.make_receipt(province, COMMUNE, folder)
    receipts.take_receipt(machine, receipts.look_at_receipt(machine, made.path))


def all_equal(two: Machines, province: Session) -> None:
    """Both machines in everything, the province in all that travels."""
    main, second = two.all
    assert digest_of(main) == digest_of(second)
    assert travelling_of(main, COMMUNE) == travelling_of(second, COMMUNE) == travelling_of(province, COMMUNE)
    own = [(report, period, figures) for report, period, figures in reports_of(main)]
    there = [(name.partition(":")[2], period, figures) for name, period, figures in reports_of(province)]
    assert own == there
    for session in (*two.all, province):
        assert session.file.check() == []


def test_two_machines_and_the_province_end_alike(tmp_path: Path) -> None:
    with office_and_province(tmp_path) as (two, province):
        main, second = two.all
        apart, asked, gone = (two.activity(main, title) for title in ("Tuần tra", "Đối thoại", "Ghi hai lần"))
        save(main, "household", {"residential_area": two.area, "number": 1, "representative": "Trần Thị Bích Liên"})
        sent(two, main, province)
        two.hand(main, second)
        change(main, apart, attendance_total=55)
        change(second, apart, title="Tuần tra đêm")
        change(main, asked, attendance_total=61)
        change(second, asked, attendance_total=62)
        records.delete(second, "movement_activity", gone, reason="ghi hai lần")
        two.activity(second, "Chỉ ở máy hai")
        sent(two, main, province)
        assert sent(two, second, province).conflicts == 2  # written apart: the province cannot know
        two.hand(second, main)
        two.hand(main, second)
        [one] = conflicts.conflicts(second)
        conflicts.decide(second, one.register, one.record_id, {"attendance_total": 62}, "đếm lại")
        reports.close(second, REPORT, NOVEMBER)
        two.hand(second, main)
        assert sent(two, main, province).conflicts == 0
        assert sent(two, second, province).changed == 0  # everything had come with the other machine
        all_equal(two, province)
        assert answers.receipt_of(province, COMMUNE).records == ()


def test_what_one_machine_sent_counts_as_sent_on_the_other(tmp_path: Path) -> None:
    with office_and_province(tmp_path) as (two, province):
        main, second = two.all
        record = two.activity(main, "Chỉ máy hai gửi")
        two.hand(main, second)
        sent(two, second, province)
        answered(two, province, second)
        assert receipts.standing_of(main, "movement_activity", record).whereabouts is Whereabouts.HERE
        two.hand(second, main)
        assert receipts.standing_of(main, "movement_activity", record).whereabouts is Whereabouts.RECEIVED
        assert outgoing.what_would_go(main).records == outgoing.what_would_go(second).records == 0
        again = two.activity(main, "Máy một gửi tiếp")
        sent(two, main, province)
        answered(two, province, main)
        two.hand(main, second)
        assert receipts.standing_of(second, "movement_activity", again).whereabouts is Whereabouts.HERE
        sent(two, second, province)
        all_equal(two, province)


def test_a_package_taken_back_at_the_province_comes_again_from_either_machine(tmp_path: Path) -> None:
    with office_and_province(tmp_path) as (two, province):
        main, second = two.all
        two.activity(main, "Tuần tra")
        two.hand(main, second)
        before = travelling_of(province, COMMUNE)
        number = sent(two, main, province).number
        plan = undoing.plan_undo(province, COMMUNE, main.file.installation_id, number)
        undoing.undo_package(province, plan, "nhập nhầm")
        assert travelling_of(province, COMMUNE) == before
        sent(two, second, province)
        sent(two, main, province, missing=str(number))
        all_equal(two, province)


def test_all_of_it_by_command(thidua: Thidua, tmp_path: Path) -> None:
    with machines(tmp_path) as two:
        main, second = two.all
        record = two.activity(main)
        two.hand(main, second)
        change(main, record, attendance_total=55)
        change(second, record, attendance_total=66)
        files, installation = [machine.file.path for machine in two.all], main.file.installation_id
        for machine in two.all:
            machine.close()
        secret = tmp_path / "password.txt"
        secret.write_text(PASSWORD, encoding="utf-8")
        keys = ("--password-file", secret)
        assert thidua("exchange", "make", files[0], "--out", tmp_path / "a", *keys).status == 0
        [package] = list((tmp_path / "a").glob("*.tdp"))
        taken = thidua("exchange", "take", package, "--into", files[1], *keys)
        assert "1 phải hỏi" in taken.out
        assert "1. 66" in thidua("conflict", "list", files[1], *keys).out
        what = ("movement_activity", record, "--into", files[1], *keys, "--field", "attendance_total")
        assert "TD-SYNC-113" in thidua("conflict", "decide", *what, "--value", "nhiều", "--reason", "x").err
        assert thidua("conflict", "decide", *what, "--take", "2", "--reason", "đếm lại").status == 0
        assert "Không có xung đột" in thidua("conflict", "list", files[1], *keys).out
        undo = ("package", "undo", files[1], *keys, "--office", COMMUNE, "--installation", installation[-4:])
        number = int(package.stem[-6:])
        seen = thidua(*undo, "--number", number, "--dry-run")
        assert "Giữ" in seen.out and "Sẽ: " in seen.out
        assert "TD-SYNC-102" in thidua(*undo, "--number", number).err
        assert thidua(*undo, "--number", number, "--reason", "nhập nhầm").status == 0
        assert thidua("exchange", "begin", files[1], *keys).err[:12] == "TD-SYNC-109:"
