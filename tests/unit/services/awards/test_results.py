"""What the province decides on proposals comes back into the commune's own records: looked at, taken over, undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import TwoOffices, save, two_offices
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import Value
from thidua_desktop.services import commune_changes, lists, records
from thidua_desktop.services.awards import decisions, results
from thidua_desktop.services.awards.award_fields import REGISTER
from thidua_desktop.services.awards.decisions import AwardDecision
from thidua_desktop.services.handoff import answers, receipts
from thidua_desktop.store.queries import ListQuery, Record, SortKey

DECIDED = AwardDecision(number="1450/QĐ-UBND", day=date(2026, 11, 14))
PROPOSED = date(2026, 11, 2)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[TwoOffices]:
    with two_offices(tmp_path) as both:
        yield both


def proposal(pair: TwoOffices, name: str = "Hộ ông Đỗ Văn Minh", **values: Value) -> str:
    """The commune proposes a household for a citation of the province; the record's id."""
    filled: dict[str, Value] = {
        "year": 2026, "proposed_on": PROPOSED, "award": "province_citation", "recipient": "household",
        "recipient_text": name, "achievement": "Xuất sắc trong phong trào", "checked_on": PROPOSED,
        "result": "proposed_up", **values,
    }  # fmt: skip
    return save(pair.commune, REGISTER, filled)


def sent(pair: TwoOffices) -> None:
    """The commune's next package is taken in."""
    pair.take(pair.send())


def answered(pair: TwoOffices) -> receipts.ReceiptView:
    """The province's receipt is taken in."""
    made = answers.make_receipt(pair.province, pair.commune.file.identity.code, pair.folder)
    view = receipts.look_at_receipt(pair.commune, made.path)
    receipts.take_receipt(pair.commune, view)
    return view


def here(pair: TwoOffices, record_id: str) -> Record:
    """The commune's record."""
    found = pair.commune.file.records.get(REGISTER, record_id)
    assert found is not None
    return found


def test_a_decision_comes_back_as_data_with_money_by_law_and_history(pair: TwoOffices) -> None:
    record = proposal(pair)
    sent(pair)
    (shown,) = decisions.proposals(pair.province, [record], DECIDED)
    assert shown.money == 5_700_000 and not shown.barred  # 1,5 lần × 1,5 của hộ × 2.530.000, làm tròn lên
    assert decisions.decide(pair.province, [record], DECIDED) == 1
    assert answered(pair).awards == 1 and here(pair, record).values["result"] == "proposed_up"
    (one,) = results.waiting(pair.commune)
    assert one.money == (None, 5_700_000) and not one.conflicts
    assert results.take_over(pair.commune, [one]) == results.TakenOver(1, 0, ())
    values = here(pair, record).values
    assert (values["result"], values["decision_number"], values["decided_on"], values["money"]) == (
        "awarded", "1450/QĐ-UBND", date(2026, 11, 14), 5_700_000,
    )  # fmt: skip
    newest = records.history(pair.commune, REGISTER, record)[0]
    assert newest.reason == "theo quyết định của tỉnh số 1450/QĐ-UBND ngày 14/11/2026"
    sent(pair)
    standing = decisions.standing_of(pair.province, record)
    assert standing is not None and standing.way == "Xã đã ghi vào sổ"


def test_taken_over_twice_changes_nothing_and_undo_puts_it_up_again(pair: TwoOffices) -> None:
    record = proposal(pair)
    other = proposal(pair, "Hộ bà H'Len Niê")
    sent(pair)
    decisions.decide(pair.province, [record, other], DECIDED)
    answered(pair)
    looked_at = results.waiting(pair.commune)
    before = here(pair, record).values
    assert results.take_over(pair.commune, looked_at).changed == 2
    revision = here(pair, record).revision
    assert answered(pair).awards == 0 and results.waiting(pair.commune) == []
    assert results.take_over(pair.commune, looked_at).changed == 0 and here(pair, record).revision == revision
    records.undo(pair.commune)  # both, as one action
    assert here(pair, record).values == before and results.waiting_count(pair.commune) == 2


