"""What the file of a report is called."""

from __future__ import annotations

from thidua_desktop.services.reports.build import Report
from thidua_desktop.text import fold


def file_name(report: Report, office: str) -> str:
    """A name in plain letters that sorts: ``BC-ket-qua-phong-trao-2026-11-xa-phu-hoa.pdf``."""
    words = fold(f"{report.spec.title} {report.period.code} {office}")
    tidy = "-".join("".join(sign if sign.isalnum() else " " for sign in words).split())
    return f"{report.spec.symbol}-{tidy}.pdf"
