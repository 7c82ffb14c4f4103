"""Papers of one record, of a selection and in series: what stands on them, in which order, and refusals."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.unit.services.documents.paper_definitions import CITATION, LETTER, MINUTES, PEOPLE, PROPOSAL, with_papers
from tests.unit.services.handoff.two_offices import save, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Condition, DocumentTable, Value
from thidua_desktop.services import lists
from thidua_desktop.services.documents import printing
from thidua_desktop.services.documents.printing import OF_SEVERAL, documents_of, ids_of, papers_in_word, print_documents
from thidua_desktop.services.session import Role, Session, User

Add = Callable[..., str]


def pages(pdf: bytes) -> list[str]:
    """The text of each page on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().replace("\u00a0", " ").split()) for page in document]


@pytest.fixture
def office(session: Session) -> Session:
    return with_papers(session)


@pytest.fixture
def people(add: Add, area_ids: list[str]) -> list[str]:
    women = add(
        "person", name="Lê Thị Ổi", sex="female", birth_year=1990, residential_area=area_ids[1], position="Tổ phó"
    )
    men = add("person", name="Bùi Văn Ấm", sex="male", birth_year=1970, residential_area=area_ids[0], party_member=True)
    return [women, men]  # fmt: skip


def test_one_paper_for_all_selected(office: Session, people: list[str]) -> None:
    letter, annex = pages(print_documents(office, "proposal", people).pdf)
    assert "TỜ TRÌNH Đề nghị tặng Giấy khen cho 02 cá nhân" in letter
    assert "Lê Thị Ổi, Bùi Văn Ấm." in letter and "xem xét, quyết định./." in letter
    assert annex.startswith("DANH SÁCH CÁ NHÂN ĐỀ NGHỊ TẶNG GIẤY KHEN (Kèm theo Tờ trình số /TTr-UBND ngày")
    assert "1 Lê Thị Ổi Nữ 1990 Thôn Tân Lập 48 Tổ phó 2 Bùi Văn Ấm Nam 1970 Buôn Ea M'Doal 120 Cộng 168" in annex


def test_a_table_of_linked_records_may_list_only_some(office: Session, add: Add, area_ids: list[str]) -> None:
    group = add("self_managed_group", residential_area=area_ids[1], number="5", name="Tổ số 5", kind="security")
    for kind in ("regular", "thematic"):
        add(
            "resident_meeting", held_on=date(2026, 11, 9), kind=kind, residential_area=area_ids[1], group=group,
            households_total=20, status="draft",
        )  # fmt: skip
    (all_of_them,) = pages(print_documents(office, "letter", [group]).pdf)
    some = LETTER._replace(tables=(LETTER.tables[0]._replace(where=(Condition("kind", ("thematic",)),)),))
    (filtered,) = pages(print_documents(with_papers(office, some), "letter", [group]).pdf)
    assert all_of_them.count("09/11/2026") == 2
    assert filtered.count("09/11/2026") == 1 and "chuyên đề" in filtered.casefold()


def test_only_records_that_the_paper_is_for(office: Session, people: list[str]) -> None:
    women = PROPOSAL._replace(where=(Condition("sex", ("female",)), Condition("party_member", ("", "0"))))
    office = with_papers(office, women)
    letter, annex = pages(print_documents(office, "proposal", people).pdf)
    assert "cho 01 cá nhân" in letter and "Bùi Văn Ấm" not in letter + annex
    with pytest.raises(UserError, match="TD-PRINT-024") as refused:
        print_documents(office, "proposal", people[1:])
    assert "Giới tính: Nữ; Đảng viên: để trống hoặc không" in refused.value.sentence


def test_a_column_of_the_first_that_is_filled(office: Session, people: list[str], add: Add) -> None:
    nobody = add("person", name="Y Thơ", sex="male")
    table = DocumentTable(columns=("name", "position|residential_area|office"), caption="Danh sách")
    office = with_papers(office, PROPOSAL._replace(tables=(table,)))
    annex = pages(print_documents(office, "proposal", [*people, nobody]).pdf)[1]
    assert "Đối tượng 1 Lê Thị Ổi Tổ phó 2 Bùi Văn Ấm Buôn Ea M'Doal 3 Y Thơ Xã" in annex


