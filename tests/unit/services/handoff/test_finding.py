"""One look at a stick tells everything on it that is for this commune, and what is not there."""

from __future__ import annotations

from pathlib import Path

from tests.unit.services.handoff.two_offices import TwoOffices, introduce, make_office
from thidua_desktop.services.handoff import accepted, answers, cards, directives, orders, receipts
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.handoff.finding import found_words, look_for_all, missing_words
from thidua_desktop.services.report_periods import DUE_DAYS


def test_an_empty_folder_and_one_of_others_hold_nothing(pair: TwoOffices, tmp_path: Path) -> None:
    found = look_for_all(pair.commune, pair.folder)
    assert not found.anything and found_words(found) == "" and found.others == 0
    (pair.folder / "khong-phai.tdp").write_bytes(b"x" * 700)
    other = make_office(tmp_path / "khac.thidua", "24305")
    introduce(other, pair.province)
    cards.export_card(other, pair.folder)
    other.close()
    found = look_for_all(pair.commune, pair.folder)
    assert not found.anything and found.others == 1


def test_receipt_directive_cards_and_subfolders_are_found_at_once(pair: TwoOffices, tmp_path: Path) -> None:
    pair.activity()
    own = pair.send()
    pair.take(own)
    answers.make_receipts(pair.province, pair.folder)
    directives.make_directive(pair.province, DirectiveWish("Hạn nộp", settings={DUE_DAYS: 3}), pair.folder)
    commune = pair.commune.file
    accepted.write_acceptance(pair.province, commune.identity.code, commune.installation_id, pair.folder)
    second = make_office(tmp_path / "tinh-khac.thidua", "52", province=True)
    cards.export_card(second, pair.folder)
    second.close()
    cards.export_card(pair.commune, pair.folder)  # the own one is no news
    below = pair.folder / "cũ"
    below.mkdir()
    own.path.rename(below / "x.tdp")
    found = look_for_all(pair.commune, pair.folder)
    assert found_words(found) == "1 biên nhận, 1 gói chỉ đạo, 1 thẻ đơn vị, 1 thẻ trả lại"
    assert missing_words(found) == "bản cập nhật chương trình, gói của máy khác trong cơ quan"
    assert found.below == ("cũ",) and found.others == 0


def test_what_was_taken_in_is_no_news(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    answers.make_receipts(pair.province, pair.folder)
    directives.make_directive(pair.province, DirectiveWish("Hạn nộp", settings={DUE_DAYS: 3}), pair.folder)
    found = look_for_all(pair.commune, pair.folder)
    assert found.receipts[0].view is not None and found.directives[0].view is not None
    receipts.take_receipt(pair.commune, found.receipts[0].view)
    orders.take_directive(pair.commune, found.directives[0].view)
    again = look_for_all(pair.commune, pair.folder)
    assert not again.anything and again.others == 0
