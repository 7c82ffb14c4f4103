"""Lines that were not taken in: kept with what came, settled by people or a later package, gone with their package."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.services.handoff.test_receipts import ACTIVITY, answer
from tests.unit.services.handoff.test_undoing import change
from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import answers, aside, incoming, undoing
from thidua_desktop.services.handoff.aside import AsideItem
from thidua_desktop.store.merge import RecordLine
from thidua_desktop.sync.receipt import RecordState


def conflicting(pair: TwoOffices) -> str:
    """The province holds another second state of a record than the one that the commune then sends."""
    record = pair.activity(attendance_total=40)
    pair.take(pair.send())
    (stands,) = pair.province.file.records.plain_window(ACTIVITY, [record])
    other = RecordLine(register=ACTIVITY, id=record, office=stands.office, revision=2,
                       values={**stands.plain, "attendance_total": 44})  # fmt: skip
    now = pair.province.now()
    pair.province.file.merge([other], stands.office, "gói 7", actor="Y Bhăm Niê", now=now)
    change(pair, record, attendance_total=45)
    pair.take(pair.send())
    return record


def misfit(pair: TwoOffices, monkeypatch: pytest.MonkeyPatch) -> str:
    """An activity that the province's program finds unfit."""
    record = pair.activity()
    with monkeypatch.context() as older:
        older.setattr(incoming, "misfit", lambda _s, spec, _r, _f: "Mã loại chưa có" if spec.name == ACTIVITY else None)
        pair.take(pair.send())
    return record


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        act()
    return error.value.code


def undone(pair: TwoOffices, number: int) -> None:
    commune = pair.commune.file
    plan = undoing.plan_undo(pair.province, commune.identity.code, commune.installation_id, number)
    undoing.undo_package(pair.province, plan, "nhập nhầm")


def only(pair: TwoOffices, settled: bool = False) -> AsideItem:
    (item,) = aside.aside_items(pair.province, settled=settled)
    return item


def test_a_conflict_shows_both_values(pair: TwoOffices) -> None:
    record = conflicting(pair)
    item = only(pair)
    assert (item.line.register, item.line.record_id, item.kind, item.line.number) == (ACTIVITY, record, "Xung đột", 2)
    assert [(one.came, one.stands) for one in item.values] == [("45", "44")]
    assert item.office_name.endswith("M’Drắk") and item.title and item.is_here
    assert aside.aside_items(pair.province, "00000") == []
    assert aside.waiting_count(pair.province) == 1
    assert aside.waiting_of(pair.province, item.line.office, 2) == 1
    assert aside.waiting_of(pair.province, item.line.office, 1) == 0


def test_settling_needs_a_remark_and_stays(pair: TwoOffices) -> None:
    conflicting(pair)
    item = only(pair)
    assert code_of(lambda: aside.settle(pair.province, item, " ")) == "TD-SYNC-151"
    aside.settle(pair.province, item, "Đã hỏi xã: giữ 44")
    assert aside.waiting_count(pair.province) == 0
    assert only(pair, settled=True).standing.startswith("Đã hỏi xã: giữ 44 (Y Bhăm Niê, 16/11/2026)")
    assert code_of(lambda: aside.settle(pair.province, item, "Lần nữa")) == "TD-SYNC-152"
    pair.take(pair.send())  # the same line comes again and is not asked again
    assert aside.waiting_count(pair.province) == 0


def test_a_newer_state_settles_it_and_taking_that_package_back_opens_it_again(pair: TwoOffices) -> None:
    record = conflicting(pair)
    change(pair, record, attendance_total=46)
    pair.take(pair.send())
    assert aside.waiting_count(pair.province) == 0
    assert only(pair, settled=True).line.remark == "Xã đã gửi lại, nhập được ở gói 3"
    undone(pair, 3)
    assert aside.waiting_count(pair.province) == 1
    undone(pair, 2)
    assert aside.aside_items(pair.province) == [] == aside.aside_items(pair.province, settled=True)


def test_a_record_that_is_not_here_is_returned_too(pair: TwoOffices, monkeypatch: pytest.MonkeyPatch) -> None:
    record = misfit(pair, monkeypatch)
    item = only(pair)
    assert (item.is_here, item.kind) == (False, "Để riêng") and "Mã loại chưa có" in item.line.reason
    assert all(value.stands == aside.NOT_HERE for value in item.values) and item.values
    assert code_of(lambda: aside.return_line(pair.province, item, "")) == "TD-SYNC-081"
    aside.return_line(pair.province, item, "Chọn lại loại hoạt động")
    assert only(pair).standing == "Đã trả lại: Chọn lại loại hoạt động"
    (told,) = answer(pair).records
    assert (told.record_id, told.state, told.reason) == (record, RecordState.RETURNED, "Chọn lại loại hoạt động")
    change(pair, record, attendance_total=41)
    assert pair.take(pair.send()).new == 1
    assert aside.waiting_count(pair.province) == 0


def test_a_return_that_is_taken_back_leaves_the_line_not_taken_in(pair: TwoOffices) -> None:
    record = conflicting(pair)
    aside.return_line(pair.province, only(pair), "Xem lại")
    answers.take_back_return(pair.province, ACTIVITY, record)
    assert [one.state for one in answer(pair).records] == [RecordState.CONFLICT]
    assert only(pair).returned == ""


def test_what_was_returned_stays_returned_when_the_same_line_comes_again(
    pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    misfit(pair, monkeypatch)
    aside.return_line(pair.province, only(pair), "Chọn lại loại hoạt động")
    with monkeypatch.context() as older:
        older.setattr(incoming, "misfit", lambda _s, spec, _r, _f: "Mã loại chưa có" if spec.name == ACTIVITY else None)
        pair.take(pair.send())
    assert only(pair).returned == "Chọn lại loại hoạt động"


def test_a_line_about_another_offices_record_cannot_be_returned(
    pair: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = pair.activity()
    values = {"title": "Của đơn vị khác", "kind": "propaganda", "held_on": "2026-11-09"}
    other = RecordLine(register=ACTIVITY, id=record, office="24000", revision=1, values=values)
    pair.province.file.merge([other], "24000", "gói 1", actor="Y Bhăm Niê", now=pair.province.now())
    pair.take(pair.send())
    item = next(one for one in aside.aside_items(pair.province) if one.line.record_id == record)
    assert item.cannot_return == "bản ghi là của đơn vị khác"
    assert code_of(lambda: aside.return_line(pair.province, item, "Nhầm")) == "TD-SYNC-153"


def test_the_list_is_saved_for_excel(pair: TwoOffices) -> None:
    from tests.unit.services.test_spreadsheets import sheets

    conflicting(pair)
    lines, values = sheets(aside.aside_in_excel(pair.province, aside.aside_items(pair.province))).values()
    assert "Xung đột" in str(lines) and ("45" in str(values) and "44" in str(values))
