"""A stick with packages of many kinds: each with what may be done with it, in its own words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, introduce, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.services import units
from thidua_desktop.services.handoff import answers, cards, outgoing
from thidua_desktop.services.handoff.inbox import (
    MENDED_BY_A_CARD,
    Standing,
    cards_waiting,
    closed_reports,
    look_at,
    look_into,
)
from thidua_desktop.services.handoff.sticks import folders_with_packages
from thidua_desktop.services.reports import build as reports


def test_a_folder_of_packages_is_read_in_the_order_of_their_numbers(pair: TwoOffices) -> None:
    pair.activity()
    pair.send()
    pair.send()
    told: list[tuple[int, int]] = []
    found = look_into(pair.province, pair.folder, lambda done, total: told.append((done, total)))
    assert [package.claimed.number for package in found if package.claimed] == [1, 2]
    assert [package.standing for package in found] == [Standing.READY, Standing.GAP]
    assert found[1].words == "Hợp lệ, nối sau gói 1"
    found[0].path.unlink()
    assert [package.words for package in look_into(pair.province, pair.folder)] == ["Thiếu gói 1, vẫn nhập được"]
    assert all(package.can_be_taken for package in found)
    assert told == [(0, 2), (1, 2)]


def test_what_the_province_wrote_for_communes_is_no_package_to_take_in(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    answers.make_receipts(pair.province, pair.folder)
    assert [package.standing for package in look_into(pair.province, pair.folder)] == [Standing.TAKEN]


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


def test_copies_with_other_names_are_seen_and_count_once(pair: TwoOffices) -> None:
    pair.activity()
    made = pair.send()
    for name in (f"{made.path.stem} - Copy.tdp", "GOI XA M'DRAK.TDP", "._rác.tdp"):
        shutil.copy(made.path, pair.folder / name)
    found = look_into(pair.province, pair.folder)
    assert [package.can_be_taken for package in found] == [True, False, False]
    assert {package.words for package in found[1:]} == {f"Trùng tệp {found[0].path.name}"}
    below = pair.folder / "tuần 1"
    below.mkdir()
    assert folders_with_packages(pair.folder) == []
    shutil.move(made.path, below)
    assert folders_with_packages(pair.folder) == ["tuần 1"]


def test_a_commune_of_another_province_is_sent_home(pair: TwoOffices, tmp_path: Path) -> None:
    code = units.communes("52")[0].code
    stranger, elsewhere = make_office(tmp_path / "b.thidua", code), make_office(tmp_path / "c.thidua", "52", True)
    introduce(stranger, elsewhere)
    outgoing.make_package(stranger, pair.folder)
    (package,) = look_into(pair.province, pair.folder)
    assert package.refusal is not None and (package.refusal.code, package.words) == ("TD-SYNC-240", "Xã của tỉnh khác")
    assert "Gia Lai" in package.refusal.sentence
    stranger.close(), elsewhere.close()


def test_another_machine_of_a_commune_is_told_from_a_stranger(pair: TwoOffices, tmp_path: Path) -> None:
    """Set up anew, or a second machine: the commune is known, this machine is not; machines go by four signs."""
    anew, stranger = make_office(tmp_path / "b.thidua", "24412"), make_office(tmp_path / "c.thidua", "24305")
    for session in (anew, stranger):
        card = cards.own_card(pair.province)
        cards.accept_card(session, card, card.fingerprint)
        outgoing.make_package(session, pair.folder)
        session.close()
    known = pair.commune.file.installation_id
    first, second = look_into(pair.province, pair.folder)
    assert first.refusal is not None and (first.refusal.code, second.words) == (
        "TD-SYNC-005", "Máy khác của xã, chưa có thẻ",
    )  # fmt: skip
    assert second.refusal is not None and second.refusal.code == "TD-SYNC-247"
    assert known[-4:] in second.refusal.sentence and known not in second.refusal.sentence
    assert {one.refusal.code for one in (first, second) if one.refusal is not None} <= MENDED_BY_A_CARD


def test_cards_wait_until_they_are_known(pair: TwoOffices, tmp_path: Path) -> None:
    new = make_office(tmp_path / "b.thidua", "24305")
    for session in (new, pair.commune, pair.province):
        cards.export_card(session, pair.folder)
    (pair.folder / "hỏng.tdcard").write_bytes(b"x")
    (waiting,) = cards_waiting(pair.province, pair.folder)
    assert cards.read_card(waiting).office_code == "24305"
    introduce(new, pair.province)
    assert cards_waiting(pair.province, pair.folder) == []
    new.close()


def test_closed_reports_are_named(pair: TwoOffices) -> None:
    reports.close(pair.commune, REPORT, NOVEMBER)
    plan = look_at(pair.province, pair.send().path).plan
    assert plan is not None and closed_reports(pair.province, plan) == ["Kết quả phong trào, tháng 11/2026"]