def test_a_wide_paper_without_an_annex_is_turned(office: Session, people: list[str]) -> None:
    office = with_papers(office, PROPOSAL._replace(annex=False))
    (sheet,) = pypdfium2.PdfDocument(print_documents(office, "proposal", people).pdf)
    assert sheet.get_width() > sheet.get_height()


def test_the_order_is_that_of_the_selection(office: Session, people: list[str]) -> None:
    _, annex = pages(print_documents(office, "proposal", people[::-1]).pdf)
    assert annex.index("Bùi Văn Ấm") < annex.index("Lê Thị Ổi")


def test_a_decision_by_the_chair(office: Session, people: list[str]) -> None:
    decision, annex = pages(print_documents(office, "decision", people).pdf)
    place = 0
    for words in (
        "QUYẾT ĐỊNH Về việc tặng Giấy khen", "CHỦ TỊCH ỦY BAN NHÂN DÂN", "phương; Luật Thi đua, khen thưởng;",
        "Theo đề nghị của Công an xã.", "QUYẾT ĐỊNH:", "Điều 1.", "thi hành./.", "- Như Điều 3;", "- Lưu: VT.",
    ):  # fmt: skip
        place = decision.index(words, place)
    assert "TM. ỦY BAN" not in decision
    assert "của Chủ tịch Ủy ban nhân dân" in annex


def test_a_letter_has_its_subject_under_the_number(office: Session, add: Add, area_ids: list[str]) -> None:
    group = add("self_managed_group", residential_area=area_ids[1], number="3", name="Tổ tự quản số 3", kind="security")
    for day in (9, 2):
        add(
            "resident_meeting", held_on=date(2026, 11, day), kind="regular", residential_area=area_ids[1], group=group,
            households_total=20, status="draft",
        )  # fmt: skip
    (page,) = pages(print_documents(office, "letter", [group]).pdf)
    assert "Số: 03/UBND-CA" in page and "V/v kiện toàn Tổ tự quản số 3" in page and "CÔNG VĂN" not in page
    assert "(2 cuộc họp)" in page
    assert "Các cuộc họp TT Ngày họp Loại họp 1 09/11/2026 Họp định kỳ 2 02/11/2026" in page


@pytest.mark.parametrize(("number", "shown"), [("", True), ("3", True), ("-", False)])
def test_what_is_no_paper_of_the_office_has_no_line_for_a_number(
    office: Session, people: list[str], number: str, shown: bool
) -> None:
    paper = LETTER._replace(
        register="person", tables=(), texts={"type_name": "VĂN BẢN HÒA GIẢI THÀNH", "number": number}
    )
    (page,) = pages(print_documents(with_papers(office, paper), "letter", people[:1]).pdf)
    assert ("Số:" in page) == shown


def test_minutes_of_a_council(office: Session, add: Add, area_ids: list[str]) -> None:
    activity = add(
        "movement_activity", held_on=date(2026, 11, 9), residential_area=area_ids[0], kind="propaganda",
        title="Xét khen thưởng", topics=("crime",), attendance_total=9, result="Đoạn một.\nĐoạn hai.",
    )  # fmt: skip
    (page,) = pages(print_documents(office, "minutes", [activity]).pdf)
    assert "HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG" in page and "/BB-HĐTĐKT" in page
    assert "Thời gian bắt đầu: ngày 09 tháng 11 năm 2026." in page and "Địa điểm: ………………" in page
    assert "Đoạn một. Đoạn hai. Cuộc họp kết thúc vào …… giờ …… phút, ngày …… tháng …… năm" in page
    assert page.index("THƯ KÝ") < page.index("CHỦ TỌA")


def test_a_sheet_for_each_selected(office: Session, people: list[str]) -> None:
    told: list[int] = []
    printed = print_documents(office, "citation", people, told.append)
    first, second = pages(printed.pdf)
    assert "TẶNG GIẤY KHEN Bà Lê Thị Ổi Tổ phó Đã có thành tích" in first and "năm 2026" in first
    assert "Ông Bùi Văn Ấm" in second and told == [1, 2]
    assert len({len(page) for page in pages(printed.pdf)}) > 1 and not any(
        page[0].isdigit() for page in (first, second)
    )


