"""What a form costs before it is seen: nothing is styled without a place; findings have parts when there are some."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.findings import FindingsView
from thidua_desktop.ui.pages.entry.form_line import FormLine
from thidua_desktop.ui.pages.entry.page import EntryPage

_POLISHED = Qt.WidgetAttribute.WA_WState_Polished


def test_a_form_without_a_place_is_not_styled_yet(session: Session, look: Look, desk: Any, qtbot: QtBot) -> None:
    """Styled before it stands in its window, it would be styled there once more."""
    page = EntryPage(session, look, desk, "award_nomination")
    lines = page.form.findChildren(FormLine)
    assert len(lines) > 20
    early = [one for line in lines for one in (line, *line.findChildren(QWidget)) if one.testAttribute(_POLISHED)]
    parts = sum(1 + len(line.findChildren(QWidget)) for line in lines)
    qtbot.addWidget(page)  # which gives it its style
    assert len(early) < parts / 10, [type(one).__name__ for one in early]


def test_findings_have_a_part_when_there_are_some_and_stand_in_the_order_of_the_fields(
    session: Session, look: Look, desk: Any, qtbot: QtBot
) -> None:
    page = EntryPage(session, look, desk, "movement_activity")
    qtbot.addWidget(page)
    page.form.show_findings((), {})
    assert page.form.findChildren(FindingsView) == []
    problems = [Problem("TD-FORM-001", Severity.ERROR, name, name) for name in ("attendance_women", "attendance_total")]
    for count in (1, 2):
        page.form.show_findings(problems[:count], {})
    women, total = (page.form.findings_of(name) for name in ("attendance_women", "attendance_total"))
    assert women.parentWidget() is total.parentWidget()
    layout = total.parentWidget().layout().itemAt(1).layout()
    assert [layout.itemAt(at).widget() for at in range(layout.count())] == [total, women]
    page.form.show_findings((), {})
    assert women.isHidden() and total.isHidden()
