"""Every page of both desks: spoken to a screen reader and worked by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.access.walking import unreached, unspoken
from thidua_desktop.ui.desk.desk import Desk
from thidua_desktop.ui.desk.pictures import settle, views
from thidua_desktop.ui.pages.lists.page import ListPage
from thidua_desktop.ui.shell.dialog_help import told_around
from thidua_desktop.ui.shell.main_window import GENERAL_HELP, MainWindow

KINDS = ("resident_meeting", "movement_activity", "tip", "supervised_person", "team_member", "programme", "model")
"""Lists and forms are made by one machinery: the longest, the ones with rows, the one with a page of its own."""


def pages_of(desk: Desk) -> Iterator[tuple[str, MainWindow]]:
    """Every room of work, and lists and forms of each kind, shown one after another."""
    for name, show in views(desk):
        register = name.partition("-")[2]
        if register and register not in KINDS:
            continue
        show()
        settle(desk.window)
        yield name, desk.window
        desk.window.back()


def found_on(desk: Desk, *looks: Callable[[QWidget], list[str]]) -> dict[str, list[str]]:
    """What the looks find, by page."""
    found = {name: [one for look in looks for one in look(window)] for name, window in pages_of(desk)}
    assert len(found) > 6
    return {name: wrong for name, wrong in found.items() if wrong}


def test_every_control_has_a_name_a_role_and_a_key(desk: Desk) -> None:
    assert found_on(desk, unspoken, unreached) == {}


def test_f1_explains_every_page_and_every_field(desk: Desk) -> None:
    silent = []
    for name, window in pages_of(desk):
        window.explain_focus()
        panel = window.help_panel
        if panel.words() in ("", GENERAL_HELP.text):
            silent.append(name)
        panel.put_away()
    assert silent == []


def test_f1_in_the_office_itself_explains_the_card_in_which_one_stands(desk: Desk) -> None:
    desk.window.open_room("admin")
    settle(desk.window)
    page = desk.window.page()
    assert page is not None
    places = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    seen = [one for one in places if one.isVisibleTo(page)]
    assert len(seen) > 30
    assert [one.accessibleName() for one in seen if not told_around(one, desk.help_text)] == []
    (minutes,) = [one for one in seen if one.accessibleName() == "Sao lưu mỗi"]
    minutes.setFocus()
    desk.window.explain_focus()
    assert "chép trên máy này" in desk.window.help_panel.words()
    desk.window.help_panel.put_away()


def test_f1_outside_the_page_explains_that_place_and_not_the_page(desk: Desk) -> None:
    window = desk.window
    window.open_room("admin")
    settle(window)
    told = {}
    for bar in (window.sidebar, window.top_bar, window.status_bar):
        for place in bar.findChildren(QWidget):
            if place.focusPolicy() & Qt.FocusPolicy.TabFocus and place.isVisibleTo(window) and place.accessibleName():
                parts = told_around(place, desk.help_text)
                told[place.accessibleName()] = " ".join(f"{part.title}: {part.text}" for part in parts)
    assert len(told) > 12 and [name for name, words in told.items() if not words] == []
    assert told["Phiếu khảo sát"].startswith("Phiếu khảo sát: Phiếu do tỉnh giao xuống")
    assert told["Phong trào"].startswith("Phong trào: Nhóm sổ: ") and "Enter mở" in told["Phong trào"]
    window.sidebar.buttons["surveys"].setFocus()
    window.explain_focus()
    assert window.help_panel.words() == told["Phiếu khảo sát"].partition(": ")[2]
    window.help_panel.put_away()


def test_f1_on_tools_and_filters_of_a_list_says_how_they_are_used(desk: Desk) -> None:
    desk.window.open_room("movement_activity")
    settle(desk.window)
    page = desk.window.page()
    assert isinstance(page, ListPage)
    for place, title in (
        (page.filters.chips[0], "Lọc danh sách, lưu bộ lọc"),
        (page.columns_button, "Thêm, ẩn, xếp cột của danh sách"),
        (page.deleted_button, "Bản ghi đã xóa"),
    ):
        assert told_around(place, desk.help_text)[-1].title == title


def test_f1_on_a_report_and_on_a_sheet_of_criteria_names_its_basis(desk: Desk) -> None:
    known = desk.session.definitions
    for begins, specs in (("report:", known.reports), ("criteria:", known.assessments)):
        for name, spec in specs.items():
            told = desk.help_text(f"{begins}{name}")
            assert told is not None and told.text and told.basis == spec.basis != ""


def test_every_field_is_explained_with_its_basis(desk: Desk) -> None:
    registers = desk.session.definitions.registers.values()
    fields = [(spec, field) for spec in registers for field in spec.living_fields]
    for spec, field in fields:
        told = desk.help_text(f"{spec.name}.{field.name}")
        assert told is not None and told.title == field.label
        assert told.text.startswith(field.help) and field.help
        assert told.basis == (field.basis or spec.basis) != ""
        for child in field.fields:
            inner = desk.help_text(f"{spec.name}.{field.name}.{child.name}")
            assert inner is not None and inner.title == child.label and child.help
