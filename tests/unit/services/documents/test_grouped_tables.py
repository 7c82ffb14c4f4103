"""Tables of papers put together by area, kind or year, with subtotals; wide ones that are turned or refused."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest

from tests.unit.services.documents.paper_definitions import PEOPLE, PROPOSAL, with_papers
from tests.unit.services.documents.test_papers_of_several import pages
from thidua_desktop.services.documents.printing import print_documents
from thidua_desktop.services.session import Session

Add = Callable[..., str]
HOUSEHOLDS = "residential_area.households"


@pytest.fixture
def people(add: Add, area_ids: list[str]) -> list[str]:
    """Four people of two areas and of none, mixed."""
    facts = (("Lê Thị Ổi", area_ids[1], "female"), ("Bùi Văn Ấm", area_ids[0], "male"), ("Y Thơ", None, "male"))
    more = (("Vi Thị Nga", area_ids[1], "female"),)
    return [add("person", name=name, sex=sex, residential_area=area) for name, area, sex in (*facts, *more)]


def annex(office: Session, people: list[str], **table: object) -> str:
    """The list of a proposal whose table is made so."""
    made = PEOPLE._replace(columns=("name", HOUSEHOLDS), totals=(HOUSEHOLDS,), **table)  # type: ignore[arg-type]
    papers = with_papers(office, PROPOSAL._replace(tables=(made,), landscape=False))
    return pages(print_documents(papers, "proposal", people).pdf)[1]


def test_rows_stand_by_area_with_their_number_and_their_sum(session: Session, people: list[str]) -> None:
    text = annex(session, people, group_by="residential_area", subtotals=(HOUSEHOLDS,))
    assert text.endswith(
        "I Buôn Ea M'Doal (1) 1 Bùi Văn Ấm 120 Cộng I 120 "
        "II Thôn Tân Lập (2) 2 Lê Thị Ổi 48 3 Vi Thị Nga 48 Cộng II 96 "
        "III Chưa ghi khu dân cư (1) 4 Y Thơ Cộng III 0 Cộng 216"
    )


def test_codes_stand_in_the_order_of_their_catalog(session: Session, people: list[str]) -> None:
    text = annex(session, people, group_by="sex")
    codes = [item.label for item in session.definitions.catalogs["sex"].items]
    shown = [label for label in codes if label in ("Nam", "Nữ")]
    assert len(shown) == 2 and text.index(f"I {shown[0]} (2)") < text.index(f"II {shown[1]} (2)")
    assert "Cộng I" not in text and text.endswith("Cộng 216")


def test_the_list_of_areas_has_a_sum_for_each_kind(session: Session, area_ids: list[str]) -> None:
    (page,) = pages(print_documents(session, "area_list", area_ids).pdf)
    assert "Cộng I" in page and "Cộng II" in page
    assert page.index("Cộng I") < page.index("II ") < page.index("Cộng II") < page.rindex("Cộng")


def test_a_sheet_of_many_columns_is_turned_by_itself(session: Session, people: list[str]) -> None:
    wide = PEOPLE._replace(columns=("name", *("residential_area.name",) * 14), totals=())
    office = with_papers(session, PROPOSAL._replace(tables=(wide,), landscape=False))
    letter, turned = pypdfium2.PdfDocument(print_documents(office, "proposal", people).pdf)
    assert letter.get_width() < letter.get_height()
    assert turned.get_width() > turned.get_height()
