"""The page of an indicator: the numbers of its charts are those of the report, at the commune and at the province."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reporting_periods import parse_period
from tests.unit.printing.measured import text_of
from tests.unit.services.handoff.two_offices import NOVEMBER, TwoOffices
from thidua_desktop.charts.numbers import numbers_of
from thidua_desktop.errors import UserError
from thidua_desktop.services.paper_files import EXCEL, PDF, WORD, paper_file
from thidua_desktop.services.reports.chart_paper import charts_document
from thidua_desktop.services.reports.charts import FigureSource
from thidua_desktop.services.reports.contributions import contributions
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.services.reports.indicator_view import indicator_view

ACTIVITIES = "activities_total"


def test_twelve_periods_end_with_the_chosen_one(pair: TwoOffices) -> None:
    for day in (date(2025, 11, 3), date(2026, 9, 20), date(2026, 11, 2), date(2026, 11, 3)):
        pair.activity(day=day)
    view = indicator_view(pair.commune, ACTIVITIES, NOVEMBER)
    this, year_ago = view.trend.series
    assert this.values == (*[0] * 10, 1, 2)
    assert year_ago.values[-1] == 1 and year_ago.values[0] is None
    for source, value in zip(this.sources, this.values, strict=True):
        assert isinstance(source, FigureSource)
        assert contributions(pair.commune, source.indicator, source.period).count == value
    (whole,) = figures_of(pair.commune, [ACTIVITIES], NOVEMBER)
    assert view.figure == whole and view.trend.notes == ("Kỳ cuối chưa hết.",) * (NOVEMBER.end >= pair.commune.today)


def test_years_stand_beside_no_second_line(pair: TwoOffices) -> None:
    pair.activity(day=date(2025, 11, 3))
    view = indicator_view(pair.commune, ACTIVITIES, parse_period("2026"))
    assert [one.name for one in view.trend.series] == ["Kỳ này"] and view.trend.categories[-2:] == ("2025", "2026")
    assert view.trend.series[0].values[-2:] == (1, 0)


def test_one_area_adds_its_part_and_all_areas_the_whole(pair: TwoOffices) -> None:
    for day in (date(2026, 11, 2), date(2026, 11, 3)):
        pair.activity(day=day)
    view = indicator_view(pair.commune, ACTIVITIES, NOVEMBER)
    assert view.comparison is not None
    parts = [indicator_view(pair.commune, ACTIVITIES, NOVEMBER, place.key) for place in view.places]
    assert sorted(one.figure.value for one in parts) == [0, 2]
    assert sum(one.trend.series[0].values[-1] or 0 for one in parts) == view.figure.value == 2
    assert view.comparison.series[0].values == (2, 0)


def test_at_the_province_a_commune_alone_has_the_figures_it_sent(pair: TwoOffices) -> None:
    pair.activity()
    before = indicator_view(pair.province, ACTIVITIES, NOVEMBER)
    assert before.figure.value == 0 and set(before.trend.series[0].values) == {None}
    pair.take(pair.send())
    view = indicator_view(pair.province, ACTIVITIES, NOVEMBER)
    assert view.comparison is None  # one commune alone is compared with nothing
    commune = pair.commune.file.identity.code
    alone = indicator_view(pair.province, ACTIVITIES, NOVEMBER, commune)
    assert alone.figure.value == view.figure.value == view.trend.series[0].values[-1] == 1


def test_an_unknown_indicator_is_refused(pair: TwoOffices) -> None:
    with pytest.raises(UserError) as refused:
        indicator_view(pair.commune, "nothing", NOVEMBER)
    assert refused.value.code == "TD-DATA-570"


def test_charts_on_paper_have_their_numbers(pair: TwoOffices) -> None:
    pair.activity(day=date(2026, 11, 2))
    view = indicator_view(pair.commune, ACTIVITIES, NOVEMBER)

    def made(ending: str) -> bytes:
        return paper_file(pair.commune, lambda one: charts_document(one, view.charts, NOVEMBER.label), ending)

    text = " ".join(text_of(made(PDF)).split())
    assert "Tháng 11/2026" in text and all(chart.title in text for chart in view.charts)
    assert numbers_of(view.trend, "Kỳ").rows[-1] == ("11/26", "1")
    assert made(WORD)[:2] == made(EXCEL)[:2] == b"PK"
