"""The way in that the province keeps: agreed, given, taken, used once, taken back; and every slot lost but one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from tests.unit.services.handoff.two_offices import CHEAP, PASSWORD, TwoOffices, two_offices
from thidua_desktop.cli import run
from thidua_desktop.errors import UserError
from thidua_desktop.services import offices, recovery
from thidua_desktop.services.handoff import cards, escrow, key_care
from thidua_desktop.services.session import Clock
from thidua_desktop.store import key_slots
from thidua_desktop.sync import escrow as sealing

OWN, WHY = "sương sớm đầu làng", "Công văn số 12, mất mật khẩu"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def refusal(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.raises(UserError, match=code)


def keep_only(path: Path, kind: str) -> None:
    """What somebody does who lost all other ways in."""
    slots = [slot for slot in key_slots.read_slots(path) if slot.kind == kind]
    key_slots.write_slots(path, slots)
    key_slots.second_slots_path(path).unlink()


def deposit(pair: TwoOffices) -> tuple[Path, escrow.KeptDeposit]:
    written = escrow.give(pair.commune, pair.folder, agreed=True)
    return written, escrow.take(pair.province, written)


def test_nothing_is_kept_until_the_office_agrees(pair: TwoOffices) -> None:
    assert not pair.commune.file.has_escrow and escrow.state(pair.commune).words == "Không gửi tỉnh giữ hộ"
    with refusal("TD-STORE-380"):
        escrow.give(pair.commune, pair.folder, agreed=False)
    assert not pair.commune.file.has_escrow and not list(pair.folder.glob("*.tdescrow"))
    deposit(pair)
    assert "giữ hộ từ ngày 16/11/2026" in escrow.state(pair.commune).words
    escrow.stop(pair.commune)
    assert escrow.state(pair.commune).province == ""


def test_losing_every_slot_but_the_escrow(pair: TwoOffices) -> None:
    written, kept = deposit(pair)
    path = pair.commune.file.path
    pair.commune.close()
    keep_only(path, "escrow")
    with refusal("TD-STORE-001"):
        offices.open_office(path, PASSWORD)
    made = escrow.rescue(pair.province, kept.office, kept.installation, WHY)
    pages = pypdfium2.PdfDocument(made.pdf)
    assert made.text.split("-")[0] in pages[0].get_textpage().get_text_range()
    saved = offices.open_with_recovery(path, made.text.lower())
    offices.change_password(saved, OWN, CHEAP)
    noted = [(one.what, one.register) for one in saved.file.accesses.all()]
    assert noted[-3:] == [("failed", ""), ("rescue", ""), ("password", "")]
    assert "hết hiệu lực" in escrow.state(saved).words and saved.file.check() == []
    saved.close()
    with refusal("TD-STORE-021"):
        offices.open_with_recovery(path, made.text)
    offices.open_office(path, OWN).close()
    assert pair.province.file.accesses.newest(1)[0].what == "rescue" and written.is_file()
    assert [by for _, by in escrow.kept(pair.province)[0].opened] == [pair.province.user.name]


def test_a_cut_before_the_new_password_leaves_the_way_in(pair: TwoOffices) -> None:
    _, kept = deposit(pair)
    path = pair.commune.file.path
    pair.commune.close()
    text = escrow.rescue(pair.province, kept.office, kept.installation, WHY).text
    for _ in range(2):
        offices.open_with_recovery(path, text).close()


def test_losing_every_slot_but_the_sheet(pair: TwoOffices) -> None:
    text = recovery.new_recovery_sheet(pair.commune).text
    path = pair.commune.file.path
    pair.commune.close()
    keep_only(path, "recovery")
    with refusal("TD-STORE-001"):
        offices.open_office(path, PASSWORD)
    saved = offices.open_with_recovery(path, text)
    offices.change_password(saved, OWN, CHEAP)
    saved.close()
    offices.open_office(path, OWN).close()
    offices.open_with_recovery(path, text).close()  # the sheet stays good


def test_what_was_taken_back_opens_nothing(pair: TwoOffices) -> None:
    _, kept = deposit(pair)
    path = pair.commune.file.path
    escrow.stop(pair.commune)
    text = escrow.rescue(pair.province, kept.office, kept.installation, WHY).text
    with refusal("TD-STORE-021"):
        recovery.try_sheet(pair.commune, text)
    pair.commune.close()
    with refusal("TD-STORE-021"):
        offices.open_with_recovery(path, text)


@pytest.mark.parametrize(("ahead", "refused"), [(0, True), (3650, False)])
def test_an_older_file_does_not_take_the_place_of_a_newer_one(pair: TwoOffices, ahead: int, refused: bool) -> None:
    old = escrow.give(pair.commune, pair.folder, agreed=True)
    content = old.read_bytes()
    later = replace(pair.commune, clock=Clock(pair.commune.now() + timedelta(days=1 + ahead)))
    newer = escrow.give(later, pair.folder, agreed=True)
    tomorrow = replace(pair.province, clock=Clock(pair.province.now() + timedelta(days=1)))
    kept = escrow.take(tomorrow, newer)
    old.write_bytes(content)
    if refused:
        with refusal("TD-STORE-386"):
            escrow.take(tomorrow, old)
        assert escrow.kept(tomorrow) == [kept]
    else:  # its clock ran ten years ahead: what comes after it is taken
        assert escrow.take(tomorrow, old).day < kept.day


def test_the_province_alone_can_open_the_seal(pair: TwoOffices) -> None:
    written, _ = deposit(pair)
    found = sealing.deposit_from_bytes(written.read_bytes())
    assert sealing.unseal(found, [cards.office_keys(pair.commune).age_identity]) is None
    assert sealing.unseal(found, [cards.office_keys(pair.province).age_identity]) is not None
    key_care.change_keys(pair.province, pair.folder)  # what was sealed to the old key can still be opened
    kept = escrow.kept(pair.province)[0]
    escrow.rescue(pair.province, kept.office, kept.installation, WHY)


def test_files_that_are_no_deposit(pair: TwoOffices, tmp_path: Path) -> None:
    written, _ = deposit(pair)
    content = written.read_bytes()
    bad = tmp_path / "xau.tdescrow"
    for place in (5, 60, len(content) // 2, len(content) - 3):
        bad.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with refusal("TD-STORE-378"):
            escrow.take(pair.province, bad)
    for text in (b"", b"{}\n", content[:-80], content + bytes(20_000)):
        bad.write_bytes(text)
        with refusal("TD-STORE-378"):
            escrow.take(pair.province, bad)
    with refusal("TD-SYNC-050"):
        escrow.take(pair.province, tmp_path / "khong-co.tdescrow")


def test_who_may_not_and_what_is_not_there(pair: TwoOffices, tmp_path: Path) -> None:
    written, kept = deposit(pair)
    with refusal("TD-STORE-384"):
        escrow.give(pair.province, tmp_path, agreed=True)
    with refusal("TD-STORE-384"):
        escrow.take(pair.commune, written)
    with refusal("TD-STORE-382"):
        escrow.rescue(pair.province, "00000", kept.installation, WHY)
    with refusal("TD-STORE-385"):
        escrow.rescue(pair.province, kept.office, kept.installation, " ")
    key_care.revoke(pair.province, kept.office, kept.installation, "mất máy")
    with refusal("TD-STORE-379"):
        escrow.take(pair.province, written)
    key_care.revoke(pair.commune, pair.province.file.identity.code, pair.province.file.installation_id, "thử")
    with refusal("TD-STORE-381"):
        escrow.give(pair.commune, tmp_path, agreed=True)


def test_another_province_cannot_keep_it(pair: TwoOffices, tmp_path: Path) -> None:
    written, _ = deposit(pair)
    own = cards.own_card(pair.commune)
    sealed = sealing.seal(bytes(32), own, [own.age_recipient])
    wrong = sealing.Deposit(own, sealed, pair.commune.today)
    written.write_bytes(sealing.deposit_to_bytes(wrong, cards.office_keys(pair.commune)))
    with refusal("TD-STORE-383"):
        escrow.take(pair.province, written)


def test_the_same_by_the_command_line(pair: TwoOffices, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commune, province = pair.commune.file.path, pair.province.file.path
    office, machine = pair.commune.file.identity.code, pair.commune.file.installation_id
    pair.commune.close()
    pair.province.close()
    password, new, sheet = tmp_path / "p.txt", tmp_path / "n.txt", tmp_path / "cứu.pdf"
    password.write_text(PASSWORD, encoding="utf-8")
    new.write_text(OWN, encoding="utf-8")
    keys = ["--password-file", str(password)]
    give = ["keys", "escrow-give", str(commune), *keys, "--out", str(tmp_path)]
    assert run(give) == 1 and "TD-STORE-380" in capsys.readouterr().err
    assert run([*give, "--agreed"]) == 0
    (file,) = tmp_path.glob("*.tdescrow")
    assert run(["keys", "escrow-take", str(file), "--into", str(province), *keys]) == 0
    rescue = ["keys", "rescue", office, machine, "--into", str(province), *keys, "--reason", WHY, "--out", str(sheet)]
    assert run(rescue) == 0
    shutil.copy(sheet, tmp_path / "quét.pdf")
    recover = ["office", "recover", str(commune), "--sheet-file", str(sheet), "--new-password-file", str(new)]
    assert run(recover) == 0 and run(recover) == 1
    offices.open_office(commune, OWN).close()
    assert run(["keys", "escrow-stop", str(commune), "--password-file", str(new)]) == 0
