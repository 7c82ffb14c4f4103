"""A stick with packages of many kinds: each with what may be done with it, in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices
from thidua_desktop.errors import UserError
from thidua_desktop.services.handoff.inbox import Standing, look_at, look_into


def test_a_folder_of_packages_is_read_in_the_order_of_their_numbers(pair: TwoOffices) -> None:
    pair.activity()
    pair.send()
    pair.send()
    told: list[tuple[int, int]] = []
    found = look_into(pair.province, pair.folder, lambda done, total: told.append((done, total)))
    assert [package.claimed.number for package in found if package.claimed] == [1, 2]
    assert [package.standing for package in found] == [Standing.READY, Standing.GAP]
    assert found[1].words == "Thiếu gói 1, vẫn nhập được"
    assert all(package.can_be_taken for package in found)
    assert told == [(0, 2), (1, 2)]


def test_taken_cut_and_foreign_files_say_so(pair: TwoOffices) -> None:
    pair.activity()
    made = pair.send()
    data = made.path.read_bytes()
    pair.take(made)
    taken = look_at(pair.province, made.path)
    assert (taken.standing, taken.words) == (Standing.TAKEN, "Đã nhập ngày 16/11/2026")
    (pair.folder / made.path.name.replace("000001", "000007")).write_bytes(data[: len(data) // 2])
    (pair.folder / made.path.name.replace("000001", "000008")).write_bytes(b"khong phai goi" * 100)
    cut, foreign = look_into(pair.province, pair.folder)[1:]
    assert cut.standing is Standing.REFUSED
    assert cut.words.startswith("Tệp bị cắt ở ")
    assert cut.words.endswith("%, xin chép lại")
    assert (foreign.claimed, foreign.words) == (None, "Không phải gói số liệu")
    assert not cut.can_be_taken


def test_other_files_are_left_alone_and_a_missing_folder_is_told(pair: TwoOffices, tmp_path: Path) -> None:
    (pair.folder / "thu.docx").write_bytes(b"x")
    assert look_into(pair.province, pair.folder) == []
    with pytest.raises(UserError) as caught:
        look_into(pair.province, tmp_path / "rút-rồi")
    assert caught.value.code == "TD-SYNC-050"
