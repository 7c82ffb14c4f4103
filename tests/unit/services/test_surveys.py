"""A survey is taken in once, known at every opening, answered like a register, and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.unit.printing.measured import text_of
from tests.unit.services.conftest import PASSWORD
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.growing import replace_catalog
from thidua_desktop.paths import resource_path
from thidua_desktop.services import lists, records, surveys, today
from thidua_desktop.services.offices import open_office
from thidua_desktop.services.session import Clock, Session

FORM = resource_path("demo", "survey_fire.toml")
NAME = "survey_fire_2026"


@pytest.fixture
def survey(session: Session) -> str:
    return surveys.add_survey(session, FORM).name


@pytest.fixture
def answered(survey: str, add: Callable[..., str], area_ids: list[str]) -> list[str]:
    return [
        add(NAME, residential_area=area_ids[0], houses=12, with_second_exit=5, source="pond", team=True),
        add(NAME, residential_area=area_ids[1], houses=8, with_second_exit=8, source="pond", team=False, note="Hẹp."),
        add(NAME, residential_area=area_ids[1], houses=0, source="none"),
    ]


@pytest.mark.parametrize(
    ("left", "urgency", "words"),
    [
        (31, "", ""),
        (21, "calm", "còn 21 ngày"),
        (7, "soon", "còn 7 ngày"),
        (-2, "late", "quá hạn 2 ngày"),
        (-31, "", ""),
    ],
)
def test_hom_nay_tells_of_a_survey_until_it_is_answered(
    session: Session, survey: str, add: Callable[..., str], area_ids: list[str], left: int, urgency: str, words: str
) -> None:
    (state,) = surveys.surveys(session)
    later = replace(session, clock=Clock(session.now() + timedelta(days=state.days_left - left)))
    told = today.survey_lines(later)
    assert [(one.urgency, one.target.page) for one in told] == ([(urgency, "surveys")] if urgency else [])
    assert all(words in one.detail for one in told)
    add(NAME, residential_area=area_ids[0], houses=12, with_second_exit=5, source="pond", team=True)
    assert today.survey_lines(later) == []


def line(session: Session, question: str, answer: str) -> surveys.ResultRow:
    found = surveys.results(session, NAME).rows
    return next(row for row in found if (row.question, row.answer) == (question, answer))


def test_answers_are_records_like_others(session: Session, answered: list[str], area_ids: list[str]) -> None:
    listed = lists.open_list(session, lists.default_query(session, NAME))
    assert len(listed) == 3 and [column.label for column in listed.columns][3] == "Nguồn nước gần nhất"
    refused = records.save(
        session, NAME, {"residential_area": area_ids[0], "houses": 3, "with_second_exit": 4}
    )  # fmt: skip
    assert isinstance(refused, records.Refused)
    records.delete(session, NAME, answered[2], "ghi nhầm")
    records.undo(session)
    assert [hit.register for hit in session.file.search("ao ho", 9)] == [NAME, NAME]
    assert session.file.check() == []


def test_it_is_known_at_the_next_opening_and_by_readers(session: Session, answered: list[str]) -> None:
    with session.file.reader() as reader:
        assert reader.records.count(NAME) == 3
    path = session.file.path
    session.close()
    again = open_office(path, PASSWORD, clock=session.clock)
    try:
        assert again.definitions.registers[NAME].survey is not None
        assert surveys.results(again, NAME).rows[0].total == 3
        assert again.file.records.count(NAME) == 3
    finally:
        again.close()


def test_everything_is_counted(session: Session, answered: list[str]) -> None:
    found = surveys.results(session, NAME)
    assert found.answered_text == "1/1 đơn vị đã trả lời" and found.missing == ()
    assert (found.rows[0].question, found.rows[0].total) == ("Số phiếu trả lời", 3)
    assert line(session, "Số nhà ở kết hợp kinh doanh", "Tổng").total == 20
    assert line(session, "Nhà có lối thoát nạn thứ hai", "Tổng").total == 13
    ponds = line(session, "Nguồn nước gần nhất", "Ao, hồ")
    assert (ponds.total, ponds.share) == (2, "66,7%")
    assert line(session, "Nguồn nước gần nhất", "Trụ nước").total == 0
    yes = line(session, "Có tổ liên gia an toàn phòng cháy", "Có")
    assert (yes.total, yes.share) == (1, "50,0%")
    assert line(session, "Ý kiến", "Đã ghi").total == 1


def test_results_on_paper_and_in_excel(session: Session, answered: list[str], tmp_path: Path) -> None:
    words = text_of(surveys.print_results(session, NAME).pdf)
    assert "KẾT QUẢ: KHẢO SÁT PHÒNG CHÁY" in words and "66,7%" in words and "hạn trả lời 15/12/2026" in words
    sheet = load_workbook(surveys.export_results(session, NAME, tmp_path / "ra.xlsx")).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("Câu hỏi", "Trả lời", "Đơn vị tính", "Toàn bộ", "Tỷ lệ")
    assert ("Số nhà ở kết hợp kinh doanh", "Tổng", "nhà", 20, "", 20) in [row[:6] for row in rows]


def test_the_same_file_twice_does_no_harm_and_another_form_is_refused(
    session: Session, answered: list[str], tmp_path: Path
) -> None:
    assert surveys.add_survey(session, FORM).name == NAME
    other = tmp_path / "khac.toml"
    other.write_text(FORM.read_text(encoding="utf-8").replace("Trụ nước", "Trụ", 1), encoding="utf-8")
    assert surveys.add_survey(session, other).name == NAME  # a code list's words are not the form's questions
    other.write_text(FORM.read_text(encoding="utf-8").replace("maximum = 5000", "maximum = 9", 1), encoding="utf-8")
    with pytest.raises(UserError, match="TD-FORM-053"):
        surveys.add_survey(session, other)
    assert session.file.records.count(NAME) == 3


def test_files_that_are_no_survey(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    for content in (b"\xff\xfe\x00", b"#" * 300_000, b""):
        path.write_bytes(content)
        with pytest.raises(UserError, match="TD-FORM-050"):
            surveys.add_survey(session, path)
    with pytest.raises(UserError, match="TD-ENV-"):
        surveys.add_survey(session, tmp_path / "khong-co.toml")
    with pytest.raises(UserError, match="TD-FORM-054"):
        surveys.results(session, "survey_other")
    assert surveys.surveys(session) == []


def test_surveys_are_listed_with_their_deadline(session: Session, answered: list[str]) -> None:
    (one,) = surveys.surveys(session)
    assert (one.deadline, one.answers, one.days_left) == (date(2026, 12, 15), 3, 22)
    assert one.due_text == "hạn 15/12/2026, còn 22 ngày"


def test_a_deadline_may_be_put_off(session: Session, answered: list[str], tmp_path: Path) -> None:
    later = tmp_path / "gia-han.toml"
    later.write_text(FORM.read_text(encoding="utf-8").replace("2026-12-15", "2026-12-31"), encoding="utf-8")
    surveys.add_survey(session, later)
    (one,) = surveys.surveys(session)
    assert (one.deadline, one.answers) == (date(2026, 12, 31), 3)


def test_what_a_long_piece_of_work_takes_in_is_known_when_it_stands(session: Session) -> None:
    """Its table is not there before: who writes in every register meanwhile would not find it."""
    with session.worker() as own:
        surveys.add_survey(own, FORM)
        assert NAME in own.definitions.registers and NAME not in session.definitions.registers
    assert NAME in session.definitions.registers and session.file.check() == []
    with pytest.raises(ZeroDivisionError), session.worker() as own, own.file.atomic():
        catalogs = own.definitions.catalogs
        replace_catalog(own.definitions, replace(next(iter(catalogs.values())), name="lạ"))
        raise ZeroDivisionError
    assert "lạ" not in session.definitions.catalogs
