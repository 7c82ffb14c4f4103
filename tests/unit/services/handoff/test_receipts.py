"""Stick up, receipt down: what the province has, what it could not merge, what it returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save
from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments, records
from thidua_desktop.services.board import Receipt, board
from thidua_desktop.services.handoff import answers, cards, history, incoming, outgoing, receipts
from thidua_desktop.services.handoff.acknowledged import acknowledged
from thidua_desktop.services.handoff.receipts import Whereabouts
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.sync.receipt import RecordState

ACTIVITY = "movement_activity"


def answer(pair: TwoOffices) -> receipts.ReceiptView:
    """The province writes its receipt, the commune takes it in."""
    made = answers.make_receipt(pair.province, pair.commune.file.identity.code, pair.folder)
    view = receipts.look_at_receipt(pair.commune, made.path)
    receipts.take_receipt(pair.commune, view)
    return view


def standing(pair: TwoOffices, record_id: str) -> receipts.RecordStanding:
    """Where the record is."""
    return receipts.standing_of(pair.commune, ACTIVITY, record_id)


def test_a_record_is_made_copied_received(pair: TwoOffices) -> None:
    record = pair.activity()
    assert standing(pair, record).whereabouts is Whereabouts.HERE
    made = pair.send()
    assert standing(pair, record).words == "Đã chép ra ở gói 1, chờ tỉnh nhận"
    pair.take(made)
    assert standing(pair, record).whereabouts is Whereabouts.COPIED  # only a receipt says that it arrived
    view = answer(pair)
    assert view.newly == (1,) and standing(pair, record).words == "Tỉnh đã nhận"
    assert history.made_rows(pair.commune)[0].life is history.PackageLife.RECEIVED
    household = pair.household()
    assert receipts.standing_of(pair.commune, "household", household).whereabouts is Whereabouts.STAYS


def test_after_a_receipt_only_what_is_new_travels(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    answer(pair)
    assert outgoing.what_would_go(pair.commune).records == 0
    later = pair.activity("Ra quân tuần tra đêm")
    assert outgoing.what_would_go(pair.commune).records == 1
    taken = pair.take(pair.send())
    assert (taken.new, taken.unchanged) == (1, 0)
    answer(pair)
    assert standing(pair, later).whereabouts is Whereabouts.RECEIVED


def test_a_lost_stick_is_covered_and_only_the_unbroken_run_is_confirmed(pair: TwoOffices) -> None:
    pair.activity()
    pair.send()  # lost
    pair.activity("Tuyên truyền về ma túy")
    second = pair.send()
    assert pair.take(second).new > 1
    view = answer(pair)
    assert view.newly == (1, 2) and view.acknowledged == acknowledged(pair.commune)


def test_a_returned_record_comes_back_with_its_reason_and_goes_once_mended(pair: TwoOffices) -> None:
    record = pair.activity()
    pair.take(pair.send())
    answers.return_record(pair.province, ACTIVITY, record, "Số người dự cao hơn số hộ của khu", "attendance_total")
    answer(pair)
    (back,) = receipts.returned_records(pair.commune)
    assert (back.record_id, back.field, back.state) == (record, "attendance_total", RecordState.RETURNED)
    assert standing(pair, record).reason == "Số người dự cao hơn số hộ của khu"
    kept = pair.commune.file.records.get(ACTIVITY, record)
    assert kept is not None
    save(pair.commune, ACTIVITY, {**kept.values, "attendance_total": 30}, record)
    assert receipts.returned_records(pair.commune) == []
    pair.take(pair.send())
    assert pair.province.file.answers.of(pair.commune.file.identity.code) == []
    assert answer(pair).records == ()


def test_a_return_can_be_taken_back(pair: TwoOffices) -> None:
    record = pair.activity()
    pair.take(pair.send())
    answers.return_record(pair.province, ACTIVITY, record, "Nhầm khu dân cư")
    answers.take_back_return(pair.province, ACTIVITY, record)
    assert answer(pair).records == ()


def test_what_was_set_aside_goes_again_until_it_is_merged(pair: TwoOffices, monkeypatch: pytest.MonkeyPatch) -> None:
    record = pair.activity()
    with monkeypatch.context() as older:
        older.setattr(incoming, "misfit", lambda _s, spec, _r, _f: "Mã loại chưa có" if spec.name == ACTIVITY else None)
        pair.take(pair.send())
    assert [one.state for one in answer(pair).records] == [RecordState.SET_ASIDE]
    assert standing(pair, record).whereabouts is Whereabouts.NOT_MERGED
    assert outgoing.what_would_go(pair.commune).records == 1  # although every change was confirmed
    assert pair.take(pair.send()).new == 1
    answer(pair)
    assert standing(pair, record).whereabouts is Whereabouts.RECEIVED
    assert outgoing.what_would_go(pair.commune).records == 0


def test_a_closed_report_goes_until_the_province_has_it(pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    view = answer(pair)
    assert view.reports == ("Kết quả phong trào, tháng 11/2026: tỉnh đã nhận",)
    assert outgoing.what_would_go(pair.commune).reports == ()
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    pair.activity("Ra quân đợt hai", date(2026, 11, 10))
    reports.close(pair.commune, REPORT, NOVEMBER)
    assert len(outgoing.what_would_go(pair.commune).reports) == 1  # closed again with other figures


def test_receipts_are_asked_for_once(pair: TwoOffices) -> None:
    code = pair.commune.file.identity.code
    assert answers.waiting_for_receipt(pair.province) == []
    pair.activity()
    pair.take(pair.send())
    assert answers.waiting_for_receipt(pair.province) == [code]
    (made,) = answers.make_receipts(pair.province, pair.folder)
    assert (made.office, made.number, made.path.exists()) == (code, 1, True)
    assert answers.make_receipts(pair.province, pair.folder) == []
    assert [row.number for row in history.made_rows(pair.province)] == []


def refused(session: Session, path: Path) -> str:
    """The code with which a file is refused as a receipt."""
    with pytest.raises(UserError) as error:
        receipts.look_at_receipt(session, path)
    return error.value.code


def test_receipts_that_are_refused(pair: TwoOffices) -> None:
    pair.activity()
    package = pair.send()
    assert refused(pair.province, package.path) == "TD-SYNC-084"
    pair.take(package)
    code = pair.commune.file.identity.code
    first = answers.make_receipt(pair.province, code, pair.folder)
    second = answers.make_receipt(pair.province, code, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, second.path))
    assert refused(pair.commune, second.path) == "TD-SYNC-009"
    assert refused(pair.commune, first.path) == "TD-SYNC-011"
    with pytest.raises(UserError) as wrong_desk:
        incoming.plan_receive(pair.province, first.path)
    assert wrong_desk.value.code in {"TD-SYNC-084", "TD-SYNC-059"}


def test_a_receipt_that_knows_more_than_this_file_is_refused(pair: TwoOffices, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.activity()
    pair.take(pair.send())
    made = answers.make_receipt(pair.province, pair.commune.file.identity.code, pair.folder)
    real = type(pair.commune.file.changes).head
    monkeypatch.setattr(type(pair.commune.file.changes), "head", lambda self: (1, real(self)[1]))
    assert refused(pair.commune, made.path) == "TD-SYNC-086"


def test_another_communes_receipt_is_refused(pair: TwoOffices, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.activity()
    pair.take(pair.send())
    real = answers.receipt_of(pair.province, pair.commune.file.identity.code)
    swapped = replace(real, office="24413")
    monkeypatch.setattr(answers, "receipt_of", lambda *_: swapped)
    made = answers.make_receipt(pair.province, pair.commune.file.identity.code, pair.folder)
    assert refused(pair.commune, made.path) == "TD-SYNC-085"


def test_what_the_province_cannot_answer(pair: TwoOffices) -> None:
    code = pair.commune.file.identity.code
    for wrong, call in (
        ("TD-SYNC-082", lambda: answers.make_receipt(pair.province, code, pair.folder)),
        ("TD-SYNC-080", lambda: answers.return_record(pair.province, ACTIVITY, "x", "Sai")),
    ):
        with pytest.raises(UserError) as error:
            call()
        assert error.value.code == wrong
    record = pair.activity()
    pair.take(pair.send())
    with pytest.raises(UserError) as silent:
        answers.return_record(pair.province, ACTIVITY, record, "  ")
    assert silent.value.code == "TD-SYNC-081"
    partner = pair.province.file.partners.get(code)
    assert partner is not None
    pair.province.file.partners.put(partner._replace(status=cards.REVOKED))
    with pytest.raises(UserError) as gone:
        answers.make_receipt(pair.province, code, pair.folder)
    assert gone.value.code == "TD-SYNC-083"


def test_only_the_owner_changes_a_record(pair: TwoOffices) -> None:
    record = pair.activity()
    line = attachments.attach_content(pair.commune, ACTIVITY, record, "danh sách.txt", b"Lan").id
    pair.take(pair.send())
    kept = pair.province.file.records.get(ACTIVITY, record)
    assert kept is not None and records.owner_of(pair.province, kept) == pair.commune.file.identity.name
    for call in (
        lambda: records.save(pair.province, ACTIVITY, {**kept.values, "attendance_total": 41}, record_id=record),
        lambda: records.delete(pair.province, ACTIVITY, record, "thử"),
        lambda: attachments.attach_content(pair.province, ACTIVITY, record, "thêm.txt", b"An"),
        lambda: attachments.change_words(pair.province, line, "tên khác", "", None),
        lambda: attachments.detach(pair.province, line),
    ):
        with pytest.raises(UserError) as error:
            call()
        assert error.value.code == "TD-STORE-270"


def test_a_returned_report_opens_at_the_commune_with_the_reason(pair: TwoOffices) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    code = pair.commune.file.identity.code
    answer(pair)
    answers.return_closed_report(pair.province, code, REPORT, NOVEMBER, "Số hộ ký cam kết chưa khớp phụ lục")
    assert answers.waiting_for_receipt(pair.province) == [code]
    shown = board(pair.province, REPORT)
    at = [one.period.code for one in shown.periods].index(NOVEMBER.code)
    assert shown.rows[0].cells[at].receipt is Receipt.RETURNED
    assert answer(pair).reports == (
        "Kết quả phong trào, tháng 11/2026: tỉnh trả lại ngày 16/11/2026: Số hộ ký cam kết chưa khớp phụ lục",
    )
    report = reports.build(pair.commune, REPORT, NOVEMBER)
    assert not report.closed and report.returned is not None
    assert report.returned.reason == "Số hộ ký cam kết chưa khớp phụ lục"
    pair.activity("Ra quân ký cam kết", date(2026, 11, 10))
    reports.close(pair.commune, REPORT, NOVEMBER)
    assert len(outgoing.what_would_go(pair.commune).reports) == 1
    pair.take(pair.send())
    assert board(pair.province, REPORT).rows[0].cells[at].receipt is not Receipt.RETURNED
    answer(pair)
    assert reports.build(pair.commune, REPORT, NOVEMBER).closed  # the old return does not open the new closing
