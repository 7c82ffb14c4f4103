"""People managed in the community: who may not see the register sees nothing, only counts leave, erased is erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.two_offices import TwoOffices, save, two_offices
from tests.unit.store.decrypted_pages import decrypted_pages
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Row, Value
from thidua_desktop.services import access, erasure, lists, records
from thidua_desktop.services.documents.printing import print_document
from thidua_desktop.services.handoff import cards
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.search import search
from thidua_desktop.services.session import Role, Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.sync.verify import verify

SUPERVISED = "supervised_person"
NAME, DECISION = "Vàng Thị Xynvqa", "777/2026/QĐ-XYNVQA"
YEAR = parse_period("2026")
PRIVATE = ("supervised_total", "supervised_female", "supervised_received", "remarks_fair", "supervision_violations")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def managed(pair: TwoOffices, **values: Value) -> str:
    """A person on probation, with a remark, a roll call and a violation; the id."""
    remark: Row = {"month": date(2026, 10, 16), "rating": "fair", "text": "xynvqa chấp hành tốt"}
    violation: Row = {"occurred_on": date(2026, 11, 3), "what": "xynvqa vắng mặt", "handling": "reminder"}
    usual: dict[str, Value] = {
        "name": NAME, "sex": "female", "identity_number": "001191000123", "residential_area": pair.area,
        "group": "suspended_sentence", "decision": DECISION, "received_on": date(2026, 9, 3),
        "remarks": (remark,), "violations": (violation,),
    }  # fmt: skip
    return save(pair.commune, SUPERVISED, {**usual, **values})


def figures(session: Session, *names: str) -> dict[str, object]:
    return {one.indicator: one.value for one in figures_of(session, names, YEAR)}


def test_who_may_not_see_the_register_sees_nothing_and_others_are_written_down(pair: TwoOffices) -> None:
    one = managed(pair)
    leader = replace(pair.commune, user=replace(pair.commune.user, role=Role.LEADER), entries={})
    for way in (
        lambda: records.get(leader, SUPERVISED, one),
        lambda: lists.open_list(leader, ListQuery(SUPERVISED)),
        lambda: print_document(leader, "supervision_plan", one),
    ):
        with pytest.raises(UserError) as refused:
            way()
        assert refused.value.code == "TD-STORE-240"
    assert search(leader, "Xynvqa") == []
    assert len(lists.open_list(pair.commune, ListQuery(SUPERVISED))) == 1
    records.get(pair.commune, SUPERVISED, one)
    print_document(pair.commune, "supervision_plan", one)
    looks = [(look.what, look.record_id) for look in access.newest(pair.commune)]
    assert {what for what, _ in looks} >= {"list", "open", "print"} and ("open", one) in looks


def test_every_paper_names_the_person_and_the_police_write_their_own(pair: TwoOffices) -> None:
    one = managed(pair)
    for document in pair.commune.register(SUPERVISED).documents:
        pdf = pypdfium2.PdfDocument(print_document(pair.commune, document, one).pdf)
        text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
        assert NAME in text, document
        own = document in {"supervision_plan", "supervision_remark", "supervision_review_minutes"}
        assert ("CÔNG AN XÃ" in text and "-CAX" in text) == own, document
        assert ("ỦY BAN NHÂN DÂN XÃ" in text) != own, document


def test_the_province_has_the_counts_and_the_package_not_a_word(pair: TwoOffices) -> None:
    one = managed(pair)
    managed(pair, name="Lò Văn Ọi", sex="male", closed_on=date(2026, 11, 2), closing_reason="moved")
    own = figures(pair.commune, *PRIVATE)
    assert own == {
        "supervised_total": 1, "supervised_female": 1, "supervised_received": 2, "remarks_fair": 2,
        "supervision_violations": 2,
    }  # fmt: skip
    made = pair.send()
    pair.take(made)
    assert figures(pair.province, *PRIVATE) == own
    keeper = replace(pair.province, user=replace(pair.province.user, role=Role.ADMINISTRATOR), entries={})
    assert keeper.file.records.totals(ListQuery(SUPERVISED, include_deleted=True)).count == 0
    with verify(made.path, cards.trust(pair.province), [cards.office_keys(pair.province).age_identity]) as package:
        content = b"".join(package.member(entry.name) for entry in package.entries)
    for word in ("Xynvqa", "xynvqa", "XYNVQA", "001191000123", one, "Lò Văn Ọi"):
        assert word.encode() not in content, word


def test_erasure_leaves_nothing(pair: TwoOffices) -> None:
    one = managed(pair, received_on=date(2019, 3, 4), closed_on=date(2020, 9, 3), closing_reason="completed",
                  remarks=(), violations=())  # fmt: skip
    kept = managed(pair, name="Lò Văn Ọi", decision="1/QĐ", identity_number=None, remarks=(), violations=())
    assert [found.id for found in erasure.outdated(pair.commune)] == [one]
    assert NAME.encode() in decrypted_pages(pair.commune.file)
    assert erasure.erase(pair.commune, SUPERVISED, [one], "Hết thời hạn lưu") == 1
    assert search(pair.commune, "Xynvqa") == [] and pair.commune.file.changes.verify_chain() is None
    pages = decrypted_pages(pair.commune.file)
    for word in (NAME, DECISION, "001191000123", "vang thi xynvqa"):
        assert word.encode() not in pages, word
    assert records.get(pair.commune, SUPERVISED, kept).values["name"] == "Lò Văn Ọi"
