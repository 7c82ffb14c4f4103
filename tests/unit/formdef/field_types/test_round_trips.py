"""What is shown can be typed back, and what is written as plain values comes back equal."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop import text
from thidua_desktop.formdef.field_types import field_type
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import FieldSpec, FieldType, Value

TODAY = date(2026, 11, 23)
CATALOGS = load_definitions().catalogs
TOPICS = [item.code for item in CATALOGS["activity_topic"].items]
LETTERS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạẤỀỘỨỸĐ '-", min_size=1, max_size=30)
lines = LETTERS.map(text.clean).filter(bool)


def field(kind: FieldType, **keys: object) -> FieldSpec:
    """A field of the type."""
    return FieldSpec(name="f", type=kind, label="Mục", **keys)  # type: ignore[arg-type]


CHILDREN = (
    field(FieldType.TEXT),
    FieldSpec(name="n", type=FieldType.INTEGER, label="Số"),
    FieldSpec(name="d", type=FieldType.DECIMAL, label="Số lẻ", digits=2),
    FieldSpec(name="on", type=FieldType.DATE, label="Ngày"),
    FieldSpec(name="ok", type=FieldType.BOOLEAN, label="Xong"),
)
SPECS = {
    FieldType.TEXT: field(FieldType.TEXT),
    FieldType.NAME: field(FieldType.NAME),
    FieldType.INTEGER: field(FieldType.INTEGER),
    FieldType.DECIMAL: field(FieldType.DECIMAL, digits=2),
    FieldType.DATE: field(FieldType.DATE),
    FieldType.TIME: field(FieldType.TIME),
    FieldType.BOOLEAN: field(FieldType.BOOLEAN),
    FieldType.CHOICE: field(FieldType.CHOICE, catalog="activity_topic"),
    FieldType.CHOICES: field(FieldType.CHOICES, catalog="activity_topic"),
    FieldType.ROWS: field(FieldType.ROWS, fields=CHILDREN),
}
wholes = st.integers(-(10**12), 10**12)
exacts = wholes.map(lambda number: Decimal(number).scaleb(-2))
days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
codes = st.sampled_from(TOPICS)
rows = st.fixed_dictionaries({"f": lines}, optional={"n": wholes, "d": exacts, "on": days, "ok": st.booleans()})
VALUES: dict[FieldType, st.SearchStrategy[Value]] = {
    FieldType.TEXT: lines,
    FieldType.NAME: lines,
    FieldType.INTEGER: wholes,
    FieldType.DECIMAL: exacts,
    FieldType.DATE: days,
    FieldType.TIME: st.times().map(lambda hour: f"{hour:%H:%M}"),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.CHOICE: codes,
    FieldType.CHOICES: st.sets(codes, min_size=1).map(lambda chosen: tuple(code for code in TOPICS if code in chosen)),
    FieldType.ROWS: st.lists(rows, min_size=1, max_size=4).map(tuple),
}  # type: ignore[assignment]
typed_values = st.sampled_from(sorted(SPECS)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind]))


@given(typed_values)
def test_what_is_shown_can_be_typed(case: tuple[FieldType, Value]) -> None:
    spec = SPECS[case[0]]
    kind = field_type(spec)
    assert kind.parse(spec, kind.show(spec, case[1], CATALOGS), TODAY, CATALOGS) == case[1]


@given(typed_values)
def test_plain_values_come_back(case: tuple[FieldType, Value]) -> None:
    spec = SPECS[case[0]]
    kind = field_type(spec)
    plain = json.loads(json.dumps(kind.to_plain(spec, case[1]), ensure_ascii=False))
    assert kind.from_plain(spec, plain) == case[1]


@given(st.text(max_size=40))
def test_any_typed_text_gives_a_value_or_a_sentence(typed: str) -> None:
    from thidua_desktop.formdef.field_types import NotUnderstood

    for spec in SPECS.values():
        try:
            value = field_type(spec).parse(spec, typed, TODAY, CATALOGS)
        except NotUnderstood as refusal:
            assert refusal.code.startswith(("TD-DATA-1", "TD-DATA-6"))
        else:
            assert value is None or json.dumps(field_type(spec).to_plain(spec, value)) != "null"
