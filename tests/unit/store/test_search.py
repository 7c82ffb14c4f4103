"""Search without diacritics over all registers."""

from __future__ import annotations

import unicodedata

import pytest

from tests.unit.store.made_up import FULL_EVENT, NOW, event
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.store.search import match_expression

WHO = {"actor": "dao", "now": NOW}


def found(office: OfficeFile, typed: str) -> list[str]:
    """Titles of what is found."""
    records = (office.records.get(hit.register, hit.id) for hit in office.search(typed, 20))
    return [office.records.title(record) for record in records if record is not None]


@pytest.mark.parametrize(
    "typed",
    [
        "le phat dong", "LỄ PHÁT", "phong tra", "dang thi anh", "Đặng Thị Ánh", "dong hai", "duong lang", "camera",
        unicodedata.normalize("NFD", "Lễ phát động"), "tuyen truyen", "tuan tra dang", "anh dang", "l p d",
    ],
)  # fmt: skip
def test_any_text_of_a_record_finds_it(office: OfficeFile, typed: str) -> None:
    office.records.save("event", FULL_EVENT, **WHO)
    assert found(office, typed) == ["Lễ phát động phong trào, 08/11/2026"]


@pytest.mark.parametrize("typed", ["", "  ", "?!", "khong co", "phat khong", "001234567890", 'x" OR "le'])
def test_what_does_not_find_it(office: OfficeFile, typed: str) -> None:
    office.records.save("event", FULL_EVENT, **WHO)
    assert found(office, typed) == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Hòa", "hoà"), ("hoà bình", "HÒA"), ("Đỗ Đức", "do duc"), ("K'Nớ", "k'no"), ("Đưng K'Si", "dung ksi"),
     ("H’Yiêu", "hyieu"), ("H’Yiêu", "yieu")],
)  # fmt: skip
def test_spellings_meet(office: OfficeFile, written: str, typed: str) -> None:
    office.records.save("event", event(NOW.date(), written), **WHO)
    assert len(found(office, typed)) == 1


def test_a_changed_and_a_deleted_record(office: OfficeFile) -> None:
    saved = office.records.save("event", event(NOW.date(), "Hội thi"), **WHO)
    office.records.save("event", event(NOW.date(), "Hội thao"), id=saved.id, **WHO)
    assert (len(found(office, "hoi thi")), len(found(office, "hoi thao"))) == (0, 1)
    office.records.delete("event", saved.id, **WHO)
    assert found(office, "hoi thao") == []


def test_a_linked_title_finds_it_also_after_renaming(office: OfficeFile) -> None:
    place = office.records.save("place", {"name": "Thôn Hạ"}, **WHO)
    office.records.save("event", event(NOW.date(), place=place.id), **WHO)
    assert len(found(office, "thon ha ra quan")) == 1
    office.records.save("place", {"name": "Buôn Thượng"}, id=place.id, **WHO)
    assert (len(found(office, "thon ha ra quan")), len(found(office, "buon thuong ra quan"))) == (0, 1)
    assert office.check() == []


def test_every_register_is_kept_in_sight(office: OfficeFile) -> None:
    office.records.save("place", {"name": "Tuần Giáo"}, **WHO)
    office.records.save_many("event", ((None, event(NOW.date())) for _ in range(30)), **WHO)
    hits = office.search("tuan", 5)
    assert [hit.register for hit in hits] == ["place", *["event"] * 4]


def test_the_newest_come_first(office: OfficeFile) -> None:
    for name in ("Tổ một", "Tổ hai", "Tổ ba"):
        office.records.save("place", {"name": name}, **WHO)
    assert found(office, "to") == ["Tổ ba", "Tổ hai", "Tổ một"]


def test_the_index_can_be_made_again(office: OfficeFile) -> None:
    office.records.save("event", FULL_EVENT, **WHO)
    office._database.run("DELETE FROM search")
    assert any(finding.startswith("TD-STORE-034") for finding in office.check())
    office.rebuild_search()
    assert office.check() == [] and len(found(office, "le phat dong")) == 1


def test_lists_filter_by_the_same_words(office: OfficeFile) -> None:
    office.records.save_many("event", ((None, event(NOW.date(), f"Buổi {place}")) for place in range(12)), **WHO)
    assert len(office.records.ids(ListQuery("event", text="buoi 1"))) == 3
    assert office.records.totals(ListQuery("event", text="buoi 11")).count == 1


def test_words_become_those_of_the_index_that_begin_so(office: OfficeFile) -> None:
    for name in ("Đường Lê Lợi", "Đường số hai", "Duongx", *(f"Điểm {1000 + number}" for number in range(20))):
        office.records.save("place", {"name": name}, **WHO)
    database = office._database
    assert match_expression(database, "Đỗ  Vă") == '"do"* AND "va"*'
    assert match_expression(database, "đường lê") == '("duong" OR "duongx") AND "le"*'
    assert match_expression(database, "100 1000") == '"100"* AND ("1000")'
    assert (match_expression(database, "xyzt"), match_expression(database, "---")) == ('"xyzt"*', None)


@pytest.mark.parametrize("typed", ["tuan", "tuan ra", "duong", "duon so", "diem 10", "1000", "diemm", "soon"])
def test_they_find_what_the_prefixes_find(office: OfficeFile, typed: str) -> None:
    office.records.save_many("event", ((None, event(NOW.date())) for _ in range(9)), **WHO)
    for number, name in enumerate(("Đường Lê Lợi", "Đường số hai", "Duongsoft", "Tuần Giáo", "Điểm ra quân") * 5):
        office.records.save("place", {"name": f"{name} {990 + number}"}, **WHO)
    prefixes = " AND ".join(f'"{word}"*' for word in typed.split())
    rows = office._database.all("SELECT rowid FROM search WHERE search MATCH ?", (prefixes,))
    with office.reader() as reader:
        assert len(reader.search(typed, 1_000)) == len(rows)
        kept = [len(reader.records.ids(ListQuery(register, text=typed))) for register in ("event", "place")]
    assert sum(kept) == len(rows)
