"""Charts of a report hold the figures of its records: by period, month, area, commune; each mark opens them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.reporting_periods import parse_period
from tests.unit.services.handoff.two_offices import NOVEMBER, TwoOffices, save
from thidua_desktop.charts.model import Chart, ChartKind
from thidua_desktop.errors import UserError
from thidua_desktop.formdef.model import ChartSpec, Value
from thidua_desktop.services.access import Permission
from thidua_desktop.services.place_grid import MOST_COLUMNS, arranged, keep_cells, kept_cells, places
from thidua_desktop.services.reports.charts import FigureSource, charts_of
from thidua_desktop.services.reports.contributions import contributions, list_filter
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.session import Session

ACTIVITIES = "activities_total"


def drawn(session: Session, kind: str, *names: str, by: str = "", period: str = "2026-11") -> Chart:
    span = parse_period(period)
    (chart,) = charts_of(session, [ChartSpec(kind, "Hình", names, by)], span, figures_of(session, names, span))
    chart.check()
    return chart


def behind(session: Session, source: object) -> int:
    """How many records a mark opens."""
    assert isinstance(source, FigureSource)
    found = contributions(session, source.indicator, source.period, source.office or None, area=source.area or None)
    return found.count


@pytest.fixture
def busy(pair: TwoOffices) -> Iterator[TwoOffices]:
    """Three activities in one area this month, one long ago in the other, one without an area."""
    other = next(place.key for place in places(pair.commune) if place.key != pair.area)
    for day in (date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)):
        pair.activity(day=day)
    pair.activity(day=date(2026, 3, 9), residential_area=other)
    pair.activity(day=date(2025, 11, 9))
    pair.activity(day=date(2026, 11, 5), residential_area=None)
    yield pair


def test_each_area_is_a_cell_with_its_own_records(busy: TwoOffices) -> None:
    chart = drawn(busy.commune, "grid", ACTIVITIES, by="area")
    (series,) = chart.series
    found = dict(zip(chart.categories, series.values, strict=True))
    assert found == {"Buôn Ea M'Doal": 3, "Thôn Tân Lập": 0}
    assert [behind(busy.commune, series.source(place)) for place in range(2)] == list(series.values)
    assert chart.notes == ("Ngoài ra 1 cuộc không ghi khu dân cư.",)


def test_an_area_without_a_record_in_two_years_has_no_figure(pair: TwoOffices) -> None:
    pair.activity(day=date(2026, 11, 2))
    (series,) = drawn(pair.commune, "grid", ACTIVITIES, by="area").series
    assert sorted(series.values, key=str) == [1, None]


def test_what_stands_on_a_day_is_counted_everywhere(pair: TwoOffices) -> None:
    (series,) = drawn(pair.commune, "grid", "groups_total", by="area").series
    assert series.values == (None, None)  # no group was ever written
    group: dict[str, Value] = {
        "number": "1",
        "name": "Tổ 1",
        "kind": _first(pair, "self_managed_group", "kind"),
        "residential_area": pair.area,
    }
    save(pair.commune, "self_managed_group", group)
    (series,) = drawn(pair.commune, "grid", "groups_total", by="area").series
    assert sorted(value or 0 for value in series.values) == [0, 1] and None not in series.values


def _first(pair: TwoOffices, register: str, field: str) -> str:
    spec = pair.commune.register(register).field(field)
    return pair.commune.definitions.catalogs[spec.catalog].items[0].code


def test_months_stand_beside_those_of_last_year(busy: TwoOffices) -> None:
    chart = drawn(busy.commune, "months", ACTIVITIES)
    this, last = chart.series
    assert (chart.kind, this.name, last.name) == (ChartKind.LINES, "Năm 2026", "Năm 2025")
    assert this.values == (0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4, None)
    assert last.values == (None,) * 10 + (1, 0)  # nothing is known before the first record
    assert behind(busy.commune, this.source(10)) == 4 and behind(busy.commune, last.source(10)) == 1


def test_several_figures_are_lines_of_this_year(busy: TwoOffices) -> None:
    chart = drawn(busy.commune, "months", ACTIVITIES, "sessions")
    assert [one.values[10] for one in chart.series] == [4, 4]
    assert chart.series[1].name == "Cuộc tuyên truyền"


def test_bars_say_their_units_where_they_differ(busy: TwoOffices) -> None:
    assert drawn(busy.commune, "bars", "sessions", "launches").unit == "cuộc"
    chart = drawn(busy.commune, "bars", "sessions", "attendance_total")
    assert (chart.unit, chart.categories) == ("", ("Cuộc tuyên truyền (cuộc)", "Lượt người dự (lượt)"))
    assert [one.name for one in chart.series] == ["Kỳ này", "Kỳ trước", "Cùng kỳ năm trước"]
    assert behind(busy.commune, chart.series[2].source(0)) == 1


def test_a_year_is_compared_with_the_one_before_once(busy: TwoOffices) -> None:
    chart = drawn(busy.commune, "shares", "sessions", "launches", by="period", period="2026")
    assert chart.categories == ("Kỳ này", "Năm trước")
    assert [part.values for part in chart.series] == [(5, 1), (0, 0)]


def test_shares_of_a_period_and_of_areas(busy: TwoOffices) -> None:
    whole = drawn(busy.commune, "shares", "sessions", "launches")
    assert [one.values for one in whole.series] == [(4, 0)]
    chart = drawn(busy.commune, "shares", "sessions", "launches", by="area")
    assert chart.categories == ("Buôn Ea M'Doal", "Thôn Tân Lập")
    assert [part.values for part in chart.series] == [(3, 0), (0, 0)]
    assert behind(busy.commune, chart.series[0].source(0)) == 3


def test_a_panel_for_each_area_with_last_year_as_yardstick(busy: TwoOffices) -> None:
    chart = drawn(busy.commune, "panels", ACTIVITIES, by="area")
    lively, quiet = chart.panels
    assert quiet.columns.values == (0, 0, 1, *(0,) * 8, None)
    assert lively.columns.values[10] == 3 and lively.yardstick[10:] == (1, 0)
    assert lively.caption == "3, cùng kỳ 1"
    assert behind(busy.commune, quiet.columns.source(2)) == 1
    assert behind(busy.commune, lively.columns.source(10)) == 3


def test_the_month_that_still_runs_is_marked(busy: TwoOffices) -> None:
    assert drawn(busy.commune, "panels", ACTIVITIES, by="area").running == 0  # closed on the 14th, today is the 16th
    december = drawn(busy.commune, "panels", "sessions", "launches", by="indicator", period="2026-12")
    assert december.running == 12
    assert [panel.name for panel in december.panels] == ["Cuộc tuyên truyền", "Cuộc phát động phong trào"]


def test_the_cells_of_the_province_are_its_communes(busy: TwoOffices) -> None:
    empty = drawn(busy.province, "grid", ACTIVITIES, by="area")
    assert [one.values for one in empty.series] == [(None,)]  # connected, nothing sent yet
    busy.take(busy.send())
    chart = drawn(busy.province, "grid", ACTIVITIES, by="area")
    (series,) = chart.series
    assert (series.values, chart.notes) == ((4,), ())
    assert chart.categories == tuple(place.name for place in places(busy.province))
    assert behind(busy.province, series.source(0)) == 4
    panel = drawn(busy.province, "panels", ACTIVITIES, by="area").panels[0]
    assert panel.columns.values[10] == 4
    spec = ChartSpec("grid", "Hoạt động theo khu dân cư", (ACTIVITIES,))
    for office, words in ((busy.province, "theo xã, phường, đặc khu"), (busy.commune, "theo khu dân cư")):
        (titled,) = charts_of(office, [spec], NOVEMBER, figures_of(office, [ACTIVITIES], NOVEMBER))
        assert titled.title == f"Hoạt động {words}"


def test_cells_lie_where_the_office_put_them(busy: TwoOffices) -> None:
    one, other = (place.key for place in places(busy.commune))
    assert drawn(busy.commune, "grid", ACTIVITIES, by="area").places == ()
    keep_cells(busy.commune, {one: (1, 2), other: (0, 0)})
    assert drawn(busy.commune, "grid", ACTIVITIES, by="area").places == ((1, 2), (0, 0))
    assert kept_cells(busy.commune) == {one: (1, 2), other: (0, 0)}
    keep_cells(busy.commune, {})
    assert drawn(busy.commune, "grid", ACTIVITIES, by="area").places == ()


def test_new_places_come_below_and_nobody_lies_on_another() -> None:
    kept = {"a": (0, 1), "b": (0, 1), "far": (2, MOST_COLUMNS), "gone": (7, 7)}
    cells = arranged(["a", "b", "c", "far"], kept)
    assert cells == ((0, 1), (1, 0), (1, 1), (2, 0))
    assert arranged(["x"], kept) == ()


def test_only_who_records_may_arrange(busy: TwoOffices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "may", lambda _self, wanted: wanted is not Permission.RECORD)
    with pytest.raises(UserError) as refused:
        keep_cells(busy.commune, {busy.area: (0, 0)})
    assert refused.value.code == "TD-STORE-220"
    assert kept_cells(busy.commune) == {}


def test_an_area_that_ended_keeps_what_happened_there(busy: TwoOffices) -> None:
    found = busy.commune.file.records.get("residential_area", busy.area)
    assert found is not None
    save(busy.commune, "residential_area", {**found.values, "valid_to": date(2026, 11, 10)}, busy.area)
    chart = drawn(busy.commune, "grid", ACTIVITIES, by="area")
    assert "Buôn Ea M'Doal" in chart.categories
    later = drawn(busy.commune, "grid", ACTIVITIES, by="area", period="2026-12")
    assert later.categories == ("Thôn Tân Lập",)


def test_the_list_of_a_mark_is_filtered_by_its_area(busy: TwoOffices) -> None:
    wanted = list_filter(busy.commune, ACTIVITIES, NOVEMBER, busy.area)
    assert wanted["residential_area"] == busy.area and wanted["period"] == "2026-11"
    assert "id" not in list_filter(busy.commune, "areas_total", NOVEMBER, busy.area)


def test_months_to_come_are_not_drawn_as_zeros(busy: TwoOffices) -> None:
    year = drawn(busy.commune, "months", ACTIVITIES, period="2026")
    assert year.series[0].values[10:] == (4, 0)  # the month that began the day before
    future, spec = parse_period("2027-01"), [ChartSpec("months", "Hình", (ACTIVITIES,))]
    assert charts_of(busy.commune, spec, future, figures_of(busy.commune, (ACTIVITIES,), future)) == ()
