"""Every report and paper: its texts can be filled whatever the figures are, and read as sentences."""

from __future__ import annotations

import re

import pytest

from tests.forms.every_definition import DEFINITIONS, OFFICE, PERIOD, REPORTS, figure, name_of
from thidua_desktop.formdef.jinja_texts import FIGURE_NAMES, fill
from thidua_desktop.formdef.model import ReportSpec

ODD_ENDS = re.compile(r"(\s[,.;:])|(,,)|(\.\.)|(;\s*\.)|(  )|(None)|(\bcó\s*[,.])")


@pytest.mark.parametrize(("value", "recorded"), [(0, True), (0, False), (1, True), (12, True)])
@pytest.mark.parametrize("report", REPORTS, ids=name_of)
def test_drafts_read_as_sentences(report: ReportSpec, value: int, recorded: bool) -> None:
    names = {"office": OFFICE, "period": PERIOD, "fig": lambda name: figure(name, value, recorded)}
    for text in (report.subject, report.opening, report.to, *report.recipients, *(p.text for p in report.narrative)):
        filled = fill(text, names)
        assert not ODD_ENDS.search(filled), filled
        assert "{" not in filled
    for paragraph in report.narrative:
        for line in fill(paragraph.text, names).splitlines():
            assert line.endswith("."), line
            assert line[0].isupper(), line


@pytest.mark.parametrize("report", REPORTS, ids=name_of)
def test_headings_without_text_have_deeper_ones(report: ReportSpec) -> None:
    following = [*report.narrative[1:], None]
    for paragraph, after in zip(report.narrative, following, strict=True):
        if not paragraph.text.strip():
            assert after is not None
            assert after.level > paragraph.level


@pytest.mark.parametrize("report", REPORTS, ids=name_of)
def test_shares_are_asked_only_of_figures_that_have_them(report: ReportSpec) -> None:
    texts = " ".join(paragraph.text for paragraph in report.narrative)
    for name in re.findall(r'fig\("(\w+)"\)\.(?:share|missing|missing_text|total)', texts):
        assert DEFINITIONS.indicators[name].out_of, name


def test_services_give_every_name_of_a_figure() -> None:
    from thidua_desktop.services.reports.names import FigureWords

    assert [name for name in FIGURE_NAMES if not hasattr(FigureWords, name)] == []
