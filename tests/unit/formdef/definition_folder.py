"""A small folder of definitions for tests: two registers, a catalog, two figures, a report, a paper; all made up."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.formdef.faults import Fault
from thidua_desktop.formdef.loader import read_definitions

PLACE = """
name = "place"
version = 1
title = "Nơi"
singular = "nơi"
group = "community"
icon = "house"
area_field = "id"
valid_from = "since"
title_fields = ["name"]

[list]
columns = ["name"]

[[sections]]
title = "1. Nơi"
lines = [["name", "since"], ["homes"]]

[[fields]]
name = "name"
type = "text"
label = "Tên"
help = "Tên riêng."
required = true

[[fields]]
name = "since"
type = "date"
label = "Từ ngày"
help = "Ngày đầu."

[[fields]]
name = "homes"
type = "integer"
label = "Số hộ"
help = "Tổng số hộ."
"""

EVENT = """
name = "event"
version = 1
title = "Sổ việc"
singular = "việc"
group = "movement"
icon = "flag"
date_field = "held_on"
area_field = "place"
title_fields = ["held_on", "kind"]
sort = "-held_on"
documents = ["slip"]

[list]
columns = ["held_on", "kind"]
filters = ["kind"]

[[sections]]
title = "1. Việc"
lines = [["held_on", "place"], ["kind"], ["people", "women"], ["things"]]

[[checks]]
rule = "not_more_than"
args = ["women", "people"]

[[fields]]
name = "held_on"
type = "date"
label = "Ngày"
help = "Ngày làm."
required = true

[[fields]]
name = "place"
type = "link"
label = "Nơi"
help = "Nơi làm."
register = "place"

[[fields]]
name = "kind"
type = "choice"
label = "Loại"
help = "Loại việc."
catalog = "kind"

[[fields]]
name = "people"
type = "integer"
label = "Người dự"
help = "Số người."

[[fields]]
name = "women"
type = "integer"
label = "Nữ"
help = "Số nữ."

[[fields]]
name = "things"
type = "rows"
label = "Hiện vật"
help = "Mỗi thứ một dòng."

[[fields.fields]]
name = "what"
type = "text"
label = "Tên hiện vật"
help = "Tên."
required = true

[[fields.fields]]
name = "amount"
type = "decimal"
label = "Số lượng"
help = "Số lượng."
digits = 1
"""

KIND = """
name = "kind"
title = "Loại việc"
items = [
    { code = "patrol", label = "Tuần tra" },
    { code = "talk", label = "Tuyên truyền" },
]
"""

FIGURES = """
[[indicators]]
name = "events"
label = "Số việc"
unit = "việc"
register = "event"
aggregate = "count"

[[indicators]]
name = "patrols"
label = "Số ca tuần tra"
unit = "ca"
register = "event"
aggregate = "count"
where = { kind = ["patrol"] }
out_of = "events"
"""

REPORT = """
name = "result"
version = 1
title = "Kết quả"
type_name = "BÁO CÁO"
symbol = "BC"
subject = "Kết quả {{ period.paper_name }}"
period_kinds = ["month"]
indicators = ["events"]

[[narrative]]
name = "first"
heading = "I. KẾT QUẢ"
text = "Có {{ fig('events').text }}."
"""

SLIP = """
name = "slip"
title = "Phiếu"
register = "event"
layout = "sheet"

[texts]
subject = "{{ record.kind }}{% for row in rows('things') %} {{ row.what }}{% endfor %}"
"""

DECREE = """
name = "decree09"
version = 1
title = "Kỳ hành chính"
basis = "Nghị định mẫu"

[[rules]]
valid_from = 1945-01-01
month = 14
year = "12-14"
due = { month = 2, any = ["25"] }

[[rules]]
valid_from = 2027-01-20
month = 20
year = "12-20"
"""

DRIVES = """
name = "drives"
version = 1
title = "Đợt cao điểm"
basis = "Kế hoạch mẫu"
reports = ["result"]

[[spans]]
code = "TET"
name = "đợt Tết"
first = "12-15"
last = "02-14"
due = 3

[[spans]]
code = "ONCE26"
name = "đợt một lần"
first = 2026-05-01
last = 2026-06-30
"""

FILES = {
    "registers/place.toml": PLACE,
    "registers/event.toml": EVENT,
    "catalogs/kind.toml": KIND,
    "indicators/figures.toml": FIGURES,
    "reports/result.toml": REPORT,
    "documents/slip.toml": SLIP,
    "calendars/decree09.toml": DECREE,
    "calendars/drives.toml": DRIVES,
}


def write_folder(folder: Path) -> Path:
    """Write the sound definitions into ``folder``."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first ``old`` of a file by ``new``; fails when it is not there, so that no test tests nothing."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> list[Fault]:
    """What loading finds."""
    return read_definitions(folder)[1]
