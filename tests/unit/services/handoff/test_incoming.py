"""Taking packages in: every refusal has its own code, and nothing is touched before all is verified."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.unit.services.handoff.two_offices import (
    NOVEMBER,
    NOW,
    PASSWORD,
    REPORT,
    TwoOffices,
    introduce,
    make_office,
    save,
)
from thidua_desktop.errors import UserError
from thidua_desktop.services import records
from thidua_desktop.services.handoff import answers, cards, directives, incoming, orders, outgoing, receipts
from thidua_desktop.services.handoff.applied import applied_by
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.handoff.incoming import plan_receive, receive
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Clock, Session
from thidua_desktop.store.packages import Partner


def refused(session: Session, path: Path) -> UserError:
    """The refusal of a package; the file's log must not have moved."""
    head = session.file.changes.head()
    with pytest.raises(UserError) as caught:
        plan_receive(session, path)
    assert session.file.changes.head() == head
    assert caught.value.sentence
    assert caught.value.remedy
    return caught.value


def test_the_plan_says_what_receiving_then_does(pair: TwoOffices) -> None:
    pair.activity()
    made = pair.send()
    plan = plan_receive(pair.province, made.path)
    head = pair.province.file.changes.head()
    assert (plan.number, plan.gap, plan.changes) == (1, "", made.records)
    assert head == pair.province.file.changes.head()
    received = receive(pair.province, plan)
    assert (received.new, received.changed, received.deleted, received.set_aside) == (made.records, 0, 0, 0)


def test_changed_and_deleted_records_follow(pair: TwoOffices) -> None:
    kept, gone = pair.activity(), pair.activity("An toàn giao thông")
    pair.take(pair.send())
    found = pair.commune.file.records.get("movement_activity", kept)
    assert found is not None
    save(pair.commune, "movement_activity", {**found.values, "attendance_total": 55}, kept)
    records.delete(pair.commune, "movement_activity", gone, reason="ghi hai lần")
    received = pair.take(pair.send())
    assert (received.new, received.changed, received.deleted) == (0, 1, 1)
    here = pair.province.file.records.get("movement_activity", kept)
    assert here is not None
    assert here.values["attendance_total"] == 55


