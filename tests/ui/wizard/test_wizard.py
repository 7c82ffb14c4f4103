"""The first start by keyboard alone: every step, what it refuses, and the office that comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages.typing_vietnamese import commit, compose
from tests.ui.working import all_done, finished
from thidua_desktop.services.session import Session
from thidua_desktop.services.setup_flow import AreaAnswer, Step
from thidua_desktop.ui.components.buttons import Button
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.wizard.areas_grid import HOUSEHOLDS, KIND, NAME, PROBLEM
from thidua_desktop.ui.wizard.areas_step import AreasStep
from thidua_desktop.ui.wizard.letterhead_step import LetterheadStep
from thidua_desktop.ui.wizard.notice_step import NoticeStep
from thidua_desktop.ui.wizard.person_step import PersonStep
from thidua_desktop.ui.wizard.sheet_step import SheetStep
from thidua_desktop.ui.wizard.unit_step import UnitStep
from thidua_desktop.ui.wizard.window import CreateOfficeWizard

SECRET = "cầu vồng bảy màu"


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(widget, key, held or Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()


def go_to(wizard: CreateOfficeWizard, step: Step) -> QWidget:
    """Answers everything before a step."""
    while wizard.flow.step < step:
        page = wizard.page
        if isinstance(page, UnitStep):
            page.search.setText("an hoa gia lai")
            page.list.setCurrentIndex(page.model.index(0, 0))
        if isinstance(page, PersonStep):
            for field, text in ((page.name, "Mai Thu Sương"), (page.password, SECRET), (page.again, SECRET)):
                commit(field, text)
                field.textEdited.emit(field.text())
        before = wizard.flow.step
        wizard.go_on()
        finished(wizard.making)
        QApplication.processEvents()
        assert wizard.flow.step > before, wizard.flow.problems()
    return wizard.page


def test_the_whole_way_by_keyboard(qtbot: QtBot, wizard: CreateOfficeWizard, tmp_path: Path) -> None:
    assert wizard.next_button.hasFocus()
    press(qtbot, wizard.next_button, Qt.Key.Key_Space)
    unit = wizard.page
    assert isinstance(unit, UnitStep) and unit.search.hasFocus()
    commit(unit.search, "an hoa gia lai")
    press(qtbot, unit.search, Qt.Key.Key_Down)
    assert unit.list.hasFocus() and wizard.flow.answers.unit is not None
    press(qtbot, unit.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    head = wizard.page
    assert isinstance(head, LetterheadStep)
    press(qtbot, head.form.fields["place"], Qt.Key.Key_Return)
    assert isinstance(wizard.page, AreasStep) and wizard.page.grid.hasFocus()
    press(qtbot, wizard.page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    person = wizard.page
    assert isinstance(person, PersonStep) and person.name.hasFocus()
    commit(person.name, "Đặng Thị Ước")
    assert person.login.text() == "dangthiuoc"
    for field in (person.password, person.again):
        commit(field, SECRET)
    press(qtbot, person.path, Qt.Key.Key_Return)
    finished(wizard.making)
    sheet = wizard.page
    assert isinstance(sheet, SheetStep) and sheet.view.paper.pdf.startswith(b"%PDF")
    press(qtbot, sheet.view.kept, Qt.Key.Key_Space)
    with qtbot.waitSignal(wizard.created) as told:
        press(qtbot, sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    session = told.args[0]
    assert isinstance(session, Session) and session.user.name == "Đặng Thị Ước"
    assert session.file.path.is_relative_to(tmp_path)


def test_nothing_chosen_is_said_under_the_field(wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.UNIT)
    assert isinstance(page, UnitStep)
    wizard.go_on()
    assert wizard.flow.step is Step.UNIT
    assert "chọn xã, phường, đặc khu" in page.rows["unit"].problem.text()
    page.search.setText("phu")
    assert page.rows["unit"].problem.isHidden()


def test_a_commune_that_no_list_has_is_typed(wizard: CreateOfficeWizard, tmp_path: Path) -> None:
    page = go_to(wizard, Step.UNIT)
    assert isinstance(page, UnitStep)
    page.typed_link.click()
    assert page.list.isHidden() and page.code.isVisible()
    commit(page.code, "2499")
    commit(page.name, "Xã Ea Kly Mới")
    page.province.choose("66")
    wizard.go_on()
    assert wizard.flow.step is Step.UNIT and "năm chữ số" in page.typed_rows[1].problem.text()
    commit(page.code, "9")
    unit = wizard.flow.answers.unit
    assert unit is not None and (unit.code, unit.province_code) == ("24999", "66")
    wizard.go_on()
    assert wizard.flow.answers.header_issuer == "ỦY BAN NHÂN DÂN XÃ EA KLY MỚI"
    new = wizard.flow.new_office()
    assert (new.unit_code, new.unit_name, new.unit_province) == ("24999", "Xã Ea Kly Mới", "66")
    wizard.flow.back()
    page.typed_link.click()
    assert not page.list.isHidden() and wizard.flow.answers.unit is None


def test_an_unfinished_word_keeps_the_arrow_keys(qtbot: QtBot, wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.UNIT)
    assert isinstance(page, UnitStep)
    commit(page.search, "phú")
    compose(page.search, "hò")
    press(qtbot, page.search, Qt.Key.Key_Down)
    assert page.search.hasFocus() and wizard.flow.answers.unit is None


def test_provinces_are_listed_for_the_province_desk(wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.UNIT)
    assert isinstance(page, UnitStep)
    assert page.model.rowCount() == 0
    page.search.setText("dong nai")
    assert page.count.text().endswith("Lập sổ của Thành phố Đồng Nai thì chọn Tỉnh, thành phố ở trên")
    page.search.setText("phu hoa")
    assert "Lập sổ của" not in page.count.text()
    page.search.clear()
    page.desk.chosen.emit(1)
    assert page.model.rowCount() == 34
    page.search.setText("dong nai")
    assert page.model.rowCount() == 1 and wizard.flow.answers.unit is not None


def test_the_paper_follows_the_typing(qtbot: QtBot, wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.LETTERHEAD)
    assert isinstance(page, LetterheadStep)
    all_done()
    before = page.form.picture.pdf
    assert before
    field = page.form.fields["header_parent"]
    field.selectAll()
    commit(field, "HUYỆN ỦY NGỮ ĐƯỜNG")
    qtbot.waitUntil(lambda: page.form.picture.pdf != before)
    assert wizard.flow.answers.header_parent == "HUYỆN ỦY NGỮ ĐƯỜNG"
    picture = page.form.picture
    picture.grab()
    all_done()
    shown = picture.image
    picture.set_pdf(before)
    picture.grab()
    assert picture.image is shown  # what was there stays, until the other one is drawn beside the window
    all_done()
    assert picture.image is not shown and picture.image != shown
    page.form.fields["place"].clear()
    wizard.go_on()
    assert wizard.flow.step is Step.LETTERHEAD and page.rows["place"].problem.text()


def test_a_letter_that_cannot_be_printed_is_said(wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.LETTERHEAD)
    assert isinstance(page, LetterheadStep)
    page.form.fields["header_issuer"].setText("XÃ 漢")
    page.form.draw()
    all_done()
    assert "漢" in page.form.rows["header_issuer"].problem.text()


def test_names_typed_with_enter_after_each_stand_below_each_other(qtbot: QtBot, wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.AREAS)
    assert isinstance(page, AreasStep)
    page.grid.setCurrentIndex(page.model.index(0, NAME))
    for name in ("Đông", "Ân"):
        compose(page.grid, name[0])
        (editor,) = page.grid.findChildren(QLineEdit)
        commit(editor, name)
        press(qtbot, editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not page.grid.findChildren(QLineEdit))
    assert [answer.name for answer in page.model.answers()] == ["Đông", "Ân"]
    assert page.grid.currentIndex().row() == 2


def test_areas_are_typed_in_the_grid(qtbot: QtBot, wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.AREAS)
    assert isinstance(page, AreasStep)
    page.grid.setCurrentIndex(page.model.index(0, NAME))
    commit(page.grid, "Ea")
    editor = page.grid.findChild(QLineEdit)
    assert editor is not None
    commit(editor, " M'Doal")
    wizard.go_on()
    assert wizard.flow.step is Step.PERSON
    assert wizard.flow.answers.areas == (AreaAnswer("thon", "Ea M'Doal"),)


def test_pasted_rows_with_their_problems(wizard: CreateOfficeWizard, qtbot: QtBot) -> None:
    page = go_to(wizard, Step.AREAS)
    assert isinstance(page, AreasStep)
    QGuiApplication.clipboard().setText("Thôn Tân Lập\t364\nBuôn Ea M'Doal\t1.120\nThôn Tân Lập\t3")
    press(qtbot, page.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [area.name for area in wizard.flow.answers.areas] == ["Tân Lập", "Ea M'Doal"]
    assert not page.notice.isHidden() and "Đã thêm 2" in page.notice.accessibleName()
    page.model.setData(page.model.index(0, HOUSEHOLDS), "nhiều")
    page.model.setData(page.model.index(1, KIND), "ban")
    assert "số nguyên" in str(page.model.index(0, PROBLEM).data())
    wizard.go_on()
    assert wizard.flow.step is Step.AREAS and page.grid.currentIndex().row() == 0
    press(qtbot, page.grid, Qt.Key.Key_Delete)
    wizard.go_on()
    assert wizard.flow.answers.areas == (AreaAnswer("ban", "Ea M'Doal", "1120"),)


def test_areas_are_read_from_a_spreadsheet(wizard: CreateOfficeWizard, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (("STT", "Tên khu dân cư", "Số hộ"), (1, "Thôn Đông Hạ", 212), (2, "Phước Lộc", 188)):
        book.active.append(row)
    book.save(tmp_path / "khu.xlsx")
    page = go_to(wizard, Step.AREAS)
    assert isinstance(page, AreasStep)
    page.read_file(tmp_path / "khu.xlsx")
    assert [(area.name, area.households) for area in wizard.flow.answers.areas] == [
        ("Đông Hạ", "212"),
        ("Phước Lộc", "188"),
    ]


def test_a_bad_password_is_said_in_sentences(wizard: CreateOfficeWizard) -> None:
    page = go_to(wizard, Step.PERSON)
    assert isinstance(page, PersonStep)
    commit(page.name, "Mai Thu Sương")
    commit(page.password, "12345678")
    wizard.go_on()
    assert wizard.flow.step is Step.PERSON and page.password.hasFocus()
    assert "dễ đoán" in page.rows["password"].problem.text()
    page.set_path(Path("/khong/co/cho"))
    assert page.path.text().endswith(".thidua")


def test_the_window_stays_until_the_sheet_is_put_away(wizard: CreateOfficeWizard, qtbot: QtBot) -> None:
    page = go_to(wizard, Step.SHEET)
    assert isinstance(page, SheetStep)
    assert wizard.back_button.isHidden()
    wizard.go_on()
    assert not page.problem.isHidden()
    assert not wizard.close() and wizard.isVisible()
    page.view.kept.setChecked(True)
    with qtbot.waitSignal(wizard.created):
        wizard.close()


def test_the_sheet_is_kept_as_pdf_or_says_why_not(wizard: CreateOfficeWizard, tmp_path: Path) -> None:
    page = go_to(wizard, Step.SHEET)
    assert isinstance(page, SheetStep)
    assert page.view.save(tmp_path / "phieu.pdf") and (tmp_path / "phieu.pdf").read_bytes().startswith(b"%PDF")
    assert not page.view.save(tmp_path / "khong-co" / "phieu.pdf")
    assert "Không ghi được" in page.view.done.text()


def test_an_office_that_exists_already_is_opened_instead(wizard: CreateOfficeWizard, qtbot: QtBot) -> None:
    page = wizard.page
    assert isinstance(page, NoticeStep)
    cancelled: list[bool] = []
    wizard.cancelled.connect(lambda: cancelled.append(True))
    with qtbot.waitSignal(wizard.open_asked):
        page.open_link.click()
    wizard.close()
    assert not cancelled


def test_tab_alone_reaches_every_button_of_every_step(wizard: CreateOfficeWizard, qtbot: QtBot) -> None:
    for step in Step:
        page = go_to(wizard, step)
        (page.first_field() or wizard.next_button).setFocus()  # type: ignore[attr-defined]
        reached = set()
        for _ in range(25):
            focused = QApplication.focusWidget()
            assert focused is not None
            reached.add(focused)
            qtbot.keyClick(focused, Qt.Key.Key_Tab)
        stops = {wizard.next_button, *(button for button in page.findChildren(Button) if button.isVisibleTo(page))}
        assert stops <= reached, step


def test_leaving_early_makes_nothing(wizard: CreateOfficeWizard, qtbot: QtBot, tmp_path: Path) -> None:
    go_to(wizard, Step.PERSON)
    wizard.go_back()
    assert wizard.flow.step is Step.AREAS
    with qtbot.waitSignal(wizard.cancelled):
        wizard.close()
    assert list(tmp_path.rglob("*.thidua")) == []


def test_closing_while_the_office_is_made_leaves_nothing(wizard: CreateOfficeWizard, tmp_path: Path) -> None:
    page = go_to(wizard, Step.PERSON)
    assert isinstance(page, PersonStep)
    for field, text in ((page.name, "Mai Thu Sương"), (page.password, SECRET), (page.again, SECRET)):
        commit(field, text)
        field.textEdited.emit(field.text())
    wizard.go_on()
    assert wizard.making.busy and not wizard.stack.isEnabled() and not wizard.next_button.isEnabled()
    wizard.go_back()  # by keyboard: nothing happens
    assert wizard.flow.step is Step.PERSON
    wizard.close()
    finished(wizard.making)
    assert wizard.flow.made is None and [one for one in tmp_path.rglob("*") if one.is_file()] == []


@pytest.mark.parametrize(("size", "scale"), [((1280, 690), 1.0), ((1280, 690), 1.3), ((1000, 640), 1.0)])
def test_no_step_is_wider_than_the_window(
    wizard: CreateOfficeWizard, look: Look, size: tuple[int, int], scale: float
) -> None:
    look.set_text_scale(scale)
    wizard.resize(*size)
    for step in Step:
        page = go_to(wizard, step)
        QApplication.processEvents()
        area = page.parentWidget().parentWidget() if page.parentWidget() else None
        assert isinstance(area, QScrollArea)
        assert page.minimumSizeHint().width() <= area.viewport().width(), step
        assert wizard.size().height() <= size[1]