def test_the_same_papers_in_word(office: Session, people: list[str]) -> None:
    for paper in ("proposal", "citation"):
        found = docx.Document(io.BytesIO(papers_in_word(office, paper, people)))
        words = "\n".join(element.text or "" for element in found.element.body.iter() if element.tag.endswith("}t"))
        assert "Lê Thị Ổi" in words and "Bùi Văn Ấm" in words and len(found.sections) == 2
        assert found.sections[-1].page_width > found.sections[-1].page_height
        assert papers_in_word(office, paper, people) == papers_in_word(office, paper, people)


def test_what_a_person_may_not_see_is_masked(office: Session, add: Add) -> None:
    table = DocumentTable(columns=("name", "identity_number"), caption="Danh sách")
    office = with_papers(office, PROPOSAL._replace(tables=(table,)))
    person = add("person", name="Lê Thị Ổi", sex="female", identity_number="001184000123")
    assert "001184000123" in pages(print_documents(office, "proposal", [person]).pdf)[1]
    leader = replace(office, user=User("x", "Lãnh đạo", Role.LEADER))
    annex = pages(print_documents(leader, "proposal", [person]).pdf)[1]
    assert "184" not in annex and lists.MASKED in annex


def test_refusals(office: Session, people: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="TD-PRINT-022"):
        print_documents(office, "proposal", [])
    with pytest.raises(UserError, match="TD-STORE-221"):
        print_documents(office, "proposal", [people[0], "none"])
    monkeypatch.setattr(printing, "MOST_RECORDS", 1)
    with pytest.raises(UserError, match="TD-PRINT-021"):
        print_documents(office, "proposal", people)
    with pytest.raises(UserError, match="TD-PRINT-021"):
        ids_of(office, lists.default_query(office, "person"))
    assert ids_of(office, lists.ListQuery("person", text="oi")) == people[:1]


def test_a_text_that_cannot_be_filled_is_named(office: Session, people: list[str]) -> None:
    office = with_papers(office, CITATION._replace(texts={"award": "{{ record.sex.value + 1 }}"}))
    with pytest.raises(UserError, match="TD-PRINT-023") as caught:
        print_documents(office, "citation", people)
    assert "award" in caught.value.sentence


def test_an_empty_table_says_so(office: Session, add: Add, area_ids: list[str]) -> None:
    group = add("self_managed_group", residential_area=area_ids[1], number="3", name="Tổ 3", kind="security")
    (page,) = pages(print_documents(office, "letter", [group]).pdf)
    assert "Chưa có dòng nào" in page and "(0 cuộc họp)" in page


def test_which_papers_are_offered(session: Session) -> None:
    own = [paper.name for paper in documents_of(session, "self_managed_group")]
    assert own == ["group_founding_decision", "group_book"]
    assert [paper.name for paper in documents_of(session, "self_managed_group", OF_SEVERAL)] == ["group_recognition"]
    assert {MINUTES.scope, LETTER.scope, PEOPLE.rows} == {"record", ""}


def test_a_letter_of_the_province_names_the_commune_of_each_line(tmp_path: Path) -> None:
    with two_offices(tmp_path) as pair:
        values: dict[str, Value] = {
            "title": "Kế hoạch cao điểm", "kind": "plan", "level": "commune", "topics": ("crime",),
            "valid_from": date(2026, 9, 1),
        }  # fmt: skip
        plan = save(pair.commune, "programme", values)
        values = {"programme": plan, "task": "Ký cam kết", "responsible": "commune_police", "due_on": date(2026, 11, 1)}
        task = save(pair.commune, "plan_task", values)
        pair.take(pair.send())
        for session, named in ((pair.province, True), (pair.commune, False)):
            (page,) = pages(print_documents(session, "task_reminder", [task]).pdf)
            assert ("TT Đơn vị Nhiệm vụ" in page) is named and ("Xã M’Drắk Ký cam kết" in page) is named
            assert "Ký cam kết" in page
