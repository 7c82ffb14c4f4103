"""The report page over a real office: paper and evidence agree, closing asks, edits are kept and printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.report.conftest import answer_all, ready
from tests.ui.working import all_done
from tests.unit.services.handoff.two_offices import NOVEMBER, OCTOBER, REPORT, TwoOffices
from tests.unit.services.test_spreadsheets import sheets
from thidua_desktop.domain.signing_capacity import Capacity
from thidua_desktop.errors import UserError
from thidua_desktop.services import signers
from thidua_desktop.services.reports import build as reports
from thidua_desktop.services.reports.figure_columns import FigureColumn
from thidua_desktop.services.reports.progress import Step
from thidua_desktop.services.session import Session
from thidua_desktop.store.queries import ListQuery
from thidua_desktop.ui.components import file_choice, paper_output
from thidua_desktop.ui.components.buttons import ButtonKind
from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.components.paper_pictures import draw_sheets, sheets_of
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.report.evidence import CHARTS, FIGURES, PARAGRAPHS
from thidua_desktop.ui.pages.report.figure_lines import LineKind
from thidua_desktop.ui.pages.report.page import ReportPage
from thidua_desktop.ui.pages.report.paper_name import file_name
from thidua_desktop.ui.pages.report.place_board import PlaceDialog
from thidua_desktop.ui.pages.report.records_card import CLOSED
from thidua_desktop.ui.shell.page import LayoutClass


def filled_buttons(page: ReportPage) -> list[str]:
    buttons = (page.next_button, page.save_button, page.print_button, page.reopen_button)
    return [one.text() for one in buttons if not one.isHidden() and one.kind is ButtonKind.FILLED]


def test_it_opens_with_the_period_that_has_ended(page: ReportPage) -> None:
    assert page.chips.period_chip.value() == "Tháng 11/2026: 15/10 – 14/11"
    assert page.paper.view.page_count() >= 3
    assert filled_buttons(page) == ["Chốt số liệu"]
    assert page.evidence.tabs.tabText(0).startswith("Số liệu ")
    assert page.due.text() == "Nộp hôm nay, 16/11/2026"


def test_a_click_on_the_paper_shows_the_records_behind(page: ReportPage, qtbot: QtBot) -> None:
    view = page.paper.view
    view.choose("attendance_total")
    place = view.mark_center("attendance_total")
    with qtbot.waitSignal(page.loader.records_found, timeout=10000):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.evidence.table.chosen() == "attendance_total"
    found = page.evidence.records.found()
    assert [row.value for row in found.rows] == [40]
    page.evidence.records.open_register.click()
    assert page.navigate.rooms[-1] == ("movement_activity", {"period": "2026-11"})  # type: ignore[attr-defined]


def test_choosing_in_the_table_marks_the_paper(page: ReportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.loader.records_found, timeout=10000):
        page.evidence.table.choose("sessions")
    assert page.paper.view.chosen() == "sessions"
    assert page.paper.view.viewport().rect().contains(page.paper.view.mark_center("sessions"))


def test_a_long_figure_of_a_province_is_not_cut(page: ReportPage) -> None:
    table = page.evidence.table
    long = [replace(line, figure=replace(line.figure, value=12_345_678)) for line in table.lines()]
    usual = table.columnWidth(1)
    table.set_lines(long, table._figures.columns)
    words = table._figures.index(0, 1).data()
    assert words == "12.345.678" and table.columnWidth(1) > max(usual, table._look.text_width(words) + 8)


def test_a_click_beside_the_figures_chooses_nothing(page: ReportPage) -> None:
    before = page.paper.view.chosen()
    QTest.mouseClick(page.paper.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert page.paper.view.chosen() == before


def test_the_count_of_odd_figures_leads_to_each_of_them_and_f2_asks_why(
    page: ReportPage, qtbot: QtBot, pair: TwoOffices
) -> None:
    pair.activity("Ra quân", attendance_total=400, attendance_women=190)
    page.load()
    ready(qtbot, page)
    assert page.shown is not None
    evidence, odd = page.evidence, [one.indicator for one in page.shown.report.unanswered]
    assert evidence.odd_button.text() == f"{len(odd)} số khác thường" and evidence.state.isHidden() and len(odd) > 1
    evidence.tabs.setCurrentIndex(PARAGRAPHS)
    evidence.odd_button.click()
    came = [evidence.table.chosen()]
    assert evidence.tabs.currentIndex() == FIGURES
    for _ in odd[1:]:
        page.next_odd()
        came.append(evidence.table.chosen())
        row = evidence.table.currentIndex().row()
        box = evidence.table.visualRect(evidence.table.model().index(row, 0))
        assert evidence.table.viewport().rect().contains(box)
    assert came == odd
    page.next_odd()
    assert evidence.table.chosen() == odd[0]
    qtbot.keyClick(evidence.table, Qt.Key.Key_F2)
    assert not evidence.answer.isHidden() and evidence.answer.reason.hasFocus()


def test_closing_is_refused_at_the_first_odd_value(page: ReportPage, qtbot: QtBot) -> None:
    assert page.shown is not None
    first = page.shown.report.unanswered[0].indicator
    page.next_step()
    assert page.evidence.table.chosen() == first
    assert not page.evidence.answer.isHidden()
    assert not reports.is_closed(page.session, REPORT, NOVEMBER)
    page.evidence.answer.reason.setText("Ngày hội ở hai thôn.")
    QTest.keyClick(page.evidence.answer.reason, Qt.Key.Key_Return)
    kept = reports.build(page.session, REPORT, NOVEMBER).figure(first)
    assert kept.kept_reason == "Ngày hội ở hai thôn."
    qtbot.waitUntil(lambda: any(line.kind is LineKind.KEPT for line in page.evidence.table.lines()), timeout=10000)


def test_records_of_a_closed_register_are_refused_without_a_box(
    page: ReportPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "opens", lambda _self, _register: False)
    page._open_register()
    assert desk.rooms == [] and desk.messages[-1] == CLOSED


def test_after_the_last_reason_enter_closes(page: ReportPage, qtbot: QtBot) -> None:
    assert page.shown is not None
    page.activateWindow()
    for figure in page.shown.report.unanswered[:-1]:
        reports.keep_odd(page.session, NOVEMBER, figure.indicator, "Ngày hội ở hai thôn.")
    qtbot.waitUntil(lambda: page.shown is not None and len(page.shown.report.unanswered) == 1, timeout=15000)
    ready(qtbot, page)
    page.next_step()
    page.evidence.answer.reason.setText("Ngày hội ở hai thôn.")
    QTest.keyClick(page.evidence.answer.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.shown is not None and not page.shown.report.unanswered, timeout=15000)
    qtbot.waitUntil(page.next_button.hasFocus, timeout=5000)
    QTest.keyClick(page.next_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reports.is_closed(page.session, REPORT, NOVEMBER), timeout=15000)
    ready(qtbot, page)


def test_closed_printed_packed(page: ReportPage, qtbot: QtBot, desk: Desk, tmp_path: Path,
                               monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    answer_all(page, qtbot)
    page.next_step()
    qtbot.waitUntil(lambda: page.progress.step is Step.PRINT, timeout=15000)
    assert page.closed_tag.text() == "đã chốt"
    assert filled_buttons(page) == ["In để ký"]
    target = tmp_path / "báo cáo"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.save_paper()
    all_done()
    assert (tmp_path / "báo cáo.pdf").read_bytes().startswith(b"%PDF")
    assert page.progress.step is Step.PACK
    page.next_step()
    assert desk.rooms[-1][0] == "handoff"


def test_the_paper_can_be_saved_as_a_word_file_before_it_is_closed(page: ReportPage, tmp_path: Path,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    target = tmp_path / "báo cáo.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), file_choice.WORD_FILES))
    page.save_paper()
    all_done()
    assert (tmp_path / "báo cáo.docx").read_bytes().startswith(b"PK")
    assert not target.exists()
    assert page.progress.step is Step.WRITE


def test_the_figures_can_be_saved_for_excel(page: ReportPage, tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    target = tmp_path / "báo cáo"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), file_choice.EXCEL_FILES))
    page.save_paper()
    all_done()
    (figures, *_) = sheets((tmp_path / "báo cáo.xlsx").read_bytes()).values()
    assert page.shown is not None
    cells = [cell for line in figures for cell in line]
    for figure in page.shown.report.figures:
        assert any(str(cell).startswith(figure.label) for cell in cells)
        assert float(figure.value) in cells
    assert page.progress.step is Step.WRITE


def test_reopening_shows_what_was_reported(page: ReportPage, qtbot: QtBot, desk: Desk, pair: TwoOffices) -> None:
    answer_all(page, qtbot)
    page.close_report()
    qtbot.waitUntil(lambda: page.progress.step is Step.PRINT, timeout=15000)
    assert all(edit.editor.isReadOnly() for edit in page.evidence.paragraphs.parts.values())
    page.reopen_button.setFocus()
    page.reopen_button.click()
    assert page.focusWidget() is page.evidence.table  # not on the button that stands in its place now
    assert desk.messages[-1] == "Đã mở lại Tháng 11/2026"
    qtbot.waitUntil(lambda: page.shown is not None and not page.shown.report.closed, timeout=15000)
    assert not page.next_button.isHidden()
    assert page.closed_tag.isHidden()


def test_records_changed_after_closing_show_in_the_table(page: ReportPage, qtbot: QtBot, pair: TwoOffices) -> None:
    answer_all(page, qtbot)
    reports.close(pair.commune, REPORT, NOVEMBER)
    pair.commune.file.records.save(
        "movement_activity",
        {"held_on": NOVEMBER.end, "kind": "launch", "title": "Ghi muộn"},
        actor="thử",
        now=pair.commune.now(),
    )
    page.refresh()
    qtbot.waitUntil(lambda: any(line.kind is LineKind.CHANGED for line in page.evidence.table.lines()), timeout=15000)
    words = [line.words for line in page.evidence.table.lines() if line.kind is LineKind.CHANGED]
    assert "đã báo 1 cuộc, nay theo sổ 2 cuộc" in words


def test_an_edited_paragraph_is_kept_and_printed(page: ReportPage, qtbot: QtBot) -> None:
    page.evidence.tabs.setCurrentIndex(1)
    part = page.evidence.paragraphs.parts["proposals"]
    before = page.shown
    part.editor.setPlainText("Đề nghị cấp thêm tài liệu.")
    qtbot.waitUntil(lambda: page.shown is not before, timeout=15000)
    assert page.shown is not None
    assert "Đề nghị cấp thêm tài liệu." in text_of(page.shown.pdf)
    assert not part.back_to_draft.isHidden()
    part.back_to_draft.click()
    assert part.editor.toPlainText() == "Không."
    kept = page.session.file.reports.narrative(REPORT, NOVEMBER.code)
    assert "proposals" not in kept


def test_what_is_typed_is_never_overwritten_by_a_reload(page: ReportPage, qtbot: QtBot) -> None:
    page.evidence.tabs.setCurrentIndex(1)
    part = page.evidence.paragraphs.parts["proposals"]
    part.editor.setPlainText("Đang gõ dở")
    page.load()
    ready(qtbot, page)
    assert part.editor.toPlainText() == "Đang gõ dở"
    assert page.can_leave()
    assert page.session.file.reports.narrative(REPORT, NOVEMBER.code)["proposals"].text == "Đang gõ dở"


def test_every_period_is_spelled_out_and_can_be_chosen(page: ReportPage, qtbot: QtBot) -> None:
    texts = page.chips.period_texts()
    assert "Quý III/2026: 15/06 – 14/09" in texts
    assert "Năm 2026: 15/12/2025 – 14/12/2026" in texts
    page.open_with("2026-Q3")
    assert not page.next_button.isEnabled()
    ready(qtbot, page)
    assert page.shown is not None
    assert page.shown.report.period.code == "2026-Q3"
    assert page.next_button.isEnabled()


def test_the_paper_is_white_in_every_theme_and_fits_the_width(page: ReportPage) -> None:
    view = page.paper.view
    picture = draw_sheets(pdf_of(page), 1.0)[0]
    assert picture.pixelColor(3, 3).name() == "#ffffff"
    assert abs(view.scale() * sheets_of(pdf_of(page))[0].width - view.viewport().width()) < 30
    page.paper.view.set_zoom(1.0)
    assert view.horizontalScrollBar().maximum() > 0


def test_pages_are_walked_by_keys(page: ReportPage) -> None:
    view = page.paper.view
    view.go_to_page(1)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.verticalScrollBar().value() == 0


def test_where_width_is_short_paper_and_figures_are_two_views(page: ReportPage) -> None:
    page.set_layout_class(LayoutClass.COMPACT)
    assert page.paper.isHidden()
    assert not page.evidence.isHidden()
    page._focus_view(0)
    assert page.evidence.isHidden()
    page.set_layout_class(LayoutClass.MEDIUM)
    assert not page.paper.isHidden()
    assert not page.evidence.isHidden()


def test_a_file_name_needs_no_special_letters(page: ReportPage) -> None:
    assert page.shown is not None
    name = file_name(page.shown.report, "Xã Đưng K'Nớ")
    assert name == "BC-ket-qua-phong-trao-2026-11-xa-dung-k-no.pdf"


def test_pages_reach_a_printer(page: ReportPage, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    printer.setFullPage(True)
    printer.setResolution(100)
    assert page.shown is not None
    assert paper_output.print_pages(page.shown.pdf, printer) == len(page.shown.sheets)
    assert len(sheets_of((tmp_path / "in.pdf").read_bytes())) == len(page.shown.sheets)


def test_a_printer_that_refuses_is_told(page: ReportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtPrintSupport import QPrinter

    class Refused:
        def begin(self, _printer: QPrinter) -> bool:
            return False

        def isActive(self) -> bool:
            return False

    monkeypatch.setattr(paper_output, "QPainter", Refused)
    with pytest.raises(UserError) as caught:
        paper_output.print_pages(pdf_of(page), QPrinter())
    assert caught.value.code == "TD-UI-022"


def test_a_full_disk_leaves_the_old_file(page: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "báo cáo.pdf"
    target.write_bytes(b"ban cu")

    def full(_path: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError) as caught:
        paper_output.save_file(pdf_of(page), target)
    assert caught.value.code == "TD-UI-021" and "ổ đĩa đã đầy" in caught.value.sentence
    assert target.read_bytes() == b"ban cu"


def test_escape_closes_the_question_for_a_reason(page: ReportPage) -> None:
    page.next_step()
    assert page.escape()
    assert page.evidence.answer.isHidden()
    assert not page.escape()


def pdf_of(page: ReportPage) -> bytes:
    assert page.shown is not None
    return page.shown.pdf


def text_of(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return text


def test_a_closed_report_takes_its_number(
    page: ReportPage, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (0, True))
    button = page.paper.number_button
    assert button.isHidden()
    answer_all(page, qtbot)
    reports.close(page.session, REPORT, NOVEMBER)
    qtbot.waitUntil(lambda: button.isVisible() and page.shown is not None and page.shown.report.closed, timeout=15000)
    all_done()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.messages[-1] == "Đã lấy số 01/BC-UBND"
    qtbot.waitUntil(lambda: button.text() == "Số 01/BC-UBND", timeout=15000)
    assert not button.isEnabled()


def test_a_mark_of_a_chart_opens_its_records(page: ReportPage, qtbot: QtBot, desk: Desk) -> None:
    page.evidence.tabs.setCurrentIndex(CHARTS)
    assert page.evidence.records.isHidden()
    grid = page.evidence.charts.views[-1]
    number = next(at for at, (mark, _) in enumerate(grid.marks) if mark.words.endswith(": 1 cuộc"))
    grid.setFocus()
    while grid.current != number:
        QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.evidence.records.isHidden(), timeout=15000)
    assert page.evidence.records.accessibleName() == f"1 bản ghi · {grid.marks[number][0].words}"
    assert [row.title for row in page.evidence.records.found().rows] == ["An toàn giao thông"]
    page._open_register()
    register, wanted = desk.rooms[-1]
    (area, *_) = page.session.file.records.every(ListQuery("residential_area"))
    assert register == "movement_activity" and isinstance(wanted, dict)
    assert wanted["residential_area"] == area.id


def test_last_years_bar_opens_last_years_records(page: ReportPage, qtbot: QtBot) -> None:
    page.evidence.tabs.setCurrentIndex(CHARTS)
    bars = page.evidence.charts.views[0]
    number = next(at for at, (mark, _) in enumerate(bars.marks) if mark.words.endswith("Kỳ trước: 1"))
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.marks[number][1].center().toPoint())
    qtbot.waitUntil(lambda: not page.evidence.records.isHidden(), timeout=15000)
    assert [str(row.day) for row in page.evidence.records.found().rows] == ["2026-10-01"]
    assert page.evidence.charts.views[0] in page.regions()
    page._focus_view(1)
    assert bars.hasFocus()
    page.evidence.tabs.setCurrentIndex(PARAGRAPHS)
    assert page.evidence.records.isHidden()


def test_figures_of_other_periods_open_their_records(page: ReportPage, qtbot: QtBot, desk: Desk) -> None:
    table = page.evidence.table
    table.choose("attendance_total")
    table.setFocus()
    columns = page.evidence.table._figures.columns
    with qtbot.waitSignal(page.loader.mark_found, timeout=10000):
        table.setCurrentIndex(table.model().index(table.currentIndex().row(), columns.index(FigureColumn.LAST) + 1))
    assert [(str(row.day), row.value) for row in page.evidence.records.found().rows] == [("2026-10-01", 10)]
    assert "Tháng 10/2026: 15/09 – 14/10" in page.evidence.records.accessibleName()
    page.evidence.records.open_register.click()
    assert desk.rooms[-1] == ("movement_activity", {"period": "2026-10"})
    with qtbot.waitSignal(page.loader.mark_found, timeout=10000):
        table.setCurrentIndex(table.model().index(table.currentIndex().row(), columns.index(FigureColumn.YEAR) + 1))
    assert [row.value for row in page.evidence.records.found().rows] == [40, 10]
    with qtbot.waitSignal(page.loader.records_found, timeout=10000):
        table.setCurrentIndex(table.model().index(table.currentIndex().row(), 0))
    assert [row.value for row in page.evidence.records.found().rows] == [40]


def test_who_signs_is_picked_on_the_paper(page: ReportPage, qtbot: QtBot, pair: TwoOffices) -> None:
    assert page.paper.signer_button.isHidden()
    deputy = signers.typed("2", signers.OFFICE, Capacity.DEPUTY, "Phó Chủ tịch", "Lò Văn Út", "")
    signers.keep(pair.commune, [*signers.signers(pair.commune), deputy])
    page.load()
    qtbot.waitUntil(lambda: not page.paper.signer_button.isHidden())
    with qtbot.waitSignal(page.loader.loaded, timeout=15000):
        page.paper.signer_button.menu().actions()[-1].trigger()
    assert page.shown is not None
    document = pypdfium2.PdfDocument(page.shown.pdf)
    assert "Lò Văn Út" in "".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
    document.close()


def test_the_map_is_arranged_from_its_title(page: ReportPage, qtbot: QtBot) -> None:
    page.evidence.charts.arranging_wanted.emit()
    (dialog,) = page.findChildren(PlaceDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.board.lift((0, 0))
    dialog.board.drop((1, 1))
    dialog.go_button.click()
    qtbot.waitUntil(lambda: any(view.chart.places for view in page.evidence.charts.views), timeout=15000)


def test_words_of_last_period_are_taken_with_a_click(page: ReportPage, qtbot: QtBot) -> None:
    words = "Có 10 lượt người dự; đạt 10 người mỗi buổi."
    reports.set_paragraph(page.session, REPORT, OCTOBER, "propaganda", words)
    reports.set_paragraph(page.session, REPORT, OCTOBER, "direction", "Mở lớp tập huấn.")
    view = page.evidence.paragraphs
    qtbot.waitUntil(lambda: not view.parts["propaganda"].take_words.isHidden(), timeout=15000)
    ready(qtbot, page)
    assert view.take_all.text() == "Lấy lời kỳ trước cho 2 đoạn" and "Mở lớp tập huấn." in view.planned.text()
    view.parts["propaganda"].take_words.click()
    qtbot.waitUntil(lambda: "40 lượt" in view.parts["propaganda"].editor.toPlainText(), timeout=15000)
    ready(qtbot, page)
    assert view.parts["propaganda"].take_words.isHidden()
    assert view.parts["propaganda"].old_numbers.text() == "Số của kỳ trước còn trong lời: 10"
    view.take_all.click()
    qtbot.waitUntil(lambda: view.parts["direction"].editor.toPlainText() == "Mở lớp tập huấn.", timeout=15000)
    view.use_planned.click()
    first = view.parts["leadership"].editor.toPlainText()
    assert first.endswith("Nhiệm vụ đã nêu kỳ trước (tháng 10/2026): Mở lớp tập huấn.")


def test_a_campaign_is_chosen_beside_the_months(qtbot: QtBot, page: ReportPage) -> None:
    texts = page.chips.period_texts()
    assert texts[0].startswith("Tháng 12/2026: ") and any("Đợt Ngày hội toàn dân" in text for text in texts)
    spec = page.session.definitions.reports[REPORT]
    page.open_with((REPORT, "2026-NGAYHOI"))
    ready(qtbot, page)
    assert page.chips.period_chip.value() == page.chips.period.label
    assert page.chips.period.label.endswith("19/8 năm 2026: 01/07 – 19/08")
    page.chips.set_report(page.session.definitions.reports["festival_result"])
    assert page.chips.period.code == "2026-NGAYHOI"
    page.chips.set_report(page.session.definitions.reports["mediation_result"])
    assert page.chips.period.code == "2026-Q3" and page.chips.period.calendar.name == "calendar"
    page.chips.set_report(spec)
    ready(qtbot, page)


def test_a_long_name_goes_on_in_a_second_line_with_its_unit_under_it(page: ReportPage, look: Look) -> None:
    table = page.evidence.table
    table.resize(table.width(), 400)
    model, room = table.model(), table.columnWidth(0) - look.px(20)
    lines = {row: table._painter.name_lines(model.index(row, 0), room) for row in range(model.rowCount())}
    long = {row: words for row, words in lines.items() if len(words) > 1}
    assert long and len(long) < len(lines)
    for row, words in lines.items():
        if table.lines()[row].kind is LineKind.FIGURE:
            assert not any("…" in one for one in words), words
            beside = model.index(row, 0).data(CellRole.CAPTION)
            assert words[-1] == (beside or words[-1]) or row not in long
            assert table.rowHeight(row) == table._painter.height_of(model.index(row, 0), room)
            assert (table.rowHeight(row) > look.px(31)) == (row in long)
