"""Deleted records come back alone, days later, with what they need; what stands in their way is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.unit.services.restricted_register import REGISTER as RESTRICTED
from tests.unit.services.restricted_register import with_restricted
from thidua_desktop.errors import UserError
from thidua_desktop.services import access, attachments, deleted, erasure, records, several
from thidua_desktop.services.session import Role, Session, User
from thidua_desktop.store.queries import RecordKey

ACTIVITY = "movement_activity"
Add = Callable[..., str]


@pytest.fixture
def ids(session: Session, add: Add, area_ids: list[str]) -> list[str]:
    return [
        add(ACTIVITY, held_on=date(2026, 11, day), kind="propaganda", title=f"Buổi {day}", attendance_total=10 * day,
            residential_area=area_ids[0])
        for day in range(1, 6)
    ]  # fmt: skip


def titles(session: Session, register: str = "", text: str = "") -> list[str]:
    return [line.title for line in deleted.lines(session, deleted.find(session, register, text))]


def keys(register: str, *ids: str) -> list[RecordKey]:
    return [RecordKey(register, one) for one in ids]


def test_one_of_several_comes_back_alone_and_one_undo_takes_it_again(session: Session, ids: list[str]) -> None:
    several.delete_several(session, ACTIVITY, ids[:3], "ghi hai lần")
    records.delete(session, ACTIVITY, ids[3], "nhầm tổ")
    found = deleted.lines(session, deleted.find(session))
    assert [(line.title.split(", ")[0], line.reason, line.who) for line in found[:2]] == [
        ("Buổi 4", "nhầm tổ", "Y Bhăm Niê"), ("Buổi 3", "ghi hai lần", "Y Bhăm Niê"),
    ]  # fmt: skip
    assert len(found) == 4 and len(deleted.deleted_together(session, found[1].key)) == 3
    plan = deleted.plan(session, keys(ACTIVITY, ids[1]))
    assert [one.key.id for one in plan.returning] == [ids[1]] and not plan.needs_reason
    heard: list[object] = []
    session.subscribe(heard.append)
    deleted.bring_back(session, plan)
    assert records.get(session, ACTIVITY, ids[1]).values["title"] == "Buổi 2" and len(heard) == 1
    newest = records.history(session, ACTIVITY, ids[1])[0]
    assert (newest.what, newest.reason) == ("Khôi phục", deleted.REASON)
    assert len(deleted.find(session, ACTIVITY)) == 3
    records.undo(session)
    assert len(deleted.find(session, ACTIVITY)) == 4
    assert session.file.check() == []


def test_words_find_them_in_the_record_and_in_why_and_by_whom(session: Session, ids: list[str]) -> None:
    records.delete(session, ACTIVITY, ids[0], "ghi trùng")
    records.delete(session, ACTIVITY, ids[1], "nhầm tổ")
    assert len(titles(session, text="buoi")) == 2
    assert [one.startswith("Buổi 1") for one in titles(session, text="trung 1")] == [True]
    assert titles(session, text="bham nham") == titles(session)[:1]
    assert titles(session, "residential_area") == [] and titles(session, text="không có") == []


def test_what_it_points_at_comes_with_it(session: Session, add: Add, area_ids: list[str]) -> None:
    group = add("self_managed_group", number="7", name="Tổ 7", residential_area=area_ids[0], kind="security",
                leader="Lý A", households=9)  # fmt: skip
    house = add("household", number=1, representative="Lý Văn A", residential_area=area_ids[0], group=group)
    records.delete(session, "household", house, "chuyển đi")
    records.delete(session, "self_managed_group", group, "giải thể")
    plan = deleted.plan(session, keys("household", house))
    assert [(one.key.id, bool(one.because)) for one in plan.returning] == [(group, True), (house, False)]
    deleted.bring_back(session, plan)
    assert records.get(session, "household", house).values["group"] == group
    records.undo(session)
    assert len(deleted.find(session)) == 2


def test_a_file_comes_back_with_its_record_and_not_without_its_content(session: Session, ids: list[str]) -> None:
    made = attachments.attach_content(session, ACTIVITY, ids[0], "ảnh.txt", "nội dung".encode())
    attachments.detach(session, made.id)
    records.delete(session, ACTIVITY, ids[0], "nhầm")
    plan = deleted.plan(session, keys("attachment", made.id))
    assert [one.key.id for one in plan.returning] == [ids[0], made.id]
    session.file._database.run("DELETE FROM attached_file WHERE sha256 = ?", (made.sha256,))
    plan = deleted.plan(session, keys("attachment", made.id))
    assert plan.returning == () and "nội dung tệp không còn" in plan.staying[0].why


def test_a_number_that_was_given_anew_is_said_and_needs_a_reason(session: Session, add: Add) -> None:
    paper = {"type": "report", "number": 12, "symbol": "BC-UBND", "issued_on": date(2026, 11, 2), "subject": "Tháng 11"}
    first = add("issued_document", **paper)
    records.delete(session, "issued_document", first, "nhầm")
    add("issued_document", **paper)
    plan = deleted.plan(session, keys("issued_document", first))
    assert plan.needs_reason and "12" in plan.returning[0].warnings[0]
    with pytest.raises(UserError, match="TD-DATA-612"):
        deleted.bring_back(session, plan, " ")
    assert len(deleted.find(session, "issued_document")) == 1
    deleted.bring_back(session, plan, "hai bản giấy")
    newest = records.history(session, "issued_document", first)[0]
    assert newest.reason == f"{deleted.REASON}: hai bản giấy"


def test_what_changed_since_it_was_planned_stops_it_whole(session: Session, ids: list[str]) -> None:
    several.delete_several(session, ACTIVITY, ids[:2], "nhầm")
    plan = deleted.plan(session, keys(ACTIVITY, *ids[:2]))
    deleted.bring_back(session, deleted.plan(session, keys(ACTIVITY, ids[1])))
    with pytest.raises(UserError, match="TD-DATA-610"):
        deleted.bring_back(session, plan)
    assert [key.id for key in deleted.find(session)] == [ids[0]]  # the first one did not stay half back
    assert deleted.plan(session, keys(ACTIVITY, ids[1])).staying[0].why.startswith("đã được lấy lại")
    with pytest.raises(UserError, match="TD-STORE-350"):
        deleted.plan(session, keys(ACTIVITY, *map(str, range(deleted.MOST + 1))))


def test_who_may_not_write_looks_and_brings_nothing_back(session: Session, ids: list[str]) -> None:
    records.delete(session, ACTIVITY, ids[0], "nhầm")
    leader = replace(session, user=User("x", "X", Role.LEADER))
    assert len(deleted.find(leader)) == 1
    with pytest.raises(UserError, match="TD-STORE-220"):
        deleted.bring_back(leader, deleted.plan(leader, keys(ACTIVITY, ids[0])))
    assert len(deleted.find(session)) == 1


def test_a_restricted_register_is_found_by_who_may_see_it_alone_and_never_once_erased(session: Session) -> None:
    keeper = with_restricted(session)
    saved = records.save(
        keeper, RESTRICTED, {"name": "Vàng Thị Xynvqa", "sex": "female", "until": date(2020, 1, 1)},
        reasons={"*": "thử"},
    )  # fmt: skip
    assert isinstance(saved, records.Saved)
    records.delete(keeper, RESTRICTED, saved.record.id, "hết hạn")
    leader = with_restricted(keeper, Role.LEADER)
    assert deleted.find(leader) == [] and deleted.find(leader, text="Xynvqa") == []
    with pytest.raises(UserError, match="TD-STORE-240"):
        deleted.plan(leader, keys(RESTRICTED, saved.record.id))
    shown = deleted.lines(keeper, deleted.find(keeper))
    deleted.note_listed(keeper, shown)
    assert any(one.what == access.LIST and one.register == RESTRICTED for one in access.newest(keeper))
    erasure.erase(keeper, RESTRICTED, [saved.record.id], "hết thời hạn lưu")
    assert deleted.find(keeper) == []
    assert deleted.plan(keeper, keys(RESTRICTED, saved.record.id)).returning == ()


def test_what_it_points_at_going_meanwhile_stops_it_whole(session: Session, add: Add, area_ids: list[str]) -> None:
    one = add(ACTIVITY, held_on=date(2026, 11, 8), kind="propaganda", title="Buổi", residential_area=area_ids[1])
    records.delete(session, ACTIVITY, one, "nhầm")
    plan = deleted.plan(session, keys(ACTIVITY, one))
    records.delete(session, "residential_area", area_ids[1], "ghi hai lần")
    with pytest.raises(UserError, match="TD-DATA-613"):
        deleted.bring_back(session, plan)
    assert len(deleted.find(session)) == 2
    together = deleted.plan(session, keys(ACTIVITY, one))
    assert [one.key.register for one in together.returning] == ["residential_area", ACTIVITY]
