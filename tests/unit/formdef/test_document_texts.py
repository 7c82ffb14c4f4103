"""Papers in the definitions: their places, types, tables and the names that their texts may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.formdef.definition_folder import change, faults_of, write_folder
from thidua_desktop.formdef.check import check_forms
from thidua_desktop.formdef.loader import read_definitions
from thidua_desktop.formdef.lock import LOCK_NAME, write_lock

SLIP = "documents/slip.toml"
LAYOUT = 'layout = "sheet"'
TEXT = "{{ record.kind }}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = write_folder(tmp_path)
    write_lock(made, read_definitions(made)[0])
    return made


def table(*lines: str, scope: str = "record") -> str:
    """A layout with one table behind it."""
    return f'{LAYOUT}\nscope = "{scope}"\n\n[[tables]]\n' + "\n".join(lines)


TABLES = [
    ("TD-FORM-014", table('rows = "things"', 'columns = ["colour"]'), "tables[0]"),
    ("TD-FORM-014", table('rows = "nothing"', 'columns = ["what"]'), "tables[0].rows"),
    ("TD-FORM-014", table('columns = ["place.colour"]'), "tables[0]"),
    ("TD-FORM-014", table('columns = ["kind.name"]'), "tables[0]"),
    ("TD-FORM-011", table('register = "star"', 'link = "place"', 'columns = ["kind"]'), "tables[0].register"),
    ("TD-FORM-021", table('register = "event"', 'link = "kind"', 'columns = ["kind"]'), "tables[0].link"),
    ("TD-FORM-042", table('rows = "things"', 'columns = ["what"]', scope="selection"), "tables[0]"),
    ("TD-FORM-042", table('columns = ["kind"]').replace("sheet", "certificate"), "tables[0]"),
    ("TD-FORM-043", table('columns = ["kind"]', 'totals = ["kind"]'), "tables[0].totals"),
    ("TD-FORM-043", table('columns = ["kind"]', 'totals = ["people"]'), "tables[0].totals"),
    ("TD-FORM-043", table('columns = ["kind"]', 'group_by = "place"', 'subtotals = ["people"]'), "tables[0].subtotals"),
    ("TD-PRINT-071", table('columns = ["people"]', 'subtotals = ["people"]'), "tables[0].subtotals"),
    ("TD-PRINT-071", table('columns = ["kind"]', 'group_by = "kind"'), "tables[0].group_by"),
    ("TD-PRINT-071", table('columns = ["kind"]', 'group_by = "things"'), "tables[0].group_by"),
    ("TD-PRINT-071", table('columns = ["kind"]', 'group_by = "colour"'), "tables[0].group_by"),
    ("TD-FORM-044", table('register = "event"', 'columns = ["kind"]'), "tables[0]"),
    ("TD-FORM-044", table('link = "place"', 'columns = ["kind"]'), "tables[0]"),
    ("TD-FORM-044", table('columns = ["kind"]', 'where = { kind = ["meeting"] }'), "tables[0].where"),
]


@pytest.mark.parametrize(("code", "new", "place"), TABLES)
def test_a_table_that_cannot_be_printed(code: str, new: str, place: str, folder: Path) -> None:
    change(folder, SLIP, LAYOUT, new)
    assert [(found.code, found.file, found.place) for found in faults_of(folder)] == [(code, SLIP, place)]


@pytest.mark.parametrize(
    ("code", "where"), [("TD-FORM-014", '{ colour = ["red"] }'), ("TD-FORM-025", '{ kind = ["none"] }')]
)
def test_a_paper_only_of_records_that_cannot_be(code: str, where: str, folder: Path) -> None:
    change(folder, SLIP, LAYOUT, f"{LAYOUT}\nwhere = {where}")
    assert [(found.code, found.file, found.place) for found in faults_of(folder)] == [(code, SLIP, "where")]


def findings(folder: Path) -> list[tuple[str, str]]:
    return [(found.code, found.place) for found in check_forms(folder) if found.file != LOCK_NAME]


def test_tables_that_can_be_printed(folder: Path) -> None:
    change(folder, SLIP, LAYOUT, table('columns = ["kind", "place.name", "people"]', 'totals = ["people"]'))
    assert findings(folder) == []


def test_a_place_that_the_layout_does_not_have(folder: Path) -> None:
    change(folder, SLIP, "subject = ", 'award = "x"\nsubject = ')
    assert findings(folder) == [("TD-FORM-040", "texts.award")]


@pytest.mark.parametrize(
    ("title", "more", "codes"),
    [
        ("Phiếu", "", ["TD-FORM-041"]),
        ("Tờ trình về việc", "", []),
        ("Phiếu", 'type_name = "Quyết định"', []),
        ("Phiếu", 'type_name = "Thư mời"', ["TD-FORM-041"]),
        ("Phiếu", 'type_name = "Thư mời"\ntype_code = "TM"', []),
        ("Công văn gửi xã", "", []),
    ],
)
def test_the_type_of_an_official_paper(title: str, more: str, codes: list[str], folder: Path) -> None:
    change(folder, SLIP, 'title = "Phiếu"', f'title = "{title}"')
    change(folder, SLIP, LAYOUT, LAYOUT.replace("sheet", "official"))
    change(folder, SLIP, "[texts]", f"[texts]\n{more}")
    assert [code for code, _ in findings(folder)] == codes


SOUND = [
    "{{ record.kind.value }} {{ record.held_on.words }} {{ record.kind.lines }}",
    "{{ record.place }} {{ record.place.name }} {{ record.place.since.words }} {{ record.place.value }}",
    "{{ count }} {{ count_text }} {{ today }} {{ year }} {{ total('people') }} {{ office.name }}",
    "{% for one in records if one.people.value %}{{ one.place.name }}{{ loop.index }}{% endfor %}",
    "{% for one in records | sort(attribute='held_on') %}{{ one.kind }}{% endfor %}",
    "{{ (records | first).place.name }} {{ records[0].kind }} {{ records | map(attribute='kind') | join(', ') }}",
    "{% set place = record.place %}{{ place.name }} {{ record.kind.lower() }} {{ record.kind | upper }}",
    "{% for row in rows('things') %}{{ row.what }} {{ row.amount.value }}{% endfor %}",
]
WRONG = [
    ("{{ record.place.colour }}", "record.place.colour"),
    ("{{ record.place.name.colour }}", "record.place.name.colour"),
    ("{{ record['colour'] }}", "record.colour"),
    ("{{ total('kind') }}", "total('kind')"),
    ("{{ related('event', 'kind') }}", "related('event', 'kind')"),
    ("{{ rows(record.kind) }}", "rows(…)"),
    ("{% for one in records %}{{ one.colour }}{% endfor %}", "one.colour"),
    ("{% for row in rows('things') %}{{ row.held_on }}{% endfor %}", "row.held_on"),
    ("{{ records | map(attribute='colour') | join }}", "….colour"),
    ("{{ (records | first).colour }}", "….colour"),
    ("{% set place = record.place %}{{ place.colour }}", "place.colour"),
    ("{{ records.kind }}", "records.kind"),
    ("{{ weather }}", "weather"),
]


@pytest.mark.parametrize("text", SOUND)
def test_names_that_a_text_may_use(text: str, folder: Path) -> None:
    change(folder, SLIP, TEXT, text)
    assert findings(folder) == []


@pytest.mark.parametrize(("text", "name"), WRONG)
def test_names_that_a_text_may_not_use(text: str, name: str, folder: Path) -> None:
    change(folder, SLIP, TEXT, text)
    (found,) = [found for found in check_forms(folder) if found.file == SLIP]
    assert found.code == "TD-FORM-031" and f"“{name}”" in found.text


@pytest.mark.parametrize("text", ["{{ record.kind | shout }}", "{% if record.kind is loud %}x{% endif %}"])
def test_filters_and_tests_that_there_are_not(text: str, folder: Path) -> None:
    change(folder, SLIP, TEXT, text)
    assert findings(folder) == [("TD-FORM-030", "texts.subject")]


def test_a_selection_has_no_record_of_its_own(folder: Path) -> None:
    change(folder, SLIP, LAYOUT, f'{LAYOUT}\nscope = "selection"')
    assert [code for code, _ in findings(folder)] == ["TD-FORM-031", "TD-FORM-031"]


ISSUING = [
    ("TD-FORM-070", ('issued_by = "police"', "issuer = 'Công an xã'"), "issued_by"),
    ("TD-FORM-071", ("", "recipients = 'Như trên'"), "texts.recipients"),
    ("TD-FORM-072", ('number_into = "people"', ""), "number_into"),
    ("TD-FORM-072", ('day_into = "kind"', ""), "day_into"),
]


@pytest.mark.parametrize(("code", "lines", "place"), ISSUING)
def test_who_issues_is_said_once_and_numbers_have_a_field(
    code: str, lines: tuple[str, str], place: str, folder: Path
) -> None:
    key, text = lines
    change(folder, SLIP, f"{LAYOUT}\n", f'layout = "official"\n{key}\n')
    change(folder, SLIP, "[texts]\n", f'[texts]\ntype_name = "Báo cáo"\n{text}\n')
    assert (code, SLIP, place) in [(one.code, one.file, one.place) for one in faults_of(folder)]


def test_an_invitation_names_whom_it_invites_in_its_text(folder: Path) -> None:
    change(folder, SLIP, f"{LAYOUT}\n", 'layout = "official"\n')
    change(folder, SLIP, "[texts]\n", '[texts]\ntype_name = "Giấy mời"\nrecipients = "Như trên"\n')
    assert "TD-FORM-071" not in [one.code for one in faults_of(folder)]
