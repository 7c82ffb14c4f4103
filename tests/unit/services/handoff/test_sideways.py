"""Two installations of one office: everything travels between them, and both sides may have changed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.unit.services.handoff.contents import digest_of, records_of
from tests.unit.services.handoff.two_machines import Machines, change, machines, take
from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, introduce, make_office, save
from thidua_desktop.errors import UserError
from thidua_desktop.services import access, records
from thidua_desktop.services.handoff import cards, incoming, outgoing, sideways, undoing
from thidua_desktop.services.offices import set_letterhead
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session
from thidua_desktop.store.packages import Partner
from thidua_desktop.sync.members import RecordLine


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Machines]:
    """A main machine and a second one that has its first package."""
    with machines(tmp_path) as made:
        yield made


def test_the_second_machine_gets_everything_even_what_never_goes_to_the_province(tmp_path: Path) -> None:
    with machines(tmp_path) as two:
        main, second = two.all
        save(main, "household", {"residential_area": two.area, "number": 1, "representative": "Trần Thị Bích Liên"})
        set_letterhead(main, header_parent="", header_issuer="UBND XÃ THỬ", place="Ea Thử", symbol_suffix="CA")
        reports.close(main, REPORT, NOVEMBER)
        done = two.hand(main, second)
        assert (done.new, done.conflicts, done.set_aside, done.lost) == (1, 0, 0, ())
        assert digest_of(second) == digest_of(main)
        assert second.file.identity.header_issuer == "UBND XÃ THỬ"
        assert reports.is_closed(second, REPORT, NOVEMBER)
        [household] = [key for key in records_of(second) if key.startswith("household")]
        assert records_of(second)[household] == records_of(main)[household]
        frozen = second.file.reports.frozen(REPORT, NOVEMBER.code)
        assert frozen is not None and frozen.pdf is not None
        assert second.file.check() == []


def test_different_fields_merge_by_themselves(two: Machines) -> None:
    main, second = two.all
    record_id = two.activity(main)
    two.hand(main, second)
    change(main, record_id, attendance_total=55)
    change(second, record_id, title="An toàn giao thông")
    assert two.hand(second, main).merged == 1
    assert two.hand(main, second).taken == 1
    for machine in two.all:
        found = machine.file.records.get("movement_activity", record_id)
        assert found is not None and found.revision == 3
        assert (found.values["attendance_total"], found.values["title"]) == (55, "An toàn giao thông")
    assert digest_of(main) == digest_of(second)
    assert two.hand(main, second).merged == two.hand(second, main).taken == 0


def test_a_deletion_travels_and_a_deleted_record_does_not_come_back(two: Machines) -> None:
    main, second = two.all
    record_id = two.activity(main)
    two.hand(main, second)
    old = two.make(main)
    records.delete(second, "movement_activity", record_id, reason="ghi hai lần")
    assert two.hand(second, main).deleted == 1
    assert take(second, old).deleted == 0
    assert digest_of(main) == digest_of(second)
    assert main.file.search("lua dao") == []


def test_nobody_else_can_read_it_and_it_is_no_package_for_the_province(two: Machines, tmp_path: Path) -> None:
    main, second = two.all
    province = make_office(tmp_path / "tinh.thidua", "66", province=True)
    introduce(main, province)
    made = two.make(main)
    with pytest.raises(UserError) as caught:
        incoming.plan_receive(province, made.path)
    assert caught.value.code == "TD-SYNC-008"
    with pytest.raises(UserError) as caught:
        incoming.plan_receive(second, made.path)
    assert caught.value.code == "TD-SYNC-110"
    with pytest.raises(UserError) as caught:
        sideways.make_exchange(province, tmp_path)
    assert caught.value.code == "TD-SYNC-107"
    province.close()


def test_a_package_of_another_office_and_the_own_card(two: Machines, tmp_path: Path) -> None:
    main, second = two.all
    other = make_office(tmp_path / "khac.thidua", "24415")
    other_second = cards.own_card(second)
    with pytest.raises(UserError) as caught:
        cards.accept_card(other, other_second, other_second.fingerprint)
    assert caught.value.code == "TD-SYNC-053"
    own = cards.own_card(main)
    with pytest.raises(UserError) as caught:
        cards.accept_card(main, own, own.fingerprint)
    assert caught.value.code == "TD-SYNC-052"
    with pytest.raises(UserError) as caught:
        sideways.begin(main)
    assert caught.value.code == "TD-SYNC-109"
    with pytest.raises(UserError) as caught:
        sideways.look_at_exchange(main, two.make(main).path)
    assert caught.value.code == "TD-SYNC-059"
    other.close()


def test_a_package_of_the_commune_is_no_exchange_and_a_line_without_a_version_waits(
    two: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main, second = two.all
    two.activity(main)
    with monkeypatch.context() as older:
        older.setattr(sideways, "RecordLine", lambda *parts: RecordLine(*parts[:5]))
        made = two.make(main)
    plan = sideways.look_at_exchange(second, made.path)
    assert plan.set_aside and "TD-SYNC-105" in plan.set_aside[0]
    assert sideways.take_exchange(second, plan).new == 0
    assert two.hand(second, main).new == 0  # it does not say that it has taken it in
    assert two.hand(main, second).new == 1  # so it comes again
    province = make_office(tmp_path / "tinh.thidua", "66", province=True)
    introduce(main, province)
    with pytest.raises(UserError) as caught:
        sideways.look_at_exchange(province, outgoing.make_package(main, tmp_path).path)
    assert caught.value.code == "TD-SYNC-107"
    other = make_office(tmp_path / "khac.thidua", "24415")
    introduce(other, province)
    monkeypatch.setattr(cards, "recipients", lambda _session: [cards.own_card(main).age_recipient])
    main.file.partners.put(province_row(other)._replace(status=cards.ACCEPTED))
    with pytest.raises(UserError) as caught:
        sideways.look_at_exchange(main, outgoing.make_package(other, tmp_path).path)
    assert caught.value.code == "TD-SYNC-108"
    for session in (province, other):
        session.close()


def province_row(session: Session) -> Partner:
    """An office's card as a partner, however it came to be accepted."""
    card = cards.own_card(session)
    keys = {"kind": "commune", "verify": card.verify_key.line, "age": card.age_recipient, "fingerprint": ""}
    return Partner(
        office=card.office_code, installation=card.installation, name=card.office_name, keys=keys,
        status="waiting", at=session.now(),
    )  # fmt: skip


