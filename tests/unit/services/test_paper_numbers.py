"""Numbers of issued papers: each series counts alone, nothing is given twice, gaps and doubles are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pypdfium2
import pytest

from thidua_desktop.domain.problems import Problem
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value, Values
from thidua_desktop.services import paper_numbers, records
from thidua_desktop.services.documents.printing import numbers_of, print_document, take_numbers
from thidua_desktop.services.paper_numbers import REGISTER, Facts, FirstNumberError, overview, take
from thidua_desktop.services.session import VIETNAM_TIME, Clock, Session

Add = Callable[..., str]
REPORT = Facts("Báo cáo", "BC-UBND", "report", "Kết quả phong trào", "Nguyễn Thị Bình", ("Như trên", "Lưu: VT"))
LETTER = Facts("Công văn", "UBND-VP", "letter", "Đôn đốc")


def _text(pdf: bytes) -> str:
    return " ".join("\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)).split())


def _issued(add: Add, number: int, symbol: str = "BC-UBND", kind: str = "report", year: int = 2026) -> str:
    return add(REGISTER, number=number, symbol=symbol, type=kind, issued_on=date(year, 3, 4), subject="Việc đã làm")


def test_each_series_counts_alone(session: Session) -> None:
    assert [take(session, f"a{n}", REPORT).text for n in range(3)] == ["01/BC-UBND", "02/BC-UBND", "03/BC-UBND"]
    assert take(session, "letter", LETTER).text == "01/UBND-VP"
    assert take(session, "other unit", replace(LETTER, symbol="UBND-TC")).text == "02/UBND-TC"
    assert take(session, "council", replace(REPORT, symbol="BC-HĐTĐKT")).text == "01/BC-HĐTĐKT"
    kept = records.get(session, REGISTER, take(session, "a0", REPORT).record_id).values
    assert (kept["designation"], kept["series"], kept["signer"]) == ("01/BC-UBND", "BC-UBND", "Nguyễn Thị Bình")
    assert kept["recipients"] == "Như trên\nLưu: VT" and kept["issued_on"] == session.today


def test_the_same_paper_keeps_its_number(session: Session) -> None:
    assert take(session, "a", REPORT) == take(session, "a", REPORT)
    assert take(session, "b", REPORT).number == 2


def test_a_new_year_begins_with_one(session: Session, add: Add) -> None:
    _issued(add, 88, year=2025)
    assert take(session, "a", REPORT).number == 1
    january = replace(session, clock=Clock(datetime(2027, 1, 4, 9, 0, tzinfo=VIETNAM_TIME)))
    assert take(january, "b", REPORT).text == "01/BC-UBND"


def test_a_number_is_never_given_again(session: Session) -> None:
    taken = [take(session, key, REPORT) for key in "abc"]
    records.delete(session, REGISTER, taken[2].record_id, "hủy")
    assert paper_numbers.kept(session, "c") is None
    assert take(session, "c", REPORT).number == 4
    records.undo(session)  # takes the paper with number 4 back
    assert take(session, "c", REPORT).number == 5
    series = overview(session, 2026)[0]
    assert (series.gaps_text, series.count, series.following) == ("03–04", 3, 6)


def test_numbers_used_before_the_program(session: Session, add: Add) -> None:
    paper_numbers.set_before(session, "BC-UBND", 2026, 57)
    assert take(session, "a", REPORT).number == 58
    assert overview(session, 2026)[0].gaps == ()
    with pytest.raises(UserError, match="TD-PRINT-044"):
        paper_numbers.set_before(session, "BC-UBND", 2026, 58)
    assert paper_numbers.before(session, "BC-UBND", 2026) == 57
    paper_numbers.set_before(session, "KH-UBND", 2026, 9)
    assert [(one.name, one.last, one.count) for one in overview(session, 2026)] == [
        ("BC-UBND", 58, 1), ("KH-UBND", 9, 0),
    ]  # fmt: skip


def test_gaps_and_doubles_are_told(session: Session, add: Add) -> None:
    for number in (1, 2, 4, 4, 7):
        _issued(add, number)
    _issued(add, 4, symbol="KH-UBND", kind="plan")
    reports_, plans = overview(session, 2026)
    assert (reports_.gaps_text, reports_.doubled_text) == ("03; 05–06", "04 (2 lần)")
    assert (plans.gaps_text, plans.doubled) == ("01–03", ())
    assert overview(session, 2025) == []


def test_a_double_number_asks_for_a_reason(session: Session, add: Add) -> None:
    first = _issued(add, 15)
    values = {**records.get(session, REGISTER, first).values, "subject": "Việc khác"}
    refused = records.save(session, REGISTER, values)
    assert isinstance(refused, records.Refused)
    assert [problem.code for problem in refused.needs_reason] == ["TD-PRINT-040"]
    for other in ({"symbol": "BC-BCĐ"}, {"issued_on": date(2025, 3, 4)}):
        assert isinstance(records.save(session, REGISTER, {**values, **other}), records.Saved)


def _plan(add: Add, **more: Value) -> str:
    facts: dict[str, Value] = {
        "title": "Phòng, chống ma túy",
        "kind": "plan",
        "level": "commune",
        "topics": ("drugs",),
        **more,
    }
    return add("programme", valid_from=date(2026, 11, 20), **facts)


def test_a_paper_of_a_record_takes_its_number(session: Session, add: Add) -> None:
    plan, other = _plan(add), _plan(add, title="Phòng, chống tội phạm")
    assert numbers_of(session, "plan_paper", [plan]) == [None]
    assert [one.text for one in take_numbers(session, "plan_paper", [plan, other])] == ["01/KH-UBND", "02/KH-UBND"]
    assert [one.text for one in take_numbers(session, "plan_paper", [plan])] == ["01/KH-UBND"]
    text = _text(print_document(session, "plan_paper", other).pdf)
    assert "Số: 02/KH-UBND" in text and "ngày 23 tháng 11 năm 2026" in text


def test_a_series_that_nobody_told_of_is_asked_about_once(session: Session, add: Add) -> None:
    plan, other = _plan(add), _plan(add, title="Phòng, chống tội phạm")
    with pytest.raises(FirstNumberError) as asked:
        take_numbers(session, "plan_paper", [plan], ask_first=True)
    assert asked.value.code == "TD-DATA-645" and numbers_of(session, "plan_paper", [plan]) == [None]
    paper_numbers.set_before(session, asked.value.series, asked.value.year, 0)  # no number used on paper yet
    assert take_numbers(session, "plan_paper", [plan], ask_first=True)[0].number == 1
    assert take_numbers(session, "plan_paper", [other], ask_first=True)[0].number == 2


def test_the_paper_keeps_the_day_of_its_number(session: Session, add: Add) -> None:
    plan = _plan(add)
    take_numbers(session, "plan_paper", [plan])
    december = replace(session, clock=Clock(datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM_TIME)))
    text = _text(print_document(december, "plan_paper", plan).pdf)
    assert "ngày 23 tháng 11 năm 2026" in text and "tháng 12" not in text


def test_a_record_with_a_number_of_its_own_takes_none(session: Session, add: Add) -> None:
    plan = _plan(add, number="15/KH-UBND", issued_on=date(2026, 11, 20))
    with pytest.raises(UserError, match="TD-PRINT-041"):
        take_numbers(session, "plan_paper", [plan])
    assert overview(session, 2026) == []


def test_refusals_change_nothing(session: Session, add: Add, area_ids: list[str]) -> None:
    with pytest.raises(UserError, match="TD-PRINT-042"):
        take_numbers(session, "area_list", [area_ids[0]])
    with pytest.raises(UserError, match="TD-PRINT-045"):
        take(session, "x", replace(REPORT, symbol=""))
    assert overview(session, 2026) == []


def test_a_taken_number_is_written_into_the_record(session: Session, add: Add) -> None:
    plan = _plan(add)
    (taken,) = take_numbers(session, "plan_paper", [plan])
    kept = records.get(session, "programme", plan).values
    assert (kept["number"], kept["issued_on"]) == ("01/KH-UBND", session.today)
    assert take_numbers(session, "plan_paper", [plan]) == [taken]
    assert "Số: 01/KH-UBND" in _text(print_document(session, "plan_paper", plan).pdf)


def test_a_day_that_the_record_holds_is_the_papers(session: Session, add: Add, area_ids: list[str]) -> None:
    day = date(2026, 11, 2)
    team = add("fire_team", name="Đội dân phòng", residential_area=area_ids[0], members=12, decided_on=day)
    (taken,) = take_numbers(session, "fire_team_decision", [team])
    kept = records.get(session, "fire_team", team).values
    assert (taken.day, kept["decided_on"], kept["decision"]) == (day, day, "01/QĐ-UBND")


def test_a_record_that_refuses_its_number_leaves_nothing(
    session: Session, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, save = _plan(add), records.save

    def refusing(one: Session, register: str, values: Values, **more: Any) -> object:
        if register == "programme":
            return records.Refused((Problem("TD-DATA-003", "", "Không nhận."),))
        return save(one, register, values, **more)

    monkeypatch.setattr(records, "save", refusing)
    with pytest.raises(UserError, match="TD-PRINT-094"):
        take_numbers(session, "plan_paper", [plan])
    monkeypatch.undo()
    assert overview(session, 2026) == [] and numbers_of(session, "plan_paper", [plan]) == [None]
