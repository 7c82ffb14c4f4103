"""Two records made one: every link follows, what is empty is filled, one undo takes everything back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices, two_offices
from tests.unit.services.made_files import picture
from thidua_desktop.errors import UserError
from thidua_desktop.services import attachments, record_merge, records
from thidua_desktop.services.record_merge import merge_records
from thidua_desktop.services.session import Session


@pytest.fixture
def groups(add: Callable[..., str], area_ids: list[str]) -> tuple[str, str]:
    keep = add("self_managed_group", residential_area=area_ids[0], number="1", name="Tổ 1", kind="security")
    gone = add(
        "self_managed_group", residential_area=area_ids[0], number="01", name="Tổ một", kind="security", leader="K'Nớ",
        households=30,
    )  # fmt: skip
    return keep, gone


def test_links_follow_and_empty_fields_are_filled(
    session: Session, groups: tuple[str, str], area_ids: list[str], add: Callable[..., str]
) -> None:
    keep, gone = groups
    household = add("household", residential_area=area_ids[0], group=gone, representative="Lò Thị Mai", number=3)
    attached = attachments.attach_content(session, "self_managed_group", gone, "quyết định.png", picture())
    merged = merge_records(session, "self_managed_group", keep, gone, {"name": gone})
    values = merged.kept.values
    assert (values["number"], values["name"], values["leader"], values["households"]) == ("1", "Tổ một", "K'Nớ", 30)
    assert records.get(session, "household", household).values["group"] == keep
    assert [one.id for one in attachments.of_record(session, "self_managed_group", keep)] == [attached.id]
    assert records.find(session, "self_managed_group", gone).deleted  # type: ignore[union-attr]
    assert "2 bản ghi" in merged.sentence
    assert "Gộp với Tổ một" in [entry.reason for entry in records.history(session, "self_managed_group", keep)]
    assert session.file.check() == []


def test_one_undo_gives_both_back(
    session: Session, groups: tuple[str, str], area_ids: list[str], add: Callable[..., str]
) -> None:
    keep, gone = groups
    household = add("household", residential_area=area_ids[0], group=gone, representative="Lò Thị Mai", number=3)
    before = [records.get(session, "self_managed_group", one).values for one in groups]
    merge_records(session, "self_managed_group", keep, gone)
    records.undo(session)
    assert [records.get(session, "self_managed_group", one).values for one in groups] == before
    assert records.get(session, "household", household).values["group"] == gone
    records.redo(session)
    assert records.get(session, "household", household).values["group"] == keep


def test_links_in_child_rows_follow(session: Session, area_ids: list[str], add: Callable[..., str]) -> None:
    old, one, two = (add("residential_area", kind="thon", name=name, households=9) for name in ("Cũ", "Mới", "Mới A"))
    heir = add("residential_area", kind="thon", name="Kế", households=9, predecessors=({"area": two}, {"area": old}))
    merge_records(session, "residential_area", one, two)
    assert records.get(session, "residential_area", heir).values["predecessors"] == ({"area": one}, {"area": old})


def test_a_result_that_is_not_right_changes_nothing(session: Session, add: Callable[..., str]) -> None:
    keep = add("person", name="Lê An", sex="male", since=date(2026, 5, 1))
    gone = add("person", name="Lê An", sex="male", until=date(2026, 4, 1))
    head = session.file.changes.head()
    with pytest.raises(UserError, match="TD-STORE-257"):
        merge_records(session, "person", keep, gone)
    with pytest.raises(UserError, match="TD-STORE-256"):
        merge_records(session, "person", keep, keep)
    assert session.file.changes.head() == head


def test_what_another_office_sent_is_merged_there(tmp_path: object, pair: TwoOffices) -> None:
    first, second = pair.activity("Một"), pair.activity("Hai")
    pair.take(pair.send())
    with pytest.raises(UserError, match="TD-STORE-256"):
        merge_records(pair.province, "movement_activity", first, second)


@pytest.fixture
def pair(tmp_path_factory: pytest.TempPathFactory) -> object:
    with two_offices(tmp_path_factory.mktemp("two")) as both:
        yield both


def test_values_that_nobody_chose_stay(session: Session, groups: tuple[str, str]) -> None:
    keep, gone = (records.get(session, "self_managed_group", one) for one in groups)
    values = record_merge.merged_values(keep, gone, {})
    assert (values["name"], values["leader"]) == ("Tổ 1", "K'Nớ")
