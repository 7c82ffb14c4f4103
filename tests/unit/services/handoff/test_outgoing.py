"""The package holds exactly what may leave, and its number is used up only when it stands whole."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.unit.services.handoff.two_offices import (
    DAY,
    NOVEMBER,
    REPORT,
    TwoOffices,
    make_office,
    save,
)
from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments, safety
from thidua_desktop.services.handoff import answers, cards, directives, history, incoming, outgoing, receipts
from thidua_desktop.services.handoff.acknowledged import ACKNOWLEDGED
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Clock
from thidua_desktop.store.packages import Packages
from thidua_desktop.sync.verify import verify


def lines_in(pair: TwoOffices, path: Path) -> dict[str, list[bytes]]:
    """Record lines of a package by register, read with the province's key."""
    found: dict[str, list[bytes]] = {}
    with verify(path, cards.trust(pair.province), [cards.office_keys(pair.province).age_identity]) as package:
        for register, line in package.all_records():
            found.setdefault(register, []).append(line)
    return found


def test_the_package_is_the_records(pair: TwoOffices) -> None:
    ids = {pair.activity(), pair.activity("An toàn giao thông")}
    made = pair.send()
    lines = lines_in(pair, made.path)
    assert all(any(one.encode() in line for line in lines["movement_activity"]) for one in ids)
    assert made.records == sum(map(len, lines.values()))
    assert made.slip_pdf.startswith(b"%PDF")
    assert made.size == made.path.stat().st_size


def test_households_and_attendance_never_leave(pair: TwoOffices) -> None:
    pair.household("Nguyễn Đăng Thuận")
    pair.activity()
    lines = lines_in(pair, pair.send().path)
    assert "household" not in lines
    everything = b"".join(line for register in lines.values() for line in register)
    assert "Nguyễn Đăng Thuận".encode() not in everything
    stays = " ".join(outgoing.what_would_go(pair.commune).stays)
    assert "1 bản ghi" in stays
    assert "danh sách hộ dự họp" in stays


def test_who_came_to_a_meeting_never_leaves(pair: TwoOffices) -> None:
    rows = ({"number": 1, "name": "Võ Thị Kim Cúc", "present": True},)
    values = {
        "held_on": DAY, "kind": "regular", "residential_area": pair.area, "households_total": 48,
        "attendance": rows, "households_present": 1, "status": "draft",
    }  # fmt: skip
    one = save(pair.commune, "resident_meeting", values)
    found = pair.commune.file.records.get("resident_meeting", one)
    assert found is not None
    assert found.values["attendance"] == rows
    made = pair.send()
    lines = lines_in(pair, made.path)["resident_meeting"]
    assert len(lines) == 1
    assert "Cúc".encode() not in lines[0]
    assert b'"households_total":48' in lines[0]
    pair.take(made)
    here = pair.province.file.records.get("resident_meeting", one)
    assert here is not None
    assert not here.values.get("attendance")


def test_what_would_go_says_what_the_package_then_holds(pair: TwoOffices) -> None:
    pair.activity()
    before = outgoing.what_would_go(pair.commune)
    made = pair.send()
    assert before.records == made.records
    assert before.file_name == made.path.name
    assert {register.name for register in before.registers} == {"movement_activity", "residential_area"}


def test_packages_are_cumulative_until_a_receipt(pair: TwoOffices) -> None:
    first = pair.activity()
    pair.send()
    second = pair.activity("An toàn cháy, nổ")
    made = pair.send()
    assert made.number == 2
    joined = b"".join(lines_in(pair, made.path)["movement_activity"])
    assert first.encode() in joined
    assert second.encode() in joined


