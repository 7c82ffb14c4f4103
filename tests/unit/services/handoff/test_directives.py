"""Down: plans, code lists, criteria sets, settings, revocations; looked at, applied, taken back, acknowledged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.handoff.two_offices import NOVEMBER, NOW, TwoOffices, reopened, save
from tests.unit.services.made_calendars import CAMPAIGN
from thidua_desktop.errors import UserError
from thidua_desktop.services import updates
from thidua_desktop.services.handoff import answers, cards, directives, key_care, orders, receipts
from thidua_desktop.services.handoff.directives import DirectiveWish
from thidua_desktop.services.report_periods import DUE_DAYS
from thidua_desktop.services.reports.figures import figures_of
from thidua_desktop.sync import update
from thidua_desktop.sync.directive import UnitChange
from thidua_desktop.sync.keys import SigningKey

CODES = """
format = 1
name = "activity_topic"
title = "Chủ đề"
items = [{ code = "directive_lake", label = "An toàn hồ, đập" }]
"""
SET = """
format = 1
name = "directive_safe_lake"
version = 1
title = "Hồ, đập an toàn"
short = "Hồ an toàn"
standard = "security"
method = "checklist"
subjects = ["residential_area"]
window_start = "11-01"
window_end = "10-31"
basis = "Chỉ đạo của tỉnh"
[[criteria]]
code = "1"
text = "Có biển cảnh báo"
"""
SURVEY = """
format = 1
name = "survey_lakes"
title = "Hồ, đập trên địa bàn"
singular = "trả lời"
deadline = 2026-12-20
asked_by = "Công an tỉnh"
[[fields]]
name = "lakes"
type = "integer"
label = "Số hồ, đập"
minimum = 0
"""


def files(folder: Path, **texts: str) -> tuple[Path, ...]:
    """Definition files."""
    made = []
    for name, text in texts.items():
        made.append(folder / f"{name}.toml")
        made[-1].write_text(text, encoding="utf-8")
    return tuple(made)


def plan(pair: TwoOffices) -> str:
    """A programme of the province."""
    values = {
        "title": "Kế hoạch phòng, chống đuối nước", "kind": "plan", "level": "province", "number": "125/KH-BCĐ",
        "issued_on": date(2026, 11, 2), "topics": ("crime",), "valid_from": date(2026, 11, 2),
    }  # fmt: skip
    return save(pair.province, "programme", dict(values))


def send(pair: TwoOffices, **wish: object) -> directives.MadeDirective:
    """The province writes a directive."""
    return directives.make_directive(pair.province, DirectiveWish("Chương trình 2027", **wish), pair.folder)  # type: ignore[arg-type]


def take(pair: TwoOffices, made: directives.MadeDirective) -> orders.DirectiveView:
    """The commune looks at it and applies it."""
    view = orders.look_at_directive(pair.commune, made.path)
    orders.take_directive(pair.commune, view)
    return view


def test_a_plan_comes_down_and_stays_the_provinces(pair: TwoOffices) -> None:
    record = plan(pair)
    made = send(pair, registers=("programme",), order="125/KH-BCĐ")
    assert (made.communes, made.records) == (1, 1)
    view = orders.look_at_directive(pair.commune, made.path)
    assert view.records == (("Sổ chương trình, kế hoạch", 1),)
    assert pair.commune.file.records.get("programme", record) is None  # only looked at
    orders.take_directive(pair.commune, view)
    kept = pair.commune.file.records.get("programme", record)
    assert kept is not None and kept.office == "66"
    names = ["programmes_running", "programmes_issued"]
    assert [one.value for one in figures_of(pair.commune, names, NOVEMBER)] == [0, 0]  # a commune counts its own
    assert len(pair.commune.file.figure_records("programmes_running", NOVEMBER)) == 0
    package = pair.send()
    pair.take(package)
    mine = pair.province.file.records.get("programme", record)
    assert mine is not None and mine.revision == kept.revision  # it did not come back up as the commune's


def test_definitions_come_down(pair: TwoOffices, tmp_path: Path) -> None:
    made = send(pair, files=files(tmp_path, codes=CODES, criteria=SET, survey=SURVEY))
    view = take(pair, made)
    assert [one.title for one in view.definitions] == [
        "Danh mục: Chủ đề",
        "Bộ tiêu chí: Hồ, đập an toàn",
        "Phiếu khảo sát: Hồ, đập trên địa bàn",
    ]
    assert view.definitions[0].words == "thêm An toàn hồ, đập"
    again = reopened(pair.commune, NOW)
    try:
        assert again.definitions.catalogs["activity_topic"].label("directive_lake") == "An toàn hồ, đập"
        assert "directive_safe_lake" in again.definitions.assessments
        assert again.definitions.catalogs["criteria_set"].label("directive_safe_lake") == "Hồ, đập an toàn"
        assert "survey_lakes" in again.definitions.registers
        orders.reverse_directive(again, made.number)
        after = reopened(again, NOW)
        assert "directive_safe_lake" not in after.definitions.assessments
        assert after.definitions.catalogs["activity_topic"].label("directive_lake") == "directive_lake"
        assert "survey_lakes" in after.definitions.registers  # it may have been answered
        again = after
    finally:
        again.close()


def test_a_directive_that_fails_half_way_leaves_nothing_known(pair: TwoOffices, tmp_path: Path) -> None:
    other = SURVEY.replace("Số hồ, đập", "Số hồ")
    made = send(pair, files=files(tmp_path, one=SURVEY, other=other))
    with pytest.raises(UserError) as refused:
        take(pair, made)
    assert refused.value.code == "TD-FORM-053"
    assert "survey_lakes" not in pair.commune.definitions.registers
    pair.activity()  # an office goes on working: nothing looks for a table that is not there
    assert pair.take(pair.send()).new > 0
    take(pair, send(pair, files=files(tmp_path, one=SURVEY)))
    assert "survey_lakes" in pair.commune.definitions.registers


def test_settings_are_set_put_back_and_acknowledged(pair: TwoOffices) -> None:
    first = send(pair, settings={DUE_DAYS: 3})
    second = send(pair, settings={DUE_DAYS: 2, "letterhead.signer": "x"})
    view = take(pair, second)
    assert [(one.after, one.known) for one in view.settings] == [("x", False), ("2", True)]
    take(pair, first)  # late: the newer one stands
    assert pair.commune.file.settings.get(DUE_DAYS) == 2
    assert pair.commune.file.settings.get("letterhead.signer") != "x"
    pair.activity()
    pair.take(pair.send())
    code = pair.commune.file.identity.code
    assert [(row.number, row.applied) for row in directives.written(pair.province)] == [(2, (code,)), (1, (code,))]
    orders.reverse_directive(pair.commune, 2)
    assert pair.commune.file.settings.get(DUE_DAYS) == 3  # what the other one says
    pair.take(pair.send())
    assert [row.applied for row in directives.written(pair.province)] == [(), (code,)]
    orders.reverse_directive(pair.commune, 1)
    assert pair.commune.file.settings.get(DUE_DAYS) is None
    assert {one.state for one in orders.taken_directives(pair.commune)} == {"reversed"}


def test_receipts_and_directives_do_not_make_each_other_old(pair: TwoOffices) -> None:
    pair.activity()
    pair.take(pair.send())
    directive = send(pair, settings={DUE_DAYS: 2})
    receipt = answers.make_receipt(pair.province, pair.commune.file.identity.code, pair.folder)
    receipts.take_receipt(pair.commune, receipts.look_at_receipt(pair.commune, receipt.path))
    take(pair, directive)  # number 1 after number 2
    with pytest.raises(UserError) as twice:
        orders.look_at_directive(pair.commune, directive.path)
    assert twice.value.code == "TD-SYNC-009"


def test_changes_of_units_are_told_and_found_on_the_stick(pair: TwoOffices) -> None:
    change = UnitChange(date(2027, 1, 1), ("Xã M’Drắk", "Xã Krông Á"), ("Xã M’Drắk",), "Theo nghị quyết")
    made = send(pair, units=(change,))
    (found,) = orders.find_directives(pair.commune, pair.folder)
    assert found.view is not None and found.view.number == made.number
    orders.take_directive(pair.commune, found.view)
    (taken,) = orders.taken_directives(pair.commune)
    assert taken.units == ("Từ 01/01/2027: Xã M’Drắk, Xã Krông Á thành Xã M’Drắk. Theo nghị quyết",)
    assert orders.find_directives(pair.commune, pair.folder) == []


def test_revocations_travel(pair: TwoOffices) -> None:
    card = cards.own_card(pair.commune)
    key_care.revoke(pair.province, card.office_code, card.installation, "Mất máy")
    with pytest.raises(UserError) as nobody:
        send(pair)
    assert nobody.value.code == "TD-SYNC-054"  # nobody is left to hear it


def refused(pair: TwoOffices, **wish: object) -> str:
    """The code with which a wish is refused."""
    with pytest.raises(UserError) as error:
        send(pair, **wish)
    return error.value.code


def test_wishes_that_are_refused(pair: TwoOffices, tmp_path: Path) -> None:
    assert refused(pair) == "TD-SYNC-200"
    assert refused(pair, registers=("movement_activity",)) == "TD-SYNC-201"
    for days in (0, 61):
        assert refused(pair, settings={DUE_DAYS: days}) == "TD-SYNC-120"
    wrong = {
        "TD-FORM-080": "format = 1\nname = 3",
        "TD-FORM-081": CODES.replace("activity_topic", "no_such_list"),
        "TD-FORM-082": CODES.replace("directive_lake", "lake"),
        "TD-FORM-083": SET.replace("directive_safe_lake", "safe_lake"),
    }
    for code, text in wrong.items():
        assert refused(pair, files=files(tmp_path, wrong=text)) == code
    assert refused(pair, files=(tmp_path / "mất.toml",)).startswith("TD-ENV")
    with pytest.raises(UserError) as none:
        orders.reverse_directive(pair.commune, 7)
    assert none.value.code == "TD-SYNC-202"


def test_a_set_that_scores_otherwise_needs_a_later_version(pair: TwoOffices, tmp_path: Path) -> None:
    take(pair, send(pair, files=files(tmp_path, criteria=SET)))
    directives_own = files(tmp_path, more=SET.replace('code = "1"', 'code = "2"'))
    pair.province.file.added_definitions.keep("assessment", SET, "tỉnh", NOW)
    assert refused(pair, files=directives_own) == "TD-FORM-084"
    later = files(tmp_path, later=SET.replace("version = 1", "version = 2").replace('code = "1"', 'code = "2"'))
    assert len(take(pair, send(pair, files=later)).definitions) == 1


def test_a_calendar_comes_down(pair: TwoOffices, tmp_path: Path) -> None:
    made = send(pair, files=files(tmp_path, calendar=CAMPAIGN))
    view = take(pair, made)
    assert [one.kind for one in view.definitions] == ["calendar"]
    (name,) = pair.commune.file.added_calendars
    assert name in pair.commune.definitions.calendars
    later = CAMPAIGN.replace("version = 1", "version = 2").replace("due = 2", "due = 3")
    newer = send(pair, files=files(tmp_path, later=later))
    take(pair, newer)
    orders.reverse_directive(pair.commune, newer.number)
    assert pair.commune.file.calendar_content(name) == CAMPAIGN.encode("utf-8")
    orders.reverse_directive(pair.commune, made.number)
    assert pair.commune.file.added_calendars == []


def test_a_later_program_goes_beside_the_directive(
    pair: TwoOffices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = SigningKey(b"release1", bytes(range(32)))
    monkeypatch.setattr(updates, "release_keys", lambda: [key.verify_key])
    setup = tmp_path / "thidua-9.0.0-setup.exe"
    setup.write_bytes(b"MZ" * 500)
    program = tmp_path / "thidua-9.0.0-windows.tdupdate"
    update.write_update(setup, update.facts_of(setup, "9.0.0", "windows", ["In nhanh hơn"]), key, program)
    stick = pair.folder
    made = directives.make_directive(pair.province, DirectiveWish("Bản mới", files=(program,)), stick)
    assert (stick / program.name).read_bytes() == program.read_bytes()
    view = orders.look_at_directive(pair.commune, made.path)
    assert orders.view_lines(view) == ["Bản của chương trình: 9.0.0"]
    orders.take_directive(pair.commune, view)
    assert updates.wanted_version(pair.commune) == "9.0.0"
    orders.reverse_directive(pair.commune, made.number)
    assert updates.wanted_version(pair.commune) == ""


def test_an_update_of_a_stranger_goes_into_no_directive(pair: TwoOffices, tmp_path: Path) -> None:
    setup = tmp_path / "thidua-9.0.0-setup.exe"
    setup.write_bytes(b"MZ")
    program, stick = tmp_path / "x.tdupdate", pair.folder
    facts = update.facts_of(setup, "9.0.0", "windows", ["x"])
    update.write_update(setup, facts, SigningKey.generate(), program)
    with pytest.raises(UserError, match="TD-ENV-062"):
        directives.make_directive(pair.province, DirectiveWish("Bản mới", files=(program,)), stick)
    assert not list(stick.glob("*.tdupdate")) and not list(stick.glob("*.tdp"))