def test_what_the_commune_typed_itself_is_a_conflict_that_a_person_decides(pair: TwoOffices) -> None:
    record = proposal(pair)
    sent(pair)
    typed = {**here(pair, record).values, "result": "awarded", "own_decision_number": "1405/QĐ-UBND",
             "own_decided_on": date(2026, 11, 14)}  # fmt: skip
    save(pair.commune, REGISTER, typed, record)
    decisions.decide(pair.province, [record], DECIDED)
    answered(pair)
    (one,) = results.waiting(pair.commune)
    assert [(field.name, field.here, field.there) for field in one.conflicts] == [
        ("own_decision_number", "1405/QĐ-UBND", "1450/QĐ-UBND")
    ]
    kept = results.take_over(pair.commune, [one], {record: {"own_decision_number"}})
    assert (kept.changed, kept.kept) == (0, 1) and results.waiting(pair.commune) == []
    answered(pair)
    assert results.waiting_count(pair.commune) == 0 and results.declined(pair.commune) == 1
    results.ask_again(pair.commune)
    assert results.take_over(pair.commune, results.waiting(pair.commune)).changed == 1
    assert here(pair, record).values["decision_number"] == "1450/QĐ-UBND"


def test_a_decision_that_the_province_mends_is_no_conflict_with_its_own_first_one(pair: TwoOffices) -> None:
    record = proposal(pair)
    sent(pair)
    decisions.decide(pair.province, [record], DECIDED)
    answered(pair)
    results.take_over(pair.commune, results.waiting(pair.commune))
    decisions.decide(pair.province, [record], AwardDecision(number="1451/QĐ-UBND", day=date(2026, 11, 15)))
    answered(pair)
    (one,) = results.waiting(pair.commune)
    assert one.fields and not one.conflicts
    decisions.take_back(pair.province, record)
    answered(pair)
    assert results.waiting(pair.commune) == []


def test_a_number_in_the_communes_own_round_is_what_the_commune_typed(pair: TwoOffices) -> None:
    held = {"name": "Phong trào năm 2026", "occasion": "merit", "year": 2026, "opened_on": PROPOSED,
            "decision_number": "1450/QĐ-UBND", "decision_on": date(2026, 11, 14), "status": "decided"}  # fmt: skip
    award_round = save(pair.commune, "award_round", held)
    record = proposal(pair, round=award_round, result="awarded")
    sent(pair)
    decisions.decide(pair.province, [record], DECIDED)
    assert answered(pair).awards == 0


def test_a_refusal_comes_with_its_reason(pair: TwoOffices) -> None:
    record = proposal(pair)
    sent(pair)
    decisions.decide(pair.province, [record], AwardDecision("postponed", reason="Chờ kỳ họp tháng 12"))
    answered(pair)
    results.take_over(pair.commune, results.waiting(pair.commune))
    values = here(pair, record).values
    assert (values["result"], values["reason"], values.get("money")) == ("postponed", "Chờ kỳ họp tháng 12", None)


def test_a_record_that_was_changed_since_it_was_looked_at_is_left_out(pair: TwoOffices) -> None:
    record = proposal(pair)
    sent(pair)
    decisions.decide(pair.province, [record], DECIDED)
    answered(pair)
    looked_at = results.waiting(pair.commune)
    save(pair.commune, REGISTER, {**here(pair, record).values, "address": "Thôn Tân Lập"}, record)
    (left_out,) = results.take_over(pair.commune, looked_at).left_out
    assert left_out[1] == "vừa được sửa ở nơi khác, xem lại"


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (AwardDecision(number=" ", day=date(2026, 11, 14)), "TD-SYNC-242"),
        (AwardDecision(number="1/QĐ"), "TD-SYNC-242"),
        (AwardDecision(number="1/QĐ", day=date(2026, 10, 1)), "TD-SYNC-243"),
        (AwardDecision(number="1/QĐ", day=date(2027, 1, 1)), "TD-SYNC-243"),
        (AwardDecision("rejected"), "TD-SYNC-244"),
    ],
)
def test_a_decision_that_says_too_little_is_not_recorded(pair: TwoOffices, decision: AwardDecision, code: str) -> None:
    record = proposal(pair)
    sent(pair)
    with pytest.raises(UserError) as refused:
        decisions.decide(pair.province, [record], decision)
    assert refused.value.code == code and decisions.standing_of(pair.province, record) is None