def test_a_closed_report_goes_along_with_its_paper(pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    made = pair.send()
    with verify(made.path, cards.trust(pair.province), [cards.office_keys(pair.province).age_identity]) as package:
        assert package.reports == (f"{REPORT}-2026-11",)
        assert package.member(f"reports/{REPORT}-2026-11.pdf").startswith(b"%PDF")
    assert outgoing.what_would_go(pair.commune).reports == ("Kết quả phong trào, tháng 11/2026",)


def test_a_stopped_package_leaves_nothing_and_uses_no_number(pair: TwoOffices) -> None:
    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    pair.activity()
    with pytest.raises(StoppedError):
        outgoing.make_package(pair.commune, pair.folder, stop)
    assert list(pair.folder.iterdir()) == []
    assert pair.send().number == 1


def test_a_pulled_stick_is_told_and_uses_no_number(pair: TwoOffices) -> None:
    with pytest.raises(UserError) as caught:
        outgoing.make_package(pair.commune, pair.folder / "rút-rồi")
    assert caught.value.code.startswith("TD-ENV-")
    assert outgoing.packages(pair.commune) == []


def test_without_a_card_no_package_is_made(tmp_path: Path) -> None:
    commune = make_office(tmp_path / "xa.thidua", "24412")
    with pytest.raises(UserError) as caught:
        outgoing.make_package(commune, tmp_path)
    assert caught.value.code == "TD-SYNC-054"
    commune.close()


def test_a_copy_is_the_same_package_on_another_stick(pair: TwoOffices, tmp_path: Path) -> None:
    made = pair.send()
    other = tmp_path / "usb-2"
    other.mkdir()
    copy = outgoing.copy_package(made.path, other)
    assert copy.read_bytes() == made.path.read_bytes()
    assert [entry.number for entry in outgoing.packages(pair.commune)] == [1]
    made.path.unlink()
    with pytest.raises(UserError) as caught:
        outgoing.copy_package(made.path, other)
    assert caught.value.code == "TD-SYNC-050"


def test_a_worker_makes_the_package_while_the_window_reads(pair: TwoOffices) -> None:
    pair.activity()
    with pair.commune.worker() as working:
        made = outgoing.make_package(working, pair.folder)
    assert [row.number for row in history.made_rows(pair.commune)] == [made.number]
    assert incoming.plan_receive(pair.province, made.path).changes == made.records


def test_a_later_package_without_files_does_not_carry_all_of_one_with_them(pair: TwoOffices) -> None:
    attachments.attach_content(pair.commune, "movement_activity", pair.activity(), "ghi.txt", "Ảnh chụp".encode())
    outgoing.make_package(pair.commune, pair.folder, with_files=True)
    pair.send()
    newest, older = history.made_rows(pair.commune)
    assert older.content.endswith(", 1 tệp") and older.words == "Gói 2 đã gồm đủ, trừ nội dung tệp"
    assert "tệp" not in newest.content
    outgoing.make_package(pair.commune, pair.folder, with_files=True)
    assert {row.words for row in history.made_rows(pair.commune)[1:]} == {"Gói 3 đã gồm đủ"}


def test_every_package_has_its_life_in_words_and_its_slip(pair: TwoOffices) -> None:
    pair.send()
    pair.send()
    newest, older = history.made_rows(pair.commune)
    assert (newest.number, newest.life) == (2, history.PackageLife.WAITING)
    assert older.words == "Gói 2 đã gồm đủ"
    with closing(pair.commune.reader()) as reading:
        assert history.slip_of_number(reading, 1).startswith(b"%PDF")
    with pytest.raises(UserError) as caught:
        history.slip_of_number(pair.commune, 9)
    assert caught.value.code == "TD-SYNC-058"
    pair.commune.file.settings.put(ACKNOWLEDGED, pair.commune.file.changes.head()[0])
    assert {row.life for row in history.made_rows(pair.commune)} == {history.PackageLife.RECEIVED}


def test_a_report_closed_again_is_received_by_the_next_receipt_alone(pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    code = pair.commune.file.identity.code
    answers.return_closed_report(pair.province, code, REPORT, NOVEMBER, "Ghi thừa một cuộc")
    (made,) = answers.make_receipts(pair.province, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, made.path))
    assert not outgoing.waiting_reports(pair.commune)  # it came back, and is the commune's to mend
    reports.close(pair.commune, REPORT, NOVEMBER)
    again = pair.send()
    newest, older = history.made_rows(pair.commune)
    assert newest.life == "waiting" and older.life != "waiting"
    assert outgoing.carries_all(pair.commune, again.number)
    pair.take(again)
    (told,) = answers.make_receipts(pair.province, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, told.path))
    assert [row.life for row in history.made_rows(pair.commune)] == ["received", "received"]
    pair.activity()
    assert not outgoing.carries_all(pair.commune, again.number)


def test_the_newest_package_is_the_last_by_number_whatever_the_clock_said(pair: TwoOffices) -> None:
    """A PC with an empty battery on its board begins in another year."""
    ahead = replace(pair.commune, clock=Clock(pair.commune.now() + timedelta(days=3650)))
    outgoing.make_package(ahead, pair.folder)
    pair.send()
    assert [row.words for row in history.made_rows(pair.commune)] == ["Đã chép ra, chờ tỉnh nhận", "Gói 2 đã gồm đủ"]
    pair.activity()
    (unsent,) = [line for line in safety.safety(pair.commune).lines if line.danger is safety.Danger.UNSENT]
    assert unsent.detail.startswith("gói gần nhất số 2,")


def test_a_package_that_the_office_cannot_note_does_not_stay_on_the_stick(
    pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.activity()
    first = pair.send()
    pair.take(first)
    code = pair.commune.file.identity.code
    makers = (
        lambda: outgoing.make_package(pair.commune, pair.folder),
        lambda: answers.make_receipt(pair.province, code, pair.folder),
        lambda: directives.make_directive(
            pair.province, DirectiveWish("Thử", settings={"report.due_days": 3}), pair.folder
        ),
    )
    for make in makers:
        with monkeypatch.context() as disk, pytest.raises(UserError, match="TD-ENV-001"):
            disk.setattr(Packages, "put", Mock(side_effect=UserError("TD-ENV-001", path="sổ")))
            make()  # type: ignore[no-untyped-call]
        assert list(pair.folder.glob("*.tdp")) == [first.path]
    assert [pair.send().number, pair.send().number] == [2, 3]