def test_cut_damaged_and_foreign_files(pair: TwoOffices, tmp_path: Path) -> None:
    pair.activity()
    data = pair.send().path.read_bytes()
    cut, damaged, foreign, empty = (tmp_path / f"{name}.tdp" for name in ("cut", "damaged", "foreign", "empty"))
    cut.write_bytes(data[: len(data) * 2 // 3])
    damaged.write_bytes(data[:-900] + bytes([data[-900] ^ 1]) + data[-899:])
    foreign.write_bytes(b"PK\x03\x04" + bytes(4000))
    empty.write_bytes(b"")
    assert refused(pair.province, cut).code == "TD-SYNC-002"
    assert refused(pair.province, damaged).code == "TD-SYNC-003"
    assert refused(pair.province, foreign).code == "TD-SYNC-001"
    assert refused(pair.province, empty).code == "TD-SYNC-016"


def test_a_stranger_and_a_revoked_office(pair: TwoOffices, tmp_path: Path) -> None:
    stranger = make_office(tmp_path / "la.thidua", "24373")
    card = cards.own_card(pair.province)
    cards.accept_card(stranger, card, card.fingerprint)
    path = outgoing.make_package(stranger, pair.folder).path
    stranger.close()
    assert refused(pair.province, path).code == "TD-SYNC-005"
    partner = pair.province.file.partners.all()[0]
    revoked = Partner(
        office=partner.office, installation=partner.installation, name=partner.name, keys=partner.keys,
        status=cards.REVOKED, at=partner.at,
    )  # fmt: skip
    made = pair.send()
    pair.province.file.partners.put(revoked)
    assert refused(pair.province, made.path).code == "TD-SYNC-006"


def test_a_package_for_another_province(pair: TwoOffices, tmp_path: Path) -> None:
    other = make_office(tmp_path / "tinh-khac.thidua", "79", province=True)
    card = cards.own_card(pair.commune)
    cards.accept_card(other, card, card.fingerprint)
    assert refused(other, pair.send().path).code == "TD-SYNC-008"
    other.close()


def test_the_same_package_twice(pair: TwoOffices) -> None:
    made = pair.send()
    pair.take(made)
    assert refused(pair.province, made.path).code == "TD-SYNC-009"


def test_a_gap_is_told_and_taken_in(pair: TwoOffices) -> None:
    pair.activity()
    pair.send()
    pair.activity("An toàn cháy, nổ")
    pair.send()
    third = pair.send()
    plan = plan_receive(pair.province, third.path)
    assert plan.missing == "1–2"
    assert plan.gap.startswith("TD-SYNC-010")
    assert receive(pair.province, plan).new == third.records


def test_an_older_package_brings_nothing(pair: TwoOffices) -> None:
    pair.activity()
    first = pair.send()
    pair.activity("An toàn cháy, nổ")
    pair.take(pair.send())
    assert refused(pair.province, first.path).code == "TD-SYNC-011"


def test_a_restored_backup_is_a_clone(pair: TwoOffices, tmp_path: Path) -> None:
    pair.activity()
    copy = tmp_path / "sao.thidua"
    pair.commune.file.backup_to(copy)
    pair.take(pair.send())
    restored = open_office(copy, PASSWORD, clock=Clock(NOW))
    save(restored, "movement_activity", {"held_on": NOVEMBER.end, "kind": "launch", "title": "Phát động"})
    folder = tmp_path / "usb-sao"
    folder.mkdir()
    path = outgoing.make_package(restored, folder).path
    restored.close()
    assert refused(pair.province, path).code == "TD-SYNC-012"


def test_many_deletions_need_a_person(pair: TwoOffices) -> None:
    ids = [pair.activity(f"Buổi {number}") for number in range(incoming.DELETIONS_WITHOUT_ASKING + 1)]
    pair.take(pair.send())
    for one in ids:
        records.delete(pair.commune, "movement_activity", one, reason="ghi nhầm")
    plan = plan_receive(pair.province, pair.send().path)
    head = pair.province.file.changes.head()
    with pytest.raises(UserError) as caught:
        receive(pair.province, plan)
    assert caught.value.code == "TD-SYNC-056"
    assert pair.province.file.changes.head() == head
    assert receive(pair.province, plan, deletions_confirmed=True).deleted == len(ids)


def test_a_file_changed_since_the_plan(pair: TwoOffices) -> None:
    pair.activity()
    first = pair.send()
    plan = plan_receive(pair.province, first.path)
    shutil.copyfile(pair.send().path, first.path)
    with pytest.raises(UserError) as caught:
        receive(pair.province, plan)
    assert caught.value.code == "TD-SYNC-055"


def test_a_stopped_merge_takes_everything_back(pair: TwoOffices) -> None:
    for number in range(60):
        pair.activity(f"Buổi {number}")
    plan = plan_receive(pair.province, pair.send().path)
    head = pair.province.file.changes.head()

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        receive(pair.province, plan, on_progress=stop)
    assert pair.province.file.changes.head() == head
    assert pair.province.file.records.count("movement_activity") == 0
    assert receive(pair.province, plan).new == plan.changes


def held(session: Session) -> dict[str, list[Any]]:
    """Every row of the office file."""
    run = session.file._database.all
    tables = [row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")]
    return {name: sorted(map(repr, (tuple(row) for row in run(f'SELECT * FROM "{name}"')))) for name in tables}


@pytest.mark.parametrize("count", [2, 260])
@pytest.mark.parametrize("at_last", [False, True])
def test_a_stop_is_heard_until_all_is_for_good(pair: TwoOffices, count: int, at_last: bool) -> None:
    """Of a small package as of a large one: a report that was closed again, answers, lines set aside and all."""
    first = pair.activity("Buổi cũ")
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    for number in range(count):
        pair.activity(f"Buổi {number}")
    records.delete(pair.commune, "movement_activity", first, reason="Ghi nhầm")
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    reports.close(pair.commune, REPORT, NOVEMBER)
    plan = plan_receive(pair.province, pair.send().path)
    before = held(pair.province)
    calls: list[int] = []

    def stop(done: int, total: int) -> None:
        calls.append(done)
        if done == total or not at_last:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        receive(pair.province, plan, on_progress=stop)
    assert held(pair.province) == before and (len(calls) > 1) == (at_last and count > 50)
    taken = receive(pair.province, plan)
    assert (taken.new, taken.deleted) == (count, 1) and pair.province.file.changes.verify_chain() is None


def test_a_commune_receives_no_packages_of_communes(pair: TwoOffices, tmp_path: Path) -> None:
    neighbour = make_office(tmp_path / "xa-khac.thidua", "24373")
    introduce(neighbour, pair.province)
    path = outgoing.make_package(neighbour, pair.folder).path
    neighbour.close()
    assert refused(pair.commune, path).code == "TD-SYNC-005"


def test_the_provinces_figures_are_the_communes(pair: TwoOffices) -> None:
    pair.activity(items=())
    pair.activity("An toàn cháy, nổ", kind="patrol", attendance_women=None)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.take(pair.send())
    there = reports.build(pair.commune, REPORT, NOVEMBER).figures
    here = reports.build(pair.province, REPORT, NOVEMBER).figures
    assert {one.indicator: one.value for one in here} == {one.indicator: one.value for one in there}
    frozen = pair.province.file.reports.frozen(
        incoming.received_report(pair.commune.file.identity.code, REPORT), "2026-11"
    )
    assert frozen is not None
    assert frozen.figures == pair.commune.file.reports.frozen(REPORT, "2026-11").figures  # type: ignore[union-attr]


def twin_of(pair: TwoOffices, folder: Path) -> Session:
    """Another desk of the province, that has taken in nothing yet."""
    twin = make_office(folder / "tinh-2.thidua", "66", province=True)
    twin.file.office_keys = pair.province.file.office_keys
    card = cards.own_card(pair.commune)
    cards.accept_card(twin, card, card.fingerprint)
    return twin


def test_an_earlier_report_does_not_come_back_with_a_late_package(pair: TwoOffices, tmp_path: Path) -> None:
    pair.activity()
    reports.close(pair.commune, REPORT, NOVEMBER)
    directive = directives.make_directive(pair.province, DirectiveWish("Thời hạn", settings={DUE_DAYS: 3}), pair.folder)
    orders.take_directive(pair.commune, orders.look_at_directive(pair.commune, directive.path))
    first = pair.send()
    pair.take(first)
    made = answers.make_receipt(pair.province, pair.commune.file.identity.code, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, made.path))
    reports.reopen(pair.commune, REPORT, NOVEMBER)
    pair.activity("Ghi bổ sung")
    reports.close(pair.commune, REPORT, NOVEMBER)
    orders.reverse_directive(pair.commune, directive.number)
    second = pair.send()
    pair.take(second)
    twin = twin_of(pair, tmp_path)
    for made_package in (second, first):
        receive(twin, plan_receive(twin, made_package.path))
    name = incoming.received_report(pair.commune.file.identity.code, REPORT)
    sent = pair.commune.file.reports.last_figures(REPORT, "2026-11")
    for desk in (pair.province, twin):
        assert desk.file.reports.last_figures(name, "2026-11") == sent
        assert applied_by(desk).get(pair.commune.file.identity.code, []) == []
    twin.close()


def test_order_and_repetition_do_not_matter(pair: TwoOffices, tmp_path: Path) -> None:
    pair.activity()
    first = pair.send()
    pair.activity("An toàn cháy, nổ")
    second = pair.send()
    twin = twin_of(pair, tmp_path)
    pair.take(first)
    pair.take(second)
    receive(twin, plan_receive(twin, second.path))
    values = [
        {record.id: dict(record.values) for record in session.file.records.changed_since("movement_activity", 0)}
        for session in (pair.province, twin)
    ]
    assert values[0] == values[1]
    assert len(values[0]) == 2
    twin.close()
