"""Texts with figures: the sandbox gives what it says and nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import TemplateError

from thidua_desktop.formdef.jinja_texts import FIGURE_NAMES, PERIOD_NAMES, environment, fill, report_text_faults


def test_paragraphs_are_lines_without_surplus_space() -> None:
    text = "\n  Có {{ n }}   cuộc.\n{% if n > 5 %}Nhiều.{% endif %}\n\nHết.\n"
    assert fill(text, {"n": 3}) == "Có 3 cuộc.\nHết."
    assert fill(text, {"n": 6}) == "Có 6 cuộc.\nNhiều.\nHết."


@pytest.mark.parametrize(
    "text",
    [
        "{{ unknown }}",
        "{{ period.weather }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ period.__init__.__globals__ }}",
        "{% include 'x' %}",
    ],
)
def test_nothing_else_can_be_reached(text: str) -> None:
    with pytest.raises((TemplateError, TypeError)):
        fill(text, {"period": SimpleNamespace(year=2026)})


def test_letters_of_records_are_not_read_as_a_template() -> None:
    assert fill("{{ title }}", {"title": "{{ 7 * 7 }} <b>"}) == "{{ 7 * 7 }} <b>"


@pytest.mark.parametrize("name", sorted(FIGURE_NAMES))
def test_every_figure_name_is_allowed(name: str) -> None:
    text = '{{ fig("sessions").' + name + " }}"
    assert report_text_faults(text, "a", "b", frozenset({"sessions"})) == []


def test_names_of_loops_and_filters_are_allowed() -> None:
    text = "{% for name in ['a'] %}{{ loop.index }}{{ name | upper }}{% endfor %}{{ period.year | int }}"
    assert "year" in PERIOD_NAMES
    assert report_text_faults(text, "a", "b", frozenset()) == []


def test_there_is_one_environment() -> None:
    assert environment() is environment()
    assert "lipsum" not in environment().globals


def test_one_who_is_spelt_otherwise_is_the_same_one() -> None:
    records = [
        {"name": "Hộ ông A", "address": "Thôn Hòa Bắc"},
        {"name": "hộ ông A", "address": "thôn  Hoà Bắc."},
        {"name": "Hộ ông A", "address": "Thôn Mỹ Thuận"},
    ]
    counted = environment().from_string('{{ records | distinct("name", "address") | length }}')
    assert counted.render(records=records) == "2"
