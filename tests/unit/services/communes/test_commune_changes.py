"""A change of communes as the province writes it: what it means, what stands in the way, how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.communes.provinces import DAY, MERGED, NAMES, NEW, OLD_A, OLD_B, Province, make_province
from tests.unit.services.handoff.two_offices import NOW
from thidua_desktop.errors import UserError
from thidua_desktop.services import commune_changes, units
from thidua_desktop.services.commune_changes import AskedChange, plan, typed_unit
from thidua_desktop.store.packages import PackageEntry

OTHER = "24998"


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    made = make_province(tmp_path)
    made.accept(OLD_A)
    made.accept(OLD_B)
    yield made
    made.session.close()


def codes(province: Province, **changed: object) -> list[str]:
    """What the plan finds when something is asked otherwise."""
    return [one.code for one in plan(province.session, replace(MERGED, **changed)).problems]  # type: ignore[arg-type]


def test_the_plan_says_whose_reports_stop_and_begin(province: Province) -> None:
    found = plan(province.session, MERGED)
    assert [one.code for one in found.problems] == ["TD-DATA-558"]  # the new one's card is not here yet
    said = "\n".join(found.steps)
    assert "Xã Ea Kao (24412) kết thúc ngày 19/08/2026" in said and "thẻ đang nhận" in said
    assert "Xã Ea Sơn (24999) lập từ ngày 20/08/2026" in said and "cần nhận thẻ" in said
    assert commune_changes.written(province.session) == []


@pytest.mark.parametrize(("changed", "code"), [
    ({"before": (OLD_A,)}, "TD-DATA-550"),
    ({"kind": "split"}, "TD-DATA-550"),
    ({"kind": "swap"}, "TD-DATA-550"),
    ({"after": (("2499", "Xã Ea Sơn"),)}, "TD-DATA-551"),
    ({"after": ((NEW, "Ea Sơn"),)}, "TD-DATA-551"),
    ({"after": ((NEW, "Xã M’Drắk"), ), "before": (OLD_B, "24400")}, None),
    ({"after": ((NEW, "Xã Ea Kao"),), "before": (OLD_B, "24400")}, "TD-DATA-552"),
    ({"before": (OLD_A, "00001")}, "TD-DATA-553"),
    ({"decision": " "}, "TD-DATA-554"),
    ({"decision": "1/NQ " * 50}, "TD-DATA-561"),
    ({"decided_by": "Quốc hội " * 30}, "TD-DATA-561"),
    ({"kind": "split", "before": (OLD_A,), "after": ((NEW, "Xã M"), (NEW, "Xã N"))}, "TD-DATA-550"),
    ({"kind": "split", "before": (OLD_A,), "after": ((NEW, "Xã M"), ("24998", "Xã M"))}, "TD-DATA-552"),
])  # fmt: skip
def test_what_stands_in_the_way(province: Province, changed: dict[str, object], code: str | None) -> None:
    found = [one for one in codes(province, **changed) if one != "TD-DATA-558"]
    assert found[:1] == ([code] if code else [])
    for problem in plan(province.session, replace(MERGED, **changed)).problems:  # type: ignore[arg-type]
        assert all(problem.text.count(f"{kind}:") <= 1 for kind in commune_changes.KINDS.values())
    if code:
        with pytest.raises(UserError, match="TD-SYNC-210"):
            commune_changes.apply(province.session, replace(MERGED, **changed))  # type: ignore[arg-type]


def test_the_code_of_another_provinces_commune_is_refused(province: Province) -> None:
    elsewhere = units.communes("52")[0]
    asked = replace(MERGED, after=((elsewhere.code, "Xã Ea Sơn"),))
    (found,) = (one for one in plan(province.session, asked).problems if one.code == "TD-SYNC-241")
    assert elsewhere.name in found.text and elsewhere.province_name in found.text
    with pytest.raises(UserError, match="TD-SYNC-210"):
        commune_changes.apply(province.session, asked)
    assert "TD-SYNC-241" not in codes(province, after=((NEW, "Xã Ea Sơn"),))


def test_a_split_gives_every_part_a_code_of_its_own(province: Province) -> None:
    parts = ((OLD_A, "Xã Ea Kao"), (NEW, NAMES[NEW]))
    assert "TD-DATA-556" in codes(province, kind="split", before=(OLD_A,), after=parts)
    fresh = ((OTHER, "Xã Ea Kao Hạ"), (NEW, NAMES[NEW]))
    written = commune_changes.apply(province.session, replace(MERGED, kind="split", before=(OLD_A,), after=fresh))
    assert [unit.code for unit in written.beginning] == [OTHER, NEW]


def test_a_merger_into_one_of_them_ends_the_others(province: Province) -> None:
    written = commune_changes.apply(province.session, replace(MERGED, after=((OLD_A, "Xã Ea Kao"),)))
    assert [unit.code for unit in written.ending] == [OLD_B] and not written.beginning
    assert set(province.session.file.commune_changes.windows()) == {OLD_B}


def test_a_card_made_ready_beforehand_does_not_make_a_commune_old(province: Province) -> None:
    province.accept(NEW)  # on 20/08
    (unit,) = plan(province.session, replace(MERGED, effective_on=date(2026, 9, 1))).change.after
    assert unit.begins
    sent = PackageEntry(direction="received", office=NEW, installation=f"may-{NEW}", number=1, header_hash="a",
                        sha256="b", state="merged", at=NOW.replace(month=8, day=25), actor="thử")  # fmt: skip
    province.session.file.packages.put(sent)
    (unit,) = plan(province.session, replace(MERGED, effective_on=date(2026, 9, 1))).change.after
    assert not unit.begins  # it worked before that day
    commune_changes.undo(province.session, commune_changes.apply(province.session, MERGED).id)
    (unit,) = plan(province.session, replace(MERGED, effective_on=date(2026, 9, 1))).change.after
    assert unit.begins  # the day is corrected: it began by the change that was taken back


def test_a_new_name_ends_nobody_and_a_new_code_does(province: Province) -> None:
    named = replace(MERGED, kind="rename", before=(OLD_A,), after=((OLD_A, "Xã Ea Kao Mới"),))
    assert commune_changes.apply(province.session, named).ending == ()
    assert codes(province, kind="rename", before=(OLD_A,), after=((OLD_A, "Xã Ea Kao Mới"),)) == ["TD-DATA-557"]
    coded = replace(named, before=(OLD_B,), after=((NEW, "Xã Cư Né Mới"),))
    assert [unit.code for unit in commune_changes.apply(province.session, coded).ending] == [OLD_B]
    assert codes(province, kind="rename", before=("24400",), after=(("24400", ""),)) == ["TD-DATA-550", "TD-DATA-558"]


def test_twice_is_refused_and_the_past_is_over(province: Province) -> None:
    commune_changes.apply(province.session, MERGED)
    assert codes(province) == ["TD-DATA-557"]
    later = AskedChange(kind="rename", effective_on=date(2026, 10, 1), before=(OLD_A,), after=((OTHER, "Xã Ea Kao"),),
                        decision="9/NQ")  # fmt: skip
    assert "TD-DATA-555" in [one.code for one in plan(province.session, later).problems]


def test_a_commune_ends_once_whatever_is_written_first(province: Province) -> None:
    commune_changes.apply(province.session, MERGED)
    into = ((OTHER, "Xã Ea Mới"),)
    for day in (date(2026, 7, 1), DAY):
        assert "TD-DATA-560" in codes(province, effective_on=day, before=(OLD_A, "24400"), after=into)
    assert "TD-DATA-560" not in codes(province, effective_on=date(2026, 7, 1), before=("24403", "24400"), after=into)


def test_no_commune_ends_while_others_join_it_later(province: Province) -> None:
    commune_changes.apply(province.session, replace(MERGED, after=((OLD_A, "Xã Ea Kao"),)))
    asked = replace(
        MERGED, kind="rename", effective_on=date(2026, 7, 1), before=(OLD_A,), after=((OTHER, "Xã Ea Kao"),)
    )
    assert "TD-DATA-560" in [one.code for one in plan(province.session, asked).problems]


def test_what_others_joined_since_is_not_undone(province: Province) -> None:
    first = commune_changes.apply(province.session, MERGED)
    joining = replace(MERGED, effective_on=date(2026, 10, 1), before=("24400",))
    assert not commune_changes.apply(province.session, joining).beginning
    with pytest.raises(UserError, match="TD-SYNC-212"):
        commune_changes.undo(province.session, first.id)


def test_undone_from_the_last_one_back(province: Province) -> None:
    first = commune_changes.apply(province.session, MERGED)
    last = commune_changes.apply(
        province.session, AskedChange(kind="rename", effective_on=date(2026, 10, 1), before=(NEW,),
                                      after=((NEW, "Phường Ea Sơn"),), decision="9/NQ"),
    )  # fmt: skip
    with pytest.raises(UserError, match="TD-SYNC-212"):
        commune_changes.undo(province.session, first.id)
    for one in (last, first):
        commune_changes.undo(province.session, one.id)
    with pytest.raises(UserError, match="TD-SYNC-211"):
        commune_changes.undo(province.session, first.id)
    assert commune_changes.apply(province.session, MERGED).effective_on == DAY  # and written again


def test_a_unit_as_people_type_it() -> None:
    assert typed_unit(" 24999 ; Xã  Ea Sơn ") == ("24999", "Xã Ea Sơn")
    assert typed_unit("24412") == ("24412", "")
    alike = [("25807", "Xã Thanh An"), ("27676", "Xã Thạnh An")]  # both of one city
    assert typed_unit("Xã Thanh An", alike) == ("25807", "") and typed_unit("thạnh an", alike) == ("27676", "")
    assert typed_unit("thanh an", alike) == ("thanh an", "")  # without marks it may be either
