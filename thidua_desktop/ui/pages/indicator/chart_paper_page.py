"""Charts on paper: the page on which they are looked at before they are printed or kept."""

from __future__ import annotations

from thidua_desktop.charts.model import Chart
from thidua_desktop.services.reports.chart_paper import charts_document
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.province.made_paper_page import MadePaperPage, file_of
from thidua_desktop.ui.shell.page import Navigate


def chart_paper_page(
    session: Session, look: Look, navigate: Navigate, charts: tuple[Chart, ...], period: str, back_to: str
) -> MadePaperPage:
    """A page with the charts as PDF, which keeps them as Word or their numbers as Excel too."""
    title = charts[0].title if len(charts) == 1 else f"Biểu đồ: {back_to}"
    make = file_of(lambda reading: charts_document(reading, charts, period))
    return MadePaperPage(session, look, navigate, title, back_to, make)
