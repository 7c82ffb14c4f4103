"""Ctrl+Z after what the change log does not hold: taken back and done again, or said where that is done; never passed
over for something older."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, REPORT, TwoOffices, save, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import records
from thidua_desktop.services.awards import decisions
from thidua_desktop.services.awards.award_fields import REGISTER
from thidua_desktop.services.awards.decisions import AwardDecision
from thidua_desktop.services.handoff import answers, undoing
from thidua_desktop.services.report_checks import decisions as checks
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.session import Session

PROGRAMME: dict[str, Value] = {
    "title": "Kế hoạch năm 2027", "kind": "plan", "number": "15/KH-UBND", "issued_on": date(2026, 11, 9),
    "level": "province", "topics": ("crime",), "valid_from": date(2027, 1, 1),
}  # fmt: skip
DECIDED = AwardDecision(number="1450/QĐ-UBND", day=date(2026, 11, 16))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def proposals(pair: TwoOffices) -> list[str]:
    made = [
        save(pair.commune, REGISTER, {
            "year": 2026, "proposed_on": date(2026, 11, 5), "award": "province_citation", "recipient": "household",
            "recipient_text": name, "checked_on": date(2026, 11, 4), "achievement": "Xuất sắc", "result": "proposed_up",
        })
        for name in ("Hộ ông Y Thắng Ayun", "Hộ bà Lê Thị Hoa")
    ]  # fmt: skip
    pair.take(pair.send())
    return made


def refused(session: Session) -> str:
    with pytest.raises(UserError) as raised:
        records.undo(session)
    assert raised.value.code == "TD-STORE-387"
    return raised.value.sentence


def words_of(session: Session, ids: list[str]) -> list[str]:
    return [found.words if (found := decisions.standing_of(session, one)) else "" for one in ids]


def test_results_of_awards_are_undone_and_done_again_whole(pair: TwoOffices) -> None:
    ids, province = proposals(pair), pair.province
    decisions.decide(province, ids[:1], AwardDecision("rejected", reason="Chưa đủ thời gian"))
    before = words_of(province, ids)
    decisions.decide(province, ids, DECIDED)
    after = words_of(province, ids)
    undone = records.undo(province)
    assert undone.text == "Đã hoàn tác: ghi kết quả khen thưởng của 2 đề nghị." and set(undone.changes.ids) == {*ids}
    assert words_of(province, ids) == before
    assert records.redo(province).text.startswith("Đã làm lại") and words_of(province, ids) == after
    decisions.take_back(province, ids[0])
    records.undo(province)
    assert words_of(province, ids) == after


def test_in_the_order_in_which_it_was_done(pair: TwoOffices) -> None:
    ids, province = proposals(pair), pair.province
    with province.worker() as own:  # as the window does it
        decisions.decide(own, ids, DECIDED)
    programme = save(province, "programme", PROGRAMME)
    assert records.undo(province).changes.ids == (programme,) and all(words_of(province, ids))
    records.undo(province)
    assert not any(words_of(province, ids))
    assert "Gỡ gói" in refused(province)


def test_a_package_says_where_it_is_taken_back_and_nothing_older_is(pair: TwoOffices) -> None:
    older = save(pair.province, "programme", PROGRAMME)
    pair.activity()
    pair.take(pair.send())
    assert "Gỡ gói" in refused(pair.province)
    assert not records.get(pair.province, "programme", older).deleted
    (entry,) = undoing.undoable_packages(pair.province)
    plan = undoing.plan_undo(pair.province, entry.office, entry.installation, entry.number)
    undoing.undo_package(pair.province, plan, "nhập nhầm")
    assert "nhập lại gói ấy" in refused(pair.province)


def test_closing_and_accepting_say_where_they_are_taken_back(pair: TwoOffices) -> None:
    activity = pair.activity()
    for figure in reports.build(pair.commune, REPORT, NOVEMBER).unanswered:
        reports.keep_odd(pair.commune, NOVEMBER, figure.indicator, "Số mẫu.")
    reports.close(pair.commune, REPORT, NOVEMBER)
    assert "Mở lại kỳ" in refused(pair.commune)
    assert not records.get(pair.commune, "movement_activity", activity).deleted
    pair.take(pair.send())
    checks.accept(pair.province, pair.commune.file.identity.code, REPORT, NOVEMBER)
    assert "bấm Mở lại ở trang kiểm tra" in refused(pair.province)
    checks.reopen(pair.province, "24412", REPORT, NOVEMBER, "Xem lại số người dự")
    answers.return_closed_report(pair.province, "24412", REPORT, NOVEMBER, "Số người dự chưa khớp")
    assert "Vẫn chấp nhận" in refused(pair.province)
