"""Key slots wrap the file's key and never show it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.store.made_up import QUICK
from thidua_desktop.errors import UserError
from thidua_desktop.store import key_slots

KEY = bytes(range(32))


def test_a_password_gives_the_key_back() -> None:
    slots = [key_slots.password_slot(KEY, "dao", "mật khẩu", QUICK), key_slots.password_slot(KEY, "an", "khác", QUICK)]
    assert key_slots.unlock_with_password(slots, "khác", None) == (KEY, slots[1])
    assert key_slots.unlock_with_password(slots, "khác", "AN") == (KEY, slots[1])
    assert key_slots.unlock_with_password(slots, "khác", "dao") is None
    assert key_slots.unlock_with_password(slots, "sai", None) is None


def test_a_password_typed_in_decomposed_letters_is_the_same() -> None:
    slot = key_slots.password_slot(KEY, "dao", "hòa", QUICK)
    assert key_slots.unlock_with_password([slot], "ho\u0300a", None) is not None


def test_the_file_shows_neither_key_nor_login(tmp_path: Path) -> None:
    path = tmp_path / "xa.thidua"
    slot = key_slots.password_slot(KEY, "dangthidao", "mật khẩu", QUICK)
    key_slots.write_slots(path, [slot, key_slots.recovery_slot(KEY, bytes(32))])
    content = key_slots.slots_path(path).read_text(encoding="utf-8")
    assert KEY.hex() not in content and "dangthidao" not in content
    assert json.loads(content)["slots"][0]["memory_kib"] == QUICK.memory_kib
    found = key_slots.unlock_with_secret(key_slots.read_slots(path), bytes(32))
    assert found is not None and (found[0], found[1].kind) == (KEY, "recovery")
    assert key_slots.unlock_with_secret(key_slots.read_slots(path), b"\1" * 32) is None


def test_the_second_key_file_serves_when_the_first_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "xa.thidua"
    slots = (key_slots.password_slot(KEY, "dao", "mật khẩu", QUICK),)
    key_slots.write_slots(path, slots)
    key_slots.write_slots(path, slots)
    key_slots.slots_path(path).write_bytes(b'{"format": "thidua-k')
    assert key_slots.read_slots(path) == slots


def test_what_was_taken_away_is_in_no_key_file(tmp_path: Path) -> None:
    path = tmp_path / "xa.thidua"
    old, new = (key_slots.password_slot(KEY, login, "mật khẩu", QUICK) for login in ("cu", "moi"))
    key_slots.write_slots(path, [old, new])
    key_slots.write_slots(path, [new])
    key_slots.slots_path(path).unlink()
    assert key_slots.read_slots(path) == (new,)


def test_a_cut_between_the_key_files_leaves_one_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "xa.thidua"
    slots = (key_slots.password_slot(KEY, "dao", "mật khẩu", QUICK),)
    key_slots.write_slots(path, slots)
    key_slots.write_slots(path, slots)
    key_slots.slots_path(path).write_bytes(b"damaged")

    def cut(target: Path, _content: bytes) -> None:
        raise OSError(target.name)

    monkeypatch.setattr(key_slots, "write_durably", cut)
    with pytest.raises(OSError, match=r"xa\.thidua\.keys$"):
        key_slots.write_slots(path, slots)
    assert key_slots.read_slots(path) == slots


def test_unreadable_and_newer_key_files_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "xa.thidua"
    target = key_slots.slots_path(path)
    for content, code in (
        (b"\xff\xfe", "TD-STORE-007"),
        (b"[]", "TD-STORE-007"),
        (b'{"format": "thidua-keys", "version": 1, "slots": []}', "TD-STORE-007"),
        (b'{"format": "thidua-keys", "version": 2, "slots": []}', "TD-STORE-003"),
    ):
        target.write_bytes(content)
        with pytest.raises(UserError) as refused:
            key_slots.read_slots(path)
        assert refused.value.code == code


@pytest.mark.parametrize(("name", "value"), [("memory_kib", 1 << 40), ("passes", 10**9), ("lanes", 0), ("salt", "zz")])
def test_a_cost_that_would_take_the_machine_is_refused(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "xa.thidua"
    key_slots.write_slots(path, [key_slots.password_slot(KEY, "dao", "mật khẩu", QUICK)])
    document = json.loads(key_slots.slots_path(path).read_text(encoding="utf-8"))
    document["slots"][0][name] = value
    with pytest.raises(ValueError):
        key_slots.parse_slots(json.dumps(document).encode())


def test_the_default_cost_is_worth_a_guess() -> None:
    assert key_slots.KeyCost().memory_kib >= 64 * 1024 and key_slots.KeyCost().passes >= 3
