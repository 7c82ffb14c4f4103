"""Keys changed, an installation restored, a lost PC revoked, keys in two hands: the packages go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOW, TwoOffices, make_office, reopened
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import answers, cards, history, incoming, key_care, outgoing, receipts
from thidua_desktop.services.handoff.acknowledged import acknowledged, received

PHRASES = ("tre xanh làng cũ", "sông dài biển rộng")


def told(pair: TwoOffices, path: Path) -> None:
    """The province takes a key change in."""
    key_care.take_change(pair.province, key_care.read_change(path))


def code_of(call: object) -> str:
    """The code of the refusal."""
    assert callable(call)
    with pytest.raises(UserError) as error:
        call()
    return error.value.code


def test_packages_go_on_after_a_key_change_and_those_before_stay_good(pair: TwoOffices) -> None:
    pair.activity()
    before = pair.send()
    change = key_care.change_keys(pair.commune, pair.folder)
    pair.activity("Sau khi đổi khóa")
    after = pair.send()
    assert code_of(lambda: incoming.plan_receive(pair.province, after.path)) == "TD-SYNC-007"
    told(pair, change)
    pair.take(before)
    assert pair.take(after).new == 1
    assert code_of(lambda: told(pair, change)) == "TD-SYNC-088"  # the old key is not the present one any more


def test_a_receipt_to_the_old_keys_can_still_be_read(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    (made,) = answers.make_receipts(pair.province, pair.folder)
    key_care.change_keys(pair.commune, pair.folder)
    assert receipts.look_at_receipt(pair.commune, made.path).newly == (1,)


def test_a_restored_office_is_taken_for_the_same_one(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    key_care.give_new_installation(pair.commune)
    again = reopened(pair.commune, NOW)
    try:
        package = outgoing.make_package(again, pair.folder)
        assert package.number == 1
        assert code_of(lambda: incoming.plan_receive(pair.province, package.path)) == "TD-SYNC-005"
        told(pair, key_care.write_change(again, pair.folder))
        plan = incoming.plan_receive(pair.province, package.path)
        assert plan.changes == 0 and plan.lines > 0  # everything again, all of it known
        states = [one.status for one in cards.known_offices(pair.province)]
        assert sorted(states) == [cards.ACCEPTED, cards.REPLACED]
    finally:
        again.close()


def test_a_revoked_installation_is_not_heard_and_not_written_to(pair: TwoOffices) -> None:
    pair.activity()
    made = pair.send()
    (known,) = cards.known_offices(pair.province)
    assert code_of(lambda: key_care.revoke(pair.province, known.code, known.installation, " ")) == "TD-SYNC-089"
    key_care.revoke(pair.province, known.code, known.installation, "Mất máy")
    assert code_of(lambda: incoming.plan_receive(pair.province, made.path)) == "TD-SYNC-006"
    change = key_care.change_keys(pair.commune, pair.folder)
    assert code_of(lambda: told(pair, change)) == "TD-SYNC-088"  # a thief has the old key too


def test_two_persons_bring_the_keys_back(pair: TwoOffices, tmp_path: Path) -> None:
    parts = key_care.export_parts(pair.province, tmp_path, PHRASES)
    assert code_of(lambda: key_care.export_parts(pair.province, tmp_path, ("a", "b"))) == "TD-SYNC-026"
    pair.activity()
    made = pair.send()  # encrypted to the keys of the PC that is lost now
    fresh = make_office(tmp_path / "lai.thidua", "66", province=True)
    try:
        card = cards.own_card(pair.commune)
        cards.accept_card(fresh, card, card.fingerprint)
        assert code_of(lambda: incoming.plan_receive(fresh, made.path)) == "TD-SYNC-008"
        key_care.import_parts(fresh, (parts[0], parts[1]), PHRASES)
        assert incoming.plan_receive(fresh, made.path).changes > 0
        change = key_care.read_change(key_care.write_change(fresh, tmp_path))
        key_care.take_change(pair.commune, change)
        assert len(cards.recipients(pair.commune)) == 1
    finally:
        fresh.close()


def test_what_key_care_refuses(pair: TwoOffices, tmp_path: Path) -> None:
    assert code_of(lambda: key_care.write_change(pair.commune, tmp_path)) == "TD-SYNC-087"
    assert code_of(lambda: key_care.read_change(tmp_path / "mất.tdkey")) == "TD-SYNC-050"
    first, second = key_care.export_parts(pair.province, tmp_path, PHRASES)
    wrong = ("không phải mật khẩu", PHRASES[1])
    assert code_of(lambda: key_care.import_parts(pair.province, (first, second), wrong)) == "TD-SYNC-023"
    assert code_of(lambda: key_care.import_parts(pair.commune, (first, second), PHRASES)) == "TD-SYNC-027"
    swapped = (PHRASES[0], PHRASES[0])
    assert code_of(lambda: key_care.import_parts(pair.province, (first, first), swapped)) == "TD-SYNC-025"
    (tmp_path / "x.tdpart").write_bytes(b"x")
    (tmp_path / "x.tdkey").write_bytes(b"x")
    paths = (tmp_path / "x.tdpart", second)
    assert code_of(lambda: key_care.import_parts(pair.province, paths, PHRASES)) == "TD-SYNC-024"
    assert code_of(lambda: key_care.read_change(tmp_path / "x.tdkey")) == "TD-SYNC-020"


def test_a_restored_office_knows_what_the_province_has(pair: TwoOffices) -> None:
    """Up to the copy as the copy says; what was confirmed later comes back with the next receipt."""
    first = pair.activity()
    pair.take(pair.send())
    (made,) = answers.make_receipts(pair.province, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, made.path))
    second = pair.activity("Chưa có biên nhận")
    pair.take(pair.send())
    key_care.give_new_installation(pair.commune)
    again = reopened(pair.commune, NOW)
    try:
        assert [row.words for row in history.made_rows(again)] == ["Đã chép ra, chờ tỉnh nhận", "Tỉnh đã nhận"]
        assert all(row.content.endswith("gửi trước khi khôi phục sổ") for row in history.made_rows(again))
        states = [receipts.standing_of(again, "movement_activity", one).whereabouts for one in (first, second)]
        assert states == [receipts.Whereabouts.RECEIVED, receipts.Whereabouts.COPIED]
        assert outgoing.what_would_go(again).first_seq == 1  # everything once more all the same
        told(pair, key_care.write_change(again, pair.folder))
        later = answers.make_receipt(pair.province, again.file.identity.code, pair.folder)
        view = receipts.look_at_receipt(again, later.path)
        assert view.newly == (2,)
        receipts.take_receipt(again, view)
        assert [row.words for row in history.made_rows(again)] == ["Tỉnh đã nhận"] * 2
        assert received(again) <= again.file.changes.head()[0] and acknowledged(again) == 0
    finally:
        again.close()
