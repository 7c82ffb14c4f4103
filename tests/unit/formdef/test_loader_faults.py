"""Every fault of loading is found by its code, with its file and place, and breaking one thing gives no other fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, faults_of, write_folder
from thidua_desktop.formdef.faults import DefinitionFaults
from thidua_desktop.formdef.loader import load_definitions, read_definitions

EVENT = "registers/event.toml"
FIGURES = "indicators/figures.toml"
REPORT = "reports/result.toml"
CUT, DRIVES = "calendars/decree09.toml", "calendars/drives.toml"


def computed(function: str, *args: str) -> str:
    """A computed field of the register of events."""
    given = ", ".join(f'"{arg}"' for arg in args)
    return f'[[computed]]\nfield = "people"\nfunction = "{function}"\nargs = [{given}]\n\n'


def due(field: str, done: str) -> str:
    """What makes a record of the register of events wait."""
    return f'[due]\nfield = "{field}"\ndone = "{done}"\ntext = "việc"\n\n'


PROPOSED = computed("count_of_rows", "nothing").replace("computed", "proposed") + "[list]"

# code, file, what stands there, what is written instead, the place that the fault names
BROKEN = [
    ("TD-FORM-001", EVENT, 'name = "event"', 'name = "event', ""),
    ("TD-FORM-002", EVENT, 'icon = "flag"', 'icon = "flag"\ncolour = "red"', "colour"),
    ("TD-FORM-002", EVENT, 'label = "Loại"', 'label = "Loại"\nhint = "x"', "fields[kind].hint"),
    ("TD-FORM-003", EVENT, 'singular = "việc"\n', "", "singular"),
    ("TD-FORM-003", EVENT, 'catalog = "kind"\n', "", "fields[kind].catalog"),
    ("TD-FORM-003", EVENT, 'label = "Nữ"', 'label = "Nữ"\nsensitive = true', "fields[women].travels"),
    ("TD-FORM-004", EVENT, "version = 1", 'version = "1"', "version"),
    ("TD-FORM-004", EVENT, 'columns = ["held_on", "kind"]', 'columns = "held_on"', "list.columns"),
    ("TD-FORM-004", EVENT, "version = 1", "version = true", "version"),
    ("TD-FORM-017", "registers/place.toml", 'area_field = "id"', 'documents = ["slip"]', "documents"),
    ("TD-FORM-005", "catalogs/kind.toml", 'code = "talk"', 'code = "Nói chuyện"', "items[Nói chuyện].code"),
    ("TD-FORM-006", EVENT, 'group = "movement"', 'group = "sport"', "group"),
    ("TD-FORM-006", EVENT, 'name = "women"\ntype = "integer"', 'name = "women"\ntype = "float"', "fields[women].type"),
    ("TD-FORM-006", REPORT, 'period_kinds = ["month"]', 'period_kinds = ["week"]', "period_kinds"),
    ("TD-FORM-007", "documents/slip.toml", 'title = "Phiếu"', 'title = "Phiếu"', "name"),
    ("TD-FORM-008", "catalogs/kind.toml", 'code = "talk"', 'code = "patrol"', "items"),
    ("TD-FORM-008", FIGURES, 'name = "patrols"', 'name = "events"', "indicators[events].name"),
    ("TD-FORM-009", EVENT, 'label = "Nữ"', 'label = "Nữ"\ndigits = 2', "fields[women].digits"),
    ("TD-FORM-010", EVENT, 'catalog = "kind"', 'catalog = "sort"', "fields[kind]"),
    ("TD-FORM-011", EVENT, 'register = "place"', 'register = "village"', "fields[place]"),
    ("TD-FORM-012", EVENT, 'rule = "not_more_than"', 'rule = "is_nice"', "checks[0]"),
    ("TD-FORM-013", EVENT, 'args = ["women", "people"]', 'args = ["women"]', "checks[0]"),
    ("TD-FORM-014", EVENT, 'args = ["women", "people"]', 'args = ["women", "men"]', "checks[0]"),
    ("TD-FORM-014", EVENT, 'filters = ["kind"]', 'filters = ["colour"]', "list.filters"),
    ("TD-FORM-014", FIGURES, 'kind = ["patrol"]', 'sort = ["patrol"]', "indicators[patrols].where"),
    ("TD-FORM-012", EVENT, "[list]", f"{computed('magic')}[list]", "computed[0]"),
    ("TD-FORM-013", EVENT, "[list]", f"{computed('sum_of_rows')}[list]", "computed[0]"),
    ("TD-FORM-014", EVENT, "[list]", f"{computed('count_of_rows', 'nothing')}[list]", "computed[0]"),
    ("TD-FORM-014", EVENT, "[list]", PROPOSED, "proposed[0]"),
    ("TD-FORM-025", EVENT, 'label = "Nữ"', 'label = "Nữ"\nasked_when = { kind = ["dance"] }', "women.asked_when"),
    ("TD-FORM-014", EVENT, 'label = "Nữ"', 'label = "Nữ"\nasked_when = { sort = ["talk"] }', "women.asked_when"),
    ("TD-FORM-014", EVENT, "[list]", f"{due('held_on', 'ended')}[list]", "due.done"),
    ("TD-FORM-014", EVENT, "[list]", f'{due("held_on", "kind")[:-1]}within = "no_such_days"\n\n[list]', "due.within"),
    ("TD-FORM-021", EVENT, "[list]", f"{due('people', 'kind')}[list]", "due"),
    ("TD-FORM-021", EVENT, 'singular = "việc"', 'singular = "việc"\nretention_from = "people"', "retention_from"),
    ("TD-FORM-011", "documents/slip.toml", 'layout =', 'tables = [{ register = "hill", columns = ["a"] }]\nlayout =',
     "tables[0].register"),
    ("TD-FORM-014", "documents/slip.toml", 'layout =', 'tables = [{ rows = "things", columns = ["who"] }]\nlayout =',
     "tables[0]"),
    ("TD-FORM-021", "documents/slip.toml", 'layout =',
     'tables = [{ register = "place", link = "name", columns = ["name"] }]\nlayout =', "tables[0].link"),
    ("TD-FORM-015", EVENT, 'catalog = "kind"', 'catalog = "kind"\ndefault = "dance"', "fields[kind].default"),
    ("TD-FORM-016", EVENT, 'label = "Nữ"', 'label = "Nữ"\nminimum = 5\nmaximum = 4', "fields[women]"),
    ("TD-FORM-017", EVENT, 'documents = ["slip"]', 'documents = ["poster"]', "documents"),
    ("TD-FORM-019", EVENT, '["people", "women"]', '["people"]', "sections"),
    ("TD-FORM-020", EVENT, '["people", "women"]', '["people", "women", "people"]', "sections"),
    ("TD-FORM-021", EVENT, 'date_field = "held_on"', 'date_field = "people"', "date_field"),
    ("TD-FORM-022", REPORT, 'indicators = ["events"]', 'indicators = ["events", "dances"]', "indicators"),
    ("TD-FORM-022", FIGURES, 'out_of = "events"', 'out_of = "patrols"', "indicators[patrols].out_of"),
    ("TD-FORM-023", FIGURES, 'aggregate = "count"', 'aggregate = "sum"\nfield = "kind"', "indicators[events].field"),
    ("TD-FORM-024", FIGURES, 'register = "event"', 'register = "place"', "indicators[events]"),
    ("TD-FORM-014", FIGURES, 'aggregate = "count"', 'aggregate = "count"\narea_types = ["border"]',
     "indicators[events].area_types"),
    ("TD-FORM-025", FIGURES, '["patrol"]', '["parade"]', "indicators[patrols].where"),
    ("TD-FORM-021", FIGURES, 'name = "events"', 'name = "events"\ndate_field = "kind"',
     "indicators[events].date_field"),
    ("TD-FORM-021", FIGURES, 'name = "events"', 'name = "events"\nrows = "things"\ndate_field = "things.what"',
     "indicators[events].date_field"),
    ("TD-FORM-039", FIGURES, 'name = "events"', 'name = "events"\nopening = true', "indicators[events].opening"),
    ("TD-FORM-039", FIGURES, 'name = "events"', 'name = "events"\nevery = 3', "indicators[events].every"),
    ("TD-FORM-039", FIGURES, 'name = "events"', 'name = "events"\nstock = true\ndate_field = "held_on"',
     "indicators[events].date_field"),
    ("TD-FORM-039", FIGURES, 'name = "events"', 'name = "events"\nstock = true\nevery = 3\nopening = true',
     "indicators[events].every"),
    ("TD-FORM-085", FIGURES, 'name = "events"', 'name = "events"\ntold_by = "dances"', "indicators[events].told_by"),
    ("TD-FORM-049", FIGURES, 'name = "events"', 'name = "events"\nplus = ["patrols"]', "indicators[events].plus"),
    ("TD-FORM-049", FIGURES, 'name = "events"', 'name = "events"\nplus = ["dances"]', "indicators[events].plus"),
    ("TD-FORM-003", CUT, "valid_from = 1945-01-01\n", "", "rules[0].valid_from"),
    ("TD-FORM-055", CUT, "month = 14", "month = 32", "rules[0].month"),
    ("TD-FORM-055", CUT, 'year = "12-14"', 'year = "14/12"', "rules[0].year"),
    ("TD-FORM-056", CUT, "month = 2", "month = 61", "rules[0].due.month"),
    ("TD-FORM-056", CUT, '["25"]', '["32"]', "rules[0].due.any"),
    ("TD-FORM-006", CUT, "any =", "week =", "rules[0].due"),
    ("TD-FORM-059", CUT, "2027-01-20", "1944-01-20", "rules"),
    ("TD-FORM-059", CUT, 'month = 20\n', 'month = 20\nhalf = ["06-20", "12-20"]\n', "rules"),
    ("TD-FORM-058", DRIVES, 'reports = ["result"]', '[[rules]]\nvalid_from = 1945-01-01\nyear = "12-31"', "rules"),
    ("TD-FORM-057", DRIVES, 'last = "02-14"', "last = 2026-02-14", "spans[TET].last"),
    ("TD-FORM-057", DRIVES, 'first = "12-15"', 'first = "15/12"', "spans[TET].first"),
    ("TD-FORM-057", DRIVES, "last = 2026-06-30", "last = 2026-04-30", "spans[ONCE26].last"),
    ("TD-FORM-005", DRIVES, 'code = "TET"', 'code = "Q1"', "code"),
    ("TD-FORM-008", DRIVES, 'code = "TET"', 'code = "ONCE26"', "code"),
    ("TD-FORM-008", CUT, "version = 1", 'version = 1\nmark = "TET"', "code"),
    ("TD-FORM-006", DRIVES, 'reports = ["result"]', 'reports = ["other"]', "reports"),
    ("TD-FORM-006", DRIVES, "[[spans]]\ncode", '[[windows]]\nset = "x"\nname = "n"\ncode = "WIN"\n\n[[spans]]\ncode',
     "windows[WIN].set"),
    ("TD-FORM-006", REPORT, 'period_kinds = ["month"]', 'period_kinds = ["month", "half"]', "period_kinds"),
    ("TD-FORM-006", REPORT, "indicators =", 'calendars = ["lunar"]\nindicators =', "calendar"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "old", "new", "place"), BROKEN)
def test_fault(code: str, file: str, old: str, new: str, place: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    if code == "TD-FORM-007":
        (folder / file).rename(folder / "documents" / "note.toml")
        file = "documents/note.toml"
    else:
        change(folder, file, old, new)
    found = faults_of(folder)
    assert (code, file, place) in [(fault.code, fault.file, fault.place) for fault in found]
    if code not in ("TD-FORM-001", "TD-FORM-005"):  # a missing register or code is missed elsewhere too
        assert {fault.code for fault in found} == {code}, [str(fault) for fault in found]


def test_rows_inside_rows_are_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    inner = '\n[[fields.fields]]\nname = "parts"\ntype = "rows"\nlabel = "Phần"\n'
    inner += 'fields = [{ name = "part", type = "text", label = "Tên" }]\n'
    path = folder / EVENT
    path.write_text(path.read_text(encoding="utf-8") + inner, encoding="utf-8")
    assert [fault.code for fault in faults_of(folder)] == ["TD-FORM-018"]


def test_sound_definitions_have_no_fault(tmp_path: Path) -> None:
    assert faults_of(write_folder(tmp_path)) == []


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    change(folder, EVENT, 'group = "movement"', 'group = "sport"')
    change(folder, EVENT, 'rule = "not_more_than"', 'rule = "is_nice"')
    change(folder, REPORT, 'indicators = ["events"]', 'indicators = ["dances"]')
    with pytest.raises(DefinitionFaults) as caught:
        load_definitions(folder)
    assert {fault.code for fault in caught.value.faults} == {"TD-FORM-006", "TD-FORM-012", "TD-FORM-022"}
    assert "registers/event.toml" in str(caught.value)


def test_definitions_are_read_once(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    assert load_definitions(folder) is load_definitions(folder)


def test_values_of_wrong_shape_in_conditions(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    change(folder, FIGURES, '["patrol"]', "[1.5]")
    assert [fault.code for fault in faults_of(folder)] == ["TD-FORM-004"]


def test_true_in_a_condition_is_kept_as_one(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    change(folder, FIGURES, 'where = { kind = ["patrol"] }', "where = { women = [true] }")
    definitions, faults = read_definitions(folder)
    assert faults == []
    assert definitions.indicators["patrols"].where[0].values == ("1",)


def test_folder_without_definitions_is_a_fault(tmp_path: Path) -> None:
    assert [fault.code for fault in faults_of(tmp_path)] == ["TD-FORM-026"]


def test_file_in_another_encoding_is_a_fault(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    path = folder / "catalogs/kind.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert {fault.code for fault in faults_of(folder)} >= {"TD-FORM-001"}


def test_codes_of_a_report_mean_one_period(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    change(folder, REPORT, "indicators =", 'calendars = ["other"]\nindicators =')
    second = (folder / CUT).read_text(encoding="utf-8").replace('name = "decree09"', 'name = "other"')
    (folder / "calendars/other.toml").write_text(second, encoding="utf-8")
    assert [fault.code for fault in faults_of(folder)] == ["TD-FORM-061"]
    change(folder, "calendars/other.toml", "version = 1", 'version = 1\nmark = "KV2"')
    assert faults_of(folder) == []


def test_a_new_rule_leaves_no_period_without_a_day(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    change(folder, CUT, "month = 14\n", 'month = 14\nhalf = ["11-10", "12-10"]\n')
    change(folder, CUT, "month = 20\n", 'month = 20\nhalf = ["01-10", "02-10"]\n')
    found = faults_of(folder)
    assert {fault.code for fault in found} == {"TD-FORM-060"} and "năm 2027" in found[0].text
