"""Answers to a survey go with the package; the province counts them, or says which form it lacks."""

from __future__ import annotations

from tests.unit.services.handoff.two_offices import TwoOffices, save
from thidua_desktop.paths import resource_path
from thidua_desktop.services import surveys
from thidua_desktop.services.handoff import incoming

FORM = resource_path("demo", "survey_fire.toml")
NAME = "survey_fire_2026"


def answer(pair: TwoOffices, houses: int) -> None:
    save(pair.commune, NAME, {"residential_area": pair.area, "houses": houses, "source": "none", "team": True})


def test_the_province_counts_what_communes_answered(pair: TwoOffices) -> None:
    for session in (pair.commune, pair.province):
        surveys.add_survey(session, FORM)
    assert surveys.results(pair.province, NAME).answered_text == "0/1 đơn vị đã trả lời"
    answer(pair, 7)
    answer(pair, 5)
    pair.take(pair.send())
    found = surveys.results(pair.province, NAME)
    code = pair.commune.file.identity.code
    assert found.answered == {code} and found.rows[0].by_office == {code: 2}
    assert next(row for row in found.rows if row.answer == "Tổng").total == 12


def test_a_province_without_the_form_says_which_and_counts_later(pair: TwoOffices) -> None:
    surveys.add_survey(pair.commune, FORM)
    answer(pair, 7)
    pair.activity()
    made = pair.send()
    plan = incoming.plan_receive(pair.province, made.path)
    (words,) = plan.set_aside
    assert words.startswith("TD-STORE-260") and NAME in words
    received = pair.take(made)
    assert received.set_aside == 1 and pair.province.file.records.count("movement_activity") == 1
    surveys.add_survey(pair.province, FORM)
    pair.take(pair.send())
    assert surveys.results(pair.province, NAME).rows[0].total == 1


def test_a_commune_without_the_survey_is_untouched(pair: TwoOffices) -> None:
    surveys.add_survey(pair.province, FORM)
    pair.activity()
    received = pair.take(pair.send())
    assert received.set_aside == 0
    assert surveys.results(pair.province, NAME).missing == (pair.commune.file.identity.name,)
