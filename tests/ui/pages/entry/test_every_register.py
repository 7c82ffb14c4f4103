"""Every register's form builds, takes Vietnamese through an input method, saves, and shows the same values again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from tests.ui.pages.conftest import Desk
from tests.ui.pages.typing_vietnamese import commit
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.formdef.model import FieldSpec, FieldType, RegisterSpec
from thidua_desktop.formdef.records import normalise, sample_values
from thidua_desktop.services import attachments, links, records
from thidua_desktop.services.session import Session
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.pages.entry.form_view import fitting_lines
from thidua_desktop.ui.pages.entry.page import EntryPage
from thidua_desktop.ui.pages.entry.widgets.choices import ChoicesInput
from thidua_desktop.ui.pages.entry.widgets.field_input import FieldInput
from thidua_desktop.ui.pages.entry.widgets.rows import RowsInput
from thidua_desktop.ui.shell.page import LayoutClass

REGISTERS = sorted(
    name
    for name, spec in load_definitions().registers.items()
    if spec.page != "assessment"  # has a page of its own
    and name != attachments.REGISTER  # its lines are written by attaching
)
ONE_OF = {"unit_registration": ("organization", "group", "member_name")}
"""Links of which the chosen kind of subject leaves others empty."""
YESTERDAY = date(2026, 11, 8)


NARROW_LETTERS = 23
"""Of a choice that shares its line: no more stand in the first field of a line at 1366 px."""


@pytest.mark.parametrize("name", [one for one in REGISTERS if load_definitions().registers[one].page == "sections"])
def test_a_choice_of_long_labels_has_its_line_alone(name: str) -> None:
    definitions = load_definitions()
    spec = definitions.registers[name]
    lines = [part for section in spec.sections for line in section.lines for part in fitting_lines(spec, line)]
    for first in (spec.field(line[0]) for line in lines if len(line) > 1):
        if first.type is FieldType.CHOICE:
            labels = [item.label for item in definitions.catalogs[first.catalog].items]
            long = [label for label in labels if len(label) > NARROW_LETTERS]
            assert 2 * len(long) < len(labels), (name, first.name, long)


def expected(session: Session, spec: RegisterSpec, targets: dict[str, str]) -> dict[str, Any]:
    """Sample values whose links point at real records and whose days lie behind today."""
    values = dict(sample_values(session.definitions, spec))
    for field in spec.living_fields:
        values[field.name] = real(field, values.get(field.name), targets)
    for name in (spec.valid_to, *ONE_OF.get(spec.name, ())):
        values.pop(name, None)
    return {name: value for name, value in normalise(spec, values).items() if name not in spec.computed_fields}


def real(field: FieldSpec, value: Any, targets: dict[str, str]) -> Any:
    if field.type is FieldType.LINK:
        return targets.get(field.register)
    if field.type is FieldType.DATE:
        return min(value, YESTERDAY) if value else (YESTERDAY if field.required else None)
    if field.type is FieldType.ROWS and value:
        return tuple({c.name: real(c, row.get(c.name), targets) for c in field.fields} for row in value)
    return value


def enter(session: Session, made: FieldInput, value: Any) -> None:
    """Types one value as a person would."""
    made.go_to()
    if isinstance(made, RowsInput):
        made.set_value(None)
        for row in value:
            made.add_button.click()
            for name, cell in made.editors[-1].inputs.items():
                if row.get(name) is not None:
                    enter(session, cell, row[name])
        return
    target = made.focus_target()
    if isinstance(target, QCheckBox):
        target.setChecked(not value)
        target.click()
        return
    if hasattr(target, "selectAll"):
        target.selectAll()  # a default stands there already
    if isinstance(made, ChoicesInput):
        made.set_value(None)
    commit(target, links.label(session, made.spec, value))
    target.clearFocus()


@pytest.fixture
def add_sample(session: Session) -> Callable[..., str]:
    """Records the sample of a register, links as given and none besides."""

    def make(register: str, **links: str) -> str:
        spec = session.register(register)
        named = {field.name for field in spec.fields if field.register or any(c.register for c in field.fields)}
        values = {k: v for k, v in sample_values(session.definitions, spec).items() if k not in named}
        saved = records.save(session, register, {**values, **links}, reasons={"*": "thử"})
        assert isinstance(saved, records.Saved), saved
        return saved.record.id

    return make


@pytest.fixture
def targets(add: Callable[..., str], add_sample: Callable[..., str], areas: dict[str, str]) -> dict[str, str]:
    area = areas["tan lap"]
    group = add("self_managed_group", residential_area=area, number="5", name="Tổ số 5", kind="security")
    household = add("household", residential_area=area, group=group, number=7, representative="Lò Thị Mỷ")
    person = add("person", name="Ka Thuýnh", sex="female", birth_year=1984)
    team = add("security_team", name="Tổ thôn Tân Lập", residential_area=area, founded_on=date(2025, 7, 1))
    others = {name: add_sample(name, **links) for name, links in (
        ("mediation_team", {"residential_area": area}), ("model", {}), ("programme", {}),
    )}  # fmt: skip
    return {
        **others,
        "residential_area": area, "self_managed_group": group, "household": household, "person": person,
        "organization": add("organization", kind="agency", name="Trạm y tế"), "security_team": team,
        "team_member": add("team_member", person=person, team=team, position="member",
                           joined_on=date(2025, 7, 1)),
    }  # fmt: skip


@pytest.mark.parametrize("register", REGISTERS)
def test_form_saves_what_was_typed(
    qtbot: QtBot, session: Session, look: Look, desk: Any, targets: dict[str, str], register: str
) -> None:
    page = EntryPage(session, look, desk, register)
    qtbot.addWidget(page)
    page.show()
    values = expected(session, session.register(register), targets)
    typed = [name for name in page.form.order if name not in session.register(register).computed_fields]
    for name in typed:
        if name in values:
            enter(session, page.form.inputs[name], values[name])
        else:
            page.form.inputs[name].set_value(None)
    page._reasons.update({p.code: "đã kiểm tra" for p in page.check_now().open_warnings({})})
    saved: list[str] = []
    page.saved.connect(saved.append)
    assert page.save(), [problem.text for problem in page.findings.errors]
    kept, computed = records.get(session, register, saved[0]).values, session.register(register).computed_fields
    assert {name: value for name, value in kept.items() if name not in computed} == values

    again = EntryPage(session, look, desk, register, saved[0])
    qtbot.addWidget(again)
    assert {name: value for name, value in again.form.read().values.items() if name not in computed} == values
    assert not again.form.read().unread


def test_every_field_has_an_input_a_name_and_a_place(session: Session, look: Look, desk: Any, qtbot: QtBot) -> None:
    for register in REGISTERS:
        page = EntryPage(session, look, desk, register)
        qtbot.addWidget(page)
        spec = session.register(register)
        assert set(page.form.order) == {field.name for field in spec.living_fields}
        for name, made in page.form.inputs.items():
            spoken = made.accessibleName() if isinstance(made, RowsInput) else made.focus_target().accessibleName()
            assert spoken.startswith(spec.field(name).label)


@pytest.mark.parametrize("kind", [LayoutClass.WIDE, LayoutClass.MEDIUM])
@pytest.mark.parametrize(
    "register", [name for name in REGISTERS if load_definitions().registers[name].page != "meeting"]
)
def test_a_form_needs_no_more_width_than_there_is(
    qtbot: QtBot, session: Session, look: Look, desk: Desk, register: str, kind: LayoutClass
) -> None:
    page = EntryPage(session, look, desk, register)
    qtbot.addWidget(page)
    page.resize({LayoutClass.WIDE: 1158, LayoutClass.MEDIUM: 1072}[kind], 620)
    page.show()
    page.set_layout_class(kind)
    QApplication.processEvents()
    needed = {
        " ".join(line.findings): line.minimumSizeHint().width()
        for view in page.form.section_views
        for line in view.lines
    }
    room = page.form.viewport().width() - look.px(32)
    assert {names: width for names, width in needed.items() if width > room} == {}
    assert not page.form.geometry_of_lines.stacked, "at 100 % fields stand beside each other"


def test_with_large_text_a_field_of_words_shows_the_begin_of_a_name_or_stands_alone(
    qtbot: QtBot, session: Session, look: Look, desk: Desk
) -> None:
    look.set_text_scale(1.6)
    try:
        page = EntryPage(session, look, desk, "good_example")
        qtbot.addWidget(page)
        page.resize(1034, 620)
        page.set_layout_class(LayoutClass.COMPACT)
        page.show()
        QApplication.processEvents()
        assert page.form.inputs["field"].width() > look.px(130)
    finally:
        look.set_text_scale(1.0)


def test_lines_that_are_left_out_move_no_other_line(qtbot: QtBot, session: Session, look: Look, desk: Desk) -> None:
    """A picture of the window tells hidden lines a size; labels once ran under their fields in it."""
    page = EntryPage(session, look, desk, "award_nomination")
    qtbot.addWidget(page)
    page.resize(1158, 688)
    page.show()
    page.form.inputs["recipient"].set_value("collective")
    page.form.edited.emit("recipient")
    QApplication.processEvents()
    assert any(line.isHidden() for view in page.form.section_views for line in view.lines)
    before = [made.width() for made in page.form.inputs.values()]
    page.grab()
    assert not page.form.geometry_of_lines.stacked
    assert [made.width() for made in page.form.inputs.values() if made.isVisible()] == [
        width for width, made in zip(before, page.form.inputs.values(), strict=True) if made.isVisible()
    ]