def test_of_a_commune_that_has_ended_its_successor_is_said_to_hear_of_it(pair: TwoOffices) -> None:
    record = proposal(pair)
    sent(pair)
    decisions.decide(pair.province, [record], DECIDED)
    merged = commune_changes.AskedChange(
        kind=commune_changes.MERGE, effective_on=date(2026, 11, 15), before=("24412", "24406"),
        after=(("24999", "Xã Ea Sơn"),), decision="25/NQ-HĐND",
    )  # fmt: skip
    commune_changes.apply(pair.province, merged)
    standing = decisions.standing_of(pair.province, record)
    assert standing is not None and standing.way.startswith("Đơn vị đã kết thúc; Xã Ea Sơn được báo ở biên nhận sau")


def test_what_the_commune_decides_itself_is_left_to_it(pair: TwoOffices) -> None:
    record = proposal(pair, award="commune_citation", result="pending")
    sent(pair)
    (shown,) = decisions.proposals(pair.province, [record], DECIDED)
    assert shown.barred == "xã tự quyết định"
    with pytest.raises(UserError, match="TD-SYNC-245"):
        decisions.decide(pair.province, [record], DECIDED)


def test_the_list_of_the_province_says_which_are_decided_sorts_and_filters_by_it(pair: TwoOffices) -> None:
    ids = [proposal(pair, name) for name in ("Hộ ông Một", "Hộ bà Hai", "Hộ ông Ba")]
    own = proposal(pair, "Hộ ông Bốn", award="commune_citation", result="pending")
    sent(pair)
    decisions.decide(pair.province, ids[:1], DECIDED)
    decisions.decide(pair.province, ids[1:2], AwardDecision("rejected", reason="Trùng thành tích đã khen"))
    decided = "decided.result"

    def words(query: ListQuery) -> dict[str, str]:
        shown = lists.open_list(pair.province, query)
        at = [column.name for column in shown.columns].index(decided)
        return {row.id: row.cells[at] for row in shown.rows(0, len(shown))}

    everything = ListQuery(REGISTER)
    told = ("Được khen thưởng", "Không khen thưởng", "Tỉnh chưa ghi", "Xã quyết định")
    assert words(everything) == dict(zip([*ids, own], told, strict=True))
    for descending, first in ((False, ids[:2]), (True, [ids[1], ids[0]])):  # what is not decided stands last
        assert list(words(everything._replace(sort=(SortKey(decided, descending),))))[:2] == first
    for value, expected in (("awarded", ids[:1]), ("rejected", ids[1:2]), ("", ids[2:]), ("own", [own])):
        assert list(words(lists.with_condition(everything, decided, (value,)))) == expected
    (chip,) = lists.chips(pair.province, everything, only=decided)
    assert (chip.label, [(one.label, one.count) for one in chip.values]) == (
        "Kết quả của tỉnh",
        [("Được khen thưởng", 1), ("Không khen thưởng", 1), ("Tỉnh chưa ghi", 1), ("Xã quyết định", 1)],
    )  # fmt: skip
    assert decided not in lists.filter_names(pair.commune, REGISTER)
    assert all(column.name != decided for column in lists.columns(pair.commune, REGISTER))