def test_a_package_taken_back_and_taken_again(two: Machines) -> None:
    main, second = two.all
    record_id = two.activity(main)
    two.hand(main, second)
    change(second, record_id, title="An toàn giao thông")
    before, office = digest_of(second), second.file.identity
    change(main, record_id, attendance_total=55)
    two.activity(main, "Tuần tra")
    set_letterhead(main, header_parent="", header_issuer="UBND XÃ THỬ", place="Ea Thử", symbol_suffix="CA")
    made = two.make(main)
    take(second, made)
    after = digest_of(second)
    plan = undoing.plan_undo(second, "24412", main.file.installation_id, made.number)
    undoing.undo_package(second, plan, "nhập nhầm")
    assert (digest_of(second), second.file.identity) == (before, office)
    take(second, made)
    assert digest_of(second) == after
    two.hand(second, main)
    assert digest_of(main) == digest_of(second)


def test_what_was_erased_for_good_does_not_come_back(two: Machines) -> None:
    main, second = two.all
    record_id = two.activity(main)
    two.hand(main, second)
    second.file.records.erase("movement_activity", [record_id], actor="test", now=second.now(), reason="hết hạn lưu")
    change(main, record_id, attendance_total=55)
    plan = sideways.look_at_exchange(second, two.make(main).path)
    assert len(plan.set_aside) == 1 and "TD-SYNC-106" in plan.set_aside[0]


def test_an_exchange_that_the_office_cannot_note_does_not_stay_on_the_stick(
    two: Machines, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    monkeypatch.setattr(access, "note", Mock(side_effect=UserError("TD-ENV-001", path="sổ")))
    made = len(two.all[0].file.packages.all("made"))
    with pytest.raises(UserError, match="TD-ENV-001"):
        sideways.make_exchange(two.all[0], stick)
    assert list(stick.iterdir()) == [] and len(two.all[0].file.packages.all("made")) == made
