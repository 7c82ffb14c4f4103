"""Accepting locks on both sides, opening again says why, a return carries the remarks; lost receipts harm nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, TwoOffices
from tests.unit.services.report_checks.loop import (
    ATTENDANCE,
    accepted,
    answer,
    cell,
    closed_again,
    code,
    heard,
    mended,
    reopened,
    returned,
    sheet,
)
from thidua_desktop.errors import UserError
from thidua_desktop.services import today
from thidua_desktop.services.board import BoardState, Receipt, board, states_of
from thidua_desktop.services.handoff import answers, incoming, undoing
from thidua_desktop.services.report_checks import decisions
from thidua_desktop.services.report_checks.decisions import Since, Standing, history, standing_of
from thidua_desktop.services.report_checks.sheet import set_checked, set_line_remark, set_remark
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.editions import return_report
from thidua_desktop.sync.receipt import ReportState


def test_the_commune_reads_what_was_checked(reported: TwoOffices) -> None:
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    set_line_remark(reported.province, sheet(reported), ATTENDANCE, "Hai phiếu trùng")
    set_remark(reported.province, sheet(reported), "Gửi đúng hạn")
    accepted(reported)
    view = answer(reported)
    assert view.reports == (
        "Kết quả phong trào, tháng 11/2026: tỉnh đã chấp nhận ngày 16/11/2026, 1 chỉ tiêu có nhận xét",
    )
    found = heard(reported)
    assert (found.state, found.current, found.remark) == (ReportState.ACCEPTED, True, "Gửi đúng hạn")
    assert found.words.endswith("đã chấp nhận ngày 16/11/2026")
    (figure,) = found.figures
    assert figure.words == "Lượt người dự: báo cáo 40, tỉnh tính 38 (−2); Hai phiếu trùng"
    (line,) = today.accepted_reports(reported.commune)
    assert "Hai phiếu trùng" in line.detail and line.target.report == REPORT


def test_an_accepted_report_is_locked_at_the_commune_until_it_is_opened(reported: TwoOffices) -> None:
    accepted(reported)
    answer(reported)
    for act in (
        lambda: reports.reopen(reported.commune, REPORT, NOVEMBER),
        lambda: return_report(reported.commune, REPORT, NOVEMBER, "Sở", date(2026, 11, 16), "sai"),
    ):
        with pytest.raises(UserError, match="đã chấp nhận ngày") as locked:
            act()
        assert locked.value.code == "TD-SYNC-136"
    reopened(reported)
    answer(reported)
    assert heard(reported).reopened
    (line,) = today.reopened_reports(reported.commune)
    assert line.detail == "Xã bổ sung danh sách"
    closed_again(reported)
    assert today.reopened_reports(reported.commune) == []  # closed again: nothing waits any more
    assert sheet(reported).line(ATTENDANCE).reported == 45 and cell(reported).receipt is Receipt.IN_TIME


def test_a_lost_receipt_does_not_unlock_anything(reported: TwoOffices) -> None:
    accepted(reported)
    closed_again(reported)  # the commune does not know yet
    assert (cell(reported).receipt, cell(reported).overtaken, cell(reported).changes) == (Receipt.ACCEPTED, True, 4)
    assert BoardState.CHANGED in states_of(cell(reported))
    assert sheet(reported).line(ATTENDANCE).reported == 40  # what was accepted
    answer(reported)
    assert not heard(reported).current and "không thay bản đã chấp nhận" in heard(reported).words
    with pytest.raises(UserError):
        reports.reopen(reported.commune, REPORT, NOVEMBER)
    reopened(reported)
    assert sheet(reported).line(ATTENDANCE).reported == 45
    accepted(reported)
    answer(reported)
    assert heard(reported).current and heard(reported).state is ReportState.ACCEPTED


def test_a_report_that_was_opened_meanwhile_is_locked_by_the_receipt(reported: TwoOffices) -> None:
    accepted(reported)
    reports.reopen(reported.commune, REPORT, NOVEMBER)
    answer(reported)
    assert reports.is_closed(reported.commune, REPORT, NOVEMBER)


def test_records_that_come_later_are_merged_and_told(reported: TwoOffices) -> None:
    accepted(reported)
    assert cell(reported).changes == 0
    reported.activity("Ghi sau", attendance_total=5, attendance_women=1)
    reported.take(reported.send())
    assert cell(reported).changed and cell(reported).receipt is Receipt.ACCEPTED
    since = {one.indicator: (one.then, one.now, one.difference) for one in sheet(reported).changes}
    assert since[ATTENDANCE] == (40, 45, 5)
    undone = undoing.plan_undo(
        reported.province, code(reported), incoming.received_packages(reported.province)[0].installation, 2
    )
    undoing.undo_package(reported.province, undone, "nhập nhầm")
    assert cell(reported).changes == 0


def test_what_was_counted_anew_is_remembered_until_another_package(
    reported: TwoOffices, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(reported)
    reported.activity("Ghi sau", attendance_total=5, attendance_women=1)
    reported.take(reported.send())
    known: Since = {}
    first = board(reported.province, REPORT, known=known)
    with monkeypatch.context() as idle:
        idle.setattr(decisions, "recounted", lambda *_: pytest.fail("counted again"))
        assert board(reported.province, REPORT, known=known) == first and first.rows[0].cells[-1].changes > 0
    reported.activity("Ghi nữa", attendance_total=7, attendance_women=1)
    reported.take(reported.send())
    board(reported.province, REPORT, known=known)
    assert [{one.indicator: one.now for one in found}[ATTENDANCE] for found in known.values()] == [45, 52]


def test_a_return_carries_remarks_and_opens_the_commune(reported: TwoOffices) -> None:
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    returned(reported)
    view = answer(reported)
    assert "tỉnh trả lại ngày 16/11/2026: Số hộ chưa khớp, 1 chỉ tiêu có nhận xét" in view.reports[0]
    assert heard(reported).figures[0].checked == 38 and not reports.is_closed(reported.commune, REPORT, NOVEMBER)
    assert (cell(reported).receipt, cell(reported).decided) == (Receipt.RETURNED, date(2026, 11, 16))
    mended(reported)
    assert cell(reported).receipt is Receipt.IN_TIME


def test_closing_again_with_the_same_figures_is_another_closing(reported: TwoOffices) -> None:
    returned(reported, "Sửa lời nhận xét")
    answer(reported)
    reports.close(reported.commune, REPORT, NOVEMBER)
    reported.take(reported.send())
    standing = standing_of(reported.province, code(reported), REPORT, NOVEMBER)
    assert (standing.standing, standing.edition) == (Standing.TO_CHECK, 2)


def test_a_returned_report_may_be_accepted_after_all(reported: TwoOffices) -> None:
    returned(reported)
    answer(reported)
    accepted(reported)
    assert cell(reported).receipt is Receipt.ACCEPTED
    answer(reported)
    assert heard(reported).state is ReportState.ACCEPTED
    assert reports.is_closed(reported.commune, REPORT, NOVEMBER) and today.returned_reports(reported.commune) == []


def test_deciding_twice_and_without_reason_is_refused(reported: TwoOffices) -> None:
    codes = []
    with pytest.raises(UserError) as early:
        reopened(reported)
    with pytest.raises(UserError) as unreasoned:
        returned(reported, " x ")
    accepted(reported)
    for act in (accepted, returned, lambda pair: reopened(pair, "")):
        with pytest.raises(UserError) as refused:
            act(reported)
        codes.append(refused.value.code)
    assert (early.value.code, unreasoned.value.code) == ("TD-SYNC-134", "TD-SYNC-133")
    assert codes == ["TD-SYNC-132", "TD-SYNC-135", "TD-SYNC-133"]
    states = [one.state for one in history(reported.province, code(reported), REPORT, NOVEMBER)]
    assert states == [Standing.ACCEPTED]


def test_two_periods_are_decided_apart_and_each_decision_is_told_once(reported: TwoOffices) -> None:
    reports.close(reported.commune, REPORT, OCTOBER)
    reported.take(reported.send())
    answer(reported)
    assert answers.waiting_for_receipt(reported.province) == []
    accepted(reported, OCTOBER)
    assert answers.waiting_for_receipt(reported.province) == [code(reported)]
    answer(reported)
    assert answers.waiting_for_receipt(reported.province) == []
    assert heard(reported, OCTOBER).state is ReportState.ACCEPTED
    assert heard(reported).state is ReportState.RECEIVED
    heads = board(reported.province, REPORT).periods
    assert [one.counts[BoardState.ACCEPTED] for one in heads[-2:]] == [1, 0]
    assert [one.counts[BoardState.TO_CHECK] for one in heads[-2:]] == [0, 1]


def test_a_package_taken_back_and_taken_again_keeps_its_decision(reported: TwoOffices) -> None:
    accepted(reported)
    entry = incoming.received_packages(reported.province)[0]
    plan = undoing.plan_undo(reported.province, code(reported), entry.installation, entry.number)
    undoing.undo_package(reported.province, plan, "thử")
    assert cell(reported).receipt in (Receipt.WAITING, Receipt.OVERDUE)
    (path,) = reported.folder.glob("*_000001.tdp")
    incoming.receive(reported.province, incoming.plan_receive(reported.province, path))
    assert cell(reported).receipt is Receipt.ACCEPTED


def test_a_figure_that_was_sent_back_is_not_closed_again_without_a_word(reported: TwoOffices) -> None:
    """What was said of it before is no answer; a mended one asks nothing."""
    reports.keep_odd(reported.commune, NOVEMBER, ATTENDANCE, "đúng theo sổ")
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    set_line_remark(reported.province, sheet(reported), ATTENDANCE, "Hai phiếu trùng")
    returned(reported)
    answer(reported)
    asked = reports.build(reported.commune, REPORT, NOVEMBER).figure(ATTENDANCE)
    assert asked.odd == "Tỉnh tính 38, nay vẫn 40 (Hai phiếu trùng): sửa sổ, hoặc ghi lý do." and asked.unanswered
    with pytest.raises(UserError, match="TD-DATA-301"):
        reports.close(reported.commune, REPORT, NOVEMBER)
    reports.keep_odd(reported.commune, NOVEMBER, asked.reason_key, "đã đối chiếu từng phiếu")
    reports.close(reported.commune, REPORT, NOVEMBER)
    reported.take(reported.send())
    assert not reports.build(reported.commune, REPORT, NOVEMBER).figure(ATTENDANCE).told  # it was answered
    assert sheet(reported).line(ATTENDANCE).said_of_it.endswith(". Xã ghi lý do: đã đối chiếu từng phiếu.")


def test_a_remark_alone_is_asked_about_too(reported: TwoOffices) -> None:
    set_line_remark(reported.province, sheet(reported), ATTENDANCE, "Xem lại: hai phiếu trùng")
    returned(reported)
    answer(reported)
    asked = reports.build(reported.commune, REPORT, NOVEMBER).figure(ATTENDANCE)
    assert asked.odd == "Tỉnh nhận xét “Xem lại, hai phiếu trùng”, nay vẫn 40: sửa sổ, hoặc ghi lý do."


def test_a_mended_figure_asks_nothing(reported: TwoOffices) -> None:
    set_checked(reported.province, sheet(reported), ATTENDANCE, 38)
    returned(reported)
    answer(reported)
    reported.activity("Ghi thêm", date(2026, 11, 10), attendance_total=5, attendance_women=1)
    assert not reports.build(reported.commune, REPORT, NOVEMBER).figure(ATTENDANCE).told
