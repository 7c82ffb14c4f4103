"""Taking a package back: everything stands as before it, what has changed since stays, and it can come again."""

from __future__ import annotations

import pytest

from tests.unit.services.handoff.contents import digest_of, records_of
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save
from thidua_desktop.errors import UserError
from thidua_desktop.services import records
from thidua_desktop.services.handoff import answers, incoming, outgoing, receipts, undoing
from thidua_desktop.services.handoff.undoing import UndoPlan, plan_undo, undo_package
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session


def plan_of(session: Session, made: outgoing.MadePackage, office: str = "24412") -> UndoPlan:
    """The plan for taking back a package."""
    return plan_undo(session, office, undoing.installation_of(session, office, made.number), made.number)


def change(pair: TwoOffices, record_id: str, **values: object) -> None:
    """The commune changes an activity."""
    found = pair.commune.file.records.get("movement_activity", record_id)
    assert found is not None
    save(pair.commune, "movement_activity", {**found.values, **values}, record_id)  # type: ignore[dict-item]


def acknowledge(pair: TwoOffices) -> None:
    """The province's receipt comes back."""
    made = answers.make_receipt(pair.province, "24412", pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, made.path))


def test_the_first_package_goes_without_a_trace_in_the_registers(pair: TwoOffices) -> None:
    before = digest_of(pair.province)
    pair.activity()
    made = pair.send()
    pair.take(made)
    with_package = digest_of(pair.province)
    plan = plan_of(pair.province, made)
    assert plan.taken_back == made.records and plan.kept_count == 0
    undo_package(pair.province, plan, "nhập nhầm")
    assert digest_of(pair.province) == before
    assert pair.province.file.check() == []
    assert pair.province.file.search("lua dao") == []
    pair.take(made)
    assert digest_of(pair.province) == with_package
    assert pair.province.file.check() == []


def test_changed_and_deleted_records_stand_again(pair: TwoOffices) -> None:
    kept, gone = pair.activity(), pair.activity("An toàn giao thông")
    pair.take(pair.send())
    acknowledge(pair)
    before = digest_of(pair.province)
    change(pair, kept, attendance_total=55, attendance_women=None)
    records.delete(pair.commune, "movement_activity", gone, reason="ghi hai lần")
    made = pair.send()
    pair.take(made)
    after = digest_of(pair.province)
    assert after != before
    undo_package(pair.province, plan_of(pair.province, made), "nhập nhầm")
    assert digest_of(pair.province) == before
    assert len(pair.province.file.search("an toan giao thong")) == 1
    pair.take(made)
    undo_package(pair.province, plan_of(pair.province, made), "lần nữa")
    pair.take(made)
    assert digest_of(pair.province) == after


def test_what_was_changed_since_stays_and_is_named(pair: TwoOffices) -> None:
    changed, other = pair.activity(), pair.activity("An toàn giao thông")
    made = pair.send()
    pair.take(made)
    acknowledge(pair)
    change(pair, changed, attendance_total=55)
    second = pair.send()
    pair.take(second)
    plan = plan_of(pair.province, made)
    kept = {row.record_id: row.why for row in plan.kept}
    assert "gói 2 của 24412" in kept[changed]
    assert kept[pair.area] == "bản ghi khác còn lại đang trỏ tới"
    undo_package(pair.province, plan, "thử")
    assert pair.province.file.records.get("movement_activity", other) is None
    assert f"movement_activity {changed}" in records_of(pair.province)
    assert pair.province.file.check() == []


def test_a_later_package_with_the_same_changes_goes_first(pair: TwoOffices) -> None:
    pair.activity()
    first = pair.send()
    pair.take(first)
    pair.activity("An toàn giao thông")
    second = pair.send()
    pair.take(second)
    assert [entry.number for entry in undoing.undoable_packages(pair.province)] == [2]
    with pytest.raises(UserError) as caught:
        plan_of(pair.province, first)
    assert (caught.value.code, caught.value.values["later"]) == ("TD-SYNC-101", 2)
    undo_package(pair.province, plan_of(pair.province, second), "thử")
    undo_package(pair.province, plan_of(pair.province, first), "thử")
    assert records_of(pair.province, office="24412") == {}
    assert [one.number for one in undoing.undone_packages(pair.province)] == [2, 1]


def test_reports_answers_and_counts_go_with_the_package(pair: TwoOffices) -> None:
    record_id = pair.activity()
    pair.household()
    pair.take(pair.send())
    acknowledge(pair)
    answers.return_record(pair.province, "movement_activity", record_id, "Xem lại số người")
    settings = pair.province.file.settings.all("counts.")
    change(pair, record_id, attendance_total=55)
    pair.household("Lê Văn Ba")
    reports.close(pair.commune, REPORT, NOVEMBER)
    made = pair.send()
    pair.take(made)
    assert answers.answer_to(pair.province, "movement_activity", record_id) is None
    plan = plan_of(pair.province, made)
    assert len(plan.reports) == 1
    undo_package(pair.province, plan, "thử")
    kept = answers.answer_to(pair.province, "movement_activity", record_id)
    assert kept is not None and kept.reason == "Xem lại số người"
    assert pair.province.file.settings.all("counts.") == settings
    assert pair.province.file.reports.all_frozen() == []
    assert answers.receipt_of(pair.province, "24412").acknowledged == {pair.commune.file.installation_id: made_to(pair)}


def made_to(pair: TwoOffices) -> int:
    """The last change of the first package."""
    return incoming.received_packages(pair.province)[-1].last_seq


def test_a_reason_a_true_plan_and_a_package_that_is_here(pair: TwoOffices) -> None:
    record_id = pair.activity()
    made = pair.send()
    pair.take(made)
    plan = plan_of(pair.province, made)
    head = pair.province.file.changes.head()
    for reason, code in ((" ", "TD-SYNC-102"), ("x" * 501, "TD-SYNC-102")):
        with pytest.raises(UserError) as caught:
            undo_package(pair.province, plan, reason)
        assert caught.value.code == code
    found = pair.province.file.records.get("movement_activity", record_id)
    assert found is not None
    pair.province.file.records.delete("movement_activity", record_id, actor="tinh", now=pair.province.now())
    with pytest.raises(UserError) as caught:
        undo_package(pair.province, plan, "thử")
    assert caught.value.code == "TD-SYNC-103"
    undo_package(pair.province, plan_of(pair.province, made), "thử")
    with pytest.raises(UserError) as caught:
        plan_undo(pair.province, "24412", pair.commune.file.installation_id, made.number)
    assert caught.value.code == "TD-SYNC-100"
    assert pair.province.file.changes.head() > head
    assert pair.province.file.changes.verify_chain() is None


def test_two_installations_with_one_number_are_told_apart(pair: TwoOffices) -> None:
    made = pair.send()
    pair.take(made)
    [entry] = incoming.received_packages(pair.province)

    twin = entry._replace(installation="11111111-1111-1111-1111-111111111111", header_hash="0" * 64)
    pair.province.file.packages.put(twin)
    with pytest.raises(UserError) as caught:
        undoing.installation_of(pair.province, "24412", made.number)
    assert caught.value.code == "TD-SYNC-104"
    assert undoing.installation_of(pair.province, "24412", made.number, "1111") == twin.installation
