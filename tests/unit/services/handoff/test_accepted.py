"""The card that comes back: signed by the province, for this very installation; a second machine by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_machines import Machines, machines
from tests.unit.services.handoff.two_offices import NOW, TwoOffices, introduce, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff import accepted, answers, cards, incoming, key_care, outgoing
from thidua_desktop.services.session import Clock, Session


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        act()
    return error.value.code


def answered(province: Session, commune: Session, folder: Path) -> Path:
    """The province's answer to a card that it has accepted."""
    file = commune.file
    return accepted.write_acceptance(province, file.identity.code, file.installation_id, folder)


def accept(here: Session, there: Session) -> None:
    card = cards.own_card(there)
    cards.accept_card(here, card, card.fingerprint)


def test_the_commune_knows_that_it_is_accepted(pair: TwoOffices) -> None:
    assert accepted.accepted_by(pair.commune) is None
    path = answered(pair.province, pair.commune, pair.folder)
    assert path.name.endswith(f"{pair.commune.file.installation_id[-4:]}.tdaccept")
    told = accepted.take_acceptance(pair.commune, accepted.read_acceptance(path))
    assert (
        told.words.endswith("đã nhận thẻ máy này ngày 16/11/2026") and told.province == pair.province.file.identity.name
    )
    assert accepted.accepted_by(pair.commune) == told
    key_care.change_keys(pair.commune, pair.folder)
    assert accepted.accepted_by(pair.commune) is None  # the new keys are not those that were accepted


def test_it_brings_the_provinces_keys_after_the_fingerprint_was_compared(tmp_path: Path) -> None:
    commune, province = make_office(tmp_path / "xa.thidua", "24412"), make_office(tmp_path / "t.thidua", "66", True)
    with closing(commune), closing(province):
        accept(province, commune)
        found = accepted.read_acceptance(answered(province, commune, tmp_path))
        assert accepted.needs_fingerprint(commune, found)
        assert code_of(lambda: accepted.take_acceptance(commune, found, "0000")) == "TD-SYNC-051"
        assert cards.known_offices(commune) == [] and accepted.accepted_by(commune) is None
        accepted.take_acceptance(commune, found, cards.own_card(province).fingerprint)
        assert [one.code for one in cards.known_offices(commune)] == ["66"]
        made = outgoing.make_package(commune, tmp_path)
        assert incoming.plan_receive(province, made.path).number == 1


def test_a_card_of_somebody_else_is_refused(pair: TwoOffices, tmp_path: Path) -> None:
    with closing(make_office(tmp_path / "xa2.thidua", "24448")) as other:
        introduce(other, pair.province)
        path = answered(pair.province, other, pair.folder)
        found = accepted.read_acceptance(path)
        assert code_of(lambda: accepted.take_acceptance(pair.commune, found)) == "TD-SYNC-158"


def test_another_key_than_the_provinces_is_refused(pair: TwoOffices) -> None:
    key_care.change_keys(pair.province, pair.folder)
    found = accepted.read_acceptance(answered(pair.province, pair.commune, pair.folder))
    assert code_of(lambda: accepted.take_acceptance(pair.commune, found)) == "TD-SYNC-159"


def test_files_that_are_no_answer_or_were_touched(pair: TwoOffices) -> None:
    path = answered(pair.province, pair.commune, pair.folder)
    content = path.read_bytes()
    for changed, code in (
        (b"hello\n", "TD-SYNC-154"),
        (b'{"acceptance":2}\n', "TD-SYNC-155"),
        (content.replace(b"2026-11-16", b"2026-11-15"), "TD-SYNC-156"),
        (content[:-10], "TD-SYNC-156"),
    ):
        path.write_bytes(changed)
        assert code_of(lambda: accepted.read_acceptance(path)) == code
    path.unlink()
    assert code_of(lambda: accepted.read_acceptance(path)) == "TD-SYNC-050"


def test_only_an_accepted_card_is_answered_and_only_at_the_province(pair: TwoOffices) -> None:
    file = pair.commune.file
    key_care.revoke(pair.province, file.identity.code, file.installation_id, "mất máy")
    assert code_of(lambda: answered(pair.province, pair.commune, pair.folder)) == "TD-SYNC-157"
    assert code_of(lambda: answered(pair.commune, pair.province, pair.folder)) == "TD-SYNC-157"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Machines]:
    with machines(tmp_path) as made:
        yield made


def test_a_second_machine_is_accepted_and_revoked_by_itself(two: Machines, tmp_path: Path) -> None:
    first, second = two.all[:2]
    with closing(make_office(tmp_path / "tinh.thidua", "66", province=True)) as province:
        introduce(first, province)
        code, machines = first.file.identity.code, [one.file.installation_id for one in (first, second)]
        assert accepted.further_machine(province, code, machines[1]) == 2
        introduce(second, replace(province, clock=Clock(NOW + timedelta(hours=1))))
        assert [accepted.further_machine(province, code, one) for one in machines] == [0, 2]
        for number, machine in enumerate((first, second)):
            stick = tmp_path / f"stick{number}"
            stick.mkdir()
            found = accepted.read_acceptance(answered(province, machine, stick))
            accepted.take_acceptance(machine, found)
            made = outgoing.make_package(machine, stick)
            incoming.receive(province, incoming.plan_receive(province, made.path))
        other = accepted.read_acceptance(answered(province, second, tmp_path))
        assert code_of(lambda: accepted.take_acceptance(first, other)) == "TD-SYNC-158"
        key_care.revoke(province, code, machines[1], "mất máy thứ hai")
        late = outgoing.make_package(second, tmp_path)
        assert code_of(lambda: incoming.plan_receive(province, late.path)) == "TD-SYNC-006"
        two.activity(first)
        still = outgoing.make_package(first, tmp_path)
        assert incoming.plan_receive(province, still.path).changes >= 1
        assert answers.make_receipt(province, code, tmp_path).office == code
