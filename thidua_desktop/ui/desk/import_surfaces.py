"""The steps and states of the import of a table, for the inventory of surfaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.ui.desk.desk import Desk

if TYPE_CHECKING:
    from thidua_desktop.ui.pages.lists.import_dialog import ImportDialog

_ACTIVITY, _HOUSEHOLD, _TEAM = "movement_activity", "household", "fire_team"
_NO_KIND = (
    "Ngày\tNội dung chính\tLượt người dự\n08/11/2026\tLừa đảo qua mạng\t40\n31/02/2026\tAn toàn cháy, nổ\tnhiều\n"
)
_SOME_EMPTY = (
    "Ngày\tLoại hoạt động\tNội dung chính\tGhi chú\tNgười ghi\n"
    "08/11/2026\tTuần tra, canh gác\tTuần tra đêm\tĐủ quân số\tTổ 3\n09/11/2026\t\tLừa đảo qua mạng\t\tTổ 4\n"
)
_ALL_WRONG = "Ngày\tLoại hoạt động\tNội dung chính\n32/11/2026\tTuần tra, canh gác\tTuần tra đêm\n"
_OLD_FONT = "Ngµy\tNéi dung chÝnh\n08/11/2026\tTuÇn tra ®ªm ë th«n\n"
_NO_ZEROS = "Chủ hộ\tKhu dân cư\tSố CCCD\tSĐT\nHoàng Văn Thiềng\t{area}\t1099000123\t905123456\n"
Shown = Callable[[], "ImportDialog"]


def import_dialogs(desk: Desk) -> Iterator[tuple[str, Shown]]:
    """A table without a required column, with one value for it, with empty cells, with errors, in an old font and
    converted, without leading zeros, with lines that are here already, with sheets of child rows; a file that cannot be
    read; reading, writing, stopped.
    """
    from thidua_desktop.ui.pages.lists.import_dialog import import_file

    kind, name = _an_area(desk)
    yield "import", partial(_pasted, desk, _ACTIVITY, _NO_KIND)
    yield "import-filled", partial(_filled, desk, _NO_KIND)
    yield "import-some-empty", partial(_pasted, desk, _ACTIVITY, _SOME_EMPTY)
    yield "import-all-wrong", partial(_pasted, desk, _ACTIVITY, _ALL_WRONG)
    yield "import-old-font", partial(_filled, desk, _OLD_FONT)
    yield "import-converted", partial(_converted, desk)
    yield "import-no-zeros", partial(_pasted, desk, _HOUSEHOLD, _NO_ZEROS.format(area=name))
    yield "import-known", partial(_pasted, desk, "residential_area", f"Loại\tTên\tSố hộ\n{kind}\t{name}\t321\n")
    yield "import-child-rows", partial(_with_child_rows, desk, name)
    yield "import-refused", partial(import_file, desk.look, desk.session, _ACTIVITY, Path("không-có.xlsx"), desk.window)
    yield "import-reading", partial(_working, desk, "Đang đọc và kiểm tra từng dòng")
    yield "import-writing", partial(_writing, desk)
    yield "import-stopped", partial(_stopped, desk)


def _an_area(desk: Desk) -> tuple[str, str]:
    """Kind and name of a residential area of the office, as tables have them; made up where there is none."""
    from thidua_desktop.formdef.records import show_field
    from thidua_desktop.services import lists

    session = desk.session
    found = lists.open_list(session, lists.default_query(session, "residential_area"))
    spec = session.register("residential_area")
    if not len(found):
        return "Thôn", "An Thịnh"
    [area] = session.file.records.window(spec.name, [found.row(0).id])
    return show_field(session.definitions, spec.field("kind"), area.values), str(area.values["name"])


def _pasted(desk: Desk, register: str, cells: str) -> ImportDialog:
    from thidua_desktop.ui.desk.pictures import settle
    from thidua_desktop.ui.pages.lists.import_dialog import paste_cells

    dialog = paste_cells(desk.look, desk.session, register, cells, desk.window)
    settle(dialog, 2)
    return dialog


def _with_child_rows(desk: Desk, area: str) -> ImportDialog:
    """A workbook with two sheets to choose from and one of child rows: by name, by line, of nobody, and a sum."""
    from tempfile import TemporaryDirectory

    from thidua_desktop.services.child_tables import child_tables, heading_of, main_sheet
    from thidua_desktop.services.spreadsheets import ScreenTable, excel_of_tables
    from thidua_desktop.ui.desk.pictures import settle
    from thidua_desktop.ui.pages.lists.import_dialog import import_file

    spec = desk.session.register(_TEAM)
    [table] = child_tables(spec)
    heads = [spec.field(one).label for one in ("name", "residential_area", "members")]
    columns = [table.owner.label, *map(heading_of, table.children)]
    kind = desk.session.definitions.catalogs["force_equipment"].items[0].label
    teams = ScreenTable(main_sheet(spec), heads, [["Đội số 1", area, "12"], ["Đội số 2", area, "15"]])
    owners = ("Đội số 1", "Dòng 4", "Đội số 9", "Tổng cộng")
    given = ScreenTable(table.sheet, columns, [[one, kind if one[0] != "T" else "", "2", ""] for one in owners])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "đội dân phòng.xlsx"
        path.write_bytes(excel_of_tables("Đội dân phòng", [teams, given, replace(teams, name="Năm trước")]))
        dialog = import_file(desk.look, desk.session, _TEAM, path, desk.window)
        settle(dialog, 2)
    return dialog


def _filled(desk: Desk, cells: str) -> ImportDialog:
    """A value is given for the column that is not there."""
    from thidua_desktop.ui.desk.pictures import settle

    dialog = _pasted(desk, _ACTIVITY, cells)
    given = dialog.fills.rows["kind"].input
    given.set_value("patrol")
    given.edited.emit()
    settle(dialog, 2)
    return dialog


def _converted(desk: Desk) -> ImportDialog:
    from thidua_desktop.ui.desk.pictures import settle

    dialog = _filled(desk, _OLD_FONT)
    dialog.convert()
    settle(dialog, 2)
    return dialog


def _working(desk: Desk, words: str) -> ImportDialog:
    """Half way."""
    dialog = _pasted(desk, _ACTIVITY, _SOME_EMPTY)
    dialog.show_working(words)
    dialog.progress.set_progress(12_000, 50_000)
    return dialog


def _writing(desk: Desk) -> ImportDialog:
    dialog = _working(desk, "Đang ghi; dừng thì không dòng nào được ghi")
    dialog.columns.hide()
    return dialog


def _stopped(desk: Desk) -> ImportDialog:
    dialog = _pasted(desk, _ACTIVITY, _SOME_EMPTY)
    dialog.show_stopped()
    return dialog
